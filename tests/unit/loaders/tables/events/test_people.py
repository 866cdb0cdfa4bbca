"""Who is who: by reviewed decision for each name and council, never by equal strings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from data.councils.register import read_register
from data.decisions.people import (
    Holder,
    NameOfPersonRow,
    PersonRow,
    holder,
    holders,
    read_names,
    read_people,
)
from data.sources import read_own_table, read_source
from data.tables.cells import Cells
from data.tables.metadata import TableMapping
from loaders.tables.claim_source import ClaimSource
from loaders.tables.events.best_value_interventions import BEST_VALUE_INTERVENTIONS
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from loaders.tables.events.offices import names_in
from loaders.tables.events.rows import EventRow, read_notes
from loaders.tables.facts.appointments import APPOINTMENTS
from loaders.tables.facts.pay import PAY
from loaders.tables.facts.reports import REPORTS
from loaders.tables.facts.sightings import SIGHTINGS
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty

SOURCES: tuple[ClaimSource[Any], ...] = (CHILDRENS_INTERVENTIONS, BEST_VALUE_INTERVENTIONS)
FORMS: dict[str, dict[str, str]] = {"": {}, "*": {}, "* (adviser)": {"office": "adviser"}}
MAPPING = TableMapping(
    file="table.csv",
    key=(),
    columns={"appointees": "appointees office"},
    phrases={"appointees": FORMS},
)


def cells(printed: str) -> Cells:
    """Return a row with names in it."""
    return Cells(MAPPING, 7, {"appointees": printed})


def named() -> Iterator[tuple[str, str]]:
    """Yield every name in our tables, with its council."""
    for source in SOURCES:
        councils = {}
        for row in read_source(source.table).rows:
            assert isinstance(row, EventRow)
            councils[row.key] = row.council
            yield from ((word, row.council) for word in row.appointees.split("; ") if word)
        for notes in read_notes(source.table.name).values():
            for note in notes:
                if note.fact == "appointment":
                    yield note.words, councils[note.event]


def told() -> Iterator[tuple[str, str]]:
    """Yield every name in our tables of facts, with its council."""
    yield from ((row.holder, row.council) for row in read_own_table(APPOINTMENTS.table).rows)
    yield from ((row.holder, row.council) for row in read_own_table(PAY.table).rows)
    yield from ((row.holder, row.council) for row in read_own_table(SIGHTINGS.table).rows)
    for row in read_own_table(REPORTS.table).rows:
        yield from ((name, row.council) for name in row.author.split("; "))


def councils_of() -> dict[str, set[str]]:
    """Return the councils of every person."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_people().values():
        found[row.person].add(row.council)
    return found


def test_every_name_is_decided_and_every_decision_is_used() -> None:
    """A decision that no row needs may hide a misprint."""
    decided = set(read_people())
    assert set(not_empty(list(named()))) <= decided
    assert decided - set(named()) - set(told()) == set()


def test_one_person_across_councils() -> None:
    """The people whom the sources show in the most councils are one person each."""
    several = {person: places for person, places in councils_of().items() if len(places) > 3}
    assert several == {
        "eleanor-brazil": {"CRY", "DUD", "HEF", "KIR", "MDW", "SAW", "SLG", "STE", "WRL"},
        "john-coughlan": {"BIR", "BKM", "BPC", "HRY", "TOB", "WSX"},
        "margaret-lee": {"BDF", "CRY", "NGM", "SLG"},
        "max-caller": {"BIR", "LIV", "NTH", "SLG", "TWH"},
        "tony-mcardle": {"BIR", "CRY", "NGM", "NTH"},
    }


def test_every_decision_across_councils_has_a_reason_of_its_own() -> None:
    """The reason says why equal names are one person, or that there is only one such name."""
    for (_, council), row in not_empty(read_people().items()):
        alone = len(councils_of()[row.person]) == 1
        assert len(row.reason) > 25, (row.printed, council)
        assert alone or "The only holder" not in row.reason, (row.printed, council)


def test_one_name_for_each_person() -> None:
    """Whatever honours are printed, the name is the same."""
    names: dict[str, set[str]] = defaultdict(set)
    for (printed, council), row in read_people().items():
        names[row.person].add(holder(printed, council).name)
    assert {person: found for person, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("printed", "council", "name", "other"),
    [
        ("Gerard Curran", "CRY", "Ged Curran", "Gerard Curran"),
        ("Ged Curran", "SLG", "Ged Curran", None),
        ("David Hill", "NFK", "Dave Hill", "David Hill"),
        ("Lord Norman Warner", "BIR", "Lord Warner", "Lord Norman Warner"),
        ("Lord Warner", "BIR", "Lord Warner", None),
        ("Baroness Judith Blake", "LIV", "Baroness Blake", "Baroness Judith Blake"),
    ],
)
def test_one_person_of_two_spellings(
    printed: str, council: str, name: str, other: str | None
) -> None:
    """The record knows a person by one name, by decision; the other is another name."""
    person = holder(printed, council)
    assert (person.name, person.other_name) == (name, other)


