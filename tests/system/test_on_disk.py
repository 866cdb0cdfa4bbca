"""The store on disk is made once, whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF

from api.views.description import ask_about
from data.releases import DATA_FILE, current_release
from ontology.errors import UnreadableGraph
from ontology.namespaces import GRAPH, ID, NS
from queries.catalogue import internal_query
from queries.engine.dataset import Dataset, complete, load_dataset, unite
from queries.engine.interface import EVERYTHING, Question
from queries.engine.on_disk import load_united, store_on_disk
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, SOON_S, serving, write_dataset
from tests.fixtures.stopwatch import processor_s

SOURCES = 200
MAKE = (
    "import sys; from pathlib import Path; from queries.engine.on_disk import store_on_disk; "
    "store_on_disk(Path(sys.argv[1]))"
)


def making(path: Path) -> subprocess.Popen[bytes]:
    """Begin to make a store, in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, str(path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,
    )


def size(folder: Path) -> int:
    """Return the number of quads in a store."""
    return len(ox.Store.read_only(str(folder)))


def test_a_store_is_made_once(tmp_path: Path) -> None:
    """And again only if the file is newer."""
    path = write_dataset(tmp_path / "data.nq", 500)
    folder = store_on_disk(path)
    made = folder.stat().st_ino
    assert size(folder) == 500
    assert store_on_disk(path).stat().st_ino == made
    write_dataset(path, 700)
    later = time.time() + 10
    os.utime(path, (later, later))
    os.utime(folder, (later - 5, later - 5))
    assert size(store_on_disk(path)) == 700


def test_a_release_is_loaded_at_once_as_it_is_step_by_step(release: Path, tmp_path: Path) -> None:
    """With its layers as the default graph, and every triple of every graph in that of all."""
    path = current_release(release) / DATA_FILE
    loaded = load_united(path, tmp_path / "one")
    united = unite(complete(load_dataset(path, is_release=True)))
    assert len(loaded) == len(united)
    assert set(loaded.named_graphs()) == set(united.named_graphs())
    for graph in (ox.DefaultGraph(), ox.NamedNode(EVERYTHING)):
        expected = set(not_empty(list(united.quads_for_pattern(None, None, None, graph))))
        assert set(loaded.quads_for_pattern(None, None, None, graph)) == expected, graph


def many_sources(path: Path) -> Path:
    """Write a made-up release with many sources, two of which differ in each of many things."""
    wrap, lines = "<{}{}>".format, []
    for number in range(SOURCES):
        thing, claim = wrap(ID, f"direction/XXX-{number}"), wrap(ID, f"claim/c{number}")
        document, other = wrap(ID, f"document/d{number}"), wrap(ID, f"discrepancy/o{number}")
        source, resolved = wrap(GRAPH, f"source/d{number}"), wrap(GRAPH, "resolved")
        lines += [
            f"{claim} {wrap(NS, 'about')} {thing} {source} .",
            f"{claim} {wrap(NS, 'property')} {wrap(NS, 'signed')} {source} .",
            f"{claim} {wrap(NS, 'source')} {document} {source} .",
            f"{document} {wrap(NS, 'aboutCouncil')} {wrap(ID, 'council/NFK')} {resolved} .",
            f"{other} <{RDF.type}> {wrap(NS, 'Discrepancy')} {wrap(GRAPH, 'quality')} .",
            f"{other} {wrap(NS, 'about')} {thing} {wrap(GRAPH, 'quality')} .",
            f"{other} {wrap(NS, 'discrepancyType')} {wrap(NS, 'x')} {wrap(GRAPH, 'quality')} .",
            f"{other} {wrap(NS, 'between')} {claim} {wrap(GRAPH, 'quality')} .",
        ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_what_pages_ask_does_not_look_into_one_graph_after_another(tmp_path: Path) -> None:
    """Where a store has as many graphs as sources, that would take as many times as long."""
    path = many_sources(tmp_path / DATA_FILE)
    on_disk = Dataset(load_united(path, tmp_path / "store"))
    in_memory = Dataset(complete(load_dataset(path, is_release=True)))
    things = [f"{ID}direction/XXX-{number}" for number in range(SOURCES)]
    of_council = internal_query("lists", "discrepancies").bind({"council": "NFK"})
    for text in (of_council, ask_about("sources", things)):
        question = Question(text, "text/csv")
        answers = [BytesIO(), BytesIO()]
        taken = [
            processor_s(partial(dataset.answer, question, out))
            for dataset, out in zip((on_disk, in_memory), answers, strict=True)
        ]
        rows, expected = (answer.getvalue().splitlines() for answer in answers)
        assert len(rows) == SOURCES + 1 and sorted(rows) == sorted(expected)
        assert taken[0] < 10 * taken[1], taken


def test_a_making_that_was_cut_short(tmp_path: Path) -> None:
    """Killed at any moment, it leaves nothing that is taken for a store."""
    path = write_dataset(tmp_path / "data.nq", 60_000)
    for after_s in (0.1, 0.3, 0.5):
        process = making(path)
        time.sleep(after_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert size(store_on_disk(path)) == 60_000


def test_two_that_need_it_at_once(tmp_path: Path) -> None:
    """One makes it, the other waits; both find it whole."""
    path = write_dataset(tmp_path / "data.nq", 30_000)
    both = [making(path), making(path)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert size(tmp_path / "data.store") == 30_000
    assert not (tmp_path / "data.store.new").exists()


def test_what_is_no_dataset(tmp_path: Path) -> None:
    """It is told as everywhere, and no store is left."""
    path = tmp_path / "data.nq"
    path.write_text("no triples\n", encoding="utf-8")
    with pytest.raises(UnreadableGraph, match=r"data\.nq"):
        store_on_disk(path)
    assert not (tmp_path / "data.store").exists()


def test_two_services_start_at_once(tmp_path: Path) -> None:
    """They share the store and answer alike; limits hold there too."""
    path = write_dataset(tmp_path / "data.nq", 5_000)
    settings = {"dataset": path, "store": "disk", "query_seconds": 1}
    with serving(**settings) as one, serving(**settings) as other:
        assert one.ask(COUNT).count == other.ask(COUNT).count == 5_000
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        with ThreadPoolExecutor(2) as clients:
            told = list(clients.map(lambda served: served.ask(endless), (one, other)))
        assert [answer.status for answer in told] == [503, 503]
        assert all(answer.seconds < SOON_S for answer in told)
        sorting = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
        assert one.ask(sorting).status == 503
        assert one.ask(COUNT + " # again").count == 5_000
