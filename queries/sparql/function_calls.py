"""The calls of functions in the text of a query, with the places of their arguments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from queries.sparql.lexer import END, Token

_OPENING, _CLOSING = "({[", ")}]"


@dataclass(frozen=True)
class Argument:
    """One argument of a call: the first of its tokens, and the last."""

    first: Token
    last: Token

    @property
    def start(self) -> int:
        """Return where it begins."""
        return self.first.start

    @property
    def end(self) -> int:
        """Return where what follows it begins."""
        return self.last.end

    @property
    def constant(self) -> Token | None:
        """Return its token if it is a plain text and nothing else."""
        is_text = self.first is self.last and self.first.kind == "text"
        return self.first if is_text else None


@dataclass(frozen=True)
class Call:
    """One call.

    In: `start` is where the name begins, `opening` where its bracket does, and `end` is where what
    follows the call begins; empty brackets have no argument.
    """

    name: str
    start: int
    opening: int
    end: int
    arguments: tuple[Argument, ...]


@dataclass
class _Open:
    """A bracket that is not closed yet, and, if it is that of a call, what is known of the call."""

    bracket: Token
    name: str = ""
    start: int = 0
    arguments: list[Argument] = field(default_factory=list)
    first: Token | None = None


def calls_of(tokens: Sequence[Token], names: Sequence[str]) -> list[Call]:
    """Return the calls of some functions, an outer one before those in its arguments.

    The engine needs no space before a keyword, so the name is the end of a word. What is not closed
    is no call.
    """
    found: list[Call] = []
    opened: list[_Open] = []
    before = Token(END, "", 0)
    for token in tokens:
        is_sign = token.kind == "sign"
        if is_sign and token.text in _CLOSING and opened:
            call = opened.pop()
            _add_argument(call, before)
            if call.name:
                arguments = tuple(call.arguments)
                place = call.start, call.bracket.start, token.end
                found.append(Call(call.name, *place, arguments))
        elif is_sign and token.text == "," and opened:
            _add_argument(opened[-1], before)
        elif opened and opened[-1].first is None:
            opened[-1].first = token
        if is_sign and token.text in _OPENING:
            word = before.word if token.text == "(" else ""
            name = next((name for name in names if word.endswith(name)), "")
            opened.append(_Open(token, name, before.end - len(name)))
        before = token
    return sorted(found, key=lambda call: call.start)


def _add_argument(call: _Open, last: Token) -> None:
    if call.first is not None:
        call.arguments.append(Argument(call.first, last))
    call.first = None
