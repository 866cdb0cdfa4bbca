"""What every request and answer gets: suffix and HEAD, ETag and 304, compression, the headers."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, Protocol, TypeVar

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.cache import (
    CACHED,
    DAY,
    DELIVERY_S,
    Answer,
    Cache,
    CachedResponse,
    PlainQuery,
    today,
)
from api.http.delivery import Makers, file_part, send_file
from api.http.negotiation import split_suffix
from api.http.problems import known_problem, methods_at
from api.http.public_address import TOOLS_PATH, Prefix
from api.http.rate_limit import RateLimit
from api.http.representation import (
    HEADERS,
    WHOLE_FILE,
    Collected,
    FoundAnswer,
    Representation,
    found_at_once,
    query_headers,
    reads_gzip,
    tag_beside,
)
from api.http.request_head import passed_on, read_head
from api.http.sparql_request import METHODS, PATH
from api.observation.observer import KEPT, TOLD, Told
from data.settings import Settings
from ontology.errors import (
    BeyondTheFile,
    InterventionsError,
    NotFound,
    NotReady,
    TooManyQueries,
    TooManyRequests,
)
from queries.engine.limits import QueryLimits

_ENCODINGS = b"accept-encoding"
_ASKS_FIRST = b"access-control-request-method"
_SENT = b"Accept, Content-Type, If-None-Match, Mcp-Method, Mcp-Name, MCP-Protocol-Version"
_PREFLIGHT: tuple[tuple[bytes, bytes], ...] = (
    *HEADERS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", _SENT),
    (b"access-control-max-age", b"86400"),
)
_WITHOUT_PAGES = PATH, "/graphs", "/health/", "/static/", "/openapi.json"
"""Beginnings of the addresses that need nothing prepared."""
_COUNTED = PATH, TOOLS_PATH, "/validate"
"""Addresses that take queries of a visitor's own, which a client may send so many of."""
_MAKING_S = 3_600.0
"""Longest time for an answer that is made while it is sent; each piece has a limit of its own."""
_PIECE_BYTES = 256 * 2**10


class _Release(Protocol):
    @property
    def id(self) -> str: ...


class _CurrentService(Protocol):
    @property
    def release(self) -> _Release: ...

    @property
    def limits(self) -> QueryLimits: ...

    @property
    def is_complete(self) -> bool: ...


Current = TypeVar("Current", bound=_CurrentService)


@dataclass(frozen=True)
class SparqlHandler(Generic[Current]):
    """What answers queries, which go past the framework."""

    answer: Callable[[Request, Current], Awaitable[Answer | Response]]
    answer_plain: Callable[[Current, PlainQuery], Awaitable[Answer | None]]
    look_up: Callable[[Current, PlainQuery], Answer | None]


