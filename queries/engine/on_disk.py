"""Make the store on disk of a dataset file, once for all services that use it."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ontology.errors import EngineFailed, InterventionsError, UnreadableGraph
from queries.engine.child import child_command, child_environment
from queries.engine.dataset import complete, load_dataset, unite

_MADE_OF = "made-of"
"""File in a store that has the hash of the data of which it was made, where that is known."""


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


def main(path: Path, folder: Path, *, is_release: bool, sha256: str) -> None:
    """Make a store, and say what was wrong if anything was."""
    draft = folder.with_name(f"{folder.name}.new")
    try:
        for old in (folder, draft):
            shutil.rmtree(old, ignore_errors=True)
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
