"""Numbers are read whether they stand in digits or in words, and months by any of their names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.documents.text.numbers import (
    CARDINAL,
    DAY_IN_WORDS,
    day_number,
    digits,
    month_number,
    whole_number,
)

BELOW_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"


def in_words(number: int, hyphen: str) -> str:
    """Return a number below a thousand as it is written in English."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    below = (
        BELOW_TWENTY[rest]
        if rest < 20
        else TENS[tens] + (hyphen + BELOW_TWENTY[units] if units else "")
    )
    if not hundreds:
        return below
    return f"{BELOW_TWENTY[hundreds]} hundred" + (f" and {below}" if rest else "")


@given(st.integers(1, 999), st.sampled_from("- "), st.booleans())
def test_every_number_below_a_thousand_is_read(number: int, hyphen: str, capital: bool) -> None:
    """Twenty-eight may be twenty eight, and begin a sentence."""
    words = in_words(number, hyphen)
    words = words.capitalize() if capital else words
    assert whole_number(words) == number == whole_number(str(number))
    assert re.fullmatch(CARDINAL, words, re.IGNORECASE)


@pytest.mark.parametrize("words", ["", "an", "hundred", "twenty-ten", "one two", "several"])
def test_what_is_no_number_is_none(words: str) -> None:
    """Words that are no number are not taken for one."""
    assert whole_number(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("first", 1), ("twelfth", 12), ("Twentieth", 20), ("thirty first", 31), ("l9th", 19)],
)
def test_days_of_a_month(words: str, number: int) -> None:
    """A day is printed in words or in digits, of which some may be misread."""
    assert day_number(words) == number


def test_no_day_in_words_is_beyond_a_month() -> None:
    """There is a thirty-second, but no month has it."""
    assert re.fullmatch(DAY_IN_WORDS, "thirty-first")
    assert not re.fullmatch(DAY_IN_WORDS, "thirty-second")


@pytest.mark.parametrize(
    ("name", "number"), [("September", 9), ("sept.", 9), ("Febuary", 2), ("MAY", 5)]
)
def test_months(name: str, number: int) -> None:
    """Months may be shortened, misspelt and in capitals."""
    assert month_number(name) == number


def test_misread_digits() -> None:
    """Letters stand for the digits that they look like."""
    assert digits("2Ol8 S B") == "2018 5 8"
