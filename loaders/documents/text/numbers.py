"""Numbers as documents print them: digits, also misread, cardinals and ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterable

_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_CHANGED = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
"""Ordinals that are more than th after the cardinal."""

_CARDINALS: dict[str, int] = {
    **{word: number for number, word in enumerate(f"{_UNITS} {_TEENS}".split(), 1)},
    **{
        f"{ten}-{unit}" if unit else ten: 10 * tens + units
        for tens, ten in enumerate(_TENS.split(), 2)
        for units, unit in enumerate(["", *_UNITS.split()])
    },
}
"""The words of the whole numbers below a hundred."""


def _ordinal(cardinal: str) -> str:
    first, hyphen, last = cardinal.rpartition("-")
    regular = f"{last[:-1]}ie" if last.endswith("y") else last
    return f"{first}{hyphen}{_CHANGED.get(last, f'{regular}th')}"


ORDINALS: dict[str, int] = {_ordinal(word): number for word, number in _CARDINALS.items()}
"""The words of first to ninety-ninth."""


def either(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, the longest first; a space may be a hyphen."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})".replace("-", r"[\s-]")


_HUNDREDS = rf"(?P<hundreds>a|{'|'.join(_UNITS.split())})[\s-]hundred"
_WITH_HUNDREDS = re.compile(
    rf"{_HUNDREDS}(?:[\s-](?:and[\s-])?(?P<rest>{either(_CARDINALS)}))?", re.IGNORECASE
)
CARDINAL = rf"(?:{_WITH_HUNDREDS.pattern}|{either(_CARDINALS)})"
CARDINAL = re.sub(r"\?P<\w+>", "?:", CARDINAL)
"""Pattern of a whole number in words, below a thousand."""

_MISREAD = str.maketrans("OolISB", "001158")
"""Letters that text recognition puts in place of digits."""


def digits(text: str) -> str:
    """Return digits as they were printed, where text recognition has read letters for some.

    >>> digits("2Ol8")
    '2018'
    """
    return text.translate(_MISREAD)


def whole_number(text: str) -> int | None:
    """Return the whole number that digits or words say, or None if they say none.

    >>> whole_number("28"), whole_number("Twenty eight"), whole_number("one hundred")
    (28, 28, 100)
    """
    if text.isdecimal():
        return int(text)
    if match := _WITH_HUNDREDS.fullmatch(text):
        hundreds, rest = match["hundreds"], match["rest"]
        below = whole_number(rest) if rest else 0
        return 100 * _CARDINALS.get(hundreds.casefold(), 1) + (below or 0)
    return _CARDINALS.get(re.sub(r"[\s-]+", "-", text.casefold()))
