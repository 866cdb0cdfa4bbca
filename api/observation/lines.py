"""Lines about what happened, as text or JSON; written beside the service, which never waits."""

import hashlib
import json
from datetime import UTC, datetime

from data.disk.log_lines import LOG_LINES

_HASH_CHARACTERS = 16
_NEEDS_QUOTES = frozenset(" \"'=\\")

Fields = dict[str, str | int | float | bool | None]


class Lines:
    """Writes one line for each thing that happened."""

    def __init__(self, form: str) -> None:
        """Begin to write.

        In: `text` for key=value, `json` for one object a line.
        """
        self._form = form

    def write(self, event: str, fields: Fields) -> None:
        """Write a line: the time, what it is about, and what is known of that."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told: Fields = {"time": now, "event": event, **fields}
        LOG_LINES.write(as_json(told) if self._form == "json" else as_text(told))


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
