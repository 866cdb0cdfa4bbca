"""Read the corrections of the inspection history: values that the reports themselves give.

A correction overwrites nothing. It is a source of its own, read in the report and so nearer to it
than the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Annotated, ClassVar

from data.cells import Cells
from data.reading import RecordFile
from data.record import Inspection, Judgement, Listing
from data.registry import Identities
from data.sources import SourceRows, TableSource, read_source
from data.statements import Said
from data.tables import Code, Row, Text
from loaders.claim_sources import ClaimSource, Place, Sighting
from loaders.inspection_claims import listing_document
from loaders.inspection_rows import GRADES, Report, Urn, one_of, report_number
from loaders.ofsted_history import AREAS, framework_of, told_by
from loaders.ofsted_history_rows import FORMS, HISTORY, PUBLISHED_GRADES, HistoryRow
from loaders.single_inspections import FRAMEWORK, PRINTED_FRAMEWORKS

SOURCE = "grade-corrections"
FILE = "ofsted_ilacs_history_corrections.csv"

FORM = "form"
COLUMNS: dict[str, str] = {"framework": FORM} | PUBLISHED_GRADES
"""Columns of the published history, as the corrections name them, and ours."""

REASONS: dict[str, str] = {
    "row is a SIF re-inspection, not ILACS: use SIF table": (
        "the report is on a re-inspection under the single inspection framework"
    ),
    "wrapped cell": "a grade on two lines of the report has moved the others",
}
"""Why the history is wrong, as published and in our words."""


class CorrectionRow(Row):
    """A value of the history, and what the report has in its place.

    In: the column is one of our table of the history, the area the one that the report grades.
    """

    key_columns: ClassVar[int] = 2
    report: Report
    column: Annotated[str, one_of(*COLUMNS.values())]
    area: str
    council: Code
    urn: Urn
    value_in_file: str
    value_in_report: Annotated[str, one_of(*GRADES, *PRINTED_FRAMEWORKS)]
    reason: Text

    @property
    def key(self) -> str:
        """The key of the row as the place of statements."""
        return f"{self.report}/{self.column}"


@cache
def _history() -> Mapping[str, HistoryRow]:
    """Return the rows of our table of the history, by report."""
    return {row.report: row for row in read_source(HISTORY).rows}


def convert(cells: Cells) -> CorrectionRow:
    """Return a published row in our columns.

    Raises: UnreadableTable, also where the history has no such report, council or value.
    """
    report = report_number(cells)
    corrected = _history().get(report)
    if corrected is None:
        cells.refuse("inspection_link", "a report of the inspection history")
    if cells.text("urn") != corrected.urn:
        cells.refuse("urn", f"{corrected.urn}, the number of the council of that report")
    column = cells.choice("column", COLUMNS)
    in_file = getattr(corrected, column)
    if (cells.optional("value_in_file") or "") != in_file:
        cells.refuse("value_in_file", f"{in_file!r}, as in the inspection history")
    accepted = PRINTED_FRAMEWORKS if column == FORM else tuple(GRADES)
    return CorrectionRow(
        report=report,
        column=column,
        area="" if column == FORM else _area(cells, corrected, column),
        council=corrected.council,
        urn=corrected.urn,
        value_in_file=in_file,
        value_in_report=cells.choice("value_in_report", {one: one for one in accepted}),
        reason=cells.choice("reason", REASONS),
    )


def _area(cells: Cells, corrected: HistoryRow, column: str) -> str:
    """Return the area that a column of a row of the history stands for."""
    areas = AREAS.get(framework_of(told_by(corrected)) or "", {})
    return areas[column] if column in areas else cells.refuse("column", "one that is graded")


def sightings(rows: Sequence[CorrectionRow]) -> Iterator[Sighting]:
    """Yield the inspections that the rows speak of; their days stand in the history."""
    for row in {row.report: row for row in rows}.values():
        yield Sighting(
            row=f"{SOURCE}/{row.report}",
            kind="inspection",
            council=row.council,
            earliest=None,
            latest=None,
            description=f"Children's services; report {row.report}",
            same_as=f"report/{row.report}",
        )


def records(rows: SourceRows[CorrectionRow], identities: Identities) -> list[RecordFile]:
    """Return what the reports say where the history differs, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    by_report = groupby(rows.rows, key=lambda row: row.report)
    listing = Listing(
        document=listing_document(SOURCE, rows, tier=1, licence="cc-by-4", is_reviewed=True),
        inspections=[_inspection(report, list(some), identities) for report, some in by_report],
    )
    return [RecordFile(f"{SOURCE}/{rows.file}", rows.text, listing)]


def _inspection(report: str, rows: Sequence[CorrectionRow], identities: Identities) -> Inspection:
    """Return what one report says."""
    first = rows[0]
    place = Place(first.key)
    forms = [row for row in rows if row.column == FORM]
    return Inspection(
        id=identities.local(f"{SOURCE}/{report}", "inspection"),
        at="report",
        row=first.key,
        words=report,
        kind=[place.said("GradedInspection", "column", first.column)],
        council=[place.said(first.council, "urn", first.urn)],
        framework=[_framework(row) for row in forms],
        form=[_denied_form(row) for row in forms if row.value_in_file in FORMS],
        judgements=[_judgement(row) for row in rows if row.area],
    )


def _framework(row: CorrectionRow) -> Said:
    """Return the framework that a report names."""
    return Place(row.key).said(FRAMEWORK, "value_in_report", row.value_in_report, note=row.reason)


def _denied_form(row: CorrectionRow) -> Said:
    """Return the denial of a form that belongs to another framework."""
    return Place(row.key).said(
        FORMS[row.value_in_file],
        "value_in_file",
        row.value_in_file,
        polarity="negative",
        note=row.reason,
    )


def _judgement(row: CorrectionRow) -> Judgement:
    """Return the grade that a report gives."""
    grade = GRADES[row.value_in_report]
    said = Place(row.key).said(grade, "value_in_report", row.value_in_report, note=row.reason)
    return Judgement(
        area=row.area, at="value_in_report", row=row.key, words=row.value_in_report, grade=[said]
    )


CORRECTIONS = TableSource(
    name=SOURCE,
    table="corrections.csv",
    row=CorrectionRow,
    file=FILE,
    key=("inspection_link", "column"),
    used=frozenset(
        {"urn", "inspection_link", "reason", "column", "value_in_file", "value_in_report"}
    ),
    ignored={},
    convert=convert,
)
GRADE_CORRECTIONS = ClaimSource(CORRECTIONS, sightings, records)
