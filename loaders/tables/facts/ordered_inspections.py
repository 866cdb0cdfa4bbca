"""What a row of the table of acts says of an inspection that a minister ordered."""

from typing import Protocol

from data.records.form import Inspection
from data.records.statements import Time
from data.sources import read_own_table
from loaders.tables.claim_source import RowPlace
from loaders.tables.facts.reports import REPORTS

_CLASS = "BestValueInspection"
_FRAMEWORK = "best-value-inspection"


class _Row(Protocol):
    """The columns of a row of acts that are about an inspection."""

    @property
    def key(self) -> str:
        """The name of the row."""

    @property
    def act(self) -> str:
        """The act, which is an inspection."""

    @property
    def council(self) -> str:
        """The code of the council."""

    @property
    def ended(self) -> str | None:
        """The day on which the report was published."""

    @property
    def powers(self) -> list[str]:
        """The provisions under which it was ordered."""

    @property
    def summary(self) -> str:
        """What the page adds."""

    @property
    def page(self) -> str:
        """The page that the row rests on."""

    @property
    def begun(self) -> Time | None:
        """When it was announced."""


def ordered_inspection(row: _Row, local: str) -> Inspection:
    """Return the inspection of a row: when it was announced, and when its report came out.

    In: the minted identifier.
    """
    place, begun = RowPlace(row.key), row.begun
    return Inspection(
        id=local,
        at="act",
        row=row.key,
        words=row.act,
        kind=[place.said(_CLASS, "act", row.act)],
        council=[place.said(row.council, "council")],
        framework=[place.said(_FRAMEWORK, "act", row.act)],
        ordered_under=[place.said(power, "powers") for power in row.powers],
        summary=[place.said(row.summary, "summary")] if row.summary else [],
        announced=[begun] if begun else [],
        report_published=[place.time(row.ended, "ended", date=row.ended)] if row.ended else [],
        report=[place.said(report, "ended", row.ended) for report in _reports_of(row)],
    )


def _reports_of(row: _Row) -> list[str]:
    """Return the report of an inspection that the page of its row speaks of too."""
    rows = read_own_table(REPORTS.table).rows if row.ended else ()
    return [
        other.report
        for other in rows
        if (other.kind, other.council, other.page) == ("inspection-report", row.council, row.page)
    ]
