"""The address under which the service is reached: behind a proxy, one setting rules every link."""

import csv
import io
import json
import re
from urllib.parse import urlsplit

from starlette.types import Scope

from api.http.representation import Collected
from queries.engine.csv_rows import csv_cell

TOOLS_PATH = "/mcp"
"""Where assistants find their tools."""
_HOST = re.compile(rb"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LINK = re.compile(rb'\b(href|action|formaction|src)="/(?!/)')
"""An attribute of a page; in what a page quotes, quotation marks are escaped."""
_PATH = re.compile(r"/(?:$|[a-z.][a-z0-9.-]*(?:[/?#]|$))")
_PATH_IN_CELL = re.compile(r'(?:^|,)"?/', re.MULTILINE)
_SENT = "value"
"""Key of a problem under which stands what was sent, and not an address of ours."""
_AS_THEY_ARE = "/openapi.json", "/reconcile", "/sparql", TOOLS_PATH
"""Addresses whose answers hold what is not ours, or whole addresses."""
_TABLES_OF_VALUES = "/sparql", "/queries/"
"""Addresses whose tables are the values that a query found."""
_PROBLEM = b"application/problem+json"


def origin_of(scope: Scope) -> str:
    """Return what every address of the service begins with, for a client that sent a request.

    Out: the public address where there is one; else scheme and host that were asked.

    >>> origin_of({"scheme": "http", "headers": [(b"host", b"x<y")], "server": ("::1", 80)})
    'http://[::1]:80'
    """
    service = scope.get("service")
    if service is not None and service.settings.public_address is not None:
        return str(service.settings.public_address)
    named = next((value for name, value in scope["headers"] if name == b"host"), b"")
    if _HOST.fullmatch(named):
        return f"{scope['scheme']}://{named.decode()}"
    host, port = scope.get("server") or ("localhost", None)
    known = f"[{host}]" if ":" in host else host
    return f"{scope['scheme']}://{known}" + (f":{port}" if port else "")


class Prefix:
    """The path of the public address, which stands before every path in what is answered."""

    def __init__(self, public_address: str | None) -> None:
        self._path = "" if public_address is None else urlsplit(public_address).path

    def set_before_links(self, path: str, answer: Collected) -> Collected:
        """Return an answer with its links as they are for those who come through the proxy."""
        if not self._path:
            return answer
        answer.headers = [(name, self._header(name, value)) for name, value in answer.headers]
        kind = next((value for name, value in answer.headers if name == b"content-type"), b"")
        if kind.startswith((b"text/html", b"image/svg+xml")):
            answer.body = _LINK.sub(rb'\1="%b/' % self._path.encode(), bytes(answer.body))
        elif kind.startswith(_PROBLEM) or (
            b"json" in kind and b"ld+json" not in kind and path not in _AS_THEY_ARE
        ):
            body = set_before_paths(self._path, json.loads(bytes(answer.body)))
            answer.body = (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()
        elif kind.startswith(b"text/csv") and not path.startswith(_TABLES_OF_VALUES):
            answer.body = _set_before_cells(self._path, bytes(answer.body).decode()).encode()
        return answer

    def _header(self, name: bytes, value: bytes) -> bytes:
        path = self._path.encode()
        if name == b"location" and value.startswith(b"/"):
            return path + value
        return value.replace(b"</", b"<" + path + b"/") if name == b"link" else value


def _set_before_cells(beginning: str, table: str) -> str:
    """Return a table as CSV with something before every path of the service in it."""
    if _PATH_IN_CELL.search(table) is None:
        return table
    names, *rows = csv.reader(io.StringIO(table, newline=""))
    led = (
        [str(set_before_paths(beginning, *pair)) for pair in zip(row, names, strict=True)]
        for row in rows
    )
    return "".join(",".join(map(csv_cell, row)) + "\r\n" for row in (names, *led))


def set_before_paths(beginning: str, value: object, key: str = "") -> object:
    """Return a value of JSON with something before every path of the service in it.

    In: the key under which the value stands.

    >>> set_before_paths("https://x", {"next": "/councils?limit=1", "name": "a/b", "value": "/a"})
    {'next': 'https://x/councils?limit=1', 'name': 'a/b', 'value': '/a'}
    """
    if isinstance(value, dict):
        return {name: set_before_paths(beginning, one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [set_before_paths(beginning, one, key) for one in value]
    is_path = isinstance(value, str) and key != _SENT and _PATH.match(value) is not None
    return f"{beginning}{value}" if is_path else value
