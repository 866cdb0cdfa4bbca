"""Match names of councils with what stands beside them in a table: a day, a number, a type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from queries.search.asked import read_period
from queries.search.councils import CouncilEntry, Period
from queries.search.matcher import Candidate, CouncilMatcher, Match

DATE = "date"
"""The property that tells when a name was used; no council has it as a value."""
_LEAST_BORNE = 80
_CONTRADICTED = 0.6
"""What of a score is left where the table says something else than the record."""


@dataclass(frozen=True)
class Property:
    """What is known of a council: its name for people, its values, and whether these are councils.

    In: `is_number` tells of an identifier, by which alone a council is found.
    """

    label: str
    values: Callable[[CouncilEntry], Sequence[str]]
    is_number: bool = False
    is_council: bool = False
    is_day: bool = False


def _numbers(kind: str, label: str) -> Property:
    return Property(label, lambda entry: entry.numbers_of(kind), is_number=True)


PROPERTIES: dict[str, Property] = {
    "code": Property("register code", lambda entry: [entry.code], is_number=True),
    "name": Property("official name", lambda entry: [entry.name]),
    "other_names": Property("other names", lambda entry: entry.names),
    "former_names": Property("former names", lambda entry: entry.former_names),
    "gss_code": _numbers("gss-code", "codes of its area (GSS), the one in use first"),
    "ofsted_urn": _numbers("ofsted-urn", "number of Ofsted (URN)"),
    "dfe_number": _numbers("dfe-number", "number of the Department for Education"),
    "wikidata": _numbers("wikidata", "item of Wikidata"),
    "type": Property("type of council", lambda entry: [entry.type]),
    "region": Property("region of England", lambda entry: [entry.region] if entry.region else []),
    "began_on": Property(
        "first day", lambda entry: [str(entry.began)] if entry.began else [], is_day=True
    ),
    "ended_on": Property(
        "first day no longer there",
        lambda entry: [str(entry.ended)] if entry.ended else [],
        is_day=True,
    ),
    "predecessors": Property("predecessors", lambda entry: entry.predecessors, is_council=True),
    "successors": Property("successors", lambda entry: entry.successors, is_council=True),
}
"""What is known of every council, by the name of the property."""


@dataclass(frozen=True)
class Reconciled:
    """A candidate, whether it is surely meant, and which properties agree."""

    candidate: Candidate
    is_sure: bool
    agrees: Mapping[str, bool]


def reconcile(
    matcher: CouncilMatcher,
    text: str,
    given: Mapping[str, Sequence[str]],
    kinds: Sequence[str],
    most: int,
) -> list[Reconciled]:
    """Return the councils that a name with its properties may mean, the best first.

    In: the values of each property that the table has; unknown properties say nothing.
    Guarantee: one that a property contradicts is never sure, nor any where the day is unreadable.
    """
    period, is_readable = _period(given.get(DATE, ()))
    told = {name: values for name, values in given.items() if name in PROPERTIES and values}
    match = _match(matcher, text, told, period, kinds, max(most, 10))
    found = [_compared(one, told, matcher) for one in match.candidates]
    sure = match.is_sure and is_readable
    agreeing = [
        one
        for one in found
        if told and all(one.agrees.values()) and one.candidate.score >= _LEAST_BORNE
    ]
    meant = match.entry if sure else None
    if meant is None and len(agreeing) == 1 and is_readable:
        meant = agreeing[0].candidate.entry
    checked = [
        Reconciled(
            one.candidate, one.candidate.entry == meant and all(one.agrees.values()), one.agrees
        )
        for one in found
    ]
    ordered = sorted(checked, key=lambda one: (not one.is_sure, -one.candidate.score))
    return ordered[:most]


def _match(
    matcher: CouncilMatcher,
    text: str,
    told: Mapping[str, Sequence[str]],
    period: Period | None,
    kinds: Sequence[str],
    most: int,
) -> Match:
    """Return who is meant by a name or, without one, by a number of the table."""
    numbers = [
        value for name, values in told.items() if PROPERTIES[name].is_number for value in values
    ]
    asked = text if text.strip() else next(iter([*numbers, *told.get("name", ())]), "")
    return matcher.match(asked, period, kinds, most)


def _compared(
    one: Candidate, told: Mapping[str, Sequence[str]], matcher: CouncilMatcher
) -> Reconciled:
    agrees = {
        name: _agrees(PROPERTIES[name], one.entry, values, matcher) for name, values in told.items()
    }
    if all(agrees.values()):
        return Reconciled(one, False, agrees)
    lowered = round(one.score * _CONTRADICTED, 1)
    wrong = ", ".join(name for name, is_same in agrees.items() if not is_same)
    words = f"{one.because}, but not its {wrong}"
    return Reconciled(Candidate(one.entry, lowered, words), False, agrees)


def _agrees(
    known: Property, entry: CouncilEntry, values: Sequence[str], matcher: CouncilMatcher
) -> bool:
    """Return whether one of some values is one that the record has, in whatever case."""
    held = {value.casefold() for value in known.values(entry)}
    if known.is_council:
        named = {found.code for value in values if (found := matcher.match(value).entry)}
        return bool(named & set(known.values(entry)))
    return any(value.strip().casefold().replace(" ", "-") in held for value in values) or any(
        value.strip().casefold() in held for value in values
    )


def _period(values: Sequence[str]) -> tuple[Period | None, bool]:
    """Return the days that a table gives, and whether they can be read; the first value counts."""
    text = values[0].strip() if values else ""
    if not text:
        return None, True
    try:
        # A sheet often gives a day with its time.
        return read_period(text.partition("T")[0].removesuffix(".0")), True
    except ValueError:
        return None, False
