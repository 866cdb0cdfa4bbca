"""A release is published graph by graph, continued after a fault, counted, and switched to last."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api.hosting import remote
from data.releases import CURRENT, DATA_FILE, current_release
from data.settings import Settings
from loaders.release.publish import PublicationResult, publish
from loaders.release.remote_store import Login, RemoteStore, Writer, open_target
from ontology.errors import EngineFailed, NoRelease, ReleaseRefused
from queries.remote.call import Endpoint
from queries.remote.lookup import ask_rows, current_identifier, find_release
from queries.remote.release import POINTER, RELEASES
from tests.fixtures.datasets.small_release import write_small_release
from tests.fixtures.guards import replaced
from tests.fixtures.servers.flaky_server import flaky, send
from tests.fixtures.servers.in_process import client_of
from tests.fixtures.servers.remote_stores import Store, has_virtuoso, oxigraph, virtuoso

COUNTED = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
SMALL = (
    "<x:a> <x:b> <x:c> <https://w3id.org/council-interventions/graph/ontology> .\n"
    '<x:a> <x:b> "d \\" _:e" <https://w3id.org/council-interventions/graph/quality> .\n'
    "<x:a> <x:b> <x:c> <https://w3id.org/council-interventions/graph/resolved> .\n"
    '<x:a> <x:b> "{name}" <https://w3id.org/council-interventions/graph/resolved> .\n'
)
STEPS = 11
"""What is written of that release: each graph in pieces of one triple, description and pointer."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty Oxigraph server."""
    folder = tmp_path / "oxigraph"
    folder.mkdir()
    with oxigraph(folder) as running:
        yield running


def small_release(folder: Path, name: str, text: str = SMALL) -> Path:
    """Return a folder whose current release has that name and four triples in three graphs."""
    write_small_release(folder, name, name.join(text.split("{name}")))
    return folder


def counts(store: Store) -> dict[str, int]:
    """Return how many triples each graph of a store has."""
    rows = ask_rows(Endpoint(store.url), COUNTED)
    return {row["g"]["value"].removeprefix(RELEASES): int(row["n"]["value"]) for row in rows}


@dataclass
class Failing:
    """A writer that fails at one of its steps, and notes what it was asked."""

    writer: Writer
    fails_at: int
    piece_bytes: int = 10
    asked: list[str] = field(default_factory=list)

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Pass on, or fail."""
        self._note(graph)
        self.writer.replace(graph, lines)

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Pass on, or fail."""
        self._note(graph)
        self.writer.add(graph, lines)

    def remove(self, graph: str) -> None:
        """Pass on, or fail."""
        self._note(graph)
        self.writer.remove(graph)

    def _note(self, graph: str) -> None:
        """Note a step and fail if it is the one."""
        self.asked.append(graph.removeprefix(RELEASES))
        if len(self.asked) == self.fails_at:
            raise EngineFailed("the connection was lost")


def attempt(
    store: Store, folder: Path, fails_at: int = 0
) -> tuple[list[str], PublicationResult | None]:
    """Publish with one fault and return what was written, and what was published if anything."""
    target = open_target(store.url, None, None, None)
    failing = Failing(target.writer, fails_at)
    try:
        done = publish(
            current_release(folder), RemoteStore(target.endpoint, failing), lambda done: None
        )
    except EngineFailed:
        return failing.asked, None
    return failing.asked, done


def test_every_graph_is_there_and_merged_ones_hold_each_triple_once(
    store: Store, tmp_path: Path
) -> None:
    """The default graph has the layers, that of everything all; a triple in two counts once."""
    done = store.publish(small_release(tmp_path / "releases", "one"))
    assert (done.identifier, done.graphs, done.skipped, done.removed) == ("one", 3, 0, 0)
    assert counts(store) == {
        "one": 1,
        "one/graph/ontology": 1,
        "one/graph/quality": 1,
        "one/graph/resolved": 2,
        "one/graph/default": 2,
        "one/graph/all": 3,
        POINTER: 1,
    }


