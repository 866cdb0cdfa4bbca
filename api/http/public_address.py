"""The address under which the service is reached: behind a proxy, one setting rules every link."""

import json
import re
from urllib.parse import urlsplit

from starlette.types import Scope

from api.http.representation import Collected

_HOST = re.compile(rb"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LINK = re.compile(rb'\b(href|action|src)="/(?!/)')
"""An attribute of a page; in what a page quotes, quotation marks are escaped."""
_PATH = re.compile(r"/(?:$|[a-z.][a-z0-9.-]*(?:[/?#]|$))")
_SENT = "value"
"""Key of a problem under which stands what was sent, and not an address of ours."""
_AS_THEY_ARE = "/openapi.json", "/sparql"


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
        if kind.startswith(b"text/html"):
            answer.body = _LINK.sub(rb'\1="%b/' % self._path.encode(), bytes(answer.body))
        elif b"json" in kind and b"ld+json" not in kind and path not in _AS_THEY_ARE:
            body = self._json("", json.loads(bytes(answer.body)))
            answer.body = (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()
        return answer

    def _header(self, name: bytes, value: bytes) -> bytes:
        path = self._path.encode()
        if name == b"location" and value.startswith(b"/"):
            return path + value
        return value.replace(b"</", b"<" + path + b"/") if name == b"link" else value

    def _json(self, key: str, value: object) -> object:
        if isinstance(value, dict):
            return {name: self._json(name, one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._json(key, one) for one in value]
        is_path = isinstance(value, str) and key != _SENT and _PATH.match(value) is not None
        return f"{self._path}{value}" if is_path else value
