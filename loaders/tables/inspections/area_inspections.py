"""Tables of inspections of areas under one framework: a row a report, and no grades."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from data.records.files import RecordFile
from data.records.form import Inspection, Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows
from loaders.tables.claim_source import Mention
from loaders.tables.inspections.inspected_rows import (
    AreaRow,
    InspectionRowClaims,
    listing_document,
)

R = TypeVar("R", bound=AreaRow)


@dataclass(frozen=True)
class AreaInspections(Generic[R]):
    """How the rows of one table become claims.

    In: the table, the framework and the class of its inspections, and what a row tells beside what
    every row of an area does.
    """

    source: str
    framework: str
    class_name: str
    told: Callable[[InspectionRowClaims[R]], dict[str, list[Any]]]

    def mentions(self, rows: Sequence[R]) -> Iterator[Mention]:
        """Yield the inspections that the rows speak of."""
        for row in rows:
            yield InspectionRowClaims(self.source, row).mention(self.framework, self.class_name)

    def records(self, rows: SourceRows[R], identities: Identities) -> list[RecordFile]:
        """Return what the rows say, as one record.

        Raises: UnknownIdentifier for a row without an identity.
        """
        inspections = [InspectionRowClaims(self.source, row) for row in rows.rows]
        listing = Listing(
            document=listing_document(self.source, rows),
            documents=[inspected.cited() for inspected in inspections],
            inspections=[self._inspection(inspected, identities) for inspected in inspections],
        )
        return [RecordFile(f"{self.source}/{rows.file}", rows.text, listing)]

    def _inspection(self, inspected: InspectionRowClaims[R], identities: Identities) -> Inspection:
        report, place = inspected.row.report, inspected.place
        return inspected.inspection(
            identities.local(inspected.name, "inspection"),
            place.said(self.class_name, "report", report),
            place.said(self.framework, "report", report),
            [],
            **self.told(inspected),
        )
