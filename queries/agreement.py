"""How the names or the number of a source stand to those of the record.

What is certain or planned counts. What is only possible may be counted or left out; where the two
agree only if it counts, the answer says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from queries.council_lists import CouncilList
from queries.explanation import Difference, Held, Reason, why_missing, why_named

_SURE = frozenset({"certain", "planned", ""})
"""Certainties that count; a question without any answers for certain."""


class Agreement(StrEnum):
    """How what the record says stands to what the source says."""

    EXACT = "exact"
    WITH_POSSIBLE = "exact with what is only possible"
    UNDECIDED = "not contradicted"
    DIFFERS = "differs"
    HELD = "held here"
    """The source says that it does not hold or give it, and the record holds something."""
    NOT_HELD = "not held here either"
    NONE = "not compared"

    @property
    def is_exact(self) -> bool:
        """Return whether names and number are the same, be it with what is only possible."""
        return self in (Agreement.EXACT, Agreement.WITH_POSSIBLE)


def agreement(one: CouncilList, found: Mapping[str, str]) -> Agreement:
    """Return how the names or the number stand to those of the record.

    In: what the record names, each with its certainty. A source without a number names some only.
    """
    if one.not_held:
        return Agreement.HELD if found else Agreement.NOT_HELD
    sure, named = counted(found), frozenset(found)
    if _is_given(one, sure):
        return Agreement.EXACT
    if _is_given(one, named):
        return Agreement.WITH_POSSIBLE
    is_within = one.councils <= named
    if one.number is not None:
        is_within &= len(sure) <= one.number <= len(named)
    if one.names_all:
        is_within &= sure <= one.councils
    return Agreement.UNDECIDED if is_within else Agreement.DIFFERS


def counted(found: Mapping[str, str]) -> frozenset[str]:
    """Return what the record names without leaving it open."""
    return frozenset(name for name, certainty in found.items() if certainty in _SURE)


def _is_given(one: CouncilList, names: frozenset[str]) -> bool:
    """Return whether some names are those of the source, as far as it names and counts them."""
    if one.names_all:
        return one.councils == names
    return one.councils <= names and one.number in (None, len(names))


@dataclass(frozen=True)
class Answered:
    """What the record answers: names with their certainty, and what stands in their rows."""

    found: Mapping[str, str]
    things: Mapping[str, frozenset[str]]
    topic: str

    def why(self, name: str, last: str, held: Held) -> Reason:
        """Return the claim for which the record names one."""
        return why_named(name, self.topic, last, held, self.things.get(name, frozenset()))


def differences(one: CouncilList, answer: Answered, held: Held) -> Iterator[Difference]:
    """Yield each name that one side has only, and each that the record holds possible only.

    Where the source gives a number alone, whichever of the names of the record may be too many
    stands with its claim; of a source that names some the others are no difference.
    """
    first, last = one.first or "0000", one.last or "9999"
    named, sure = answer.found.keys(), counted(answer.found)
    for name in sorted(one.councils - named):
        yield Difference(name, "source", why_missing(name, answer.topic, first, last, held))
    unsure = (one.councils & named if one.number is None else named) - sure
    for name in sorted(unsure):
        yield Difference(name, "possible", answer.why(name, last, held))
    if one.number is not None and (one.names_all or len(sure) > one.number):
        for name in sorted(sure - one.councils):
            yield Difference(name, "record", answer.why(name, last, held))
