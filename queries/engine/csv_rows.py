"""Write a table as CSV in which every value is one cell.

The engine puts literals with commas in quotation marks, but not addresses, of which those of a
passage (`#char=8346,8378`) have one: a reader would see a cell too many. Its TSV tells the two
apart.
"""

from __future__ import annotations

import re

from queries.engine.xml_check import Output

_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_NEEDS_QUOTES = re.compile('[",\n\r]')


class CsvRows:
    """Takes a table as TSV and passes it on as CSV, line by line."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._begun = b""
        self._is_header = True

    def write(self, chunk: bytes, /) -> int:
        """Take a chunk and return its length; the output may end the answer by an error."""
        lines = (self._begun + bytes(chunk)).split(b"\n")
        self._begun = lines.pop()
        if lines:
            written = "".join([self._row(line.decode()) for line in lines])
            self._output.write(written.encode())
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: a line that is not whole is no row."""

    def _row(self, line: str) -> str:
        cells = line.split("\t")
        if self._is_header:
            self._is_header = False
            return ",".join([cell.removeprefix("?") for cell in cells]) + "\r\n"
        return ",".join([csv_cell(_value(cell)) for cell in cells]) + "\r\n"


def csv_cell(value: str) -> str:
    """Return a value as a cell of CSV.

    >>> csv_cell('a "b", c')
    '"a ""b"", c"'
    """
    if _NEEDS_QUOTES.search(value) is None:
        return value
    return '"' + value.replace('"', '""') + '"'


def _value(cell: str) -> str:
    r"""Return what a cell of TSV stands for.

    >>> _value("<x:a,b>"), _value(r'"a\tb"@en'), _value("7"), _value("")
    ('x:a,b', 'a\tb', '7', '')
    """
    mark = cell[:1]
    if mark == "<":
        return cell[1:-1]
    if mark != '"':
        return cell
    # Neither a language nor a data type has a quotation mark.
    text = cell[1 : cell.rindex('"')]
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)
