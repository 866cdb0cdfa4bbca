"""What every request and answer gets: suffix and HEAD, ETag and 304, compression, the headers."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api import sparql
from api.cache import Cache
from api.errors import known_problem
from api.formats import split_suffix
from api.hosting import Hosting
from api.representation import HEADERS, Collected, Representation, tag
from api.service import Service
from data.settings import Settings
from ontology.errors import InterventionsError, TooManyQueries

PREFLIGHT: tuple[tuple[bytes, bytes], ...] = (
    *HEADERS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
)
DECIDED_HERE = b"if-none-match", b"if-modified-since"
"""Headers of a request that are decided here and nowhere else."""
READ = b"accept", b"accept-encoding", b"if-none-match"
PIECE_BYTES = 256 * 2**10
LARGE_BYTES = 2**20
"""Above this an answer counts among those on their way to slow clients."""


class Delivery:
    """Wraps the finished application.

    Guarantee: an answer leaves whole, with its length; a HEAD has the headers of the GET. The
    answer to a fault leaves as every other, and the fault goes on to the server's log.
    """

    def __init__(self, app: FastAPI, hosting: Hosting, settings: Settings) -> None:
        """Stand before the application."""
        self.app = app
        self._hosting = hosting
        self._settings = settings
        self._cache: Cache[Representation] = Cache(settings.cache_bytes // 2)
        self._delivering_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        service = self._hosting.service
        if scope["type"] != "http" or service is None:
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": [*PREFLIGHT]})
            await send({"type": "http.response.body", "body": b""})
            return
        told = {name: value for name, value in scope["headers"] if name in READ}
        is_read = scope["method"] in ("GET", "HEAD")
        key = (service.release.id, scope["path"], scope["query_string"], told.get(b"accept"))
        kept = self._cache.get(key) if is_read else None
        if kept is None:
            kept = await self._represent(scope, receive, service, send)
            if is_read and kept.can_be_kept:
                self._cache.keep(key, kept)
        await self._deliver(scope, told, kept, send)

    async def _represent(
        self, scope: Scope, receive: Receive, service: Service, send: Send
    ) -> Representation:
        """Return the answer of the application to a request."""
        stem, suffix = split_suffix(scope["path"])
        inner = {**scope, "path": stem, "suffix": suffix, "asked_path": scope["path"]}
        inner |= {"service": service, "app": self.app}
        inner["headers"] = [pair for pair in scope["headers"] if pair[0] not in DECIDED_HERE]
        inner["method"] = "GET" if scope["method"] == "HEAD" else scope["method"]
        is_read = inner["method"] == "GET"
        if stem == sparql.PATH and inner["method"] in sparql.METHODS:
            return await self._ask(Request(inner, receive), service)
        collected = Collected()
        is_faultless = False
        try:
            await self.app(inner, receive, collected)
            is_faultless = True
        finally:
            if collected.is_whole and not is_faultless:
                told = collected.representation(service.release.id, is_read=False)
                await self._deliver(scope, {}, told, send)
        return collected.representation(service.release.id, is_read=is_read)

    async def _ask(self, request: Request, service: Service) -> Representation:
        """Answer a query; this most travelled way goes past the framework."""
        is_read = request.method == "GET"
        try:
            told = await sparql.answer(request, service)
        except InterventionsError as error:
            told = known_problem(request, error)
        if isinstance(told, Response):
            collected = Collected(told.status_code, told.raw_headers, bytes(told.body))
            return collected.representation(service.release.id, is_read=is_read)
        is_kept = is_read and told.is_lasting
        etag = tag(service.release.id, told.body) if is_kept else ""
        headers = sparql.headers(told.media_type, service.limits.header, is_kept)
        return Representation(200, headers, told.body, etag)

    async def _deliver(
        self, scope: Scope, told: dict[bytes, bytes], kept: Representation, send: Send
    ) -> None:
        """Send an answer with its headers, or 304 where the client has it already."""
        packed = b"gzip" in told.get(b"accept-encoding", b"")
        if packed and kept.is_worth_packing and kept.packed is None:
            await kept.pack()
        status, headers, body = kept.chosen(told.get(b"if-none-match"), packed=packed)
        if scope["method"] == "HEAD":
            body = b""
        if len(body) > LARGE_BYTES:
            if self._delivering_bytes + len(body) <= self._settings.delivery_bytes:
                await self._deliver_large(status, headers, body, send)
                return
            crowded = TooManyQueries("too many large answers are on their way to slow clients")
            response = known_problem(Request(scope), crowded)
            status, headers, body = response.status_code, response.raw_headers, bytes(response.body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _deliver_large(
        self, status: int, headers: list[tuple[bytes, bytes]], body: bytes, send: Send
    ) -> None:
        """Send a large answer piece by piece, as fast as the client takes it.

        Raises: TimeoutError for a client that is too slow; the server then ends the connection.
        """
        self._delivering_bytes += len(body)
        try:
            async with asyncio.timeout(self._settings.delivery_seconds):
                await send({"type": "http.response.start", "status": status, "headers": headers})
                for start in range(0, len(body), PIECE_BYTES):
                    piece = body[start : start + PIECE_BYTES]
                    is_last = start + PIECE_BYTES >= len(body)
                    await send(
                        {"type": "http.response.body", "body": piece, "more_body": not is_last}
                    )
        finally:
            self._delivering_bytes -= len(body)
