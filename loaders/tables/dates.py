"""Read the dates of a publisher's cells, as exact as they are printed; say a date in words."""

import re
from datetime import date

from data.tables.cells import Cells
from ontology.dates import MONTHS, bounds, ends_of, is_one_of
from ontology.errors import UnreadableDate

_POINT = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_DIGITS: dict[str, int] = {"day": 10, "month": 7, "year": 4}
_EXAMPLES: dict[str, str] = {"day": "2018-11-30", "month": "2018-11", "year": "2018"}

# The printed precision of a date: how exact it is, and what day it is.
_PRECISIONS: dict[str, tuple[str, str]] = {
    "day": ("day", "stated"),
    "day (page published)": ("day", "page-published"),
    "day (press)": ("day", "press"),
    "month": ("month", "stated"),
    "year": ("year", "stated"),
}
DAY = r"\d{1,2} [A-Z][a-z]+"
_AFTER_REPORT = re.compile(rf"year \(after ({DAY} \d{{4}}) report\)")
_BETWEEN = re.compile(rf"year \(between ({DAY}) and ({DAY} \d{{4}})\)")
_QUARTER = re.compile(r"year \(([A-Z][a-z]{2})-([A-Z][a-z]{2}) (\d{4})\)")
_PRECISION_FORMS = (
    *_PRECISIONS,
    "year (after 5 June 2015 report)",
    "year (between 21 Sept and 10 Oct 2022)",
    "year (Jan-Mar 2024)",
)

_PLANNED_MONTH = re.compile(r"\(planned to end of ([A-Z][a-z]+ \d{4})\)")
_PLANNED_YEARS = re.compile(r"\(planned (\d{1,2}) years\)")
_IN_FORCE_TO = re.compile(r"\(in force to (\d{4}-\d{2}-\d{2})\)")
_REMOVED = re.compile(r"(\d{4}) \(removed\)")


def point(cells: Cells, column: str, precision: str) -> str:
    """Return a cell that holds a day, a month or a year of the calendar.

    In: the precision: day, month or year.
    """
    value = cells.text(column)
    if len(value) != _DIGITS[precision] or not re.fullmatch(_POINT, value):
        cells.refuse(column, f"a {precision} such as {_EXAMPLES[precision]}")
    return _in_calendar(cells, column, value)


def any_point(cells: Cells, column: str, value: str | None = None) -> str:
    """Return a cell, or a part of it, that holds a day, a month or a year of the calendar."""
    text = cells.text(column) if value is None else value
    if not re.fullmatch(_POINT, text):
        cells.refuse(column, "a day, a month or a year such as 2018-11-30, 2018-11 or 2018")
    return _in_calendar(cells, column, text)


def _check_order(cells: Cells, column: str, begin: str, end: str) -> str:
    """Return an end that does not lie before the begin."""
    first, last = bounds(begin)[0], bounds(end)[1]
    if first and last and last < first:
        cells.refuse(column, f"an end that is not before {begin}")
    return end


def optional_end(cells: Cells, column: str, begin: str) -> str | None:
    """Return a cell that holds an end, or None if it is empty."""
    if cells.optional(column) is None:
        return None
    return _check_order(cells, column, begin, any_point(cells, column))


def date_of_precision(cells: Cells, column: str, precision: str) -> tuple[str, str, str]:
    """Return a date in EDTF, what day it is, and why it is inferred.

    In: the column of the date, and the column that says in words how exact it is.
    """
    printed = cells.text(precision)
    if printed in _PRECISIONS:
        exactness, kind = _PRECISIONS[printed]
        return point(cells, column, exactness), kind, ""
    for pattern, read in ((_AFTER_REPORT, _after), (_BETWEEN, _between), (_QUARTER, _months)):
        match = pattern.fullmatch(printed)
        if match:
            year = point(cells, column, "year")
            if re.findall(r"\d{4}", printed) != [year]:
                cells.refuse(precision, f"a time in {year}")
            return read(cells, precision, match, year)
    cells.refuse(precision, " or ".join(repr(form) for form in _PRECISION_FORMS))


def _after(cells: Cells, column: str, match: re.Match[str], year: str) -> tuple[str, str, str]:
    day = _day(cells, column, match.group(1))
    return f"[{day}..{year}]", "inferred", f"in that year, and after a report of {day}"


