"""Read the table of exceptional financial support: a row is one amount of one publication.

An amount is named apart from the row, for several pages state it. What is said first and what is
said later are amounts of their own, and the later one names the one that it supersedes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data.records.files import RecordFile
from data.records.money import SupportAmount
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow, empty_as_none
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, Edtf, Key, Page, Summary
from ontology.errors import UnreadableTable

_FOLDER = "financial-support"
_YEAR_PATTERN = r"^20\d{2}-\d{2}$"

_Sum = Annotated[
    Annotated[str, Field(pattern=r"^[1-9]\d*$")] | None, BeforeValidator(empty_as_none)
]


class SupportRow(TableRow):
    """One amount of support for one council and financial year, as one page states it.

    Where the page tells what the amount was before, `superseded_gbp` is that sum as it gives it.

    An amount for several years together has the last of them in `to_year`; support for an earlier
    year that was decided later has the financial year of the decision in `decided_in`.
    """

    key: Key
    amount: Key
    council: Council
    year: Annotated[str, Field(pattern=_YEAR_PATTERN)]
    to_year: Annotated[
        Annotated[str, Field(pattern=_YEAR_PATTERN)] | None, BeforeValidator(empty_as_none)
    ]
    decided_in: Annotated[str, Field(pattern=_YEAR_PATTERN)]
    amount_gbp: _Sum
    status: Annotated[
        Literal["in-principle", "revised", "final", "withdrawn"] | None,
        BeforeValidator(empty_as_none),
    ]
    stated: Edtf
    supersedes: Annotated[Key | None, BeforeValidator(empty_as_none)]
    superseded_gbp: _Sum
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> SupportRow:
        """Check that the years follow each other, and that only what was withdrawn has no sum."""
        for year in (self.year, self.to_year or self.year, self.decided_in):
            if int(year[5:]) != (int(year[2:4]) + 1) % 100:
                raise ValueError(f"{year} is no financial year; expected for example 2024-25")
        if self.to_year is not None and self.to_year <= self.year:
            raise ValueError(f"the last year ({self.to_year}) comes after the first ({self.year})")
        if self.amount_gbp is None and self.status != "withdrawn":
            raise ValueError("an amount is missing; only what was withdrawn may have none")
        if self.supersedes == self.amount:
            raise ValueError("an amount does not supersede itself")
        if self.superseded_gbp and self.supersedes is None:
            raise ValueError("an earlier sum needs the name of its amount in supersedes")
        return self


def mentions(_: Sequence[SupportRow]) -> Iterator[Mention]:
    """Yield nothing: an amount is named by its row."""
    return iter(())


def records(rows: SourceRows[SupportRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    _check_amounts(rows.rows)
    contents = PageContents()
    for row in rows.rows:
        contents.add(row.page, "support_amounts", _amount(row))
        if row.supersedes and row.superseded_gbp:
            contents.add(row.page, "support_amounts", _earlier(row, row.supersedes))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _check_amounts(rows: Sequence[SupportRow]) -> None:
    """Check that an amount is of one council and time, and that what it supersedes is known.

    Raises: UnreadableTable, naming row and column.
    """
    facts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        facts[row.amount].add((row.council, row.year, row.to_year or "", row.decided_in))
    for row in rows:
        if len(facts[row.amount]) > 1:
            raise UnreadableTable(
                f"{_FOLDER}: {row.key}, column amount: {row.amount!r} is of several councils or "
                "years; give each amount a name of its own"
            )
        if row.supersedes is not None:
            earlier = facts.get(row.supersedes, set())
            if {fact[:2] for fact in earlier} != {(row.council, row.year)}:
                raise UnreadableTable(
                    f"{_FOLDER}: {row.key}, column supersedes: {row.supersedes!r}; "
                    f"expected an amount for {row.council} and {row.year}"
                )


def _amount(row: SupportRow) -> SupportAmount:
    place = RowPlace(row.key)
    stated: dict[str, object] = {
        "id": row.amount,
        "at": "amount",
        "row": row.key,
        "words": row.amount[:60],
        "council": [place.said(row.council, "council")],
        "year": [place.said(row.year, "year")],
        "decided_in": [place.said(row.decided_in, "decided_in")],
        "stated": [place.time(row.stated, "stated", date=row.stated)],
    }
    for name, value in (
        ("to_year", row.to_year),
        ("amount_gbp", row.amount_gbp),
        ("status", row.status),
        ("supersedes", row.supersedes and f"support-amount/{row.supersedes}"),
        ("summary", row.summary),
    ):
        if value:
            stated[name] = [place.said(value, name)]
    return SupportAmount.model_validate(stated)


def _earlier(row: SupportRow, amount: str) -> SupportAmount:
    """Return the amount before that of a row, which its page stated on the same day."""
    place = RowPlace(row.key)
    return SupportAmount(
        id=amount,
        at="supersedes",
        row=row.key,
        words=amount[:60],
        council=[place.said(row.council, "council")],
        year=[place.said(row.year, "year")],
        amount_gbp=[place.said(row.superseded_gbp or "", "superseded_gbp")],
        stated=[place.time(row.stated, "stated", date=row.stated)],
    )


FINANCIAL_SUPPORT = FactSource(OwnTable(_FOLDER, SupportRow), mentions, records)
