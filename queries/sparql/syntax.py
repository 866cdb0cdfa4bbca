"""Tell where a query stops being SPARQL, and what could stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

import pyoxigraph as ox

from queries.sparql.grammar import KEYWORDS, first_misfit
from queries.sparql.lexer import AGGREGATES, END, FUNCTIONS, Token, tokens_of

_LONGEST_LINE_SHOWN = 120
_LONGEST_TOKEN_SHOWN = 40
_STAR_AND_GROUPS = "SELECT * is not authorized with GROUP BY"
_UNGROUPED = "variable that is unbound"
_GROUP_BY = "GROUP", "BY"
_LIKENESS = 0.75
"""How like a word must be to another to be taken for it; SUBSTRING is like SUBSTR."""
_PLACE_TOLD = re.compile(r"error at (\d+):(\d+): ")

_KINDS: dict[str, str] = {
    "var": "a variable",
    "iri": "an address in <…>",
    "name": "a name with a prefix",
    "prefix": "a prefix with its colon",
    "text": "a text in quotation marks",
    "integer": "a whole number",
    "function": "a function",
    "GROUP": "GROUP BY",
    "ORDER": "ORDER BY",
    END: "the end of the query",
}
"""What a person calls the kinds of tokens, and the keywords that go on."""

_TERM = frozenset({"iri", "name", "text"})
_EXPRESSION = _TERM | {"function"}
_VALUES_OF_ALL_KINDS = _TERM | {"var", "blank", "number", "integer", "lang", "TRUE", "FALSE", "'['"}
_OPERATORS = frozenset(
    f"'{sign}'" for sign in re.findall(r"\S+", "|| && = != < > <= >= + - * / | ? ! ^^ ^")
)
_WHOLES: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (
        _EXPRESSION,
        _VALUES_OF_ALL_KINDS
        | {"function", "aggregate", "EXISTS", "NOT", "'('", "'+'", "'-'", "'*'", "'!'", "DISTINCT"},
        "an expression",
    ),
    (_TERM, _VALUES_OF_ALL_KINDS | _OPERATORS | {"'('", "A"}, "a variable, a name or a value"),
    (
        frozenset({"iri", "name", "function"}),
        frozenset({"iri", "name", "function", "aggregate", "EXISTS", "NOT"}),
        "a function",
    ),
    (frozenset({"iri", "name", "A"}), frozenset({"iri", "name", "A", "'!'", "'^'"}), "a property"),
    (frozenset({"iri", "name"}), frozenset({"iri", "name"}), "a name"),
    (
        frozenset({"'&&'", "'+'"}),
        _OPERATORS | {"IN", "NOT", "lang"},
        "an operator",
    ),
    (
        frozenset({"FILTER", "OPTIONAL", "BIND"}),
        frozenset({"FILTER", "OPTIONAL", "BIND", "MINUS", "GRAPH", "VALUES", "SELECT", "'{'"}),
        "a part such as FILTER or OPTIONAL",
    ),
)
"""What has to be expected, all that is meant by it, and the words for it."""


def syntax_message(query: str, told: str) -> str:
    """Return where a refused query stops being SPARQL, the line, and what was expected.

    In: what the engine told, which is used only where the grammar finds nothing wrong.

    >>> print(syntax_message("SELECT ?x WHERE { ?x <a> }", ""))
    line 1, column 26: '}' cannot stand here; expected a variable, a name or a value
      SELECT ?x WHERE { ?x <a> }
                               ^
    """
    tokens = tokens_of(query)
    try:
        misfit = first_misfit(tokens)
    except RecursionError:
        misfit = None
    if misfit is not None:
        token, expected = misfit
        return _placed(query, token, _found(token, tokens, expected))
    for token, message in _meant(tokens, told):
        return _placed(query, token, message)
    place = _PLACE_TOLD.match(told)
    if place is None:
        return f"the query cannot be read: {' '.join(told.split())}"
    return (
        f"line {place[1]}, column {place[2]}: what ends here cannot be understood; "
        f"the engine expected {' '.join(told[place.end() :].split())}"
    )


def _found(token: Token, tokens: list[Token], expected: frozenset[str]) -> str:
    """Return what stands at a place where it cannot, and what could."""
    if token.kind == "unclosed":
        return f"the text that begins here has no end; expected {token.text} after it"
    if token.text == "<" and "iri" in expected:
        return (
            "the address that begins here has no end, or holds a space or another sign that "
            "addresses cannot have; expected <…>"
        )
    there = f"{token.text[:_LONGEST_TOKEN_SHOWN]!r} cannot stand here"
    if token.kind == END:
        there = "the query ends too early"
    return f"{there}; expected {_words(expected)}{_advice(token, tokens, expected)}"


def _words(expected: frozenset[str]) -> str:
    """Return what is expected in words, most of it under one name.

    >>> _words(frozenset({"iri", "name", "'{'"}))
    '"{" or a name'
    """
    left, wholes = set(expected), []
    for marks, meant, words in _WHOLES:
        if marks <= left:
            left -= meant
            wholes.append(words)
    signs = [f'"{one[1:-1]}"' for one in sorted(left) if one[0] == "'"]
    others = [_KINDS.get(one, one) for one in sorted(left) if one[0] != "'"]
    return " or ".join([*signs, *others, *wholes])


def _advice(token: Token, tokens: list[Token], expected: frozenset[str]) -> str:
    """Return what was probably meant, where that can be guessed."""
    word = token.text.upper()
    after = tokens[tokens.index(token) + 1] if token.kind != END else token
    if word in AGGREGATES | FUNCTIONS and "var" in expected:
        return f". Did you mean ({word}(…) AS ?name)?"
    if token.kind == "word":
        known = sorted(
            FUNCTIONS | AGGREGATES
            if "function" in expected
            else {one for one in expected if one in KEYWORDS}
        )
        near = get_close_matches(word, known, 1, _LIKENESS)
        if near:
            return f". Did you mean {near[0]}?"
        if "function" in expected and after.text == "(":
            return f". SPARQL has no function {token.text}"
    if token.text == "," and "var" in expected:
        return ". Variables have only spaces between them"
    return ""


def _meant(tokens: list[Token], told: str) -> Iterator[tuple[Token, str]]:
    """Yield what is wrong with a query whose grammar is right, and where."""
    yield from _undeclared(tokens)
    words = [token.text.upper() if token.kind == "word" else "" for token in tokens]
    if _STAR_AND_GROUPS in told and "SELECT" in words:
        star = next(token for token in tokens if token.text == "*")
        yield star, "'*' cannot stand beside GROUP BY; expected the variables that are grouped"
    if _UNGROUPED in told:
        yield from _ungrouped(tokens, words)
    for token in tokens:
        if token.kind == "iri" and not _is_address(token.text[1:-1]):
            yield token, "this is not an address; expected one in <…> as RFC 3987 has them"
    yield from _given_again(tokens, words)


def _undeclared(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the first name whose prefix is not declared."""
    declared = {
        after.text
        for before, after in pairwise(tokens)
        if before.kind == "word" and before.text.upper() == "PREFIX"
    }
    for token in tokens:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "name" and prefix not in declared:
            yield token, f"the prefix {prefix} is not declared; expected PREFIX {prefix} <…> above"


