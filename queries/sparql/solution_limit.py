"""Bound how many solutions a query asks of the engine, without parsing it."""

from collections.abc import Sequence

from queries.sparql.lexer import Token, tokens_of
from queries.sparql.text_limits import CLOSING, OPENING

_LIMIT, _VALUES = "LIMIT", "VALUES"


def with_limit(query: str, most: int) -> str:
    r"""Return a query that finds at most so many solutions; its own smaller limit stays.

    The limit of a query inside it is another matter. What cannot be told from a limit, such as
    `OFFSET1LIMIT2`, which the engine reads, stays as it is.

    >>> with_limit("SELECT ?s { ?s ?p 1 } # all", 5)
    'SELECT ?s { ?s ?p 1 } # all\nLIMIT 5'
    >>> with_limit("SELECT * { ?s ?p 1 } LIMIT 9 OFFSET 2", 5)
    'SELECT * { ?s ?p 1 } LIMIT 5 OFFSET 2'
    >>> with_limit("SELECT * { { SELECT * { ?s ?p 1 } LIMIT 9 } } VALUES ?p { <x:p> }", 5)
    'SELECT * { { SELECT * { ?s ?p 1 } LIMIT 9 } } \nLIMIT 5\nVALUES ?p { <x:p> }'
    """
    outside = _outside(tokens_of(query))
    words = [token.word for token in outside]
    if _LIMIT in words:
        number = outside[words.index(_LIMIT) + 1]
        if not number.text.isdecimal() or int(number.text) <= most:
            return query
        return f"{query[: number.start]}{most}{query[number.end :]}"
    if any(_LIMIT in word or word.endswith(_VALUES) != (word == _VALUES) for word in words):
        return query
    if _VALUES in words:
        place = outside[words.index(_VALUES)].start
        return f"{query[:place]}\n{_LIMIT} {most}\n{query[place:]}"
    # On a line of its own: a comment may stand last.
    return f"{query}\n{_LIMIT} {most}"


def _outside(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that stand in no brackets."""
    depth = 0
    found = []
    for token in tokens:
        depth -= token.text in CLOSING
        if depth == 0:
            found.append(token)
        depth += token.text in OPENING
    return found
