"""Section 114 reports: each list and each page speaks for itself, and what differs is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.decisions.discrepancies import Decisions
from data.records.form import Listing
from data.registry.identifiers import Identities
from data.sources import convert_published, read_source
from data.tables.table import text_of
from loaders.claims.claim import Claim, read_claims
from loaders.claims.discrepancies import find_discrepancies
from loaders.claims.resolution import Knowledge, Slot, resolve
from loaders.tables.events.section_114_reports import SECTION_114_REPORTS, Section114Row
from ontology import CI
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

TABLE = SECTION_114_REPORTS.table
FILE = TABLE.file
PUBLISHED = """\
authority,gss_at_event,register_code,best_date,kind,in_slendeavours_2026_10,\
in_benhughesssss_2026_08,in_propertyvalue_2026_09,note,evidence_url
Thurrock,E06000034,THR,2022-12-19,s.114 investments,2022-12-19,2022-12-18,2022-12-17,,\
https://www.thurrock.gov.uk/sites/default/files/assets/documents/section114-notice.pdf
Woking,E07000217,WOI,2023-06-07,s.114(3),2023-06-07,,,,
"""


def changed(old: str, new: str) -> str:
    """Return the published table with one change in it."""
    assert old in PUBLISHED
    return replaced(PUBLISHED, old, new, 1)


def converted(old: str, new: str) -> Section114Row:
    """Return the first row of the published table with one change in it."""
    return next(row for row in convert_published(TABLE, changed(old, new)) if row.council == "THR")


def identities() -> Identities:
    """Return identifiers for all reports, as minting would give them."""
    things: dict[str, str] = {}
    given: Counter[str] = Counter()
    for mention in SECTION_114_REPORTS.mentions(read_source(TABLE).rows):
        assert mention.earliest is not None
        lead = f"{mention.kind}/{mention.council}-{mention.earliest.year}"
        given[lead] += 1
        things[mention.row] = f"{lead}-{given[lead]:02}"
    return Identities(things)


@pytest.fixture(scope="module")
def listings() -> dict[str, Listing]:
    """Return what each page and each list says, by slug."""
    files = SECTION_114_REPORTS.records(read_source(TABLE), identities())
    records = [file.record for file in files]
    return {record.document.slug: record for record in records if isinstance(record, Listing)}


@pytest.fixture(scope="module")
def dates(listings: dict[str, Listing]) -> dict[str, Slot]:
    """Return the date of each report as the rules resolve it."""
    files = SECTION_114_REPORTS.records(read_source(TABLE), identities())
    claims: list[Claim] = [claim for file in files for claim in read_claims(file)]
    tiers = {slug: one.document.tier for slug, one in listings.items()}
    slots = resolve(claims, Knowledge(tiers, {}))
    return {str(slot.about).rpartition("/")[2]: slot for slot in slots if slot.property == CI.dated}


def chosen(slot: Slot) -> tuple[str, str | None]:
    """Return the date that is used, and the rule that chose it."""
    assert slot.preferred is not None
    return slot.preferred.key, slot.rule


def kinds(slot: Slot) -> list[str]:
    """Return the kinds of discrepancy of a date."""
    return [discrepancy.type for discrepancy in find_discrepancies([slot], Decisions())]


def test_the_published_file_gives_our_table(published: Path) -> None:
    """Whoever reads the published file gets the same rows as the embedded table."""
    text = text_of(published / "derived" / FILE)
    assert convert_published(TABLE, text) == read_source(TABLE).rows
    assert read_source(TABLE, published).rows == read_source(TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("E06000034", "E06000035", "gss_at_event", "an area of Thurrock"),
        (",THR,", ",XXX,", "register_code", "a council of the register"),
        ("THR,2022-12-19", "THR,19/12/2022", "best_date", "a day, a month or a year"),
        ("THR,2022-12-19", "THR,2022-12-32", "best_date", "a date that the calendar has"),
        ("s.114 investments", "s.115", "kind", "s.114(3) overspend"),
        ("investments,2022-12-19", "investments,no", "in_slendeavours_2026_10", "a day, a month"),
        (
            "2022-12-18",
            "2022-12 (held as 2022-11-01)",
            "in_benhughesssss_2026_08",
            "a day, a month",
        ),
        ("2022-12-17", "2022-13", "in_propertyvalue_2026_09", "a date that the calendar has"),
        ("2022-12-17,,", "2022-12-17,unread,", "note", "the note that was read"),
        ("section114-notice.pdf", "other.pdf", "evidence_url", "data/tables/pages/pages.csv"),
    ],
)
def test_a_bad_cell_is_refused_by_file_line_column_and_value(
    old: str, new: str, column: str, expected: str
) -> None:
    """One bad value per column; the message names its place and what was expected."""
    with pytest.raises(UnreadableTable) as caught:
        convert_published(TABLE, changed(old, new))
    message = str(caught.value)
    assert f"{FILE}, line 2, column {column}: " in message
    assert expected in message


def test_a_date_without_page_must_be_that_of_a_list() -> None:
    """A best date that neither a page nor a list gives has no source."""
    with pytest.raises(UnreadableTable, match="line 3, column best_date: '2023-06-08'"):
        convert_published(TABLE, changed("WOI,2023-06-07", "WOI,2023-06-08"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLISHED[:-3], "line 3: 8 cells; expected 10"),
        (PUBLISHED.replace(",", ";"), "expected 10 columns with commas"),
        (PUBLISHED + PUBLISHED.splitlines()[2] + "\n", "line 4, column register_code: 'WOI'"),
        (changed("in_slendeavours_2026_10", "in_slendeavours_2026_11"), "2026_11; missing: in_sl"),
    ],
)
def test_a_broken_file_is_refused_by_name(text: str, expected: str) -> None:
    """A file cut off, with other delimiters or columns, or with a row twice."""
    with pytest.raises(UnreadableTable) as caught:
        convert_published(TABLE, text)
    assert FILE in str(caught.value)
    assert expected in str(caught.value)


def test_a_file_of_few_rows_is_refused(tmp_path: Path) -> None:
    """A file that ends at a whole row is still known to be cut off."""
    (tmp_path / FILE).write_text(PUBLISHED, encoding="utf-8")
    with pytest.raises(UnreadableTable, match=r"2 rows; source\.toml expects"):
        read_source(TABLE, tmp_path)


@pytest.mark.parametrize(
    ("printed", "now", "march"),
    [
        ("2022-12-19", "2022-12-19", None),
        ("2022-12 (month)", "2022-12", None),
        ("2022-12 (held as 2022-12-01)", "2022-12", None),
        ("(dropped; 2022-12 in the March 2026 file)", None, "2022-12"),
        ("", None, None),
    ],
)
def test_what_a_list_holds(printed: str, now: str | None, march: str | None) -> None:
    """A placeholder is no day; a report that a list has dropped was in its earlier edition."""
    row = converted("investments,2022-12-19", f"investments,{printed}")
    assert (row.slendeavours_2026_10, row.slendeavours_2026_03) == (now, march)


def test_lists_and_pages_are_sources_of_their_own(listings: dict[str, Listing]) -> None:
    """Twenty reports; four editions of three lists, and pages that stand nearer to the act."""
    reports = {report.id for listing in listings.values() for report in listing.section_114_reports}
    assert len(reports) == 20
    lists = [one.document for slug, one in listings.items() if "-list-" in slug]
    assert {(document.kind, document.tier, document.address) for document in lists} == {
        ("table", 5, None)
    }
    assert len(lists) == 4
    pages = [one.document for one in listings.values() if one.document.kind == "web-page"]
    assert len(pages) == 14
    assert {page.tier for page in pages} == {4, 5}


def test_conflicting_days_are_kept_and_the_nearer_source_is_used(dates: dict[str, Slot]) -> None:
    """Nottingham and Barnet: the council's own paper stands nearer than a list."""
    nottingham, barnet = dates["NGM-2021-01"], dates["BNE-2025-01"]
    assert nottingham.values == {"2021-12-15", "2021-12-08"}
    assert chosen(nottingham) == ("2021-12-15", "r3")
    assert barnet.values == {"2025-01-20", "2025-01-24"}
    assert chosen(barnet) == ("2025-01-20", "r3")
    assert kinds(nottingham) == kinds(barnet) == ["contradiction"]


def test_a_month_is_refined_by_a_day(dates: dict[str, Slot]) -> None:
    """Northamptonshire's second report: one list has the month, the others the day."""
    slot = dates["NTH-2018-02"]
    assert slot.values == {"2018-07", "2018-07-24"}
    assert chosen(slot) == ("2018-07-24", "r4")
    assert kinds(slot) == ["refinement"]


def test_a_day_that_only_a_page_bears_is_a_bound(dates: dict[str, Slot]) -> None:
    """Birmingham's second report came after the first and by the day of the page."""
    slot = dates["BIR-2023-02"]
    assert chosen(slot) == ("[2023-09-05..2023-09-22]", "r3")
    assert kinds(slot) == ["refinement"]


def test_every_report_has_a_date(dates: dict[str, Slot]) -> None:
    """The rules leave none open."""
    assert [name for name, slot in dates.items() if slot.preferred is None] == []
    assert len(dates) == 20
