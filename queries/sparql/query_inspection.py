"""Look at a query without evaluating it: its form, the graphs it names, and whether it may run.

A text is looked at once on its way: what is seen goes with it to the worker.
"""

import re
from dataclasses import dataclass
from functools import cache

from ontology.errors import QueryRefused
from queries.sparql.dataset_clause import graphs_named
from queries.sparql.federation_guard import asks_elsewhere
from queries.sparql.lexer import check_comparisons, tokens_of
from queries.sparql.text_limits import OPENING, TextLimits

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
# takes: "COUNT(DISTINCTNOW())"
# leaves: "?now"
_CHANGING = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*+[(#]", re.IGNORECASE)
"""Functions whose values are new each time, wherever they could stand: what precedes a keyword does
not matter to the engine, and a comment may stand before the bracket. What looks like one in a text
or a comment costs no more than being asked again."""

FORMS = "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"
_UPDATES = "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"


@dataclass(frozen=True)
class QueryInspection:
    """What can be seen of a query from outside: what it answers, and of which graphs.

    In: `star` is where the star of `SELECT *` stands, or None in any other query; `is_lasting` is
    whether the same query has the same answer the next time.
    """

    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    star: int | None = None
    is_lasting: bool = True

    @property
    def gives_triples(self) -> bool:
        """True if the answer is a graph, and false if it is a table or a yes or no."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def inspect_query(query: str, limits: TextLimits | None = None) -> QueryInspection:
    """Return what can be seen of a query.

    Raises: QueryRefused for an update, for SERVICE, for a text that is not a query, and above a
    limit of its text.

    >>> inspect_query("PREFIX ci: <http://x/> ASK FROM ci:a { ?s ?p 'SERVICE' }").default_graphs
    ('http://x/a',)
    >>> inspect_query("SELECT DISTINCT * { ?s ?p ?o }").star
    16
    >>> inspect_query("SELECT (COUNT(DISTINCTNOW()) AS ?n) {}").is_lasting
    False
    """
    limits = limits or TextLimits()
    beginning = _PROLOGUE_AND_FORM.match(query)
    form = beginning["form"].upper() if beginning else ""
    star = _STAR.match(query, beginning.end()) if beginning and form == "SELECT" else None
    place = star.start("star") if star else None
    is_lasting = _CHANGING.search(query) is None
    if form and _is_plain(query, limits):
        return QueryInspection(form, star=place, is_lasting=is_lasting)
    tokens = tokens_of(query)
    limits.check_depth(tokens)
    limits.check_prologue(tokens)
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
    if "FROM" in words:
        check_comparisons(tokens)
    default, named = graphs_named(tokens, limits)
    return QueryInspection(first, default, named, place, is_lasting)


@cache
def inspect_template(query: str) -> QueryInspection:
    """Return what can be seen of a query of ours, once; terms in place of its UNDEF change nothing.

    A look at the text with hundreds of addresses in it takes longer than many an answer.
    """
    return inspect_query(query)


def _is_plain(query: str, limits: TextLimits) -> bool:
    """Return whether nothing has to be looked for behind the beginning of a query.

    Most queries name no graph, no service, and have few brackets; this takes them a tenth of the
    time.
    """
    folded = query.casefold()
    brackets = sum(query.count(sign) for sign in (*OPENING, "<<"))
    declared = folded.count("prefix") + folded.count("base")
    return (
        "from" not in folded
        and "service" not in folded
        and brackets <= limits.depth
        and declared <= limits.prologue
    )
