"""The tokens of SPARQL 1.1, by which a query is looked at without parsing it.

Parsing in Python costs more than answering most queries, and the engine remains the judge of
syntax. No part of the pattern can be tried again and again on the same characters (possessive
repeats), so that its time grows with the length of the text and no faster.
"""

import re
from typing import NamedTuple

from ontology.errors import QueryRefused

END = "end"

# Every character belongs to a token of some kind, so nothing but nothing is left.
# takes: "ASK { ?s a 'x' }"
# leaves: ""
TOKEN = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\s]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
      |"(?!"")(?:[^"\\\n\r]|\\.)*+"|'(?!'')(?:[^'\\\n\r]|\\.)*+'|""(?!")|''(?!'))
  | (?P<unclosed>(?:\"{3}(?:[^"\\]|\\.|"(?!""))*+|'{3}(?:[^'\\]|\\.|'(?!''))*+
      |"(?:[^"\\\n\r]|\\.)*+|'(?:[^'\\\n\r]|\\.)*+)\\?+)
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<name>(?:[^\W\d_][\w.-]{0,63}+)?:(?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*))
  | (?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)[eE][+-]?\d++|\d*+\.\d++|\d++(?!\w))
  | (?P<language>@[A-Za-z]+(?:-\w+)*)
  | (?P<word>\w+)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where what follows it begins."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """Return it in capitals if it is a word, as keywords are, and else nothing."""
        return self.text.upper() if self.kind == "word" else ""


def tokens_of(query: str) -> list[Token]:
    """Return the tokens of a query, without white space and comments, and its end.

    >>> [token.text for token in tokens_of("ASK { ?s a 'x' } # all")]
    ['ASK', '{', '?s', 'a', "'x'", '}', '']
    """
    found = [
        Token(kind, match.group(), match.start())
        for match in TOKEN.finditer(query)
        if (kind := match.lastgroup) and kind != "skip"
    ]
    return [*found, Token(END, "", len(query.rstrip()))]


# takes: "<1#>"
# leaves: "<http://example.org/ns#type>"
_EITHER = re.compile(r"<(?![A-Za-z][\w+.-]*+://)[^>#(']*+[#('][^>]*+>")
"""An address without `//` with a sign in it that would begin something else after a comparison."""
_OPERANDS = "variable", "text", "number", "name", "iri", "language", "word"


def check_comparisons(tokens: list[Token]) -> None:
    """Check that no address may be a comparison, behind which all would have to be read otherwise.

    `?a<1#>` is a comparison and the beginning of a comment to the engine. Only in round brackets,
    behind a value, can it be either.
    Raises: QueryRefused.
    """
    opened: list[str] = []
    before = Token(END, "", 0)
    for token in tokens:
        if token.text in ("(", "{", "["):
            opened.append(token.text)
        elif token.text in (")", "}", "]") and opened:
            opened.pop()
        elif (
            token.kind == "iri"
            and opened[-1:] == ["("]
            and (before.kind in _OPERANDS or before.text in (")", "]"))
            and _EITHER.fullmatch(token.text)
        ):
            shown = token.text[:40]
            raise QueryRefused(
                f"{shown!r} may be an address or a comparison; expected a space behind < where "
                "it compares, and a whole address where it names",
                shown,
            )
        before = token
