"""Read the history of Ofsted's inspections of children's services, and what it states of each."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated

from pydantic import Field

from data.records.files import RecordFile
from data.records.form import CitedDocument, Inspection, Judgement, Listing
from data.records.statements import Said
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from loaders.tables.claim_source import ClaimSource, Mention
from loaders.tables.inspections.inspected_rows import (
    EDITIONS,
    EMPTY,
    GRADED,
    InspectedRow,
    InspectionRowClaims,
    framework_before,
    framework_in_use,
    listing_document,
    printed_in,
    read_inspected,
)
from ontology import concept_exists
from ontology.errors import UnreadableTable

_TABLE = "inspections.csv"
_SOURCE = "ofsted-history"
_COLUMNS = "overall", "leaders", "help", "in_care", "care_leavers"
"""The columns of grades."""

PERSON = r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)+"
"""Form of a person's name, whose letters may have accents."""
_printed = partial(printed_in, _SOURCE, _TABLE)


class HistoryRow(InspectedRow):
    """A report, with the grades as the tool reads them."""

    form: Annotated[str, _printed("inspection_framework")]
    lead_inspector: Annotated[str, Field(pattern=rf"^({PERSON})?$")]
    overall: Annotated[str, _printed("overall_effectiveness_grade")]
    leaders: Annotated[str, _printed("impact_of_leaders_grade")]
    help: Annotated[str, _printed("help_and_protection_grade")]
    in_care: Annotated[str, _printed("in_care_grade")]
    care_leavers: Annotated[str, _printed("care_leavers_grade")]


def _convert(cells: Cells) -> HistoryRow:
    """Return a published row in our columns; the grades stay as printed."""
    values = read_inspected(cells, "inspection_start_date", "inspection_end_date")
    values["lead_inspector"] = ""
    if cells.optional("inspector_name"):
        values["lead_inspector"] = cells.matching("inspector_name", PERSON, "Sarah Canto")
    return HistoryRow.model_validate(values)


HISTORY = TableSource(_SOURCE, _TABLE, HistoryRow, _convert)

_UNUSABLE = "unusable-document"
_BOARD_REVIEW = "safeguarding-board-review"
_OTHER_READINGS = _UNUSABLE, _BOARD_REVIEW
"""What a whole row can be read as, beside an inspection under a framework."""


_HistoryClaims = InspectionRowClaims[HistoryRow]


def form_of(printed: str) -> str:
    """Return the form of an inspection by the text that the table prints for it."""
    return HISTORY.mapping.meanings["form"][printed]


def areas_of(framework: str | None) -> Mapping[str, str]:
    """Return the area of each column under a framework, or none where it can hold no grade."""
    return HISTORY.mapping.areas.get(framework or "", {})


def row_claims(row: HistoryRow) -> _HistoryClaims:
    """Return a row of the table, on the way to its claims."""
    return InspectionRowClaims(_SOURCE, row)


