"""Match names of councils with what stands beside them in a table: a day, a number, a type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.search.asked import read_period
from queries.search.councils import CouncilEntry, Period
from queries.search.matcher import Candidate, CouncilMatcher, Match
from queries.search.names import read_name

DATE = "date"
"""The property that tells when a name was used; no council has it as a value."""
_LEAST_BORNE = 80
_CONTRADICTED = 0.6
"""What of a score is left where the table says something else than the record."""
_ITSELF = 100
"""The score of whoever is named by a number, or by the whole name."""
_OF_A_SUCCESSOR = 5
"""How much less one fits than the council that it took over from."""
_OF_A_NUMBER = 70
"""The score of the council whose number stands beside the name of another one."""
_OF_EVERY_KIND = frozenset(("council", "authority"))
"""Words of a name that tell no kind of council from another."""
_SHOWN = 40
"""Most characters of a value that a note repeats."""


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


@dataclass(frozen=True)
class Reconciliation:
    """The candidates for a name, the best first, and what of the query could not be used."""

    candidates: Sequence[Reconciled]
    notes: Sequence[str]


def reconcile(
    matcher: CouncilMatcher,
    text: str,
    given: Mapping[str, Sequence[str]],
    kinds: Sequence[str],
    most: int,
) -> Reconciliation:
    """Return the councils that a name with its properties may mean.

    In: the values of each property that the table has; unknown properties say nothing.
    Guarantee: one that a property contradicts is never sure, nor any where the day is unreadable,
    nor without a day one that has ended, unless its number is given or its name with its kind.
    """
    period, is_readable = _period(given.get(DATE, ()))
    told = {name: values for name, values in given.items() if name in PROPERTIES and values}
    match = _match(matcher, text, told, period, kinds, max(most, 10))
    is_past = _is_past(match)
    after = _successors(matcher, match.candidates[0], kinds) if is_past else []
    borne, others = _by_number(matcher, text, told, kinds)
    known = {one.entry.code: one for one in [*others, *after, *match.candidates]}
    found = [_compared(one, told, matcher) for one in known.values()]
    sure = match.is_sure and is_readable and not is_past
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
    return Reconciliation(ordered[:most], [*_unused(given, is_readable), *borne])


def _is_past(match: Match) -> bool:
    """Return whether a name without a day means a council that has ended, if not beyond doubt.

    Out: false for "Northamptonshire County Council", which no council of today bears; true for
    "Northants", by which people also mean the county of today.
    """
    if match.entry is None or match.entry.ended is None or match.asked.period is not None:
        return False
    name = read_name(match.asked.text)
    says_kind = name is not None and bool(name.kinds - _OF_EVERY_KIND)
    return match.candidates[0].score < _ITSELF and not says_kind


def _successors(matcher: CouncilMatcher, ended: Candidate, kinds: Sequence[str]) -> list[Candidate]:
    """Return who stands today in the place of a council that has ended."""
    found: dict[str, Candidate] = {}
    waiting = [*ended.entry.successors]
    while waiting:
        entry = matcher.entries.get(waiting.pop(0))
        if entry is None or entry.code in found or (kinds and entry.kind not in kinds):
            continue
        if entry.ended is not None:
            waiting += entry.successors
            continue
        words = f"it took over from {ended.entry.name}"
        found[entry.code] = Candidate(entry, ended.score - _OF_A_SUCCESSOR, words)
    return [*found.values()]


def _by_number(
    matcher: CouncilMatcher, text: str, told: Mapping[str, Sequence[str]], kinds: Sequence[str]
) -> tuple[list[str], list[Candidate]]:
    """Return what is to be said of numbers that nobody has, or others than the named council.

    Out: notes, and those whose numbers they are.
    """
    notes: list[str] = []
    bearers: list[Candidate] = []
    for name, values in told.items():
        for value in values if PROPERTIES[name].is_number else ():
            found = matcher.match(value, kinds=kinds, exactly=True).candidates
            owners = [one for one in found if one.score == _ITSELF]
            if not owners:
                notes.append(f"{name}: no council has the number {value[:_SHOWN]!r}")
            elif text.strip() and matcher.match(text).entry not in [one.entry for one in owners]:
                whose = " and ".join(one.entry.described for one in owners)
                notes.append(f"{name}: {value[:_SHOWN]!r} is the number of {whose}")
                bearers += [Candidate(one.entry, _OF_A_NUMBER, f"its {name}") for one in owners]
    return notes, bearers


def _unused(given: Mapping[str, Sequence[str]], is_readable: bool) -> Iterator[str]:
    """Yield what of a query says nothing, and why."""
    if not is_readable:
        value = given[DATE][0][:_SHOWN]
        yield f"{DATE}: {value!r} is no day or year, so nobody is sure; expected 2018 or 2018-05-01"
    for name in given:
        if name not in PROPERTIES and name != DATE:
            known = ", ".join([DATE, *PROPERTIES])
            yield f"properties: {name[:_SHOWN]!r} was not compared; expected one of {known}"


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
