r"""Regular expressions as SPARQL has them, those of XPath, written as the engine reads them.

The engine's own kind gives some signs another meaning (`[a-z-[aeiou]]`, `\w`, `\p{IsGreek}`, `$1th`
in a replacement) and has no back references. Here each is written so that it means the same, or it
is said that it cannot be.
"""

import re
from dataclasses import dataclass

from ontology.errors import QueryRefused


class PatternInvalid(QueryRefused):
    """XPath has no such pattern, replacement or flags: the function called with it fails."""


class PatternUnusable(QueryRefused):
    """XPath has such patterns, and the engine has none that means the same."""


@dataclass(frozen=True)
class EnginePattern:
    """A pattern as the engine reads it, the flags that go with it, and how many groups it has."""

    text: str
    flags: str
    groups: int


_SPACE = r" \t\n\r"
_NOT_IN_WORDS = r"\p{P}\p{Z}\p{C}"
_CLASSES = {
    "d": r"\d",
    "D": r"\D",
    "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]",
    "w": f"[^{_NOT_IN_WORDS}]",
    "W": f"[{_NOT_IN_WORDS}]",
}
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t"}
_NAMES = "iIcC"
_BOUNDARIES = "bB"
"""Not of XPath, but of every other kind, and with one meaning."""
_CATEGORY = re.compile(r"\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)\}")
_PROPERTY = re.compile(r"\{[^{}]*+\}")
# takes: "{2,}"
# leaves: "{,2}"
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d++(?:,\d*+)?+\})(\??+)")
_GROUP = re.compile(r"\((\?:|\?[ims]++\)|(?!\?))")
_SIGNS = frozenset("\\|.?*+(){}[]^$-&~#")
_FLAGS = frozenset("smixq")
_BLANKS = " \t\n\r"
_DEEPEST = 50
"""Classes subtracted from one another; they are read by a function that calls itself."""


def engine_pattern(pattern: str, flags: str = "") -> EnginePattern:
    r"""Return a pattern of XPath as the engine reads it.

    Raises: PatternInvalid, PatternUnusable.

    >>> engine_pattern("[a-z-[aeiou]]+ x", "x").text
    '[[a-z]--[aeiou]]+x'
    """
    unknown = sorted(set(flags) - _FLAGS)
    if unknown:
        raise PatternInvalid(f"there is no flag {unknown[0]!r}; there are s, m, i, x and q")
    if "q" in flags:
        return EnginePattern(pattern, "q" + "i" * ("i" in flags), 0)
    reader = _Reader(pattern, is_spaced="x" in flags)
    text = reader.whole()
    return EnginePattern(text, flags.replace("x", ""), reader.groups)


def engine_replacement(replacement: str, pattern: EnginePattern) -> str:
    """Return a replacement of XPath as the engine reads it, for a pattern.

    Raises: PatternInvalid.

    >>> engine_replacement("$1th", engine_pattern("([0-9]+) "))
    '${1}th'
    """
    if "q" in pattern.flags:
        return replacement.replace("$", "$$")
    written: list[str] = []
    place = 0
    while place < len(replacement):
        sign, after = replacement[place], replacement[place + 1 : place + 2]
        if sign == "\\":
            if after not in ("\\", "$") or not after:
                raise PatternInvalid(rf"expected \\ or \$ and not \{after} in a replacement")
            written.append("$$" if after == "$" else "\\")
            place += 2
        elif sign == "$":
            number = _group_number(replacement, place + 1, pattern.groups)
            written.append(f"${{{number}}}" if int(number) <= pattern.groups else "")
            place += 1 + len(number)
        else:
            written.append(sign)
            place += 1
    return "".join(written)


def _group_number(replacement: str, place: int, groups: int) -> str:
    """Return the digits that name a group: as many as make the number of one that there is."""
    end = place
    while end < len(replacement) and replacement[end] in "0123456789":
        if end > place and int(replacement[place : end + 1]) > groups:
            break
        end += 1
    if end == place:
        raise PatternInvalid(r"expected a digit behind $ in a replacement, or \$")
    return replacement[place:end]


