"""A text as it is read: plain quotation marks and spaces, furniture out, every place kept.

Rules are written for the view; each range of it leads back to the range of the fixed text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from data.records.statements import MAXIMUM_WORDS_CHARACTERS, OMISSION, Passage
from loaders.documents.text.recognition_slips import (
    Rule,
    changes_in,
    is_recognised,
    report_rules,
)

_PLAIN: dict[str, str] = {
    **dict.fromkeys("\u2018\u2019\u201b\u00b4\u2032`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
"""Quotation marks, dashes and joined letters, and what they are read as."""

_UNSEEN = re.compile(
    "[\u00ad\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u200b-\u200f\u2060\ufeff\ue000-\uf8ff*_\\\\]"
)
"""Soft hyphens, marks of notes and of no width, private signs of fonts, marks of emphasis."""

_NOT_AS_IT_IS = re.compile(rf"\s+|[{''.join(_PLAIN)}]|{_UNSEEN.pattern}")
"""White space, and characters that are read as others or not at all."""

# takes: "the co"
# takes: "well"
# leaves: "govern"
_KEPT_HYPHEN = re.compile(
    r"(?:^|[^a-z])(?:co|re|long|short|self|non|pre|post|well|high|low|multi|inter|sub|mid|ex|cross"
    r"|decision|early|full|half|part|six|two|three|four|follow|up|in|out|on|ofsted)$",
    re.IGNORECASE,
)
"""Beginnings whose hyphen is their own, also at the end of a line."""

_WHOLE_WORDS_CHARACTERS = 80
_OPENING_WORDS = 4


@dataclass(frozen=True)
class View:
    """Some ranges of a fixed text as one readable text.

    In: `origin` gives the place in the fixed text of each character of `text`.
    """

    fixed: str = field(repr=False)
    text: str
    origin: Sequence[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the fixed text behind a range of the view, which is not empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def passage(self, at: str, start: int, end: int) -> Passage:
        """Return the passage behind a range of the view, without white space at its ends."""
        while start < end - 1 and self.text[start] == " ":
            start += 1
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return passage(self.fixed, at, *self.span(start, end))

    def part(self, start: int, end: int) -> View:
        """Return a part as a view of its own."""
        return View(self.fixed, self.text[start:end], self.origin[start:end])

    def mended(self, rules: Iterable[Rule]) -> View:
        """Return the view with the slips that each rule finds put right, one rule after another."""
        view = self
        for rule in rules:
            parts: list[str] = []
            origin: list[int] = []
            done = 0
            for start, end, meant in rule(view.text):
                parts += [view.text[done:start], meant]
                origin += view.origin[done:start]
                # Each letter leads back to one of the slip, the last one to its last.
                last, steps = max(end - start - 1, 0), max(len(meant) - 1, 1)
                origin += [view.origin[start + at * last // steps] for at in range(len(meant))]
                done = end
            if done:
                text = "".join([*parts, view.text[done:]])
                view = View(view.fixed, text, (*origin, *view.origin[done:]))
        return view

    def without(self, ranges: Iterable[tuple[int, int]], kept: re.Pattern[str]) -> View:
        """Return the view without some ranges of the fixed text, unless they hold what is kept.

        In: the ranges, in order.
        """
        text: list[str] = []
        origin: list[int] = []
        place = 0
        for first, last in [*ranges, (len(self.fixed), len(self.fixed))]:
            start = bisect_left(self.origin, first)
            end = bisect_left(self.origin, last)
            if start < place or (end > start and kept.search(self.text[start:end])):
                continue
            part = self.text[place:start]
            begin = place
            if text and text[-1].endswith(" "):
                begin += len(part) - len(part.lstrip(" "))
            elif text and part and not part.startswith(" "):
                text.append(" ")
                origin.append(self.origin[place])
            if start > begin:
                text.append(self.text[begin:start])
                origin += self.origin[begin:start]
            place = end
        return View(self.fixed, "".join(text), origin)

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern."""
        return pattern.finditer(self.text)


def view_of(fixed: str, ranges: Iterable[tuple[int, int]]) -> View:
    r"""Return the view of some ranges of a fixed text, in the order given.

    >>> view_of("the  Coun-\ncil’s", [(0, 16)]).text
    "the Council's"
    """
    characters: list[str] = []
    origin: list[int] = []
    for start, end in ranges:
        if _is_hyphenated(characters, fixed, start, end):
            _join(characters, origin)
        elif characters and characters[-1] != " ":
            characters.append(" ")
            origin.append(min(start, len(fixed) - 1))
        _add(fixed, start, end, characters, origin)
    while characters and characters[-1] == " ":
        characters.pop()
        origin.pop()
    rule = partial(changes_in, recognised=is_recognised(fixed))
    return View(fixed, "".join(characters), origin).mended([rule])


def report_view_of(fixed: str, ranges: Iterable[tuple[int, int]]) -> View:
    """Return the view of an inspection report, whose tables and headings recognition breaks more.

    >>> text = "Overalleffectiveness lnadequate, 1 9 June 2019"
    >>> report_view_of(text, [(0, len(text))]).text
    'Overall effectiveness Inadequate, 19 June 2019'
    """
    view = view_of(fixed, ranges)
    return view.mended(report_rules(view.text))


def _add(fixed: str, start: int, end: int, characters: list[str], origin: list[int]) -> None:
    place = start
    for match in _NOT_AS_IT_IS.finditer(fixed, start, end):
        characters.extend(fixed[place : match.start()])
        origin.extend(range(place, match.start()))
        place = match.end()
        first = match[0][0]
        if first.isspace():
            broken = any(mark in match[0] for mark in "\n\f\r")
            if broken and _is_hyphenated(characters, fixed, place, end):
                _join(characters, origin)
            elif characters and characters[-1] != " ":
                characters.append(" ")
                origin.append(match.start())
        else:
            for plain in _PLAIN.get(first, ""):
                characters.append(plain)
                origin.append(match.start())
    characters.extend(fixed[place:end])
    origin.extend(range(place, end))


def _join(characters: list[str], origin: list[int]) -> None:
    """Take away the hyphen at the end of a line, unless it is the word's own."""
    if not _KEPT_HYPHEN.search("".join(characters[-12:-1])):
        characters.pop()
        origin.pop()


def _is_hyphenated(characters: list[str], fixed: str, after: int, end: int) -> bool:
    if len(characters) < 2 or characters[-1] != "-" or after >= end:
        return False
    return characters[-2].isalpha() and fixed[after].islower()


def passage(fixed: str, at: str, start: int, end: int) -> Passage:
    """Return a passage: its words whole if they are few, else the first and the last.

    >>> passage("On 2 May 2018 it was so.", "1", 3, 13).words
    '2 May 2018'
    """
    words = " ".join(fixed[start:end].split())
    return Passage(at=at, chars=f"{start}-{end}", words=short_words(words))


def short_words(text: str) -> str:
    """Return words with the middle left out where they are many."""
    if len(text) <= _WHOLE_WORDS_CHARACTERS and OMISSION not in text:
        return text
    words = text.split(" ")
    for number in range(min(_OPENING_WORDS, len(words) // 2), 0, -1):
        first, last = " ".join(words[:number]), " ".join(words[-number:])
        shortened = f"{first} {OMISSION} {last}"
        if len(shortened) <= MAXIMUM_WORDS_CHARACTERS and OMISSION not in first:
            return shortened
    half = MAXIMUM_WORDS_CHARACTERS // 3
    return f"{text[:half].partition(OMISSION)[0].rstrip()} {OMISSION} {text[-half:].lstrip()}"
