"""The parts of printed dates: days, months and years, also as text recognition has misread them."""

from __future__ import annotations

import re
from calendar import monthrange

from loaders.documents.text.month_names import MONTH_NUMBERS

DAY = (
    r"(?:(?<=[a-z] )[12] \d(?=\s[A-Z][a-z]{2})|\d{1,2}|[1-3lI][0-9lIO]|[lI])(?:\s?(?:st|nd|rd|th))?"
)
YEAR = r"(?:1[89]|2[0O])[\dOIl]{2}"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?"
_MISREAD = str.maketrans("lIO", "110")
_UNITS = "first second third fourth fifth sixth seventh eighth ninth"
_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
ORDINALS = (
    *f"{_UNITS} {_TEENS} nineteenth twentieth".split(),
    *(f"twenty-{unit}" for unit in _UNITS.split()),
    *("thirtieth", "thirty-first"),
)


def day_number(text: str) -> int:
    """Return the number of a day; letters that text recognition put for digits are read as such.

    >>> day_number("l9th")
    19
    """
    word = re.sub(r"[\s-]+", "-", text.casefold())
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    plain = re.sub(r"\s?(?:st|nd|rd|th)$|(?<=\d)\s(?=\d)", "", text)
    return int(plain.translate(_MISREAD))


def year_number(text: str) -> int:
    """Return the number of a year, in which text recognition may have put letters for digits."""
    plain = text.translate(_MISREAD)
    return int(plain if len(plain) == 4 else f"20{plain}")


def month_number(text: str) -> int:
    """Return the number of a month."""
    return MONTH_NUMBERS[text.casefold().rstrip(".")]


def is_in_calendar(year: int, month: int, day: int) -> bool:
    """Return whether a day is in the calendar."""
    return 1 <= day <= monthrange(year, month)[1]
