"""The grammar of SPARQL 1.1 queries, for telling where a refused text stops being one.

The engine judges; this is asked only after it has refused, for a message that helps. Every choice
of the grammar can be made by the next token, so no part of a text is tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from queries.sparql.lexer import END, Token

_RULES = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values?
Prologue = ( BASE iri | PREFIX prefix iri )*
Select = SelectClause Dataset* Where Modifiers
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | Column+ )
Column = var | '(' Expression AS var ')'
SubSelect = SelectClause Where Modifiers Values?
Construct = CONSTRUCT ( Template Dataset* Where Modifiers | Dataset* WHERE Template Modifiers )
Template = '{' Triples? '}'
Describe = DESCRIBE ( '*' | ( var | Iri )+ ) Dataset* Where? Modifiers
Ask = ASK Dataset* Where Modifiers
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifiers = GroupBy? Having? OrderBy? Slice?
GroupBy = GROUP BY ( var | Call | '(' Expression ( AS var )? ')' )+
Having = HAVING Constraint+
OrderBy = ORDER BY ( var | ( ASC | DESC ) Bracketed | Constraint )+
Constraint = Bracketed | Call
Slice = LIMIT integer ( OFFSET integer )? | OFFSET integer ( LIMIT integer )?
Values = VALUES DataBlock
DataBlock = var '{' DataValue* '}' | '(' var* ')' '{' ( '(' DataValue* ')' )* '}'
DataValue = Iri | Literal | UNDEF
Group = '{' ( SubSelect | Triples? ( NotTriples '.'? Triples? )* ) '}'
NotTriples = ( OPTIONAL | MINUS | GRAPH ( var | Iri ) ) Group | Filter | Bind | Values | Union
Filter = FILTER Constraint
Bind = BIND '(' Expression AS var ')'
Union = Group ( UNION Group )*
Triples = SameSubject ( '.' SameSubject? )*
SameSubject = ( var | Iri | Literal | blank ) Properties | ( Collection | Anonymous ) Properties?
Properties = Verb Objects ( ';' ( Verb Objects )? )*
Verb = var | Path
Objects = Node ( ',' Node )*
Node = var | Iri | Literal | blank | Collection | Anonymous
Collection = '(' Node* ')'
Anonymous = '[' Properties? ']'
Path = Steps ( '|' Steps )*
Steps = Step ( '/' Step )*
Step = '^'? ( Iri | A | '!' NotThese | '(' Path ')' ) ( '*' | '+' | '?' )?
NotThese = NotThis | '(' ( NotThis ( '|' NotThis )* )? ')'
NotThis = '^'? ( Iri | A )
Expression = And ( '||' And )*
And = Relation ( '&&' Relation )*
Relation = Sum ( Compared Sum | IN List | NOT IN List )?
Compared = '=' | '!=' | '<' | '>' | '<=' | '>='
Sum = Product ( ( '+' | '-' ) Product )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )* ( Bracketed | BuiltIn | Iri Arguments? | Literal | var )
Call = BuiltIn | Iri Arguments
Arguments = '(' DISTINCT? ( Expression ( ',' Expression )* )? ')'
List = '(' ( Expression ( ',' Expression )* )? ')'
Bracketed = '(' Expression ')'
BuiltIn = function List | aggregate Aggregated | EXISTS Group | NOT EXISTS Group
Aggregated = '(' DISTINCT? ( '*' | Expression ) ( ';' SEPARATOR '=' text )? ')'
Literal = text ( lang | '^^' Iri )? | ( '+' | '-' )? ( number | integer ) | TRUE | FALSE
Iri = iri | name
"""
KEYWORDS = frozenset(re.findall(r"\b[A-Z]{2,}\b", _RULES))


class Misfit(Exception):
    """A token stands where the grammar has no place for it."""


def first_misfit(tokens: list[Token]) -> tuple[Token, frozenset[str]] | None:
    """Return the first token that cannot stand where it does, and what could; None if all can."""
    reader = Reader(tokens)
    try:
        is_query = reader.rule("Query")
    except Misfit:
        is_query = False
    if is_query and reader.accepts(END):
        return None
    return tokens[reader.place], frozenset(reader.expected)


class Reader:
    """Follows the grammar along tokens, and remembers what could have come next."""

    def __init__(self, tokens: list[Token]) -> None:
        """Start at the first token."""
        self._tokens = tokens
        self.place = 0
        self.expected: set[str] = set()

    def accepts(self, wanted: str) -> bool:
        """Return whether the next token is what is wanted, and go on behind it if so."""
        if not self._tokens[self.place].fits(wanted):
            self.expected.add(wanted)
            return False
        if wanted != END:
            self.place += 1
            self.expected.clear()
        return True

    def rule(self, name: str) -> bool:
        """Return whether a rule fits from here on; if not, no token has been passed.

        Raises: Misfit in the middle of a rule.
        """
        return self._choice(grammar()[name])

    def _choice(self, choice: Choice) -> bool:
        """Return whether one of several sequences fits."""
        for items in choice:  # noqa: SIM110
            if self._sequence(items):
                return True
        return False

    def _sequence(self, items: Sequence) -> bool:
        """Return whether items fit one after the other."""
        before = self.place
        for item in items:
            if not self._item(item):
                if self.place > before:
                    raise Misfit
                return False
        return True

    def _item(self, item: Item) -> bool:
        """Return whether an item fits as often as it has to."""
        fits = self._once(item.what)
        if fits and item.repeat in ("*", "+"):
            place = -1
            while place < self.place and (place := self.place) and self._once(item.what):
                pass
        return fits or item.repeat in ("?", "*")

    def _once(self, what: Choice | str) -> bool:
        """Return whether a rule, a token or a group in brackets fits once."""
        if not isinstance(what, str):
            return self._choice(what)
        return self.rule(what) if what in grammar() else self.accepts(what)


@dataclass(frozen=True)
class Item:
    """A part of a rule, and how often it stands: once, or as `?`, `*` or `+` say."""

    what: Choice | str
    repeat: str = ""


Sequence = tuple[Item, ...]
Choice = tuple[Sequence, ...]


@cache
def grammar() -> dict[str, Choice]:
    """Return the rules by name."""
    rules = (line.partition(" = ") for line in _RULES.strip().splitlines())
    return {name: _read_choice(iter(_parts(text))) for name, _, text in rules}


def _parts(text: str) -> list[str]:
    """Return the parts of a rule as it is written; a repeat stays with what it follows."""
    return re.findall(r"'[^' ]+'[?*+]?|\)[?*+]?|[(|]|\w+[?*+]?", text)


def _read_choice(parts: Iterator[str]) -> Choice:
    """Return a choice, up to the closing bracket or the end of the rule."""
    sequences: list[list[Item]] = [[]]
    for part in parts:
        if part == "|":
            sequences.append([])
        elif part == "(":
            inner, repeat = _read_group(parts)
            sequences[-1].append(Item(inner, repeat))
        else:
            what = part.rstrip("?*+") if part[0] != "'" else part[: part.rindex("'") + 1]
            sequences[-1].append(Item(what, part[len(what) :]))
    return tuple(tuple(items) for items in sequences)


def _read_group(parts: Iterator[str]) -> tuple[Choice, str]:
    """Return what stands in brackets, and how often it does."""
    inner: list[str] = []
    depth = 1
    for part in parts:
        depth += (part == "(") - (part[0] == ")")
        if depth == 0:
            return _read_choice(iter(inner)), part[1:]
        inner.append(part)
    raise AssertionError("a rule has a bracket that is not closed")
