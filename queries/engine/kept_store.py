"""Stores on disk of releases that were asked before, so that the next question need not load one.

They stand outside the releases, each under the hash of its data; to lose one costs time alone.
"""

import contextlib
import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from ontology.checksums import hash_and_lines
from ontology.errors import UnreadableGraph
from queries.engine.child import child_command, child_environment, step_back
from queries.engine.dataset import complete, load_dataset

_LIST = "made-of"
"""File in a store that tells of which file it was made, and how large its own files are."""
_DRAFT = ".new"
_LOCK = "lock"
_QUICKLY = 1
"""How much an answer is packed: to be read soon, and with a sum that shows damage."""
_YIELDS_BY = 10
"""How far the making of a store stands back behind what somebody waits for."""
_ANSWER = ".answer.gz"
_TRIED = ".tried"
_BEGUN, _ENDED = "begun", "ended"
"""Lines of a mark: that a making has begun, and that it has ended without a store."""
_AGAIN_AFTER_S = 24 * 3600.0
"""How long nothing is made of data of which the making did not end well."""
_MOST_CUT_SHORT = 3
"""How often a making may be cut short, as by whoever ends it, before it is left for that long."""


@dataclass(frozen=True)
class KeptStores:
    """The stores in a folder: at most so many, those that were asked last.

    Guarantee: of 0 none is made, and none that is there is asked.
    """

    folder: Path
    most: int

    def opened(self, data: Path, sha256: str) -> ox.Store | None:
        """Return the store of a data file as it is now, to be read only; None if there is none.

        In: the hash that the data has by its manifest.
        """
        place = self._place(sha256)
        if not self._is_made_of(place, data):
            return None
        try:
            store = ox.Store.read_only(str(place))
            # What names the graphs is looked into here, where damage means that there is no store.
            next(store.named_graphs(), None)
        except (OSError, RuntimeError):
            return None
        with contextlib.suppress(OSError):
            os.utime(place)
        return store

    def answered(self, data: Path, sha256: str, question: str, make: Callable[[], bytes]) -> bytes:
        """Return an answer that was kept beside the store of some data, or make and keep it.

        In: the text of a question that is asked often and never otherwise.
        Guarantee: what is damaged is made anew; without a store of the data nothing is kept.
        """
        place = self._place(sha256)
        path = place / f"{hashlib.sha256(question.encode()).hexdigest()}{_ANSWER}"
        if not self._is_made_of(place, data):
            return make()
        with contextlib.suppress(OSError, EOFError, zlib.error):
            return gzip.decompress(path.read_bytes())
        answer = make()
        with contextlib.suppress(OSError):
            with tempfile.NamedTemporaryFile(dir=place, delete=False) as draft:
                draft.write(gzip.compress(answer, _QUICKLY))
            Path(draft.name).replace(path)
        return answer

    def _is_made_of(self, place: Path, data: Path) -> bool:
        """Return whether a store is there to be asked, whole, made of a data file as it is now."""
        try:
            return self.most > 0 and (place / _LIST).read_text(encoding="utf-8") == _told(
                place, data
            )
        except OSError:
            return False

    def discard(self, sha256: str) -> None:
        """Remove the store of some data, which cannot be read."""
        shutil.rmtree(self._place(sha256), ignore_errors=True)

    def keep_later(self, data: Path, sha256: str) -> subprocess.Popen[bytes] | None:
        """Begin to make the store of a data file, in a process that this one does not wait for.

        Out: none where no store shall be, where one is being made of that data, or where one could
        not be made lately: it takes a gibibyte and half a minute, which is not to be lost with
        every question. A making that was cut short is begun again, a few times.
        """
        if self.most < 1:
            return None
        arguments = str(self.folder.resolve()), str(self.most), str(data.resolve()), sha256
        try:
            self._open_folder()
            with self._mark(sha256).open("a+", encoding="utf-8") as mark:
                if not _may_begin(mark, _version(data)):
                    return None
                # The maker has the mark open, and with it the lock on it, until it is gone.
                return subprocess.Popen(
                    child_command(__name__, *arguments),
                    env=child_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    pass_fds=[mark.fileno()],
                )
        except OSError:
            # Where no mark can be left there is no room for a store either.
            return None

    def note_end(self, sha256: str) -> None:
        """Note that a making has ended, unless there is a store, whose mark is gone."""
        mark = self._mark(sha256)
        if mark.exists():
            with mark.open("a", encoding="utf-8") as file:
                file.write(f"{_ENDED}\n")

    def keep(self, data: Path, sha256: str) -> None:
        """Make the store of a data file, unless another process is at it or there is one.

        Guarantee: a store that is there is whole; what differs from its hash is not kept.
        Raises: OSError, for example for want of room; UnreadableGraph.
        """
        with self._only_maker() as is_alone:
            if not is_alone:
                # It has not been tried: with the next question it may be.
                self._mark(sha256).unlink(missing_ok=True)
                return
            if self.opened(data, sha256) is not None:
                self._mark(sha256).unlink(missing_ok=True)
                return
            for left in self.folder.glob(f"*{_DRAFT}"):
                shutil.rmtree(left, ignore_errors=True)
            draft = self.folder / f"{sha256}{_DRAFT}"
            try:
                self._make(data, sha256, draft)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            self._prune()

    def _make(self, data: Path, sha256: str, draft: Path) -> None:
        before = _version(data)
        store = complete(load_dataset(data, is_release=True, into=draft))
        store.flush()
        # Only one process may have it open for writing, and none while others read.
        del store
        if hash_and_lines(data)[0] != sha256 or _version(data) != before:
            return
        (draft / _LIST).write_text(_told(draft, data), encoding="utf-8")
        self.discard(sha256)
        draft.rename(self._place(sha256))
        os.utime(self._place(sha256))
        self._mark(sha256).unlink(missing_ok=True)

    def _prune(self) -> None:
        """Remove all stores but those that were asked last."""
        places = [place for place in self.folder.iterdir() if (place / _LIST).is_file()]
        for place in sorted(places, key=lambda one: -one.stat().st_mtime_ns)[self.most :]:
            shutil.rmtree(place, ignore_errors=True)

    def _place(self, sha256: str) -> Path:
        """Return where the store of some data is; another version of the engine has another."""
        return self.folder / f"{sha256}-{ox.__version__}"

    def _mark(self, sha256: str) -> Path:
        """Return where it is noted that the making of a store has begun, until that ends well."""
        return self.folder / f"{self._place(sha256).name}{_TRIED}"

    def _open_folder(self) -> None:
        # What is found in it is believed, so nobody else may put anything there.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextlib.contextmanager
    def _only_maker(self) -> Iterator[bool]:
        """Tell whether this process alone makes stores in the folder, for as long as it does."""
        self._open_folder()
        with (self.folder / _LOCK).open("w") as lock:
            try:
                # The kernel gives the lock back when its holder ends, however that ends.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True


