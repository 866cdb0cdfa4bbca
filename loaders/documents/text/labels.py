"""The labels of numbered items: read and print arabic, alphabetic and roman ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROMAN_PARTS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HIGHEST_ROMAN = 60
_HIGHEST_NUMBER = 300

_STYLE_NAMES: dict[str, str] = {
    "a": "alpha",
    "A": "upper-alpha",
    "i": "roman",
    "I": "upper-roman",
    "lowerLetter": "alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "roman",
    "upperRoman": "upper-roman",
}
"""What web pages and Word call the styles of numbers; any other is arabic."""


@dataclass(frozen=True)
class LabelReading:
    """One way to read a label: the style of its number, and the number."""

    style: str
    number: int


def roman(number: int) -> str:
    """Return a number in small roman letters.

    >>> roman(14)
    'xiv'
    """
    text = ""
    for value, letters in _ROMAN_PARTS:
        text += letters * (number // value)
        number %= value
    return text


_ROMAN_NUMBERS: dict[str, int] = {roman(number): number for number in range(1, _HIGHEST_ROMAN)}


def label_readings(label: str) -> list[LabelReading]:
    """Return every way to read a label, without its brackets and full stop.

    >>> [(one.style, one.number) for one in label_readings("i")]
    [('alpha', 9), ('roman', 1)]
    """
    if label.isdecimal() and label.isascii():
        number = int(label) if len(label) < 4 else 0
        return [LabelReading("arabic", number)] if 0 < number <= _HIGHEST_NUMBER else []
    lower, upper = label.casefold(), "" if label.islower() else "upper-"
    if not re.fullmatch(r"[a-z]+", lower) or label not in {lower, lower.upper()}:
        return []
    found = []
    if len(lower) == 1:
        found.append(LabelReading(f"{upper}alpha", _ALPHABET.index(lower) + 1))
    elif len(lower) == 2 and lower[0] == lower[1]:
        found.append(LabelReading(f"{upper}alpha", 26 + _ALPHABET.index(lower[0]) + 1))
    if lower in _ROMAN_NUMBERS:
        found.append(LabelReading(f"{upper}roman", _ROMAN_NUMBERS[lower]))
    return found


def printed_number(style: str, number: int) -> str:
    """Return a number as a list of some style prints it.

    >>> printed_number("roman", 4), printed_number("A", 2), printed_number("1", 7)
    ('iv', 'B', '7')
    """
    name = _STYLE_NAMES.get(style, style)
    text = str(number)
    if name.endswith("alpha") and 0 < number <= 2 * len(_ALPHABET):
        text = _ALPHABET[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif name.endswith("roman") and 0 < number < _HIGHEST_ROMAN:
        text = roman(number)
    return text.upper() if name.startswith("upper") else text
