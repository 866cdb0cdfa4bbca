"""Add what follows from the resolved layer: inverses, wider classes, plain dates.

Queries do it and not a reasoner, so that each addition stands in a file that can be read.
"""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox

from loaders.dataset import RESOLVED, Layers, as_rdflib
from queries.catalogue import folder, queries_in
from queries.engine import DEFAULT_LAYERS


def derive(layers: Layers, store: ox.Store) -> None:
    """Add the results of every query in `queries/derive` to the resolved layer.

    In: the store holds the layers; both are changed.
    Guarantee: the queries run in order of their names and each sees the results of those before
    it, so that the order of the files matters and nothing else does.
    """
    resolved, graph_name = layers[RESOLVED], ox.NamedNode(str(RESOLVED))
    for query in queries_in(folder("derive")):
        result = store.query(query.text, default_graph=default_graphs(layers))
        triples = list(cast(ox.QueryTriples, result))
        store.extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph_name)
            for triple in triples
        )
        resolved += as_rdflib(triples)


def default_graphs(layers: Layers) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
    """Return the graphs that an analyst's query sees: ontology, reference and resolved layer."""
    return [ox.NamedNode(str(name)) for name in layers if str(name).startswith(DEFAULT_LAYERS)]


def failed_checks(layers: Layers, store: ox.Store) -> list[str]:
    """Return a message for each row that a query in `queries/checks` finds: none if all is well."""
    messages = []
    for query in queries_in(folder("checks")):
        rows = store.query(query.text, default_graph=default_graphs(layers))
        for row in cast(ox.QuerySolutions, rows):
            messages.append(f"{query.name}: {cast(ox.Literal, row['message']).value}")
    return sorted(messages)
