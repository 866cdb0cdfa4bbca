"""The engine in this process, without workers: for the command line and for what it trusts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox

from ontology.errors import InterventionsError, QueryRefused, QueryTooLarge
from queries.engine.dataset import Dataset, complete
from queries.engine.interface import Question
from queries.engine.limits import STACK_BYTES
from queries.engine.row_limit import LimitedBuffer


class EmbeddedEngine:
    """Answers queries on a dataset, one after the other.

    Guarantee: read-only.
    """

    def __init__(
        self, store: ox.Store, maximum_answer_bytes: int, *, is_complete: bool = False
    ) -> None:
        """Take over a loaded store.

        In: whether its default graph holds the layers already; they are copied there if not.
        """
        self._dataset = Dataset(store if is_complete else complete(store))
        self._maximum_answer_bytes = maximum_answer_bytes
        self._thread = deep_thread()

    def answer_now(self, question: Question) -> bytes:
        """Return the whole answer.

        Raises: QueryRefused, QueryTooLarge.
        """
        answer = self._thread.submit(self._attempt, question).result()
        if isinstance(answer, InterventionsError):
            raise answer
        return answer

    def _attempt(self, question: Question) -> bytes | InterventionsError:
        """Return the answer or the error to raise.

        A result must end in the thread that made it. An error raised while there is one would carry
        it, in its traceback, into the thread that asked; so it is raised where none is left.
        """
        buffer = LimitedBuffer(self._maximum_answer_bytes)
        try:
            self._dataset.answer(question, buffer)
        except QueryTooLarge as error:
            return QueryTooLarge(str(error))
        except QueryRefused as error:
            return QueryRefused(str(error), error.value)
        return buffer.getvalue()


def deep_thread() -> ThreadPoolExecutor:
    """Return a thread with room for the deepest query, which the engine reads recursively.

    Units: the room is address space; only what a query uses becomes memory.
    """
    before = threading.stack_size(STACK_BYTES)
    try:
        thread = ThreadPoolExecutor(1, thread_name_prefix="query")
        thread.submit(int).result()
    finally:
        threading.stack_size(before)
    return thread
