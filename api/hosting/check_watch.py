"""Look after a check: it ends in time to say how far it came, and how much can be checked."""

from collections.abc import Callable, Sequence
from time import monotonic

from api.hosting.check_task import CheckTask
from ontology.errors import QueryTimeout, QueryTooLarge
from shapes import ValidationFinding
from shapes.portions import Progress
from shapes.report import report_graph

ADVICE = "check fewer things at once, or check the file by: interventions validate"
_SHARE_FOR_JUDGING = 0.8
"""The rest of the time is for the report, which is written after everything is judged."""
_SAMPLE = 20
"""Findings by which the length of a report is foreseen."""
_SIGNIFICANT = 2
"""Digits of what can be checked; more would promise what another moment does not keep."""


class CheckWatch:
    """Ends a check whose time, or whose report, would go beyond its limit."""

    def __init__(self, task: CheckTask, clock: Callable[[], float] = monotonic) -> None:
        """Begin to count now."""
        self._task = task
        self._clock = clock
        self._began = self._last = clock()

    def __call__(self, progress: Progress) -> None:
        """Let a check go on, if another portion like the last has room.

        Raises: QueryTooLarge, QueryTimeout.
        """
        now = self._clock()
        foreseen_s, self._last = now - self._began + now - self._last, now
        room_s = self._task.seconds * _SHARE_FOR_JUDGING
        length_bytes = _length_bytes(progress.findings)
        if length_bytes > self._task.report_bytes:
            share = self._task.report_bytes / length_bytes
            mebibytes = self._task.report_bytes / 2**20
            limit = f"the report is longer than {mebibytes:g} MiB"
            raise QueryTooLarge(f"{limit}: {_reached(progress, share)}")
        if progress.judged < progress.suspected and foreseen_s > room_s:
            share = min(room_s / (now - self._began), 1)
            limit = f"the check was ended at its limit of {self._task.seconds:g} s"
            raise QueryTimeout(f"{limit}: {_reached(progress, share)}")


def _reached(progress: Progress, share: float) -> str:
    """Return how far a check came, and how much of that has room."""
    least = max(int(progress.judged * share), 1)
    unit = 10 ** max(len(str(least)) - _SIGNIFICANT, 0)
    return (
        f"of {progress.suspected:,} things that may break a rule {progress.judged:,} were judged, "
        f"with {len(progress.findings):,} findings; about {least // unit * unit:,} such things can "
        f"be checked at once. So {ADVICE}"
    )


def _length_bytes(findings: Sequence[ValidationFinding]) -> float:
    """Return how long a report of findings will be, by the newest of them."""
    sample = findings[-_SAMPLE:]
    text = report_graph(sample).serialize(format="nt")
    return len(text.encode()) / max(len(sample), 1) * len(findings)
