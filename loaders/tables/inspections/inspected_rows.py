"""What the tables of inspections share: their columns, their frameworks, and their claims."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo

from data.councils.bodies import Body
from data.councils.register import read_register
from data.decisions.reclassified import NAME, ReclassifiedRow, read_reclassified
from data.records.form import CitedDocument, Inspection, Judgement, Published
from data.records.statements import Said, Time
from data.sources import SourceRows
from data.tables.cells import Cells
from data.tables.metadata import read_mapping, read_metadata
from data.tables.table import Code, Day, TableRow, Text
from loaders.tables.claim_source import REPORT_WITHIN_DAYS, Mention, RowPlace
from loaders.tables.council_cells import OwnName, OwnUrn
from loaders.tables.dates import date_words
from ontology import CI, ontology_graph
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import concept

_ADDRESS = "https://files.ofsted.gov.uk/v1/file/"

EDITIONS = "ilacs-2018", "ilacs-2023", "ilacs-2026"
"""The frameworks under which inspections have a form."""

_SERIES = "sif", *EDITIONS
"""Frameworks for children's services as a whole, each in place of the one before."""

INSPECTORATE = "organisation/ofsted"
EMPTY = "(empty cell)"
"""What is shown as the words of a cell in which nothing is printed."""

GRADED = "GradedInspection"
_DESCRIPTIONS: dict[str, str] = {
    "area-send-2023": "Area inspection of special educational needs",
    "joint-targeted-2016": "Joint targeted area inspection",
    "looked-after-2013": "Services for looked after children",
    "sif": "Single inspection",
}
"""What an inspection under a framework is called in the register; any other is of all services."""


def one_of(accepted: Callable[[], Iterable[str]]) -> AfterValidator:
    """Return the check of a cell that holds one of some printed texts, read when one is checked."""

    def check(value: str) -> str:
        if value not in (texts := list(accepted())):
            raise ValueError("expected " + " or ".join(repr(text) for text in texts))
        return value

    return AfterValidator(check)


def printed_in(source: str, table: str, column: str) -> AfterValidator:
    """Return the check of a cell that holds what a published column is known to print."""
    return one_of(lambda: read_mapping(source, table).words[column])


ReportNumber = Annotated[str, Field(pattern=r"^\d{7,8}$")]
Urn = Annotated[str, Field(pattern=r"^\d{5,7}$")]


def _in_order(last: date | None, info: ValidationInfo) -> date | None:
    """Check that the days on site and the day of the report follow each other."""
    days = info.data.get("on_site_from"), last, info.data.get("published_on")
    if fault := disorder(*days):
        raise ValueError(f"expected {fault}")
    return last


LastDay = Annotated[Day, AfterValidator(_in_order)]
"""The last day on site, in a row with the first one and the day of the report."""


class AreaRow(TableRow):
    """The columns of every table of inspections of areas; a row is named by its report's number."""

    title_column: ClassVar[str] = "place"
    report: ReportNumber
    council: Code
    urn: OwnUrn
    place: OwnName
    published_on: date
    on_site_from: Day
    on_site_to: LastDay


class InspectedRow(TableRow):
    """The columns of every table of graded inspections; a row is named by its report's number."""

    title_column: ClassVar[str] = "label"
    report: ReportNumber
    council: Code
    urn: OwnUrn
    place: OwnName
    label: Text
    published_on: date
    on_site_from: Day
    on_site_to: LastDay

    @property
    def first_day(self) -> date:
        """The first day on site, or the day of the report where no day on site is given."""
        return self.on_site_from or self.published_on


def disorder(first: date | None, last: date | None, published: date | None) -> str | None:
    """Return what is expected of the days of an inspection that are not in order, or None."""
    if (first is None) != (last is None):
        return "both days on site or neither"
    if first and last and published and not first <= last <= published:
        return f"a day from the first on site ({first}) to the report ({published})"
    return None


