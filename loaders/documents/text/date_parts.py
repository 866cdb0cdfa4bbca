"""The parts of printed dates: days, months and years, also as text recognition has misread them."""

from __future__ import annotations

import re
from calendar import monthrange

from loaders.documents.text.numbers import ORDINALS, digits, either
from ontology.dates import MONTHS

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
_DAYS_IN_WORDS = {word: number for word, number in ORDINALS.items() if number <= 31}
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
    plain = digits(text)
    return int(plain if len(plain) == 4 else f"20{plain}")


def month_number(text: str) -> int:
    """Return the number of a month from its name, with or without a full stop."""
    return MONTH_NUMBERS[text.casefold().rstrip(".")]


def is_in_calendar(year: int, month: int, day: int) -> bool:
    """Return whether a day is in the calendar."""
    return 1 <= day <= monthrange(year, month)[1]
