"""Read the table of sightings: what one page says of the state of an intervention on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from data.decisions.people import holder
from data.records.acts import Sighting
from data.records.files import RecordFile
from data.records.form import Person
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows, read_own_table
from data.tables.table import TableRow
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.acts import ACTS, act_reference
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


class SightingRow(TableRow):
    """A state that one page speaks of as so on a day.

    The act is the key of a row of the table of acts, or a reference such as direction/ROT-2014-01.
    """

    key: Key
    council: Council
    regime: RegimeName
    state: _State
    seen: Edtf
    seen_reason: str
    act: str
    holder: str
    since: OptionalEdtf
    planned_end: OptionalEdtf
    summary: Summary
    page: Page


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
            of_act=[
                place.said(act_reference(key, acts, identities), "act", key)
                for key in [row.act]
                if key
            ],
            holder=[
                place.said(holder(name, row.council).member, "holder", name)
                for name in [row.holder]
                if name
            ],
            since=_stated(row, "since", row.since),
            planned_end=_stated(row, "planned_end", row.planned_end),
            summary=_summary(row),
        )
        contents.add(row.page, "sightings", sighting)
        if row.holder and holder(row.holder, row.council).is_person:
            contents.add(row.page, "people", _person(row))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _person(row: SightingRow) -> Person:
    """Return the person who is seen in an office, under the name without honours."""
    place, seen = RowPlace(row.key), holder(row.holder, row.council)
    return Person(
        id=kind_and_local(seen.member)[1],
        at="holder",
        row=row.key,
        words=row.holder,
        name=[place.said(seen.name, "holder", row.holder)],
        honours=[place.said(honour, "holder", row.holder) for honour in seen.honours],
    )


def _seen(row: SightingRow) -> Time:
    kind = "inferred" if row.seen_reason else "stated"
    return time_in(row.key, "seen", row.seen, kind, row.seen_reason)


def _stated(row: SightingRow, column: str, edtf: str | None) -> list[Time]:
    return [RowPlace(row.key).time(edtf, column, date=edtf)] if edtf else []


def _summary(row: SightingRow) -> list[Said]:
    return [RowPlace(row.key).said(row.summary, "summary")] if row.summary else []


SIGHTINGS = FactSource(OwnTable(_FOLDER, SightingRow), mentions, records)
