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
from itertools import accumulate, chain, pairwise, takewhile

import pyoxigraph as ox

from queries.sparql.lexer import END, Token, tokens_of

_Slip = tuple[Token, str]
_GAP = " " * 20
"""More than the length of every keyword: what is named behind it is not named for one before it."""
_NOWHERE = "\0"
"""A character that stands nowhere in SPARQL; a text that ends in it is never run."""
_ROOMS = range(15)
"""From none to more characters than the longest keyword has."""
_LONGEST_LINE_SHOWN = 120
_LONGEST_TOKEN_SHOWN = 40
_LIKENESS = 0.75
"""How like a word must be to another to be taken for it; SUBSTRING is like SUBSTR."""
_REFUSAL = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,"\[\]]+')
"""One of the things that the engine expects: a sign, characters, or a keyword."""
_KEYWORD = re.compile(r"[A-Z][A-Z0-9_]+")
_UNGROUPED = re.compile(r"variable that is unbound|\* is not authorized with GROUP BY")
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_PARTS_OF_ROWS = {"FILTER": "HAVING behind the pattern", "BIND": "SELECT (… AS ?name)"}
_PARTS_OF_GROUPS = frozenset({"SELECT", "HAVING", "ORDER", "GROUP"})
_A_LETTER, _A_DIGIT = "['A' ..", "['0'..="
_NOT_SAID = frozenset({"LATERAL", "SERVICE", "$", "'''", '"""', "<<", "<<(", "{|", "~"})
"""What the engine knows beyond SPARQL 1.1, or refuses here, or has another name for."""

