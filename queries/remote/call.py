"""One exchange with a remote store: its time, its size and its errors.

A visitor's query is sent as it is. SPARQLWrapper would guess its form by patterns that can take for
ever on a hostile text, and reads an error whole, whatever its size; it asks what is our own
(`lookup`).
"""

import re
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode, urlsplit

import httpx2

from ontology.errors import EngineFailed, EngineTimeout, QueryRefused, QueryTimeout, WrongSetting
from queries.engine.row_limit import too_large
from queries.remote.client import TimeLimit, new_client, read_within

PARTIAL = "X-SQL-State"
"""Header by which Virtuoso tells that it stopped in the middle; the status is then still 200."""
_REFUSALS_OF_VIRTUOSO = re.compile(r"^Virtuoso (?:37|22)\w{3} Error")
_TIMEOUTS_OF_VIRTUOSO = re.compile(
    r"^Virtuoso (?:S1T00|42000) Error.*(?:estimated|exec|time)", re.S
)
_MESSAGE_CHARACTERS = 500
_MESSAGE_BYTES = 2**20
_FORM = "application/x-www-form-urlencoded"
_UNDER_WAY = "Content-Length", "Transfer-Encoding"


class ConnectionLost(EngineFailed):
    """The store could not be reached, or went away in the middle; asking again may help."""


@dataclass(frozen=True)
class Endpoint:
    """A store's address for queries, and who asks if it wants to know."""

    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check the address.

        Raises: WrongSetting.
        """
        try:
            parts = urlsplit(self.url)
            is_whole = bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_whole = False
        if not is_whole or not self.url.startswith(("http://", "https://")):
            raise WrongSetting(f"{self.url}: expected the http(s) address of a SPARQL endpoint")

    @property
    def login(self) -> tuple[str, str] | None:
        """Return user and password, where there are both."""
        return (self.user, self.password) if self.user and self.password else None


@dataclass
class Call:
    """A question on its way: until when, how much, and whether anybody still waits."""

    deadline: float
    limit_bytes: int
    abandoned: threading.Event = field(default_factory=threading.Event)

    def rest_s(self) -> float:
        """Return how much time is left.

        Raises: EngineTimeout if there is none.
        """
        rest = self.deadline - time.monotonic()
        if rest <= 0 or self.abandoned.is_set():
            raise EngineTimeout("the store gave no answer in time")
        return rest


@cache
def _client() -> httpx2.Client:
    """Return the client of this process; threads share it, and each call has its own time."""
    return new_client(timeout_s=0)


def fetch(
    endpoint: Endpoint,
    text: str,
    form: str,
    dataset: Iterable[tuple[str, str]],
    accept: str,
    call: Call,
) -> bytes:
    """Return the body that a store answers, whole.

    Raises: QueryRefused with the store's own words; QueryTimeout for a part of an answer;
    QueryTooLarge; ConnectionLost; EngineTimeout; EngineFailed.
    """
    # By POST, because a dataset can be long.
    parameters = [("query", text), *dataset]
    headers = {"Accept": accept, "Content-Type": _FORM}
    return exchange(endpoint, urlencode(parameters).encode(), headers, form, call)


def exchange(
    endpoint: Endpoint, content: bytes, headers: Mapping[str, str], form: str, call: Call
) -> bytes:
    """Return the body that a store answers to what is posted, whole.

    Guarantee: it has ended at the limit of its time, however slowly anything comes; the password
    goes to the store that was named and to no other.
    Raises: as above.
    """
    with TimeLimit(call.rest_s()) as limit:
        try:
            with _client().stream(
                "POST",
                endpoint.url,
                content=content,
                headers=headers,
                auth=endpoint.login,
                timeout=call.rest_s(),
                extensions=limit.extensions,
            ) as response:
                body = _body(response, form, call)
                limit.check()
                return body
        except httpx2.TimeoutException:
            raise EngineTimeout("the store gave no answer in time") from None
        except httpx2.TransportError as error:
            if limit.is_over:
                raise EngineTimeout("the store gave no answer in time") from None
            is_refused = isinstance(error, httpx2.ConnectError)
            fault = (
                "the store cannot be reached"
                if is_refused
                else "the connection to the store was lost"
            )
            raise ConnectionLost(f"{fault}: {error}") from None
        except httpx2.InvalidURL as error:
            raise EngineFailed(f"{endpoint.url}: {error}") from None


def _body(response: httpx2.Response, form: str, call: Call) -> bytes:
    if not response.is_success:
        words = read_within(response.iter_raw(), _MESSAGE_BYTES, call.rest_s) or b""
        # Virtuoso repeats the query, which the visitor knows.
        words = words.partition(b"\n\nSPARQL query:")[0].strip()
        message = words.decode("utf-8", "replace")[:_MESSAGE_CHARACTERS] or "without a word"
        raise _failure(response, message)
    check_complete(response.headers.get(PARTIAL))
    # What comes over the wire is wordier than some of what is made of it.
    body = read_within(response.iter_raw(), 2 * call.limit_bytes, call.rest_s)
    if body is None:
        raise too_large(f"larger than {call.limit_bytes:,} bytes")
    is_delimited = any(name in response.headers for name in _UNDER_WAY)
    if form in ("CONSTRUCT", "DESCRIBE") and not is_delimited:
        raise EngineFailed("the store sends triples without their length; whether all came is open")
    return body


def check_complete(partial: str | None) -> None:
    """Check that a store does not say of its answer that it is a part.

    Raises: QueryTimeout.
    """
    if partial is not None:
        raise QueryTimeout(
            f"the store ended the query before it was complete ({partial}); make it narrower"
        )


def _failure(response: httpx2.Response, message: str) -> Exception:
    """Return the error for an answer that is none; some stores fail at what they refuse."""
    match response.status_code:
        case 400:
            return QueryRefused(f"the store refused the query: {message}")
        case 500 if _REFUSALS_OF_VIRTUOSO.match(message):
            return QueryRefused(f"the store cannot answer this query: {message}")
        case 500 if _TIMEOUTS_OF_VIRTUOSO.match(message):
            return QueryTimeout(f"the query needs more time than the store allows: {message}")
        case 502 | 503 | 504 as status:
            return ConnectionLost(f"the store answered {status} {response.reason_phrase}")
        case status if response.has_redirect_location:
            return EngineFailed(
                f"the store answered {status} and sends to {response.headers['Location']}, where "
                "nothing was asked and no password goes; if that is the store, name it by --engine"
            )
        case status:
            return EngineFailed(f"the store answered {status} {response.reason_phrase}: {message}")
