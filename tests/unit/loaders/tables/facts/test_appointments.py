"""Appointments: a bad cell is named; begin and end of one appointment come from different pages."""

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows, read_own_table
from data.tables.table import read_rows
from loaders.claims.claim import Claim, read_claims
from loaders.tables.events.posts import post_forms
from loaders.tables.facts.appointments import APPOINTMENTS, AppointmentRow
from ontology import CI, concept_exists
from ontology.dates import TimeReading
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(AppointmentRow.model_fields)
BEGIN = (
    "bir-a,Max Caller CBE,commissioner,lead commissioner,BIR,best-value,2023-10-05,,stated,"
    "sos-hclg,direction/BIR-2023-01,2028-10-04,bradfordcft\n"
)
END = (
    "bir-b,Max Caller,commissioner,,BIR,best-value,,2025-07-22,,,,,"
    "sandwell-commissioners-publications\n"
)
THING = "appointment/BIR-2023-04"
IDENTITIES = Identities({"appointments/bir-a": THING, "appointments/bir-b": THING})


def rows(text: str) -> list[AppointmentRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "appointments/listed.csv", AppointmentRow)


def claims(text: str) -> list[Claim]:
    """Return what the pages of a made-up table say."""
    read = SourceRows(tuple(rows(text)), "listed.csv", text)
    found = not_empty(list(APPOINTMENTS.records(read, IDENTITIES)))
    return [claim for file in found for claim in read_claims(file)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bir-a,", "BIR A,", "column key: 'BIR A'"),
        ("Max Caller CBE", "", "column holder"),
        (",commissioner,", ",mayor,", "'mayor'; expected one of adviser, assistant-inspector"),
        ("lead commissioner", "x" * 200, "column title"),
        (",BIR,", ",ZZZ,", "column council: 'ZZZ'.*of the register"),
        (",best-value,", ",schools,", "column regime: 'schools'"),
        (",2023-10-05,", ",2023-02-30,", "column held_from: '2023-02-30'"),
        (",2023-10-05,,", ",2023-10-05,soon,", "column held_to: 'soon'"),
        (",stated,", ",guessed,", "column date_kind: 'guessed'"),
        (",sos-hclg,", ",The Secretary,", "column appointed_by: 'The Secretary'"),
        (",2028-10-04,", ",later,", "column planned_to: 'later'"),
        ("bradfordcft", "no-such-page", "column page: 'no-such-page'.*pages.csv"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is, and what is accepted."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(BEGIN, old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",2023-10-05,,", ",2023-10-05,2023-10-04,", r"ends \(2023-10-04\) before it begins"),
        (",2023-10-05,,", ",2023-10-05,2022,", r"ends \(2022\) before it begins"),
        (",2028-10-04,", ",2023-09,", r"is to end \(2023-09\) before it begins"),
        (",stated,", ",,", "a begin needs the kind of its date"),
        (",2023-10-05,", ",,", "no kind stands without one"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(old: str, new: str, message: str) -> None:
    """An office that ends before it begins is refused, and so is a begin from nowhere."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(BEGIN, old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Max Caller CBE", "Jane Roe", "'Jane Roe' is not decided for the council BIR"),
        ("Max Caller CBE", "council/Essex", "column holder: 'Essex' is not the identifier"),
        ("direction/BIR-2023-01", "no-such-act", "'no-such-act' is no row"),
        ("direction/BIR-2023-01", "notice/BIR-2023-01", "is a notice; expected a direction"),
    ],
)
def test_a_name_that_nobody_decided_is_refused(old: str, new: str, message: str) -> None:
    """Holders are decided, and an appointment is made under a direction."""
    with pytest.raises(UnreadableTable, match=message):
        claims(replaced(BEGIN, old, new, 1))


def days(found: list[Claim], term: str) -> list[str | None]:
    """Return the readings of the times that a property states."""
    times = [claim.value for claim in found if claim.property == CI[term]]
    return [time.edtf for time in times if isinstance(time, TimeReading)]


def test_begin_and_end_are_claims_of_their_own() -> None:
    """One page tells the begin, another the end, and neither hides the other."""
    found = claims(BEGIN + END)
    assert (days(found, "takenUp"), days(found, "vacated")) == (["2023-10-05"], ["2025-07-22"])
    assert days(found, "plannedEnd") == ["2028-10-04"]
    assert {str(claim.value) for claim in found if claim.property == CI.honours} == {"CBE"}


@pytest.mark.parametrize(
    ("kind", "reading", "note"),
    [
        ("stated", "2023-10-05", None),
        ("announced", "2023-10-05", "The day is that of the announcement."),
        ("press", "2023-10-05", "The day is the one that the press gives."),
        ("page-published", "[..2023-10-05]", None),
    ],
)
def test_the_kind_of_a_day_is_kept(kind: str, reading: str, note: str | None) -> None:
    """A page that knows of an office on its own day tells of a begin not after it."""
    (row,) = rows(replaced(BEGIN, ",stated,", f",{kind},", 1))
    begin = row.begin
    assert begin is not None
    assert (begin.date, begin.note) == (reading, note)


def test_a_row_that_tells_only_the_end_is_placed_by_the_others() -> None:
    """The end is no begin; alone, it is all that places the appointment in time."""
    (_, end) = APPOINTMENTS.mentions(rows(BEGIN + END))
    assert (end.earliest, end.latest) == (None, None)
    (alone,) = APPOINTMENTS.mentions(rows(END))
    assert str(alone.latest) == "2025-07-22"
    assert alone.bearer == end.bearer == "BIR/best-value/commissioner/person/max-caller"


def test_the_offices_of_regimes_are_told_apart() -> None:
    """A council's adviser for children's services is no adviser under the best value duty."""
    suffixes = [form.suffix for form in not_empty(post_forms().values())]
    assert len(suffixes) == len(set(suffixes))
    kinds = {office for _, office in post_forms()}
    assert {kind for kind in kinds if not concept_exists("office-kind", kind)} == set()


def test_every_row_of_the_table_is_read() -> None:
    """The commissioners of Woking in 2026 stand in the table, with their planned end."""
    table = not_empty(read_own_table(APPOINTMENTS.table).rows)
    known = {row.holder for row in table if row.council == "WOI" and row.planned_to == "2028-05-24"}
    assert known >= {"Richard Carr", "Barry Scarr"}
