"""Read the table of bodies that run a council's children's services in its place.

A row is what one page says of one move of services: to a trust, a company or another council.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from data.records.acts import Transfer
from data.records.files import RecordFile
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import OptionalReference, TableRow, empty_as_none
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.dates import date_words
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, Key, OptionalEdtf, Page, Summary
from ontology.dates import bounds

_FOLDER = "trusts"
_KIND = "transfer"
_Model = Annotated[
    Literal["trust", "council-owned-company", "community-interest-company", "council-to-council"]
    | None,
    BeforeValidator(empty_as_none),
]
_Ground = Annotated[Literal["directed", "voluntary"] | None, BeforeValidator(empty_as_none)]


class TrustRow(TableRow):
    """What one page says of one move of services from a council to another body."""

    key: Key
    council: Council
    body: OptionalReference
    model: _Model
    ground: _Ground
    began: OptionalEdtf
    ended: OptionalEdtf
    planned_end: OptionalEdtf
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> TrustRow:
        """Check that services do not come back before they have gone."""
        if self.began and self.ended:
            first, last = bounds(self.began)[0], bounds(self.ended)[1]
            if first and last and last < first:
                raise ValueError(f"services come back ({self.ended}) before {self.began}")
        return self


def mentions(rows: Sequence[TrustRow]) -> Iterator[Mention]:
    """Yield the move of services of every row; to one body a council's services move once."""
    for row in rows:
        earliest, latest = bounds(row.began) if row.began else (None, None)
        said = date_words(row.began) if row.began else "no date"
        yield Mention(
            row=f"{_FOLDER}/{row.key}",
            kind=_KIND,
            council=row.council,
            earliest=earliest,
            latest=latest,
            description=f"Children's services to another body; {said}",
            same_as=f"{row.council}/{row.body}" if row.body else None,
            is_listed_once=False,
        )


def records(rows: SourceRows[TrustRow], identities: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    for row in rows.rows:
        contents.add(row.page, "transfers", _transfer(row, identities))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _transfer(row: TrustRow, identities: Identities) -> Transfer:
    place = RowPlace(row.key)
    stated: dict[str, object] = {
        "id": identities.local(f"{_FOLDER}/{row.key}", _KIND),
        "at": "key",
        "row": row.key,
        "words": row.key,
        "council": [place.said(row.council, "council")],
        "delivery_model": [place.said(row.model, "model")] if row.model else [],
    }
    for name, value in (
        ("operated_by", row.body),
        ("ground", row.ground),
        ("summary", row.summary),
    ):
        if value:
            stated[name] = [place.said(value, "body" if name == "operated_by" else name)]
    for name, edtf in (
        ("happened", row.began),
        ("ended", row.ended),
        ("planned_end", row.planned_end),
    ):
        if edtf:
            column = "began" if name == "happened" else name
            stated[name] = [place.time(edtf, column, date=edtf)]
    return Transfer.model_validate(stated)


TRUSTS = FactSource(OwnTable(_FOLDER, TrustRow), mentions, records)
