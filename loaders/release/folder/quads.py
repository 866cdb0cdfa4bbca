"""The quads that only one of two releases has, and of which graphs and properties they are.

What is derived may differ where no source says anything else: by a rule that is another now.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from loaders.release.answers import table_of
from ontology.errors import UnreadableGraph, WrongUse
from ontology.identifiers import source_graph
from ontology.namespaces import GRAPH

_SOURCES = str(source_graph(""))
_TABLE = "graph", "property", "added", "removed"


@dataclass(frozen=True)
class GraphChange:
    """How many quads of one graph and property only the later release has, or the earlier."""

    graph: str
    property: str
    added: int
    removed: int


@dataclass(frozen=True)
class _Quad:
    """A line of N-Quads, with what it is sorted by in a release: its graph, then all of it."""

    graph: bytes
    line: bytes

    @property
    def place(self) -> tuple[bytes, bytes]:
        return self.graph, self.line


def graph_changes(old: Path, new: Path) -> list[GraphChange]:
    """Return how many quads only one of two releases has, by graph and property.

    Raises: UnreadableGraph for a file in no form of RDF with graphs, or with an error in it.
    """
    counted: Counter[tuple[str, str, bool]] = Counter()
    for quad, is_new in _apart(old, new):
        name = quad.line.split(b" ", 2)[1][1:-1]
        counted[quad.graph.decode(), name.decode(), is_new] += 1
    places = sorted({(graph, name) for graph, name, _ in counted})
    return [
        GraphChange(*place, added=counted[(*place, True)], removed=counted[(*place, False)])
        for place in places
    ]


def write_quads(old: Path, new: Path, folder: Path) -> tuple[int, int]:
    """Write the quads that only one of two releases has: `added.nq`, `removed.nq`.

    Out: how many were added, and how many removed.
    Raises: WrongUse for data that are no N-Quads.
    Guarantee: memory does not grow with data that are in the order of a release.
    """
    for path in (old, new):
        if path.suffix != ".nq":
            raise WrongUse(f"{path} is no file of N-Quads, of which the quads can be compared")
    folder.mkdir(parents=True, exist_ok=True)
    counted: Counter[bool] = Counter()
    with (folder / "added.nq").open("wb") as added, (folder / "removed.nq").open("wb") as removed:
        for quad, is_new in _apart(old, new):
            (added if is_new else removed).write(quad.line)
            counted[is_new] += 1
    return counted[True], counted[False]


def shown_graphs(changes: Sequence[GraphChange]) -> str:
    """Return as a table for a terminal what differs beside what sources state; nothing if all is.

    >>> shown_graphs([])
    ''
    """
    rows = [
        {
            "graph": one.graph.removeprefix(str(GRAPH)),
            "property": re.split("[#/]", one.property)[-1],
            "added": f"{one.added:,}",
            "removed": f"{one.removed:,}",
        }
        for one in changes
        if not one.graph.startswith(_SOURCES)
    ]
    if not rows:
        return ""
    return f"quads of what is derived and of reference data:\n{table_of(_TABLE, rows)}\n"


def _apart(old: Path, new: Path) -> Iterator[tuple[_Quad, bool]]:
    """Yield the quads that only one of two releases has, in order, and whether it is the later."""
    sides = _of_side(old, is_new=False), _of_side(new, is_new=True)
    for _, found in groupby(merge(*sides, key=itemgetter(0, 1)), itemgetter(0)):
        having = list(found)
        if len({is_new for _, is_new, _ in having}) == 1:
            _, is_new, quad = having[0]
            yield quad, is_new


def _of_side(path: Path, *, is_new: bool) -> Iterator[tuple[tuple[bytes, bytes], bool, _Quad]]:
    for quad in _in_order(path):
        yield quad.place, is_new, quad


def _in_order(path: Path) -> Iterable[_Quad]:
    """Return the quads of a file in order; only those that are not in order are held together."""
    is_sorted = path.suffix == ".nq" and all(
        one.place <= other.place for one, other in pairwise(_quads(path))
    )
    return _quads(path) if is_sorted else sorted(_quads(path), key=lambda quad: quad.place)


def _quads(path: Path) -> Iterator[_Quad]:
    if path.suffix == ".nq":
        with path.open("rb") as lines:
            for line in lines:
                yield _Quad(line.rsplit(b" ", 2)[1][1:-1], line)
        return
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None or not form.supports_datasets:
        raise UnreadableGraph(f"{path} has no graphs; expected .nq or .trig")
    for quad in ox.parse(path=path, format=form):
        graph = quad.graph_name
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        yield _Quad(name.encode(), f"{quad} .\n".encode())
