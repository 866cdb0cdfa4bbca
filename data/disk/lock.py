"""One writer at a time in a folder, by a lock that ends with the process that holds it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import NotWritten

_held: set[int] = set()
"""The open folders whose locks this process holds."""


@contextmanager
def only_writer(folder: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a folder, which is made if need be, alone; whoever comes second waits.

    In: what is done, once, before a wait.
    Raises: NotWritten where the folder cannot be made or locked.
    Guarantee: the lock ends with this process, however that ends, and a process forked from it does
    not keep it. It is no file, so none is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise NotWritten(f"{folder} cannot be made or opened: {error.strerror}") from None
    _held.add(number)
    try:
        _wait_for(number, folder, on_wait)
        yield
    finally:
        _held.discard(number)
        os.close(number)


def _wait_for(number: int, folder: Path, on_wait: Callable[[], None]) -> None:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        on_wait()
        fcntl.flock(number, fcntl.LOCK_EX)
    except OSError as error:
        raise NotWritten(
            f"{folder} cannot be locked ({error.strerror}); take a folder on a disk of this machine"
        ) from None


def _let_go() -> None:
    """Close what was inherited: a lock lasts as long as one process has it open."""
    for number in _held:
        os.close(number)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)
