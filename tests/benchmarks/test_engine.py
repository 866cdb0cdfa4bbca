"""How fast the embedded engine answers beside rdflib, on the same triples in the same run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

import pytest
from rdflib import Graph

from data.releases import DATA_FILE, current_release
from data.settings import Settings
from loaders.exports.layers import read_layers
from loaders.exports.rdf import DUMPS, write_dump
from queries.catalogue import find_query
from queries.engine.dataset import load_dataset
from queries.engine.embedded import EmbeddedEngine
from queries.engine.interface import RESULTS_JSON, Question

pytestmark = pytest.mark.bench

REPETITIONS = 5
QUESTIONS = {
    "directions_of_council": {"council": "NFK"},
    "duties_by_bearer": {"direction": "WOR-2017-02"},
    "powers_by_year": {},
}


def cpu_s(action: Callable[[], object]) -> float:
    """Return the processor time of the fastest of some repetitions."""
    times = []
    for _ in range(REPETITIONS):
        start = process_time()
        action()
        times.append(process_time() - start)
    return min(times)


def rows(graph: Graph, text: str) -> list[object]:
    """Return the rows of a query in rdflib."""
    return list(graph.query(text))


def test_embedded_engine_beside_rdflib(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print, per question, how many times our processor time rdflib needs."""
    current = current_release(release)
    engine = EmbeddedEngine(load_dataset(current / DATA_FILE), Settings().answer_bytes)
    with read_layers(current / DATA_FILE, tmp_path / DUMPS["ntriples"].file) as layers:
        write_dump(layers, DUMPS["turtle"], tmp_path)
    peer = Graph().parse(tmp_path / DUMPS["turtle"].file)
    lines, ratios = [], []
    for name, values in QUESTIONS.items():
        text = find_query(name).bind(values)
        ours = cpu_s(partial(engine.answer_now, Question(text, RESULTS_JSON)))
        theirs = cpu_s(partial(rows, peer, text))
        ratios.append(theirs / ours)
        lines.append(f"{name:<24} rdflib / embedded engine = {theirs / ours:8.0f}")
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert min(ratios) > 1
