"""Say where a query that the engine refused stops being SPARQL, and what could stand there.

The engine is the only judge. What it names is the furthest place that it looked at, up to the
length of a keyword behind the token at fault, since it compares keywords as a whole. So it is asked
again about beginnings of the query: whether more could follow each, and what.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from itertools import pairwise

import pyoxigraph as ox

from queries.sparql.lexer import END, Token, tokens_of

_GAP = " " * 20
"""More than the length of every keyword: what is named behind it is not named for one before it."""
_NOWHERE = "\0"
"""A character that stands nowhere in SPARQL; a text that ends in it is never run."""
_LENGTHS_OF_KEYWORDS = range(2, 15)
_LONGEST_LINE_SHOWN = 120
_LONGEST_TOKEN_SHOWN = 40
_LIKENESS = 0.75
"""How like a word must be to another to be taken for it; SUBSTRING is like SUBSTR."""
_REFUSAL = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,"\[\]]+')
"""One of the things that the engine expects: a sign, characters, or a keyword."""
_UNGROUPED = "variable that is unbound"
_STAR_AND_GROUPS = "SELECT * is not authorized with GROUP BY"
_A_LETTER, _A_DIGIT = "['A' ..", "['0'..="
_NOT_SAID = frozenset({"LATERAL", "SERVICE", "$", "'''", '"""', "<<", "<<(", "{|", "~"})
"""What the engine knows beyond SPARQL 1.1, or refuses here, or has another name for."""

_TERM = frozenset(re.findall(r"\S+", "? < : letter ' \" _: [ ( digit + - . true false"))
_OPERATORS = frozenset(re.findall(r"\S+", "|| && = != < > <= >= + - * / | ? ! ^ ^^ @ IN NOT"))
_WHOLES: tuple[tuple[set[str], frozenset[str], str], ...] = (
    ({"'", "a function"}, _TERM | _OPERATORS | {"a function", "DISTINCT"}, "an expression"),
    ({"'"}, _TERM | _OPERATORS, "a variable, a name or a value"),
    ({"&&"}, _OPERATORS, "an operator"),
    ({"<", "a function"}, frozenset({"<", ":", "letter", "a function"}), "a function"),
    ({"<", "a"}, frozenset({"<", ":", "letter", "a", "!", "^"}), "a property"),
    ({"<", ":"}, frozenset({"<", ":", "letter"}), "a name"),
    ({":", "letter"}, frozenset({":", "letter"}), "a prefix with its colon"),
    ({"<"}, frozenset({"<"}), "an address in <…>"),
    ({"?"}, frozenset({"?"}), "a variable"),
    ({"digit"}, frozenset({"digit"}), "a whole number"),
    (
        {"FILTER", "OPTIONAL"},
        frozenset({"{", "FILTER", "OPTIONAL", "BIND", "MINUS", "GRAPH", "VALUES", "SELECT"}),
        "a part such as FILTER or OPTIONAL",
    ),
)
"""What has to be expected, all that is meant by it, and the words for it."""


def syntax_message(query: str, refusal: str) -> str:
    """Return where a refused query stops being SPARQL, the line, and what was expected.

    In: what the engine said of it.

    >>> print(syntax_message("SELECT ?x WHERE { ?x <a> }", "error at 1:26: expected …"))
    line 1, column 26: '}' cannot stand here; expected a variable, a name or a value
      SELECT ?x WHERE { ?x <a> }
                               ^
    """
    tokens = tokens_of(query)
    place = _misfit(query, tokens, refusal)
    token, message = next(_slips(query, tokens[: place + 2], place, refusal))
    line, column = _position(query[: token.start])
    shown = query.split("\n")[line - 1].rstrip("\r")
    placed = f"line {line}, column {column}: {message}"
    if not shown.strip() or len(shown) > _LONGEST_LINE_SHOWN:
        return placed
    return f"{placed}\n  {shown}\n  {' ' * (column - 1)}^"


