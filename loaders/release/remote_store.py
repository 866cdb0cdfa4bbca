"""Write graphs into a store: by the Graph Store Protocol, or by SPARQL Update."""

from __future__ import annotations

import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from ontology.errors import EngineFailed, EngineTimeout, WrongUse
from queries.remote.call import Endpoint
from queries.remote.release import POINTER

_WAIT_S = 300.0
_PAUSES_BEFORE_RETRIES_S = 1.0, 4.0
_MESSAGE_BYTES = 500
_GRAPH_STORE_PIECE_BYTES = 2 * 2**20
_UPDATE_PIECE_BYTES = 64 * 2**10
"""Some stores compile an update as a program, and give up on a long one."""
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

    piece_bytes: int

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Let a graph hold these triples and no others."""
        ...

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Add triples to a graph."""
        ...

    def remove(self, graph: str) -> None:
        """Remove a graph; one that is not there is no fault."""
        ...


class Connection:
    """Sends requests that may be sent twice, with the login if the store asks for one."""

    def __init__(self, url: str, login: Login | None) -> None:
        """Ask the store once how it wants to know who writes.

        Raises: EngineFailed if it cannot be reached.
        """
        self._url = url
        self._login = login
        self._scheme, self._challenge = "", ""
        _, headers, _ = self._once("GET", {"graph": POINTER}, b"", "")
        self._scheme, _, self._challenge = headers.get("WWW-Authenticate", "").partition(" ")
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if login is not None:
            passwords.add_password(None, url, login.user, login.password)
        self._digest = urllib.request.HTTPDigestAuthHandler(passwords)
        self._basic = self._scheme.lower() == "basic"

    def send(self, method: str, query: Mapping[str, str], body: bytes, media_type: str) -> None:
        """Send a request that changes something, and again if the connection is lost.

        Raises: EngineFailed for a store that refuses or cannot be reached; EngineTimeout.
        """
        for pause in (*_PAUSES_BEFORE_RETRIES_S, None):
            try:
                status, _, told = self._once(method, query, body, media_type)
            except EngineFailed:
                if pause is None:
                    raise
                time.sleep(pause)
                continue
            if status < 300 or (method == "DELETE" and status == 404):
                return
            hint = "; give --user, and the password in INTERVENTIONS_ENGINE_PASSWORD"
            raise EngineFailed(
                f"{method} {self._url}: the store answered {status}"
                f"{hint if status in (401, 403) else ''}: {told}"
            )
        raise AssertionError("the last attempt either returns or raises")

    def _once(
        self, method: str, query: Mapping[str, str], body: bytes, media_type: str
    ) -> tuple[int, Message[str, str], str]:
        """Return status, headers and the beginning of the answer of one request."""
        pairs = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
        address = f"{self._url}?{pairs}" if pairs else self._url
        request = urllib.request.Request(address, data=body or None, method=method)
        if media_type:
            request.add_header("Content-Type", media_type)
        self._sign(request)
        try:
            with urllib.request.urlopen(request, timeout=_WAIT_S) as answer:
                return answer.status, answer.headers, ""
        except HTTPError as error:
            with error:
                told = error.read(_MESSAGE_BYTES).decode("utf-8", "replace").strip()
                return error.code, error.headers, told
        except TimeoutError:
            raise EngineTimeout(f"{self._url} gave no answer within {_WAIT_S:g} s") from None
        except URLError as error:
            raise EngineFailed(f"{self._url} cannot be reached: {error.reason}") from None
        except (OSError, HTTPException) as error:
            raise EngineFailed(f"the connection to {self._url} was lost: {error!r}") from None

    def _sign(self, request: urllib.request.Request) -> None:
        """Say who writes, before being asked: a store that asks throws the body away first."""
        if self._login is None or not self._scheme:
            return
        if self._basic:
            text = f"{self._login.user}:{self._login.password}".encode()
            request.add_header("Authorization", f"Basic {b64encode(text).decode()}")
            return
        challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(self._challenge))
        told = self._digest.get_authorization(request, challenge)
        request.add_header("Authorization", f"Digest {told}")

    @property
    def wants_basic(self) -> bool:
        """Return whether the store asks for the password as it is."""
        return self._basic


class GraphStoreWriter:
    """Writes by the SPARQL 1.1 Graph Store HTTP Protocol."""

    piece_bytes = _GRAPH_STORE_PIECE_BYTES

    def __init__(self, connection: Connection) -> None:
        """Write over a connection."""
        self._connection = connection

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Let a graph hold these triples and no others."""
        # N-Triples are Turtle, which every store reads.
        self._connection.send("PUT", {"graph": graph}, b"".join(lines), "text/turtle")

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Add triples to a graph."""
        self._connection.send("POST", {"graph": graph}, b"".join(lines), "text/turtle")

    def remove(self, graph: str) -> None:
        """Remove a graph; one that is not there is no fault."""
        self._connection.send("DELETE", {"graph": graph}, b"", "")


class UpdateWriter:
    """Writes by SPARQL 1.1 Update."""

    piece_bytes = _UPDATE_PIECE_BYTES

    def __init__(self, connection: Connection) -> None:
        """Write over a connection."""
        self._connection = connection

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Let a graph hold these triples and no others."""
        self._update(f"DROP SILENT GRAPH <{graph}> ;\n".encode(), _insert(graph, lines))

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Add triples to a graph."""
        self._update(_insert(graph, lines))

    def remove(self, graph: str) -> None:
        """Remove a graph; one that is not there is no fault."""
        self._update(f"DROP SILENT GRAPH <{graph}>".encode())

    def _update(self, *parts: bytes) -> None:
        """Send one update request."""
        self._connection.send("POST", {}, b"".join(parts), "application/sparql-update")


def _insert(graph: str, lines: Iterable[bytes]) -> bytes:
    """Return the update that adds triples."""
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
    connection = Connection(graph_store_url or update_url or "", login)
    writer = GraphStoreWriter(connection) if graph_store_url else UpdateWriter(connection)
    if login is None or not connection.wants_basic:
        return RemoteStore(Endpoint(url), writer)
    return RemoteStore(Endpoint(url, login.user, login.password), writer)


def _discovered(url: str) -> tuple[str, str]:
    """Return where a known server takes queries and graphs, by what it calls itself."""
    try:
        with urllib.request.urlopen(url, timeout=_WAIT_S) as answer:
            server = answer.headers.get("Server", "")
    except HTTPError as error:
        with error:
            server = error.headers.get("Server", "")
    except (OSError, HTTPException) as error:
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
