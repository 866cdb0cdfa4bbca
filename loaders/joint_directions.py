"""The second instrument of a row that stands for a joint act: one for each regime."""

from __future__ import annotations

from collections.abc import Iterator

from data.acts import Direction
from loaders.claim_sources import Place, Sighting
from loaders.event_instruments import issued_by
from loaders.event_rows import EventRow
from loaders.event_sightings import REGIME_WORDS, same_day
from loaders.event_times import begun, date_words, ended
from loaders.events import Event, Part

JOINT_COLUMN = "joint_with"


def joint_sighting(source: str, row: EventRow, regime: str) -> Sighting:
    """Return the sighting of the second instrument."""
    reading = begun(row, ()).reading
    return Sighting(
        row=f"{source}/{row.key}/{regime}",
        kind="direction",
        council=row.council,
        earliest=reading.earliest,
        latest=reading.latest,
        description=f"{REGIME_WORDS[regime]}; {date_words(row.date)}",
        same_as=same_day(regime, row),
    )


def joint_direction(event: Event, regime: str) -> Iterator[Part]:
    """Yield the second instrument, which has the dates of the first."""
    row, place = event.row, Place(event.row.key)
    direction = Direction(
        id=event.local("direction", row.key, regime),
        at=JOINT_COLUMN,
        row=row.key,
        words=regime,
        kind=[place.said("Direction", "instrument", row.instrument)],
        addressed_to=[place.said(row.council, "council")],
        issued_by=[issued_by(place, regime)],
        signed=[begun(row, event.notes)],
        ended=ended(row, event.notes),
    )
    yield row.page, "directions", direction
