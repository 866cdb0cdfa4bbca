"""The graphs that the FROM clauses of a query name, as the engine resolves their addresses."""

from collections.abc import Iterable

import pyoxigraph as ox

from ontology.errors import QueryRefused
from ontology.namespaces import BASE
from queries.sparql.lexer import Token
from queries.sparql.text_limits import TextLimits

BASE_IRI = f"{BASE}sparql"
"""What relative addresses in a query without BASE are relative to."""

_Named = list[tuple[bool, str]]


def graphs_named(
    tokens: list[Token], limits: TextLimits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs that FROM names, and those that FROM NAMED names, each once.

    Relative addresses and prefixes are those of the query.
    Raises: QueryRefused above a limit, and for a FROM that cannot be told from what it touches.
    """
    prologue, named = _clauses(tokens)
    places = [place for place, _ in named]
    limits.check_graphs(tuple(name for _, name in named), ())
    addresses = _resolved(prologue, [name for _, name in named]) if named else []
    pairs = list(zip(places, addresses, strict=True))
    default = tuple(dict.fromkeys(address for is_named, address in pairs if not is_named))
    among = tuple(dict.fromkeys(address for is_named, address in pairs if is_named))
    limits.check_graphs(default, among)
    return default, among


def _clauses(tokens: list[Token]) -> tuple[list[str], _Named]:
    """Return what the query declares, and the graphs as they stand, with whether NAMED is there."""
    prologue: list[str] = []
    declared: set[str] = set()
    named: _Named = []
    padded = [*tokens, tokens[-1], tokens[-1]]
    for token, second, third in zip(padded, padded[1:], padded[2:], strict=False):
        if token.word == "BASE" and second.kind == "iri":
            prologue.append(f"BASE {second.text}")
        elif token.word == "PREFIX" and (second.kind, third.kind) == ("name", "iri"):
            declared.add(second.text)
            prologue.append(f"PREFIX {second.text} {third.text}")
        elif token.word == "FROM":
            is_named = second.word == "NAMED"
            graph = third if is_named else second
            if graph.kind not in ("iri", "name"):
                raise _unreadable(token)
            named.append((is_named, graph.text))
    # The engine needs no space beside a keyword: ASKFROM<a> asks, and FROMa:b names a graph.
    for token in tokens:
        prefix = f"{token.text.partition(':')[0]}:"
        is_open = token.kind == "word" or (token.kind == "name" and prefix not in declared)
        if is_open and "FROM" in token.text.upper() and token.word != "FROM":
            raise _unreadable(token)
    return prologue, named


def _resolved(prologue: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return names as whole addresses, by the engine's own reading: Turtle declares as SPARQL."""
    statements = [f"{name} <x:names> 0 ." for name in names]
    text = "\n".join((*prologue, *statements))
    try:
        return [
            str(statement.subject.value)
            for statement in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=BASE_IRI)
            if isinstance(statement.subject, ox.NamedNode)
        ]
    except SyntaxError as error:
        raise QueryRefused(
            f"the graphs after FROM cannot be read: {error.msg}; expected <address>, or a name "
            "whose prefix the query declares"
        ) from None


def _unreadable(token: Token) -> QueryRefused:
    shown = token.text[:40]
    return QueryRefused(
        f"{shown!r}: expected FROM <address> or FROM NAMED <address>, with spaces beside FROM",
        shown,
        ["FROM <address>", "FROM NAMED <address>"],
    )
