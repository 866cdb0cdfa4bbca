"""Count the rows of an answer while it is written, without reading it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from ontology.errors import QueryTooLarge
from queries.engine.interface import TABLE_FORMATS

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_ROW_ENDS: dict[str, bytes] = {"json": b"},{", "xml": b"</result>", "csv": b"\n", "tsv": b"\n"}
"""What stands between or after rows and, outside of quotation marks, nowhere else."""
_BEFORE_FIRST_END: dict[str, int] = {"json": 1, "xml": 0, "csv": -1, "tsv": -1}
"""Rows before the first of these ends: in JSON they stand between rows, and a header has one."""
_QUOTED = "json", "csv"
"""Formats whose texts stand in quotation marks and may hold what ends a row."""


class RowCounter:
    """Counts rows; for triples, of which the limit of bytes is limit enough, nothing."""

    def __init__(self, media_type: str) -> None:
        self._format = TABLE_FORMATS.get(media_type, "")
        self._end = _ROW_ENDS.get(self._format, b"")
        self._carried = b""
        self._inside = False
        self.rows = _BEFORE_FIRST_END.get(self._format, 0)

    def add(self, chunk: bytes) -> int:
        """Count what a chunk adds and return the rows so far; no row of JSON counts as one.

        >>> RowCounter("application/sparql-results+json").add(b'[{"a":"},{"},{"a":"x"}]')
        2
        """
        if not self._end:
            return 0
        text = self._carried + chunk
        unfinished = self._unfinished_bytes(text)
        self._carried = text[len(text) - unfinished :]
        text = text[: len(text) - unfinished]
        if self._format == "json":
            text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
        pieces = text.split(b'"') if self._format in _QUOTED else [text]
        self.rows += sum(piece.count(self._end) for piece in pieces[self._inside :: 2])
        self._inside ^= len(pieces) % 2 == 0
        return self.rows

    def _unfinished_bytes(self, text: bytes) -> int:
        """Return how many bytes at the end are to be read again with what follows them.

        They may be the beginning of the end of a row, or of an escaped character.
        """
        if self._format == "json" and text.endswith(b"\\"):
            return (len(text) - len(text.rstrip(b"\\"))) % 2
        begun = (n for n in range(len(self._end) - 1, 0, -1) if text.endswith(self._end[:n]))
        return next(begun, 0)


class LimitedBuffer(BytesIO):
    """Collects an answer and stops it above the limits of bytes and rows."""

    def __init__(
        self, limit_bytes: int, limit_rows: int | None = None, media_type: str = ""
    ) -> None:
        super().__init__()
        self._limit_bytes, self._limit_rows = limit_bytes, limit_rows
        self._counter = RowCounter(media_type)

    def write(self, chunk: ReadableBuffer, /) -> int:
        """Add a chunk and return its length.

        Raises: QueryTooLarge above a limit.
        """
        length = super().write(chunk)
        # A header counts as a row, so that the limit is reached one later.
        if self._limit_rows is not None and self._counter.add(bytes(chunk)) > self._limit_rows + 1:
            raise too_large(f"more than {self._limit_rows:,} rows")
        if self.tell() > self._limit_bytes:
            raise too_large(f"larger than {self._limit_bytes:,} bytes")
        return length


def too_large(how: str) -> QueryTooLarge:
    """Return the error for an answer above a limit."""
    return QueryTooLarge(f"the answer is {how}; add LIMIT, or take the release's exports")