def test_the_switch_is_the_last_step(store: Store, tmp_path: Path) -> None:
    """Wherever it breaks off, the release before stays; the next attempt continues."""
    folder = small_release(tmp_path / "releases", "one")
    store.publish(folder)
    small_release(folder, "two")
    for fails_at in range(1, STEPS + 1):
        for journal in folder.glob(".published-two-*"):
            journal.unlink()
        written, done = attempt(store, folder, fails_at)
        assert done is None and len(written) == fails_at
        assert current_identifier(Endpoint(store.url)) == "one"
    assert written[-1] == POINTER
    written, done = attempt(store, folder)
    assert done is not None and done.skipped == 5
    assert current_identifier(Endpoint(store.url)) == "two"
    assert written == ["two", POINTER]


def test_a_store_that_was_emptied_is_filled_again(store: Store, tmp_path: Path) -> None:
    """The journal is believed only as far as the store counts the same."""
    folder = small_release(tmp_path / "releases", "one")
    attempt(store, folder, 4)
    writer = open_target(store.url, None, None, None).writer
    for name in counts(store):
        writer.remove(f"{RELEASES}{name}")
    assert counts(store) == {}
    _, done = attempt(store, folder)
    assert done is not None and done.skipped == 0 and counts(store)["one/graph/all"] == 3


def test_the_current_release_is_not_written_again(store: Store, tmp_path: Path) -> None:
    """From another machine, without a journal, nothing that services answer from is touched."""
    store.publish(small_release(tmp_path / "releases", "one"))
    written, done = attempt(store, small_release(tmp_path / "elsewhere", "one"))
    assert written == ["one", POINTER] and done is not None and done.skipped == 5


@pytest.mark.parametrize("open_store", [oxigraph, virtuoso])
def test_a_long_description_is_read_as_it_was_written(
    open_store: Callable[[Path], AbstractContextManager[Store]], tmp_path: Path
) -> None:
    """Virtuoso refuses a single text of 64 KiB; quotes and rare letters take most bytes."""
    if open_store is virtuoso and not has_virtuoso():
        pytest.skip("virtuoso-t is not installed")
    figures = [{"note": f'{number} "\U0001d11e"\n\\ Ynys Môn ' * 20} for number in range(200)]
    folder = tmp_path / "releases"
    write_small_release(folder, "one", replaced(SMALL, "{name}", "one"), figures)
    (tmp_path / "store").mkdir()
    with open_store(tmp_path / "store") as store:
        store.publish(folder)
        found = find_release(Endpoint(store.url))
    assert len(json.dumps(figures)) > 2**16 and list(found.figures) == figures


def test_the_release_before_stays_and_older_ones_go(store: Store, tmp_path: Path) -> None:
    """Services that have not looked yet still answer from the release before."""
    folder = tmp_path / "releases"
    for name in ("one", "two", "three"):
        done = store.publish(small_release(folder, name))
    assert done.removed == 6
    assert {name.partition("/")[0] for name in counts(store) if name != POINTER} == {"two", "three"}


def test_a_wrong_count_stops_the_publication(store: Store, tmp_path: Path) -> None:
    """A store that loses or adds triples is not switched to."""

    class Losing(Failing):
        def add(self, graph: str, lines: Iterable[bytes]) -> None:
            self._note(graph)

    target = open_target(store.url, None, None, None)
    losing = Losing(target.writer, 0)
    folder = small_release(tmp_path / "releases", "one")
    with pytest.raises(EngineFailed, match="2 triples were sent, and the store counts 1"):
        publish(current_release(folder), RemoteStore(target.endpoint, losing), lambda done: None)
    assert current_identifier(Endpoint(store.url)) is None
    with pytest.raises(NoRelease, match="does not say which is current"):
        find_release(Endpoint(store.url))


def test_updates_do_the_same(store: Store, tmp_path: Path) -> None:
    """A store without the Graph Store Protocol is filled by SPARQL Update."""
    folder = small_release(tmp_path / "releases", "one")
    update = replaced(store.url, "/query", "/update")
    for _ in range(2):
        target = open_target(store.url, None, update, None)
        publish(current_release(folder), target, lambda done: None)
    by_update = counts(store)
    small_release(folder, "two")
    target = open_target(store.url, None, update, None)
    publish(current_release(folder), target, lambda done: None)
    assert current_identifier(Endpoint(store.url)) == "two"
    assert by_update["one/graph/all"] == 3 and counts(store)["two/graph/default"] == 2


