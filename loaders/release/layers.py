"""Hold the layers of a release as named graphs of one store, ask them, and add what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import cast

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from ontology.identifiers import short
from ontology.namespaces import GRAPH
from queries.catalogue import CatalogueQuery, folder, internal_query, queries_in
from queries.engine.interface import DEFAULT_LAYERS

ONTOLOGY = GRAPH["ontology"]
RESOLVED = GRAPH["resolved"]
QUALITY = GRAPH["quality"]

Triple = tuple[Node, Node, Node]
_REMEMBERED_TERMS = 2**16


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
        """Start without any layer."""
        self.store = ox.Store()

    def add_graph(self, name: URIRef, graph: Graph) -> None:
        """Add a graph of rdflib as a layer; its blank nodes get canonical names."""
        triples: Iterable[ox.Triple] = (_stored(triple) for triple in graph)
        if any(isinstance(subject, BNode) for subject in graph.subjects()):
            triples = _canonical(triples)
        self.add(name, triples)

    def add(self, name: URIRef, triples: Iterable[ox.Triple]) -> None:
        """Add triples to a layer, which is made if it is not there."""
        graph = ox.NamedNode(str(name))
        self.store.add_graph(graph)
        self.store.bulk_extend(
            ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples
        )

    def add_lines(self, name: URIRef, lines: Iterable[str]) -> None:
        """Add triples in lines of N-Triples to a layer, which is made if it is not there."""
        graph = ox.NamedNode(str(name))
        self.store.add_graph(graph)
        self.store.bulk_load("".join(lines), ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def names(self) -> list[URIRef]:
        """Return the names of the layers in their order."""
        return sorted(
            URIRef(graph.value)
            for graph in self.store.named_graphs()
            if isinstance(graph, ox.NamedNode)
        )

    def graph(self, *names: URIRef) -> Graph:
        """Return the triples of some layers as a graph of rdflib."""
        return as_rdflib(quad.triple for name in names for quad in self._quads(name))

    def count(self, name: URIRef) -> int:
        """Return the number of triples of a layer."""
        return self._number(f"GRAPH <{name}> {{ ?subject ?property ?value }}")

    def instances(self, of_class: URIRef, name: URIRef) -> int:
        """Return how many things of a class a layer states."""
        return self._number(f"GRAPH <{name}> {{ ?subject a <{of_class}> }}")

    def _number(self, pattern: str) -> int:
        """Return how often a pattern is met."""
        rows = self.store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ {pattern} }}")
        (row,) = cast(ox.QuerySolutions, rows)
        return int(cast(ox.Literal, row["number"]).value)

    def default_graphs(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        """Return the graphs that an analyst's query sees: ontology, reference, resolved layer."""
        return [ox.NamedNode(name) for name in self.names() if str(name).startswith(DEFAULT_LAYERS)]

    def n_quads(self) -> bytes:
        """Return all layers as N-Quads.

        Guarantee: the same triples give the same bytes, layer by layer, each sorted by line.
        """
        parts: list[bytes] = []
        for name in self.names():
            buffer = BytesIO()
            graph = ox.NamedNode(str(name))
            self.store.dump(buffer, ox.RdfFormat.N_TRIPLES, from_graph=graph)
            ending = f" <{name}> .\n".encode()
            lines = sorted(buffer.getvalue().splitlines(keepends=True))
            parts += [line[: -len(b" .\n")] + ending for line in lines]
        return b"".join(parts)

    def _quads(self, name: URIRef) -> Iterator[ox.Quad]:
        """Yield what stands in one layer."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(str(name)))


def as_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """Return triples of the store as a graph of rdflib."""
    graph = Graph()
    graph.addN(
        (_opened(one.subject), _opened(one.predicate), _opened(one.object), graph)
        for one in triples
    )
    return graph


def _canonical(triples: Iterable[ox.Triple]) -> Sequence[ox.Triple]:
    """Return a whole graph with canonical names for its blank nodes."""
    dataset = ox.Dataset(
        ox.Quad(one.subject, one.predicate, one.object, ox.DefaultGraph()) for one in triples
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


def _stored(triple: Triple) -> ox.Triple:
    """Return a triple of rdflib as one of the store."""
    subject, predicate, value = triple
    return ox.Triple(_stored_term(subject), _stored_term(predicate), _stored_term(value))  # type: ignore[arg-type]


def _stored_term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return a term of rdflib as one of the store."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, Literal)
    return stored_literal(term)


def stored_literal(literal: Literal) -> ox.Literal:
    """Return a literal of rdflib as one of the store."""
    if literal.language:
        return ox.Literal(str(literal), language=literal.language)
    datatype = ox.NamedNode(str(literal.datatype)) if literal.datatype else None
    return ox.Literal(str(literal), datatype=datatype)


@lru_cache(_REMEMBERED_TERMS)
def _opened(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return a term of the store as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(XSD.string)
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))


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
    found = layers.store.query(query.text, default_graph=layers.default_graphs())
    solutions = cast(ox.QuerySolutions, found)
    names = [variable.value for variable in solutions.variables]
    return [
        {name: _plain(term) for name in names if (term := solution[name]) is not None}
        for solution in solutions
    ]


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return the text of a term, an address as its short reference."""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def derive(layers: Layers) -> None:
    """Add the results of every query in `queries/derive` to the resolved layer.

    Guarantee: the queries run in order of their names and each sees the results of those before
    it, so that the order of the files matters and nothing else does.
    """
    graph = ox.NamedNode(str(RESOLVED))
    for query in queries_in(folder("derive")):
        result = layers.store.query(query.text, default_graph=layers.default_graphs())
        triples = list(cast(ox.QueryTriples, result))
        layers.store.bulk_extend(
            ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples
        )


def failed_checks(layers: Layers) -> list[str]:
    """Return a message for each row that a query in `queries/checks` finds: none if all is well."""
    messages = []
    for query in queries_in(folder("checks")):
        rows = layers.store.query(query.text, default_graph=layers.default_graphs())
        for row in cast(ox.QuerySolutions, rows):
            messages.append(f"{query.name}: {cast(ox.Literal, row['message']).value}")
    return sorted(messages)
