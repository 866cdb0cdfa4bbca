"""Find councils by any name that they have had, from the register; never by guesswork."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from data.councils.bodies import Body
from data.councils.register import plain_name, read_register
from loaders.documents.text.view import View

WORD = re.compile(r"[A-Za-z][A-Za-z'&.-]*|&")
_MOST_WORDS = 9
_LEAST_LIKENESS = 0.9
"""Likeness of a misread name to one of the register, from 0 to 1."""

_DESIGNATIONS = "county|city|borough|metropolitan|district|unitary|royal|london|mbc|cc|bc"
# takes (match): "council of the royal borough of anytown authority"
# takes (match): "anytown metropolitan borough council"
# leaves (match): "anytown"
NAMED = re.compile(
    rf"^(?:the )?(?:council of the )?(?P<name>.+?)(?: (?:{_DESIGNATIONS}))*"
    r" (?:council|authority|corporation|local authority)$"
)
# takes (match): "the royal borough of anytown"
# takes (match): "london borough of anytown council"
# leaves (match): "anytown city council"
_PREFIXED = re.compile(
    r"^(?:the )?(?:council of the )?(?:royal |london |metropolitan )*(?:borough|city|county) of "
    r"(?P<name>.+?)(?: council)?$"
)
_TYPES = {"county": "county", "london": "london", "metropolitan": "metropolitan"}


@dataclass(frozen=True)
class CouncilFound:
    """A council named in a view: the range of the name, and the bodies that have borne it.

    In: `is_full` says whether it is named as a council; a bare place may be the place.
    """

    start: int
    end: int
    bodies: tuple[Body, ...]
    is_full: bool
    is_likeness: bool = False

    def on(self, day: date | None) -> Body | None:
        """Return the one body meant, on a day if that decides; None if that is not certain.

        A council keeps being meant by its old name after it has ended, where no other has it.
        """
        existing = [body for body in self.bodies if day is None or body.existed_on(day)]
        several = existing or list(self.bodies)
        upper = [body for body in several if body.is_upper_tier] or several
        return upper[0] if len(upper) == 1 else None


@cache
def _names() -> dict[str, tuple[Body, ...]]:
    index: dict[str, list[Body]] = {}
    for body in read_register().councils:
        for name in body.every_name:
            several = index.setdefault(plain_name(name), [])
            if body not in several:
                several.append(body)
    return {name: tuple(several) for name, several in index.items()}


@lru_cache(maxsize=4096)
def _beginning(word: str) -> str:
    return plain_name(word).partition(" ")[0]


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in _names()) | {"the", "london", "royal"}


@lru_cache(maxsize=4096)
def bodies_of(phrase: str) -> tuple[tuple[Body, ...], bool]:
    """Return the councils that a phrase names, and whether it names them as councils.

    >>> [body.code for body in bodies_of("Norfolk Council")[0]], bodies_of("Norfolk")[1]
    (['NFK'], False)
    """
    plain = plain_name(phrase)
    as_council = any(word in plain.split() for word in ("council", "borough", "corporation"))
    if plain in _names():
        return _names()[plain], as_council
    for pattern in (NAMED, _PREFIXED):
        match = pattern.match(plain)
        if match and match["name"] in _names():
            return _fitting(_names()[match["name"]], plain), True
    return (), False


def _fitting(bodies: tuple[Body, ...], plain: str) -> tuple[Body, ...]:
    """Return the councils of the type that a name gives, or all where none is of it."""
    kinds = {kind for word, kind in _TYPES.items() if word in plain.split()}
    return tuple(body for body in bodies if body.row.type in kinds) or bodies


def councils_in(view: View) -> list[CouncilFound]:
    """Return the councils that a view names, in order; of names within names the longest."""
    words = list(WORD.finditer(view.text))
    councils: list[CouncilFound] = []
    index = 0
    while index < len(words):
        longest = _longest(view.text, words, index)
        if longest is None:
            index += 1
            continue
        match, used = longest
        councils.append(match)
        index += used
    return councils


def _longest(
    text: str, words: Sequence[re.Match[str]], index: int
) -> tuple[CouncilFound, int] | None:
    first = words[index]
    if not first[0][:1].isupper() or _beginning(first[0]) not in _first_words():
        return None
    start = first.start()
    for number in range(min(_MOST_WORDS, len(words) - index), 0, -1):
        last = words[index + number - 1]
        phrase = text[start : last.end()]
        trimmed = re.sub(r"('s|'|[.,])$", "", phrase)
        if "," in trimmed and trimmed.count(",") > 1:
            continue
        bodies, as_council = bodies_of(trimmed)
        if bodies:
            return CouncilFound(start, start + len(trimmed), bodies, as_council), number
    return None


_MISREAD_NAME = re.compile(r"(?:[A-Z][\w-]+\s+){1,5}(?i:council)\b")


def likenesses_in(view: View) -> Iterator[CouncilFound]:
    """Yield councils whose name text recognition has misread: near to one name and no other."""
    for match in view.find(_MISREAD_NAME):
        plain = plain_name(match[0])
        words = plain.split()
        for begin in range(len(words) - 1):
            phrase = " ".join(words[begin:])
            near = difflib.get_close_matches(phrase, _full_names(), 2, _LEAST_LIKENESS)
            if len(near) == 1 and near[0] != phrase:
                yield CouncilFound(match.start(), match.end(), _names()[near[0]], True, True)
                break


@cache
def _full_names() -> list[str]:
    return [name for name in _names() if "council" in name]
