"""Days in words and as places on a line of years: never more exact than the source."""

import pytest

from api.pages.days import Bounds, bounds, day_words, length_words, span, time_words

# What is written in EDTF, the first and last day that it can mean, and its words.
DATES = (
    ("2021-12-01", ("2021-12-01", "2021-12-01"), "1 December 2021"),
    ("2016-02", ("2016-02-01", "2016-02-29"), "February 2016"),
    ("2014", ("2014-01-01", "2014-12-31"), "2014"),
    ("2023~", ("2023-01-01", "2023-12-31"), "about 2023"),
    ("[..2017-10-02]", (None, "2017-10-02"), "by 2 October 2017"),
    ("[2017-10..]", ("2017-10-01", None), "October 2017 or later"),
    (
        "[2016-03-31..2016-08]",
        ("2016-03-31", "2016-08-31"),
        "between 31 March 2016 and August 2016",
    ),
    ("[2012-01-03,2012-03-01]", ("2012-01-03", "2012-03-01"), "3 January 2012 or 1 March 2012"),
    ("{2012-01-03,2012-03-01}", ("2012-01-03", "2012-03-01"), "3 January 2012 and 1 March 2012"),
    ("..", (None, None), ".."),
)


@pytest.mark.parametrize(("text", "days", "words"), DATES)
def test_a_date_has_bounds_and_words(
    text: str, days: tuple[str | None, str | None], words: str
) -> None:
    """A month stays a month, in words and on the line."""
    assert bounds(text) == Bounds(*days)
    assert day_words(text) == words


def test_an_interval_has_a_begin_and_an_end() -> None:
    """Of an open interval the end is not known, and is not made up."""
    held = {"edtf": "2021-12-01/2023", "earliest": "2021-12-01", "latest": "2023-12-31"}
    assert span(held) == (Bounds("2021-12-01", "2021-12-01"), Bounds("2023-01-01", "2023-12-31"))
    begin, end = span({"edtf": "2014-10/", "earliest": "2014-10-01", "latest": None})
    assert begin == Bounds("2014-10-01", "2014-10-31") and end is not None and not end.is_known
    assert span(None) == (Bounds(), None)


def test_a_blank_is_told_by_what_bounds_it() -> None:
    """The day that a form leaves blank lies between two days, and is none of them."""
    blank = {"edtf": "[..2016-08-05]", "words": "Dated this day of", "status": "blank"}
    blank |= {"earliest": "2016-03-31", "latest": "2016-08-05"}
    assert time_words(blank) == "between 31 March 2016 and 5 August 2016"
    assert time_words({**blank, "edtf": None, "earliest": None, "latest": None}) == (
        "“Dated this day of”"
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "0 days"), (31, "1 month"), (365, "1 year"), (800, "2 years 2 months")]
)
def test_a_length_is_told_in_years_and_months(days: int, words: str) -> None:
    """As people compare lengths."""
    assert length_words(days) == words
