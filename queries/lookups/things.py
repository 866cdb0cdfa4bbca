"""What is said of things, told from the table of a release in place of a process."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ontology.namespaces import NS, PREFIXES
from queries.catalogue import internal_query
from queries.engine.interface import Engine, EngineLoad, Gone, Question
from queries.lookups.table import Fact, LookupTable
from queries.lookups.terms import RDF_TYPE, KnownTerm

Statement = tuple[str, str, str]
"""A triple, each of its terms as N-Triples has it."""
_OF_THE_THING = "triples_of", "names_of"
"""Queries that find only what is said of the thing itself."""
_SLOT = f"<{NS}Slot>"
_LABEL = f"<{PREFIXES['rdfs']}label>"
_ENDED, _STEP = f"<{NS}ended>", f"<{NS}InterventionStep>"
# takes (search): "VALUES ?property { ci:paidTo org:member }"
# takes (search): "FILTER(?property IN ( rdf:type, rdfs:label ))"
# leaves (search): "VALUES (?item) { (UNDEF) }"
_LISTED = re.compile(r"(?:\?property IN \(|VALUES \?property \{)([^)}]*)")


class _Left(Exception):
    """More is said of a thing than the table holds."""


@dataclass(frozen=True)
class TabledEngine:
    """An engine, with its default graph as a table.

    Guarantee: what the table tells is what the engine would answer; it answers all else itself.
    """

    inner: Engine
    table: LookupTable

    @property
    def load(self) -> EngineLoad:
        """Return how busy the engine is."""
        return self.inner.load

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer of the engine.

        Raises: what the engine raises.
        """
        return await self.inner.answer(question, gone)

    def statements(
        self, name: str, items: Sequence[str], everywhere: bool = False
    ) -> tuple[list[Statement], list[str]]:
        """Return the triples that a query of the lists folder finds about some things.

        In: whether all graphs are meant: there a thing may stand of which the table knows nothing,
        and of a slot more is told.
        Out: and the things of which the table holds too little, which are left to the engine; all
        of them where the query is no look-up.
        """
        find = _FINDERS.get(name)
        if find is None or (everywhere and name not in _OF_THE_THING):
            return [], list(items)
        found: list[Statement] = []
        left: list[str] = []
        for iri in dict.fromkeys(items):
            item = self.table.terms.get(f"<{iri}>")
            if everywhere and (item is None or not _is_told_here(self.table, item)):
                left.append(iri)
                continue
            try:
                found += find(self.table, item) if item else ()
            except _Left:
                left.append(iri)
        return found, left


def _is_told_here(table: LookupTable, item: KnownTerm) -> bool:
    """Return whether the default graph of a release tells all that any graph tells of a thing."""
    facts = table.facts.get(item)
    return bool(facts) and all(value.text != _SLOT for _, value in facts or ())


@cache
def _listed(name: str) -> tuple[str, ...]:
    """Return the properties that a query lists, as the table has them."""
    found = _LISTED.search(internal_query("lists", name).text)
    assert found is not None, f"lists/{name} names no properties"
    named = (one.partition(":") for one in re.findall(r"\w+:\w+", found[1]))
    return tuple(f"<{PREFIXES[prefix]}{local}>" for prefix, _, local in named)


def _facts(table: LookupTable, item: KnownTerm) -> Sequence[Fact]:
    facts = table.facts.get(item, ())
    if facts is None:
        raise _Left
    return facts


def _pointing(
    table: LookupTable, item: KnownTerm, query: str
) -> Iterator[tuple[KnownTerm, KnownTerm]]:
    """Yield what points to a thing by one of the properties of a query, and the property."""
    for text in _listed(query):
        name = table.terms.get(text)
        if name is None:
            continue
        found = table.subjects.get((name, item), ())
        if found is None:
            raise _Left
        for other in found:
            yield other, name


def _triples_of(table: LookupTable, item: KnownTerm) -> Iterator[Statement]:
    for name, value in _facts(table, item):
        yield item.text, name.text, value.text


def _names_of(table: LookupTable, item: KnownTerm) -> Iterator[Statement]:
    wanted = _listed("names_of")
    for name, value in _facts(table, item):
        if name.text in wanted:
            yield item.text, name.text, value.text


def _holders_of(table: LookupTable, item: KnownTerm) -> Iterator[Statement]:
    for other, name in _pointing(table, item, "holders_of"):
        yield other.text, name.text, item.text


def _linked_to(table: LookupTable, item: KnownTerm) -> Iterator[Statement]:
    for other, name in _pointing(table, item, "linked_to"):
        yield other.text, name.text, item.text
        facts = _facts(table, other)
        is_step = any((one.text, value.text) == (RDF_TYPE, _STEP) for one, value in facts)
        for one, value in facts:
            if one.text == _LABEL or (is_step and one.text == _ENDED):
                yield other.text, one.text, value.text


_FINDERS: Mapping[str, Callable[[LookupTable, KnownTerm], Iterator[Statement]]] = {
    "triples_of": _triples_of,
    "names_of": _names_of,
    "holders_of": _holders_of,
    "linked_to": _linked_to,
}
