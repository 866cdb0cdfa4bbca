"""One exchange with a remote store, through SPARQLWrapper: its time, its size and its errors."""

from __future__ import annotations

import ast
import http.client
import math
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    QueryBadFormed,
    SPARQLWrapperException,
)

from ontology.errors import EngineFailed, EngineTimeout, QueryRefused, QueryTimeout, WrongSetting
from queries.remote.answer import too_large

_CHUNK_BYTES = 2**16
_PARTIAL = "X-SQL-State"
"""Header by which Virtuoso tells that it stopped in the middle; the status is then still 200."""
_REFUSALS_OF_VIRTUOSO = re.compile(r"^Virtuoso (?:37|22)\w{3} Error")
_TIMEOUTS_OF_VIRTUOSO = re.compile(
    r"^Virtuoso (?:S1T00|42000) Error.*(?:estimated|exec|time)", re.S
)
_MESSAGE_CHARACTERS = 500
_RETRIED_STATUSES = 502, 503, 504
_MOST_HEADERS = 100_000
"""Virtuoso repeats each graph of the dataset as a header of its answer; 100 are read otherwise."""
http.client._MAXHEADERS = _MOST_HEADERS  # type: ignore[attr-defined]

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
        """Check the address: the library would open a file as well.

        Raises: WrongSetting.
        """
        if not self.url.startswith(("http://", "https://")):
            raise WrongSetting(f"{self.url}: expected the http(s) address of a SPARQL endpoint")


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
    wrapper = _wrapper(endpoint, text, form, dataset, accept)
    wrapper.setTimeout(math.ceil(call.rest_s()))
    try:
        response = wrapper.query().response
        with response:
            return _body(response, form, call)
    except QueryBadFormed as error:
        raise QueryRefused(f"the store refused the query: {_told(error)}") from None
    except EndPointInternalError as error:
        raise _internal(_told(error)) from None
    except SPARQLWrapperException as error:
        raise EngineFailed(f"{type(error).__name__} from the store: {_told(error)}") from None
    except HTTPError as error:
        with error:
            lost = ConnectionLost if error.code in _RETRIED_STATUSES else EngineFailed
            raise lost(f"the store answered {error.code} {error.reason}") from None
    except TimeoutError:
        raise EngineTimeout("the store gave no answer in time") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise EngineTimeout("the store cannot be reached in time") from None
        raise ConnectionLost(f"the store cannot be reached: {error.reason}") from None
    except (OSError, HTTPException) as error:
        raise ConnectionLost(f"the connection to the store was lost: {error!r}") from None


def _wrapper(
    endpoint: Endpoint, text: str, form: str, dataset: Iterable[tuple[str, str]], accept: str
) -> SPARQLWrapper:
    """Return a request that asks a query by POST, because a dataset can be long."""
    wrapper = SPARQLWrapper(endpoint.url, agent="council-interventions")
    # Its own way to take a query guesses the form by patterns that can take for ever on a hostile
    # text, and would send what it takes for an update as one.
    wrapper.queryString, wrapper.queryType = text, form
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    if endpoint.user and endpoint.password:
        wrapper.setCredentials(endpoint.user, endpoint.password)
    for name, value in dataset:
        wrapper.addParameter(name, value)
    return wrapper


def _body(response: HTTPResponse, form: str, call: Call) -> bytes:
    """Return the body of an answer, read piece by piece."""
    if _PARTIAL in response.headers:
        raise QueryTimeout(
            "the store ended the query before it was complete "
            f"({response.headers[_PARTIAL]}); make it narrower"
        )
    body = bytearray()
    while piece := response.read1(_CHUNK_BYTES):
        body += piece
        if len(body) > 2 * call.limit_bytes:
            # What comes over the wire is wordier than some of what is made of it.
            raise too_large(f"larger than {call.limit_bytes:,} bytes")
        call.rest_s()
    if response.length:
        raise ConnectionLost(f"the answer of the store ended {response.length:,} bytes too early")
    is_delimited = any(name in response.headers for name in _UNDER_WAY)
    if form in ("CONSTRUCT", "DESCRIBE") and not is_delimited:
        raise EngineFailed("the store sends triples without their length; whether all came is open")
    return bytes(body)


def _internal(told: str) -> Exception:
    """Return the error for a failure inside of a store; some say so of queries that they refuse."""
    if _REFUSALS_OF_VIRTUOSO.match(told):
        return QueryRefused(f"the store cannot answer this query: {told}")
    if _TIMEOUTS_OF_VIRTUOSO.match(told):
        return QueryTimeout(f"the query needs more time than the store allows: {told}")
    return EngineFailed(f"the store failed: {told}")


def _told(error: SPARQLWrapperException) -> str:
    """Return what a store wrote, which the library gives as the text of bytes."""
    _, found, written = str(error).partition("\n\nResponse:\n")
    if not found:
        return "without a word"
    try:
        content = ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return written[:_MESSAGE_CHARACTERS]
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    # Virtuoso repeats the query, which the visitor knows.
    return text.partition("\n\nSPARQL query:")[0].strip()[:_MESSAGE_CHARACTERS]
