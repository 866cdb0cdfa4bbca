"""Give the columns of `SELECT *` the order in which the query names its variables."""

from collections.abc import Iterable

from queries.sparql.lexer import tokens_of


def with_columns(query: str, star: int, columns: Iterable[str]) -> str | None:
    """Return the query with its columns in place of the star; None if they are in order already.

    In: the place of the star, and the columns in the order of the engine, which is another.

    >>> with_columns("SELECT * { ?s ?p ?o }", 7, ["o", "p", "s"])
    'SELECT ?s ?p ?o { ?s ?p ?o }'
    """
    given = list(columns)
    named = (token.text[1:] for token in tokens_of(query) if token.kind == "variable")
    wanted = [name for name in dict.fromkeys(named) if name in given]
    if wanted == given or set(wanted) != set(given):
        return None
    return f"{query[:star]}{' '.join(f'?{name}' for name in wanted)}{query[star + 1 :]}"
