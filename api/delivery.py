"""What every request and answer gets: suffix and HEAD, ETag and 304, and the headers."""

from __future__ import annotations

import hashlib

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from api.formats import split_suffix

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: dict[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
}
PREFLIGHT: dict[str, str] = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
CONDITIONS = b"if-none-match", b"if-modified-since"
"""Headers of a request that are decided here and nowhere else."""
KEPT = "etag", "vary", "cache-control", "link"
"""Headers of a full answer that its 304 repeats, beside those every answer has."""


class Delivery:
    """Wraps the finished application.

    Guarantee: an answer leaves whole, with its length; a HEAD has the headers of the GET. The
    answer to a fault leaves as every other, and the fault goes on to the server's log.
    """

    def __init__(self, app: FastAPI) -> None:
        """Stand before the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        if method == "OPTIONS":
            await _send(send, 204, MutableHeaders(HEADERS | PREFLIGHT), b"")
            return
        stem, suffix = split_suffix(path)
        inner = {**scope, "path": stem, "suffix": suffix, "asked_path": path}
        inner["headers"] = [pair for pair in scope["headers"] if pair[0] not in CONDITIONS]
        inner["method"] = "GET" if method == "HEAD" else method
        collected = _Collected()
        try:
            await self.app(inner, receive, collected)
        finally:
            if collected.is_whole:
                await self._deliver(scope, collected, send)

    async def _deliver(self, scope: Scope, collected: _Collected, send: Send) -> None:
        """Send a whole answer with its headers, or 304 where the client has it already."""
        method, status, headers = scope["method"], collected.status, collected.headers
        headers.update(HEADERS)
        if status == 200 and method in ("GET", "HEAD") and "cache-control" not in headers:
            headers["cache-control"] = "public, max-age=60"
            release = self.app.state.service.release.id
            headers["etag"] = _etag(release, bytes(collected.body))
            if _matches(Headers(scope=scope).get("if-none-match"), headers["etag"]):
                kept = {name: headers[name] for name in (*KEPT, *HEADERS) if name in headers}
                await _send(send, 304, MutableHeaders(kept), b"")
                return
        headers["content-length"] = str(len(collected.body))
        await _send(send, status, headers, b"" if method == "HEAD" else bytes(collected.body))


class _Collected:
    """Takes the parts of an answer and keeps them."""

    def __init__(self) -> None:
        """Start empty."""
        self.status = 500
        self.headers = MutableHeaders()
        self.body = bytearray()
        self.is_whole = False

    async def __call__(self, message: Message) -> None:
        """Take one part."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = MutableHeaders(raw=list(message["headers"]))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.is_whole = not message.get("more_body", False)


def _etag(release: str, body: bytes) -> str:
    """Return the strong tag of a representation: the release, and what was answered from it."""
    return f'"{release}-{hashlib.sha256(body).hexdigest()[:16]}"'


def _matches(given: str | None, etag: str) -> bool:
    """Return whether the client already has the representation (RFC 9110, section 13.1.2)."""
    tags = [tag.strip().removeprefix("W/") for tag in (given or "").split(",")]
    return "*" in tags or etag in tags


async def _send(send: Send, status: int, headers: MutableHeaders, body: bytes) -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
