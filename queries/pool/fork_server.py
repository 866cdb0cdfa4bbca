"""The process that loads the dataset once and forks workers: `-m queries.pool.fork_server`.

There are always two, the second forked from the first: when one is killed, the other goes on within
milliseconds, and nothing is loaded again. Workers share the memory of the dataset with them.
"""

from __future__ import annotations

import array
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from ontology.errors import InterventionsError
from queries.engine.child import step_back
from queries.engine.dataset import Dataset, complete, load_dataset
from queries.engine.fingerprint import Fingerprint
from queries.engine.limits import QueryLimits
from queries.engine.on_disk import store_on_disk
from queries.pool.isolation import give_up_early, give_up_late, tried
from queries.pool.sandbox import be_called, leave_no_core
from queries.pool.system_calls import CallFilter
from queries.pool.worker import work

LOADED, NOT_LOADED = b"L", b"N"
"""What the fork server says first: that it is ready, before what its workers have given up; or,
before a message, that it is not.
"""
VISITOR, CURATED = b"V", b"C"
"""Orders: a worker for a visitor's query, or for one of the service's own."""
_VISITOR_NICENESS = 10
FORK_SERVER_NAME = "fork-server"
WORKER_NAMES = {VISITOR: "visitor-query", CURATED: "page-query"}
"""What `ps` and `top` call the processes, by what they are."""

PROCESS_ID_BYTES = 8
_PAUSE_BEFORE_FORKING_AGAIN_S = 0.1


@dataclass(frozen=True)
class Task:
    """What a fork server is started for, as it stands on its command line.

    In: the numbers of the files it inherits: the socket on which orders come; a pipe that ends when
    the service has ended; a pipe on which it says that it is ready, and that ends with the last of
    the two processes. On disk, each worker opens the store for itself.
    """

    path: str
    is_release: bool
    is_on_disk: bool
    fingerprint: Fingerprint | None
    limits: QueryLimits
    orders: int
    lifeline: int
    alive: int

    def as_argument(self) -> str:
        """Return the task as one argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_argument(cls, text: str) -> Task:
        """Return the task that an argument holds."""
        fields = json.loads(text)
        known = fields["fingerprint"]
        return cls(
            **fields
            | {
                "limits": QueryLimits(**fields["limits"]),
                "fingerprint": None if known is None else Fingerprint(**known),
            }
        )


class ForkServer:
    """One of the two processes: it takes orders while it is the first, and waits as the second."""

    def __init__(self, task: Task, source: Dataset | Path, calls: CallFilter) -> None:
        self._task = task
        self._calls = calls
        self._source = source
        self._orders = socket.socket(fileno=task.orders)
        self._partner: socket.socket | None = None

    def live(self) -> None:
        """Take orders until the service has ended."""
        while True:
            partner = self._partner or self._renew_partner()
            ready = self._first_ready(self._orders.fileno(), partner.fileno())
            if partner.fileno() in ready:
                self._renew_partner()
            elif self._orders.fileno() in ready:
                # A client that goes away in the middle is its own loss.
                with suppress(OSError):
                    self._take_order()

    def _renew_partner(self) -> socket.socket:
        """Fork the second process, which comes back from here when this one has ended.

        Out: the socket that ends with the other process.
        """
        while True:
            if self._partner is not None:
                self._partner.close()
            ours, theirs = socket.socketpair()
            try:
                is_first = os.fork() > 0
            except OSError:
                # The machine has no room for a process; there may be some in a moment.
                time.sleep(_PAUSE_BEFORE_FORKING_AGAIN_S)
                continue
            if is_first:
                theirs.close()
                self._partner = ours
                return ours
            ours.close()
            self._partner = theirs
            self._first_ready(theirs.fileno())

    def _first_ready(self, *files: int) -> list[int]:
        """Wait until there is something to read, and return where; end with the service."""
        # The numbers of inherited files may be higher than `select` can take.
        poll = select.poll()
        for file in (*files, self._task.lifeline):
            poll.register(file, select.POLLIN)
        ready = [file for file, _ in poll.poll()]
        if self._task.lifeline in ready:
            os._exit(0)
        return ready

    def _take_order(self) -> None:
        """Fork a worker and hand over its socket and a handle on its process."""
        client, _ = self._orders.accept()
        with client:
            client.settimeout(1)
            order = client.recv(1)
            if order not in (VISITOR, CURATED):
                return
            ours, theirs = socket.socketpair()
            with ours, theirs:
                worker = os.fork()
                if worker == 0:
                    try:
                        be_called(WORKER_NAMES[order])
                        client.close()
                        ours.close()
                        self._become_worker(theirs, order)
                    finally:
                        # Nothing may lead back from here to where the fork server takes orders.
                        os._exit(1)
                _hand_over(client, ours, worker)

    def _become_worker(self, link: socket.socket, order: bytes) -> None:
        """Give up what a worker must not have, and work until the service has gone.

        It does not end with the fork server: the service goes on with it until there is another.
        """
        self._orders.close()
        if self._partner is not None:
            self._partner.close()
        os.close(self._task.lifeline)
        os.close(self._task.alive)
        leave_no_core()
        step_back(_VISITOR_NICENESS if order == VISITOR else 0)
        source = self._source
        files_closed = isinstance(source, Dataset)
        # Whoever may read the store may no longer be who this process is afterwards.
        dataset = source if isinstance(source, Dataset) else _opened(source)
        give_up_early()
        give_up = partial(give_up_late, self._calls, files_closed=files_closed)
        limits = self._task.limits
        work(link, dataset, limits if order == VISITOR else limits.for_own(), give_up)


def _opened(folder: Path) -> Dataset:
    return Dataset(ox.Store.read_only(str(folder)))


def _hand_over(client: socket.socket, link: socket.socket, worker: int) -> None:
    """Send the service the socket of a worker, and a handle on its process.

    Raises: OSError if the service, or the worker, has gone in the meantime.
    """
    handle = os.pidfd_open(worker)
    try:
        client.sendmsg(
            [worker.to_bytes(PROCESS_ID_BYTES, "big")],
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [link.fileno(), handle]))],
        )
    finally:
        os.close(handle)


def main(argument: str) -> None:
    """Load the dataset, say so, and take orders."""
    task = Task.from_argument(argument)
    be_called(FORK_SERVER_NAME)
    calls = CallFilter(is_on_disk=task.is_on_disk)
    isolation = tried(calls, files_closed=not task.is_on_disk)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    path = Path(task.path)
    try:
        if task.fingerprint is not None:
            task.fingerprint.check(path)
        if task.is_on_disk:
            sha256 = "" if task.fingerprint is None else task.fingerprint.sha256
            source: Dataset | Path = store_on_disk(path, is_release=task.is_release, sha256=sha256)
        else:
            source = Dataset(complete(load_dataset(path, is_release=task.is_release)))
            source.prepare()
    except (InterventionsError, OSError) as error:
        os.write(task.alive, NOT_LOADED + str(error).encode())
        return
    # The kernel takes away workers that have ended; nobody waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Looking for garbage would touch, and so copy, memory that the workers share.
    gc.freeze()
    os.write(task.alive, LOADED + json.dumps(asdict(isolation)).encode())
    ForkServer(task, source, calls).live()


if __name__ == "__main__":
    main(sys.argv[1])