def read_inspected(cells: Cells, first: str, last: str) -> dict[str, str]:
    """Return the common cells of a published row, and those of mapped words, under our names.

    In: the columns of the first and the last day on site.
    Raises: UnreadableTable, also for a number that no council had on the day.
    """
    days = cells.day(first), cells.day(last)
    if fault := disorder(*days, published_day(cells)):
        cells.refuse(last, fault)
    label = cells.matching(
        "pdf_filename", r".+ - \d{2} [a-z]+ \d{4}\.pdf", "a name - 09 may 2025.pdf"
    )
    return read_area(cells, *days) | {"label": label.removesuffix(".pdf")}


def read_area(cells: Cells, first: date | None, last: date | None) -> dict[str, str]:
    """Return the cells that every published row of a report has, under our names.

    In: the first and the last day on site.
    Raises: UnreadableTable, also for a number that no council had on the day.
    """
    mapping, published = cells.mapping, published_day(cells)
    council = council_of_the_day(cells, first or published)
    place = cells.matching("local_authority", r"[a-z][a-z&,. -]*", "bath and north east somerset")
    if other := read_register().another(place, council):
        cells.refuse(
            "local_authority",
            f"a name of {council.name}, whose number stands in the row: this is {other.name}; "
            "find out which of the two is meant, and correct the other",
        )
    return {
        "report": report_number(cells),
        "council": council.code,
        "urn": cells.text("urn"),
        "place": place,
        "published_on": str(published),
        "on_site_from": str(first or ""),
        "on_site_to": str(last or ""),
    } | {mapping.columns[column]: cells.word(column) for column in mapping.words}


def published_day(cells: Cells) -> date:
    """Return the day of a report, which no row is without.

    Raises: UnreadableTable.
    """
    day = cells.day("publication_date")
    if day is None:
        cells.refuse("publication_date", "the day of the report")
    today = datetime.now(UTC).date()
    if day > today:
        cells.refuse(
            "publication_date", f"the day of a report that is published, not after {today}"
        )
    return day


def report_number(cells: Cells) -> str:
    """Return the number of a report, from its address."""
    address = cells.matching("inspection_link", rf"{_ADDRESS}\d{{7,8}}", f"{_ADDRESS}50276411")
    return address.removeprefix(_ADDRESS)


def council_of_the_day(cells: Cells, day: date) -> Body:
    """Return the council that had the inspectorate's number on a day.

    Raises: UnreadableTable for a number that no council had then.
    """
    urn = cells.matching("urn", r"\d{5,7}", "80418")
    try:
        return read_register().by_urn(urn, day)
    except UnknownIdentifier as error:
        cells.refuse("urn", f"the number of a council on that day ({error})")


@cache
def _periods() -> Mapping[str, tuple[date, date]]:
    """Return the first and the last day on which each framework of the series was in use."""
    graph = ontology_graph()
    periods = {}
    for notation in _SERIES:
        framework = concept("framework", notation)
        first, last = graph.value(framework, CI.inUseFrom), graph.value(framework, CI.inUseUntil)
        periods[notation] = (
            date.fromisoformat(str(first)),
            date.fromisoformat(str(last)) if last else date.max,
        )
    return periods


def framework_in_use(first: date, last: date, among: Iterable[str] = _SERIES) -> str | None:
    """Return the one framework in use between two days, or None if there are several or none."""
    periods = _periods()
    in_use = [name for name in among if periods[name][0] <= last and first <= periods[name][1]]
    return in_use[0] if len(in_use) == 1 else None


def framework_before(published: date) -> str | None:
    """Return the one framework under which a report of a day can have been written, or None."""
    return framework_in_use(published - timedelta(REPORT_WITHIN_DAYS), published)


def listing_document(source: str, rows: SourceRows[Any]) -> Published:
    """Return the table itself as the document that makes its statements.

    Raises: UnreadableTable for a source that does not say how its table stands.
    """
    metadata = read_metadata(source)
    if (standing := metadata.standing) is None:
        raise UnreadableTable(f"{source}/source.toml: expected a section [standing]")
    return Published(
        slug=source,
        title=metadata.title,
        tier=standing.tier,
        voice=INSPECTORATE,
        kind="table",
        address=metadata.address or None,
        source_kind="table" if standing.is_reviewed else "compiled-list",
        licence=standing.licence,
        review="reviewed" if standing.is_reviewed else "unreviewed",
        file=rows.file,
        sha256=rows.sha256,
    )


