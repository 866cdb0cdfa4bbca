"""Ask a query of our own now and then: whether queries are answered is known before it is asked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from api.observation.observer import Observer
from ontology.errors import InterventionsError, QueryLost
from queries.engine.interface import RESULTS_JSON, Engine, Question

_QUESTION = Question("ASK { }", RESULTS_JSON)
_BEAT_S = 1.0
_LATEST_S = 2.0
"""After how long without an answer a query is asked: well before it is no longer a moment ago."""


@asynccontextmanager
async def beating(current: Callable[[], Engine | None], observer: Observer) -> AsyncIterator[None]:
    """Ask the current engine, if there is one, where nobody else does, while a block lasts."""
    task = asyncio.create_task(_beat(current, observer))
    try:
        yield
    finally:
        task.cancel()


async def answered(engine: Engine) -> None:
    """Wait until a query is answered: by the next worker, where one was lost before it could.

    Raises: what the engine raises besides.
    """
    is_answered = False
    while not is_answered:
        with suppress(QueryLost):
            await engine.answer(_QUESTION)
            is_answered = True


async def _beat(current: Callable[[], Engine | None], observer: Observer) -> None:
    while True:
        await asyncio.sleep(_BEAT_S)
        engine = current()
        if engine is not None and not observer.has_answered_within(_LATEST_S):
            # What this says is in the log already, and whoever asks for it is told.
            with suppress(InterventionsError):
                await answered(engine)
