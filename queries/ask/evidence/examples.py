"""The questions that were asked before, and how each mark of a question speaks for what it asks."""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from queries.ask.evidence.marks import marks, tokens
from queries.catalogue import catalogue, folder

_UNANSWERABLE = "none"
"""In place of a question of the catalogue, where none answers."""
_PAIR, _PAIR_WEIGHT, _NOTION_WEIGHT = " ", 0.5, 0.7
"""A pair of words says in part what its words say, and so does what a word can mean."""
_NEVER_SEEN = 0.002
"""The share of examples in which a mark is taken to stand that stands in none."""
_NEARLY_EVERY = 0.9
"""The share of examples from which on a notion belongs to what a question asks."""
_FEWEST = 2
"""A mark that stands in fewer examples tells nothing of whether there is an answer."""


@dataclass(frozen=True)
class Example:
    """A question that was asked, and the questions of the catalogue that answer it, if any."""

    answered_by: tuple[str, ...]
    asked: str


class Evidence:
    """How often each mark stands in examples of each question."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Count the marks of examples, and of the questions as the catalogue puts them."""
        self._by_question: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._examples: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._unanswered: Counter[str] = Counter()
        self._total: Counter[bool] = Counter()
        for example in examples:
            self._add(example)
        for query in catalogue().values():
            self._by_question[query.name].update(marks(tokens(f"{query.title} {query.question}")))
            self._examples[query.name] += 1
        self._mean = self._shares()

    def _add(self, example: Example) -> None:
        found = marks(tokens(example.asked))
        is_answered = _UNANSWERABLE not in example.answered_by
        self._total[is_answered] += 1
        (self._answered if is_answered else self._unanswered).update(found)
        for name in example.answered_by if is_answered else ():
            self._examples[name] += 1
            self._by_question[name].update(found)

    def _shares(self) -> Mapping[str, float]:
        """Return the share of examples in which each mark stands, on the mean of all questions."""
        found: dict[str, float] = defaultdict(float)
        for name, counted in self._by_question.items():
            for mark, count in counted.items():
                found[mark] += count / self._examples[name] / len(self._examples)
        return found

    def speaks_for(self, question: str, found: Collection[str]) -> float:
        """Return how much more likely marks stand in examples of one question than of any other."""
        counted, examples = self._by_question[question], self._examples[question]
        weight = 0.0
        for mark in found:
            if mean := self._mean.get(mark):
                share = (counted[mark] + mean / 2) / (examples + 1 / 2)
                weight += _weight(mark) * math.log((share + _NEVER_SEEN) / (mean + _NEVER_SEEN))
        return weight

    def speaks_against_any(self, found: Collection[str], but: Collection[str] = ()) -> float:
        """Return how much more likely marks stand in examples without an answer than in others.

        In: the marks of an example without an answer that is not to be counted.
        """
        weight = 0.0
        for mark in found:
            against = self._unanswered[mark] - (mark in but)
            answered = self._answered[mark]
            if against + answered >= _FEWEST:
                one = (against + 1 / 2) / (self._total[False] + 1)
                other = (answered + 1 / 2) / (self._total[True] + 1)
                weight += _weight(mark) * math.log(one / other)
        return weight

    def has(self, question: str, mark: str) -> bool:
        """Return whether a mark stands in an example of a question."""
        return self._by_question[question][mark] > 0

    def is_foreign(self, mark: str) -> bool:
        """Return whether a mark stands in examples without an answer, and in none with one."""
        return self._unanswered[mark] > 0 and not self._answered[mark]

    def core(self, question: str) -> Sequence[str]:
        """Return the notions that nearly every example of a question has."""
        least = _NEARLY_EVERY * self._examples[question]
        counted = self._by_question[question].items()
        return [mark for mark, count in counted if count >= least and mark.startswith("#")]

    def share(self, question: str, mark: str) -> float:
        """Return the share of the examples of a question in which a mark stands."""
        return self._by_question[question][mark] / self._examples[question]


def _weight(mark: str) -> float:
    if _PAIR in mark:
        return _PAIR_WEIGHT
    return _NOTION_WEIGHT if mark.startswith("#") else 1.0


@cache
def examples() -> tuple[Example, ...]:
    """Return the questions of `examples.csv`."""
    text = folder("ask", "evidence", "examples.csv").read_text(encoding="utf-8")
    return tuple(
        Example(tuple(row["answered_by"].split("|")), row["asked"])
        for row in csv.DictReader(text.splitlines())
    )


@cache
def evidence() -> Evidence:
    """Return what all examples tell."""
    return Evidence(examples())
