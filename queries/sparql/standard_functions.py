"""Write a query so that the engine's functions give what SPARQL says they give.

The engine reads patterns and replacements of its own kind, keeps a language in GROUP_CONCAT, and
gives one node for one text in all solutions. What can be said otherwise is; the rest is refused,
so that no answer is wrong.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import cast

import pyoxigraph as ox

from ontology.errors import QueryRefused
from queries.sparql.function_calls import Argument, Call, calls_of
from queries.sparql.lexer import check_comparisons, tokens_of
from queries.sparql.xpath_patterns import (
    EnginePattern,
    PatternInvalid,
    PatternUnusable,
    engine_pattern,
    engine_replacement,
)

_NAMES = "REPLACE", "REGEX", "GROUP_CONCAT", "BNODE"
# takes (search): "FILTERREGEX(?x, 'a')"
# leaves (search): "?replaced"
_WORTH_READING = re.compile(rf"(?:{'|'.join(_NAMES)})\s*+[(#]", re.IGNORECASE)
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_PATTERN, _REPLACEMENT, _FLAGS = (
    "urn:x-engine:pattern",
    "urn:x-engine:replacement",
    "urn:x-engine:flags",
)
"""Functions of ours, for what is known only when a query runs."""
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
DIFFERENCES = (
    "REGEX and REPLACE are refused with a back reference, \\i, \\c or a block such as "
    "\\p{IsGreek}, for the engine has none of these; so is a pattern that XPath has not.",
    "REPLACE is refused with a pattern that matches an empty text, which XPath calls an error.",
    "BNODE(text) is refused where it stands in a query twice, for the engine cannot tell in which "
    "solution each is.",
    "REPLACE and REGEX with a pattern or flags that the query computes by another of these "
    "functions are refused; give the value a name by BIND.",
    "In round brackets, an address without // that holds #, ( or ' is refused behind a value, for "
    "the engine may take it for a comparison.",
    "A path of choices (a|b) between two properties counts a pair of things once, even where both "
    "properties join them; a UNION counts it twice. The engine reads it as one step.",
    "Answers in XML are refused that hold a character which XML has not, or in RDF/XML a property "
    "or class whose address does not end in a name; other formats say them.",
)
"""What the engine has otherwise than SPARQL, with the reason; the service tells it of itself."""
_SURROGATES = range(0xD800, 0xE000)
_SHOWN_CHARACTERS = 60
_Function = Callable[..., ox.Literal | None]


@dataclass
class StandardQuery:
    """A query as the engine is to be asked.

    In: `functions` of ours that it calls. Out: `failed` is told by them why a pattern that XPath
    has cannot be used, after which the answer must not leave.
    """

    text: str
    functions: Mapping[ox.NamedNode, _Function] = field(default_factory=dict)
    failed: list[QueryRefused] = field(default_factory=list)


@dataclass(frozen=True)
class _Edit:
    """A change at a place: what is taken away there, and what is written."""

    start: int
    order: tuple[int, int]
    length: int
    text: str


def standard_query(query: str) -> StandardQuery:
    r"""Return a query so that its functions give what SPARQL says.

    Raises: QueryRefused for what the engine cannot say.

    >>> standard_query('SELECT (REPLACE("a", "a", "\\\\$1") AS ?x) {}').text
    'SELECT (REPLACE("a", "a", "$$1") AS ?x) {}'
    """
    if not _WORTH_READING.search(query):
        return StandardQuery(query)
    tokens = tokens_of(query)
    check_comparisons(tokens)
    calls = calls_of(tokens, _NAMES)
    _check_nodes(calls)
    found = StandardQuery(query)
    edits: list[_Edit] = []
    for order, call in enumerate(calls):
        edits += _EDITS[call.name](query, call, order)
    if edits:
        found.text = _edited(query, edits)
        names = {_PATTERN: _pattern, _REPLACEMENT: _replacement, _FLAGS: _flags}
        found.functions = {
            ox.NamedNode(name): partial(_called, function, found.failed)
            for name, function in names.items()
            if name in found.text
        }
    return found


def _edited(query: str, edits: list[_Edit]) -> str:
    written: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.order)):
        written += query[place : edit.start], edit.text
        place = edit.start + edit.length
    return "".join((*written, query[place:]))


def _before(start: int, order: int, text: str, length: int = 0) -> _Edit:
    """Return what is written before a part: of parts within one another, first for the outer."""
    return _Edit(start, (1, order), length, text)


def _after(end: int, order: int, text: str) -> _Edit:
    """Return what is written behind a part: of parts within one another, first for the inner."""
    return _Edit(end, (0, -order), 0, text)


def _around(part: Call | Argument, order: int, before: str, after: str) -> list[_Edit]:
    return [_before(part.start, order, before), _after(part.end, order, after)]


def _group_concat(query: str, call: Call, order: int) -> list[_Edit]:
    """Let the texts of a group, joined, be a plain text, whatever their languages."""
    return _around(call, order, "STR(", ")")


def _node(query: str, call: Call, order: int) -> list[_Edit]:
    """Let a node for a text be a new one in each solution; of what is no text there is none."""
    if not call.arguments:
        return []
    test = _before(call.start, order, "IF(DATATYPE", call.opening - call.start)
    return [test, _after(call.end, order, f" = <{_XSD_STRING}>, BNODE(), 1/0)")]


def _check_nodes(calls: list[Call]) -> None:
    """Check that no two calls could be for the same text in one solution, and need the same node.

    Raises: QueryRefused.
    """
    count = sum(call.name == "BNODE" and bool(call.arguments) for call in calls)
    if count > 1:
        raise QueryRefused(
            f"BNODE(text) stands in the query {count} times, and the engine cannot tell in which "
            "solution each is; expected it once, or BNODE() without a text",
            "BNODE",
            ["BNODE()"],
        )


def _match(query: str, call: Call, order: int) -> list[_Edit]:
    """Let pattern, replacement and flags be read as XPath reads them."""
    is_replace = call.name == "REPLACE"
    given = list(call.arguments[1:])
    if not 1 + is_replace <= len(given) <= 2 + is_replace:
        # The engine says what is missing.
        return []
    pattern = given[0]
    flags = given[-1] if len(given) == 2 + is_replace else None
    if pattern.constant and (flags is None or flags.constant):
        read = _constant(call, pattern, flags)
        edits = [_literal(pattern, order, read.text)]
        if flags is not None:
            edits.append(_literal(flags, order, read.flags))
        if is_replace and given[1].constant:
            replacement = engine_replacement(_value(given[1]), read)
            return [*edits, _literal(given[1], order, replacement)]
    else:
        edits = _computed(query, pattern, flags, order, is_replace=is_replace)
    if is_replace:
        others = "".join(f", {_copied(query, part)}" for part in (pattern, flags) if part)
        edits += _around(given[1], order, f"<{_REPLACEMENT}>(", f"{others})")
    return edits


def _computed(
    query: str, pattern: Argument, flags: Argument | None, order: int, *, is_replace: bool
) -> list[_Edit]:
    """Let a pattern that is known only when the query runs be read then."""
    use = '"REPLACE"' if is_replace else '"REGEX"'
    copied = _copied(query, flags) if flags else '""'
    edits = _around(pattern, order, f"<{_PATTERN}>(", f", {copied}, {use})")
    if flags is not None:
        edits += _around(flags, order, f"<{_FLAGS}>(", ")")
    return edits


def _copied(query: str, part: Argument) -> str:
    """Return the text of an argument, to be said again.

    Raises: QueryRefused for one in which something else would have to be changed too.
    """
    text = query[part.start : part.end]
    if _WORTH_READING.search(text):
        raise QueryRefused(
            f"{text[:_SHOWN_CHARACTERS]!r}: expected the pattern and the flags of REPLACE without "
            "a call of REPLACE, REGEX, GROUP_CONCAT or BNODE in them; give it a name by BIND"
        )
    return text


def _constant(call: Call, pattern: Argument, flags: Argument | None) -> EnginePattern:
    """Return a pattern that the text of the query gives.

    Raises: QueryRefused with the reason, for one that cannot be used.
    """
    value = _value(pattern)
    given = _value(flags) if flags else ""
    shown = value[:_SHOWN_CHARACTERS]
    try:
        return _read(value, given, is_replace=call.name == "REPLACE")
    except (PatternInvalid, PatternUnusable) as error:
        raise QueryRefused(
            f"{call.name} cannot use the pattern {shown!r}: {error}", shown
        ) from None


@lru_cache(maxsize=256)
def _read(pattern: str, flags: str, *, is_replace: bool) -> EnginePattern:
    """Return a pattern as the engine reads it, after the engine has read it.

    Raises: PatternInvalid, PatternUnusable.
    """
    read = engine_pattern(pattern, flags)
    query = f"SELECT (REGEX('', {_written(read.text)}, {_written(read.flags)}) AS ?found) {{}}"
    rows = cast(ox.QuerySolutions, ox.Store().query(query))
    matches_nothing = next(rows)["found"]
    if matches_nothing is None:
        raise PatternUnusable("the engine has no room for it, or no such part")
    if is_replace and matches_nothing == ox.Literal(True):
        raise PatternInvalid("it matches an empty text, which XPath lets nothing take the place of")
    return read


def _literal(part: Argument, order: int, value: str) -> _Edit:
    return _before(part.start, order, _written(value), part.end - part.start)


def _value(part: Argument) -> str:
    """Return the text that an argument of one token stands for."""
    text = part.first.text
    marks = 3 if text.startswith(('"""', "'''")) and len(text) > 2 * 2 else 1
    return _ESCAPE.sub(_character, text[marks:-marks])


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if not code:
        return _ESCAPED.get(escape[3], escape[3])
    # One that stands for no character is left for the engine to refuse.
    number = int(code, 16)
    is_one = number <= sys.maxunicode and number not in _SURROGATES
    return chr(number) if is_one else escape.group()


