"""The engine in worker processes: each query has one to itself, which is killed at its limit."""

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ontology.errors import (
    EngineFailed,
    InterventionsError,
    QueryLost,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    TooManyQueries,
)
from queries.engine.interface import EngineLoad, Gone, Question
from queries.engine.limits import QueryLimits
from queries.pool.messages import Kind, packed_question
from queries.pool.spawner import SPAWNING_S, Spawner
from queries.pool.worker_client import Worker

_PAUSE_BEFORE_SPAWNING_AGAIN_S = 0.05
_SPAWNING_EACH_S = 0.5
DRAINING_S = 0.05
_QUIET_S = 1.0
"""How long nothing is asked before nothing more is expected: a page asks several queries in turn.
"""
_WATCHING_S = 0.05
"""How often running and waiting queries are looked at; a timer for each would take as long as it.
"""
BURST_S = 0.25
_JOINED_BESIDE_PARTS = 16
PATIENCE_S = 0.1
"""How long a query runs before it is watched whether its client is still there."""
_SHORTEST_BUDGET_S = 0.01
_ADVICE = "add LIMIT or make the query narrower, or take the release's exports"


@dataclass(frozen=True)
class Places:
    """How many queries run and wait at once, and the order that asks for their workers.

    In: `burst` are those that may wait for a moment more, because short queries end soon.
    """

    running: int
    waiting: int
    burst: int
    order: bytes


@dataclass
class Run:
    """A query that runs, and who watches whether its client is still there."""

    since: float
    deadline: float
    gone: Gone | None
    watch: asyncio.Task[None] | None = None


@dataclass(eq=False)
class Turn:
    """A query that waits for a worker: its turn, and until when it may wait."""

    come: asyncio.Future[Worker]
    until: float
    wait_s: float

    @property
    def has_come(self) -> bool:
        """Return whether there is a worker for it."""
        return self.come.done() and not self.come.cancelled() and self.come.exception() is None


