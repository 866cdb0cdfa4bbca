"""Tell where a query stops being SPARQL, and what could stand there."""

from __future__ import annotations

import re

PLACE = re.compile(
    r"^error at (?P<line>\d+):(?P<column>\d+): expected (?P<expected>.*)$", re.DOTALL
)
PREFIX_EXPECTED = "Prefix not found"
TOKEN_THERE = re.compile(r"\S{1,40}")
PREFIXED_NAME_BEFORE = re.compile(r"[\w.-]*:[\w.:-]*$")
LONGEST_LINE_SHOWN = 120


def syntax_message(query: str, told: str) -> str:
    """Return the engine's message with the line, its text, the column and what was expected.

    >>> print(syntax_message("SELECT ?x WHERE { ?x <a> }", "error at 1:26: expected [_]"))
    line 1, column 26: '}' cannot stand here; expected a term or a name
      SELECT ?x WHERE { ?x <a> }
                               ^
    """
    place = PLACE.match(told)
    if place is None:
        return f"the query cannot be read: {told}"
    number, column = int(place["line"]), int(place["column"])
    lines = query.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    return (
        f"line {number}, column {column}: {_found(line, column)}; "
        f"{_expected(place['expected'], line, column)}{_pointed(line, column)}"
    )


def _found(line: str, column: int) -> str:
    """Return what stands at a place, in words."""
    there = TOKEN_THERE.match(line, column - 1)
    return f"{there.group()!r} cannot stand here" if there else "the query ends too early"


def _expected(told: str, line: str, column: int) -> str:
    """Return what could stand at the place; the grammar's classes of characters become words."""
    name = PREFIXED_NAME_BEFORE.search(line[: column - 1])
    if PREFIX_EXPECTED in told and name:
        prefix = name.group().partition(":")[0]
        return f"the prefix {prefix}: is not declared; expected PREFIX {prefix}: <…> at the top"
    choices = told.removeprefix("one of ").split(", ")
    plain = [
        one for one in choices if not one.startswith("[") and "'" not in one and "\n" not in one
    ]
    if len(plain) < len(choices):
        plain.append("a term or a name")
    return f"expected {' or '.join(plain)}"


def _pointed(line: str, column: int) -> str:
    """Return the line with a mark under the place, where it is short enough to be read."""
    if not line.strip() or len(line) > LONGEST_LINE_SHOWN:
        return ""
    return f"\n  {line}\n  {' ' * (column - 1)}^"