R = TypeVar("R", bound=InspectedRow | AreaRow)


@dataclass(frozen=True)
class InspectionRowClaims(Generic[R]):
    """A row of a table of inspections, on the way to its claims."""

    source: str
    row: R

    @property
    def name(self) -> str:
        """The name of the row in registers and decisions."""
        return f"{self.source}/{self.row.report}"

    @property
    def place(self) -> RowPlace:
        """The row as the place of statements."""
        return RowPlace(self.row.report)

    def reading(self, column: str = "") -> ReclassifiedRow | None:
        """Return the reviewed reading of the row, or of one of its cells."""
        return read_reclassified().of(self.name, column)

    @property
    def title(self) -> str:
        """The title of the report: the label of its file, or what it is about."""
        row = self.row
        if isinstance(row, InspectedRow):
            return f"{row.label} ({row.place})"
        return f"report on the area of {row.place}"

    @property
    def document(self) -> str:
        """The name of the report among the documents; a record may have named it before."""
        reading = self.reading("report")
        return reading.read_as if reading else f"ofsted-report-{self.row.report}"

    def mention(self, framework: str | None, class_name: str = GRADED) -> Mention:
        """Return the inspection as a thing that needs an identifier."""
        what = _DESCRIPTIONS.get(framework or "", "Children's services")
        return Mention(
            row=self.name,
            kind="inspection",
            council=self.row.council,
            earliest=self.row.on_site_from,
            latest=self.row.published_on,
            description=f"{what}; report of {date_words(str(self.row.published_on))}",
            same_as=f"report/{self.row.report}",
            class_name=class_name,
        )

    def cited(
        self,
        kind: Literal["inspection-report", "unusable-document"] = "inspection-report",
        note: str | None = None,
    ) -> CitedDocument:
        """Return the report as a document."""
        row, place = self.row, self.place
        printed = str(getattr(row, row.title_column))
        return CitedDocument(
            id=self.document,
            kind=kind,
            at="report",
            row=row.report,
            words=row.report,
            note=note,
            title=[place.said(self.title, row.title_column, printed)],
            council=[place.said(row.council, "urn", row.urn)],
            published=[self._published()],
            address=[place.said(f"{_ADDRESS}{row.report}", "report", row.report)],
        )

    def inspection(
        self,
        local: str,
        kind: Said,
        framework: Said | None,
        judgements: list[Judgement],
        **more: Any,
    ) -> Inspection:
        """Return the inspection with what every table says of it, and what this one adds."""
        row, place = self.row, self.place
        return Inspection(
            id=local,
            at="report",
            row=row.report,
            words=row.report,
            kind=[kind],
            council=[place.said(row.council, "urn", row.urn)],
            framework=[framework] if framework else [],
            conducted_by=[place.said(INSPECTORATE, "report", row.report)],
            on_site=self._on_site(),
            report_published=[self._published()],
            report=[place.said(self.document, "report", row.report)],
            judgements=judgements,
            **more,
        )

    def judgement(self, area: str, column: str, printed: str, **said: list[Said]) -> Judgement:
        """Return a judgement on an area, from the cell of one column."""
        return Judgement(area=area, at=column, row=self.row.report, words=printed, **said)

    def unknown_reading(self, reading: ReclassifiedRow) -> UnreadableTable:
        """Return the error for a reviewed reading that this table cannot follow."""
        return UnreadableTable(
            f"{NAME}: {reading.row}, column {reading.column or '(the whole row)'}: "
            f"{reading.read_as!r} is not known for it; correct read_as, or teach the loader"
        )

    def _published(self) -> Time:
        day = str(self.row.published_on)
        return self.place.time(day, "published_on", date=day)

    def _on_site(self) -> list[Time]:
        first, last = self.row.on_site_from, self.row.on_site_to
        if first is None or last is None:
            return []
        days = str(first) if first == last else f"{first}/{last}"
        return [self.place.time(f"{first} to {last}", "on_site_from, on_site_to", date=days)]
