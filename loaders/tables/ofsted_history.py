"""Read the history of Ofsted's inspections of children's services, and what it states of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from data.records.form import CitedDocument, Inspection, Judgement, Listing
from data.records.reading import RecordFile
from data.records.statements import Said
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from loaders.tables.claim_source import ClaimSource, Sighting
from loaders.tables.inspection_rows import (
    COMMON_COLUMNS,
    EMPTY,
    GRADES,
    SERIES,
    InspectedRow,
    InspectionRowClaims,
    framework_before,
    framework_in_use,
    listing_document,
    one_of,
    read_inspected,
)
from ontology import concept_exists
from ontology.errors import UnreadableTable

_SOURCE = "ofsted-history"
_TABLE = "inspections.csv"
FILE = "ofsted_csc_ilacs_history.csv"

FORMS: dict[str, str] = {
    "standard": "standard",
    "short": "short",
    "inspection duration longer than standard framework": "longer",
}
_PRINTED_GRADES: dict[str, str] = GRADES | {"to requires improvement": "requires-improvement"}
"""The long grade "requires improvement to be good" stands on two lines of a report."""

SILENT = ""
_UNREADABLE = "data_unreadable"
_NO_LONGER_GIVEN = "not_reported_post_reform"
_NOT_YET_GIVEN = "inspection_pre_dates_judgement"

_ANYWHERE = (*_PRINTED_GRADES, SILENT, _UNREADABLE)
_ACCEPTED: dict[str, tuple[str, ...]] = {
    "overall": (*_ANYWHERE, _NO_LONGER_GIVEN),
    "leaders": _ANYWHERE,
    "help": _ANYWHERE,
    "in_care": _ANYWHERE,
    "care_leavers": (*_ANYWHERE, _NOT_YET_GIVEN),
}
"""What the cells of each column of grades may hold."""

PUBLISHED_GRADES = {
    "overall_effectiveness_grade": "overall",
    "impact_of_leaders_grade": "leaders",
    "help_and_protection_grade": "help",
    "in_care_grade": "in_care",
    "care_leavers_grade": "care_leavers",
}
_DAYS = "%d/%m/%Y", "%d/%m/%y"
PERSON = r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)+"
"""Form of a person's name, whose letters may have accents."""


class HistoryRow(InspectedRow):
    """A report, with the grades as the tool reads them."""

    form: Annotated[str, one_of("", *FORMS)]
    lead_inspector: Annotated[str, Field(pattern=rf"^({PERSON})?$")]
    overall: Annotated[str, one_of(*_ACCEPTED["overall"])]
    leaders: Annotated[str, one_of(*_ACCEPTED["leaders"])]
    help: Annotated[str, one_of(*_ACCEPTED["help"])]
    in_care: Annotated[str, one_of(*_ACCEPTED["in_care"])]
    care_leavers: Annotated[str, one_of(*_ACCEPTED["care_leavers"])]


def convert(cells: Cells) -> HistoryRow:
    """Return a published row in our columns; the grades stay as printed."""
    values = read_inspected(cells, "inspection_start_date", "inspection_end_date", _DAYS)
    values["form"] = cells.choice("inspection_framework", {one: one for one in ("", *FORMS)})
    values["lead_inspector"] = ""
    if cells.optional("inspector_name"):
        values["lead_inspector"] = cells.matching("inspector_name", PERSON, "Sarah Canto")
    for published, ours in PUBLISHED_GRADES.items():
        values[ours] = cells.choice(published, {one: one for one in _ACCEPTED[ours]})
    return HistoryRow.model_validate(values)


HISTORY = TableSource(
    name=_SOURCE,
    table=_TABLE,
    row=HistoryRow,
    file=FILE,
    key=("inspection_link",),
    used=COMMON_COLUMNS
    | PUBLISHED_GRADES.keys()
    | {
        "inspection_end_date",
        "inspection_framework",
        "inspection_start_date",
        "inspector_name",
    },
    ignored={"parser_version": "a number of the tool that read the report, and no fact about it"},
    convert=convert,
)


_EDITIONS = tuple(one for one in SERIES if one.startswith("ilacs-"))
"""The frameworks under which inspections have a form."""

_NOT_JUDGED: dict[str, str] = {
    SILENT: "not-reported-in-source",
    _UNREADABLE: "unreadable",
    _NOT_YET_GIVEN: "predates-judgement",
    _NO_LONGER_GIVEN: "not-in-framework",
}
"""What a cell without a grade says, by what it prints."""

_EDITION_AREAS: dict[str, str] = {
    "overall": "ilacs-overall",
    "leaders": "ilacs-leaders",
    "help": "ilacs-help",
    "in_care": "ilacs-in-care",
    "care_leavers": "ilacs-care-leavers",
}
AREAS: dict[str, dict[str, str]] = {
    # In 2018 the grade for children in care was one for care leavers too.
    "ilacs-2018": _EDITION_AREAS | {"in_care": "ilacs-in-care-and-care-leavers"},
    "ilacs-2023": _EDITION_AREAS,
    "ilacs-2026": _EDITION_AREAS,
    "looked-after-2013": {"overall": "lac-overall"},
}
"""The area of each column, by framework; of other frameworks the columns can hold no grade."""

