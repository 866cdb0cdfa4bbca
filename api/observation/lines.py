"""Lines about what happened, as text or JSON; written beside the service, which never waits."""

import atexit
import hashlib
import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue

_WAITING_LINES = 10_000
_HASH_CHARACTERS = 16
_NEEDS_QUOTES = frozenset(" \"'=\\")

Fields = dict[str, str | int | float | bool | None]


class _Bounded(QueueHandler):
    """Drops what comes faster than it is written: a log that nobody reads must stop nothing."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Add a line, if there is room."""
        try:
            self.queue.put_nowait(record)
        except Full:
            return


class Lines:
    """Writes one line for each thing that happened."""

    def __init__(self, form: str) -> None:
        """Begin to write.

        In: `text` for key=value, `json` for one object a line.
        """
        self._form = form
        self._listener: QueueListener | None = None
        self._log = logging.Logger("interventions")

    def write(self, event: str, fields: Fields) -> None:
        """Write a line: the time, what it is about, and what is known of that."""
        if self._listener is None:
            self._begin()
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told: Fields = {"time": now, "event": event, **fields}
        self._log.info("%s", as_json(told) if self._form == "json" else as_text(told))

    def _begin(self) -> None:
        """Start the thread that writes; it must not be there before processes are forked."""
        waiting: Queue[logging.LogRecord] = Queue(_WAITING_LINES)
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._listener = QueueListener(waiting, handler)
        self._listener.start()
        atexit.register(self._listener.stop)
        self._log.addHandler(_Bounded(waiting))


def as_json(fields: Fields) -> str:
    """Return fields as one object in one line."""
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def as_text(fields: Fields) -> str:
    r"""Return fields as key=value; no value can begin another field or line.

    >>> as_text({"path": "/a b=c\n", "status": 200, "kept": False, "bytes": None})
    'path="/a b=c\\n" status=200 kept=false bytes=-'
    """
    return " ".join(f"{name}={_value(value)}" for name, value in fields.items())


def _value(value: str | int | float | bool | None) -> str:
    if value is None:
        return "-"
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = value and value.isascii() and value.isprintable() and _NEEDS_QUOTES.isdisjoint(value)
    return value if is_plain else json.dumps(value)


def query_hash(text: str) -> str:
    """Return what stands for a query in the log, which does not repeat what a visitor wrote."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARACTERS]