def cache_folder() -> Path:
    """Return the folder in which this platform lets programs keep what they can make anew.

    Out: one in which nothing can be kept, for a user who has no home.
    """
    try:
        home = Path.home()
    except RuntimeError:
        home = Path(os.devnull)
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "council-interventions"
    given = os.environ.get("XDG_CACHE_HOME", "")
    # What is not absolute is to be taken as not given (XDG Base Directory Specification).
    base = Path(given) if given.startswith("/") else home / ".cache"
    return base / "council-interventions"


def _told(place: Path, data: Path) -> str:
    """Return what says that a store is whole, and made of a file that is as it was."""
    files = sorted(path for path in place.iterdir() if path.suffix == ".sst")
    sizes = [f"{path.name} {path.stat().st_size}" for path in files]
    return "\n".join([_version(data), *sizes])


def _version(data: Path) -> str:
    status = data.stat()
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _may_begin(mark: TextIO, version: str) -> bool:
    """Return whether a store may be made of a version of some data now, and note that it is begun.

    Guarantee: this process alone may, for as long as it or a child of it has the mark open.
    """
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    mark.seek(0)
    noted = mark.read().splitlines()
    is_fresh = time.time() - os.fstat(mark.fileno()).st_mtime < _AGAIN_AFTER_S
    if not is_fresh or noted[:1] != [version]:
        noted = [version]
    if _ENDED in noted or noted.count(_BEGUN) >= _MOST_CUT_SHORT:
        return False
    mark.truncate(0)
    mark.write("\n".join([*noted, _BEGUN, ""]))
    mark.flush()
    return True


def main(folder: str, most: str, data: str, sha256: str) -> None:
    """Make a store in the background; what hinders it is met again, and told, by who asks next."""
    step_back(_YIELDS_BY)
    stores = KeptStores(Path(folder), int(most))
    with contextlib.suppress(OSError, UnreadableGraph):
        stores.keep(Path(data), sha256)
    with contextlib.suppress(OSError):
        stores.note_end(sha256)


if __name__ == "__main__":
    main(*sys.argv[1:])
