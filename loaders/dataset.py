"""Hold the layers of a release as named graphs, and move them between rdflib and the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef

from ontology.namespaces import GRAPH

ONTOLOGY = GRAPH["ontology"]
RESOLVED = GRAPH["resolved"]
QUALITY = GRAPH["quality"]

Layers = Mapping[URIRef, Graph]


def reference_name(name: str) -> URIRef:
    """Return the named graph of one part of the reference layer."""
    return GRAPH[f"reference/{name}"]


def is_source(name: URIRef) -> bool:
    """Return whether the name is that of a graph of one document's claims."""
    return str(name).startswith(str(GRAPH["source/"]))


def is_reference(name: URIRef) -> bool:
    """Return whether the name is that of a part of the reference layer."""
    return str(name).startswith(str(reference_name("")))


def union(graphs: Iterable[Graph]) -> Graph:
    """Return the triples of some graphs as one graph."""
    whole = Graph()
    for graph in graphs:
        whole += graph
    return whole


def quads(layers: Layers) -> list[ox.Quad]:
    """Return the layers as quads in a fixed order.

    Guarantee: the same triples give the same list, for blank nodes have canonical names.
    """
    return sorted(
        (quad for name, graph in layers.items() for quad in _graph_quads(name, graph)), key=str
    )


def _graph_quads(name: URIRef, graph: Graph) -> Iterator[ox.Quad]:
    """Yield the triples of one graph as quads; blank nodes get canonical names."""
    dataset: Iterable[ox.Quad] = ox.parse(
        graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES
    )
    if any(isinstance(node, BNode) for node in graph.all_nodes()):
        dataset = ox.Dataset(dataset)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in dataset:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(str(name)))


def as_rdflib(triples: Sequence[ox.Triple]) -> Graph:
    """Return triples of the store as a graph of rdflib."""
    graph = Graph()
    if triples:
        graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return graph


def store_of(layers: Layers) -> ox.Store:
    """Return a store in memory that holds the layers as named graphs."""
    store = ox.Store()
    for name, graph in layers.items():
        store.bulk_extend(_graph_quads(name, graph))
    return store
