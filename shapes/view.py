"""A store of pyoxigraph as a graph of rdflib, without a copy: what pySHACL reads is looked up."""

from collections.abc import Iterator
from typing import Any, cast

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.store import Store
from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Triple = tuple[Node, Node, Node]
_TEXT = ox.NamedNode(str(XSD.string))


class StoreView(Store):
    """All graphs of a store as one graph that can only be read."""

    # pySHACL asks for both of every store, though it reads only the one graph.
    context_aware = True
    graph_aware = True

    def __init__(self, store: ox.Store) -> None:
        """Keep the store, which must not change while it is viewed."""
        super().__init__()
        self.store = store
        self.size = len(store)
        self.whole = Graph(store=self)

    def triples(
        self, triple_pattern: Any, context: Graph | None = None
    ) -> Iterator[tuple[Triple, Iterator[Graph]]]:
        """Yield the triples that fit a pattern, each once however many graphs hold it."""
        subject, predicate, value = (
            None if term is None else to_store(term) for term in triple_pattern
        )
        if isinstance(subject, ox.Literal):
            return
        quads = self.store.quads_for_pattern(
            subject, cast(ox.NamedNode | None, predicate), value, None
        )
        place = self.whole if context is None else context
        for triple in dict.fromkeys(quad.triple for quad in quads):
            plain = (
                from_store(triple.subject),
                from_store(triple.predicate),
                from_store(triple.object),
            )
            yield plain, iter((place,))

    def __len__(self, context: Graph | None = None) -> int:
        """Return the number of triples."""
        return self.size


def from_store(term: object) -> Node:
    """Return a term of the store as rdflib's."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=str(language)):
            return Literal(term.value, lang=language)
    literal = cast(ox.Literal, term)
    # rdflib tells a text without a type from one that names its type; no other tool does.
    is_text = literal.datatype == _TEXT
    return Literal(literal.value, datatype=None if is_text else URIRef(literal.datatype.value))


def to_store(term: Node) -> Term:
    """Return a term of rdflib as the store's."""
    if isinstance(term, Literal) and term.language:
        return ox.Literal(str(term), language=term.language)
    if isinstance(term, Literal):
        return ox.Literal(
            str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else _TEXT
        )
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    return ox.NamedNode(str(term))


def quads_of(graph: Graph, name: ox.NamedNode | None = None) -> list[ox.Quad]:
    """Return the triples of a graph of rdflib in the form of the store.

    Raises: ValueError if the graph holds what RDF does not allow, such as an address with a space.
    """
    place = name or ox.DefaultGraph()
    return [
        ox.Quad(
            cast(ox.NamedNode | ox.BlankNode, to_store(subject)),
            cast(ox.NamedNode, to_store(predicate)),
            to_store(value),
            place,
        )
        for subject, predicate, value in graph
    ]