def _between(cells: Cells, column: str, match: re.Match[str], year: str) -> tuple[str, str, str]:
    first = _day(cells, column, f"{match.group(1)} {year}")
    last = _day(cells, column, match.group(2))
    _check_order(cells, column, str(first), str(last))
    return f"[{first}..{last}]", "inferred", "between two days that the table gives"


def _months(cells: Cells, column: str, match: re.Match[str], year: str) -> tuple[str, str, str]:
    first, last = (_month(cells, column, f"{match.group(number)} {year}") for number in (1, 2))
    _check_order(cells, column, first, last)
    return f"[{first}..{last}]", "stated", ""


def end_or_plan(cells: Cells, column: str, begin: str) -> tuple[str | None, str | None]:
    """Return the end that a cell gives, or the planned end: a plan is never an end.

    Out: dates in EDTF; for a plan perhaps a number of years such as P5Y.
    """
    printed = cells.optional(column)
    if printed is None:
        return None, None
    if match := _PLANNED_YEARS.fullmatch(printed):
        return None, f"P{match.group(1)}Y"
    if match := _PLANNED_MONTH.fullmatch(printed):
        planned = _month(cells, column, match.group(1))
        return None, _check_order(cells, column, begin, planned)
    if match := _IN_FORCE_TO.fullmatch(printed):
        planned = any_point(cells, column, match.group(1))
        return None, _check_order(cells, column, begin, planned)
    removed = _REMOVED.fullmatch(printed)
    ended = any_point(cells, column, removed.group(1) if removed else printed)
    return _check_order(cells, column, begin, ended), None


def _day(cells: Cells, column: str, words: str) -> date:
    """Return the day of words such as 5 June 2015 or 21 Sept 2022."""
    number, month, year = words.split()
    try:
        return date(int(year), _month_number(cells, column, month), int(number))
    except ValueError:
        cells.refuse(column, f"a day that the calendar has in place of {words!r}")


def _month(cells: Cells, column: str, words: str) -> str:
    """Return the month of words such as March 2021 in EDTF."""
    name, year = words.split()
    return f"{year}-{_month_number(cells, column, name):02}"


def _month_number(cells: Cells, column: str, word: str) -> int:
    """Return the number of a month from its name, or from its first three or more letters."""
    numbers = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word)]
    if len(word) < 3 or len(numbers) != 1:
        cells.refuse(column, f"a month such as March in place of {word!r}")
    return numbers[0]


def _in_calendar(cells: Cells, column: str, value: str) -> str:
    try:
        bounds(value)
    except UnreadableDate:
        cells.refuse(column, "a date that the calendar has")
    return value


def date_words(edtf: str) -> str:
    """Return a date in words.

    >>> date_words("2022-02-09"), date_words("2021-09"), date_words("2008")
    ('9 February 2022', 'September 2021', '2008')
    >>> date_words("[2015-06-05..2015]"), date_words("[..2022-01-13]")
    ('between 5 June 2015 and the end of 2015', 'not after 13 January 2022')
    >>> date_words("../2022-01-13"), date_words("2015-06-05/2015-06-16")
    ('until 13 January 2022', 'from 5 June 2015 to 16 June 2015')
    """
    ends = ends_of(edtf)
    if ends:
        return _words_of_two(*ends, *(_ONE_OF if is_one_of(edtf) else _LASTING))
    parts = edtf.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


_LASTING = "from", "to", "from", "until"
_ONE_OF = "between", "and", "not before", "not after"
"""Words before each of two ends, before the first alone, and before the last alone."""


def _words_of_two(first: str, last: str, before: str, between: str, since: str, until: str) -> str:
    """Return a time with two ends in words; one of them may be open."""
    if first in ("", ".."):
        return f"{until} {date_words(last)}"
    if last in ("", ".."):
        return f"{since} {date_words(first)}"
    return f"{before} {_edge(first, 'start')} {between} {_edge(last, 'end')}"


def _edge(edtf: str, edge: str) -> str:
    """Return a day in words, or the start or the end of a month or a year."""
    words = date_words(edtf)
    return words if len(edtf) == len("2015-06-05") else f"the {edge} of {words}"
