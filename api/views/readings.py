"""What was read about one council in one period, and how that is said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SILENCE = (
    "What the sources do not say is not recorded: silence is no evidence that nothing happened."
)
COVERED, PARTLY, NOT_COVERED = "covered", "partly-covered", "not-covered"
NOT_APPLICABLE = "not-applicable"
"""Status in an answer of a topic that a council has no function in, so that nothing can be read."""

PHRASES: dict[str, str] = {
    "covered-found": "a list meant to be complete was read, and it holds {found} of all kinds",
    "covered-nothing-found": "a list meant to be complete was read, and it holds none",
    "partly-covered-found": (
        "only incomplete sources were read; they speak of {found} of all kinds, "
        "and there may be more"
    ),
    "partly-covered-nothing-found": (
        "only incomplete sources were read, and none speaks of one, "
        "which is no evidence that there was none"
    ),
    NOT_COVERED: "nothing was read: nobody has looked, so nothing can be said",
    NOT_APPLICABLE: "a district council has no such functions",
}
"""What each status of the scheme coverage-status means, in words for a page."""

WORDS: dict[str, str] = {
    "covered-found": "complete list read: something found",
    "covered-nothing-found": "complete list read: nothing found",
    "partly-covered-found": "incomplete sources read: something found, there may be more",
    "partly-covered-nothing-found": "incomplete sources read: nothing found, which proves nothing",
    NOT_COVERED: "not read at all",
    NOT_APPLICABLE: "not applicable: the council has no such function",
}
"""The same in a few words, for the cells of a table."""


@dataclass(frozen=True)
class Held:
    """A source: a text, a table, or a page; with its council, and latest day if it states one."""

    iri: str
    kind: str
    council: str | None
    latest: str | None


@dataclass(frozen=True)
class CoverageReading:
    """What was read of one topic about one council in one period; the ends are inclusive."""

    council: str
    topic: str
    regime: str | None
    status: str
    first: str | None
    last: str | None
    found: int
    last_checked: str | None


def spans(readings: Iterable[CoverageReading]) -> str:
    """Return the periods of readings in words; those that follow each other are one."""
    periods: list[tuple[str | None, str | None]] = []
    for reading in sorted(readings, key=lambda each: each.first or ""):
        if periods and reading.first and periods[-1][1] == _day_before(reading.first):
            periods[-1] = periods[-1][0], reading.last
        else:
            periods.append((reading.first, reading.last))
    return ", ".join(
        f"{first or 'the beginning'} to {last or 'an unstated day'}" for first, last in periods
    )


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def days(reading: CoverageReading) -> str:
    """Return the period of a reading in words."""
    return spans([reading])


def phrase(reading: CoverageReading) -> str:
    """Return what a reading found, in words."""
    checked = f" (last checked {reading.last_checked})" if reading.last_checked else ""
    known = PHRASES.get(reading.status, reading.status.replace("-", " "))
    return known.format(found=reading.found) + checked
