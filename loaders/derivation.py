"""Add what follows from the resolved layer: inverses, wider classes, plain dates.

Queries do it and not a reasoner, so that each addition stands in a file that can be read.
"""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox

from loaders.dataset import RESOLVED, Layers
from queries.catalogue import folder, queries_in


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
