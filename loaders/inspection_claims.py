"""How a row of a table of inspections becomes claims, alike for every such table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from data.reclassified import NAME, ReclassifiedRow, read_reclassified
from data.record import CitedDocument, Inspection, Judgement, Published
from data.sources import SourceRows, read_metadata
from data.statements import Said, Time
from loaders.claim_sources import Place, Sighting
from loaders.inspection_rows import ADDRESS, InspectedRow
from ontology.errors import UnreadableTable

INSPECTORATE = "organisation/ofsted"
EMPTY = "(empty cell)"
"""What is shown as the words of a cell in which nothing is printed."""

DESCRIPTIONS: dict[str, str] = {
    "looked-after-2013": "Services for looked after children",
    "sif": "Single inspection",
}
"""What an inspection under a framework is called in the register; any other is of all services."""


R = TypeVar("R", bound=InspectedRow)


def listing_document(
    source: str, rows: SourceRows[Any], *, tier: int, licence: str, is_reviewed: bool
) -> Published:
    """Return the table itself as the document that makes its statements."""
    metadata = read_metadata(source)
    return Published(
        slug=source,
        title=metadata.title,
        tier=tier,
        voice=INSPECTORATE,
        kind="table",
        address=metadata.address or None,
        source_kind="table" if is_reviewed else "compiled-list",
        licence=licence,
        review="reviewed" if is_reviewed else "unreviewed",
        file=rows.file,
        sha256=rows.sha256,
    )


@dataclass(frozen=True)
class Told(Generic[R]):
    """A row of a table of inspections, on the way to its claims."""

    source: str
    row: R

    @property
    def name(self) -> str:
        """The name of the row in registers and decisions."""
        return f"{self.source}/{self.row.report}"

    @property
    def place(self) -> Place:
        """The row as the place of statements."""
        return Place(self.row.report)

    def reading(self, column: str = "") -> ReclassifiedRow | None:
        """Return the reviewed reading of the row, or of one of its cells."""
        return read_reclassified().of(self.name, column)

    @property
    def document(self) -> str:
        """The name of the report among the documents; a record may have named it before."""
        reading = self.reading("report")
        return reading.read_as if reading else f"ofsted-report-{self.row.report}"

    def sighting(self, framework: str | None) -> Sighting:
        """Return the inspection as a thing that needs an identifier."""
        what = DESCRIPTIONS.get(framework or "", "Children's services")
        return Sighting(
            row=self.name,
            kind="inspection",
            council=self.row.council,
            earliest=self.row.on_site_from,
            latest=self.row.published_on,
            description=f"{what}; report of {self.row.day_words}",
            same_as=f"report/{self.row.report}",
        )

    def cited(
        self,
        kind: Literal["inspection-report", "unusable-document"] = "inspection-report",
        note: str | None = None,
    ) -> CitedDocument:
        """Return the report as a document."""
        row, place = self.row, self.place
        return CitedDocument(
            id=self.document,
            kind=kind,
            at="report",
            row=row.report,
            words=row.report,
            note=note,
            title=[place.said(f"{row.label} ({row.place})", "label", row.label)],
            council=[place.said(row.council, "urn", row.urn)],
            published=[self._published()],
            address=[place.said(f"{ADDRESS}{row.report}", "report", row.report)],
        )

    def inspection(
        self,
        local: str,
        kind: Said,
        framework: Said | None,
        judgements: list[Judgement],
        **more: list[Said],
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
        """Return the day of the report."""
        day = str(self.row.published_on)
        return self.place.time(day, "published_on", date=day)

    def _on_site(self) -> list[Time]:
        """Return the days on site, if the row gives them."""
        first, last = self.row.on_site_from, self.row.on_site_to
        if first is None or last is None:
            return []
        days = str(first) if first == last else f"{first}/{last}"
        return [self.place.time(f"{first} to {last}", "on_site_from, on_site_to", date=days)]
