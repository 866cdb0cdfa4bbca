"""What the questions of the catalogue and the dearest lists take of the processor.

The measure is a peer: counting every claim with its source and its fact, once through all of them.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from data.releases import current_release
from queries.catalogue import CatalogueQuery, catalogue, internal_query
from queries.engine.dataset import Dataset, complete, load_dataset
from queries.engine.interface import RESULTS_JSON, Question
from tests.fixtures.guards import not_empty
from tests.fixtures.stopwatch import processor_s
from tests.integration.queries.test_catalogue import EXAMPLES

EVERY_CLAIM = """
PREFIX ci: <https://w3id.org/council-interventions/ns#>
SELECT (COUNT(?claim) AS ?claims) WHERE {
  GRAPH ?source { ?claim ci:slot ?slot ; ci:source ?document } ?document ci:sourceTier ?tier
}
"""
MOST_TIMES_PEER = 2.5
COUNCILS = "NFK", "BIR", "NTH"
DAYS = "2014-06-01", "2018-01-01", "2026-11-01"


@pytest.fixture(scope="module")
def dataset(national: Path) -> Dataset:
    """Return the national release, answered in this thread."""
    path = current_release(national) / "data.nq"
    return Dataset(complete(load_dataset(path, is_release=True)))


@pytest.fixture(scope="module")
def peer_s(dataset: Dataset) -> float:
    """Return what the peer takes."""
    return processor_s(lambda: rows(dataset, EVERY_CLAIM), tries=5)


def rows(dataset: Dataset, text: str) -> list[dict[str, Any]]:
    """Return the rows of an answer."""
    output = BytesIO()
    dataset.answer(Question(text, RESULTS_JSON), output)
    found: list[dict[str, Any]] = json.loads(output.getvalue())["results"]["bindings"]
    return found


def asked(query: CatalogueQuery) -> str:
    """Return a question with an example for each parameter that it needs."""
    needed = {one.name: EXAMPLES[one.name] for one in query.parameters if not one.optional}
    return query.bind(needed)


def test_no_question_takes_much_longer_than_its_peer(dataset: Dataset, peer_s: float) -> None:
    """Each question of the catalogue, the least of three times where the first was too long."""

    def times(text: str, tries: int) -> float:
        return processor_s(lambda: rows(dataset, text), tries) / peer_s

    late = {
        name: times(asked(query), tries=3)
        for name, query in not_empty(catalogue().items())
        if times(asked(query), tries=1) > MOST_TIMES_PEER
    }
    assert {name: took for name, took in late.items() if took > MOST_TIMES_PEER} == {}


@pytest.mark.parametrize("council", COUNCILS)
def test_claims_of_a_council_are_found_from_the_council(
    dataset: Dataset, peer_s: float, council: str
) -> None:
    """They are those among all claims that the filter leaves, in the same order."""
    every = internal_query("lists", "claims").bind({"council": council})
    own = internal_query("lists", "claims_of_council").bind({"council": council})
    assert not_empty(rows(dataset, own)) == rows(dataset, every)
    assert processor_s(lambda: rows(dataset, own), tries=3) < peer_s


@pytest.mark.parametrize("day", DAYS)
def test_who_was_under_intervention_is_found_from_the_day(
    dataset: Dataset, peer_s: float, day: str
) -> None:
    """The list for a day takes no longer than the peer, by more than its parts vary."""
    text = internal_query("lists", "under_intervention").bind({"on": day, "with": "not-heard-of"})
    assert not_empty(rows(dataset, text))
    assert processor_s(lambda: rows(dataset, text), tries=3) < MOST_TIMES_PEER / 2 * peer_s
