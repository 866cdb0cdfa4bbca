"""The head of a request as the service reads it: one host, a wish in one line, a body as it is."""

import re
from collections.abc import Mapping, Sequence
from email.message import Message

from starlette.types import Scope

from ontology.errors import MalformedRequest, WrongMediaType

Pairs = list[tuple[bytes, bytes]]

_LISTS = b"accept", b"accept-encoding", b"if-none-match"
"""Headers that may come in several lines, which mean the same as one."""
_HOST = re.compile(rb"[A-Za-z0-9.:\[\]_~%!$&'()*+;=-]*")
_AS_IT_IS = b"", b"identity"
_DECIDED_HERE = b"if-none-match", b"if-modified-since", b"range"
"""Headers of a request that are decided by the middleware and nowhere else."""


def read_head(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers of a request by name, in one line each.

    Raises: MalformedRequest for no host or several; WrongMediaType for a body that is packed.
    """
    given: dict[bytes, bytes] = {}
    hosts = 0
    for name, value in scope["headers"]:
        hosts += name == b"host"
        if name in given and name in _LISTS:
            value = given[name] + b", " + value
        elif name in given:
            continue
        given[name] = value
    _check_host(hosts, given.get(b"host", b""), scope.get("http_version", "1.1"))
    encoding = given.get(b"content-encoding", b"").strip().lower()
    if encoding not in _AS_IT_IS:
        name = encoding.decode("latin-1")
        raise WrongMediaType(
            f"the body is packed ({name}); it is read as it is",
            name,
            ["Content-Encoding: identity"],
        )
    return given


def check_media_type(media_type: str, accepted: Sequence[str]) -> None:
    """Check that a body is of a type that is read here.

    Raises: WrongMediaType, naming those that are.
    """
    if media_type not in accepted:
        raise WrongMediaType(
            f"the body is {media_type or 'of no stated type'}; post {' or '.join(accepted)}",
            media_type,
            list(accepted),
        )


def _check_host(count: int, host: bytes, version: str) -> None:
    """Check that a request says to which host it goes (RFC 9112, section 3.2)."""
    if count > 1 or (count == 0 and version == "1.1"):
        found = f"{count} Host headers" if count else "no Host header"
        raise MalformedRequest(f"the request has {found}; expected one", None, ["one Host header"])
    if not _HOST.fullmatch(host):
        raise MalformedRequest("the Host header names no host", host.decode("latin-1"))


def passed_on(scope: Scope, given: Mapping[bytes, bytes]) -> Pairs:
    """Return the headers that the application sees: those it decides on, lists in one line."""
    others = [
        (name, value)
        for name, value in scope["headers"]
        if name not in _LISTS and name not in _DECIDED_HERE
    ]
    lists = [(name, given[name]) for name in _LISTS if name in given and name not in _DECIDED_HERE]
    return others + lists


def media_type_of(content_type: str) -> tuple[str, str]:
    """Return the media type of a body, and its character set or nothing.

    >>> media_type_of('Text/Turtle; x="a;charset=b"; charset="UTF-8"; version=1.2')
    ('text/turtle', 'utf-8')
    """
    message = Message()
    message["Content-Type"] = content_type
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type, message.get_content_charset("")
