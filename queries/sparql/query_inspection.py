"""Look at a query without evaluating it: its form, the graphs it names, and whether it may run.

It is a tokenizer and not a parser, because parsing in Python costs more than answering most
queries. The engine remains the judge of syntax. No part of the pattern can be tried twice on the
same characters (possessive repeats, optional closing quotes), so that its time grows with the
length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from ontology.errors import QueryRefused
from queries.sparql.federation_guard import asks_elsewhere

TOKEN = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
      |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:\w[\w.-]{0,63})?:[\w.:%\\-]*)
  | (?P<word>\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

PROLOGUE_AND_FORM = re.compile(
    r"(?:\s++|\#[^\n\r]*+|PREFIX\s++[\w.-]*+:\s*+<[^<>\s]*+>|BASE\s++<[^<>\s]*+>)*+"
    r"(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
"""The beginning of a query up to the word that says what it answers."""

FORMS = "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"
_OPENING, _CLOSING = "({[", ")}]"
_MAXIMUM_DEPTH = 100
_UPDATES = "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"


@dataclass(frozen=True)
class QueryInspection:
    """What can be seen of a query from outside."""

    form: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def gives_triples(self) -> bool:
        """True if the answer is a graph, and false if it is a table or a yes or no."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def inspect_query(query: str) -> QueryInspection:
    """Return the outline of a query.

    Raises: QueryRefused for an update, for SERVICE, and for a text that is not a query.

    >>> inspect_query("PREFIX ci: <http://x/> SELECT * FROM ci:a { ?s ?p 'SERVICE' }")
    QueryInspection(form='SELECT', default_graphs=('http://x/a',), named_graphs=())
    """
    plain = _plain_form(query)
    if plain is not None:
        return QueryInspection(plain, (), ())
    tokens = list(_tokens(query))
    _check_depth(text for kind, text in tokens if kind == "other")
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
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
    base = _base(tokens, words)
    prefixes = _prefixes(tokens, words)
    default: list[str] = []
    named: list[str] = []
    for place, word in enumerate(words):
        if word != "FROM":
            continue
        is_named = words[place + 1 : place + 2] == ["NAMED"]
        graph = _graph(tokens[place + 1 + is_named : place + 2 + is_named], prefixes)
        if graph is not None:
            (named if is_named else default).append(urljoin(base, graph))
    return QueryInspection(first, tuple(default), tuple(named))


def _plain_form(query: str) -> str | None:
    """Return the form of a query in which nothing has to be looked for, or None.

    Most queries name no graph, no service, and have few brackets; for them a look at the beginning
    is enough, at a tenth of the time.
    """
    folded = query.casefold()
    brackets = sum(query.count(sign) for sign in _OPENING)
    if "from" in folded or "service" in folded or brackets > _MAXIMUM_DEPTH:
        return None
    beginning = PROLOGUE_AND_FORM.match(query)
    return beginning["form"].upper() if beginning else None


def _check_depth(signs: Iterable[str]) -> None:
    """Check that brackets are not nested so deep that reading them would need endless memory."""
    depth = 0
    for sign in signs:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth > _MAXIMUM_DEPTH:
            raise QueryRefused(f"brackets are nested more than {_MAXIMUM_DEPTH} deep; simplify it")


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of every token that is not white space or a comment."""
    for match in TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "skip":
            yield match.lastgroup, match.group()


def _base(tokens: list[tuple[str, str]], words: list[str]) -> str:
    """Return what the query declares its relative addresses to be relative to; else nothing."""
    base = ""
    for place, word in enumerate(words):
        if word == "BASE" and [kind for kind, _ in tokens[place + 1 : place + 2]] == ["iri"]:
            base = urljoin(base, tokens[place + 1][1][1:-1])
    return base


def _prefixes(tokens: list[tuple[str, str]], words: list[str]) -> dict[str, str]:
    """Return the prefixes that the query declares."""
    declared: dict[str, str] = {}
    for place, word in enumerate(words):
        following = tokens[place + 1 : place + 3]
        if word == "PREFIX" and [kind for kind, _ in following] == ["name", "iri"]:
            declared[following[0][1]] = following[1][1][1:-1]
    return declared


def _graph(token: list[tuple[str, str]], prefixes: dict[str, str]) -> str | None:
    """Return the address of the graph that a FROM names."""
    if not token:
        return None
    kind, text = token[0]
    if kind == "iri":
        return text[1:-1]
    prefix, _, local = text.partition(":")
    return prefixes.get(f"{prefix}:", "") + local if kind == "name" else None
