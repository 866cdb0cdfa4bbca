"""Who was under intervention, as known on a day: as if nothing published later had been read.

The other way: of all claims those that were known by then are taken, the rules choose among them,
what follows is derived anew, and it is asked without any day of knowledge, from the periods of acts
and offices. Only how long courses and offices last is measured over all that is known today.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.decisions.discrepancies import read_decisions
from data.records.files import read_records
from loaders.claims.claim import Claim
from loaders.claims.discrepancies import preferences
from loaders.claims.known_from import Days, known_days
from loaders.claims.resolution import Knowledge, resolve, wholes_of
from loaders.claims.writer import resolved_triples, slot_triples
from loaders.release.build import all_claims
from loaders.release.layers import (
    ONTOLOGY,
    RESOLVED,
    Layers,
    add_measures,
    derivations,
    derive,
    measures,
    reference_name,
)
from loaders.release.reference import reference_graphs
from loaders.tables.all_tables import read_listings
from loaders.tables.councils import council_register
from ontology import CI, ontology_graph
from ontology.identifiers import reference
from queries.catalogue import read_query
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES
from tests.integration.queries.test_answers_recounted import asked

BY_THE_DAY = read_query((FIXTURES / "states" / "by_the_day.rq").read_text("utf-8"), "by_the_day")
COLUMNS = "council", "regime", "certainty", "stage_on_day", "power", "people"
KNOWN, DAYS = 10, 100
SEED = 44
_FIRST, _LAST = date(2009, 1, 1), date(2026, 11, 1)
_OF_PAY = "4_1_sources_of_pay"
Told = set[tuple[str, ...]]


@dataclass(frozen=True)
class Everything:
    """All claims, with what is needed to choose among some of them."""

    claims: Sequence[Claim]
    days: Days
    knowledge: Knowledge
    registers: Sequence[tuple[str, str]]


@pytest.fixture(scope="module")
def everything() -> Everything:
    """Return what the project's records and tables claim."""
    files = [*read_records(), *read_listings(None)]
    claims = all_claims(files)
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    embodied = {
        claim.document: claim.about
        for claim in claims
        if claim.property == CI.embodiedIn
        and claim.value == reference(f"document/{claim.document}")
    }
    preferred = preferences(read_decisions(), claims)
    knowledge = Knowledge(tiers, embodied, preferred, wholes_of(claims))
    graphs = reference_graphs(files, council_register(None)) | {"": ontology_graph()}
    registers = [(name, graph.serialize(format="nt")) for name, graph in graphs.items()]
    return Everything(claims, known_days(claims, files, knowledge), knowledge, registers)


@pytest.fixture(scope="module")
def today(everything: Everything) -> Layers:
    """Return what follows from all claims."""
    return derived(everything, None, None)


def derived(everything: Everything, known_at: str | None, today: Layers | None) -> Layers:
    """Return what follows from the claims that were known on a day, or from all."""
    layers = Layers()
    for name, lines in everything.registers:
        layers.add_lines(reference_name(name) if name else ONTOLOGY, [lines])
    claims = [
        claim
        for claim in everything.claims
        if known_at is None
        or (claim.iri in everything.days and str(everything.days[claim.iri]) <= known_at)
    ]
    for slot in resolve(claims, everything.knowledge):
        layers.add_lines(RESOLVED, [*slot_triples(slot), *resolved_triples(slot)])
    rules = [rule for rule in derivations() if rule.name != _OF_PAY]
    if today is not None:
        add_measures(layers, today)
        measured = {rule.name for rule in measures()}
        rules = [rule for rule in rules if rule.name not in measured]
    derive(layers, rules)
    return layers


def told_by_claims(layers: Layers, day: str) -> Told:
    """Return what is told of each council under each regime on a day."""
    text = BY_THE_DAY.bind({"on": day, "with": "not-heard-of"})
    rows = cast(ox.QuerySolutions, layers.seen.query(text))
    return {tuple(_plain(row[name]) for name in COLUMNS) for row in rows}


def _plain(term: object) -> str:
    text = getattr(term, "value", "") if term is not None else ""
    return " ".join(sorted(text.split()))


def told_by_service(england: TestClient, day: str, known_at: str) -> Told:
    """Return what the catalogue tells of the same, without those in office whom it adds."""
    given = {"day": day, "known_at": known_at}
    every = asked(england, "under_intervention", **given, **{"with": "not-heard-of"})
    heard = {
        (row["council"], row["regime"]): row["people"]
        for row in asked(england, "under_intervention", **given)
    }
    found = set()
    for row in every:
        people = heard.get((row["council"], row["regime"]))
        shown = {**row, "people": people if row["certainty"] != "not-heard-of" else None}
        found.add(tuple(" ".join(sorted(str(shown[name] or "").split())) for name in COLUMNS))
    return found


def test_it_is_what_the_claims_of_then_tell(
    england: TestClient, everything: Everything, today: Layers, share: Callable[[int], int]
) -> None:
    """On days at random, by what had been published until days at random."""
    chance = random.Random(SEED)
    days = sorted({str(day) for day in everything.days.values() if day > _FIRST})
    checked = 0
    for known_at in not_empty(chance.sample(days, share(KNOWN))):
        then = derived(everything, known_at, today)
        for _ in not_empty(range(share(DAYS))):
            day = str(_FIRST + timedelta(chance.randrange((_LAST - _FIRST).days)))
            expected = {_heard(row) for row in told_by_claims(then, day)}
            assert told_by_service(england, day, known_at) == expected, (day, known_at)
            checked += len(expected)
    assert checked > share(DAYS)


def _heard(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row without those in office where nothing had been heard of the course."""
    return (*row[:-1], "") if row[2] == "not-heard-of" else row


def test_once_all_is_known_it_is_what_is_told_without_a_day(
    england: TestClient, today: Layers, share: Callable[[int], int]
) -> None:
    """On days at random, and on the first and last days on which something changed."""
    chance = random.Random(SEED)
    for _ in not_empty(range(share(DAYS))):
        day = str(_FIRST + timedelta(chance.randrange((_LAST - _FIRST).days)))
        known = asked(england, "under_intervention", day=day, known_at="2026-12-31")
        assert not_empty(known) == asked(england, "under_intervention", day=day), day
        expected = {_heard(row) for row in told_by_claims(today, day)}
        assert told_by_service(england, day, "2026-12-31") == expected, day
