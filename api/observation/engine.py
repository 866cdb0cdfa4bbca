"""An engine that is watched: each of its queries is counted, and those that end badly are told."""

import time

from api.observation.observer import Observer
from ontology.errors import InterventionsError
from queries.engine.interface import Engine, EngineLoad, Gone, Question


class WatchedEngine:
    """Answers as the engine within does."""

    def __init__(self, inner: Engine, asked_by: str, observer: Observer) -> None:
        self.inner = inner
        self._asked_by = asked_by
        self._observer = observer

    @property
    def load(self) -> EngineLoad:
        """Return how busy it is."""
        return self.inner.load

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer.

        Raises: what the engine raises.
        """
        begun = time.monotonic()
        has_left = False

        async def noted() -> None:
            nonlocal has_left
            if gone is not None:
                await gone()
                has_left = True

        try:
            body = await self.inner.answer(question, None if gone is None else noted)
        except InterventionsError as error:
            seconds = time.monotonic() - begun
            self._observer.query_ended(
                self._asked_by, question.text, error, seconds, has_left=has_left
            )
            raise
        self._observer.query_answered(self._asked_by)
        return body