@pytest.mark.parametrize(
    ("challenge", "signed"),
    [
        ('Digest realm="store", nonce="n", qop="auth"', 'Digest username="ann"'),
        ('Basic realm="store"', "Basic YW5uOnNlY3JldA=="),
    ],
)
def test_who_writes_is_said_before_the_store_asks(challenge: str, signed: str) -> None:
    """A store that asks throws the body away; the password is in no message."""
    asking = send(b"", 401, headers={"WWW-Authenticate": challenge})
    looks = [asking, send(b"")] if challenge.startswith("Basic") else [asking, asking, send(b"")]
    with flaky(*looks, send(b""), send(b"no", 403)) as server:
        target = open_target(server.url, None, server.url, Login("ann", "secret"))
        target.writer.add("x:g", [b"<x:a> <x:b> <x:c> .\n"])
        with pytest.raises(EngineFailed, match=r"403; give --user.*: no") as caught:
            target.writer.remove("x:g")
    assert "secret" not in str(caught.value)
    written = [headers for headers, body in server.asked if b"INSERT DATA" in body]
    assert len(written) == 1 and written[0]["Authorization"].startswith(signed)
    assert target.endpoint.password == ("secret" if challenge.startswith("Basic") else None)


@pytest.mark.parametrize("line", ["_:a <x:b> <x:c> <x:g> .\n", "<x:a> <x:b> _:c <x:g> .\n"])
def test_blank_nodes_are_refused(line: str, store: Store, tmp_path: Path) -> None:
    """Loaded in pieces, they would lose their identity; a release has none."""
    folder = small_release(tmp_path / "releases", "one", line)
    with pytest.raises(ReleaseRefused, match="blank node"):
        store.publish(folder)
    assert counts(store) == {}


def test_the_service_changes_to_what_is_published(
    store: Store, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A running service answers from the old release until the switch, and then from the new."""
    monkeypatch.setattr(remote, "LOOK_EVERY_S", 0.1)
    store.publish(small_release(tmp_path / "releases", "one"))
    query = {"query": "SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }"}
    with client_of(Settings(engine=store.url)) as client:
        assert client.get("/health/ready").json()["release"] == "one"
        first = client.get("/sparql.csv", params=query)
        assert first.text.split() == ["o", "one"]
        attempt(store, small_release(tmp_path / "releases", "two"), 6)
        time.sleep(0.5)
        assert client.get("/health/ready").json()["release"] == "one"
        store.publish(tmp_path / "releases")
        for _ in range(100):
            if client.get("/health/ready").json()["release"] == "two":
                break
            time.sleep(0.1)
        second = client.get("/sparql.csv", params=query)
        assert second.text.split() == ["o", "two"]
        assert first.headers["etag"] != second.headers["etag"]


def test_a_store_that_lost_its_data_does_not_answer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would answer that nothing is known; so the service says that it cannot answer."""
    monkeypatch.setattr(remote, "LOOK_EVERY_S", 0.05)
    folder = small_release(tmp_path / "releases", "one")
    store.publish(folder)
    with client_of(Settings(engine=store.url)) as client:
        open_target(store.url, None, None, None).writer.remove(POINTER)
        for expected, repair in ((502, None), (200, folder)):
            if repair is not None:
                store.publish(repair)
            for number in range(200):
                query = {"query": f"ASK {{ ?s ?p ?o }} # {expected} {number}"}
                answer = client.get("/sparql", params=query)
                if answer.status_code == expected:
                    break
                time.sleep(0.05)
            assert answer.status_code == expected, answer.text


def test_a_store_that_was_filled_otherwise_is_served(store: Store, tmp_path: Path) -> None:
    """Without a pointer, the graphs count under the names that they have."""
    folder = small_release(tmp_path / "releases", "one")
    writer = open_target(store.url, None, None, None).writer
    for line in (folder / CURRENT / DATA_FILE).read_bytes().splitlines():
        triple, graph, _ = line.rsplit(b" ", 2)
        writer.add(graph[1:-1].decode(), [triple + b" .\n"])
    with client_of(Settings(engine=store.url)) as client:
        query = {"query": "SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }"}
        assert client.get("/sparql.csv", params=query).text.split() == ["o", "one"]
        assert client.get("/health/ready").json()["built_at"] is None
