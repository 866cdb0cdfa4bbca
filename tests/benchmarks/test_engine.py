"""How fast the embedded engine answers beside rdflib, on the same release in the same run."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from rdflib import Dataset

from data.releases import current_release
from queries.catalogue import find_query
from queries.embedded import EmbeddedEngine, load_dataset
from queries.engine import RESULTS_JSON, Question

pytestmark = pytest.mark.bench

REPETITIONS = 5
QUESTIONS = {
    "directions_of_council": {"council": "NFK"},
    "grades_of_council": {"council": "NFK"},
    "powers_by_year": {},
}


def cpu_s(action: object) -> float:
    """Return the processor time of the fastest of some repetitions."""
    times = []
    for _ in range(REPETITIONS):
        start = process_time()
        action()  # type: ignore[operator]
        times.append(process_time() - start)
    return min(times)


def test_embedded_engine_beside_rdflib(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print, per question, how many times our processor time rdflib needs."""
    data = current_release(release) / "data.nq"
    engine = EmbeddedEngine(load_dataset(data))
    peer = Dataset(default_union=True)
    peer.parse(data, format="nquads")
    lines = []
    for name, values in QUESTIONS.items():
        text = find_query(name).bind(values)
        ours = cpu_s(lambda text=text: engine.answer_now(Question(text, RESULTS_JSON)))
        theirs = cpu_s(lambda text=text: list(peer.query(text)))
        lines.append(f"{name:<24} rdflib / embedded engine = {theirs / ours:8.0f}")
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert len(lines) == len(QUESTIONS)
