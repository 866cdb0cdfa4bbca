"""A process that answers one query at a time and may be ended at any moment."""

import os
import signal
import socket
import threading
from collections.abc import Callable

from ontology.errors import InterventionsError, QueryTooLarge
from queries.engine.dataset import Dataset
from queries.engine.interface import Question
from queries.engine.limits import STACK_BYTES, QueryLimits
from queries.engine.row_limit import RowCounter
from queries.pool.messages import PART, Kind, receive_question
from queries.pool.sandbox import limit_memory

_SENT_AT_ONCE_BYTES = 256 * 2**10
_GRACE_S = 0.5
"""How much later than the service a worker ends itself, in case that the service has gone."""


class AnswerSender:
    """Passes an answer on in parts, and ends it above the limit of bytes or rows."""

    def __init__(self, link: socket.socket, limits: QueryLimits, media_type: str) -> None:
        self._link = link
        self._limits = limits
        self._rows = RowCounter(media_type)
        self._waiting = bytearray()
        self._bytes = 0

    def write(self, chunk: bytes, /) -> int:
        """Take a chunk and return its length.

        Raises: QueryTooLarge above a limit.
        """
        self._bytes += len(chunk)
        if self._bytes > self._limits.answer_bytes:
            raise QueryTooLarge(f"the answer is larger than {self._limits.answer_bytes:,} bytes")
        self._waiting += chunk
        if len(self._waiting) >= _SENT_AT_ONCE_BYTES:
            self._link.sendall(self._part())
        return len(chunk)

    def _part(self, *, is_last: bool = False) -> bytes:
        """Return what waits as one part of the answer, and count its rows.

        An answer with no more bytes than rows are allowed cannot have too many, and is not counted.
        """
        if not is_last or self._bytes > self._limits.answer_rows:
            rows = self._rows.add(bytes(self._waiting))
            if rows > self._limits.answer_rows:
                raise QueryTooLarge(f"the answer has more than {self._limits.answer_rows:,} rows")
        part = PART.pack(Kind.DATA, len(self._waiting)) + self._waiting
        self._waiting.clear()
        return part

    def flush(self) -> None:
        """Do nothing: `end` sends the rest, together with how the answer ended."""

    def end(self, kind: Kind, message: str = "") -> None:
        """Send the rest of the answer, and how it ended.

        Raises: QueryTooLarge if the rest has too many rows.
        """
        rest = self._part(is_last=True) if kind == Kind.DONE and self._waiting else b""
        text = message.encode()
        self._link.sendall(rest + PART.pack(kind, len(text)) + text)


def work(
    link: socket.socket, dataset: Dataset, limits: QueryLimits, give_up: Callable[[], object]
) -> None:
    """Answer the questions that come over a socket until the other side has gone.

    In: what the process gives up before the first of them.
    """
    # The engine's stack must be there before the memory is limited.
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_serve, args=(link, dataset, limits, give_up))
    thread.start()
    thread.join()


def _serve(
    link: socket.socket, dataset: Dataset, limits: QueryLimits, give_up: Callable[[], object]
) -> None:
    """Give up what a query must not have, say so, and answer until the service has gone."""
    limit_memory(limits.memory_bytes)
    give_up()
    try:
        link.sendall(PART.pack(Kind.READY, 0))
        while True:
            budget_s, question = receive_question(link)
            # The kernel ends this process after that time, whatever it does, and whoever has gone.
            signal.setitimer(signal.ITIMER_REAL, budget_s + _GRACE_S)
            _answer(link, dataset, limits, question)
            signal.setitimer(signal.ITIMER_REAL, 0)
    except (EOFError, OSError):
        return
    except MemoryError:
        # It is the end of the process too where the engine itself finds no memory.
        os._exit(1)


def _answer(link: socket.socket, dataset: Dataset, limits: QueryLimits, question: Question) -> None:
    """Answer one question.

    Raises: OSError when the service has gone.
    """
    sender = AnswerSender(link, limits, question.media_type)
    try:
        dataset.answer(question, sender)
        sender.end(Kind.DONE)
    except QueryTooLarge as error:
        sender.end(Kind.TOO_LARGE, str(error))
    except InterventionsError as error:
        sender.end(Kind.REFUSED, str(error))
    except OSError as error:
        # The engine tried what it may not; or the service has gone, to whom this cannot be told.
        sender.end(Kind.REFUSED, f"the query cannot be answered: {error}")
