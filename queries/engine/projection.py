"""Give the columns of `SELECT *` the order in which the query names its variables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from queries.sparql.query_inspection import PROLOGUE_AND_FORM, TOKEN

_STAR = re.compile(
    r"(?P<skipped>(?:\s++|\#[^\n\r]*+|\b(?:DISTINCT|REDUCED)\b)*+)(?P<star>\*)", re.IGNORECASE
)


def star_of(query: str) -> int | None:
    """Return where the star of `SELECT *` stands, or None in any other query.

    >>> star_of("SELECT DISTINCT * { ?s ?p ?o }"), star_of("SELECT (COUNT(*) AS ?n) {}")
    (16, None)
    """
    beginning = PROLOGUE_AND_FORM.match(query)
    if beginning is None or beginning["form"].upper() != "SELECT":
        return None
    found = _STAR.match(query, beginning.end())
    return found.start("star") if found else None


def with_columns(query: str, star: int, columns: Iterable[str]) -> str | None:
    """Return the query with its columns in place of the star; None if they are in order already.

    In: the place of the star, and the columns in the order of the engine, which is another.

    >>> with_columns("SELECT * { ?s ?p ?o }", 7, ["o", "p", "s"])
    'SELECT ?s ?p ?o { ?s ?p ?o }'
    """
    given = list(columns)
    named = (match.group()[1:] for match in TOKEN.finditer(query) if match.lastgroup == "variable")
    wanted = [name for name in dict.fromkeys(named) if name in given]
    if wanted == given or set(wanted) != set(given):
        return None
    return f"{query[:star]}{' '.join(f'?{name}' for name in wanted)}{query[star + 1 :]}"
