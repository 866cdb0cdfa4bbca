"""Read the table of pay: a row is what one page says of the pay or cost of those sent in.

A remuneration is named apart from the row, for several pages may tell of one, and may differ on its
figure: a daily rate, a limit of days, an invoiced sum, expenses, or a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data.decisions.people import holder
from data.records.files import RecordFile
from data.records.money import Remuneration
from data.records.statements import Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow, Text, empty_as_none
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, Key, OptionalEdtf, Page, RegimeName, Summary
from ontology.dates import bounds
from ontology.errors import UnreadableTable

_FOLDER = "pay"
_PER = {"year": "P1Y", "month": "P1M"}
"""The length of time for each of which a sum or a limit holds."""

_Pounds = Annotated[
    Annotated[str, Field(pattern=r"^[1-9]\d*(?:\.\d{1,2})?$")] | None,
    BeforeValidator(empty_as_none),
]
_Days = Annotated[
    Annotated[str, Field(pattern=r"^[1-9]\d*(?:\.5)?$")] | None, BeforeValidator(empty_as_none)
]


class PayRow(TableRow):
    """One statement about pay or cost.

    The holder is a name as it is printed, decided in data/decisions/people.csv; it is empty for
    several, or for somebody whom the page does not name: the role says whose pay it is.
    """

    key: Key
    pay: Key
    council: Council
    regime: RegimeName
    holder: str
    role: Annotated[Text, Field(max_length=120)]
    kind: Literal["daily-rate", "limit-of-days", "invoiced", "expenses", "total"]
    basis: Literal["agreed", "paid", "maximum", "estimate"]
    per: Annotated[Literal["year", "month"] | None, BeforeValidator(empty_as_none)]
    amount_gbp: _Pounds
    days: _Days
    period_from: OptionalEdtf
    period_to: OptionalEdtf
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> PayRow:
        """Check that the figure is the one of its kind, and that no period ends too early."""
        if (self.kind == "limit-of-days") != (self.amount_gbp is None):
            raise ValueError(
                "a limit of days has days and no sum; every other kind of pay has a sum"
            )
        if self.kind == "limit-of-days" and self.days is None:
            raise ValueError("a limit of days needs its number of days")
        if self.period_from and self.period_to:
            first, last = bounds(self.period_from)[0], bounds(self.period_to)[1]
            if first and last and last < first:
                raise ValueError(
                    f"the period ends ({self.period_to}) before it begins ({self.period_from})"
                )
        return self

    @property
    def period(self) -> str | None:
        """The time for which the pay holds or was paid, open where the page gives no end."""
        if self.period_from is None and self.period_to is None:
            return None
        return f"{self.period_from or ''}/{self.period_to or ''}"


def mentions(_: Sequence[PayRow]) -> Iterator[Mention]:
    """Yield nothing: a remuneration is named by its row."""
    return iter(())


def records(rows: SourceRows[PayRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from.

    Raises: UnreadableTable for one remuneration of several councils, kinds or bases.
    """
    _check_remunerations(rows.rows)
    contents = PageContents()
    for row in rows.rows:
        contents.add(row.page, "remunerations", _remuneration(row))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _check_remunerations(rows: Sequence[PayRow]) -> None:
    facts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        facts[row.pay].add((row.council, row.regime, row.kind, row.basis))
        if len(facts[row.pay]) > 1:
            raise UnreadableTable(
                f"{_FOLDER}: {row.key}, column pay: {row.pay!r} is of several councils, kinds or "
                "bases; give each remuneration a name of its own"
            )


def _remuneration(row: PayRow) -> Remuneration:
    place = RowPlace(row.key)
    return Remuneration(
        id=row.pay,
        at="pay",
        row=row.key,
        words=row.pay[:60],
        council=[place.said(row.council, "council")],
        regime=[place.said(row.regime, "regime")],
        paid_to=[
            place.said(
                holder(name, row.council, f"{_FOLDER}: row {row.key}, column holder").member,
                "holder",
                name,
            )
            for name in [row.holder]
            if name
        ],
        paid_for=[place.said(row.role, "role")],
        kind=[place.said(row.kind, "kind")],
        basis=[place.said(row.basis, "basis")],
        per=[place.said(_PER[row.per], "per", row.per)] if row.per else [],
        amount_gbp=[place.said(row.amount_gbp, "amount_gbp")] if row.amount_gbp else [],
        days=[place.said(row.days, "days")] if row.days else [],
        period=_period(row),
        summary=[place.said(row.summary, "summary")] if row.summary else [],
    )


def _period(row: PayRow) -> list[Time]:
    if row.period is None:
        return []
    column = "period_from" if row.period_from else "period_to"
    return [RowPlace(row.key).time(row.period, column, date=row.period)]


PAY = FactSource(OwnTable(_FOLDER, PayRow), mentions, records)
