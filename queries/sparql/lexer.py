"""The tokens of SPARQL 1.1, by which a query is looked at without parsing it.

Parsing in Python costs more than answering most queries, and the engine remains the judge of
syntax. No part of the pattern can be tried again and again on the same characters (possessive
repeats), so that its time grows with the length of the text and no faster.
"""

import re
from dataclasses import dataclass

END = "end"

# Every character belongs to a token of some kind, so nothing but nothing is left.
# takes: "ASK { ?s a 'x' }"
# leaves: ""
TOKEN = re.compile(
    r"""
    (?P<skip>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
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


@dataclass(frozen=True)
class Token:
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
        Token(match.lastgroup, match.group(), match.start())
        for match in TOKEN.finditer(query)
        if match.lastgroup and match.lastgroup != "skip"
    ]
    return [*found, Token(END, "", len(query.rstrip()))]
