"""Write graphs into a store: by the Graph Store Protocol, or by SPARQL Update."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import httpx2

from ontology.errors import EngineFailed, EngineTimeout, WrongUse
from queries.remote.call import Endpoint
from queries.remote.client import TimeLimit, new_client
from queries.remote.release import POINTER

_WAIT_S = 300.0
_PAUSES_BEFORE_RETRIES_S = 1.0, 4.0
_MESSAGE_CHARACTERS = 500
_PATHS: dict[str, tuple[str, str]] = {
    "Oxigraph": ("/query", "/store"),
    "Virtuoso": ("/sparql", "/sparql-graph-crud-auth"),
}
"""Where known servers take queries and graphs, by the beginning of what they call themselves."""


@dataclass(frozen=True)
class Login:
    """Who writes; the password is never part of an address or a message."""

    user: str
    password: str = field(repr=False)


class Writer(Protocol):
    """Writes the triples of a graph, given as lines of N-Triples."""

    @property
    def piece_bytes(self) -> int:
        """How many bytes are written at once."""
        ...

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Let a graph hold these triples and no others."""
        ...

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Add triples to a graph."""
        ...

    def remove(self, graph: str) -> None:
        """Remove a graph; one that is not there is no fault."""
        ...


class _Connection:
    """Sends requests that may be sent twice, with the login if the store asks for one."""

    def __init__(self, url: str, login: Login | None) -> None:
        """Ask the store how it wants to know who writes, if somebody is named.

        Raises: WrongSetting for an address that is none; EngineFailed if it cannot be reached.
        """
        self._url = httpx2.URL(Endpoint(url).url)
        self._client = new_client(_WAIT_S)
        self.wants_basic = False
        if login is None:
            return
        looking = self._client.build_request("GET", self._address({"graph": POINTER}))
        scheme = self._once(looking).headers.get("WWW-Authenticate", "").partition(" ")[0].lower()
        self.wants_basic = scheme == "basic"
        if scheme:
            way = httpx2.BasicAuth if self.wants_basic else httpx2.DigestAuth
            self._client.auth = way(login.user, login.password)
            # Answers the challenge, and later ones beforehand: a store that has to ask throws the
            # body of a request away first.
            self._once(looking)

    def send(self, method: str, query: Mapping[str, str], body: bytes, media_type: str) -> None:
        """Send a request that changes something, and again if the connection is lost.

        Raises: EngineFailed for a store that refuses or cannot be reached; EngineTimeout.
        """
        headers = {"Content-Type": media_type} if media_type else {}
        request = self._client.build_request(
            method, self._address(query), headers=headers, content=body or None
        )
        for pause in (*_PAUSES_BEFORE_RETRIES_S, None):
            try:
                response = self._once(request)
            except EngineFailed:
                if pause is None:
                    raise
                time.sleep(pause)
                continue
            status = response.status_code
            if status < 300 or (method == "DELETE" and status == 404):
                return
            hint = "; give --user, and the password in INTERVENTIONS_ENGINE_PASSWORD"
            raise EngineFailed(
                f"{method} {self._url}: the store answered {status}"
                f"{hint if status in (401, 403) else ''}: "
                f"{response.text[:_MESSAGE_CHARACTERS].strip()}"
            )
        raise AssertionError("the last attempt either returns or raises")

    def _address(self, query: Mapping[str, str]) -> httpx2.URL:
        return self._url.copy_merge_params(query) if query else self._url

    def _once(self, request: httpx2.Request) -> httpx2.Response:
        with TimeLimit(_WAIT_S) as limit:
            request.extensions |= limit.extensions
            try:
                response = self._client.send(request)
                limit.check()
                return response
            except httpx2.TransportError as error:
                if limit.is_over or isinstance(error, httpx2.TimeoutException):
                    late = f"{self._url} gave no answer within {_WAIT_S:g} s"
                    raise EngineTimeout(late) from None
                if isinstance(error, httpx2.ConnectError):
                    raise EngineFailed(f"{self._url} cannot be reached: {error}") from None
                raise EngineFailed(f"the connection to {self._url} was lost: {error}") from None


@dataclass(frozen=True)
class _GraphStoreWriter:
    """Writes by the SPARQL 1.1 Graph Store HTTP Protocol."""

    connection: _Connection
    piece_bytes: int = 2 * 2**20

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        # N-Triples are Turtle, which every store reads.
        self.connection.send("PUT", {"graph": graph}, b"".join(lines), "text/turtle")

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        self.connection.send("POST", {"graph": graph}, b"".join(lines), "text/turtle")

    def remove(self, graph: str) -> None:
        self.connection.send("DELETE", {"graph": graph}, b"", "")


@dataclass(frozen=True)
class _UpdateWriter:
    """Writes by SPARQL 1.1 Update."""

    connection: _Connection
    piece_bytes: int = 64 * 2**10
    """Some stores compile an update as a program, and give up on a long one."""

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        self._update(f"DROP SILENT GRAPH <{graph}> ;\n".encode(), _insert(graph, lines))

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        self._update(_insert(graph, lines))

    def remove(self, graph: str) -> None:
        self._update(f"DROP SILENT GRAPH <{graph}>".encode())

    def _update(self, *parts: bytes) -> None:
        self.connection.send("POST", {}, b"".join(parts), "application/sparql-update")


def _insert(graph: str, lines: Iterable[bytes]) -> bytes:
    return b"INSERT DATA { GRAPH <%b> {\n%b} }" % (graph.encode(), b"".join(lines))


@dataclass(frozen=True)
class RemoteStore:
    """A store to publish to: where it takes queries, and what writes into it."""

    endpoint: Endpoint
    writer: Writer


def open_target(
    url: str, graph_store_url: str | None, update_url: str | None, login: Login | None
) -> RemoteStore:
    """Return the store at an address, and how to write into it.

    In: an address for graphs or for updates where it cannot be found out.
    Raises: WrongUse, saying which option helps; EngineFailed.
    """
    if graph_store_url is None and update_url is None:
        url, graph_store_url = _discovered(url)
    connection = _Connection(graph_store_url or update_url or "", login)
    writer = _GraphStoreWriter(connection) if graph_store_url else _UpdateWriter(connection)
    if login is None or not connection.wants_basic:
        return RemoteStore(Endpoint(url), writer)
    return RemoteStore(Endpoint(url, login.user, login.password), writer)


def _discovered(url: str) -> tuple[str, str]:
    """Return where a known server takes queries and graphs, by what it calls itself."""
    try:
        with (
            TimeLimit(_WAIT_S) as limit,
            new_client(_WAIT_S, follow_redirects=True) as client,
            client.stream("GET", url, extensions=limit.extensions) as response,
        ):
            server = response.headers.get("Server", "")
    except (httpx2.RequestError, httpx2.InvalidURL) as error:
        raise EngineFailed(f"{url} cannot be reached: {error}") from None
    for name, (query, store) in _PATHS.items():
        if server.startswith(name):
            parts = urlsplit(url)
            base = urlunsplit((parts.scheme, parts.netloc, parts.path.removesuffix(query), "", ""))
            base = base.rstrip("/")
            return f"{base}{query}", f"{base}{store}"
    raise WrongUse(
        f"{url}: the server calls itself {server or 'nothing'}, and where it takes graphs is not "
        "known; give the address for queries, with --graph-store-url or --update-url beside it"
    )
