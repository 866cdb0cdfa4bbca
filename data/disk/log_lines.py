"""Lines of the log on standard error, which whoever writes them never waits for."""

import atexit
import contextlib
import logging
import os
from queue import Full, Queue
from threading import Lock, Thread

_STANDARD_ERROR = 2
_WAITING_LINES = 10_000
_LAST_LINES_S = 1.0
"""How long the end of the process waits for its last lines to be taken, twice at most."""


class LogLines:
    """Writes lines on a thread of its own.

    Guarantee: nobody waits for a line, nor long for the end of the process, even where standard
    error is a pipe that nobody reads; a line for which there is no room is dropped.
    """

    def __init__(self) -> None:
        self._waiting: Queue[str | None] = Queue(_WAITING_LINES)
        self._thread: Thread | None = None
        self._beginning = Lock()

    def write(self, line: str) -> None:
        """Write a line as soon as it can be."""
        if self._thread is None:
            self._begin()
        with contextlib.suppress(Full):
            self._waiting.put_nowait(line)

    def _begin(self) -> None:
        """Start the thread; it must not be there before processes are forked."""
        with self._beginning:
            if self._thread is not None:
                return
            self._thread = Thread(target=self._run, name="log", daemon=True)
            self._thread.start()
            atexit.register(self._end, self._thread)

    def _run(self) -> None:
        while (line := self._waiting.get()) is not None:
            rest = f"{line}\n".encode("utf-8", "backslashreplace")
            # Not by `sys.stderr`: Python waits for its lock when it ends. A log that was closed
            # takes nothing more.
            with contextlib.suppress(OSError):
                while rest:
                    rest = rest[os.write(_STANDARD_ERROR, rest) :]

    def _end(self, thread: Thread) -> None:
        with contextlib.suppress(Full):
            self._waiting.put(None, timeout=_LAST_LINES_S)
        thread.join(_LAST_LINES_S)


LOG_LINES = LogLines()
"""Standard error is one, and so is what writes to it."""


class LogHandler(logging.Handler):
    """Passes on what modules and libraries log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record as its message and, where there is one, its traceback."""
        LOG_LINES.write(self.format(record))
