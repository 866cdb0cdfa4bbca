"""Read the table of reports under section 114 of the Local Government Finance Act 1988.

The table compares three public lists. What each list says is a claim of that list, and what the
page given as evidence says is a claim of that page; where they differ, the difference is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from data.records.acts import Section114Report
from data.records.files import RecordFile
from data.records.form import LeftOut
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.table import Code, Reference, TableRow, empty_as_none, split_words
from loaders.tables.claim_source import ClaimSource, Mention, RowPlace
from loaders.tables.council_cells import OwnArea, council_in
from loaders.tables.dates import any_point, date_words
from loaders.tables.events.event import INFERRED_DATE
from loaders.tables.events.rows import (
    Edtf,
    NoteRow,
    Notes,
    OptionalEdtf,
    Page,
    check_events,
    check_note,
    read_notes,
)
from loaders.tables.events.source_pages import PageContents, page_at
from ontology.dates import bounds

_SOURCE = "section-114-reports"
KIND = "section-114-report"


Ground = Annotated[
    Literal["spending-beyond-means", "unlawful-spending"] | None, BeforeValidator(empty_as_none)
]
Powers = Annotated[list[Reference], BeforeValidator(split_words)]


class Section114Row(TableRow):
    """A report, the page that gives it, if any, and the date that each list has for it."""

    key: Annotated[str, Field(pattern=r"^[a-z]{3}-\d{4}(?:-\d{2}){0,2}$")]
    council: Code
    gss_code: OwnArea
    date: Edtf
    ground: Ground
    detail: str
    powers: Powers
    page: Annotated[Page | None, BeforeValidator(empty_as_none)]
    slendeavours_2026_03: OptionalEdtf
    slendeavours_2026_10: OptionalEdtf
    benhughesssss_2026_08: OptionalEdtf
    propertyvalue_2026_09: OptionalEdtf


_GROUNDS: dict[str, str] = {
    "ukpga/1988/41/section/114/2": "unlawful-spending",
    "ukpga/1988/41/section/114/3": "spending-beyond-means",
}
"""The ground for which each subsection asks for a report."""

_SUBSECTION_NOTE = "The ground for which this subsection asks for a report."
_OFFICER = "chief-finance-officer"
_OFFICER_NOTE = "Section 114 lays the report on this officer."
_EARLIER_EDITION = "slendeavours_2026_03"
_DROPPED_BY = "in_slendeavours_2026_10"
_MONTH = re.compile(r"(\d{4}-\d{2}) \(month\)")
_PLACEHOLDER = re.compile(r"(\d{4}-\d{2}) \(held as \1-01\)")
_DROPPED = re.compile(r"\(dropped; (\d{4}-\d{2}) in the March 2026 file\)")


def _convert(cells: Cells) -> Section114Row:
    council = council_in(cells).code
    date = any_point(cells, "best_date")
    key = f"{council.lower()}-{date}"
    lists = cells.mapping.meanings["list"]
    dates = {ours: _listed(cells, printed) for printed, ours in lists.items()}
    dropped = _DROPPED.fullmatch(cells.values[_DROPPED_BY].strip())
    earlier = any_point(cells, _DROPPED_BY, dropped.group(1)) if dropped else None
    page = page_at(cells, "evidence_url").slug if cells.optional("evidence_url") else None
    if page is None and date not in dates.values():
        cells.refuse("best_date", "a date that one of the lists has, where no page is given")
    check_note(cells, "note", _SOURCE, key)
    kind = cells.phrase("kind")
    return Section114Row.model_validate(
        {
            "key": key,
            "council": council,
            "gss_code": cells.text("gss_at_event"),
            "date": date,
            "ground": kind.get("ground", ""),
            "detail": kind.get("detail", ""),
            "powers": kind.get("powers", ""),
            "page": page,
            _EARLIER_EDITION: earlier,
            **dates,
        }
    )


def _listed(cells: Cells, column: str) -> str | None:
    """Return the date that a list has, or None if the list does not have the report."""
    printed = cells.optional(column)
    if printed is None or (column == _DROPPED_BY and _DROPPED.fullmatch(printed)):
        return None
    wider = _MONTH.fullmatch(printed) or _PLACEHOLDER.fullmatch(printed)
    return any_point(cells, column, wider.group(1) if wider else printed)


def _list_pages() -> Mapping[str, str]:
    """Return the page of each list by its column, the earlier edition last."""
    return _TABLE.mapping.meanings["page"]


def mentions(rows: Sequence[Section114Row]) -> Iterable[Mention]:
    """Yield what the rows speak of and that takes a minted identifier."""
    notes = read_notes(_SOURCE)
    for row in rows:
        time = _dated(row, notes.get(row.key, ()))
        earliest, latest = bounds(time.date or row.date)
        words = f"Section 114 report; {date_words(time.date or row.date)}"
        yield Mention(f"{_SOURCE}/{row.key}", KIND, row.council, earliest, latest, words)


def records(rows: SourceRows[Section114Row], identities: Identities) -> Iterator[RecordFile]:
    """Yield what each page and each list says that rows were read from."""
    contents = PageContents()
    notes: Notes = read_notes(_SOURCE)
    check_events(notes, {row.key for row in rows.rows}, _SOURCE)
    for row in rows.rows:
        _add_row(contents, row, notes.get(row.key, ()), identities)
    return contents.files(f"{_SOURCE}/{rows.file}", rows.text)


def _add_row(
    contents: PageContents, row: Section114Row, notes: Sequence[NoteRow], identities: Identities
) -> None:
    """Add what the page, the lists and the note say of one report."""
    local, place = identities.local(f"{_SOURCE}/{row.key}", KIND), RowPlace(row.key)
    own_page = row.page or _first_list(row)
    if row.page:
        about = said_of_report(place, row.ground, row.detail, row.powers)
        about["summary"] += [
            RowPlace(note.key).said(note.words, "words") for note in notes if note.fact == "summary"
        ]
        report = _report(row, local, [_dated(row, notes)], about)
        contents.add(row.page, "section_114_reports", report)
    for column, page in _list_pages().items():
        listed = getattr(row, column)
        if listed:
            time = place.time(listed, column, date=listed)
            contents.add(page, "section_114_reports", _report(row, local, [time]))
    for note in notes:
        if note.fact == "dated" and note.page:
            time = RowPlace(note.key).time(note.date or "", "date", date=note.date)
            contents.add(note.page, "section_114_reports", _report(row, local, [time]))
        elif note.fact == "left-out":
            left = LeftOut(at="note", row=note.key, words=note.words, reason=note.reason)
            contents.add(own_page, "left_out", left)


def _report(
    row: Section114Row,
    local: str,
    dated: Sequence[Time],
    about: Mapping[str, Sequence[Said]] = MappingProxyType({}),
) -> Section114Report:
    return Section114Report(
        id=local,
        at="key",
        row=row.key,
        words=row.key,
        council=[RowPlace(row.key).said(row.council, "council")],
        dated=list(dated),
        **{name: list(values) for name, values in about.items()},
    )


def said_of_report(
    place: RowPlace, ground: str | None, detail: str, powers: Sequence[str]
) -> dict[str, list[Said]]:
    """Return what a row says of a report: its ground, what it concerns, its power, its officer.

    Out: where only the subsection is printed, the ground is the one for which it is there.
    """
    grounds = [place.said(ground, "ground")] if ground else []
    if not ground:
        grounds = [
            place.said(meant, "powers", power, modality="inferred", note=_SUBSECTION_NOTE)
            for power in powers
            if (meant := _GROUNDS.get(power))
        ]
    return {
        "ground": grounds,
        "summary": [place.said(detail, "detail")] if detail else [],
        "made_under": [place.said(power, "powers") for power in powers],
        "made_by": [
            place.said(_OFFICER, "key", place.row[:60], modality="inferred", note=_OFFICER_NOTE)
        ],
    }


def _dated(row: Section114Row, notes: Sequence[NoteRow]) -> Time:
    """Return the date that the page gives, or that follows from it."""
    for note in notes:
        if note.fact == INFERRED_DATE and note.date:
            return RowPlace(note.key).time(
                note.date, "date", date=note.date, status="inferred", reason=note.reason
            )
    return RowPlace(row.key).time(row.date, "date", date=row.date)


def _first_list(row: Section114Row) -> str:
    """Return the page of the first list that has a report without a page of its own."""
    return next(page for column, page in _list_pages().items() if getattr(row, column))


_TABLE = TableSource(_SOURCE, "reports.csv", Section114Row, _convert)
SECTION_114_REPORTS = ClaimSource(_TABLE, mentions, records)
