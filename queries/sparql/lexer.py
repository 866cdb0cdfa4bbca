"""The tokens of SPARQL 1.1, for telling where a refused query stops being one."""

from __future__ import annotations

import re
from dataclasses import dataclass

FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        """
        ABS BNODE BOUND CEIL COALESCE CONCAT CONTAINS DATATYPE DAY ENCODE_FOR_URI FLOOR
        HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MD5
        MINUTES MONTH NOW RAND REGEX REPLACE ROUND SAMETERM SECONDS SHA1 SHA256 SHA384
        SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
        SUBSTR TIMEZONE TZ UCASE URI UUID YEAR
        """,
    )
)
AGGREGATES = frozenset({"AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM"})
END = "end"

_LEXER = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
      |"(?!"")(?:[^"\\\n\r]|\\.)*+"|'(?!'')(?:[^'\\\n\r]|\\.)*+'|""(?!")|''(?!'))
  | (?P<unclosed>"{1,3}|'{1,3})
  | (?P<var>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<name>(?:[^\W\d_][\w.-]{0,63}+)?:(?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*))
  | (?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)[eE][+-]?\d++|\d*+\.\d++)
  | (?P<integer>\d++(?!\w))
  | (?P<lang>@[A-Za-z]+(?:-\w+)*)
  | (?P<word>\w+)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A token of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int

    def fits(self, wanted: str) -> bool:
        """Return whether it is what a rule wants: a kind, a keyword, or a sign in quotes."""
        if wanted[0] == "'":
            return self.kind == "sign" and self.text == wanted[1:-1]
        if wanted.isupper():
            return self.kind == "word" and self.text.upper() == wanted
        if wanted == "prefix":
            return self.kind == "name" and self.text.endswith(":")
        if wanted == "function":
            return self.kind == "word" and self.text.upper() in FUNCTIONS
        if wanted == "aggregate":
            return self.kind == "word" and self.text.upper() in AGGREGATES
        return self.kind == wanted


def tokens_of(query: str) -> list[Token]:
    """Return the tokens of a query, without white space and comments, and its end.

    A text that has no end is the last token, for what follows it cannot be told.
    """
    found: list[Token] = []
    for match in _LEXER.finditer(query):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup or "", match.group(), match.start()))
        if match.lastgroup == "unclosed":
            break
    return [*found, Token(END, "", len(query.rstrip()))]