def mentions(rows: Sequence[HistoryRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of; an unusable document speaks of none."""
    for row in rows:
        inspected = row_claims(row)
        if not _is_unusable(inspected):
            yield inspected.mention(framework_of(inspected), _class_name(inspected))


def records(rows: SourceRows[HistoryRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnreadableTable for a reviewed reading, or a grade, that the row cannot have;
    UnknownIdentifier for a row without an identity.
    """
    inspections = [row_claims(row) for row in rows.rows]
    listing = Listing(
        document=listing_document(_SOURCE, rows),
        documents=[_report(inspected) for inspected in inspections],
        inspections=[
            _inspection(inspected, identities)
            for inspected in inspections
            if not _is_unusable(inspected)
        ],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def _is_unusable(inspected: _HistoryClaims) -> bool:
    """Return whether the report's address leads to something that is no report."""
    reading = inspected.reading()
    return reading is not None and reading.read_as == _UNUSABLE


def _class_name(inspected: _HistoryClaims) -> str:
    """Return the class of an inspection: a graded one, unless a reviewer found a review."""
    reading = inspected.reading()
    is_review = reading is not None and reading.read_as == _BOARD_REVIEW
    return "SafeguardingBoardReview" if is_review else GRADED


def framework_of(inspected: _HistoryClaims) -> str | None:
    """Return the framework of a row: the reviewed one, or the one of the days on site.

    Out: where no day on site is given, the one in use in the months before the report; None where
    that may be several.
    Raises: UnreadableTable for a reviewed reading that is nothing of the kind.
    """
    reading, row = inspected.reading(), inspected.row
    if reading and reading.read_as not in _OTHER_READINGS:
        if not concept_exists("framework", reading.read_as):
            raise inspected.unknown_reading(reading)
        return reading.read_as
    day = row.on_site_from
    if day is None:
        return framework_before(row.published_on)
    edition = framework_in_use(day, day, EDITIONS) if row.form else None
    return edition or framework_in_use(day, day)


def _report(inspected: _HistoryClaims) -> CitedDocument:
    reading = inspected.reading()
    if reading and _is_unusable(inspected):
        return inspected.cited("unusable-document", reading.reason)
    return inspected.cited()


def _inspection(inspected: _HistoryClaims, identities: Identities) -> Inspection:
    row, place, class_name = inspected.row, inspected.place, _class_name(inspected)
    kind = place.said(class_name, "label", row.label)
    framework = framework_of(inspected)
    more = {}
    if row.form:
        more["form"] = [place.said(form_of(row.form), "form", row.form)]
    if row.lead_inspector:
        more["lead_inspector_named"] = [place.said(row.lead_inspector, "lead_inspector")]
    return inspected.inspection(
        identities.local(inspected.name, "inspection"),
        kind,
        _framework_said(inspected, framework) if framework else None,
        list(_judgements(inspected, framework)) if class_name == GRADED else [],
        **more,
    )


def _framework_said(inspected: _HistoryClaims, framework: str) -> Said:
    """Return the statement of a framework, which the table implies and does not print."""
    row, place, reading = inspected.row, inspected.place, inspected.reading()
    if reading and reading.read_as == framework:
        column, words, note = "label", row.label, reading.reason
    elif row.on_site_from:
        column, words = "on_site_from", str(row.on_site_from)
        note = "The framework that was in use on the first day on site."
    else:
        column, words = "published_on", str(row.published_on)
        note = "The only framework in use in the months in which such a report is written."
    return place.said(framework, column, words, modality="inferred", note=note)


def _judgements(inspected: _HistoryClaims, framework: str | None) -> Iterator[Judgement]:
    """Yield the judgement of each column that the framework has an area for."""
    areas = areas_of(framework)
    for column in _COLUMNS:
        printed = getattr(inspected.row, column)
        if column in areas:
            yield _judgement(inspected, areas[column], column, printed)
        elif printed in HISTORY.mapping.meanings["grade"]:
            raise UnreadableTable(
                f"{_SOURCE}, row {inspected.row.report}, column {column}: {printed!r}; the "
                f"framework of the row ({framework or 'not known'}) has no such area; "
                "settle what the row is in data/decisions/reclassified.csv"
            )


def _judgement(inspected: _HistoryClaims, area: str, column: str, printed: str) -> Judgement:
    """Return the grade in a cell, or why there is none.

    Out: a grade that a reviewer does not take for one stays as a possibility, beside the reason.
    """
    place, reading, meanings = inspected.place, inspected.reading(column), HISTORY.mapping.meanings
    manner = {}
    said: dict[str, list[Said]] = {}
    reason = meanings["not_judged"].get(printed)
    if reading:
        if not concept_exists("not-judged-reason", reading.read_as):
            raise inspected.unknown_reading(reading)
        manner, reason = {"note": reading.reason}, reading.read_as
    if reason:
        said["not_judged"] = [place.said(reason, column, printed or EMPTY, **manner)]
    if grade := meanings["grade"].get(printed):
        doubt = {"modality": "possible", **manner} if reading else {}
        said["grade"] = [place.said(grade, column, printed, **doubt)]
    return inspected.judgement(area, column, printed or EMPTY, **said)


OFSTED_HISTORY = ClaimSource(HISTORY, mentions, records)
