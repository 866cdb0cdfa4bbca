"""Words of a file that are no words of the document: struck out, hidden, notes, pictures.

A reader of files wraps them in marks that no document may hold. They are taken out of the fixed
text, and each is kept with its place, to be listed as not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Literal

Manner = Literal[
    "struck out",
    "deleted",
    "hidden",
    "a footnote",
    "an endnote",
    "a header or footer",
    "a field",
    "a note on the page",
    "a picture",
]
"""Why words are no words of the document, or what stands there in place of words."""

_BEGIN, _PARTED, _END = "\x0e", "\x1f", "\x0f"
_MARKS = re.compile(f"[{_BEGIN}{_PARTED}{_END}]")
_MARKED = re.compile(f"{_BEGIN}([^{_PARTED}]*){_PARTED}([^{_BEGIN}{_END}]*){_END}")

_SHOWN_CHARACTERS = 100
_DRAWN = frozenset({"a picture", "a field", "a note on the page"})

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits as raised ones, which are no part of the number before them."""


@dataclass(frozen=True)
class Aside:
    """Something that stands at a place of the fixed text and is not read.

    In: `words` are empty for a picture.
    """

    place: int
    manner: str
    words: str

    @property
    def is_drawn(self) -> bool:
        """Whether it shows something that only an eye can read."""
        return self.manner in _DRAWN

    @property
    def reason(self) -> str:
        """Why it is not read, for whoever reviews the record."""
        words = shorten(self.words, _SHOWN_CHARACTERS, placeholder=" …")
        return f'{self.manner}: "{words}"' if words else self.manner


def aside(manner: Manner, words: str = "") -> str:
    """Return words with the marks that take them out of the text."""
    return f"{_BEGIN}{manner}{_PARTED}{words}{_END}"


def unmarked(text: str) -> str:
    """Return a text of a file without characters that are our marks."""
    return _MARKS.sub("", text)


def text_and_asides(marked: str) -> tuple[str, tuple[Aside, ...]]:
    """Return a text without what is marked in it, and what was marked, in order.

    >>> text_and_asides("by " + aside("struck out", "1 May or ") + "2 May")
    ('by 2 May', (Aside(place=3, manner='struck out', words='1 May or'),))
    """
    parts: list[str] = []
    asides: list[Aside] = []
    length = done = 0
    for match in _MARKED.finditer(marked):
        before = marked[done : match.start()]
        parts.append(before)
        length += len(before)
        words = " ".join(match[2].split())
        if words or match[1] == "a picture":
            asides.append(Aside(length, match[1], words))
        done = match.end()
    parts.append(marked[done:])
    return unmarked("".join(parts)), tuple(joined(asides))


def joined(asides: Iterable[Aside]) -> Iterable[Aside]:
    """Yield asides, those of one manner at one place as one; a run of Word may be a letter."""
    last: Aside | None = None
    for each in asides:
        if last and (last.place, last.manner) == (each.place, each.manner):
            last = Aside(each.place, each.manner, f"{last.words} {each.words}".strip())
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
