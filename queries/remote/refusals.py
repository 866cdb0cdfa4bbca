"""What is never passed on to a remote store, beyond what no engine of ours runs.

A remote store is not walled in as our own workers are. Some know words of their own that fetch from
the network or call functions of the database below; none of these can be said in SPARQL 1.1 with
prefixes that the query itself declares.
"""

import re

from ontology.errors import QueryRefused
from queries.sparql.lexer import TOKEN
from queries.sparql.query_inspection import FORMS, QueryInspection, inspect_query

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OWN_FUNCTIONS = "bif:", "sql:"
"""Schemes of the functions of a database."""
_HIGHEST_CHARACTER = 0x10FFFF


def checked(query: str, seen: QueryInspection | None = None) -> QueryInspection:
    """Return what can be seen of a query that may be passed on.

    In: what was seen of it, if it has been looked at.
    Raises: QueryRefused for an update, SERVICE, words of one store's own, undeclared prefixes.

    >>> checked("SELECT * { ?s ?p ?o }").form
    'SELECT'
    """
    # A store may read escapes before anything else, so that SERV\\u0049CE is SERVICE to it.
    plain = _ESCAPE.sub(_character, query)
    if plain != query:
        _check(plain)
    return _check(query, seen)


def _check(query: str, seen: QueryInspection | None = None) -> QueryInspection:
    seen = seen or inspect_query(query)
    tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(query)]
    tokens = [(kind, text) for kind, text in tokens if kind != "skip"]
    declared = {"_"}
    is_prologue = True
    for place, (kind, text) in enumerate(tokens):
        if kind == "word":
            is_prologue = is_prologue and text.upper() not in FORMS
            if is_prologue and text.upper() not in ("PREFIX", "BASE"):
                raise QueryRefused(f"{text}: expected PREFIX, BASE or one of {', '.join(FORMS)}")
        elif kind == "iri" and text[1:].lower().startswith(_OWN_FUNCTIONS):
            raise QueryRefused(f"{text} is a function of one kind of store; it is not passed on")
        elif kind == "name":
            prefix = text.partition(":")[0]
            if is_prologue and tokens[place - 1][1].upper() == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                raise QueryRefused(
                    f"the prefix {prefix}: is not declared; expected PREFIX {prefix}: <…> at the "
                    "top"
                )
    return seen


def _character(escape: re.Match[str]) -> str:
    """Return the character that an escape stands for; one that there is not stays as it is."""
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= _HIGHEST_CHARACTER else escape.group()
