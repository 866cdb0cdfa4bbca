"""Let several graphs be asked as one, in which a triple counts once whatever graphs it stands in.

The engine looks into one graph after the other, and counts a triple as often as it finds it. So
while such a query runs, what two of the graphs share is taken out of all but one of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
    """A store, and the graphs in it that make up the default graph and the named graphs."""

    store: ox.Store
    default: list[AnyGraph] | None = None
    named: list[Graph] | None = None


class MergedGraphs:
    """The graphs of one store, and what they share, which is looked for when it matters first."""

    def __init__(self, store: ox.Store, graphs: Sequence[Graph]) -> None:
        self._store = store
        self._graphs = frozenset(graphs)
        self._sizes: dict[Graph, int] = {}
        self._shared: dict[frozenset[Graph], list[_Holders]] = {}

    @contextmanager
    def merged(self, default: Sequence[Graph], named: Sequence[Graph]) -> Iterator[Choice]:
        """Give a choice in which each triple of the default graph counts once.

        Guarantee: afterwards the store is as it was, however the query ended.
        """
        among = frozenset(default)
        if among not in self._shared:
            self._shared = {among: self._find(among)}
        spared = frozenset(named)
        spare = [quad for holders in self._shared[among] for quad in holders.spare(spared)]
        if any(quad.graph_name in spared for quad in spare):
            yield self._copied(default, named)
            return
        try:
            for quad in spare:
                self._store.remove(quad)
        except RuntimeError:
            # A store on disk, which is only read.
            yield self._copied(default, named)
            return
        try:
            yield Choice(self._store, [*default], [*named])
        finally:
            self._store.extend(spare)

    def _find(self, among: frozenset[Graph]) -> list["_Holders"]:
        """Return the triples that stand in more than one of some graphs."""
        if among == self._graphs:
            rows = self._rows(_SHARED)
        else:
            # The largest need not be gone through: what it shares is in another.
            smaller = sorted(among, key=self._size)[:-1]
            rows = (row for graph in smaller for row in self._rows(_SHARED, graph))
        found: dict[ox.Triple, set[Graph]] = {}
        for triple, graph, other in rows:
            if other in among:
                found.setdefault(triple, {graph}).add(other)
        return [_Holders(triple, frozenset(graphs)) for triple, graphs in found.items()]

    def _rows(
        self, text: str, graph: Graph | None = None
    ) -> Iterator[tuple[ox.Triple, Graph, Graph]]:
        given = {ox.Variable("graph"): graph} if graph is not None else None
        rows = self._store.query(text, substitutions=given)  # type: ignore[arg-type]
        for subject, name, value, one, other in cast(Iterable[tuple[Any, ...]], rows):
            yield ox.Triple(subject, name, value), one, other

    def _size(self, graph: Graph) -> int:
        if graph not in self._sizes:
            quads = self._store.quads_for_pattern(None, None, None, graph)
            self._sizes[graph] = sum(1 for _ in quads)
        return self._sizes[graph]

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

    def spare(self, kept: frozenset[Graph]) -> list[ox.Quad]:
        """Return it in all of its graphs but one; where possible none of those to be kept."""
        ordered = sorted(self.graphs, key=lambda graph: (graph not in kept, str(graph)))
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
