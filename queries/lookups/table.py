"""The default graph as a table: the facts of each subject, and the subjects of each key."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from queries.lookups.terms import RDF_TYPE, KnownTerm

MOST_ROWS = 200
"""More than this a look-up does not answer: its work and its size stay small by construction."""

Fact = tuple[KnownTerm, KnownTerm]
"""A property of a subject, and its value."""


_Item = TypeVar("_Item")


@dataclass(frozen=True)
class LookupTable:
    """What look-ups are answered from, all in the order in which the engine gives it.

    In: `terms` by their N-Triples form; a subject or key with more than `MOST_ROWS` has None.
    """

    terms: dict[str, KnownTerm]
    facts: dict[KnownTerm, tuple[Fact, ...] | None]
    subjects: dict[Fact, tuple[KnownTerm, ...] | None]


class TableReader:
    r"""Makes the table of a graph from its triples, part by part, in the order of the engine.

    >>> reader = TableReader()
    >>> reader.add(b'<a:s> <a:p> "text with spaces" .\n<a:t> <a:p> <a:s> .\n')
    2
    >>> table = reader.table()
    >>> [(p.text, o.text) for p, o in table.facts[table.terms["<a:s>"]]]
    [('<a:p>', '"text with spaces"')]
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._terms = {RDF_TYPE: KnownTerm(RDF_TYPE)}
        self._facts: defaultdict[KnownTerm, list[Fact]] = defaultdict(list)
        self._subjects: defaultdict[Fact, list[KnownTerm]] = defaultdict(list)
        self._known: dict[Fact, Fact] = {}
        self._has_blank_nodes = False

    def add(self, triples: bytes) -> int:
        """Add triples and return their number.

        In: N-Triples, a line a triple, as the engine answers them.
        """
        number = 0
        for number, line in enumerate(BytesIO(triples), 1):  # noqa: B007 - the last one is returned
            parts = line.decode().removesuffix("\n").removesuffix(" .").split(" ", 2)
            # The names of blank nodes do not last.
            self._has_blank_nodes |= parts[0][0] == "_" or parts[2][0] == "_"
            subject, predicate, value = [self._term(part) for part in parts]
            # One object for each fact, whatever number of subjects it is of.
            fact = self._known.setdefault((predicate, value), (predicate, value))
            self._facts[subject].append(fact)
            self._subjects[fact].append(subject)
        return number

    def _term(self, text: str) -> KnownTerm:
        return self._terms.get(text) or self._terms.setdefault(text, KnownTerm(text))

    def table(self) -> LookupTable | None:
        """Return the table of what has been added; None if that has blank nodes."""
        if self._has_blank_nodes:
            return None
        return LookupTable(
            self._terms,
            {subject: _bounded(found) for subject, found in self._facts.items()},
            {key: _bounded(found) for key, found in self._subjects.items()},
        )


def _bounded(found: list[_Item]) -> tuple[_Item, ...] | None:
    return tuple(found) if len(found) <= MOST_ROWS else None
