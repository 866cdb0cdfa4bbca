"""Make the store on disk of a dataset file, once for all services that use it."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from ontology.errors import EngineFailed, InterventionsError, UnreadableGraph
from queries.engine.child import child_command, child_environment
from queries.engine.dataset import complete, load_dataset, unite
from queries.engine.interface import DEFAULT_LAYERS, EVERYTHING

_MADE_OF = "made-of"
"""File in a store that has the hash of the data of which it was made, where that is known."""
_READ_AT_ONCE_BYTES = 2**20
_LAYERS = tuple(f"<{name}".encode() for name in DEFAULT_LAYERS)
_IN_ALL = f"<{EVERYTHING}> .\n".encode()
_QUAD = re.compile(rb'(\S+ \S+ (?:<[^>]*>|_:\S+|".*"(?:@\S+|\^\^<[^>]*>)?) )(<[^>]*>) \.\n')
"""Subject, property and value, which a graph follows."""


def store_on_disk(path: Path, *, is_release: bool = False, sha256: str = "") -> Path:
    """Return the folder of a complete store on disk of a dataset file, beside it, made if need be.

    In: the hash of the file, where it is known: a store that was made of that data is taken as it
    is, and nothing is written, so that it may stand where nothing can be.
    Guarantee: a store that is there is whole, for it is made under another name; of several
    services that need it at once, one makes it and the others wait.
    Raises: UnreadableGraph; EngineFailed if the making is cut short.
    """
    folder = path.with_suffix(".store")
    if _is_made_of(folder, path, sha256):
        return folder
    with path.with_suffix(".store.lock").open("w") as lock:
        # The kernel gives the lock back when its holder ends, however that ends.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_made_of(folder, path, sha256):
            _make_beside(path, folder, is_release=is_release, sha256=sha256)
    return folder


def _is_made_of(folder: Path, path: Path, sha256: str) -> bool:
    """Return whether there is a store of that data, or one made after the file was last written."""
    if sha256:
        mark = folder / _MADE_OF
        return mark.is_file() and mark.read_text(encoding="ascii") == sha256
    return folder.is_dir() and folder.stat().st_mtime >= path.stat().st_mtime


def _make_beside(path: Path, folder: Path, *, is_release: bool, sha256: str) -> None:
    """Make a store in a process of its own.

    The store has threads that write in the background. A process that forks workers must not have
    had any: what they held locked at that moment would stay locked in the worker.
    """
    arguments = str(path), str(folder), str(int(is_release)), sha256
    made = subprocess.run(
        child_command("queries.engine.on_disk", *arguments),
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    if made.stdout:
        raise UnreadableGraph(made.stdout.decode().strip())
    if made.returncode:
        raise EngineFailed(f"{folder.name}: the process that made it was killed")


class _UnitedLines:
    """The lines of a release, with those of its default graph and of its graph of everything.

    All at once they are loaded in three fifths of the time that one after the other takes, in which
    what was written would be read again.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = BytesIO()

    def read(self, most: int = -1) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        while not (part := self._waiting.read(most)):
            lines = self._file.readlines(_READ_AT_ONCE_BYTES)
            if not lines:
                return b""
            self._waiting = BytesIO(b"".join(_with_copies(lines)))
        return part


def _with_copies(lines: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield each line, and what it adds to the graphs that hold the content of others.

    >>> list(_with_copies([b"<a:s> <a:p> _:o .\n", b'<a:s> <a:p> "<a:b> ." <a:g> .\n']))[2:]
    [b'<a:s> <a:p> "<a:b> ." <https://w3id.org/council-interventions/graph/all> .\n']
    """
    for line in lines:
        yield line
        quad = _QUAD.fullmatch(line)
        if quad is not None:
            yield quad[1] + _IN_ALL
            if quad[2].startswith(_LAYERS):
                yield quad[1] + b".\n"


def load_united(path: Path, into: Path) -> ox.Store:
    """Return a store on disk of the N-Quads of a release, its default graph and all graphs as one.

    It holds what `unite(complete(load_dataset(...)))` gives.
    Raises: UnreadableGraph, naming the file.
    """
    store = ox.Store(str(into))
    try:
        with path.open("rb") as file:
            lines: Any = _UnitedLines(file)
            store.bulk_load(lines, ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError) as error:
        raise UnreadableGraph(f"{path.name}: {error}") from None
    return store


def _has_layers(path: Path) -> bool:
    """Return whether a file of N-Quads has graphs that make up the default graph of a release."""
    if path.suffix != ".nq":
        return False
    with path.open("rb") as file:
        quads = map(_QUAD.fullmatch, file)
        return any(quad is not None and quad[2].startswith(_LAYERS) for quad in quads)


def main(path: Path, folder: Path, *, is_release: bool, sha256: str) -> None:
    """Make a store, and say what was wrong if anything was."""
    draft = folder.with_name(f"{folder.name}.new")
    try:
        for old in (folder, draft):
            shutil.rmtree(old, ignore_errors=True)
        if is_release and _has_layers(path):
            store = load_united(path, draft)
        else:
            store = unite(complete(load_dataset(path, is_release=is_release, into=draft)))
        store.flush()
        store.optimize()
        # Only one process may have it open for writing, and none while others read.
        del store
        (draft / _MADE_OF).write_text(sha256, encoding="ascii")
        draft.rename(folder)
        # A folder is as old as its last change, which is not that of the files in it.
        os.utime(folder)
    except (InterventionsError, OSError) as error:
        print(error)


if __name__ == "__main__":
    given_path, given_folder, flag, made_of = sys.argv[1:]
    main(Path(given_path), Path(given_folder), is_release=bool(int(flag)), sha256=made_of)
