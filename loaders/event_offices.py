"""The offices that rows name, and who was appointed to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.record import Appointment, LeftOut, Person, Post
from data.statements import Said, Time
from loaders.appointees import Holder, holder, holders
from loaders.claim_sources import Place
from loaders.event_times import since
from loaders.events import Event, Part
from ontology.errors import UnreadableTable

BESIDE_NOTE = "The row names the office beside this direction."
UNNAMED_REASON = "Nobody is named, so the office stands without an appointment."


@dataclass(frozen=True)
class OfficeForm:
    """The end of the identifier of an office, its class, and the type of commissioner it is."""

    suffix: str
    cls: str
    commissioner_type: str | None = None


FORMS: dict[tuple[str, str], OfficeForm] = {
    ("childrens-services", "commissioner"): OfficeForm(
        "childrens", "Commissioner", "childrens-services"
    ),
    ("childrens-services", "adviser"): OfficeForm("adviser", "AdviserRole"),
    ("childrens-services", "improvement-partner"): OfficeForm("improvement-partner", "AdviserRole"),
    ("childrens-services", "peer-support"): OfficeForm("peer-support", "AdviserRole"),
    ("best-value", "commissioner"): OfficeForm("best-value", "Commissioner", "best-value"),
    ("best-value", "board-chair"): OfficeForm("improvement-board", "AdviserRole"),
    ("best-value", "panel-chair"): OfficeForm("improvement-panel", "AdviserRole"),
    ("best-value", "envoy"): OfficeForm("envoy", "AdviserRole"),
}
"""The offices of each regime."""


@dataclass(frozen=True)
class Seat:
    """An office at a place of a table, and the direction under which it is named, if any."""

    place: Place
    column: str
    page: str
    council: str
    regime: str
    office: str
    under: str | None = None
    purpose: str = ""

    @property
    def form(self) -> OfficeForm:
        """How such offices are identified and classed.

        Raises: UnreadableTable for an office that the regime does not have.
        """
        form = FORMS.get((self.regime, self.office))
        if form is None:
            offices = sorted(office for regime, office in FORMS if regime == self.regime)
            raise UnreadableTable(
                f"{self.place.row}, column {self.column}: {self.office!r}; "
                f"expected one of {', '.join(offices)}"
            )
        return form

    @property
    def post(self) -> str:
        """The identifier of the office."""
        return f"{self.council}-{self.form.suffix}"


def offices(event: Event, purpose: str = "") -> Iterator[Part]:
    """Yield the office that a row names, who holds it, and whom the row does not name."""
    row = event.row
    if row.office:
        under = event.local("direction") if event.is_direction else None
        seat = Seat(
            Place(row.key),
            "office",
            row.page,
            row.council,
            event.regime,
            row.office,
            under,
            purpose,
        )
        yield _post(seat)
        held = [since(row)] if row.instrument == "commissioner" else []
        held += [_held(note.key, note.date) for note in event.facts("held") if not note.page]
        for one in holders(row.appointees, row.council):
            yield from _appointed(event, seat, one, held)
            yield from _told_elsewhere(event, one)
    if row.unnamed:
        left = LeftOut(at="unnamed", row=row.key, words=row.unnamed, reason=UNNAMED_REASON)
        yield row.page, "left_out", left
    yield from _noted_offices(event)


def _told_elsewhere(event: Event, one: Holder) -> Iterator[Part]:
    """Yield what another page says of an appointment."""
    row = event.row
    for note in event.facts("held"):
        if note.page and row.office:
            place = Place(note.key)
            seat = Seat(place, "fact", note.page, row.council, event.regime, row.office)
            yield _post(seat)
            yield from _appointed(event, seat, one, [_held(note.key, note.date)])


def _noted_offices(event: Event) -> Iterator[Part]:
    """Yield the offices that a note names, with their holders."""
    row = event.row
    for note in event.facts("appointment"):
        under = event.local("direction") if event.is_direction else None
        place = Place(note.key)
        seat = Seat(place, "value", row.page, row.council, event.regime, note.value, under)
        yield _post(seat)
        yield from _appointed(event, seat, holder(note.words, row.council), [], note.certainty)


def _post(seat: Seat) -> Part:
    """Return an office."""
    place, form = seat.place, seat.form
    types = [form.commissioner_type] if form.commissioner_type else []
    created = [f"direction/{seat.under}"] if seat.under else []
    post = Post(
        id=seat.post,
        at=seat.column,
        row=place.row,
        words=seat.office,
        kind=[place.said(form.cls, seat.column, seat.office)],
        for_council=[place.said(seat.council, "council")],
        regime=[place.said(seat.regime, seat.column, seat.office)],
        commissioner_type=[place.said(one, seat.column, seat.office) for one in types],
        created_by=[_beside(place, one, seat) for one in created],
        purpose=[place.said(seat.purpose, seat.column)] if seat.purpose else [],
    )
    return seat.page, "posts", post


def _beside(place: Place, reference: str, seat: Seat) -> Said:
    """Return the direction beside which an office is named."""
    return place.said(reference, seat.column, seat.office, modality="inferred", note=BESIDE_NOTE)


def _appointed(
    event: Event,
    seat: Seat,
    one: Holder,
    held: Sequence[Time],
    certainty: dict[str, str] | None = None,
) -> Iterator[Part]:
    """Yield an appointment, and the person if a person holds it."""
    place = seat.place
    under = [seat.under] if seat.under else []
    appointment = Appointment(
        id=event.local("appointment", event.row.key, one.slug),
        at="appointees",
        row=place.row,
        words=one.printed,
        member=[place.said(one.member, "appointees", one.printed)],
        to_post=[place.said(f"post/{seat.post}", seat.column, seat.office)],
        under=[
            place.said(local, "instrument", "direction", **(certainty or {})) for local in under
        ],
        held=list(held),
    )
    yield seat.page, "appointments", appointment
    if one.is_person:
        yield seat.page, "people", _person(place, one)


def _person(place: Place, one: Holder) -> Person:
    """Return a person under the name without honours."""
    return Person(
        id=one.member.removeprefix("person/"),
        at="appointees",
        row=place.row,
        words=one.printed,
        name=[place.said(one.name, "appointees", one.printed)],
        honours=[place.said(honour, "appointees", one.printed) for honour in one.honours],
    )


def _held(row: str, date: str | None) -> Time:
    """Return the time for which an appointment lasted, as a note gives it."""
    return Place(row).time(date or "", "date", date=date)
