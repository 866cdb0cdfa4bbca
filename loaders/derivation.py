"""Add what follows from the resolved layer: inverses, wider classes, plain dates. By query, not by reasoner."""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox
from rdflib import Graph

from loaders.dataset import RESOLVED, Layers
from queries.catalogue import folder, queries_in
from queries.engine import DEFAULT_LAYERS


def derive(layers: Layers, store: ox.Store) -> None:
    """Add the results of every query in `queries/derive` to the resolved layer, in order of their names.

    In: the store holds the layers; both are changed.
    Guarantee: a derivation sees the results of those before it, so that the order of the files matters and
    nothing else does.
    """
    resolved = layers[RESOLVED]
    for query in queries_in(folder("derive")):
        result = store.query(query.text, default_graph=default_graphs(layers))
        triples = list(cast(ox.QueryTriples, result))
        store.extend(ox.Quad(*triple, ox.NamedNode(str(RESOLVED))) for triple in triples)
        resolved += _as_rdflib(triples)


def default_graphs(layers: Layers) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
    """Return the graphs that an analyst's query sees: ontology, reference and resolved layer."""
    return [ox.NamedNode(str(name)) for name in layers if str(name).startswith(DEFAULT_LAYERS)]


def failed_checks(layers: Layers, store: ox.Store) -> list[str]:
    """Return a message for each row that a query in `queries/checks` finds; none is the good answer."""
    messages = []
    for query in queries_in(folder("checks")):
        rows = store.query(query.text, default_graph=default_graphs(layers))
        for row in cast(ox.QuerySolutions, rows):
            messages.append(f"{query.name}: {cast(ox.Literal, row['message']).value}")
    return sorted(messages)


def _as_rdflib(triples: list[ox.Triple]) -> Graph:
    """Return triples of the store as a graph of rdflib."""
    graph = Graph()
    if triples:
        graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return graph