def _ungrouped(tokens: list[Token], words: list[str]) -> Iterator[tuple[Token, str]]:
    """Yield the variables that are selected beside an aggregate without being grouped."""
    pairs = list(pairwise(words))
    start = pairs.index(_GROUP_BY) if _GROUP_BY in pairs else len(tokens)
    grouped = {token.text for token in tokens[start:] if token.kind == "var"}
    depth = 0
    for token in tokens[words.index("SELECT") :]:
        if token.text == "{":
            return
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "var" and depth == 0 and token.text not in grouped:
            name = token.text
            yield (
                token,
                f"{name} is selected beside an aggregate; expected it after GROUP BY, "
                f"or in an aggregate such as (SAMPLE({name}) AS ?one)",
            )


def _given_again(tokens: list[Token], words: list[str]) -> Iterator[tuple[Token, str]]:
    """Yield the variables of BIND that stand before it, and the labels that stand twice."""
    first: dict[str, int] = {}
    bind = -1
    for place, token in enumerate(tokens):
        bind = place if words[place] == "BIND" else bind
        if token.kind == "var" and words[place - 1] == "AS" and first.get(token.text, bind) < bind:
            yield token, f"{token.text} has a value already; expected a new variable"
        if token.kind == "blank" and token.text in first:
            yield token, f"{token.text} is used in another group; expected a label of its own"
        first.setdefault(token.text, place)


def _is_address(text: str) -> bool:
    """Return whether a text is an address, or is one relative to another."""
    try:
        ox.parse(f"<{text}> <x:p> <x:o> .", ox.RdfFormat.TURTLE, base_iri="http://x/").__next__()
    except SyntaxError:
        return False
    return True


def _placed(query: str, token: Token, message: str) -> str:
    """Return a message with its place, and the line with a mark under it if it can be read."""
    before = query[: token.start]
    number = before.count("\n") + 1
    column = token.start - (before.rfind("\n") + 1) + 1
    line = query.split("\n")[number - 1].rstrip("\r")
    placed = f"line {number}, column {column}: {message}"
    if not line.strip() or len(line) > _LONGEST_LINE_SHOWN:
        return placed
    return f"{placed}\n  {line}\n  {' ' * (column - 1)}^"
