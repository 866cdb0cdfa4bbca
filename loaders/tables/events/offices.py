"""The offices that rows name, and who was appointed to them, by reviewed decision."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.decisions.people import PEOPLE_FILE, Holder, holder, holders, read_people
from data.decisions.reclassified import NAME as RECLASSIFIED_NAME
from data.decisions.reclassified import read_reclassified
from data.records.form import Appointment, LeftOut, Post
from data.records.statements import Said, Time
from data.tables.cells import Cells
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.event import Event, Part, since
from loaders.tables.events.posts import PostForm, other_names_of, person_of, post_form
from ontology.errors import UnreadableTable

_SEPARATOR = "; "
_NAME = "*"
_NAMES = re.compile(r"\*(?:; \*)+")
_UNKNOWN_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]*)+")


def names_in(cells: Cells, column: str, council: str) -> tuple[str, Mapping[str, str]]:
    """Return the decided names in a cell, and what the form of words around them says.

    In: the mapping has the known forms, with * for a name or a list of names.
    Out: the names with a semicolon between them; what the form stands for.
    Raises: UnreadableTable for a name that is not decided for the council, or another form.
    """
    decided = sorted({name for name, place in read_people() if place == council}, key=len)
    text = cells.optional(column) or ""
    printed: list[str] = []

    def take(match: re.Match[str]) -> str:
        printed.append(match.group())
        return _NAME

    if decided:
        names = "|".join(re.escape(name) for name in reversed(decided))
        text = re.sub(rf"(?<!\w)(?:{names})(?!\w)", take, text)
    unknown = _UNKNOWN_NAME.search(text)
    if unknown:
        cells.refuse(
            column,
            f"names that are decided for the council {council}; "
            f"{unknown.group()!r} is not: decide in data/{PEOPLE_FILE}",
        )
    form = _NAMES.sub(_NAME, text)
    forms = cells.mapping.phrases[column]
    if form not in forms:
        cells.refuse(column, "decided names in a form of words that this table is known to have")
    return _SEPARATOR.join(printed), forms[form]


_BEFORE_THE_ACT = "before-the-act"
_BESIDE_NOTE = "The row names the office beside this direction."
_UNNAMED_REASON = "Nobody is named, so the office stands without an appointment."


@dataclass(frozen=True)
class _Seat:
    """An office at a place of a table, and the direction under which it is named, if any."""

    place: RowPlace
    column: str
    page: str
    council: str
    regime: str
    office: str
    under: str | None = None
    purpose: str = ""

    @property
    def form(self) -> PostForm:
        """How such offices are identified and classed.

        Raises: UnreadableTable for an office that the regime does not have.
        """
        place = f"{self.place.row}, column {self.column}"
        return post_form(self.regime, self.office, place)

    @property
    def post(self) -> str:
        """The identifier of the office."""
        return f"{self.council}-{self.form.suffix}"


def offices(event: Event, purpose: str = "") -> Iterator[Part]:
    """Yield the office that a row names, who holds it, and whom the row does not name."""
    row = event.row
    if row.office:
        seat = _Seat(
            RowPlace(row.key),
            "office",
            row.page,
            row.council,
            event.regime,
            row.office,
            _direction_beside(event),
            purpose,
        )
        yield _post(seat)
        taken_up = [since(row)] if row.instrument == "commissioner" else []
        taken_up += [_since(note.key, note.date) for note in event.facts("held") if not note.page]
        for member in holders(row.appointees, row.council):
            yield from _appointed(event, seat, member, taken_up)
            yield from _held_elsewhere(event, member)
    if row.unnamed:
        left = LeftOut(at="unnamed", row=row.key, words=row.unnamed, reason=_UNNAMED_REASON)
        yield row.page, "left_out", left
    yield from _noted_offices(event)


def _direction_beside(event: Event) -> str | None:
    """Return the direction of a row, unless a person has read that the office came before it.

    Raises: UnreadableTable for another reading of the office.
    """
    if not event.is_direction:
        return None
    read = read_reclassified().of(f"{event.source}/{event.row.key}", "office")
    if read is None:
        return event.local("direction")
    if read.read_as != _BEFORE_THE_ACT:
        raise UnreadableTable(
            f"{RECLASSIFIED_NAME}: {read.row}, column office: {read.read_as!r} is not known; "
            f"expected {_BEFORE_THE_ACT}"
        )
    return None


def _held_elsewhere(event: Event, member: Holder) -> Iterator[Part]:
    """Yield what another page says of an appointment."""
    row = event.row
    for note in event.facts("held"):
        if note.page and row.office:
            place = RowPlace(note.key)
            seat = _Seat(place, "fact", note.page, row.council, event.regime, row.office)
            yield _post(seat)
            yield from _appointed(event, seat, member, [_since(note.key, note.date)])


def _noted_offices(event: Event) -> Iterator[Part]:
    row = event.row
    for note in event.facts("appointment"):
        under = event.local("direction") if event.is_direction else None
        place = RowPlace(note.key)
        seat = _Seat(place, "value", row.page, row.council, event.regime, note.value, under)
        yield _post(seat)
        yield from _appointed(event, seat, holder(note.words, row.council), [], note.certainty)


def _post(seat: _Seat) -> Part:
    place, form = seat.place, seat.form
    post = Post(
        id=seat.post,
        at=seat.column,
        row=place.row,
        words=seat.office,
        kind=[place.said(form.cls, seat.column, seat.office)],
        for_council=[place.said(seat.council, "council")],
        regime=[place.said(seat.regime, seat.column, seat.office)],
        office_kind=[place.said(seat.office, seat.column)],
        commissioner_type=(
            [place.said(form.commissioner_type, seat.column, seat.office)]
            if form.commissioner_type
            else []
        ),
        created_by=[_beside(seat, f"direction/{seat.under}")] if seat.under else [],
        purpose=[place.said(seat.purpose, seat.column)] if seat.purpose else [],
    )
    return seat.page, "posts", post


def _beside(seat: _Seat, reference: str) -> Said:
    return seat.place.said(
        reference, seat.column, seat.office, modality="inferred", note=_BESIDE_NOTE
    )


def _appointed(
    event: Event,
    seat: _Seat,
    member: Holder,
    taken_up: Sequence[Time],
    certainty: dict[str, str] | None = None,
) -> Iterator[Part]:
    """Yield an appointment, and the person if a person holds it."""
    place = seat.place
    under = [seat.under] if seat.under else []
    appointment = Appointment(
        id=event.local("appointment", event.row.key, member.slug),
        at="appointees",
        row=place.row,
        words=member.printed,
        member=[place.said(member.member, "appointees", member.printed)],
        to_post=[place.said(f"post/{seat.post}", seat.column, seat.office)],
        under=[
            place.said(local, "instrument", "direction", **(certainty or {})) for local in under
        ],
        taken_up=list(taken_up),
    )
    yield seat.page, "appointments", appointment
    if member.is_person:
        yield seat.page, "people", person_of(place, "appointees", member)
    for name in other_names_of(place, "appointees", member):
        yield seat.page, "names", name


def _since(row: str, date: str | None) -> Time:
    """Return the begin of the time in office that a note gives, of which it gives no end."""
    begin = (date or "").removesuffix("/")
    return RowPlace(row).time(date or "", "date", date=begin)
