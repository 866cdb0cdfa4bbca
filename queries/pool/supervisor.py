"""Keep the processes that answer queries alive, from the service's side."""

import json
import logging
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ontology.errors import EngineFailed, UnreadableGraph
from queries.engine.child import child_command, child_environment
from queries.pool.fork_server import LOADED, NOT_LOADED, Task
from queries.pool.isolation import Isolation

_SOCKET_NAME = "orders"
_WAITING_ORDERS = 64
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 10.0
"""Between one start and the next, the longer the more often it failed."""
_LONGEST_MESSAGE_BYTES = 4096
_END_S = 5.0

log = logging.getLogger(__name__)


class Supervisor:
    """Starts a fork server, and another one whenever both processes of it have been killed."""

    def __init__(self, task: Task, on_restart: Callable[[], None], folder: Path) -> None:
        """Prepare to keep a fork server; nothing is started yet.

        In: what is done once another fork server has loaded the dataset; the folder for its socket.
        """
        self._task = task
        self._on_restart = on_restart
        self._folder = Path(tempfile.mkdtemp(prefix="fork-server-", dir=folder))
        self.address = self._folder / _SOCKET_NAME
        self._orders = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._orders.bind(str(self.address))
        except OSError as error:
            self._orders.close()
            raise EngineFailed(f"{self.address}: {error}; set TMPDIR to a shorter path") from None
        self._orders.listen(_WAITING_ORDERS)
        self._lifeline_end, self._lifeline = os.pipe()
        self._stopping = threading.Event()
        self.isolation: Isolation | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: threading.Thread | None = None

    def start(self) -> None:
        """Start the fork server and return once the dataset is loaded.

        Raises: UnreadableGraph for a dataset that cannot be read; EngineFailed.
        """
        is_started = False
        try:
            alive = self._launch()
            is_started = True
        finally:
            if not is_started:
                self.stop()
        self._watch = threading.Thread(target=self._restart_when_killed, args=(alive,), daemon=True)
        self._watch.start()

    def _launch(self) -> int:
        """Start a fork server, wait for the dataset, and return the pipe that tells of its life.

        Raises: UnreadableGraph, EngineFailed.
        """
        alive, alive_end = os.pipe()
        orders, lifeline = self._orders.fileno(), self._lifeline_end
        task = replace(self._task, orders=orders, lifeline=lifeline, alive=alive_end)
        try:
            self._process = subprocess.Popen(
                child_command("queries.pool.fork_server", task.as_argument()),
                pass_fds=[orders, lifeline, alive_end],
                stdin=subprocess.DEVNULL,
                env=child_environment(),
                # Ctrl+C in a terminal is for the service, which ends this in its own time. Within
                # the same session the priorities are weighed against each other.
                process_group=0,
            )
        except OSError as error:
            os.close(alive)
            raise EngineFailed(f"the process that loads the dataset: {error}") from None
        finally:
            os.close(alive_end)
        first = os.read(alive, 1)
        message = os.read(alive, _LONGEST_MESSAGE_BYTES).decode() if first else ""
        if first == LOADED:
            self.isolation = Isolation(**json.loads(message))
            return alive
        os.close(alive)
        self._process.wait()
        if first == NOT_LOADED and message:
            raise UnreadableGraph(message)
        raise EngineFailed("the process that loads the dataset ended before it was ready")

    def _restart_when_killed(self, alive: int) -> None:
        """Start another fork server whenever both processes of one have ended, until stopped."""
        while True:
            while os.read(alive, _LONGEST_MESSAGE_BYTES):
                pass
            os.close(alive)
            if self._process is not None:
                self._process.wait()
            if self._stopping.is_set():
                return
            log.warning("the processes that hold the dataset were killed; it is loaded again")
            restarted = self._launched_again()
            if restarted is None:
                return
            alive = restarted
            self._on_restart()

    def _launched_again(self) -> int | None:
        pause_s = _FIRST_PAUSE_S
        while not self._stopping.wait(pause_s):
            try:
                return self._launch()
            except (UnreadableGraph, EngineFailed) as error:
                if not self._stopping.is_set():
                    log.error("the dataset cannot be loaded again: %s", error)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        return None

    def stop(self) -> None:
        """End every process that was started, and leave no file behind."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        os.close(self._lifeline)
        if self._process is not None:
            # It may be loading, and would see only afterwards that nobody waits for it.
            self._process.kill()
            self._process.wait(_END_S)
        if self._watch is not None:
            self._watch.join(_END_S)
        self._orders.close()
        os.close(self._lifeline_end)
        shutil.rmtree(self._folder, ignore_errors=True)