def _misfit(query: str, tokens: list[Token], refusal: str) -> int:
    """Return which token cannot stand where it does: the first after which nothing can follow."""
    position = _told_position(refusal)
    line_start = 0
    for _ in range(position[0] - 1):
        line_start = query.find("\n", line_start) + 1
    furthest = line_start + position[1] - 1
    last = bisect_left(tokens, furthest + 1, hi=len(tokens), key=lambda token: token.start) - 1
    first = bisect_left(tokens, furthest - len(_GAP), hi=last, key=lambda token: token.end)
    ends = [token.end for token in tokens[first:last]]
    return first + bisect_left(ends, True, key=lambda end: not _can_go_on(query[:end]))


def _can_go_on(beginning: str) -> bool:
    refusal = _refusal(beginning + _GAP + _NOWHERE)
    return _told_position(refusal) >= _position(beginning + _GAP)


def _slips(
    query: str, tokens: list[Token], place: int, refusal: str
) -> Iterator[tuple[Token, str]]:
    token, before = tokens[place], tokens[max(place - 1, 0)]
    if token.kind == END and before.kind == "unclosed":
        quote = before.text[: 3 if before.text.startswith(('"""', "'''")) else 1]
        yield before, f"the text that begins here has no end; expected {quote} after it"
    if _STAR_AND_GROUPS in refusal:
        star = next(token for token in tokens if token.text == "*")
        yield star, "'*' cannot stand beside GROUP BY; expected the variables that are grouped"
    if _UNGROUPED in refusal:
        yield from _ungrouped(tokens)
    expected = _could_stand(query[: before.end] if place else "")
    if token.kind == "iri" and "<" in expected:
        yield token, "this is not an address; expected one in <…> as RFC 3987 has them"
    if expected == {">"}:
        yield (
            next((sign for sign in reversed(tokens) if sign.text[:1] == "<"), before),
            "the address that begins here has no end, or holds a space or another sign that "
            "addresses cannot have; expected <…>",
        )
    prefix = token.text.partition(":")[0] + ":"
    if token.kind == "name" and prefix not in _declared(tokens):
        yield token, f"the prefix {prefix} is not declared; expected PREFIX {prefix} <…> above"
    if token.kind == "blank" or (token.text == "}" and "FILTER" in expected):
        # Where a part can follow, a group can end: something said before is at fault.
        yield from _given_again(tokens[: place + 1])
    if token.word in _functions() and "a function" in expected:
        yield tokens[place + 1], f'this cannot stand here; expected "(" after {token.word}'
    found = f"{token.text[:_LONGEST_TOKEN_SHOWN]!r} cannot stand here"
    if token.kind == END:
        found = "the query ends too early"
    yield token, f"{found}; expected {_words(expected)}{_advice(token, tokens[-1], expected)}"


def _declared(tokens: list[Token]) -> set[str]:
    return {after.text for word, after in pairwise(tokens) if word.word == "PREFIX"}


