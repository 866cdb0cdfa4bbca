"""The default graph as a table: the facts of each subject, and the subjects of each key."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO

from queries.lookups.terms import RDF_TYPE, KnownTerm

MOST_ROWS = 200
"""More than this a look-up does not answer: its work and its size stay small by construction."""

Fact = tuple[KnownTerm, KnownTerm]
"""A property of a subject, and its value."""


@dataclass(frozen=True)
class LookupTable:
    """What look-ups are answered from, all in the order in which the engine gives it.

    In: `terms` by their N-Triples form; a subject or key with more than `MOST_ROWS` has None.
    """

    terms: dict[str, KnownTerm]
    facts: dict[KnownTerm, tuple[Fact, ...] | None]
    subjects: dict[Fact, tuple[KnownTerm, ...] | None]


def read_table(triples: bytes, most_triples: int) -> LookupTable | None:
    r"""Return the table of a graph; None if it has too many triples, or blank nodes.

    In: N-Triples, a line a triple, as the engine answers them.

    >>> table = read_table(b'<a:s> <a:p> "text with spaces" .\n<a:t> <a:p> <a:s> .\n', 10)
    >>> [(p.text, o.text) for p, o in table.facts[table.terms["<a:s>"]]]
    [('<a:p>', '"text with spaces"')]
    """
    terms = {RDF_TYPE: KnownTerm(RDF_TYPE)}
    facts: defaultdict[KnownTerm, list[Fact]] = defaultdict(list)
    subjects: defaultdict[Fact, list[KnownTerm]] = defaultdict(list)
    known: dict[Fact, Fact] = {}
    for number, line in enumerate(BytesIO(triples), 1):
        parts = line.decode().removesuffix("\n").removesuffix(" .").split(" ", 2)
        is_named = parts[0][0] == "<" and parts[2][0] in '<"'
        if number > most_triples or not is_named:
            return None
        subject, predicate, value = [
            terms.get(part) or terms.setdefault(part, KnownTerm(part)) for part in parts
        ]
        fact = predicate, value
        # One object for each fact, whatever number of subjects it is of.
        fact = known.setdefault(fact, fact)
        facts[subject].append(fact)
        subjects[fact].append(subject)
    return LookupTable(
        terms,
        {subject: _bounded(found) for subject, found in facts.items()},
        {key: _bounded(found) for key, found in subjects.items()},
    )


def _bounded(found: list) -> tuple | None:  # type: ignore[type-arg]
    return tuple(found) if len(found) <= MOST_ROWS else None
