"""How a release stands in a remote store: under which names, and which of its graphs answer.

`publish` puts each graph of a release under a name of that release, and beside them two that hold
the triples of several, each once: the default graph and the graph of everything. Stores differ in
whether a triple in two graphs of a list counts once or twice; in one graph it counts once. The
names are turned back in every answer, so that a query is the same over every engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ontology.errors import QueryRefused
from ontology.namespaces import BASE, GRAPH
from queries.engine.interface import DEFAULT_LAYERS, EVERYTHING, Question, no_graph
from queries.engine.merged_graphs import counts_repeats
from queries.sparql.query_inspection import QueryInspection

RELEASES = f"{BASE}release/"
"""Beginning of the names under which releases stand in a remote store."""
POINTER = f"{GRAPH}release"
"""Graph that says in one triple which release is current; it is written last."""
CURRENT_VERSION = "http://www.w3.org/ns/dcat#hasCurrentVersion"
_NOWHERE = f"{GRAPH}none"
"""A graph that never exists, for a default graph that is to be empty."""


def home_of(identifier: str) -> str:
    """Return the beginning of the names of a release's graphs.

    >>> home_of("abc")
    'https://w3id.org/council-interventions/release/abc/graph/'
    """
    return f"{RELEASES}{identifier}/graph/"


def merged_graphs(identifier: str) -> tuple[str, str]:
    """Return the names of the default graph and of the graph of everything."""
    home = home_of(identifier)
    return f"{home}default", f"{home}all"


@dataclass(frozen=True)
class RemoteRelease:
    """A release in a remote store.

    In: `graphs` by the names that visitors know; whether it was published, so that its graphs have
    names of their own; `figures` as in the manifest; how many triples each of its graphs has there.
    """

    id: str
    graphs: tuple[str, ...]
    is_published: bool
    built_at: str | None = None
    figures: Sequence[Mapping[str, object]] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def inward(self, text: str) -> str:
        """Return a query, or the name of a graph, as the store knows it."""
        return text.replace(str(GRAPH), home_of(self.id)) if self.is_published else text

    def outward(self, text: str) -> str:
        """Return a message of the store as visitors know it."""
        return text.replace(home_of(self.id), str(GRAPH)) if self.is_published else text

    def outward_bytes(self, body: bytes) -> bytes:
        """Return an answer of the store as visitors know it."""
        if not self.is_published:
            return body
        return body.replace(home_of(self.id).encode(), str(GRAPH).encode())

    def dataset(self, question: Question, seen: QueryInspection) -> list[tuple[str, str]]:
        """Return the parameters of the protocol that name the dataset of a question.

        Guarantee: they are the graphs of this release, whatever else the store holds; only a store
        without the graphs of a release answers from what is its own default graph.
        Raises: QueryRefused for a graph that the release has not, and for several graphs in which
        a triple could count twice.
        """
        default, named = question.default_graphs, question.named_graphs
        if not default and not named:
            default, named = seen.default_graphs, seen.named_graphs
        if default or named:
            is_all = self.is_published and EVERYTHING in default
            places = [merged_graphs(self.id)[1]] if is_all else self._named(default)
            if EVERYTHING not in default and len(places) > 1 and counts_repeats(question.text):
                raise QueryRefused(
                    f"{len(places)} graphs after FROM: over a remote store that is refused where "
                    "it matters how often a triple is found, for stores differ in whether one in "
                    f"two graphs counts once; expected one graph, FROM <{EVERYTHING}>, GRAPH, or "
                    "SELECT DISTINCT",
                    str(len(places)),
                    ["one graph", EVERYTHING],
                )
            return _parameters(places or [_NOWHERE], self._named(named))
        layers = [name for name in self.graphs if name.startswith(DEFAULT_LAYERS)]
        if not layers:
            return []
        needs_named = "graph" in question.text.casefold()
        named = tuple(map(self.inward, self.graphs)) if needs_named else ()
        return _parameters([merged_graphs(self.id)[0]] if self.is_published else layers, named)

    def _named(self, asked: tuple[str, ...]) -> Sequence[str]:
        """Return graphs as the store knows them; that of everything becomes all of them."""
        names: list[str] = []
        for graph in asked:
            if graph != EVERYTHING and graph not in self.graphs:
                raise no_graph(graph)
            names += self.graphs if graph == EVERYTHING else [graph]
        return [self.inward(name) for name in dict.fromkeys(names)]


def _parameters(default: Sequence[str], named: Sequence[str]) -> list[tuple[str, str]]:
    return [
        *(("default-graph-uri", name) for name in default),
        *(("named-graph-uri", name) for name in named),
    ]
