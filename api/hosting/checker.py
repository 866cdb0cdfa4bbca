"""Check data of others in a process of its own, with the limits of a query."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import asdict

from api.hosting.check_task import READY, CheckTask
from api.hosting.check_watch import ADVICE
from api.hosting.state import Service
from ontology.errors import (
    EngineFailed,
    InterventionsError,
    QueryLost,
    QueryTimeout,
    QueryTooLarge,
    TooManyQueries,
    UnreadableGraph,
)
from ontology.namespaces import GRAPH
from queries.engine.child import child_command, child_environment
from queries.engine.interface import N_TRIPLES, WHOLE_GRAPH, Gone, Question
from queries.engine.limits import QueryLimits

_READING, _CHECKING = "api.hosting.syntax_process", "api.hosting.checker_process"
_AT_ONCE = 2
_LOADING_S = 60.0
"""Longest time until the rules are loaded, which the time of a check does not count."""
_REPORT_BYTES = 8 * 2**20
"""Longest report that is taken from a process; as objects it is many times as large."""
_REFERENCE = "councils", "legislation", "organisations"
"""Graphs of what data may refer to without describing it."""
_ENDED: dict[str, type[InterventionsError]] = {
    error.__name__: error for error in (UnreadableGraph, QueryTimeout, QueryTooLarge)
}
"""What a process may tell in place of a report, by its name."""


class Checker:
    """Runs checks, each in a process that is killed at its limit of time; a few at once."""

    def __init__(self) -> None:
        self._running = 0

    async def report(self, service: Service, suffix: str, data: bytes, gone: Gone) -> str:
        """Return what is wrong in data, as a report of SHACL in N-Triples.

        In: the format of the data by its suffix; what ends when the client has gone.
        Raises: UnreadableGraph, QueryTimeout, QueryLost, QueryTooLarge, TooManyQueries,
        EngineFailed.
        """
        if self._running >= _AT_ONCE:
            raise TooManyQueries(f"{self._running} checks are running")
        self._running += 1
        try:
            # A slip of the pen is told at once: who only reads needs no rules.
            await _asked(_READING, service.limits, suffix, b"", data, gone)
            known = await _known(service)
            return await _asked(_CHECKING, service.limits, suffix, known, data, gone)
        finally:
            self._running -= 1


async def _known(service: Service) -> bytes:
    """Return what data may refer to, as N-Triples."""
    names = [str(GRAPH[f"reference/{name}"]) for name in _REFERENCE]
    held = tuple(name for name in names if name in service.graphs)
    if not held:
        return b""
    return await service.engine.answer(Question(WHOLE_GRAPH, N_TRIPLES, held))


async def _asked(
    module: str, limits: QueryLimits, suffix: str, known: bytes, data: bytes, gone: Gone
) -> str:
    """Return the report of a process of its own, which is ended at its limits."""
    process = await asyncio.create_subprocess_exec(
        *child_command(module),
        stdin=PIPE,
        stdout=PIPE,
        env=child_environment(),
        start_new_session=True,
    )
    leaving = asyncio.ensure_future(gone())
    leaving.add_done_callback(lambda _: _end(process))
    try:
        parts = suffix, len(known), len(data)
        task = CheckTask(*parts, limits.memory_bytes, _REPORT_BYTES, limits.query_s)
        await _ready(process, json.dumps(asdict(task)).encode() + b"\n" + known)
        async with asyncio.timeout(limits.query_s):
            answer, _ = await process.communicate(data)
    except TimeoutError:
        raise QueryTimeout(f"the check was ended after {limits.query_s:g} s; {ADVICE}") from None
    finally:
        leaving.cancel()
        _end(process)
        await process.wait()
    if process.returncode != 0:
        mebibytes = limits.memory_bytes / 2**20
        raise QueryLost(
            f"the check needed more than {mebibytes:g} MiB of memory, or was killed; {ADVICE}"
        )
    return _told(answer)


async def _ready(process: Process, beginning: bytes) -> None:
    """Tell a process what is known, and wait until that and the rules are loaded.

    Raises: EngineFailed.
    """
    assert process.stdin is not None and process.stdout is not None
    said = b""
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(_LOADING_S):
            process.stdin.write(beginning)
            await process.stdin.drain()
            said = await process.stdout.read(len(READY))
    if said != READY:
        raise EngineFailed("the rules could not be loaded; see the log of the service")


def _end(process: Process) -> None:
    """End a process at once, whatever it does."""
    with suppress(ProcessLookupError):
        process.kill()


def _told(answer: bytes) -> str:
    """Return the report that a process told.

    Raises: UnreadableGraph for data that could not be read, QueryTooLarge, QueryTimeout.
    """
    told: dict[str, str] = json.loads(answer)
    if "error" in told:
        raise _ENDED.get(told["kind"], UnreadableGraph)(told["error"])
    if "report" not in told:
        mebibytes = _REPORT_BYTES / 2**20
        raise QueryTooLarge(f"the report is longer than {mebibytes:g} MiB; {ADVICE}")
    return told["report"]
