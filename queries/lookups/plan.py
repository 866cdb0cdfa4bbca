"""The plan of a look-up: its shape without its constants, read strictly, once for all like it.

What is not understood to the last sign has no plan, and goes to the engine. A plan is never wrong
about a query that the engine would refuse: such a query has none either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

ADDRESS, TEXT = "\x01", "\x02"
"""Stand in a shape for a constant that is an IRI, and for one that is a literal."""
_TYPE = -1
"""Place of `a` among the constants: the last, behind those of the query."""
_MOST_PATTERNS = 12
_PLANS = 1_000

# takes (match): "PREFIX ci: <https://w3id.org/council-interventions/ns#> "
# leaves (match): "PREFIX a: <b>"
_PREFIX = re.compile(
    r"""[ \t\r\n]* (?i:PREFIX) [ \t\r\n]+
        (?P<name> (?: [A-Za-z] [A-Za-z0-9_-]* )? : ) [ \t\r\n]*
        < (?P<address> https?:// [A-Za-z0-9.-]+ (?: / [A-Za-z0-9_~/-]* )? \#? ) >""",
    re.VERBOSE,
)
# takes (fullmatch): "SELECT DISTINCT ?a ?b WHERE {"
# leaves (fullmatch): "SELECT (COUNT(*) AS ?n) {"
_FORM = re.compile(
    r"""[ \t\r\n]* (?:
        (?P<ask> (?i:ASK) )
      | (?i:SELECT) (?P<distinct> [ \t\r\n]+ (?i:DISTINCT) )?
        (?: [ \t\r\n]* \* | (?P<columns> (?: [ \t\r\n]+ [?$] [A-Za-z_] [A-Za-z0-9_]* )+ ) )
      ) (?: [ \t\r\n]+ (?i:WHERE) )? [ \t\r\n]* \{""",
    re.VERBOSE,
)
# takes (match): " ?direction "
# leaves (match): " _:direction "
_TOKEN = re.compile(
    r"""[ \t\r\n]* (?:
        (?P<constant> [\x01\x02] )
      | [?$] (?P<variable> [A-Za-z_] [A-Za-z0-9_]* )
      | (?P<optional> (?i:OPTIONAL) (?= [ \t\r\n{] ) )
      | (?P<type> a (?= [ \t\r\n\x01\x02?$] ) )
      | (?P<sign> [{}.;,] )
      | (?P<end> $ ) )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """A place of a pattern: which constant of the query stands there, or which variable."""

    constant: int | None = None
    variable: str | None = None


@dataclass(frozen=True)
class Pattern:
    """What is asked of the subject, and whether it may be absent."""

    predicate: Term
    value: Term
    is_optional: bool


@dataclass(frozen=True)
class Plan:
    """A look-up without its constants.

    In: the columns of a table, none for ASK; `prefixes` with what they stand for; `subjects` are
    the constants that stand as subject, and have to be the same; where the subject is a variable,
    `key` is the pattern that finds it.
    """

    is_table: bool
    is_distinct: bool
    columns: tuple[str, ...]
    prefixes: dict[str, str]
    subjects: tuple[int, ...]
    variable: str | None
    key: Pattern | None
    patterns: tuple[Pattern, ...]

    @cached_property
    def beginning(self) -> str:
        """How the answer in JSON begins, up to its first row."""
        names = ",".join([f'"{column}"' for column in self.columns])
        return f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":['

    @cached_property
    def row(self) -> str:
        """A row in JSON in which every column has a value, with a place for each."""
        return "{" + ",".join([f'"{column}":%s' for column in self.columns]) + "}"


@lru_cache(_PLANS)
def plan_of(head: str, body: str) -> Plan | None:
    r"""Return the plan of every query that differs in its constants alone; None for the engine's.

    In: the text up to the first bracket, and what stands in the brackets, a sign for each constant.

    >>> plan_of("SELECT ?name {", " \x01 \x01 ?name ").columns
    ('name',)
    >>> plan_of("SELECT ?name {", " ?name \x01 ?name ") is None
    True
    """
    prefixes: dict[str, str] = {}
    end = 0
    while (prefix := _PREFIX.match(head, end)) is not None:
        if prefix["name"] in prefixes:
            return None
        prefixes[prefix["name"]] = prefix["address"]
        end = prefix.end()
    form = _FORM.fullmatch(head, end)
    patterns = _Reader(body).read()
    if form is None or not patterns or len(patterns) > _MOST_PATTERNS:
        return None
    subject = patterns[0][0].variable
    places = [place for _, pattern in patterns for place in (pattern.predicate, pattern.value)]
    named = [name for name in (subject, *(place.variable for place in places)) if name is not None]
    chosen = tuple(re.findall("[A-Za-z0-9_]+", form["columns"] or "")) or tuple(named)
    is_table = form["ask"] is None
    # A variable in two places is a join, and another subject too.
    is_star = all(other.variable == subject for other, _ in patterns) and _are_different(named)
    if not is_star or not _are_different(chosen) or (is_table and not chosen):
        return None
    asked = [pattern for _, pattern in patterns]
    key = next((pattern for pattern in asked if _is_key(pattern)), None) if subject else None
    if subject is not None and key is None:
        return None
    return Plan(
        is_table=is_table,
        is_distinct=form["distinct"] is not None,
        columns=chosen if is_table else (),
        prefixes=prefixes,
        subjects=tuple(other.constant for other, _ in patterns if other.constant is not None),
        variable=subject,
        key=key,
        patterns=tuple(pattern for pattern in asked if pattern is not key),
    )


def _are_different(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)


def _is_key(pattern: Pattern) -> bool:
    constants = pattern.predicate.constant, pattern.value.constant
    return None not in constants and not pattern.is_optional


class _Left(Exception):
    """The shape is none of a look-up."""


class _Reader:
    """Reads the patterns of a body; the grammar is that of SPARQL with most of it left out."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._end = 0
        self._constants = 0
        self._found: list[tuple[Term, Pattern]] = []
        self._kind, self._text = "", ""
        self._is_readable = True

    def read(self) -> list[tuple[Term, Pattern]]:
        """Return each pattern with its subject; none if there is anything else in the body."""
        try:
            self._advance()
            self._group()
        except _Left:
            return []
        return self._found

    def _advance(self) -> None:
        token = _TOKEN.match(self._body, self._end)
        if token is None or token.lastgroup is None:
            raise _Left
        self._kind, self._text, self._end = token.lastgroup, token[token.lastgroup], token.end()

    def _takes(self, sign: str) -> bool:
        if self._kind != "sign" or self._text != sign:
            return False
        self._advance()
        return True

    def _need(self, sign: str) -> None:
        if not self._takes(sign):
            raise _Left

    def _group(self) -> None:
        while self._kind != "end":
            if self._kind != "optional":
                self._triples(is_optional=False)
                continue
            if not self._found:
                raise _Left
            self._advance()
            self._need("{")
            before = len(self._found)
            self._triples(is_optional=True)
            # Two patterns of one OPTIONAL come or stay away together.
            if len(self._found) != before + 1:
                raise _Left
            self._need("}")
            self._takes(".")

    def _triples(self, *, is_optional: bool) -> None:
        subject = self._term((ADDRESS,))
        while True:
            predicate = self._type() or self._term((ADDRESS,))
            while True:
                value = self._term((ADDRESS, TEXT))
                self._found.append((subject, Pattern(predicate, value, is_optional)))
                if not self._takes(","):
                    break
            if not self._takes(";"):
                break
        ends_here = self._kind in ("end", "optional") or (self._kind, self._text) == ("sign", "}")
        if not self._takes(".") and not ends_here:
            raise _Left

    def _type(self) -> Term | None:
        if self._kind != "type":
            return None
        self._advance()
        return Term(constant=_TYPE)

    def _term(self, kinds: tuple[str, ...]) -> Term:
        kind, text = self._kind, self._text
        if kind == "variable":
            self._advance()
            return Term(variable=text)
        if kind != "constant" or text not in kinds:
            raise _Left
        self._advance()
        self._constants += 1
        return Term(constant=self._constants - 1)
