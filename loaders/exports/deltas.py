"""What changed from each release to the next: quads to replay, and statements to read.

A release has the deltas of all releases that led to it, so that whoever has an earlier one can go
on from there. The data of a release are sorted by graph, then by line: that order is all that is
needed to replay them byte for byte.
"""

import csv
import gzip
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path

from data.releases import CURRENT, DATA_FILE
from loaders.exports.compression import gzip_file
from loaders.exports.rdf import link_or_copy
from loaders.release.folder.differences import (
    CORRECTED,
    NEW,
    WITHDRAWN,
    StatementChange,
    changes_between,
    read_statements,
)
from loaders.release.folder.quads import write_quads
from ontology.checksums import hash_and_lines
from queries.tables.files import DELTAS_FOLDER, EXPORTS_FOLDER

_INDEX = "index.csv"
_OPERATIONS: Mapping[str, str] = {NEW: "ADD", CORRECTED: "MOD", WITHDRAWN: "DEL"}
_STATEMENT = "operation", "subject", "property", "before", "after", "source", "claim", "replaces"
_QUADS = "added", "removed"


@dataclass(frozen=True)
class Delta:
    """A step from one release to the next.

    In: the identifiers of both, the hashes of their data, and how many quads were added and
    removed.
    """

    before: str
    after: str
    before_sha256: str
    after_sha256: str
    added: int
    removed: int

    @property
    def name(self) -> str:
        """How the names of its files begin."""
        return f"{self.before}-{self.after}"


_COLUMNS = tuple(field.name for field in fields(Delta))


def write_deltas(before: Path | None, release: Path, folder: Path) -> list[Delta]:
    """Write the deltas that lead to a release into the folder of its export, and return them.

    In: the release before, if there is one; its own deltas are taken over.
    Raises: OSError.
    """
    place = folder / DELTAS_FOLDER
    place.mkdir()
    found: list[Delta] = []
    if before is not None and before.name not in (release.name, CURRENT):
        found = [*_taken_over(before, release, place), _step(before, release, place)]
    _write(place / _INDEX, _COLUMNS, map(asdict, found))
    return found


def read_index(folder: Path) -> list[Delta]:
    """Return the deltas of the folder of an export, the first first."""
    path = folder / DELTAS_FOLDER / _INDEX
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Delta(old, new, old_hash, new_hash, int(added), int(removed))
            for old, new, old_hash, new_hash, added, removed in islice(csv.reader(rows), 1, None)
        ]


def replay(data: bytes, deltas: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the data that some deltas lead to.

    In: the data of the first release; of each step the quads that were added and removed.
    """
    lines: set[bytes] = set(data.splitlines(keepends=True))
    for added, removed in deltas:
        lines.difference_update(removed.splitlines(keepends=True))
        lines.update(added.splitlines(keepends=True))
    in_order: list[bytes] = sorted(lines, key=_place)
    return b"".join(in_order)


def quads_of(folder: Path, delta: Delta) -> tuple[bytes, bytes]:
    """Return the quads that a step adds and removes."""
    place = folder / DELTAS_FOLDER
    added, removed = (
        gzip.decompress((place / f"{delta.name}.{name}.nq.gz").read_bytes()) for name in _QUADS
    )
    return added, removed


def _place(line: bytes) -> tuple[bytes, bytes]:
    """Return by what lines are sorted: the address of the graph, which stands last, then all.

    >>> _place(b"<x:s> <x:p> <x:o> <x:g> .")[0]
    b'x:g'
    """
    return line.rsplit(b" ", 2)[1][1:-1], line


def _taken_over(before: Path, release: Path, place: Path) -> Iterator[Delta]:
    """Link the deltas of the release before; none if this release is one of those they lead to."""
    known = read_index(before / EXPORTS_FOLDER)
    if any(release.name in (one.before, one.after) for one in known):
        return
    for delta in known:
        for path in sorted((before / EXPORTS_FOLDER / DELTAS_FOLDER).glob(f"{delta.name}.*")):
            link_or_copy(path, place / path.name)
        yield delta


def _step(before: Path, release: Path, place: Path) -> Delta:
    """Write the delta from one release to another."""
    old, new = before / DATA_FILE, release / DATA_FILE
    with tempfile.TemporaryDirectory(dir=place) as plain:
        added, removed = write_quads(old, new, Path(plain))
        hashes = hash_and_lines(old)[0], hash_and_lines(new)[0]
        delta = Delta(before.name, release.name, *hashes, added, removed)
        for name in _QUADS:
            gzip_file(Path(plain) / f"{name}.nq", place / f"{delta.name}.{name}.nq.gz")
        gone, come = (read_statements(Path(plain) / f"{name}.nq") for name in reversed(_QUADS))
    rows = (_row(change) for change in changes_between(gone, come))
    _write(place / f"{delta.name}.statements.csv", _STATEMENT, rows)
    return delta


def _row(change: StatementChange) -> dict[str, str]:
    told = asdict(change)
    named = {"operation": _OPERATIONS[change.kind], "subject": change.thing}
    return named | {name: told[name] for name in _STATEMENT if name not in named}


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
