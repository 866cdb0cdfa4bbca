"""Ask a publisher's address for a table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from ontology.errors import NotFetched
from queries.remote.client import TimeLimit, new_client, read_within

_REDIRECTIONS = 5
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
    deadline = time.monotonic() + limits.seconds

    def check_time() -> None:
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout("")

    client = new_client(
        limits.seconds,
        follow_redirects=True,
        max_redirects=_REDIRECTIONS,
        event_hooks={"request": [lambda request: check_way(address, str(request.url))]},
    )
    headers = {"Accept": "text/csv, text/plain;q=0.9, */*;q=0.1", **known.headers()}
    with TimeLimit(limits.seconds) as limit:
        try:
            with (
                client,
                client.stream(
                    "GET", address, headers=headers, extensions=limit.extensions
                ) as response,
            ):
                if response.status_code == httpx2.codes.NOT_MODIFIED and known.headers():
                    return None
                received = _received(address, response, limits, check_time)
                limit.check()
                return received
        except httpx2.TooManyRedirects:
            raise _refused_by_publisher(address, httpx2.codes.FOUND) from None
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            if limit.is_over or isinstance(error, httpx2.TimeoutException):
                fault = f"not complete after {limits.seconds} seconds; try again, or allow more"
                raise NotFetched(f"{address}: {fault} with INTERVENTIONS_FETCH_SECONDS") from None
            advice = "check the connection and the address, then try again"
            raise NotFetched(f"{address}: no usable answer ({error}); {advice}") from None


def check_way(address: str, target: str) -> None:
    """Check that a target is on the web, and that a protected way stays protected.

    Raises: NotFetched, naming both.
    """
    scheme = urlsplit(target).scheme
    if scheme not in ("http", "https"):
        raise NotFetched(
            f"{address}: it leads to {target!r}; expected an address that begins with https:// or "
            "http://; correct it in source.toml"
        )
    if urlsplit(address).scheme == "https" and scheme != "https":
        raise NotFetched(
            f"{address}: it leads from https to {target}, where anybody on the way could change "
            "the table; look for the publisher's new address and put it in source.toml"
        )


def _received(
    address: str, response: httpx2.Response, limits: DownloadLimits, check_time: Callable[[], None]
) -> Download:
    """Return what a publisher sends, if it can be a table at all; its loader judges the rest."""
    if response.status_code != httpx2.codes.OK:
        raise _refused_by_publisher(address, response.status_code)
    headers = response.headers
    if (encoding := headers.get("Content-Encoding", "identity")) != "identity":
        raise NotFetched(
            f"{address}: the answer is packed ({encoding}); expected plain text, as was asked for; "
            "try again, or download the table by hand"
        )
    size = int(headers.get("Content-Length", 0))
    content = (
        None if size > limits.bytes else read_within(response.iter_raw(), limits.bytes, check_time)
    )
    if content is None:
        raise NotFetched(
            f"{address}: {max(size, limits.bytes + 1):,} bytes or more; expected at most "
            f"{limits.bytes:,}; check the address, or allow more with INTERVENTIONS_FETCH_BYTES"
        )
    if (start := content.lstrip()[:1]) in (b"", _MARKUP):
        kind = headers.get("Content-Type", "of no type").partition(";")[0]
        raise NotFetched(
            f"{address}: {'a page' if start else 'an empty file'} ({kind}); expected a table as "
            "CSV; open the address in a browser, and put the table's own address in source.toml"
        )
    return Download(content, Validators(headers.get("ETag"), headers.get("Last-Modified")))


def _refused_by_publisher(address: str, status: int) -> NotFetched:
    advice = "try again later"
    if 300 <= status < 400:
        advice = f"over {_REDIRECTIONS} redirections, or one that leads nowhere; open it by hand"
    elif 400 <= status < 500:
        advice = "look for the table's new address and put it in source.toml"
    found = f"{status} {httpx2.codes.get_reason_phrase(status)}"
    return NotFetched(f"{address}: HTTP {found}; expected 200 and the table; {advice}")
