"""What was read is said for every council, topic and period, and every count is explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from rdflib import RDF

import loaders.release.coverage
from data.releases import current_release
from data.tables.coverage import (
    ExpectedRow,
    PeriodRow,
    ScopeRow,
    Topic,
    read_expected,
    read_periods,
    read_scopes,
)
from data.tables.metadata import read_metadata
from data.tables.table import read_rows
from loaders.release.coverage import (
    CountedThing,
    Life,
    Span,
    coverage_report,
    coverage_triples,
    report_lines,
    spans,
)
from loaders.release.layers import ONTOLOGY, QUALITY, Layers, answer_to, ask
from ontology import CI, concept_exists, ontology_graph
from ontology.errors import UnreadableTable
from ontology.identifiers import concept
from queries.catalogue import folder, queries_in
from tests.fixtures.datasets.national_subset import add_quads, layers
from tests.fixtures.guards import not_empty

SPANS_OF_A_TOPIC = 700
"""Most spans that a topic has: councils that nothing sets apart share a span for each period."""

PERIODS = "period,topic,first_day,last_day,councils,note\n"
SCOPES = (
    "scope,topic,councils,except_councils,covered_from,covered_to,completeness,documents,"
    "last_checked,reason\n"
)


@pytest.fixture(scope="module")
def national_layers(national: Path) -> Layers:
    """Return the layers of the national release."""
    found = Layers()
    place = current_release(national) / "data.nq"
    add_quads(found, ox.parse(path=str(place), format=ox.RdfFormat.N_QUADS))
    return found


def test_periods_of_a_topic_follow_each_other() -> None:
    """No day between the first and the last is left out, and none stands twice."""
    by_topic: dict[str, list[PeriodRow]] = {}
    for period in read_periods():
        by_topic.setdefault(period.topic, []).append(period)
    for topic, periods in not_empty(by_topic.items()):
        assert concept_exists("coverage-topic", topic)
        for one, following in not_empty(pairwise(periods)):
            assert (following.first_day - one.last_day).days == 1


def test_nothing_was_checked_after_the_tables_were_made() -> None:
    """A day on which a source was read is not in the future of the table that says so."""
    assert (
        max(scope.last_checked for scope in read_scopes()) <= read_metadata("coverage").retrieved_on
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x-2018,hospitals,2018-01-01,2018-12-31,all,note", "column topic: 'hospitals'"),
        ("section-114-2017,section-114,2018-01-01,2018-12-31,all,note", "section-114-2018"),
        ("section-114-2018,section-114,2018-01-01,2017-12-31,all,note", "before 2018-01-01"),
        ("section-114-2018,section-114,2018-02-30,2018-12-31,all,note", "column first_day"),
        ("section-114-2018,section-114,2018-01-01,2018-12-31,most,note", "column councils"),
        ("section-114-2018,section-114,2018-01-01,2018-12-31,all,", "column note"),
    ],
)
def test_bad_period_is_refused(line: str, expected: str) -> None:
    """The message names file, line, column and value."""
    with pytest.raises(UnreadableTable, match=f"periods.csv, line 2.*{expected}"):
        read_rows(f"{PERIODS}{line}\n", "periods.csv", PeriodRow)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({1: "weather"}, "column topic"),
        ({2: "Norfolk"}, "column councils"),
        ({3: "nfk"}, "column except_councils"),
        ({5: "2017-12-31"}, "column covered_to.*before 2018-01-01"),
        ({6: "mostly"}, "column completeness"),
        ({7: ""}, "column documents"),
        ({8: "2019-12-31"}, "column last_checked.*before 2020-12-31"),
        ({9: ""}, "column reason"),
    ],
)
def test_bad_scope_is_refused(cells: dict[int, str], expected: str) -> None:
    """The message names file, line, column and value."""
    good = "a,section-114,all,,2018-01-01,2020-12-31,complete,a-list,2021-01-01,why"
    assert read_rows(f"{SCOPES}{good}\n", "scope.csv", ScopeRow)
    line = ",".join(cells.get(place, cell) for place, cell in enumerate(good.split(",")))
    with pytest.raises(UnreadableTable, match=f"scope.csv, line 2.*{expected}"):
        read_rows(f"{SCOPES}{line}\n", "scope.csv", ScopeRow)


def test_scope_of_an_unknown_council_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a code would silently leave a council out."""
    first, *others = read_scopes()
    wrong = first.model_copy(update={"except_councils": ["ZZZ"]})
    monkeypatch.setattr(loaders.release.coverage, "read_scopes", lambda: (wrong, *others))
    with pytest.raises(UnreadableTable, match="no council 'ZZZ' in the register"):
        spans(layers())


LIFE = Life("NTH", "Northamptonshire County Council", True, date.min, date(2021, 3, 31))
PERIOD = next(one for one in read_periods() if one.period == "childrens-inspections-2018")
SCOPE = next(one for one in read_scopes() if one.scope == "ofsted-history-2018")
SPAN = Span(LIFE, PERIOD, date(2018, 1, 1), date(2021, 3, 31), (SCOPE,), ())
THING = CountedThing(date(2019, 1, 1), frozenset())


