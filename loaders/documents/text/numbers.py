"""Numbers as documents print them: digits, also misread, words, months, and labels of items."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.dates import MONTHS

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


_ORDINALS: dict[str, int] = {_ordinal(word): number for word, number in _CARDINALS.items()}
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


_SHORT = {**{name[:3]: number for number, name in enumerate(MONTHS, 1)}, "Sept": 9}
_MISSPELT = {"Febuary": 2, "Feburary": 2, "Janurary": 1, "Septmber": 9, "Ocotber": 10}
MONTH_NUMBERS: dict[str, int] = {
    name.casefold(): number
    for names in (dict(zip(MONTHS, range(1, 13), strict=True)), _SHORT, _MISSPELT)
    for name, number in names.items()
}
"""Names of months as documents print them, shortened and misspelt ones too."""

MONTH_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
MONTH = rf"(?:{MONTH_NAME})\b\.?"
"""Pattern of the name of a month, in any case."""

DAY = (
    r"(?:(?<=[a-z] )[12] \d(?=\s[A-Z][a-z]{2})|\d{1,2}|[1-3lI][0-9lIO]|[lI])(?:\s?(?:st|nd|rd|th))?"
)
YEAR = r"(?:1[89]|2[0O])[\dOIl]{2}"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?"
_DAYS_IN_WORDS = {word: number for word, number in _ORDINALS.items() if number <= 31}
DAY_IN_WORDS = either(_DAYS_IN_WORDS)


def day_number(text: str) -> int:
    """Return the number of a day; letters that text recognition put for digits are read as such.

    >>> day_number("l9th")
    19
    """
    word = re.sub(r"[\s-]+", "-", text.casefold())
    if word in _DAYS_IN_WORDS:
        return _DAYS_IN_WORDS[word]
    return int(digits(re.sub(r"\s?(?:st|nd|rd|th)$|(?<=\d)\s(?=\d)", "", text)))


def year_number(text: str) -> int:
    """Return the number of a year; one of two digits is of this century."""
    plain = digits(text.lstrip("'"))
    return int(plain if len(plain) == 4 else f"20{plain}")


def month_number(text: str) -> int:
    """Return the number of a month from its name, with or without a full stop."""
    return MONTH_NUMBERS[text.casefold().rstrip(".")]


def is_in_calendar(year: int, month: int, day: int) -> bool:
    """Return whether a day is in the calendar."""
    return 1 <= day <= monthrange(year, month)[1]


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

    >>> [(reading.style, reading.number) for reading in label_readings("i")]
    [('alpha', 9), ('roman', 1)]
    """
    if label.isdecimal() and label.isascii():
        number = int(label) if len(label) < 4 else 0
        return [LabelReading("arabic", number)] if 0 < number <= _HIGHEST_NUMBER else []
    lower, upper = label.casefold(), "" if label.islower() else "upper-"
    if not re.fullmatch(r"[a-z]+", lower) or label not in {lower, lower.upper()}:
        return []
    readings = []
    if len(lower) == 1:
        readings.append(LabelReading(f"{upper}alpha", _ALPHABET.index(lower) + 1))
    elif len(lower) == 2 and lower[0] == lower[1]:
        readings.append(LabelReading(f"{upper}alpha", 26 + _ALPHABET.index(lower[0]) + 1))
    if lower in _ROMAN_NUMBERS:
        readings.append(LabelReading(f"{upper}roman", _ROMAN_NUMBERS[lower]))
    return readings


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