class _Reader:
    """Reads one pattern from its beginning to its end."""

    def __init__(self, pattern: str, *, is_spaced: bool) -> None:
        self._pattern = pattern
        self._place = 0
        self._is_spaced = is_spaced
        self._open = 0
        self.groups = 0

    def whole(self) -> str:
        """Return the pattern as the engine reads it."""
        written = []
        while self._place < len(self._pattern):
            written.append(self._next())
        if self._open:
            raise PatternInvalid("expected ) at the end of a group")
        return "".join(written)

    def _peek(self, ahead: int = 0) -> str:
        return self._pattern[self._place + ahead : self._place + ahead + 1]

    def _take(self, count: int = 1) -> str:
        taken = self._pattern[self._place : self._place + count]
        self._place += count
        return taken

    def _next(self) -> str:
        sign = self._peek()
        if self._is_spaced and sign in _BLANKS:
            self._take()
            return ""
        if sign == "\\":
            return self._escape()
        if sign == "[":
            return self._class(0)
        if sign in "()":
            return self._group()
        if sign in "*+?{":
            return self._quantifier()
        return self._take() if sign in ".^$|" else _escaped(self._take())

    def _group(self) -> str:
        if self._peek() == ")":
            if not self._open:
                raise PatternInvalid("there is no ( before the )")
            self._open -= 1
            return self._take()
        found = _GROUP.match(self._pattern, self._place)
        if found is None:
            raise PatternInvalid("(? begins no group that XPath has; expected ( or (?:")
        self.groups += not found[1]
        # Only flags, such as (?i), close themselves.
        self._open += not found.group().endswith(")")
        return self._take(len(found.group()))

    def _quantifier(self) -> str:
        found = _QUANTIFIER.match(self._pattern, self._place)
        if found is None:
            raise PatternInvalid(r"expected {2}, {2,} or {2,3}, or \{ for the bracket itself")
        taken = self._take(len(found.group()))
        while self._is_spaced and self._peek() and self._peek() in _BLANKS:
            self._take()
        if self._peek() and self._peek() in "*+?{":
            raise PatternInvalid(f"{self._peek()} cannot stand behind {taken}")
        return taken

    def _escape(self) -> str:
        sign = self._peek(1)
        if sign and sign in _BOUNDARIES:
            return self._take(2)
        if sign and sign in "123456789":
            raise PatternUnusable(rf"the back reference \{sign}")
        character = self._single_escape()
        return self._set_escape() if character is None else _escaped(character)

    def _single_escape(self) -> str | None:
        """Return the one character that an escape stands for; None for one that stands for several.

        In the first case the escape is taken.
        """
        sign = self._peek(1)
        if sign in _CHARACTERS:
            self._take(2)
            return _CHARACTERS[sign]
        if not sign or (sign.isalnum() and sign not in (*_CLASSES, *_NAMES, "p", "P")):
            raise PatternInvalid(rf"there is no escape \{sign}")
        if sign.isalnum():
            return None
        self._take(2)
        return sign

    def _set_escape(self) -> str:
        sign = self._take(2)[1]
        if sign in _NAMES:
            raise PatternUnusable(rf"\{sign}, the characters of names in XML")
        if sign in _CLASSES:
            return _CLASSES[sign]
        found = _CATEGORY.match(self._pattern, self._place)
        if found is None:
            named = _PROPERTY.match(self._pattern, self._place)
            words = named.group() if named else self._peek()
            if words.startswith("{Is"):
                raise PatternUnusable(rf"the block of characters \{sign}{words}")
            raise PatternInvalid(rf"there is no category \{sign}{words}")
        return f"\\{sign}{self._take(len(found.group()))}"

    def _class(self, depth: int) -> str:
        """Return a class of characters, with what is subtracted from it."""
        if depth > _DEEPEST:
            raise PatternUnusable(f"classes subtracted more than {_DEEPEST} deep")
        self._take()
        negation = self._take() if self._peek() == "^" else ""
        items: list[str] = []
        begun = self._place
        while self._peek() != "]" or self._place == begun:
            if not self._peek():
                raise PatternInvalid("expected ] at the end of a class of characters")
            if self._peek() == "-" and self._peek(1) == "[" and items:
                self._take()
                subtracted = self._class(depth + 1)
                if self._take() != "]":
                    raise PatternInvalid("expected ] behind the class that is subtracted")
                return f"[[{negation}{''.join(items)}]--{subtracted}]"
            items.append(self._item())
        self._take()
        return f"[{negation}{''.join(items)}]"

    def _item(self) -> str:
        """Return a character, a range, or a set within a class."""
        if self._peek() == "[" and self._peek(1) == ":":
            raise PatternInvalid("[: begins no class that XPath has; expected \\p{…} or \\d")
        first = self._single()
        if first is None:
            return self._set_escape()
        if self._peek() == "-" and self._peek(1) not in ("]", "[", ""):
            self._take()
            last = self._single()
            if last is None or last < first:
                raise PatternInvalid(f"the range from {first!r} has no end behind its beginning")
            return f"{_escaped(first)}-{_escaped(last)}"
        return _escaped(first)

    def _single(self) -> str | None:
        return self._single_escape() if self._peek() == "\\" else self._take()


def _escaped(character: str) -> str:
    return f"\\{character}" if character in _SIGNS else character
