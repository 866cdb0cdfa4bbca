"""Read the table of reports: a row is what one page says of one report, or of an answer to one.

Commissioners, envoys, boards, inspectors and reviewers report on a council, and a minister answers.
Rows of one report share the document that they name, each from a page of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.decisions.people import Holder, holder
from data.records.files import RecordFile
from data.records.form import CitedDocument, Person
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, Key, OptionalEdtf, Page, RegimeName, Summary
from ontology.dates import bounds
from ontology.errors import UnreadableTable
from ontology.identifiers import SLUG, kind_and_local

_FOLDER = "reports"
_SEPARATOR = "; "


@dataclass(frozen=True)
class _ReportForm:
    """The kind of document that a report is, and how it is called."""

    document: str
    words: str


_FORMS: dict[str, _ReportForm] = {
    "adviser-report": _ReportForm("adviser-report", "Report of an adviser"),
    "board-report": _ReportForm("adviser-report", "Report of a board or panel"),
    "commissioner-report": _ReportForm("commissioner-report", "Report of commissioners"),
    "envoy-report": _ReportForm("adviser-report", "Report of ministerial envoys"),
    "inspection-report": _ReportForm("inspection-report", "Report of an inspection"),
    "letter": _ReportForm("letter", "Letter"),
    "minister-response": _ReportForm("minister-response", "Answer of a minister to a report"),
    "review-report": _ReportForm("review-report", "Report of a review"),
}

_REGIME_WORDS: dict[str, str] = {
    "best-value": "best value",
    "childrens-services": "children's services",
    "planning": "planning",
    "send": "special educational needs",
}


class ReportRow(TableRow):
    """What one page says of one report.

    The authors are names as they are printed, decided in data/decisions/people.csv, or references
    such as council/ESS, with a semicolon between them. A report that was received on a day bears
    one that is not after it.
    """

    key: Key
    report: Annotated[str, Field(pattern=rf"^{SLUG}$")]
    council: Council
    regime: RegimeName
    kind: Literal[
        "adviser-report",
        "board-report",
        "commissioner-report",
        "envoy-report",
        "inspection-report",
        "letter",
        "minister-response",
        "review-report",
    ]
    ordinal: str
    author: str
    dated: OptionalEdtf
    published: OptionalEdtf
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> "ReportRow":
        """Check that the report is of its council, and was not published before it was written."""
        if not self.report.startswith(f"{self.council.lower()}-"):
            raise ValueError(
                f"the report {self.report} begins with its council, {self.council.lower()}-"
            )
        if self.dated and self.published:
            first, last = bounds(self.dated)[0], bounds(self.published)[1]
            if first and last and last < first:
                raise ValueError(
                    f"the report is published ({self.published}) before its date ({self.dated})"
                )
        return self

    @property
    def title(self) -> str:
        """The report in our words, the same for every page that tells of it."""
        number = f", {self.ordinal}" if self.ordinal else ""
        return f"{_FORMS[self.kind].words}{number} ({_REGIME_WORDS[self.regime]})"


def mentions(_: Sequence[ReportRow]) -> Iterator[Mention]:
    """Yield nothing: a report is named by its rows."""
    return iter(())


def records(rows: SourceRows[ReportRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from.

    Raises: UnreadableTable for rows of one report that differ in what it is.
    """
    contents = PageContents()
    first: dict[str, ReportRow] = {}
    for row in rows.rows:
        _check_same(first.setdefault(row.report, row), row)
        authors = [
            name
            if "/" in name
            else holder(name, row.council, f"{_FOLDER}: row {row.key}, column author")
            for name in row.author.split(_SEPARATOR)
            if name
        ]
        contents.add(row.page, "documents", _document(row, authors))
        for author in authors:
            if isinstance(author, Holder) and author.is_person:
                contents.add(row.page, "people", _person(row, author))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _check_same(first: ReportRow, row: ReportRow) -> None:
    """Check that two rows of one report agree on what it is.

    Raises: UnreadableTable, naming the rows and the column.
    """
    for column in ("council", "regime", "kind", "ordinal"):
        given, other = getattr(first, column), getattr(row, column)
        if given != other:
            raise UnreadableTable(
                f"{_FOLDER}: {first.key} and {row.key} are rows of the report {row.report}; column "
                f"{column}: {given!r} and {other!r}; give both the same, or two reports"
            )


def _document(row: ReportRow, authors: Sequence[str | Holder]) -> CitedDocument:
    place = RowPlace(row.key)
    return CitedDocument(
        id=row.report,
        at="report",
        row=row.key,
        words=row.kind,
        kind=_FORMS[row.kind].document,
        title=[place.said(row.title, "kind", row.kind)],
        council=[place.said(row.council, "council")],
        author=[_author(place, author) for author in authors],
        dated=_time(place, "dated", row.dated),
        published=_time(place, "published", row.published),
        regime=[place.said(row.regime, "regime")],
        ordinal=[place.said(row.ordinal, "ordinal")] if row.ordinal else [],
        summary=[place.said(row.summary, "summary")] if row.summary else [],
    )


def _author(place: RowPlace, author: str | Holder) -> Said:
    if isinstance(author, Holder):
        return place.said(author.member, "author", author.printed)
    return place.said(author, "author")


def _person(row: ReportRow, author: Holder) -> Person:
    """Return the author of a report under the name by which the record knows the person."""
    place = RowPlace(row.key)
    return Person(
        id=kind_and_local(author.member)[1],
        at="author",
        row=row.key,
        words=author.printed,
        name=[place.said(author.name, "author", author.printed)],
        honours=[place.said(honour, "author", author.printed) for honour in author.honours],
    )


def _time(place: RowPlace, column: str, edtf: str | None) -> list[Time]:
    return [place.time(edtf, column, date=edtf)] if edtf else []


REPORTS = FactSource(OwnTable(_FOLDER, ReportRow), mentions, records)