def test_every_decision_on_a_name_is_of_a_person_with_several() -> None:
    """A decision on a name that is printed in no other way decides nothing."""
    for person, decision in not_empty(read_names().items()):
        printed = {
            Holder(row.member, row.printed).printed_name
            for row in read_people().values()
            if row.person == person
        }
        assert printed - {decision.name}, person


def test_councils_that_hold_an_office_are_in_the_register() -> None:
    """A council that advises another is a council."""
    codes = {row.person[-3:] for row in read_people().values() if row.person.startswith("council/")}
    assert codes == {"CMD", "ESS", "HAM", "LDS"}
    assert all(read_register().by_code(code).is_council for code in codes)


@pytest.mark.parametrize(
    ("printed", "name", "honours"),
    [
        ("Max Caller CBE", "Max Caller", ["CBE"]),
        ("Sir Alan Wood", "Alan Wood", ["Sir"]),
        ("Lord Warner", "Lord Warner", []),
        ("Baroness Taylor of Stevenage", "Baroness Taylor of Stevenage", []),
        ("Julie Kenny CBE, DL", "Julie Kenny", ["CBE", "DL"]),
        ("Sir Ken Knight CBE QFSM", "Ken Knight", ["Sir", "CBE", "QFSM"]),
        ("Dr Dave Smith", "Dave Smith", ["Dr"]),
        ("Professor Julian Le Grand", "Julian Le Grand", ["Professor"]),
        ("Councillor Abi Brown OBE", "Abi Brown", ["OBE"]),
        ("Edward Timpson MP", "Edward Timpson", []),
        ("Kim Bromley-Derry", "Kim Bromley-Derry", []),
    ],
)
def test_honours_stand_beside_the_name(printed: str, name: str, honours: list[str]) -> None:
    """A title of nobility is the name by which a person is known; other honours are not."""
    person = Holder("person/somebody", printed)
    assert (person.name, person.honours) == (name, honours)


@pytest.mark.parametrize(
    ("printed", "names", "form"),
    [
        ("", "", ""),
        ("Max Caller CBE", "Max Caller CBE", "*"),
        ("Sir Ken Knight; Max Caller CBE", "Sir Ken Knight; Max Caller CBE", "*"),
        ("Sir Ken Knight (adviser)", "Sir Ken Knight", "* (adviser)"),
    ],
)
def test_names_are_found_in_a_cell(printed: str, names: str, form: str) -> None:
    """The longest decided name counts, and the words around the names are kept."""
    assert names_in(cells(printed), "appointees", "TWH") == (names, FORMS[form])


@pytest.mark.parametrize(
    ("printed", "council", "expected"),
    [
        ("Jane Roe", "TWH", "'Jane Roe' is not: decide in data/decisions/people.csv"),
        ("Max Caller CBE", "HAL", "'Max Caller CBE' is not"),
        ("Max Caller", "TWH", "'Max Caller' is not"),
        ("Max Caller CBE and others", "TWH", "form of words"),
        ("six commissioners", "TWH", "form of words"),
    ],
)
def test_an_undecided_name_is_refused_by_name(printed: str, council: str, expected: str) -> None:
    """A name decided for one council is not decided for another, nor is another spelling."""
    with pytest.raises(UnreadableTable) as caught:
        names_in(cells(printed), "appointees", council)
    assert f"table.csv, line 7, column appointees: '{printed}'" in str(caught.value)
    assert expected in str(caught.value)


def test_an_undecided_name_in_our_own_table_is_refused() -> None:
    """The embedded table has no other way past the decisions."""
    with pytest.raises(UnreadableTable, match="'Jane Roe' is not decided for the council HAL"):
        holders("Steve Walker; Jane Roe", "HAL")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"printed": ""}, "printed"),
        ({"council": "Halton"}, "council"),
        ({"person": "Steve Walker"}, "person"),
        ({"person": "council/Hampshire"}, "person"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_bad_decision_is_refused(change: dict[str, str], column: str) -> None:
    """One bad value per column."""
    good = {
        "printed": "Steve Walker",
        "council": "HAL",
        "person": "steve-walker",
        "reason": "the same office",
    }
    PersonRow.model_validate(good)
    with pytest.raises(ValueError, match=column):
        PersonRow.model_validate(good | change)


@pytest.mark.parametrize(
    ("change", "column"),
    [({"person": "Ged Curran"}, "person"), ({"name": ""}, "name"), ({"reason": ""}, "reason")],
)
def test_a_bad_decision_on_a_name_is_refused(change: dict[str, str], column: str) -> None:
    """One bad value per column."""
    good = {"person": "ged-curran", "name": "Ged Curran", "reason": "two forms are printed"}
    NameOfPersonRow.model_validate(good)
    with pytest.raises(ValueError, match=column):
        NameOfPersonRow.model_validate(good | change)
