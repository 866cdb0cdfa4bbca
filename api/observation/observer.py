"""Notes what becomes of each request and query."""

import itertools
import re
import secrets
import time
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from prometheus_client import Counter, Histogram

from api.observation.clients import shortened
from api.observation.lines import Fields, Lines, query_hash
from api.observation.metrics import QUERIES, REQUESTS, SECONDS
from data.settings import Settings
from ontology import errors

REQUEST_ID = "council-interventions.request"
TOLD = "council-interventions.told"
KEPT = "council-interventions.kept"
"""Where the identifier of a request, what was answered to it, and whether that was kept, stand in
its scope."""
_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_KINDS = {
    "/sparql": "sparql",
    "/mcp": "mcp",
    "/graphs": "graphs",
    "/health": "health",
    "/metrics": "metrics",
    "/static": "static",
}
_OUTCOMES: dict[type[errors.InterventionsError], tuple[str, str]] = {
    errors.QueryTimeout: ("killed", "time"),
    errors.EngineTimeout: ("killed", "time"),
    errors.QueryLost: ("lost", "memory, or killed from outside"),
    errors.QueryTooLarge: ("refused", "answer too large"),
    errors.TooManyQueries: ("refused", "no worker free"),
    errors.QueryRefused: ("refused", "not to be run"),
    errors.EngineFailed: ("lost", "engine"),
}
_LEFT = "killed", "client left"


@dataclass(frozen=True)
class Told:
    """What was answered, and whether it was kept from before."""

    status: int
    size_bytes: int
    is_kept: bool


class Observer:
    """Counts requests and queries, and writes their lines.

    Guarantee: nothing that a visitor wrote is written down but the path that was asked; a query
    stands as its hash.
    """

    def __init__(self, settings: Settings) -> None:
        self.logs_requests = settings.access_log != "off"
        self._lines = Lines("json" if settings.access_log == "json" else "text")
        self._shows_clients = settings.client_addresses == "whole"
        self._begin = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._answered_at = 0.0

    def request_id(self, given: bytes | None = None) -> bytes:
        """Return what names a request: what its client calls it, or a name of ours."""
        if given is not None and _GIVEN_ID.fullmatch(given):
            return given
        return b"%b-%x" % (self._begin.encode(), next(self._numbers))

    def answered(self, path: str, told: Told | None, seconds: float | None) -> None:
        """Count an answer; None where the client left before it."""
        if told is None:
            _requests(path, None, False).inc()
        else:
            _requests(path, told.status, told.is_kept).inc()
        if seconds is not None:
            _seconds(path).observe(seconds)

    def log_request(
        self,
        client: str,
        line: tuple[str, str],
        told: Told | None,
        seconds: float,
        request_id: bytes,
    ) -> None:
        """Write the line of a request.

        In: its method and path; what was answered, or None where the client left before that.
        """
        method, path = line
        fields: Fields = {
            "client": client if self._shows_clients else shortened(client),
            "method": method,
            "path": unquote(path),
            "status": None if told is None else told.status,
            "bytes": None if told is None else told.size_bytes,
            "milliseconds": round(seconds * 1000, 3),
            "kept": told is not None and told.is_kept,
            "request": request_id.decode(),
        }
        self._lines.write("request", fields)

    def query_answered(self, asked_by: str) -> None:
        """Note that an engine has answered."""
        self._answered_at = time.monotonic()
        QUERIES.labels(asked_by, "answered").inc()

    def query_ended(
        self,
        asked_by: str,
        text: str,
        error: errors.InterventionsError,
        seconds: float,
        *,
        has_left: bool = False,
    ) -> None:
        """Write the line of a query that was killed, refused or lost, with its hash and reason."""
        known = (_OUTCOMES[cls] for cls in type(error).__mro__ if cls in _OUTCOMES)
        outcome, reason = _LEFT if has_left else next(known, ("lost", "engine"))
        QUERIES.labels(asked_by, outcome).inc()
        fields: Fields = {
            "outcome": outcome,
            "reason": reason,
            "query": query_hash(text),
            "milliseconds": round(seconds * 1000, 3),
            "asked_by": asked_by,
        }
        self._lines.write("query", fields)

    def has_answered_within(self, seconds: float) -> bool:
        """Return whether a query was answered in the last so many seconds."""
        return time.monotonic() - self._answered_at < seconds


def _kind(path: str) -> str:
    return _KINDS.get("/" + path[1:].partition("/")[0].partition(".")[0], "page")


@lru_cache(maxsize=1_000)
def _requests(path: str, status: int | None, is_kept: bool) -> Counter:
    answered = "left" if status is None else str(status)
    return REQUESTS.labels(_kind(path), answered, "yes" if is_kept else "no")


@lru_cache(maxsize=1_000)
def _seconds(path: str) -> Histogram:
    return SECONDS.labels(_kind(path))
