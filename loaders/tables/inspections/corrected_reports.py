"""Tables whose rows read a report again: several rows a report, which the history holds already."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from data.records.files import RecordFile
from data.records.form import Inspection, Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.table import TableRow
from loaders.tables.claim_source import Mention
from loaders.tables.inspections.inspected_rows import GRADED, listing_document


class _ReportRow(Protocol):
    """A row about one report of one council."""

    @property
    def report(self) -> str:
        """The number of the report."""

    @property
    def council(self) -> str:
        """The council that was inspected."""


R = TypeVar("R", bound=TableRow)


def report_mentions(source: str, rows: Sequence[_ReportRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of; the number of the report is the proof."""
    for row in {row.report: row for row in rows}.values():
        yield Mention(
            row=f"{source}/{row.report}",
            kind="inspection",
            council=row.council,
            earliest=None,
            latest=None,
            description=f"Children's services; report {row.report}",
            same_as=f"report/{row.report}",
            class_name=GRADED,
        )


def report_records(
    source: str,
    rows: SourceRows[R],
    identities: Identities,
    report_of: Callable[[R], str],
    inspection: Callable[[Sequence[R], str], Inspection],
) -> list[RecordFile]:
    """Return what the reports say, as one record.

    In: the report that a row is about; what makes the inspection of the rows of one report, and of
    its identifier.
    Raises: UnknownIdentifier for a row without an identity.
    """
    by_report = groupby(rows.rows, key=report_of)
    listing = Listing(
        document=listing_document(source, rows),
        inspections=[
            inspection(list(some), identities.local(f"{source}/{report}", "inspection"))
            for report, some in by_report
        ],
    )
    return [RecordFile(f"{source}/{rows.file}", rows.text, listing)]