def _ungrouped(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    words = [token.word for token in tokens]
    start = words.index("GROUP") if "GROUP" in words else len(tokens)
    grouped = {token.text for token in tokens[start:] if token.kind == "variable"}
    depth = 0
    for token in tokens[words.index("SELECT") :]:
        if token.text == "{":
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and depth == 0 and token.text not in grouped:
            name = token.text
            yield (
                token,
                f"{name} is selected beside an aggregate; expected it after GROUP BY, "
                f"or in an aggregate such as (SAMPLE({name}) AS ?one)",
            )
    yield (
        tokens[words.index("SELECT")],
        "an expression beside an aggregate has a variable that is not grouped; expected it after "
        "GROUP BY",
    )


def _given_again(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the variable of BIND that stands before it, or the label that stands in two groups."""
    token, seen = tokens[-1], {token.text for token in tokens[:-1]}
    if token.kind == "blank" and token.text in seen:
        yield token, f"{token.text} is used in another group; expected a label of its own"
    first: dict[str, int] = {}
    bind = -1
    for place, token in enumerate(tokens):
        bind = place if token.word == "BIND" else bind
        is_given = token.kind == "variable" and tokens[place - 1].word == "AS"
        if is_given and first.get(token.text, bind) < bind:
            yield token, f"{token.text} has a value already; expected a new variable"
        first.setdefault(token.text, place)


def _advice(token: Token, after: Token, expected: set[str]) -> str:
    if token.text == "," and "?" in expected:
        return ". Variables have only spaces between them"
    if token.word in _functions() and "a function" not in expected and "?" in expected:
        return f". Did you mean ({token.word}(…) AS ?name)?"
    known = {word for word in expected if word.isupper()}
    if "a function" in expected:
        known |= _functions()
    near = get_close_matches(token.word, sorted(known), 1, _LIKENESS) if token.word else []
    if near:
        return f". Did you mean {near[0]}?"
    is_function = token.word and "a function" in expected and after.text == "("
    return f". SPARQL has no function {token.text}" if is_function else ""


def _words(expected: set[str]) -> str:
    """Return what is expected in words, most of it under one name.

    >>> _words({"<", ":", "letter", "{"})
    '"{" or a name'
    """
    left, wholes = set(expected), []
    for marks, meant, words in _WHOLES:
        if marks <= left:
            left -= meant
            wholes.append(words)
    signs = [f'"{sign}"' for sign in sorted(left) if not sign[0].isalpha()]
    keywords = [f"{word} BY" if word in ("GROUP", "ORDER") else word for word in sorted(left)]
    return " or ".join([*signs, *(word for word in keywords if word[0].isalpha()), *wholes])


@cache
def _functions() -> frozenset[str]:
    return _keywords("ASK { FILTER(") - {"NOT"}


def _could_stand(beginning: str) -> set[str]:
    """Return what could follow the beginning of a query: signs, keywords, kinds of tokens."""
    refusal = _refusal(beginning + _GAP)
    signs = {"the end of the query"} if not refusal else set()
    for item in _items(refusal):
        if item.startswith('"'):
            signs.add(item[1:-1].replace("\\", ""))
        elif item.startswith((_A_LETTER, _A_DIGIT)):
            signs.add("letter" if item.startswith(_A_LETTER) else "digit")
    keywords = _keywords(beginning)
    if "ENCODE_FOR_URI" in keywords:
        keywords = keywords - _functions() - {"NOT"} | {"a function"}
    return (signs | keywords) - _NOT_SAID


def _keywords(beginning: str) -> frozenset[str]:
    """Return the keywords that could follow the beginning of a query.

    The engine compares so many characters as a keyword has, and names of those that do not fit the
    ones that end furthest behind; so it is given room for the keywords of one length at a time.
    """
    refusals = (_refusal(beginning + _GAP + _NOWHERE * length) for length in _LENGTHS_OF_KEYWORDS)
    items = {item.upper() for refusal in refusals for item in _items(refusal)}
    return frozenset(item for item in items if re.fullmatch(r"[A-Z][A-Z0-9_]+", item))


def _items(refusal: str) -> list[str]:
    said = _REFUSAL.match(refusal)
    return [item.strip() for item in _EXPECTED.findall(said[3])] if said else []


def _told_position(refusal: str) -> tuple[int, int]:
    """Return line and column that a refusal names; the beginning if it names none."""
    said = _REFUSAL.match(refusal)
    return (int(said[1]), int(said[2])) if said else (1, 1)


def _position(beginning: str) -> tuple[int, int]:
    return beginning.count("\n") + 1, len(beginning) - beginning.rfind("\n")


def _refusal(text: str) -> str:
    try:
        ox.Store().query(text, base_iri="http://localhost/")
    except SyntaxError as error:
        return str(error)
    return ""