class Pool:
    """A bounded number of workers, and of queries that wait for one.

    Guarantee: a query has ended, one way or another, at its limit of time, waiting included; its
    worker is not used again unless it has said that it is done.
    """

    def __init__(self, orders: Path, limits: QueryLimits, places: Places) -> None:
        self._limits = limits
        self._places = places
        self._spawner = Spawner(orders, places.order, places.running)
        self._free: list[Worker] = []
        self._waiting: deque[Turn] = deque()
        self._workers: set[Worker] = set()
        self._spawning: set[asyncio.Task[None]] = set()
        self._runs: dict[Worker, Run] = {}
        self._is_watching = False
        self._is_closed = False
        self._asked_last = 0.0
        self._spawned = 0

    @property
    def load(self) -> EngineLoad:
        """Return how busy it is."""
        restarts = max(self._spawned - self._places.running, 0)
        return EngineLoad(len(self._workers), len(self._runs), len(self._waiting), restarts)

    async def start(self) -> None:
        """Let all workers be spawned.

        Raises: EngineFailed if they are not there within the time that starting takes.
        """
        for _ in range(self._places.running):
            self._spawn_later()
        within_s = SPAWNING_S + self._places.running * _SPAWNING_EACH_S
        _, late = await asyncio.wait(self._spawning, timeout=within_s)
        if late:
            await self.close()
            raise EngineFailed("no worker could be started; see the log of the service")

    async def close(self) -> None:
        """End every worker; queries that still run are lost."""
        self._is_closed = True
        for task in self._spawning:
            task.cancel()
        await asyncio.gather(*self._spawning, return_exceptions=True)
        self._spawner.close()
        for worker in list(self._workers):
            worker.kill()
        while self._workers:
            await asyncio.sleep(0)

    async def drain(self) -> None:
        """Wait until no query runs, waits, or is likely to come any more; then close.

        That takes little longer than the time that a query has, whatever happens.
        """
        now = asyncio.get_running_loop().time
        end = now() + self._limits.query_s + _QUIET_S
        while now() < end:
            if not self._waiting and not self._runs and now() > self._asked_last + _QUIET_S:
                break
            await asyncio.sleep(DRAINING_S)
        await self.close()

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer.

        Raises: QueryRefused, QueryTooLarge, QueryTimeout, QueryLost, TooManyQueries.
        """
        now = asyncio.get_running_loop().time
        self._asked_last = now()
        deadline = self._asked_last + self._limits.query_s
        worker = self._free.pop() if self._free else await self._turn()
        while not worker.is_there:
            # It was killed in the moment in which it was free.
            worker = self._free.pop() if self._free else await self._turn()
        run = Run(now(), deadline, gone)
        self._runs[worker] = run
        self._keep_watch()
        is_done = False
        try:
            message = packed_question(question, max(deadline - run.since, _SHORTEST_BUDGET_S))
            kind, parts = await worker.ask(message)
            is_done = True
        except QueryLost:
            raise self._loss(is_late=now() >= deadline) from None
        finally:
            self._asked_last = now()
            del self._runs[worker]
            if run.watch is not None:
                run.watch.cancel()
            if is_done:
                self._give(worker)
            else:
                worker.kill()
        if kind == Kind.DONE:
            return await _joined(parts)
        raise _refusal(kind, b"".join(parts).decode())

    def _keep_watch(self) -> None:
        """Look at what runs and waits from time to time from now on, if that is not done yet."""
        if not self._is_watching:
            self._is_watching = True
            asyncio.get_running_loop().call_later(_WATCHING_S, self._watch)

    def _watch(self) -> None:
        """End the queries that are past their limit, or whose clients have gone, and long waits."""
        loop = asyncio.get_running_loop()
        for turn in self._waiting:
            if loop.time() >= turn.until and not turn.come.done():
                turn.come.set_exception(
                    TooManyQueries(f"no worker became free within {turn.wait_s:g} s")
                )
        for worker, run in self._runs.items():
            if loop.time() >= run.deadline:
                worker.kill()
            elif (
                run.gone is not None and run.watch is None and loop.time() > run.since + PATIENCE_S
            ):
                run.watch = loop.create_task(run.gone())
                run.watch.add_done_callback(partial(self._end_run, worker, run))
        self._is_watching = bool(self._runs or self._waiting)
        if self._is_watching:
            loop.call_later(_WATCHING_S, self._watch)

    def _end_run(self, worker: Worker, run: Run, watch: asyncio.Task[None]) -> None:
        if not watch.cancelled() and self._runs.get(worker) is run:
            worker.kill()

    async def _turn(self) -> Worker:
        """Wait for a worker, for at most half of the time that a query has.

        Raises: TooManyQueries.
        """
        places, others = self._places, len(self._waiting)
        if others >= places.waiting + places.burst:
            raise TooManyQueries(f"{places.running + others} queries are running or waiting")
        loop = asyncio.get_running_loop()
        wait_s = self._limits.query_s / 2 if others < places.waiting else BURST_S
        turn = Turn(loop.create_future(), loop.time() + wait_s, wait_s)
        self._waiting.append(turn)
        self._keep_watch()
        is_mine = False
        try:
            worker = await turn.come
            is_mine = True
            return worker
        finally:
            self._waiting.remove(turn)
            # The turn may have come in the same moment in which the wait for it ended.
            if not is_mine and turn.has_come:
                self._give(turn.come.result())

    def _give(self, worker: Worker) -> None:
        """Let the next query that waits have a worker, or keep it for one that will come."""
        for turn in self._waiting:
            if not turn.come.done():
                turn.come.set_result(worker)
                return
        self._free.append(worker)

    def _spawn_later(self) -> None:
        task = asyncio.get_running_loop().create_task(self._spawn())
        self._spawning.add(task)
        task.add_done_callback(self._spawning.discard)

    async def _spawn(self) -> None:
        while not self._is_closed:
            try:
                worker = await self._spawner.spawn(self._ended)
            except (OSError, QueryLost):
                await asyncio.sleep(_PAUSE_BEFORE_SPAWNING_AGAIN_S)
                continue
            self._workers.add(worker)
            self._spawned += 1
            self._give(worker)
            return

    def _ended(self, worker: Worker) -> None:
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        if not self._is_closed:
            self._spawn_later()

    def _loss(self, *, is_late: bool) -> InterventionsError:
        if is_late:
            return QueryTimeout(
                f"the query was ended after {self._limits.query_s:g} s, its wait included;"
                f" {_ADVICE}"
            )
        mebibytes = self._limits.memory_bytes / 2**20
        return QueryLost(
            f"the query needed more than {mebibytes:g} MiB of memory, or was killed; {_ADVICE}"
        )


async def _joined(parts: list[bytes]) -> bytes:
    """Return the parts of an answer in one; where they are many, others need not wait for it."""
    if len(parts) > _JOINED_BESIDE_PARTS:
        return await asyncio.to_thread(b"".join, parts)
    return b"".join(parts)


def _refusal(kind: Kind, message: str) -> InterventionsError:
    if kind == Kind.TOO_LARGE:
        return QueryTooLarge(f"{message}; {_ADVICE}")
    return QueryRefused(message)