_TERM = set(re.findall(r"\S+", "? < : letter ' \" _: [ ( digit + - . true false"))
_OPERATORS = set(re.findall(r"\S+", "|| && = != < > <= >= + - * / | ? ! ^ ^^ @ IN NOT"))
_PARTS = set(re.findall(r"\S+", "{ FILTER OPTIONAL BIND MINUS GRAPH VALUES SELECT"))
_WHOLES: tuple[tuple[set[str], set[str], str], ...] = (
    ({"'", "a function"}, _TERM | _OPERATORS | {"a function", "DISTINCT"}, "an expression"),
    ({"'"}, _TERM | _OPERATORS, "a variable, a name or a value"),
    ({"&&"}, _OPERATORS, "an operator"),
    ({"<", "a function"}, {"<", ":", "letter", "a function"}, "a function"),
    ({"<", "a"}, {"<", ":", "letter", "a", "!", "^"}, "a property"),
    ({"<", ":"}, {"<", ":", "letter"}, "a name"),
    ({":", "letter"}, {":", "letter"}, "a prefix with its colon"),
    ({"<"}, {"<"}, "an address in <…>"),
    ({"?"}, {"?"}, "a variable"),
    ({"digit"}, {"digit"}, "a whole number"),
    ({"FILTER", "OPTIONAL"}, _PARTS, "a part such as FILTER or OPTIONAL"),
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
    # The first token after which nothing can follow is the one that cannot stand where it does.
    place = bisect_left(tokens[:-1], True, key=lambda token: not _can_go_on(query[: token.end]))
    slips = _slips(query, tokens[: place + 2], place, refusal)
    token, message = next(chain(_selected_twice(tokens, refusal), slips))
    line, column = _position(query[: token.start])
    shown = query.split("\n")[line - 1].rstrip("\r")
    placed = f"line {line}, column {column}: {message}"
    if not shown.strip() or len(shown) > _LONGEST_LINE_SHOWN:
        return placed
    return f"{placed}\n  {shown}\n  {' ' * (column - 1)}^"


def _can_go_on(beginning: str) -> bool:
    said = _REFUSAL.match(refusal_of(beginning + _GAP + _NOWHERE))
    return said is not None and (int(said[1]), int(said[2])) >= _position(beginning + _GAP)


def _slips(query: str, tokens: list[Token], place: int, refusal: str) -> Iterator[_Slip]:
    token, before = tokens[place], tokens[max(place - 1, 0)]
    yield from _aggregates_of_rows(tokens)
    if _UNGROUPED.search(refusal):
        yield _ungrouped(tokens)
    expected = _could_stand(query[: before.end] if place else "")
    if "ENCODE_FOR_URI" in expected:
        expected = expected - _functions() - {"NOT"} | {"a function"}
    text = before if token.kind == END else token
    # One that could stand here is at fault by its end, such as a backslash with nothing behind.
    if text.kind == "unclosed" and (text is before or '"' in expected):
        quote = text.text[: 3 if text.text.startswith(('"""', "'''")) else 1]
        yield text, f"the text that begins here has no end; expected {quote} after it"
    if token.kind == "iri" and "<" in expected:
        yield token, "this is not an address; expected one in <…> as RFC 3987 has them"
    if expected == {">"}:
        yield (
            next((sign for sign in reversed(tokens) if sign.text[:1] == "<"), before),
            "the address that begins here has no end, or holds a space or another sign that "
            "addresses cannot have; expected <…>",
        )
    prefix = token.text.partition(":")[0] + ":"
    declared = {after.text for word, after in pairwise(tokens) if word.word == "PREFIX"}
    if token.kind == "name" and prefix not in declared:
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


def _selected_twice(tokens: list[Token], refusal: str) -> Iterator[_Slip]:
    if "Duplicated variable name" in refusal:
        seen = set()
        for before, token in pairwise(tokens):
            # In brackets, only the name that an expression gets is selected.
            if token.kind == "variable" and (before.kind == "variable" or before.word):
                if token.text in seen:
                    yield token, f"{token.text} is selected twice; expected each variable once"
                seen.add(token.text)


def _aggregates_of_rows(tokens: list[Token]) -> Iterator[_Slip]:
    """Yield an aggregate in a part that looks at one row after the other."""
    part = ""
    for token in tokens:
        if token.text in ("{", "}"):
            part = ""
        elif token.word in _PARTS_OF_ROWS or token.word in _PARTS_OF_GROUPS:
            part = token.word
        elif token.word in _AGGREGATES and part in _PARTS_OF_ROWS:
            yield (
                token,
                f"an aggregate cannot stand in {part}; expected {_PARTS_OF_ROWS[part]}",
            )


def _ungrouped(tokens: list[Token]) -> _Slip:
    words = [token.word for token in tokens]
    groups = tokens[words.index("GROUP") :] if "GROUP" in words else []
    grouped = {token.text for token in groups if token.kind == "variable"}
    start = tokens[words.index("SELECT") :]
    head = list(takewhile(lambda token: token.text != "{", start))
    depths = accumulate((token.text == "(") - (token.text == ")") for token in head)
    selected = [token for token, depth in zip(head, depths, strict=True) if depth == 0]
    shown = [token for token in selected if token.kind == "variable" or token.text == "*"]
    token = next((token for token in shown if token.text not in grouped), head[0])
    if token.kind != "variable":
        return token, "this is not grouped; expected the variables that are grouped by GROUP BY"
    return token, (
        f"{token.text} is selected beside an aggregate; expected it after GROUP BY, "
        f"or in an aggregate such as (SAMPLE({token.text}) AS ?one)"
    )


def _given_again(tokens: list[Token]) -> Iterator[_Slip]:
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
    return frozenset(filter(_KEYWORD.fullmatch, _could_stand("ASK { FILTER("))) - {"NOT"}


def _could_stand(beginning: str) -> set[str]:
    """Return what could follow the beginning of a query: signs, keywords, kinds of tokens.

    The engine compares so many characters as a keyword has, and names of those that do not fit the
    ones that end furthest behind; so it is given room for the keywords of one length at a time.
    """
    refusals = [refusal_of(beginning + _GAP + _NOWHERE * room) for room in _ROOMS]
    expected = set() if refusals[0] else {"the end of the query"}
    for said in filter(None, map(_REFUSAL.match, refusals)):
        for item in map(str.strip, _EXPECTED.findall(said[3])):
            if item.startswith('"'):
                expected.add(re.sub(r"\\(.)", r"\1", item[1:-1]))
            elif item.startswith((_A_LETTER, _A_DIGIT)):
                expected.add("letter" if item.startswith(_A_LETTER) else "digit")
            elif _KEYWORD.fullmatch(item.upper()):
                expected.add(item.upper())
    return expected - _NOT_SAID


def _position(beginning: str) -> tuple[int, int]:
    return beginning.count("\n") + 1, len(beginning) - beginning.rfind("\n")


def refusal_of(text: str) -> str:
    """Return what the engine says of a text that is not a query; nothing of one that is."""
    try:
        ox.Store().query(text, base_iri="http://localhost/")
    except SyntaxError as error:
        return str(error)
    return ""
