"""Read what reports print where the tables of inspections have it otherwise: grades and stays.

Nothing is overwritten: the report read again is a source of its own, nearer to the inspection than
a table. Inspectors who came twice were not on site in between.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ValidationInfo

from data.records.files import RecordFile
from data.records.form import Inspection, Judgement
from data.records.statements import Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import Code, TableRow, Text
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.council_cells import OwnUrn
from loaders.tables.inspections.corrected_reports import report_mentions, report_records
from loaders.tables.inspections.inspected_rows import GRADED, ReportNumber
from ontology import concept_exists
from ontology.dates import bounds, default_status, parts_of
from ontology.errors import UnreadableDate

_FOLDER = "reports-read-again"
_GRADE = "grade"


def _own_area(area: str, info: ValidationInfo) -> str:
    """Return the area of a grade; a stay has none."""
    if info.data.get("subject") == _GRADE:
        if not concept_exists("area", area):
            raise ValueError("expected the area that is graded, such as sif-2")
    elif area:
        raise ValueError("expected no area: a stay is one of the whole inspection")
    return area


def _own_value(value: str, info: ValidationInfo) -> str:
    """Return a grade that exists, or two stays or more with days that follow each other."""
    if info.data.get("subject") == _GRADE:
        if not concept_exists("grade", value):
            raise ValueError("expected a grade, such as requires-improvement")
        return value
    example = "{2019-07-08..2019-07-12,2019-08-07..2019-08-08}"
    try:
        bounds(value)
    except UnreadableDate as error:
        raise ValueError(f"{error}; expected stays such as {example}") from None
    if not parts_of(value) or default_status(value) != "valid":
        raise ValueError(f"expected two stays or more, each from day to day, such as {example}")
    return value


class ReadAgainRow(TableRow):
    """A grade of one area, or the stays on site, as the report prints them."""

    key_columns: ClassVar[int] = 3
    report: ReportNumber
    subject: Literal["grade", "on-site"]
    area: Annotated[str, AfterValidator(_own_area)]
    council: Code
    urn: OwnUrn
    value: Annotated[str, AfterValidator(_own_value)]
    reason: Text

    @property
    def key(self) -> str:
        """The key of the row as the place of statements."""
        return "/".join(part for part in (self.report, self.subject, self.area) if part)


def mentions(rows: Sequence[ReadAgainRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of."""
    return report_mentions(_FOLDER, rows)


def records(rows: SourceRows[ReadAgainRow], identities: Identities) -> list[RecordFile]:
    """Return what the reports say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    return report_records(_FOLDER, rows, identities, lambda row: row.report, _inspection)


def _inspection(rows: Sequence[ReadAgainRow], local: str) -> Inspection:
    first = rows[0]
    place = RowPlace(first.key)
    return Inspection(
        id=local,
        at="report",
        row=first.key,
        words=first.report,
        kind=[place.said(GRADED, "report", first.report)],
        council=[place.said(first.council, "urn", first.urn)],
        on_site=[_stays(row) for row in rows if row.subject != _GRADE],
        judgements=[_judgement(row) for row in rows if row.subject == _GRADE],
    )


def _stays(row: ReadAgainRow) -> Time:
    words = " and ".join(part.replace("/", " to ") for part in parts_of(row.value))
    return RowPlace(row.key).time(words, "value", date=row.value, note=row.reason)


def _judgement(row: ReadAgainRow) -> Judgement:
    said = RowPlace(row.key).said(row.value, "value", note=row.reason)
    return Judgement(area=row.area, at="value", row=row.key, words=row.value, grade=[said])


READINGS = OwnTable(_FOLDER, ReadAgainRow)
REPORTS_READ_AGAIN = FactSource(READINGS, mentions, records)