_UNUSABLE = "unusable-document"
_BOARD_REVIEW = "safeguarding-board-review"
_OTHER_READINGS = _UNUSABLE, _BOARD_REVIEW
"""What a whole row can be read as, beside an inspection under a framework."""


Row = InspectionRowClaims[HistoryRow]


def told_by(row: HistoryRow) -> Row:
    """Return a row of the table, on the way to its claims."""
    return InspectionRowClaims(_SOURCE, row)


def sightings(rows: Sequence[HistoryRow]) -> Iterator[Sighting]:
    """Yield the inspections that the rows speak of; an unusable document speaks of none."""
    for row in rows:
        told = told_by(row)
        if not is_unusable(told):
            yield told.sighting(framework_of(told))


def records(rows: SourceRows[HistoryRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnreadableTable for a reviewed reading, or a grade, that the row cannot have;
    UnknownIdentifier for a row without an identity.
    """
    told = [told_by(row) for row in rows.rows]
    listing = Listing(
        document=listing_document(_SOURCE, rows, tier=4, licence="mit", is_reviewed=False),
        documents=[_report(one) for one in told],
        inspections=[_inspection(one, identities) for one in told if not is_unusable(one)],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def is_unusable(told: Row) -> bool:
    """Return whether the report's address leads to something that is no report."""
    reading = told.reading()
    return reading is not None and reading.read_as == _UNUSABLE


def framework_of(told: Row) -> str | None:
    """Return the framework of a row: the reviewed one, or the one of the days on site.

    Out: where no day on site is given, the one in use in the months before the report; None where
    that may be several.
    Raises: UnreadableTable for a reviewed reading that is nothing of the kind.
    """
    reading, row = told.reading(), told.row
    if reading and reading.read_as not in _OTHER_READINGS:
        if not concept_exists("framework", reading.read_as):
            raise told.unknown_reading(reading)
        return reading.read_as
    day = row.on_site_from
    if day is None:
        return framework_before(row.published_on)
    edition = framework_in_use(day, day, _EDITIONS) if row.form else None
    return edition or framework_in_use(day, day)


def _report(told: Row) -> CitedDocument:
    """Return the document behind a row."""
    reading = told.reading()
    if reading and is_unusable(told):
        return told.cited("unusable-document", reading.reason)
    return told.cited()


def _inspection(told: Row, identities: Identities) -> Inspection:
    """Return what a row says of its inspection."""
    row, place, reading = told.row, told.place, told.reading()
    is_board = reading is not None and reading.read_as == _BOARD_REVIEW
    kind = place.said(
        "SafeguardingBoardReview" if is_board else "GradedInspection", "label", row.label
    )
    framework = framework_of(told)
    more = {"form": [place.said(FORMS[row.form], "form", row.form)]} if row.form else {}
    if row.lead_inspector:
        more["lead_inspector_named"] = [place.said(row.lead_inspector, "lead_inspector")]
    return told.inspection(
        identities.local(told.name, "inspection"),
        kind,
        _framework_said(told, framework) if framework else None,
        [] if is_board else list(_judgements(told, framework)),
        **more,
    )


def _framework_said(told: Row, framework: str) -> Said:
    """Return the statement of a framework, which the table implies and does not print."""
    row, place, reading = told.row, told.place, told.reading()
    if reading and reading.read_as == framework:
        column, words, note = "label", row.label, reading.reason
    elif row.on_site_from:
        column, words = "on_site_from", str(row.on_site_from)
        note = "The framework that was in use on the first day on site."
    else:
        column, words = "published_on", str(row.published_on)
        note = "The only framework in use in the months in which such a report is written."
    return place.said(framework, column, words, modality="inferred", note=note)


def _judgements(told: Row, framework: str | None) -> Iterator[Judgement]:
    """Yield the judgement of each column that the framework has an area for."""
    areas = AREAS.get(framework or "", {})
    for column in _ACCEPTED:
        printed = getattr(told.row, column)
        if column in areas:
            yield _judgement(told, areas[column], column, printed)
        elif printed in _PRINTED_GRADES:
            raise UnreadableTable(
                f"{_SOURCE}, row {told.row.report}, column {column}: {printed!r}; the framework of "
                f"the row ({framework or 'not known'}) has no such area; settle what the row is in "
                "data/decisions/reclassified.csv"
            )


def _judgement(told: Row, area: str, column: str, printed: str) -> Judgement:
    """Return the grade in a cell, or why there is none.

    Out: a grade that a reviewer does not take for one stays as a possibility, beside the reason.
    """
    place, reading = told.place, told.reading(column)
    manner = {}
    said: dict[str, list[Said]] = {}
    reason = _NOT_JUDGED.get(printed)
    if reading:
        if not concept_exists("not-judged-reason", reading.read_as):
            raise told.unknown_reading(reading)
        manner, reason = {"note": reading.reason}, reading.read_as
    if reason:
        said["not_judged"] = [place.said(reason, column, printed or EMPTY, **manner)]
    if printed in _PRINTED_GRADES:
        doubt = {"modality": "possible", **manner} if reading else {}
        said["grade"] = [place.said(_PRINTED_GRADES[printed], column, printed, **doubt)]
    return told.judgement(area, column, printed or EMPTY, **said)


OFSTED_HISTORY = ClaimSource(HISTORY, sightings, records)
