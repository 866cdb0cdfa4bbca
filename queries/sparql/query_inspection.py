"""Look at a query without evaluating it: its form, the graphs it names, and whether it may run.

A text is looked at once on its way: what is seen goes with it to the worker.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from ontology.errors import QueryRefused
from queries.sparql.federation_guard import asks_elsewhere
from queries.sparql.lexer import Token, tokens_of

# takes (match): "PREFIX ci: <http://x/> # ours\nSELECT ?s"
# leaves (match): "{ ?s ?p ?o } SELECT"
_PROLOGUE_AND_FORM = re.compile(
    r"(?:\s++|\#[^\n\r]*+|PREFIX\s++[\w.-]*+:\s*+<[^<>\s]*+>|BASE\s++<[^<>\s]*+>)*+"
    r"(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
"""The beginning of a query up to the word that says what it answers."""

_STAR = re.compile(
    r"(?P<skipped>(?:\s++|\#[^\n\r]*+|\b(?:DISTINCT|REDUCED)\b)*+)(?P<star>\*)", re.IGNORECASE
)
FORMS = "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"
_OPENING, _CLOSING = "({[", ")}]"
_MAXIMUM_DEPTH = 100
_UPDATES = "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"


@dataclass(frozen=True)
class QueryInspection:
    """What can be seen of a query from outside: what it answers, and of which graphs.

    In: `star` is where the star of `SELECT *` stands, or None in any other query.
    """

    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    star: int | None = None

    @property
    def gives_triples(self) -> bool:
        """True if the answer is a graph, and false if it is a table or a yes or no."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def inspect_query(query: str) -> QueryInspection:
    """Return what can be seen of a query.

    Raises: QueryRefused for an update, for SERVICE, and for a text that is not a query.

    >>> inspect_query("PREFIX ci: <http://x/> SELECT ?s FROM ci:a { ?s ?p 'SERVICE' }")
    QueryInspection(form='SELECT', default_graphs=('http://x/a',), named_graphs=(), star=None)
    >>> inspect_query("SELECT DISTINCT * { ?s ?p ?o }").star
    16
    """
    beginning = _PROLOGUE_AND_FORM.match(query)
    form = beginning["form"].upper() if beginning else ""
    star = _STAR.match(query, beginning.end()) if beginning and form == "SELECT" else None
    place = star.start("star") if star else None
    if form and _is_plain(query):
        return QueryInspection(form, star=place)
    tokens = tokens_of(query)
    _check_depth(tokens)
    words = [token.word for token in tokens]
    if "SERVICE" in words or asks_elsewhere(query):
        raise QueryRefused(
            "SERVICE asks another server; this service never does. Remove the SERVICE part."
        )
    first = next((word for word in words if word in FORMS + _UPDATES), None)
    if first is None:
        raise QueryRefused(f"this is not a SPARQL query; expected one of {', '.join(FORMS)}")
    if first in _UPDATES:
        raise QueryRefused(
            f"{first} changes data; this service is read-only and takes queries only"
        )
    default, named = _graphs(tokens)
    return QueryInspection(first, default, named, place)


def _is_plain(query: str) -> bool:
    """Return whether nothing has to be looked for behind the beginning of a query.

    Most queries name no graph, no service, and have few brackets; this takes them a tenth of the
    time.
    """
    folded = query.casefold()
    brackets = sum(query.count(sign) for sign in (*_OPENING, "<<"))
    return "from" not in folded and "service" not in folded and brackets <= _MAXIMUM_DEPTH


def _check_depth(tokens: list[Token]) -> None:
    """Check that brackets are not nested so deep that reading them would need endless memory."""
    depth = 0
    for token, after in pairwise(tokens):
        if token.kind == "sign":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            # The engine takes << for the beginning of a triple within another; SPARQL 1.1 has none.
            depth += token.text == after.text == "<" and token.end == after.start
        if depth > _MAXIMUM_DEPTH:
            raise QueryRefused(f"brackets are nested more than {_MAXIMUM_DEPTH} deep; simplify it")


def _graphs(tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs that FROM names, and those that FROM NAMED names.

    A relative address is relative to what BASE declares; the prefixes are those of the query.
    """
    base = ""
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    padded = [*tokens, tokens[-1], tokens[-1]]
    for token, second, third in zip(padded, padded[1:], padded[2:], strict=False):
        if token.word == "BASE" and second.kind == "iri":
            base = urljoin(base, second.text[1:-1])
        elif token.word == "PREFIX" and (second.kind, third.kind) == ("name", "iri"):
            prefixes[second.text] = third.text[1:-1]
        elif token.word == "FROM":
            graphs, graph = (named, third) if second.word == "NAMED" else (default, second)
            if graph.kind == "iri":
                graphs.append(urljoin(base, graph.text[1:-1]))
            elif graph.kind == "name":
                prefix, _, local = graph.text.partition(":")
                graphs.append(urljoin(base, prefixes.get(f"{prefix}:", "") + local))
    return tuple(default), tuple(named)