@pytest.mark.parametrize(
    ("completeness", "covered_to", "found", "status"),
    [
        ("complete", "2022-12-31", (THING,), "covered-found"),
        ("complete", "2022-12-31", (), "covered-nothing-found"),
        ("complete", "2021-03-30", (), "partly-covered-nothing-found"),
        ("incomplete", "2022-12-31", (THING,), "partly-covered-found"),
        ("incomplete", "2022-12-31", (), "partly-covered-nothing-found"),
        ("single", "2022-12-31", (THING,), "partly-covered-found"),
        ("single", "2022-12-31", (), "not-covered"),
        (None, "", (THING,), "partly-covered-found"),
        (None, "", (), "not-covered"),
    ],
)
def test_status_tells_silence_from_not_having_looked(
    completeness: str | None, covered_to: str, found: Sequence[CountedThing], status: str
) -> None:
    """Only a complete list of the whole span makes finding nothing a finding."""
    scopes: tuple[ScopeRow, ...] = ()
    if completeness:
        changed = {"completeness": completeness, "covered_to": date.fromisoformat(covered_to)}
        scopes = (SCOPE.model_copy(update=changed),)
    assert replace(SPAN, scopes=scopes, things=tuple(found)).status == status
    assert concept_exists("coverage-status", status)


def test_a_council_is_covered_for_its_own_days_only() -> None:
    """The old council to its last day, its successors from their first."""
    found = {(span.life.code, span.period.period): span for span in spans(layers())}
    old = found["NTH", "childrens-inspections-2018"]
    new = found["NNT", "childrens-inspections-2018"]
    assert old.last_day == date(2021, 3, 31)
    assert new.first_day == date(2021, 4, 1)
    assert ("NTH", "childrens-inspections-2023") not in found
    assert ("NNT", "childrens-inspections-2014") not in found
    assert (old.status, new.status) == ("not-covered", "covered-found")


def test_a_source_that_the_release_does_not_hold_covers_nothing() -> None:
    """The release of a few documents never says that nothing happened elsewhere."""
    bare = Layers()
    everything = layers().store
    add_quads(bare, (quad for quad in everything if quad.predicate.value != str(CI.sourceTier)))
    assert {span.status for span in spans(bare)} == {"partly-covered-found", "not-covered"}


def test_every_source_of_a_scope_is_in_the_national_release(national_layers: Layers) -> None:
    """A document that is misspelt would silently cover nothing."""
    held = {row["document"] for row in ask(national_layers, "lists", "coverage_documents")}
    assert set(not_empty(slug for scope in read_scopes() for slug in scope.documents)) <= held


def test_every_council_and_topic_has_its_coverage(national_layers: Layers) -> None:
    """365 councils; a district has nothing on children's services, every other council has."""
    found = spans(national_layers)
    codes = {stretch.life.code for stretch in found}
    assert len(codes) == 365
    assert len(found) < SPANS_OF_A_TOPIC * len(get_args(Topic))
    children = {
        stretch.life.code for stretch in found if stretch.period.topic.startswith("childrens")
    }
    upper = {stretch.life.code for stretch in found if stretch.life.is_upper_tier}
    assert children == upper and len(upper) < len(codes)
    lines = "".join(coverage_triples(national_layers)).splitlines()
    assert len({line.partition(" ")[0] for line in lines}) == len(found)


def test_every_difference_is_explained(national_layers: Layers) -> None:
    """Each figure is the expected one, or the report says which rows make the difference."""
    figures = {figure.name: figure for figure in coverage_report(national_layers)}
    assert figures["councils"].total.number == 365
    assert figures["other_authorities"].total.number == 16
    differing = {
        (figure.name, count.part) for figure in figures.values() for count in figure.differences
    }
    assert differing == {("graded_judgements", "single inspections")}
    lines = list(report_lines(list(figures.values())))
    (line,) = [line for line in lines if "and not 1,002" in line]
    assert "50004325" in line and line.strip().startswith("998")


def test_expected_number_of_no_figure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a name would compare nothing."""
    row = ExpectedRow(figure="villages", part="", expected=1, reason="none")
    monkeypatch.setattr("loaders.release.coverage.read_expected", lambda: (*read_expected(), row))
    with pytest.raises(UnreadableTable, match="no figure 'villages'; there are: councils"):
        coverage_report(layers())


def test_a_discrepancy_without_a_slot_is_counted_once() -> None:
    """No rule chose between its claims, so it is no case of each rule that there is."""
    found = Layers()
    found.add_graph(ONTOLOGY, ontology_graph())
    kind = concept("discrepancy-type", "contradiction")
    values = ((RDF.type, CI.Discrepancy), (CI.discrepancyType, kind), (CI.usedClaim, "urn:claim"))
    found.add_lines(QUALITY, [f"<urn:one> <{name}> <{value}> .\n" for name, value in values])
    (query,) = [query for query in queries_in(folder("figures")) if "discrepancies" in query.name]
    assert answer_to(found, query) == [{"part": "contradiction: by a rule", "item": "urn:one"}]
