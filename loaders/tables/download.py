"""Ask a publisher's address for a table; the only module that uses the network.

The standard library is enough for one file at a time with conditional headers, so that the service
and the build depend on no HTTP client.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from importlib.metadata import version
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ontology.errors import NotFetched

_SCHEMES = "http", "https"
_REDIRECTS = 5
_CHUNK_BYTES = 2**16
_MARKUP = b"<"


@dataclass(frozen=True)
class DownloadLimits:
    """What a download may take."""

    seconds: int
    bytes: int


@dataclass(frozen=True)
class Validators:
    """What a publisher said of a copy, by which it tells whether it has a newer one."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for a newer copy only."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Download:
    """A table as its publisher gives it now."""

    content: bytes
    validators: Validators


def download(address: str, known: Validators, limits: DownloadLimits) -> Download | None:
    """Return the table at an address, or None if the known copy is still the newest.

    Raises: NotFetched, with what was found, what was expected and what to do.
    """
    check_way(address, address)
    headers = {
        "Accept": "text/csv, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "identity",
        "User-Agent": f"council-interventions/{version('council-interventions')}",
        **known.headers(),
    }
    deadline = time.monotonic() + limits.seconds
    try:
        opener = build_opener(_Redirects)
        with opener.open(Request(address, headers=headers), timeout=limits.seconds) as response:
            content = _content(address, response, limits, deadline)
            return Download(content, _validators(response.headers))
    except HTTPError as error:
        with error:
            if error.code == HTTPStatus.NOT_MODIFIED and known.headers():
                return None
            raise _refused_by_publisher(address, error.code) from None
    except TimeoutError:
        raise _too_slow(address, limits) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _too_slow(address, limits) from None
        raise _unreachable(address, error.reason) from None
    except (HTTPException, OSError, ValueError) as error:
        raise _unreachable(address, error) from None


class _Redirects(HTTPRedirectHandler):
    """Follow a redirection, a few times, to another place on the web."""

    max_redirections = _REDIRECTS

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the next request."""
        try:
            check_way(req.full_url, newurl)
        except NotFetched:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_way(address: str, target: str) -> None:
    """Check that a target is on the web, and that a protected way stays protected.

    Raises: NotFetched, naming both.
    """
    scheme = urlsplit(target).scheme
    if scheme not in _SCHEMES:
        raise NotFetched(
            f"{address}: it leads to {target!r}; expected an address that begins with https:// or "
            "http://; correct it in source.toml"
        )
    if urlsplit(address).scheme == "https" and scheme != "https":
        raise NotFetched(
            f"{address}: it leads from https to {target}, where anybody on the way could change "
            "the table; look for the publisher's new address and put it in source.toml"
        )


def _content(
    address: str, response: HTTPResponse, limits: DownloadLimits, deadline: float
) -> bytes:
    """Return the body of an answer, whole and within the limits."""
    announced = response.headers.get("Content-Length")
    if announced and announced.isdecimal() and int(announced) > limits.bytes:
        raise _too_large(address, f"{int(announced):,} bytes", limits)
    content = bytearray()
    while chunk := response.read1(_CHUNK_BYTES):
        content += chunk
        if len(content) > limits.bytes:
            raise _too_large(address, f"more than {limits.bytes:,} bytes", limits)
        if time.monotonic() > deadline:
            raise TimeoutError
    if announced and announced.isdecimal() and len(content) != int(announced):
        raise NotFetched(
            f"{address}: {len(content):,} bytes came of {int(announced):,} that were announced; "
            "the connection broke off; try again"
        )
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise NotFetched(
            f"{address}: the answer is packed ({encoding}); expected plain text, as was asked for; "
            "try again, or download the table by hand"
        )
    if response.status != HTTPStatus.OK:
        raise _refused_by_publisher(address, response.status)
    _check_table(address, bytes(content), response.headers.get_content_type())
    return bytes(content)


def _check_table(address: str, content: bytes, media_type: str) -> None:
    """Check that an answer can be a table at all; its loader judges the rest."""
    start = content.lstrip()[:1]
    if start not in (b"", _MARKUP):
        return
    found = "a page" if start else "an empty file"
    raise NotFetched(
        f"{address}: {found} ({media_type}); expected a table as CSV; "
        "open the address in a browser, and put the table's own address in source.toml"
    )


def _validators(headers: Message) -> Validators:
    """Return what an answer says of its version."""
    return Validators(headers.get("ETag"), headers.get("Last-Modified"))


def _refused_by_publisher(address: str, status: int) -> NotFetched:
    """Return the error for an answer that is not the table."""
    advice = "try again later"
    if 300 <= status < 400:
        advice = f"more than {_REDIRECTS} redirections, or one that leads nowhere; open it by hand"
    elif 400 <= status < 500:
        advice = "look for the table's new address and put it in source.toml"
    return NotFetched(
        f"{address}: HTTP {status} {_phrase(status)}; expected 200 and the table; {advice}"
    )


def _phrase(code: int) -> str:
    """Return the name of a status, if it has one."""
    return next((status.phrase for status in HTTPStatus if status == code), "")


def _too_slow(address: str, limits: DownloadLimits) -> NotFetched:
    """Return the error for an answer that takes too long."""
    return NotFetched(
        f"{address}: not complete after {limits.seconds} seconds; try again, or allow more with "
        "INTERVENTIONS_FETCH_SECONDS"
    )


def _too_large(address: str, found: str, limits: DownloadLimits) -> NotFetched:
    """Return the error for an answer above the limit."""
    return NotFetched(
        f"{address}: {found}; expected at most {limits.bytes:,}; check the address, or allow more "
        "with INTERVENTIONS_FETCH_BYTES"
    )


def _unreachable(address: str, reason: object) -> NotFetched:
    """Return the error for an address that gives no answer, or a broken one."""
    return NotFetched(
        f"{address}: no usable answer ({reason or type(reason).__name__}); check the connection "
        "and the address, then try again"
    )
