"""Hold the layers of a release as named graphs of one store, ask them, and add what follows."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, cast

import pyoxigraph as ox
from rdflib import Graph, URIRef

from ontology.identifiers import short
from ontology.namespaces import GRAPH
from queries.catalogue import CatalogueQuery, folder, internal_query, queries_in
from queries.engine.interface import DEFAULT_LAYERS

ONTOLOGY = GRAPH["ontology"]
RESOLVED = GRAPH["resolved"]
QUALITY = GRAPH["quality"]
_END_OF_LINE = " .\n"
"""What stands nowhere but at the end of a line: a line break in a text is escaped."""
_CHARACTERS_AT_ONCE = 16_000_000
_NAMES_GRAPH = re.compile(r"\bGRAPH\b")
_WORKING = GRAPH["resolved/working"]
"""What rules pass on to the rules after them; the default graph has it while they run."""
_DERIVED = {"\n# Working: ": _WORKING, "\n# Quality: ": QUALITY}
"""The layer of what a rule finds, by the line in its header; else it is the resolved one."""


def reference_name(name: str) -> URIRef:
    """Return the named graph of one part of the reference layer."""
    return GRAPH[f"reference/{name}"]


def is_source(name: URIRef) -> bool:
    """Return whether the name is that of a graph of one source's claims."""
    return str(name).startswith(str(GRAPH["source/"]))


def union(graphs: Iterable[Graph]) -> Graph:
    """Return the triples of some graphs as one graph."""
    whole = Graph()
    for graph in graphs:
        whole += graph
    return whole


class Layers:
    """The layers of a release: a store in memory with one named graph each."""

    def __init__(self) -> None:
        self.store = ox.Store()

    def add_graph(self, name: URIRef, graph: Graph) -> None:
        """Add a graph of rdflib as a layer; its blank nodes get canonical names."""
        lines = graph.serialize(format="nt", encoding="utf-8")
        dataset = ox.Dataset(ox.parse(lines, ox.RdfFormat.N_TRIPLES))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        self.add(name, (quad.triple for quad in dataset))

    def add(self, name: URIRef, triples: Iterable[ox.Triple]) -> None:
        """Add triples to a layer, which is made if it is not there."""
        graph = ox.NamedNode(str(name))
        self.store.add_graph(graph)
        self.store.bulk_extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples
        )

    def add_lines(self, name: URIRef, lines: Iterable[str]) -> None:
        """Add triples in lines of N-Triples to a layer, which is made if it is not there."""
        self.fill([(name, lines)])

    def fill(self, layers: Iterable[tuple[URIRef, Iterable[str]]]) -> None:
        """Add triples in lines of N-Triples to many layers, which are made if they are not there.

        Each call of the store costs as much as a thousand lines, and a layer of one source has
        fewer, so many layers go in one call.
        """
        batch: list[str] = []
        size = 0
        for name, lines in layers:
            self.store.add_graph(ox.NamedNode(str(name)))
            text = "".join(lines).replace(_END_OF_LINE, f" <{name}> .\n")
            batch.append(text)
            size += len(text)
            if size > _CHARACTERS_AT_ONCE:
                self.store.bulk_load("".join(batch), ox.RdfFormat.N_QUADS)
                batch, size = [], 0
        self.store.bulk_load("".join(batch), ox.RdfFormat.N_QUADS)

    def names(self) -> list[URIRef]:
        """Return the names of the layers in their order."""
        return sorted(
            URIRef(graph.value)
            for graph in self.store.named_graphs()
            if isinstance(graph, ox.NamedNode)
        )

    def count(self, name: URIRef) -> int:
        """Return the number of triples of a layer."""
        return self._number(f"GRAPH <{name}> {{ ?subject ?property ?value }}")

    def instances(self, of_class: URIRef, name: URIRef) -> int:
        """Return how many things of a class a layer states."""
        return self._number(f"GRAPH <{name}> {{ ?subject a <{of_class}> }}")

    def _number(self, pattern: str) -> int:
        rows = self.store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ {pattern} }}")
        (row,) = cast(ox.QuerySolutions, rows)
        return int(cast(ox.Literal, row["number"]).value)

    def default_graphs(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        """Return the graphs that an analyst's query sees: ontology, reference, resolved layer."""
        return [ox.NamedNode(name) for name in self.names() if str(name).startswith(DEFAULT_LAYERS)]

    def as_one_graph(self) -> ox.Store:
        """Return what an analyst's query sees as the only graph of a store.

        A query that names no graph is answered in half the time there: the claims of the sources
        are not in the way.
        """
        store = ox.Store()
        for graph in self.default_graphs():
            lines = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, lenient=True)
        return store

    def n_quads(self) -> Iterator[bytes]:
        """Yield each layer as N-Quads, sorted by line.

        Guarantee: the same triples give the same bytes.
        """
        for name in self.names():
            graph = ox.NamedNode(str(name))
            content = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            lines = cast(bytes, content).split(_END_OF_LINE.encode())
            lines.pop()
            lines.sort()
            lines.append(b"")
            yield f" <{name}> .\n".encode().join(lines)


Answer = list[dict[str, str]]


def ask(layers: Layers, *path: str) -> Answer:
    """Return the rows of an internal query, such as `lists`, `coverage_found`.

    Out: an unbound variable is absent, an address is short.
    """
    return answer_to(layers, internal_query(*path))


def answer_to(layers: Layers, query: CatalogueQuery) -> Answer:
    """Return the rows of a query without parameters, as an analyst sees the layers.

    Out: an unbound variable is absent, an address is short.
    """
    result = layers.store.query(query.text, default_graph=layers.default_graphs())
    solutions = cast(ox.QuerySolutions, result)
    names = [variable.value for variable in solutions.variables]
    return [
        {name: _plain(term) for name in names if (term := solution[name]) is not None}
        for solution in solutions
    ]


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def derive(layers: Layers) -> None:
    """Add the results of every query in `queries/derive` to the resolved layer.

    Guarantee: the queries run in order of their names and each sees the results of those before
    it, so that the order of the files matters and nothing else does. What a query whose header
    has a line `Working` finds is there for those after it, and is gone at the end; a line `Quality`
    means a discrepancy.
    """
    seen = layers.as_one_graph()
    for query in queries_in(folder("derive")):
        if _NAMES_GRAPH.search(query.text):
            result = layers.store.query(query.text, default_graph=layers.default_graphs())
        else:
            result = seen.query(query.text)
        name = next((layer for sign, layer in _DERIVED.items() if sign in query.text), RESOLVED)
        triples = list(cast(ox.QueryTriples, result))
        layers.add(name, triples)
        if str(name).startswith(DEFAULT_LAYERS):
            seen.bulk_extend(ox.Quad(*triple) for triple in triples)
    layers.store.remove_graph(ox.NamedNode(str(_WORKING)))


Asked = TypeVar("Asked")
Found = TypeVar("Found")


def at_once(ask: Callable[[Asked], Found], questions: Iterable[Asked]) -> list[Found]:
    """Return the answers to several questions to a store, in their order.

    The store answers several at once, each on a processor of its own.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, questions))


def failed_checks(layers: Layers) -> list[str]:
    """Return a message for each row that a query in `queries/checks` finds: none if all is well."""

    def messages(query: CatalogueQuery) -> list[str]:
        rows = layers.store.query(query.text, default_graph=layers.default_graphs())
        return [
            f"{query.name}: {cast(ox.Literal, row['message']).value}"
            for row in cast(ox.QuerySolutions, rows)
        ]

    return sorted(
        message for found in at_once(messages, queries_in(folder("checks"))) for message in found
    )
