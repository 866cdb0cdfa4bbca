"""The limits of one query, whose values are settings.

They are enforced elsewhere: time by `queries/pool/pool.py`, which ends the worker; memory and the
size of the answer by `queries/pool/worker.py`; on the way to a remote store by
`queries/remote/store.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

STACK_BYTES = 512 * 2**20
"""Room for the deepest query, which the engine reads recursively; it is address space only."""

_OWN_ANSWER_BYTES = 64 * 2**20
_OWN_ANSWER_ROWS = 1_000_000


@dataclass(frozen=True)
class QueryLimits:
    """What one query may use.

    Units: seconds from its arrival, waiting included; bytes of memory beyond the loaded dataset;
    bytes and rows of its answer.
    """

    query_s: float
    memory_bytes: int
    answer_bytes: int
    answer_rows: int

    def for_own(self) -> QueryLimits:
        """Return the limits of what the service asks for itself, which must reach its pages.

        An operator who lets visitors have small answers alone does not mean those.
        """
        return replace(
            self,
            answer_bytes=max(self.answer_bytes, _OWN_ANSWER_BYTES),
            answer_rows=max(self.answer_rows, _OWN_ANSWER_ROWS),
        )

    def in_words(self) -> tuple[str, ...]:
        """Return the limits as a person reads them.

        >>> QueryLimits(10, 512 * 2**20, 64 * 2**20, 1_000_000).in_words()[:2]
        ('10 s from arrival to answer', '512 MiB of memory')
        """
        return (
            f"{self.query_s:g} s from arrival to answer",
            f"{self.memory_bytes / 2**20:g} MiB of memory",
            f"{self.answer_bytes / 2**20:g} MiB of answer",
            f"{self.answer_rows:,} rows",
        )

    def as_figures(self) -> dict[str, float]:
        """Return the limits as a machine reads them."""
        return {
            "query_seconds": self.query_s,
            "memory_bytes": self.memory_bytes,
            "answer_bytes": self.answer_bytes,
            "answer_rows": self.answer_rows,
        }

    @cached_property
    def header(self) -> str:
        """Return the limits as the value of a header: a dictionary of RFC 9651.

        >>> QueryLimits(10, 536870912, 67108864, 1000000).header
        'query-seconds=10, memory-bytes=536870912, answer-bytes=67108864, answer-rows=1000000'
        """
        return ", ".join(
            f"{name.replace('_', '-')}={value}" for name, value in self.as_figures().items()
        )


class _QuerySettings(Protocol):
    @property
    def query_seconds(self) -> int: ...

    @property
    def query_bytes(self) -> int: ...

    @property
    def answer_bytes(self) -> int: ...

    @property
    def answer_rows(self) -> int: ...


def limits_of(settings: _QuerySettings) -> QueryLimits:
    """Return the limits that the settings give to one query."""
    return QueryLimits(
        settings.query_seconds, settings.query_bytes, settings.answer_bytes, settings.answer_rows
    )
