"""The terms of an answer as values of JSON."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rdflib.namespace import XSD

Json = Any
_READERS: dict[str, Callable[[str], Json]] = {
    str(XSD.boolean): lambda written: written == "true",
    str(XSD.decimal): Decimal,
    str(XSD.double): float,
    str(XSD.integer): int,
}
"""How the text of a literal becomes a value of JSON; other types stay text."""


def literal_value(datatype: str, written: str) -> Json:
    """Return what a literal means in JSON: a truth, a number, or else its text.

    >>> literal_value("http://www.w3.org/2001/XMLSchema#integer", "7")
    7
    """
    read = _READERS.get(datatype)
    return read(written) if read else written


def plain(term: Mapping[str, Any] | None) -> Json:
    """Return a term as a value of JSON: numbers and truths as such, everything else as text."""
    if term is None:
        return None
    return literal_value(term.get("datatype", ""), term["value"])


def plain_rows(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Json]]:
    """Return the rows of an answer as objects with a value, or null, in every column."""
    return [{column: plain(row.get(column)) for column in columns} for row in rows]
