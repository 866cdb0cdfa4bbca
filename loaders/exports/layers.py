"""The data of a release to be asked: what a query sees, and what the layers of sources add to it.

What a query sees stands in a file besides, each statement once: in memory it would be a fifth of
all that an export needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from queries.engine.interface import DEFAULT_LAYERS

_OTHERS = ox.NamedNode("urn:x-layers:others")


@dataclass(frozen=True)
class Layers:
    """The statements of a release.

    In: its data file; a file of the chosen values, sorted, each once; and a store whose default
    graph has these, and one named graph the rest.
    """

    file: Path
    chosen_file: Path
    store: ox.Store

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all statements, in the order of the data file."""
        yield from ox.parse(path=str(self.file), format=ox.RdfFormat.N_QUADS)

    def chosen(self) -> Iterator[ox.Triple]:
        """Yield what a query sees, sorted, each once."""
        for quad in ox.parse(path=str(self.chosen_file), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple

    def solutions(self, query: str, *, reads_all: bool) -> Iterator[Sequence[Any]]:
        """Yield the solutions of a query to the chosen values, or to all layers as one graph."""
        found = self.store.query(query, use_default_graph_as_union=reads_all)
        assert isinstance(found, ox.QuerySolutions)
        for solution in found:
            yield tuple(solution)

    def values(self, name: str) -> dict[str, str]:
        """Return the value of a property by thing, in any layer; of several, the first."""
        found: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(name), None, None):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                thing, value = quad.subject.value, quad.object.value
                found[thing] = min(value, found.get(thing, value))
        return found


def read_layers(file: Path, chosen_file: Path) -> Layers:
    """Return the statements of the data file of a release, and write the chosen ones to a file."""
    store, chosen = ox.Store(), set[str]()

    def as_stored() -> Iterator[ox.Quad]:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
            triple = quad.triple
            if is_chosen(quad):
                chosen.add(f"{triple} .\n")
                yield ox.Quad(triple.subject, triple.predicate, triple.object)
            else:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, _OTHERS)

    store.bulk_extend(as_stored())
    with chosen_file.open("w", encoding="utf-8") as lines:
        lines.writelines(sorted(chosen))
    return Layers(file, chosen_file, store)


def is_chosen(quad: ox.Quad) -> bool:
    """Return whether a quad is of the ontology, the reference or the resolved layer."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(DEFAULT_LAYERS)
