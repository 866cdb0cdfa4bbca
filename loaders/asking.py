"""Ask the layers of a release a query while it is being made."""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox

from loaders.dataset import Layers
from ontology.identifiers import short
from queries.catalogue import CatalogueQuery, internal_query

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
