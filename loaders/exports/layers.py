"""The data of a release to be asked, in parts that memory has room for whatever the size.

What a query sees is one store, and stands in a file besides, each statement once. The layers of
sources are read a few at a time: whatever is said of a claim stands in the graph of its source. A
store of more than a bounded size is on the disk.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from queries.engine.interface import DEFAULT_LAYERS

_AT_ONCE_LINES = 4_096


@dataclass(frozen=True)
class Room:
    """How much of a release is held at once.

    In: layers of sources are read together up to `part_bytes`, a larger one by itself; a store of
    more than `memory_bytes` of data is on the disk, where `sorted_lines` are loaded at once, since
    they are sorted in memory.
    """

    part_bytes: int = 64 * 2**20
    memory_bytes: int = 256 * 2**20
    sorted_lines: int = 2**18


@dataclass(frozen=True)
class _Graph:
    """Where the lines of one graph stand in the data file, in bytes."""

    name: str
    start: int
    end: int

    @property
    def size_bytes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Layers:
    """The statements of a release.

    In: its data file; a file of the chosen values, sorted, each once; a store of these; the layers
    of sources; a folder for what is needed in passing.
    """

    file: Path
    chosen_file: Path
    store: ox.Store
    others: tuple[_Graph, ...]
    place: Path
    room: Room

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all statements, in the order of the data file."""
        yield from ox.parse(path=str(self.file), format=ox.RdfFormat.N_QUADS)

    def chosen(self) -> Iterator[ox.Triple]:
        """Yield what a query sees, sorted, each once."""
        for quad in ox.parse(path=str(self.chosen_file), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple

    def parts(self) -> Iterator[ox.Store]:
        """Yield the layers of sources, each of them whole in one store; the one before is gone."""
        for graphs in _batches(self.others, self.room.part_bytes):
            lines = (line for graph in graphs for line in _triples(self.file, graph))
            size_bytes = sum(graph.size_bytes for graph in graphs)
            with _store(lines, size_bytes, self.place, self.room) as store:
                yield store


@contextmanager
def read_layers(file: Path, chosen_file: Path, room: Room | None = None) -> Iterator[Layers]:
    """Give the statements of the data file of a release, and write the chosen ones to a file.

    In: a file sorted by graph, then by line, as that of every release is.
    """
    room = room or Room()
    graphs = list(_graphs(file))
    with chosen_file.open("wb") as lines:
        lines.writelines(_chosen_lines(file, filter(_is_chosen, graphs)))
    others = tuple(graph for graph in graphs if not _is_chosen(graph))
    with (
        tempfile.TemporaryDirectory(prefix=".layers-", dir=chosen_file.parent) as place,
        chosen_file.open("rb") as chosen,
        _store(chosen, chosen_file.stat().st_size, Path(place), room) as store,
    ):
        yield Layers(file, chosen_file, store, others, Path(place), room)


def solutions(store: ox.Store, query: str) -> Iterator[Sequence[Any]]:
    """Yield the solutions of a query."""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        yield tuple(solution)


def is_chosen(quad: ox.Quad) -> bool:
    """Return whether a quad is of the ontology, the reference or the resolved layer."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(DEFAULT_LAYERS)


def _is_chosen(graph: _Graph) -> bool:
    return graph.name.startswith(DEFAULT_LAYERS)


def _graphs(file: Path) -> Iterator[_Graph]:
    """Yield where each graph stands in the data file."""
    end = 0
    with file.open("rb") as lines:
        for name, found in groupby(lines, _graph_name):
            start, end = end, end + sum(map(len, found))
            yield _Graph(name.decode(), start, end)


def _graph_name(line: bytes) -> bytes:
    """Return the address of the graph of a line.

    >>> _graph_name(b"<x:s> <x:p> <x:o> <x:g> .")
    b'x:g'
    """
    return line.rsplit(b" ", 2)[1][1:-1]


def _triples(file: Path, graph: _Graph) -> Iterator[bytes]:
    """Yield the lines of a graph without its name; without it too they are in order."""
    dropped = len(f"<{graph.name}> .\n".encode())
    with file.open("rb") as lines:
        lines.seek(graph.start)
        place = graph.start
        for line in lines:
            if place >= graph.end:
                return
            place += len(line)
            yield line[:-dropped] + b".\n"


def _chosen_lines(file: Path, graphs: Iterable[_Graph]) -> Iterator[bytes]:
    """Yield the lines of some graphs as those of one."""
    for line, _ in groupby(merge(*(_triples(file, graph) for graph in graphs))):
        yield line


def _batches(graphs: Iterable[_Graph], part_bytes: int) -> Iterator[list[_Graph]]:
    """Yield graphs to be read together."""
    found: list[_Graph] = []
    for graph in graphs:
        if found and sum(one.size_bytes for one in (*found, graph)) > part_bytes:
            yield found
            found = []
        found.append(graph)
    if found:
        yield found


class _Reader:
    """Lines as the file that a store is loaded from."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._waiting = b""

    def read(self, most: int = -1) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        if not self._waiting:
            self._waiting = b"".join(islice(self._lines, _AT_ONCE_LINES))
        most = len(self._waiting) if most < 0 else most
        part, self._waiting = self._waiting[:most], self._waiting[most:]
        return part


@contextmanager
def _store(lines: Iterable[bytes], size_bytes: int, place: Path, room: Room) -> Iterator[ox.Store]:
    """Give a store of some lines of N-Triples; one on the disk is gone afterwards."""
    waiting = iter(lines)
    if size_bytes <= room.memory_bytes:
        store = ox.Store()
        _load(store, waiting)
        yield store
        return
    folder = Path(tempfile.mkdtemp(dir=place))
    store = ox.Store(str(folder))
    while some := list(islice(waiting, room.sorted_lines)):
        _load(store, iter(some))
    try:
        yield store
    finally:
        del store
        shutil.rmtree(folder, ignore_errors=True)


def _load(store: ox.Store, lines: Iterator[bytes]) -> None:
    reader: Any = _Reader(lines)
    store.bulk_load(reader, ox.RdfFormat.N_TRIPLES)
