"""Read the table of sightings: what one page says of the state of an intervention on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data.decisions.people import Holder, holder
from data.records.acts import Sighting
from data.records.files import RecordFile
from data.records.form import Person
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows, read_own_table
from data.tables.table import TableRow, empty_as_none
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.acts import ACTS
from loaders.tables.facts.columns import (
    Council,
    Edtf,
    Key,
    OptionalEdtf,
    Page,
    RegimeName,
    Summary,
    time_in,
)
from loaders.tables.facts.named_acts import NamedAct, named_act
from ontology.identifiers import kind_and_local

_FOLDER = "sightings"

_State = Literal[
    "direction-in-force",
    "notice-in-force",
    "commissioner-in-post",
    "under-way",
    "inspection-under-way",
    "ended",
    "not-under-intervention",
    "replaced",
    "notice-ended",
    "post-ended",
]


_OF_OFFICES = "commissioner-in-post", "post-ended", "under-way"
"""States in which a page may name who holds an office."""

_Count = Annotated[
    Annotated[str, Field(pattern=r"^[1-9]\d?$")] | None, BeforeValidator(empty_as_none)
]


class SightingRow(TableRow):
    """A state that one page speaks of as so on a day.

    The act is the key of a row of the table of acts, or a reference such as direction/ROT-2014-01.
    Several holders stand with `; ` between; `counted` is how many the page says there were.
    """

    key: Key
    council: Council
    regime: RegimeName
    state: _State
    seen: Edtf
    seen_reason: Annotated[str, Field(max_length=200)]
    act: NamedAct
    holder: str
    counted: _Count
    since: OptionalEdtf
    planned_end: OptionalEdtf
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> SightingRow:
        """Check that offices are seen where holders are, and no more of them than are counted."""
        if self.holder and self.state not in _OF_OFFICES:
            raise ValueError(
                f"column holder: nobody is seen in an office by the state {self.state}; "
                f"expected one of {', '.join(_OF_OFFICES)}"
            )
        if self.counted and self.state != "commissioner-in-post":
            raise ValueError(
                f"column counted: holders are counted where they are in post, not {self.state}"
            )
        if self.counted and len(self.holders) > int(self.counted):
            raise ValueError(
                f"column counted: {self.counted}, where {len(self.holders)} are named in holder"
            )
        return self

    @property
    def holders(self) -> list[str]:
        """The holders whom the page names, as they are printed."""
        return [name.strip() for name in self.holder.split(";") if name.strip()]


def mentions(_: Sequence[SightingRow]) -> Iterator[Mention]:
    """Yield nothing: a sighting is named by its row."""
    return iter(())


def records(rows: SourceRows[SightingRow], identities: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    acts = {row.key: row for row in read_own_table(ACTS.table).rows}
    for row in rows.rows:
        place = RowPlace(row.key)
        sighting = Sighting(
            id=row.key,
            at="state",
            row=row.key,
            words=row.state,
            council=[place.said(row.council, "council")],
            regime=[place.said(row.regime, "regime")],
            state=[place.said(row.state, "state")],
            seen=[_seen(row)],
            of_act=(
                [place.said(named_act(_cell(row), acts, identities), "act", row.act)]
                if row.act
                else []
            ),
            holder=[place.said(_holder(row, name).member, "holder", name) for name in row.holders],
            holders_counted=[place.said(row.counted, "counted")] if row.counted else [],
            since=_stated(row, "since", row.since),
            planned_end=_stated(row, "planned_end", row.planned_end),
            summary=_summary(row),
        )
        contents.add(row.page, "sightings", sighting)
        for name in row.holders:
            if _holder(row, name).is_person:
                contents.add(row.page, "people", _person(row, name))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _cell(row: SightingRow) -> tuple[str, str, str, str]:
    return f"{_FOLDER}: {row.key}", "act", row.council, row.act


def _holder(row: SightingRow, name: str) -> Holder:
    return holder(name, row.council, f"{_FOLDER}: row {row.key}, column holder")


def _person(row: SightingRow, name: str) -> Person:
    """Return a person who is seen in an office, under the name without honours."""
    place, seen = RowPlace(row.key), _holder(row, name)
    return Person(
        id=kind_and_local(seen.member)[1],
        at="holder",
        row=row.key,
        words=name,
        name=[place.said(seen.name, "holder", name)],
        honours=[place.said(honour, "holder", name) for honour in seen.honours],
    )


def _seen(row: SightingRow) -> Time:
    kind = "inferred" if row.seen_reason else "stated"
    return time_in(row.key, "seen", row.seen, kind, row.seen_reason)


def _stated(row: SightingRow, column: str, edtf: str | None) -> list[Time]:
    return [RowPlace(row.key).time(edtf, column, date=edtf)] if edtf else []


def _summary(row: SightingRow) -> list[Said]:
    return [RowPlace(row.key).said(row.summary, "summary")] if row.summary else []


SIGHTINGS = FactSource(OwnTable(_FOLDER, SightingRow), mentions, records)
