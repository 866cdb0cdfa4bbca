"""Read the table of appointments: a row is what one page says of one appointment.

Rows of several pages may tell of one appointment: those on the same holder in the same office of a
council that begin within a month are one, and what is unclear a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data.decisions.people import Holder, holder
from data.records.files import RecordFile
from data.records.form import Appointment, Post
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows, read_own_table
from data.tables.table import TableRow, Text, empty_as_none
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.dates import date_words
from loaders.tables.events.mentions import bearer
from loaders.tables.events.posts import other_names_of, person_of, post_form
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.acts import ACTS, ActRow
from loaders.tables.facts.columns import (
    Council,
    Key,
    OptionalEdtf,
    Page,
    RegimeName,
    Summary,
    time_in,
)
from loaders.tables.facts.named_acts import NamedAct, named_act
from ontology.dates import bounds
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import SLUG, kind_and_local, reference

_FOLDER = "appointments"
_ANNOUNCED_NOTE = "The day is that of the announcement."

_DateKind = Annotated[
    Literal["stated", "announced", "page-published", "press"] | None,
    BeforeValidator(empty_as_none),
]
"""Where the day of the begin comes from: a source, the announcement, the page's own day, press."""

_Office = Annotated[
    Annotated[str, Field(pattern=rf"^{SLUG}$")] | None, BeforeValidator(empty_as_none)
]


class AppointmentRow(TableRow):
    """What one page says of one appointment.

    The holder is a name as it is printed, decided in data/decisions/people.csv, or a reference such
    as organisation/ofsted; the act under which it was made is the key of a row of the table of
    acts, or a reference such as direction/ROT-2014-01.
    """

    key: Key
    holder: Text
    office: Text
    title: Summary
    council: Council
    regime: RegimeName
    held_from: OptionalEdtf
    held_to: OptionalEdtf
    date_kind: _DateKind
    appointed_by: _Office
    under: NamedAct
    planned_to: OptionalEdtf
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> AppointmentRow:
        """Check that no office ends before it begins, and that the begin says where it is from."""
        if (self.held_from is None) != (self.date_kind is None):
            raise ValueError("a begin needs the kind of its date, and no kind stands without one")
        for word, end in (("ends", self.held_to), ("is to end", self.planned_to)):
            if self.held_from and end and _ends_before(self.held_from, end):
                raise ValueError(f"the office {word} ({end}) before it begins ({self.held_from})")
        try:
            post_form(self.regime, self.office, "column office")
        except UnreadableTable as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def member(self) -> Holder:
        """Who holds the office.

        Raises: UnreadableTable for a name that is not decided, or no reference.
        """
        if "/" not in self.holder:
            return holder(self.holder, self.council, f"{_FOLDER}: row {self.key}, column holder")
        try:
            reference(self.holder)
        except UnknownIdentifier as error:
            raise UnreadableTable(f"{_FOLDER}: {self.key}, column holder: {error}") from None
        return Holder(self.holder, self.holder)

    @property
    def begin(self) -> Time | None:
        """When the office was taken up, as far as the row says."""
        if self.held_from is None:
            return None
        if self.date_kind == "announced":
            return RowPlace(self.key).time(
                self.held_from, "held_from", date=self.held_from, note=_ANNOUNCED_NOTE
            )
        return time_in(self.key, "held_from", self.held_from, self.date_kind)


def _ends_before(begin: str, end: str) -> bool:
    first, last = bounds(begin)[0], bounds(end)[1]
    return first is not None and last is not None and last < first


def mentions(rows: Sequence[AppointmentRow]) -> Iterator[Mention]:
    """Yield the appointment of every row; where only its end is told, others place it in time."""
    begun = {_bearer(row) for row in rows if row.begin}
    for row in rows:
        time = row.begin
        if time is None and row.held_to and _bearer(row) not in begun:
            time = RowPlace(row.key).time(row.held_to, "held_to", date=row.held_to)
        reading = time.reading if time else None
        said = date_words(time.date or "") if time else "no date"
        yield Mention(
            row=f"{_FOLDER}/{row.key}",
            kind="appointment",
            council=row.council,
            earliest=reading.earliest if reading else None,
            latest=reading.latest if reading else None,
            description=f"{_named(row)} as {row.office.replace('-', ' ')}; {said}",
            is_listed_once=False,
            bearer=_bearer(row),
        )


def _bearer(row: AppointmentRow) -> str:
    return bearer(row.council, row.regime, row.office, row.member.member)


def _named(row: AppointmentRow) -> str:
    member = row.member
    return member.name if member.is_person else member.member


def records(rows: SourceRows[AppointmentRow], identities: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    acts = {row.key: row for row in read_own_table(ACTS.table).rows}
    for row in rows.rows:
        place, member = RowPlace(row.key), row.member
        contents.add(row.page, "posts", _post(row))
        contents.add(row.page, "appointments", _appointment(row, member, acts, identities))
        if member.is_person:
            contents.add(row.page, "people", person_of(place, "holder", member))
        for name in other_names_of(place, "holder", member):
            contents.add(row.page, "names", name)
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _post(row: AppointmentRow) -> Post:
    """Return the office of a row."""
    place, form = RowPlace(row.key), post_form(row.regime, row.office, row.key)
    kinds = [form.commissioner_type] if form.commissioner_type else []
    return Post(
        id=f"{row.council}-{form.suffix}",
        at="office",
        row=row.key,
        words=row.office,
        kind=[place.said(form.cls, "office", row.office)],
        for_council=[place.said(row.council, "council")],
        regime=[place.said(row.regime, "regime")],
        office_kind=[place.said(row.office, "office")],
        commissioner_type=[place.said(kind, "office", row.office) for kind in kinds],
    )


def _appointment(
    row: AppointmentRow, member: Holder, acts: dict[str, ActRow], identities: Identities
) -> Appointment:
    """Return the appointment of a row."""
    place, begin = RowPlace(row.key), row.begin
    form = post_form(row.regime, row.office, row.key)
    return Appointment(
        id=identities.local(f"{_FOLDER}/{row.key}", "appointment"),
        at="holder",
        row=row.key,
        words=row.holder,
        member=[place.said(member.member, "holder", row.holder)],
        to_post=[place.said(f"post/{row.council}-{form.suffix}", "office", row.office)],
        title=[place.said(row.title, "title")] if row.title else [],
        appointed_by=[place.said(row.appointed_by, "appointed_by")] if row.appointed_by else [],
        under=_under(row, acts, identities),
        taken_up=[begin] if begin else [],
        vacated=[place.time(row.held_to, "held_to", date=row.held_to)] if row.held_to else [],
        planned_end=(
            [place.time(row.planned_to, "planned_to", date=row.planned_to)]
            if row.planned_to
            else []
        ),
    )


def _under(row: AppointmentRow, acts: dict[str, ActRow], identities: Identities) -> list[Said]:
    """Return the direction under which the appointment was made, if the row names one.

    Raises: UnreadableTable for an act that is no direction of the council.
    """
    if not row.under:
        return []
    cell = f"{_FOLDER}: {row.key}", "under", row.council, row.under
    direction = named_act(cell, acts, identities, ("direction",))
    return [RowPlace(row.key).said(kind_and_local(direction)[1], "under", row.under)]


APPOINTMENTS = FactSource(OwnTable(_FOLDER, AppointmentRow), mentions, records)
