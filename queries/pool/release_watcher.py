"""Watch the data that is to be served: load what is new beside what is old, then switch."""

import json
import logging
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from ontology.errors import DamagedRelease, InterventionsError, NoRelease
from queries.engine.fingerprint import Fingerprint
from queries.engine.limits import QueryLimits
from queries.pool.fork_server import Task
from queries.pool.isolation import Isolation
from queries.pool.supervisor import Supervisor

_ANNOUNCEMENT = "running.json"
LOOK_EVERY_S = 0.5
_ENDING_S = 10.0
_CHANGING_S = 10.0
"""How long the server processes may take to open what is new, beside the time of their queries."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """The data to serve: an N-Quads or TriG file, or the folder of a store on disk."""

    path: Path
    is_release: bool = False
    is_on_disk: bool = False
    fingerprint: Fingerprint | None = None


class _FoundData(Protocol):
    @property
    def path(self) -> Path: ...

    @property
    def is_release(self) -> bool: ...

    @property
    def sha256(self) -> str | None: ...

    @property
    def quads(self) -> int | None: ...

    @property
    def version(self) -> str: ...


def source_of(data: _FoundData, store: str) -> Source:
    """Return the source for what was found to serve, and for where its store is to be."""
    fingerprint = None
    if data.sha256 is not None and data.quads is not None:
        fingerprint = Fingerprint(data.sha256, data.quads, data.version)
    return Source(data.path, data.is_release, store == "disk", fingerprint)


@dataclass(frozen=True)
class Running:
    """A dataset that is loaded, the socket of its fork server, and which load it is.

    In: `load` grows by one whenever the dataset has been loaded again; workers of the load before
    still answer, but share no memory with those of the new one.
    """

    source: Source
    orders: Path
    load: int = 1
    isolation: Isolation | None = None


class ReleaseWatcher:
    """Keeps the processes for the newest data, and announces them in a folder of its own.

    Guarantee: what is announced is loaded; those who still use what was announced before have some
    seconds more than twice the time of a query to change over.
    """

    def __init__(self, find: Callable[[], Source], limits: QueryLimits) -> None:
        self._find = find
        self._limits = limits
        self.folder = Path(tempfile.mkdtemp(prefix="interventions-engine-"))
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._source: Source | None = None
        self._refused: Source | None = None
        self._complaint = ""
        self._supervisor: Supervisor | None = None
        self._running: Running | None = None
        self._announcing = threading.Lock()

    def start(self) -> None:
        """Load what there is now, and look for newer data from then on.

        Raises: NoRelease, UnreadableGraph, EngineFailed.
        """
        is_started = False
        try:
            self._change(self._find())
            is_started = True
        finally:
            if not is_started:
                shutil.rmtree(self.folder, ignore_errors=True)
        if self.isolation is not None:
            for words in self.isolation.missing():
                log.warning(words)
        self._thread.start()

    @property
    def isolation(self) -> Isolation | None:
        """Return what the processes that run queries have given up, once they are there."""
        return None if self._running is None else self._running.isolation

    def stop(self) -> None:
        """End every process."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_ENDING_S)
        if self._supervisor is not None:
            self._supervisor.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _change(self, source: Source) -> Supervisor | None:
        task = Task(
            str(source.path),
            source.is_release,
            source.is_on_disk,
            source.fingerprint,
            self._limits,
            orders=0,
            lifeline=0,
            alive=0,
        )
        supervisor = Supervisor(task, self._loaded_again, self.folder)
        supervisor.start()
        former, self._supervisor, self._source = self._supervisor, supervisor, source
        with self._announcing:
            self._running = Running(source, supervisor.address, isolation=supervisor.isolation)
            _announce(self.folder, self._running)
        return former

    def _loaded_again(self) -> None:
        """Announce that another process holds the dataset now."""
        with self._announcing:
            if self._running is not None and not self._stopping.is_set():
                self._running = replace(self._running, load=self._running.load + 1)
                _announce(self.folder, self._running)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            try:
                newest = self._find()
            except DamagedRelease as error:
                self._complain(str(error))
                continue
            except NoRelease:
                # While a release is being replaced there may be none for a moment.
                continue
            self._complaint = ""
            if newest in (self._source, self._refused):
                continue
            try:
                former = self._change(newest)
            except (InterventionsError, OSError) as error:
                # What cannot be read is no reason to stop serving what can.
                self._refused = newest
                if not self._stopping.is_set():
                    log.error("not served, the data before it still is: %s: %s", newest.path, error)
                continue
            self._refused = None
            if former is not None:
                self._stopping.wait(2 * self._limits.query_s + _CHANGING_S)
                former.stop()

    def _complain(self, words: str) -> None:
        """Log, once, why the newest release is not served."""
        if words != self._complaint:
            log.error("not served, the data before it still is: %s", words)
        self._complaint = words


def _announce(folder: Path, running: Running) -> None:
    draft = folder / f"{_ANNOUNCEMENT}.new"
    source = running.source
    fields = [
        str(source.path),
        source.is_release,
        source.is_on_disk,
        None if source.fingerprint is None else asdict(source.fingerprint),
        str(running.orders),
        running.load,
        None if running.isolation is None else asdict(running.isolation),
    ]
    draft.write_text(json.dumps(fields), encoding="utf-8")
    draft.replace(folder / _ANNOUNCEMENT)


def announced(folder: Path) -> Running:
    """Return what is loaded, as the folder of a watcher announces it."""
    path, is_release, is_on_disk, fingerprint, orders, load, isolation = json.loads(
        (folder / _ANNOUNCEMENT).read_text(encoding="utf-8")
    )
    known = None if fingerprint is None else Fingerprint(**fingerprint)
    given_up = None if isolation is None else Isolation(**isolation)
    source = Source(Path(path), is_release, is_on_disk, known)
    return Running(source, Path(orders), load, given_up)
