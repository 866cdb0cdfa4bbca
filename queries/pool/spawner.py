"""Ask a fork server for workers."""

import asyncio
import os
import socket
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from queries.pool.fork_server import PROCESS_ID_BYTES
from queries.pool.worker_client import Worker

SPAWNING_S = 5.0
_HANDED_FILES = 2
"""The socket of a worker, and the handle on its process."""


class Spawner:
    """Orders workers of one kind at the socket of a fork server.

    Guarantee: what was handed over for nothing is closed again, which ends the worker.
    """

    def __init__(self, orders: Path, order: bytes, at_once: int) -> None:
        """Prepare to order so many at once, in threads that nobody else keeps busy."""
        self._orders = orders
        self._order = order
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="spawner")

    async def spawn(self, on_end: Callable[[Worker], None]) -> Worker:
        """Return a worker that is ready, and whose end will be told.

        Raises: OSError, QueryLost while there is none.
        """
        loop = asyncio.get_running_loop()
        ordering = self._threads.submit(self._ordered)
        try:
            link, handle = await asyncio.wrap_future(ordering)
        except asyncio.CancelledError:
            ordering.add_done_callback(_give_back)
            raise
        worker = Worker(handle, on_end)
        await loop.create_unix_connection(lambda: worker, sock=link)
        is_ready = False
        try:
            async with asyncio.timeout(SPAWNING_S):
                await worker.ready()
            is_ready = True
        finally:
            if not is_ready:
                worker.kill()
        return worker

    def close(self) -> None:
        """Order no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ordered(self) -> tuple[socket.socket, int]:
        """Return the socket of a new worker and a handle on its process.

        Raises: OSError while there is no fork server.
        """
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(SPAWNING_S)
            client.connect(str(self._orders))
            client.sendall(self._order)
            _, files, _, _ = socket.recv_fds(
                client, PROCESS_ID_BYTES, _HANDED_FILES, socket.MSG_CMSG_CLOEXEC
            )
        if len(files) < _HANDED_FILES:
            for file in files:
                os.close(file)
            raise ConnectionResetError("the fork server ended, or no more files can be open here")
        return socket.socket(fileno=files[0]), files[1]


def _give_back(ordering: Future[tuple[socket.socket, int]]) -> None:
    if not ordering.cancelled() and ordering.exception() is None:
        link, handle = ordering.result()
        link.close()
        os.close(handle)
