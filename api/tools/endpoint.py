"""The address of the tools: Streamable HTTP of the Model Context Protocol, without sessions.

Each request stands alone and is answered by one JSON text, so any server process can take it.
"""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import Response
from starlette.types import Message

from api.hosting.state import Shared
from api.http.forms import read_body
from api.http.negotiation import wanted_format
from api.http.problems import shortened
from api.http.public_address import TOOLS_PATH
from api.http.representation import Collected
from api.http.request_head import check_media_type, media_type_of
from api.http.sparql_request import BODY_BYTES_PER_CHARACTER
from api.tools.server import tool_server
from ontology.errors import ForeignOrigin

router = APIRouter()

_JSON = "application/json"
_OFFERED = {"json": _JSON}
_THIS_MACHINE = "127.0.0.1", "::1", "localhost"
_FAULT_OF_OURS = 0
"""What the SDK calls an error that no handler of it knows."""
_INTERNAL_ERROR = -32603
_DECIDED_HERE = b"content-length", b"content-type"


@asynccontextmanager
async def answering(app: FastAPI) -> AsyncIterator[None]:
    """Let the tools be called for as long as a block lasts."""
    # Its warnings repeat what visitors wrote, which no log of ours does.
    logging.getLogger("mcp").setLevel(logging.ERROR)
    manager = StreamableHTTPSessionManager(tool_server(app.version), None, True, True)
    app.state.tools = manager
    async with manager.run():
        yield


# Its contract is that of the protocol, where tools/list tells the schemas.
@router.post(TOOLS_PATH, include_in_schema=False)
async def call_tools(request: Request, service: Shared) -> Response:
    """Answer a message of the Model Context Protocol: what tools there are, or a call of one."""
    _check_origin(request.headers.get("origin"), service.settings.public_address)
    media_type, _ = media_type_of(request.headers.get("content-type", ""))
    check_media_type(media_type, [_JSON])
    wanted_format(request, _OFFERED)
    most_bytes = service.settings.query_characters * BODY_BYTES_PER_CHARACTER
    body = await read_body(request, most_bytes)
    is_read = False

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            return await request.receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    collected = Collected()
    manager: StreamableHTTPSessionManager = request.app.state.tools
    await manager.handle_request(
        {**request.scope, "headers": _settled(request)}, receive, collected
    )
    return _response(collected)


def _settled(request: Request) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request, with the format that has been agreed upon."""
    others = [pair for pair in request.headers.raw if pair[0] != b"accept"]
    return [*others, (b"accept", _JSON.encode())]


def _check_origin(origin: str | None, public_address: str | None) -> None:
    """Check that no page of another site lets its visitor's browser ask here.

    A name of such a site may mean this machine, so its own Host header proves nothing.
    Raises: ForeignOrigin, naming what is accepted.
    """
    if origin is None:
        return
    own = [_origin(public_address)] if public_address else []
    if _origin(origin) not in own and _host(origin) not in _THIS_MACHINE:
        accepted = [*filter(None, own), *(f"http://{host}" for host in ("127.0.0.1", "localhost"))]
        raise ForeignOrigin(
            f"Origin: {shortened(origin)!r} may not ask here; programs send no such header",
            shortened(origin),
            accepted,
        )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _origin(address: str) -> str | None:
    """Return scheme, host and port of an address; none for what is no address of the web.

    >>> _origin("https://Example.org/path"), _origin("null")
    ('https://example.org', None)
    """
    if _host(address) is None:
        return None
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _response(collected: Collected) -> Response:
    """Return what the SDK answered; a fault of ours is told without its words."""
    headers = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in collected.headers
        if name not in _DECIDED_HERE
    }
    body, status = bytes(collected.body), collected.status
    told = json.loads(body) if body else {}
    if told.get("error", {}).get("code") == _FAULT_OF_OURS:
        error = {"code": _INTERNAL_ERROR, "message": "a fault of the service, not of the request"}
        body, status = json.dumps({**told, "error": error}).encode(), 500
    return Response(body, status, {**headers, "Cache-Control": "no-store"}, _JSON)
