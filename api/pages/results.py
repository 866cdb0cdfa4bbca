"""The answer to a query as a page shows it: cells with names and links, and bars where they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.views.description import Description, compact
from ontology.namespaces import NS

_NUMBERS = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_MOST_NAMED = 1_000
"""Of more things the names are not looked up: their addresses are shown."""
_MOST_BARS, _WIDEST_BAR = 30, 340


@dataclass(frozen=True)
class Cell:
    """A value: its text, its address where it is a thing, and whether it is a number."""

    text: str
    iri: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Bar:
    """A row as a bar: what it is of, its number as it was answered, and its width."""

    label: str
    number: str
    width: float


@dataclass(frozen=True)
class ShownResults:
    """An answer: its columns, its rows with a cell for each column, and the same as bars if any."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bars: Sequence[Bar]


def addresses_in(results: Mapping[str, Any]) -> list[str]:
    """Return the things in an answer whose names are worth looking up.

    In: an answer in the JSON results format.
    """
    values = (value for row in _bindings(results) for value in row.values())
    found = list(dict.fromkeys(value["value"] for value in values if value["type"] == "uri"))
    return found if len(found) <= _MOST_NAMED else []


def shown_results(results: Mapping[str, Any], names: Description) -> ShownResults:
    """Return an answer for a page.

    In: an answer in the JSON results format; what is known of the names of its things.
    """
    if "boolean" in results:
        return ShownResults(["answer"], [[Cell("yes" if results["boolean"] else "no")]], ())
    columns = results["head"]["vars"]
    rows = [
        [_cell(row[column], names) if column in row else Cell("") for column in columns]
        for row in _bindings(results)
    ]
    return ShownResults(columns, rows, _bars(rows))


def _bindings(results: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = results.get("results", {}).get("bindings", ())
    return found


def _cell(value: Mapping[str, Any], names: Description) -> Cell:
    text = value["value"]
    if value["type"] == "uri":
        short = f"ci:{compact(text)}" if text.startswith(str(NS)) else text
        return Cell(names.label(text) or short, text)
    if value["type"] == "triple":
        parts = (_cell(text[part], names).text for part in ("subject", "predicate", "object"))
        return Cell(f"<< {' '.join(parts)} >>")
    return Cell(text, is_number=value.get("datatype") in _NUMBERS)


def _bars(rows: Sequence[Sequence[Cell]]) -> Sequence[Bar]:
    """Return rows of a name and a number as bars; none where a bar would not be a fair picture."""
    is_fit = 1 < len(rows) <= _MOST_BARS and all(
        len(row) == 2 and row[1].is_number and not row[0].is_number and row[0].text for row in rows
    )
    numbers = [float(row[1].text) for row in rows] if is_fit else []
    largest = max(numbers, default=0.0)
    # What is below zero, or no number at all, has no length.
    if not 0 < largest < float("inf") or min(numbers) < 0:
        return ()
    return [
        Bar(row[0].text, row[1].text, round(_WIDEST_BAR * number / largest, 1))
        for row, number in zip(rows, numbers, strict=True)
    ]
