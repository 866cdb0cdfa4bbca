"""Read the corrections of the inspection history: values that the reports themselves give.

A correction overwrites nothing. It is a source of its own, read in the report and so nearer to it
than the list.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, ClassVar

from data.records.files import RecordFile
from data.records.form import Inspection, Judgement
from data.records.statements import Said
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource, read_source
from data.tables.cells import Cells
from data.tables.table import Code, TableRow, Text
from loaders.tables.claim_source import ClaimSource, Mention, RowPlace
from loaders.tables.inspections.corrected_reports import report_mentions, report_records
from loaders.tables.inspections.inspected_rows import (
    GRADED,
    ReportNumber,
    Urn,
    one_of,
    report_number,
)
from loaders.tables.inspections.ofsted_history import (
    HISTORY,
    HistoryRow,
    areas_of,
    form_of,
    framework_of,
    row_claims,
)
from loaders.tables.inspections.single_inspections import FRAMEWORK

_SOURCE = "grade-corrections"
_FORM = "form"


class GradeCorrectionRow(TableRow):
    """A value of the history, and what the report has in its place.

    In: the column is one of our table of the history, the area the one that the report grades.
    """

    key_columns: ClassVar[int] = 2
    report: ReportNumber
    column: Annotated[str, one_of(lambda: CORRECTIONS.mapping.words["column"].values())]
    area: str
    council: Code
    urn: Urn
    value_in_file: str
    value_in_report: Annotated[str, one_of(lambda: CORRECTIONS.mapping.words["value_in_report"])]
    reason: Text

    @property
    def key(self) -> str:
        """The key of the row as the place of statements."""
        return f"{self.report}/{self.column}"


@cache
def _history() -> Mapping[str, HistoryRow]:
    return {row.report: row for row in read_source(HISTORY).rows}


def _convert(cells: Cells) -> GradeCorrectionRow:
    """Return a published row in our columns.

    Raises: UnreadableTable, also where the history has no such report, council or value.
    """
    report = report_number(cells)
    corrected = _history().get(report)
    if corrected is None:
        cells.refuse("inspection_link", "a report of the inspection history")
    if cells.text("urn") != corrected.urn:
        cells.refuse("urn", f"{corrected.urn}, the number of the council of that report")
    column = cells.word("column")
    in_file = getattr(corrected, column)
    if (cells.optional("value_in_file") or "") != in_file:
        cells.refuse("value_in_file", f"{in_file!r}, as in the inspection history")
    grades, printed = cells.mapping.meanings["grade"], cells.mapping.words["value_in_report"]
    accepted = {text: text for text in printed if (text in grades) != (column == _FORM)}
    return GradeCorrectionRow(
        report=report,
        column=column,
        area="" if column == _FORM else _area(cells, corrected, column),
        council=corrected.council,
        urn=corrected.urn,
        value_in_file=in_file,
        value_in_report=cells.choice("value_in_report", accepted),
        reason=cells.word("reason"),
    )


def _area(cells: Cells, corrected: HistoryRow, column: str) -> str:
    areas = areas_of(framework_of(row_claims(corrected)))
    return areas[column] if column in areas else cells.refuse("column", "one that is graded")


def mentions(rows: Sequence[GradeCorrectionRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of."""
    return report_mentions(_SOURCE, rows)


def records(rows: SourceRows[GradeCorrectionRow], identities: Identities) -> list[RecordFile]:
    """Return what the reports say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    return report_records(_SOURCE, rows, identities, lambda row: row.report, _inspection)


def _inspection(rows: Sequence[GradeCorrectionRow], local: str) -> Inspection:
    first = rows[0]
    place = RowPlace(first.key)
    forms = [row for row in rows if row.column == _FORM]
    printed_forms = HISTORY.mapping.meanings["form"]
    return Inspection(
        id=local,
        at="report",
        row=first.key,
        words=first.report,
        kind=[place.said(GRADED, "column", first.column)],
        council=[place.said(first.council, "urn", first.urn)],
        framework=[_framework(row) for row in forms],
        form=[_denied_form(row) for row in forms if row.value_in_file in printed_forms],
        judgements=[_judgement(row) for row in rows if row.area],
    )


def _framework(row: GradeCorrectionRow) -> Said:
    return RowPlace(row.key).said(
        FRAMEWORK, "value_in_report", row.value_in_report, note=row.reason
    )


def _denied_form(row: GradeCorrectionRow) -> Said:
    """Return the denial of a form that belongs to another framework."""
    return RowPlace(row.key).said(
        form_of(row.value_in_file),
        "value_in_file",
        row.value_in_file,
        polarity="negative",
        note=row.reason,
    )


def _judgement(row: GradeCorrectionRow) -> Judgement:
    grade = CORRECTIONS.mapping.meanings["grade"][row.value_in_report]
    said = RowPlace(row.key).said(grade, "value_in_report", row.value_in_report, note=row.reason)
    return Judgement(
        area=row.area, at="value_in_report", row=row.key, words=row.value_in_report, grade=[said]
    )


CORRECTIONS = TableSource(_SOURCE, "corrections.csv", GradeCorrectionRow, _convert)
GRADE_CORRECTIONS = ClaimSource(CORRECTIONS, mentions, records)