def _written(value: str) -> str:
    r"""Return a text as a query says it.

    >>> print(_written('a "b"\n'))
    "a \"b\"\n"
    """
    return str(ox.Literal(value))


def _called(
    function: _Function, failed: list[QueryRefused], *given: ox.Literal
) -> ox.Literal | None:
    """Return what a function of ours gives; what XPath calls an error has no value."""
    try:
        return function(*given)
    except PatternInvalid:
        return None
    except PatternUnusable as error:
        failed.append(
            QueryRefused(f"a pattern that the query makes cannot be used: {error}", given[0].value)
        )
        return None


def _plain(*given: object) -> list[str] | None:
    """Return the texts of terms, if all are plain texts."""
    texts = [
        term.value
        for term in given
        if isinstance(term, ox.Literal) and term.datatype.value == _XSD_STRING
    ]
    return texts if len(texts) == len(given) else None


def _pattern(*given: object) -> ox.Literal | None:
    texts = _plain(*given)
    if texts is None:
        return None
    pattern, flags, use = texts
    return ox.Literal(_read(pattern, flags, is_replace=use == "REPLACE").text)


def _replacement(*given: object) -> ox.Literal | None:
    texts = _plain(*given)
    if texts is None:
        return None
    replacement, pattern, *flags = texts
    return ox.Literal(engine_replacement(replacement, engine_pattern(pattern, "".join(flags))))


def _flags(*given: object) -> ox.Literal | None:
    texts = _plain(*given)
    return None if texts is None else ox.Literal(engine_pattern("", texts[0]).flags)


_EDITS: dict[str, Callable[[str, Call, int], list[_Edit]]] = {
    "REPLACE": _match,
    "REGEX": _match,
    "GROUP_CONCAT": _group_concat,
    "BNODE": _node,
}
