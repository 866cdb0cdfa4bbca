"""How much text a query may have, of each kind that could grow without end.

The values are settings. Each is checked where the text is first looked at, so that nothing that
takes longer ever sees more.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ontology.errors import QueryRefused
from queries.sparql.lexer import Token

OPENING, CLOSING = "({[", ")}]"
_PROLOGUE = "PREFIX", "BASE"


@dataclass(frozen=True)
class TextLimits:
    """The most that the text of one query may have.

    Units: characters; lines of PREFIX and BASE; graphs named by FROM, or by the request; brackets
    within one another.
    """

    characters: int = 100_000
    prologue: int = 500
    graphs: int = 200
    depth: int = 100

    def in_words(self) -> tuple[str, ...]:
        """Return the limits as a person reads them.

        >>> TextLimits().in_words()[:2]
        ('100,000 characters', '500 lines of PREFIX and BASE')
        """
        return (
            f"{self.characters:,} characters",
            f"{self.prologue:,} lines of PREFIX and BASE",
            f"{self.graphs:,} graphs named by FROM",
            f"brackets {self.depth:,} deep",
        )

    def check_prologue(self, tokens: list[Token]) -> None:
        """Check that a query does not begin with too many declarations.

        Raises: QueryRefused.
        """
        count = sum(token.word in _PROLOGUE for token in tokens)
        if count > self.prologue:
            accepted = f"at most {self.prologue:,} lines of PREFIX and BASE"
            raise _above(f"the query has {count:,} lines of PREFIX and BASE", count, accepted)

    def check_depth(self, tokens: list[Token]) -> None:
        """Check that brackets are not nested so deep that reading them would need endless memory.

        Raises: QueryRefused.
        """
        depth = 0
        for token, after in pairwise(tokens):
            if token.kind == "sign":
                depth += (token.text in OPENING) - (token.text in CLOSING)
                # The engine takes << for the beginning of a triple within another; SPARQL 1.1 has
                # none.
                depth += token.text == after.text == "<" and token.end == after.start
            if depth > self.depth:
                accepted = f"at most {self.depth:,}"
                raise _above(f"brackets are nested more than {self.depth:,} deep", depth, accepted)

    def check_graphs(self, default: tuple[str, ...], named: tuple[str, ...]) -> None:
        """Check the graphs that a query or a request names, how many and how long they are.

        Raises: QueryRefused.
        """
        count = len(default) + len(named)
        if count > self.graphs:
            accepted = f"at most {self.graphs:,} graphs"
            raise _above(f"{count:,} graphs are named", count, accepted)
        length = sum(map(len, default + named))
        if length > self.characters:
            accepted = f"at most {self.characters:,} characters"
            words = f"the names of the graphs have {length:,} characters together"
            raise _above(words, length, accepted)


class _TextSettings(Protocol):
    @property
    def query_characters(self) -> int: ...

    @property
    def query_prologue(self) -> int: ...

    @property
    def query_graphs(self) -> int: ...

    @property
    def query_depth(self) -> int: ...


def text_limits_of(settings: _TextSettings) -> TextLimits:
    """Return the limits that the settings give to the text of one query."""
    return TextLimits(
        settings.query_characters,
        settings.query_prologue,
        settings.query_graphs,
        settings.query_depth,
    )


def _above(found: str, value: int, accepted: str) -> QueryRefused:
    return QueryRefused(f"{found}; {accepted} can be read. Simplify it", str(value), [accepted])
