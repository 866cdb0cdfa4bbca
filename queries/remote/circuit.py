"""Stop asking a store that does not answer, and look again later."""

import threading
import time
from collections.abc import Callable

from ontology.errors import EngineFailed

FAILURES_TO_OPEN = 5
PAUSE_S = 5.0


class Circuit:
    """Opens after so many failures in a row; later one question is let through to try.

    Guarantee: while it is open nothing waits for a store that is down.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def enter(self) -> None:
        """Let a question through.

        Raises: EngineFailed while the circuit is open.
        """
        with self._lock:
            if self._failures < FAILURES_TO_OPEN:
                return
            rest = self._open_until - self._now()
            if rest > 0:
                raise EngineFailed(
                    f"the store failed {self._failures} times in a row and is left alone; "
                    f"it is asked again in {rest:.1f} s"
                )
            # Half open: this one tries, and the others wait until it has told.
            self._open_until = self._now() + PAUSE_S

    def succeeded(self) -> None:
        """Close: the store answers."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count a failure of the store, and open after too many."""
        with self._lock:
            self._failures += 1
            self._open_until = self._now() + PAUSE_S
