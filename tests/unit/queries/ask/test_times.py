"""Times as people say them are read, and what no calendar has is not."""

from datetime import date

import pytest

from queries.ask.times import read_times

_TODAY = date(2026, 11, 29)
_TIMES = {
    "in 2018": ("period", "2018-01-01", "2018-12-31"),
    "on 5 March 2019": ("day", "2019-03-05", "2019-03-05"),
    "March 5, 2019": ("day", "2019-03-05", "2019-03-05"),
    "on the 5th of March 2019": ("day", "2019-03-05", "2019-03-05"),
    "05/03/2019": ("day", "2019-03-05", "2019-03-05"),
    "on 2019-03-05": ("day", "2019-03-05", "2019-03-05"),
    "in Feb 2020": ("period", "2020-02-01", "2020-02-29"),
    "at the end of 2018": ("day", "2018-12-31", "2018-12-31"),
    "today": ("now", "2026-11-29", "2026-11-29"),
    "at the moment": ("now", "2026-11-29", "2026-11-29"),
    "since 2020": ("period", "2020-01-01", "2026-11-29"),
    "after 5 March 2019": ("period", "2019-03-06", "2026-11-29"),
    "before 2015": ("period", "1900-01-01", "2014-12-31"),
    "until March 2015": ("period", "1900-01-01", "2015-03-31"),
    "from 2013 to March 2015": ("period", "2013-01-01", "2015-03-31"),
    "between 1 May 2013 and 2015": ("period", "2013-05-01", "2015-12-31"),
    "in the last five years": ("period", "2021-11-29", "2026-11-29"),
    "over the past month": ("period", "2026-10-29", "2026-11-29"),
    "last year": ("period", "2025-01-01", "2025-12-31"),
    "this year": ("period", "2026-01-01", "2026-11-29"),
    "going only by reports out by 5 March 2019": ("known-at", "2019-03-05", "2019-03-05"),
    "with the sources available on 5 March 2019": ("known-at", "2019-03-05", "2019-03-05"),
    "judging by publications up to 5 March 2019 alone": ("known-at", "2019-03-05", "2019-03-05"),
    "in 2024-25": ("financial-year", "2024-04-01", "2025-03-31"),
    "for the financial year 2024/2025": ("financial-year", "2024-04-01", "2025-03-31"),
    "on 14/2/19": ("day", "2019-02-14", "2019-02-14"),
    "31.12.2016": ("day", "2016-12-31", "2016-12-31"),
    "on 17 Dec '22": ("day", "2022-12-17", "2022-12-17"),
    "on 1st July 2018": ("day", "2018-07-01", "2018-07-01"),
    "on Sunday 1 July 2018": ("day", "2018-07-01", "2018-07-01"),
    "at the end of June 2017": ("day", "2017-06-30", "2017-06-30"),
    "in 24/25": ("financial-year", "2024-04-01", "2025-03-31"),
    "FY2024/25": ("financial-year", "2024-04-01", "2025-03-31"),
    "2013 to 2015": ("period", "2013-01-01", "2015-12-31"),
    "2018-2020": ("period", "2018-01-01", "2020-12-31"),
    "1999-2000": ("period", "1999-01-01", "2000-12-31"),
    "between 1 and 31 March 2019": ("period", "2019-03-01", "2019-03-31"),
    "from 1 October to 31 December 2018": ("period", "2018-10-01", "2018-12-31"),
    "between Jan 2022 and Dec 2025": ("period", "2022-01-01", "2025-12-31"),
    "on the first of May 2016": ("day", "2016-05-01", "2016-05-01"),
    "on the twenty-ninth of February 2020": ("day", "2020-02-29", "2020-02-29"),
    "on New Year's Day 2019": ("day", "2019-01-01", "2019-01-01"),
    "Christmas Eve 2018": ("day", "2018-12-24", "2018-12-24"),
    "on general election day, 4 July 2024": ("day", "2024-07-04", "2024-07-04"),
    "in September or October 2023": ("period", "2023-09-01", "2023-10-31"),
    "December 2022 or January 2023": ("period", "2022-12-01", "2023-01-31"),
    "in the first quarter of 2026": ("period", "2026-01-01", "2026-03-31"),
    "in the last half of 2019": ("period", "2019-07-01", "2019-12-31"),
    "Q3 2024": ("period", "2024-07-01", "2024-09-30"),
    "in the course of financial year 2022/23": ("financial-year", "2022-04-01", "2023-03-31"),
    "going only by what was already public on 31 December 2023": (
        "known-at",
        "2023-12-31",
        "2023-12-31",
    ),
    "going by what was public at 28 February 2025": ("known-at", "2025-02-28", "2025-02-28"),
    "as known on 31 January 2025": ("known-at", "2025-01-31", "2025-01-31"),
}


@pytest.mark.parametrize("text", _TIMES)
def test_a_time_is_read(text: str) -> None:
    """With its first and last day, and all the words that say it."""
    (time,) = read_times(text, _TODAY)
    assert (time.kind, str(time.first), str(time.last)) == _TIMES[text]
    assert text[time.start : time.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "on 31 February 2019",
        "on 8 October",
        "in 2024-26",
        "in 24/26",
        "on 14/13/19",
        "from section 15 to 17",
        "in March",
        "since when",
        "in 1066",
        "2018-13-01",
        "on the thirty-first of June 2019",
        "on Christmas Day",
    ],
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    """Half a day, or one that no calendar has, is no day."""
    assert read_times(text, _TODAY) == []


@pytest.mark.parametrize(
    "text", ["September or November 2023", "2 or 5 May 2019", "the first 2019 inspection"]
)
def test_no_time_is_read_that_is_not_said(text: str) -> None:
    """Of two months apart there is no period, and of a first inspection no half of a year."""
    times = read_times(text, _TODAY)
    assert [time.last for time in times] == [times[0].last]
    assert text[times[0].start : times[0].end] != text
