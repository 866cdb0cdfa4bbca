"""Propose which things a row may speak of: those of its kind and council that lie near it in time.

What is compared are windows, from the first to the last day on which something of a thing
happened: an inspection's begins on site and ends with the report, an instrument's lies about its
signature. A proposal decides nothing; it only says what a person has to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rdflib.namespace import RDF

from loaders.claims.claim import Claim
from loaders.tables.claim_source import REPORT_WITHIN_DAYS
from ontology.dates import TimeReading
from ontology.identifiers import kind_and_local, short
from ontology.terms import CI

TOLERANCE_DAYS: dict[str, int] = {
    "appointment": 31,
    "designation": 31,
    "direction": 31,
    "inspection": 60,
    "letter": 31,
    "measure": 31,
    "notice": 31,
    "section-114-report": 14,
    "transfer": 92,
}
"""Days between two windows up to which they may be one thing, by kind.

Instruments are listed by signature or by publication, up to a month apart. Two inspections of one
council lie a quarter or more apart, monitoring visits included. Reports under section 114 are
dated by the day, and one council has made two within three weeks. A transfer is announced, agreed
and carried out over months.
"""

TIMES: dict[str, tuple[str, ...]] = {
    "appointment": (CI.takenUp,),
    "designation": (CI.signed, CI.published, CI.effectiveFrom),
    "direction": (CI.signed, CI.published, CI.effectiveFrom),
    "inspection": (CI.announced, CI.onSite, CI.letterDated, CI.reportPublished),
    "letter": (CI.signed, CI.published),
    "measure": (CI.signed, CI.published, CI.effectiveFrom),
    "notice": (CI.signed, CI.published, CI.effectiveFrom),
    "section-114-report": (CI.dated,),
    "transfer": (CI.happened,),
}
"""The times that place a thing of each kind; the time at which it ended is not among them."""


@dataclass(frozen=True)
class Window:
    """The first and the last day on which something of a thing happened."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return the window for people."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"

    def joined(self, other: Window | None) -> Window:
        """Return the window that spans both."""
        if other is None:
            return self
        return Window(min(self.first, other.first), max(self.last, other.last))

    def widened(self, before: int, after: int) -> Window:
        """Return the window with days added before and after, as far as the calendar goes."""
        start = max(self.first.toordinal() - before, date.min.toordinal())
        end = min(self.last.toordinal() + after, date.max.toordinal())
        return Window(date.fromordinal(start), date.fromordinal(end))

    def is_near(self, other: Window, days: int) -> bool:
        """Return whether at most so many days lie between the two."""
        gap = timedelta(days)
        return self.first - other.last <= gap and other.first - self.last <= gap


def window(first: date | None, last: date | None) -> Window | None:
    """Return the window between two days; an open end says nothing, so the known one stands.

    >>> str(window(date(2016, 1, 7), None))
    '2016-01-07'
    """
    start, end = first or last, last or first
    return Window(start, end) if start and end else None


def windows_of_things(claims: Iterable[Claim]) -> dict[str, Window]:
    """Return the window of each thing that the claims place in time, by its short reference.

    In: a denied time places nothing; an appointment without a time of its own lies about the act
    under which it was made.
    """
    windows: dict[str, Window] = {}
    properties: dict[str, set[str]] = {}
    acts: dict[str, str] = {}
    for claim in claims:
        thing, value = short(str(claim.about)), claim.value
        if claim.polarity != "positive":
            continue
        if claim.property == CI.under:
            acts[thing] = short(str(value))
        placed = claim.property in TIMES.get(kind_and_local(thing)[0], ())
        if placed and isinstance(value, TimeReading):
            placed_window = window(value.earliest, value.latest)
            if placed_window:
                windows[thing] = placed_window.joined(windows.get(thing))
                properties.setdefault(thing, set()).add(claim.property)
    inherited = {thing: windows[act] for thing, act in acts.items() if act in windows}
    return inherited | {
        thing: _complete(span, properties[thing]) for thing, span in windows.items()
    }


def class_names_of_things(claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    """Return the names of the classes that the claims give each thing, by its short reference."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.property == RDF.type and claim.polarity == "positive":
            found.setdefault(short(str(claim.about)), set()).add(
                str(claim.value).removeprefix(str(CI))
            )
    return {thing: frozenset(names) for thing, names in found.items()}


def _complete(span: Window, properties: set[str]) -> Window:
    """Return the window of an inspection with room for the end of it that no source gives."""
    if properties == {CI.onSite}:
        return span.widened(0, REPORT_WITHIN_DAYS)
    return span.widened(REPORT_WITHIN_DAYS, 0) if properties == {CI.reportPublished} else span


def whole_year(year: int) -> Window:
    """Return the window of a year: all that is known where no source gives a time."""
    return Window(date(year, 1, 1), date(year, 12, 31))


def near(kind: str, span: Window, things: Mapping[str, Window]) -> list[str]:
    """Return the things of a kind whose windows lie near one, sorted."""
    days = TOLERANCE_DAYS[kind]
    return sorted(thing for thing, other in things.items() if span.is_near(other, days))
