"""Keep the processes that answer queries alive, from the service's side."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from ontology.errors import EngineFailed, UnreadableGraph
from queries.zygote import LOADED, NOT_LOADED, Task

SOCKET_NAME = "orders"
WAITING_ORDERS = 64
PAUSE_BEFORE_RESTART_S = 0.2
LONGEST_MESSAGE_BYTES = 4096
END_S = 5.0


class Keeper:
    """Starts a zygote, and another one whenever both processes of it have been killed."""

    def __init__(self, task: Task) -> None:
        """Prepare to keep a zygote; nothing is started yet."""
        self._task = task
        self._folder = Path(tempfile.mkdtemp(prefix="interventions-"))
        self.address = self._folder / SOCKET_NAME
        self._orders = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._orders.bind(str(self.address))
        self._orders.listen(WAITING_ORDERS)
        self._lifeline_end, self._lifeline = os.pipe()
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: threading.Thread | None = None

    def start(self) -> None:
        """Start the zygote and return once the dataset is loaded.

        Raises: UnreadableGraph for a dataset that cannot be read; EngineFailed.
        """
        alive = self._launch()
        first = os.read(alive, 1)
        if first != LOADED:
            told = os.read(alive, LONGEST_MESSAGE_BYTES).decode() if first == NOT_LOADED else ""
            os.close(alive)
            self.stop()
            if told:
                raise UnreadableGraph(told)
            raise EngineFailed("the process that loads the dataset ended before it was ready")
        self._watch = threading.Thread(target=self._keep, args=(alive,), daemon=True)
        self._watch.start()

    def _launch(self) -> int:
        """Start a zygote and return the pipe that tells of its life."""
        alive, alive_end = os.pipe()
        orders, lifeline = self._orders.fileno(), self._lifeline_end
        task = replace(self._task, orders=orders, lifeline=lifeline, alive=alive_end)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "queries.zygote", task.as_argument()],
            pass_fds=[orders, lifeline, alive_end],
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        os.close(alive_end)
        return alive

    def _keep(self, alive: int) -> None:
        """Wait for the end of both processes of a zygote, and start another, until told to stop."""
        while True:
            while os.read(alive, LONGEST_MESSAGE_BYTES):
                pass
            os.close(alive)
            if self._process is not None:
                self._process.wait()
            if self._stopping.wait(PAUSE_BEFORE_RESTART_S):
                return
            alive = self._launch()

    def stop(self) -> None:
        """End every process that was started, and leave no file behind."""
        self._stopping.set()
        os.close(self._lifeline)
        if self._watch is not None:
            self._watch.join(END_S)
        elif self._process is not None:
            self._process.wait(END_S)
        self._orders.close()
        os.close(self._lifeline_end)
        shutil.rmtree(self._folder, ignore_errors=True)