class ServiceMiddleware(Generic[Current]):
    """Wraps the finished application.

    Guarantee: an answer leaves whole, with its length; a HEAD has the headers of the GET. The
    answer to a fault leaves as every other, and the fault goes on to the server's log.
    """

    def __init__(
        self,
        app: FastAPI,
        current: Callable[[], Current | None],
        sparql: SparqlHandler[Current],
        settings: Settings,
    ) -> None:
        """Stand before the application.

        In: what returns the service as of now, if there is one yet; what answers queries.
        """
        self.app = app
        self._current = current
        self._sparql = sparql
        self._settings = settings
        self._cache: Cache[Representation] = Cache(settings.cache_bytes // 2)
        self._underway: dict[Hashable, asyncio.Future[Representation]] = {}
        self._delivering_bytes = 0
        self._makers = Makers()
        self._rates = RateLimit(settings.client_requests)
        self._prefix = Prefix(settings.public_address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        service = self._current()
        if scope["type"] != "http" or service is None:
            await self.app(scope, receive, send)
            return
        try:
            given = read_head(scope)
        except InterventionsError as error:
            await self._deliver(
                scope, {}, self._problem({**scope, "service": service}, error), send
            )
            return
        if scope["method"] == "OPTIONS":
            await self._tell_methods(scope, given, service, send)
            return
        if self._rates.is_on and split_suffix(scope["path"])[0] in _COUNTED:
            refusal = self._refusal(scope, service)
            if refusal is not None:
                await self._deliver(scope, given, refusal, send)
                return
        if not service.is_complete and not scope["path"].startswith(_WITHOUT_PAGES):
            early = NotReady("queries are answered at /sparql already; the pages will follow")
            await self._deliver(
                scope, given, self._problem({**scope, "service": service}, early), send
            )
            return
        is_read = scope["method"] in ("GET", "HEAD")
        # What is at an address may depend on its host: the description of the service says where
        # it is, and a graph may be named by the address that is asked for.
        address = scope["scheme"], given.get(b"host"), scope["path"], scope["query_string"]
        key = (service.release.id, scope.setdefault(DAY, today()), *address, given.get(b"accept"))
        answer = self._cache.get(key) if is_read else None
        scope[KEPT] = answer is not None
        if answer is None:
            # A visitor's query ends when its client goes, so it is nobody else's.
            if is_read and split_suffix(scope["path"])[0] != PATH:
                answer = await self._represent_once(key, scope, receive, service, send)
            else:
                answer = await self._represent(scope, receive, service, send)
            if is_read and answer.can_be_cached:
                self._cache.add(key, answer)
        # The server ends the connection of an answer that stays incomplete.
        with suppress(TimeoutError):
            await self._deliver(scope, given, answer, send)

    def look_up(self, query: PlainQuery) -> FoundAnswer | None:
        """Answer a look-up that came by the fast path; None for what goes another way."""
        service = self._current()
        if service is None or self._rates.is_on:
            return None
        found = self._sparql.look_up(service, query)
        if found is None:
            return None
        encodings = query.headers.get(_ENCODINGS, b"")
        told = found.media_type, found.body, service.release.id, service.limits.header
        return found_at_once(*told, encodings)

    async def _tell_methods(
        self, scope: Scope, given: Mapping[bytes, bytes], service: Current, send: Send
    ) -> None:
        """Say what is possible at an address, to a program or to the browser that asks for one."""
        stem, suffix = split_suffix(scope["path"])
        inner = {**scope, "path": stem, "suffix": suffix, "asked_path": scope["path"]}
        request = Request({**inner, "service": service, "app": self.app})
        methods = methods_at(request)
        if not methods and scope["path"] != "*" and _ASKS_FIRST not in given:
            missing = NotFound(f"there is nothing at {scope['path']}", scope["path"], ["/docs"])
            await self._deliver(scope, {}, self._problem(request.scope, missing), send)
            return
        allow = (b"allow", ", ".join(sorted({*methods, "HEAD", "OPTIONS"})).encode())
        headers = [*_PREFLIGHT, allow]
        scope[TOLD] = Told(204, 0, is_kept=False)
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def answer_plain(self, query: PlainQuery, send: Send) -> bool:
        """Answer a plain query that came by the fast path, or leave it to the long one.

        Out: whether it was answered.
        """
        service = self._current()
        if service is None or self._rates.is_on:
            return False
        scope: Scope = {"method": "GET"}
        try:
            found = await self._sparql.answer_plain(service, query)
        except InterventionsError as error:
            scope.update(type="http", path=PATH, headers=[], service=service)
            await self._deliver(scope, {}, self._problem(scope, error), send)
            query.told = scope.get(TOLD)
            return True
        if found is None:
            return False
        answer = await self._represented(service, found, is_read=True)
        scope[KEPT] = query.is_known
        await self._deliver(scope, query.headers, answer, send)
        query.cached, query.told = scope.get(CACHED), scope.get(TOLD)
        return True

    async def _represent_once(
        self, key: Hashable, scope: Scope, receive: Receive, service: Current, send: Send
    ) -> Representation:
        underway = self._underway.get(key)
        if underway is None:
            asked = self._represent(scope, receive, service, send)
            underway = self._underway[key] = asyncio.ensure_future(asked)
            underway.add_done_callback(lambda _: self._underway.pop(key))
        return await asyncio.shield(underway)

    async def _represent(
        self, scope: Scope, receive: Receive, service: Current, send: Send
    ) -> Representation:
        stem, suffix = split_suffix(scope["path"])
        inner = {**scope, "path": stem, "suffix": suffix, "asked_path": scope["path"]}
        inner |= {"service": service, "app": self.app}
        inner["extensions"] = {**scope.get("extensions", {}), WHOLE_FILE: {}}
        inner["headers"] = passed_on(scope, read_head(scope))
        inner["method"] = "GET" if scope["method"] == "HEAD" else scope["method"]
        is_read = inner["method"] == "GET"
        if stem == PATH and inner["method"] in METHODS:
            return await self._ask(Request(inner, receive), service)
        collected = Collected()
        is_faultless = False
        try:
            await self.app(inner, receive, collected)
            is_faultless = True
        finally:
            if collected.is_whole and not is_faultless:
                representation = collected.representation(service.release.id, is_read=False)
                await self._deliver(scope, {}, representation, send)
        published = self._prefix.set_before_links(stem, collected)
        return published.representation(service.release.id, is_read=is_read)

    async def _ask(self, request: Request, service: Current) -> Representation:
        """Answer a query; this most travelled way goes past the framework."""
        is_read = request.method == "GET"
        try:
            answer = await self._sparql.answer(request, service)
        except InterventionsError as error:
            answer = known_problem(request, error)
        if isinstance(answer, Response):
            collected = Collected(answer.status_code, answer.raw_headers, bytes(answer.body))
            published = self._prefix.set_before_links(PATH, collected)
            return published.representation(service.release.id, is_read=is_read)
        return await self._represented(service, answer, is_read=is_read)

    async def _represented(
        self, service: Current, answer: Answer, *, is_read: bool
    ) -> Representation:
        is_cached = is_read and answer.is_lasting
        etag = await tag_beside(service.release.id, answer.body) if is_cached else ""
        headers = query_headers(answer.media_type, service.limits.header, is_cached)
        return Representation(200, headers, answer.body, etag)

    async def _deliver(
        self, scope: Scope, given: Mapping[bytes, bytes], answer: Representation, send: Send
    ) -> None:
        """Send an answer with its headers, or 304 where the client has it already.

        One of several pieces counts from now on among those on their way to slow clients.
        """
        size = len(answer.body)
        if answer.file is not None:
            await self._send_file(scope, given, answer, send)
            return
        if answer.pieces is not None:
            scope[DELIVERY_S] = _MAKING_S
            if not self._makers.are_busy:
                known, limit_s = given.get(b"if-none-match"), self._settings.delivery_seconds
                try:
                    scope[TOLD] = await self._makers.send(scope, answer, known, send, limit_s)
                except TimeoutError:
                    # What is still unread of it has no more time.
                    scope[DELIVERY_S] = 0.0
                    raise
                return
            answer = self._problem(scope, TooManyQueries("whole lists are being made already"))
        if size <= _PIECE_BYTES:
            await self._send(scope, given, answer, send)
            return
        if self._delivering_bytes + size > self._settings.delivery_bytes:
            crowded = TooManyQueries("too many large answers are on their way to slow clients")
            asked: Scope = {"type": "http", "path": PATH, "headers": [], **scope}
            await self._send(scope, {}, self._problem(asked, crowded), send)
            return
        self._delivering_bytes += size
        try:
            await self._send(scope, given, answer, send)
        finally:
            self._delivering_bytes -= size

    async def _send_file(
        self, scope: Scope, given: Mapping[bytes, bytes], answer: Representation, send: Send
    ) -> None:
        """Send a file; it may take as long as the largest answers that are as much together."""
        try:
            part = file_part(answer, given)
        except BeyondTheFile as error:
            asked: Scope = {"type": "http", "headers": [], **scope}
            await self._send(scope, {}, self._problem(asked, error), send)
            return
        share = max(1.0, part.length / self._settings.answer_bytes)
        within_s = scope[DELIVERY_S] = self._settings.delivery_seconds * share
        is_sent = scope["method"] != "HEAD"
        scope[TOLD] = Told(part.status, part.length if is_sent else 0, is_kept=True)
        await send_file(part, send, within_s, has_body=is_sent)

    async def _send(
        self, scope: Scope, given: Mapping[bytes, bytes], answer: Representation, send: Send
    ) -> None:
        """Send an answer: compressed where the client reads that, or that it is unchanged."""
        packed = reads_gzip(given.get(b"accept-encoding", b""))
        if packed and answer.is_worth_packing and answer.packed is None:
            await answer.pack()
        status, headers, body = answer.chosen(given.get(b"if-none-match"), packed=packed)
        scope[TOLD] = Told(status, len(body), scope.get(KEPT, False))
        if scope["method"] == "HEAD":
            body = b""
        elif answer.can_be_cached and self._settings.client_requests is None:
            release = answer.etag[1:].partition("-")[0]
            is_current = partial(self._is_current, release, scope.get(DAY) or today())
            scope[CACHED] = CachedResponse(status, headers, body, is_current)
        if len(answer.body) > _PIECE_BYTES:
            await self._send_in_pieces(status, headers, body, send)
            return
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _refusal(self, scope: Scope, service: Current) -> Representation | None:
        client = scope["client"]
        wait_s = self._rates.admit(client[0] if client else "")
        if not wait_s:
            return None
        error = TooManyRequests(
            f"a client may send {self._settings.client_requests} requests in a minute to "
            + " and ".join(_COUNTED)
        )
        return self._problem({**scope, "service": service}, error, math.ceil(wait_s))

    def _is_current(self, release: str, day: date) -> bool:
        service = self._current()
        return service is not None and service.release.id == release and today() == day

    async def _send_in_pieces(
        self, status: int, headers: list[tuple[bytes, bytes]], body: bytes, send: Send
    ) -> None:
        """Send a large answer piece by piece, as fast as the client takes it.

        Raises: TimeoutError for a client that is too slow; then the connection has to be ended.
        """
        async with asyncio.timeout(self._settings.delivery_seconds):
            await send({"type": "http.response.start", "status": status, "headers": headers})
            for start in range(0, max(len(body), 1), _PIECE_BYTES):
                piece = body[start : start + _PIECE_BYTES]
                is_last = start + _PIECE_BYTES >= len(body)
                await send({"type": "http.response.body", "body": piece, "more_body": not is_last})

    def _problem(
        self, scope: Scope, error: InterventionsError, retry_s: int | None = None
    ) -> Representation:
        response = known_problem(Request(scope), error)
        if retry_s is not None:
            response.headers["Retry-After"] = str(retry_s)
        collected = Collected(response.status_code, response.raw_headers, bytes(response.body))
        published = self._prefix.set_before_links(scope["path"], collected)
        return published.representation("", is_read=False)
