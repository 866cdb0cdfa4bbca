"""Counts of facts: what a sheet has, what was found, what of it is right, and what is certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.records.statements import Manner


@dataclass
class Tally:
    """How many facts of one kind a sheet has, and what was found of them.

    In: `certain` are those of the wrong that nothing marks as inferred.
    """

    gold: int = 0
    found: int = 0
    right: int = 0
    certain: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        """Add another tally to this one."""
        for name in ("gold", "found", "right", "certain"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass(frozen=True)
class FoundFact:
    """A fact that was found, as a sheet would say it."""

    value: str
    is_certain: bool = True


@dataclass
class Counting:
    """What is counted of one document: tallies by kind, and each difference in a line."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def compare(self, kind: str, gold: Sequence[str], found: Sequence[FoundFact]) -> None:
        """Count facts that are compared by their values alone."""
        left = Counter(gold)
        tally = self.tallies.setdefault(kind, Tally())
        tally.gold += len(gold)
        for fact in found:
            tally.found += 1
            if left[fact.value]:
                left[fact.value] -= 1
                tally.right += 1
                continue
            tally.certain += fact.is_certain
            self.differences.append(f"{kind}: wrong {fact.value}")
        self.differences += [f"{kind}: missed {value}" for value in left.elements()]


def is_certain(statement: Manner) -> bool:
    """Return whether nothing marks a statement as inferred, possible or planned."""
    return statement.modality in {None, "asserted"}


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: no case, no marks."""
    return re.findall(r"[a-z0-9£%]+", text.casefold().replace("\u2019", "").replace("'", ""))
