"""The engine behind which any SPARQL 1.1 store stands, on this machine or on many."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from ontology.errors import (
    EngineFailed,
    EngineTimeout,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    TooManyQueries,
)
from queries.engine.interface import EngineLoad, Gone, Question
from queries.engine.limits import QueryLimits
from queries.pool.pool import BURST_S, DRAINING_S, PATIENCE_S, Places
from queries.remote.answer import ACCEPT_ROWS, ACCEPT_TRIPLES, rewritten
from queries.remote.call import Call, ConnectionLost, Endpoint, fetch
from queries.remote.circuit import Circuit
from queries.remote.refusals import checked
from queries.remote.release import RemoteRelease

_PAUSES_BEFORE_RETRIES_S = 0.1, 0.4


class RemoteEngine:
    """Asks a remote store, with a bounded number of questions at once.

    Guarantee: read-only; every answer is of one release and whole; a question has ended, one way or
    another, at its limit of time. Only the connection is asked for again, never a failed query.
    While it is suspended, because the store may have lost the release, it answers nothing.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        release: RemoteRelease,
        limits: QueryLimits,
        places: Places,
        *,
        is_trusted: bool = False,
    ) -> None:
        """Prepare to ask; nothing is asked yet.

        In: whether the questions are the service's own: then a store that fails them is ill, while
        a visitor's question may be what makes it fail.
        """
        self._endpoint = endpoint
        self._release = release
        self._limits = limits
        self._places = places
        self._is_trusted = is_trusted
        self.is_suspended = False
        self._circuit = Circuit()
        self._threads = ThreadPoolExecutor(places.running, thread_name_prefix="remote")
        self._turns = asyncio.Semaphore(places.running)
        self._running = 0
        self._waiting = 0

    @property
    def load(self) -> EngineLoad:
        """Return how busy it is."""
        return EngineLoad(self._places.running, self._running, self._waiting)

    async def start(self) -> None:
        """Do nothing: there is nothing of its own to start."""

    async def close(self) -> None:
        """Let the threads end; what they still read is thrown away."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def drain(self) -> None:
        """Wait until no question runs or waits, for at most the time that one has; then close."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.query_s):
                while self._waiting or self._running:
                    await asyncio.sleep(DRAINING_S)
        await self.close()

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer.

        Raises: QueryRefused, QueryTooLarge, QueryTimeout, TooManyQueries; EngineFailed and
        EngineTimeout for a store that cannot be reached, fails, or takes too long.
        """
        call = self._call()
        await self._turn()
        self._running += 1
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, self._attempt, question, call)
        # A thread cannot be ended from outside: its place is free when it has seen that it is late.
        work.add_done_callback(self._end)
        watch = None if gone is None else loop.create_task(_after(PATIENCE_S, gone))
        try:
            waited: set[asyncio.Future[Any]] = {work} if watch is None else {work, watch}
            rest = max(call.deadline - time.monotonic(), 0)
            await asyncio.wait(waited, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            raise EngineTimeout(
                f"the store gave no answer within {self._limits.query_s:g} s; "
                "add LIMIT or make the query narrower"
            )
        finally:
            call.abandoned.set()
            if watch is not None:
                watch.cancel()

    def answer_now(self, question: Question) -> bytes:
        """Return the whole answer, for a caller that has nothing else to do.

        Raises: QueryRefused, QueryTooLarge, QueryTimeout, EngineFailed, EngineTimeout.
        """
        return self._attempt(question, self._call())

    def _call(self) -> Call:
        return Call(time.monotonic() + self._limits.query_s, self._limits.answer_bytes)

    async def _turn(self) -> None:
        """Wait for a place, for at most half of the time that a question has.

        Raises: TooManyQueries.
        """
        places, others = self._places, self._waiting
        if self._turns.locked() and others >= places.waiting + places.burst:
            raise TooManyQueries(f"{places.running + others} queries are running or waiting")
        wait_s = self._limits.query_s / 2 if others < places.waiting else BURST_S
        self._waiting += 1
        try:
            async with asyncio.timeout(wait_s):
                await self._turns.acquire()
        except TimeoutError:
            raise TooManyQueries(f"no place became free within {wait_s:g} s") from None
        finally:
            self._waiting -= 1

    def _end(self, work: asyncio.Future[bytes]) -> None:
        self._running -= 1
        self._turns.release()
        if not work.cancelled():
            # One that nobody waits for any longer is no fault to report.
            work.exception()

    def _attempt(self, question: Question, call: Call) -> bytes:
        if self.is_suspended:
            raise EngineFailed("the store no longer says which release is current")
        seen = checked(question.text, question.inspection)
        dataset = self._release.dataset(question, seen)
        text = self._release.inward(question.text)
        accept = ACCEPT_TRIPLES if seen.gives_triples else ACCEPT_ROWS
        try:
            body = self._guarded(
                lambda: fetch(self._endpoint, text, seen.form, dataset, accept, call), call
            )
        except QueryRefused as error:
            message = self._release.outward(str(error))
            # What the service asks for its pages is right; that a store cannot answer it is no
            # fault of the visitor.
            raise (EngineFailed if self._is_trusted else QueryRefused)(message) from None
        answer = rewritten(body, seen.form, question.media_type, self._limits)
        return self._release.outward_bytes(answer)

    def _guarded(self, ask: Callable[[], bytes], call: Call) -> bytes:
        """Ask through the circuit, and again where only the connection was lost."""
        for pause in (*_PAUSES_BEFORE_RETRIES_S, None):
            self._circuit.enter()
            try:
                result = ask()
            except ConnectionLost:
                self._circuit.failed()
                if pause is None or pause >= call.rest_s():
                    raise
                call.abandoned.wait(pause)
                continue
            except EngineFailed as error:
                if self._is_trusted:
                    self._circuit.failed()
                elif not isinstance(error, EngineTimeout):
                    self._circuit.succeeded()
                raise
            except (QueryRefused, QueryTimeout, QueryTooLarge):
                self._circuit.succeeded()
                raise
            self._circuit.succeeded()
            return result
        raise AssertionError("the last attempt either returns or raises")


async def _after(pause_s: float, gone: Gone) -> None:
    """Wait until the client has gone; short questions are over before it is worth looking."""
    await asyncio.sleep(pause_s)
    await gone()
