"""Let several graphs be asked as one, in which a triple counts once whatever graphs it stands in.

The engine looks into one graph after the other, and counts a triple as often as it finds it. So
while such a query runs, what two of the graphs share is taken out of all but one of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import pyoxigraph as ox

Graph = ox.NamedNode | ox.BlankNode
AnyGraph = Graph | ox.DefaultGraph

_COUNTING = re.compile(r"SELECT|LIMIT|OFFSET|GROUP|HAVING", re.IGNORECASE)
_SUMMING = re.compile(r"COUNT|SUM|AVG|GROUP|HAVING", re.IGNORECASE)
_DISTINCT = re.compile(r"SELECT\s*+DISTINCT", re.IGNORECASE)
# takes (search): "CONSTRUCT { ?s ?p ?o } WHERE"
# leaves (search): "CONSTRUCT { [] ?p ?o } WHERE"
_TEMPLATE = re.compile(r"CONSTRUCT\s*+\{(?:(?!_:)[^{}\[\](])*+\}", re.IGNORECASE)
_SHARED = """
SELECT ?subject ?property ?value ?graph ?other {
  GRAPH ?graph { ?subject ?property ?value }
  GRAPH ?other { ?subject ?property ?value }
  FILTER(?graph != ?other)
}
"""


@dataclass(frozen=True)
class Choice:
    """A store, and the graphs in it that make up the default graph and the named graphs.

    In: `is_of_all`, with no default graph named, says that all graphs of the store make it up: the
    engine then looks into one index, and not into hundreds of graphs one after the other.
    """

    store: ox.Store
    default: list[AnyGraph] | None = None
    named: list[Graph] | None = None
    is_of_all: bool = False


class MergedGraphs:
    """The graphs of one store, and what they share."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @cached_property
    def _is_only_read(self) -> bool:
        """Return whether nothing can be taken out, as on disk; nothing is what is tried with."""
        try:
            self._store.extend([])
        except RuntimeError:
            return True
        return False

    @cached_property
    def shared(self) -> list["_Holders"]:
        """Return the triples that stand in more than one graph.

        Looking for them takes about as long as loading half of the store, so it is done once, and
        before workers are forked.
        """
        found: dict[ox.Triple, set[Graph]] = {}
        rows = cast(Iterable[tuple[Any, ...]], self._store.query(_SHARED))
        for subject, name, value, graph, other in rows:
            found.setdefault(ox.Triple(subject, name, value), {graph}).add(other)
        # Most are in the same few graphs, of which one set each is kept.
        sets: dict[frozenset[Graph], frozenset[Graph]] = {}
        return [
            _Holders(triple, sets.setdefault(frozenset(graphs), frozenset(graphs)))
            for triple, graphs in found.items()
        ]

    @contextmanager
    def merged(self, default: Sequence[Graph], named: Sequence[Graph]) -> Iterator[Choice]:
        """Give a choice in which each triple of the default graph counts once.

        Guarantee: afterwards the store is as it was, however the query ended.
        """
        if self._is_only_read:
            yield self._copied(default, named)
            return
        among, kept = frozenset(default), frozenset(named)
        spare = [quad for holders in self.shared for quad in holders.spare(among, kept)]
        if any(quad.graph_name in kept for quad in spare):
            yield self._copied(default, named)
            return
        for quad in spare:
            self._store.remove(quad)
        try:
            yield Choice(self._store, [*default], [*named])
        finally:
            self._store.extend(spare)

    def _copied(self, default: Sequence[Graph], named: Sequence[Graph]) -> Choice:
        """Return a choice in a store of its own, which takes time and memory of the query."""
        store = ox.Store()
        for graph in default:
            quads = self._store.quads_for_pattern(None, None, None, graph)
            store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for graph in named:
            store.bulk_extend(self._store.quads_for_pattern(None, None, None, graph))
        return Choice(store, [ox.DefaultGraph()], [*named])


@dataclass(frozen=True)
class _Holders:
    """A triple, and the graphs that hold it."""

    triple: ox.Triple
    graphs: frozenset[Graph]

    def spare(self, among: frozenset[Graph], kept: frozenset[Graph]) -> list[ox.Quad]:
        """Return it in all but one of some graphs; where possible in none of those to be kept."""
        graphs = self.graphs & among
        if len(graphs) < 2:
            return []
        ordered = sorted(graphs, key=lambda graph: (graph not in kept, str(graph)))
        subject, name, value = self.triple
        return [ox.Quad(subject, name, value, graph) for graph in ordered[1:]]


def counts_repeats(query: str) -> bool:
    """Return whether it could matter to an answer how often a triple is found; true if in doubt.

    >>> counts_repeats("SELECT ?s { ?s ?p ?o }"), counts_repeats("SELECT DISTINCT ?s { ?s ?p ?o }")
    (True, False)
    """
    selected = len(re.findall("SELECT", query, re.IGNORECASE))
    if selected == 1 and _DISTINCT.search(query):
        return _SUMMING.search(query) is not None
    if _COUNTING.search(query):
        return True
    return "CONSTRUCT" in query.upper() and _TEMPLATE.search(query) is None
