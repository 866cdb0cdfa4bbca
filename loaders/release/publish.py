"""Publish a release into a remote store: graph by graph, checked, and switched to last.

The graphs of a release stand under names of that release alone, so nothing that is being loaded is
ever asked; one triple in a graph of its own says which release is current, and it is written when
everything else is there and counted. The release before stays until the next one is published.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rdflib import Literal

from data.releases import DATA_FILE, read_manifest
from loaders.release.remote_store import RemoteStore
from ontology.errors import EngineFailed, ReleaseRefused
from ontology.namespaces import BASE, GRAPH
from queries.engine.interface import DEFAULT_LAYERS
from queries.remote.lookup import COUNTED, DESCRIPTION, ask_rows, current_identifier, described
from queries.remote.release import CURRENT_VERSION, POINTER, RELEASES, home_of, merged_graphs

Report = Callable[[int], None]
"""Takes how many bytes of the work have been done since it was told last."""
Line = tuple[str, bytes]
"""A triple as a line of N-Triples, and the graph that it is in."""
_PASSES = 3
"""How often the data is read: graph by graph, as the default graph, and as everything."""

_PART_CHARACTERS = 8_000
"""Length of a part of the description. Virtuoso takes for Turtle what is a whole statement within
its first 64 KiB; a character may take twelve bytes when it is written."""


@dataclass(frozen=True)
class PublicationResult:
    """What a publication did."""

    identifier: str
    graphs: int
    skipped: int
    removed: int


class _Journal:
    """Which graphs are loaded and counted, in a file beside the releases, for the next attempt."""

    def __init__(self, release: Path, url: str) -> None:
        store = hashlib.sha256(url.encode()).hexdigest()[:12]
        self._path = release.parent / f".published-{release.name}-{store}.json"
        self.done: dict[str, int] = {}
        if self._path.is_file():
            self.done = json.loads(self._path.read_text(encoding="utf-8"))

    def note(self, graph: str, count: int) -> None:
        self.done[graph] = count
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(self.done, indent=1), encoding="utf-8")
        draft.replace(self._path)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


class _Publication:
    """One attempt to publish a release."""

    def __init__(self, release: Path, target: RemoteStore, report: Report) -> None:
        self._data = release / DATA_FILE
        self._manifest = read_manifest(release)
        self._target = target
        self._report = report
        self._journal = _Journal(release, target.endpoint.url)
        self._skipped = 0

    def run(self) -> PublicationResult:
        """Load what is not loaded yet, check it, switch, and remove what is older than the last.

        Raises: EngineFailed for a store that fails or has other counts; ReleaseRefused.
        """
        identifier = self._manifest["id"]
        former = current_identifier(self._target.endpoint)
        if former == identifier:
            # Services answer from these graphs: what is whole is not written again.
            self._journal.done = dict(described(self._target.endpoint, identifier).counts)
        names: list[str] = []
        for graph, lines in groupby(self._lines(), key=lambda line: line[0]):
            if graph in names:
                raise ReleaseRefused(f"{self._data}: the lines of <{graph}> are not together")
            names.append(graph)
            self._load(graph.replace(str(GRAPH), home_of(identifier)), lines)
        default, everything = merged_graphs(identifier)
        layers = (line for line in self._lines() if line[0].startswith(DEFAULT_LAYERS))
        self._load(default, _each_once(layers))
        self._load(everything, _each_once(self._lines()))
        self._describe(names)
        pointer = f"<{BASE}> <{CURRENT_VERSION}> <{RELEASES}{identifier}> .\n"
        self._target.writer.replace(POINTER, [pointer.encode()])
        self._check(POINTER, 1)
        self._journal.forget()
        removed = self._tidy({identifier, former or identifier})
        return PublicationResult(identifier, len(names), self._skipped, removed)

    def _lines(self) -> Iterator[Line]:
        with self._data.open("rb") as file:
            for line in file:
                self._report(len(line))
                triple, graph, _ = line.rsplit(b" ", 2)
                if triple.startswith(b"_:") or b" _:" in triple[-120:].rpartition(b'"')[2]:
                    raise ReleaseRefused(
                        f"{self._data}: a blank node cannot be loaded in pieces: {line[:200]!r}"
                    )
                yield graph[1:-1].decode(), triple + b" .\n"

    def _load(self, graph: str, lines: Iterable[Line]) -> None:
        """Load a graph in pieces and count it, unless that was done before and still holds."""
        done = self._journal.done.get(graph)
        if done is not None and self._count(graph) == done:
            self._skipped += 1
            for _ in lines:
                pass
            return
        count = 0
        write = self._target.writer.replace
        for piece in _pieces(lines, self._target.writer.piece_bytes):
            write(graph, piece)
            write = self._target.writer.add
            count += len(piece)
        self._check(graph, count)
        self._journal.note(graph, count)

    def _describe(self, names: list[str]) -> None:
        """Write what the release says of itself, for the services that will answer from it."""
        manifest = self._manifest
        description = {
            "id": manifest["id"],
            "built_at": manifest["built_at"],
            "graphs": sorted(names),
        }
        description["figures"] = manifest.get("figures", [])
        description["counts"] = self._journal.done
        name = f"{RELEASES}{manifest['id']}"
        lines = list(_description_lines(name, json.dumps(description, ensure_ascii=False)))
        self._target.writer.replace(name, lines)
        self._check(name, len(lines))

    def _check(self, graph: str, expected: int) -> None:
        """Check that the store holds as many triples in a graph as were sent."""
        counted = self._count(graph)
        if counted != expected:
            raise EngineFailed(
                f"<{graph}>: {expected:,} triples were sent, and the store counts {counted:,}; "
                "the release before stays current. Run the command again, or see whether "
                "somebody else writes into this store"
            )

    def _count(self, graph: str) -> int:
        text = f"SELECT (COUNT(*) AS ?count) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        rows = ask_rows(self._target.endpoint, text)
        return int(rows[0]["count"]["value"])

    def _tidy(self, identifiers: set[str]) -> int:
        """Remove the graphs of all releases but these and return how many there were."""
        homes = tuple(f"{RELEASES}{identifier}" for identifier in identifiers)
        rows = ask_rows(self._target.endpoint, COUNTED)
        old = [row["graph"]["value"] for row in rows]
        old = [name for name in old if name.startswith(RELEASES) and not name.startswith(homes)]
        for graph in old:
            self._target.writer.remove(graph)
        return len(old)


def work_bytes(release: Path) -> int:
    """Return how much work it is to publish a release."""
    return _PASSES * (release / DATA_FILE).stat().st_size


def publish(release: Path, target: RemoteStore, report: Report) -> PublicationResult:
    """Publish a release and switch to it; an attempt that was broken off is continued.

    Guarantee: until the last step, services go on with the release before.
    Raises: NoRelease, EngineFailed, ReleaseRefused.
    """
    return _Publication(release, target, report).run()


def _description_lines(name: str, text: str) -> Iterator[bytes]:
    """Yield the triples of a release's description, whose parts read in order give the text."""
    for number, begin in enumerate(range(0, len(text), _PART_CHARACTERS)):
        part = Literal(text[begin : begin + _PART_CHARACTERS]).n3()
        yield f"<{name}/description/{number:04}> <{DESCRIPTION}> {part} .\n".encode()


def _each_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield each triple the first time it comes, whatever the graph."""
    seen: set[bytes] = set()
    for graph, triple in lines:
        mark = hashlib.blake2b(triple, digest_size=12).digest()
        if mark not in seen:
            seen.add(mark)
            yield graph, triple


def _pieces(lines: Iterable[Line], limit_bytes: int) -> Iterator[list[bytes]]:
    piece: list[bytes] = []
    size = 0
    for _, triple in lines:
        piece.append(triple)
        size += len(triple)
        if size >= limit_bytes:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
