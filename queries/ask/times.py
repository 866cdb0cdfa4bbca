"""Days, periods and financial years as people say them."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = [month.lower() for month in month_name if month]
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)\d{2}"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_COUNTS = ["a", *_NUMBERS.split()]
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
_DAYS_OF_UNIT = {"day": 1, "week": 7}
_MONTHS_OF_UNIT = {"month": 1, "year": 12, "decade": 120}
_NOW = "today", "now"
_CENTURY = 2000
_SHORTENED = 50
"""From here on two figures mean a year of the century before."""
_FIRST = date(1900, 1, 1)
"""The first day of a period that has no beginning."""

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\ )?"
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ONES = _ORDINAL_WORDS.split()[:9]
_ORDINALS = [*_ORDINAL_WORDS.split(), *(f"twenty-{one}" for one in _ONES)]
_ORDINALS += ["thirtieth", "thirty-first"]
_OF_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(reversed(_ORDINALS))})"
_HOLIDAYS = {
    r"new\ year['\u2019]?s?\ day": "1 january",
    r"may\ day": "1 may",
    r"hallowe['\u2019]?en": "31 october",
    r"christmas\ eve": "24 december",
    r"christmas\ day": "25 december",
    r"boxing\ day": "26 december",
    r"new\ year['\u2019]?s?\ eve": "31 december",
}
"""Days with a name that are the same in each year; Easter is not, nor is a bank holiday."""
_OCCASION = (
    r"(?:general\ election|local\ elections?|election|polling|referendum|budget|results|census"
    r"|vesting|the\ bank\ holiday|bank\ holiday|armistice"
    r"|remembrance|midsummer|midwinter|leap)\ day"
)
"""A day that is named before its date tells it."""
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_QUARTERS |= {"4th": 4, "last": 1, "final": 1, "latter": 1, "1": 1, "2": 2, "3": 3, "4": 4}
"""The parts of a year by their names; the last one has the number of those that there are."""
_SHORT_YEAR = rf"(?:{_YEAR}|['\u2018\u2019]?\d{{2}})"
_EDGE = r"(?:very\ )?(?:start|beginning|first\ day|end|last\ day|close)\ of"
# takes: "2019-03-05", "5 March 2019", "the 5th of March, 2019", "March 5, 2019", "05/03/2019"
# takes: "5/3/19", "05.03.2019", "5-3-2019", "5 Mar '19", "Tuesday 5 March 2019"
# takes: "March 2019", "2019", "the end of 2018", "today", "Christmas Day 2018", "first of May 2016"
# leaves: "2019-20", "5 March", "March", "Norfolk"
_POINT = rf"""
    (?:the\ )?
    (?:
        \d{{4}}-\d{{2}}-\d{{2}}
      | \d{{1,2}}(?P<SIGN>[/.-])\d{{1,2}}(?P=SIGN)(?:{_YEAR}|\d{{2}})
      | {_WEEKDAY}{_OF_MONTH}[ -](?:of\ )?{_MONTH},?[ -]{_SHORT_YEAR}
      | (?:{"|".join(_HOLIDAYS)}),?\ (?:of\ |in\ )?{_YEAR}
      | {_WEEKDAY}{_MONTH}\ {_OF_MONTH},?\ {_YEAR}
      | (?:{_EDGE}\ )?(?:the\ )?(?:month\ of\ )?(?:{_MONTH},?\ (?:of\ )?)?
        (?:the\ )?(?:(?:calendar\ )?year\ )?{_YEAR}
      | today | now | yesterday
    )
    (?![\d/\w]|-\d|\.\d)
"""
# takes: "1", "1 October", "1st of October", "October", "October 1"
# leaves: "1 October 2018", "Norfolk"
_PART = rf"(?:the\ )?(?:{_OF_MONTH}(?:\ (?:of\ )?{_MONTH})?|{_MONTH}(?:\ {_OF_MONTH})?)"
# takes: "2024-25", "the 2024/25 financial year", "financial year 2024-2025"
# leaves: "2024", "2024-03-05"
_FINANCIAL_YEAR = r"""
    (?:(?:in|for|during|of|throughout|over|in\ the\ course\ of)\ )?
    (?:the\ )?(?:(?:financial\ year|fy)\ ?)?
    (?P<first>20\d{2})\s?[-/\u2013]\s?(?P<last>(?:20)?\d{2})(?![-/\d])
    (?:\ financial\ year)?
"""
# takes: "24/25", "financial year 24-25"
# leaves: "24/26", "24/25/26"
_SHORT_FINANCIAL_YEAR = r"""
    (?<![-/\d.])
    (?:(?:in|for|during|of|throughout|over|in\ the\ course\ of)\ )?
    (?:the\ )?(?:(?:financial\ year|fy)\ ?)?
    (?P<first>\d{2})\s?[-/\u2013]\s?(?P<last>\d{2})(?![-/\d])
    (?:\ financial\ year)?
"""


@dataclass(frozen=True)
class Time:
    """A time that a question names.

    In: `kind` is day, now, period, financial-year, or known-at; `start` and `end` are the places
    of the characters that say it.
    """

    kind: str
    first: date
    last: date
    start: int
    end: int
    label: str = ""


_Days = tuple[date, date]


def read_times(text: str, today: date) -> list[Time]:
    """Return the times that a question names, in order; what no calendar has is not read.

    >>> [(time.kind, str(time.first), str(time.last))
    ...  for time in read_times("since March 2019", date(2026, 1, 2))]
    [('period', '2019-03-01', '2026-01-02')]
    """
    small = text.lower() if len(text.lower()) == len(text) else text
    found: list[Time] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(small):
            taken = any(match.start() < time.end and time.start < match.end() for time in found)
            time = None if taken else _checked(read, match, today)
            if time is not None:
                found.append(time)
    return sorted(found, key=lambda time: time.start)


_Read = Callable[[re.Match[str], date], Time | None]


def _checked(read: _Read, match: re.Match[str], today: date) -> Time | None:
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        return None


def _known_at(match: re.Match[str], today: date) -> Time | None:
    first, last = _point(match["one"], today)
    return _time("known-at", match, first, last) if first == last else None


def _between(match: re.Match[str], today: date) -> Time | None:
    first, last = _point(match["one"], today)[0], _point(match["two"], today)[1]
    return _time("period", match, first, last) if first <= last else None


def _part_of_year(match: re.Match[str], today: date) -> Time | None:
    """Return a period of which only the second day says the year, or the month and year."""
    year, month = _YEAR_WRITTEN.search(match["two"]), _MONTH_WRITTEN.search(match["two"])
    if year is None or month is None:
        return None
    part = match["part"]
    if not _MONTH_WRITTEN.search(part):
        part = f"{part} {month.group()}"
    first, last = _point(f"{part} {year.group()}", today)[0], _point(match["two"], today)[1]
    return _time("period", match, first, last) if first <= last else None


def _one_or_next(match: re.Match[str], today: date) -> Time | None:
    """Return the time of two that follow each other: September or October 2023."""
    named = match.groupdict()
    if named.get("part") and not _MONTH_WRITTEN.search(named["part"]):
        return None
    time = _part_of_year(match, today) if named.get("part") else _between(match, today)
    written = named.get("part") or ""
    year = "" if not written else f" {match['two'][-4:]}"
    first = _point(f"{written or match['one']}{year}", today)
    following = first[1] + timedelta(days=1)
    return time if time is not None and following == _point(match["two"], today)[0] else None


def _part_of_a_year(match: re.Match[str], today: date) -> Time:
    """Return a quarter or half of a calendar year."""
    short = match["short"] or ""
    months = 3 if match["unit"] == "quarter" or short.startswith("q") else 6
    number = _QUARTERS[match["which"] or short[1:]]
    if number * months > 12:
        raise ValueError(f"a year has no part {number} of {months} months; expected one of it")
    if match["which"] in ("last", "latter", "final"):
        number = 12 // months
    year, last = int(match["year"]), number * months
    end = date(year, last, monthrange(year, last)[1])
    return _time("period", match, date(year, last - months + 1, 1), end)


def _since(match: re.Match[str], today: date) -> Time:
    return _time("period", match, _point(match["one"], today)[0], today)


def _after(match: re.Match[str], today: date) -> Time:
    return _time("period", match, _point(match["one"], today)[1] + timedelta(days=1), today)


def _before(match: re.Match[str], today: date) -> Time:
    return _time("period", match, _FIRST, _point(match["one"], today)[0] - timedelta(days=1))


def _until(match: re.Match[str], today: date) -> Time:
    return _time("period", match, _FIRST, _point(match["one"], today)[1])


def _last_some(match: re.Match[str], today: date) -> Time:
    """Return the days up to today: the last five years, or the past month."""
    said, unit = match["count"] or "one", match["unit"]
    count = int(said) if said.isdecimal() else max(_COUNTS.index(said), 1)
    if unit in _DAYS_OF_UNIT:
        return _time("period", match, today - timedelta(days=count * _DAYS_OF_UNIT[unit]), today)
    passed = today.year * 12 + today.month - 1 - count * _MONTHS_OF_UNIT[unit]
    year, month = passed // 12, passed % 12 + 1
    day = min(today.day, monthrange(year, month)[1])
    return _time("period", match, date(year, month, day), today)


def _this_year(match: re.Match[str], today: date) -> Time:
    year = today.year - (match["which"] == "last")
    return _time("period", match, date(year, 1, 1), min(date(year, 12, 31), today))


def _financial_year(match: re.Match[str], today: date) -> Time | None:
    first, last = int(match["first"][-2:]) + _CENTURY, int(match["last"][-2:])
    if (first + 1) % 100 != last:
        return None
    label = f"{first}-{last:02}"
    return _time("financial-year", match, date(first, 4, 1), date(first + 1, 3, 31), label)


def _at(match: re.Match[str], today: date) -> Time:
    first, last = _point(match["one"], today)
    is_now = match["one"] in _NOW
    return _time("now" if is_now else "day" if first == last else "period", match, first, last)


def _present(match: re.Match[str], today: date) -> Time:
    return _time("now", match, today, today)


def _time(kind: str, match: re.Match[str], first: date, last: date, label: str = "") -> Time:
    return Time(kind, first, last, match.start(), match.end(), label)


def _point(text: str, today: date) -> _Days:
    """Return the first and last day of a day, month or year.

    Raises: ValueError for a day that no calendar has.
    """
    if text in _NOW:
        return today, today
    if text == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    text = _in_figures(text)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    named = re.search(rf"\b{_MONTH}(?=[\s,\d]|$)", text)
    if named is None and len(numbers) == 3:
        year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
        return date(_full(year), month, day), date(_full(year), month, day)
    year = _full(numbers[-1])
    months = [_month_number(named.group())] if named else []
    if months and len(numbers) == 2:
        return date(year, months[0], numbers[0]), date(year, months[0], numbers[0])
    first_month, last_month = (months * 2) or (1, 12)
    first = date(year, first_month, 1)
    last = date(year, last_month, monthrange(year, last_month)[1])
    if re.search(r"\b(?:end|last day|close) of\b", text):
        return last, last
    is_first = re.search(r"\b(?:start|beginning|first day) of\b", text)
    return (first, first) if is_first else (first, last)


def _in_figures(text: str) -> str:
    """Return a day with its number and month for its name: 25 december 2018.

    >>> _in_figures("christmas day 2018"), _in_figures("the twenty-first of may 2016")
    ('25 december 2018', 'the 21 of may 2016')
    """
    for name, day in _HOLIDAYS.items():
        text = re.sub(name.replace("\\ ", " "), day, text)
    for number in range(len(_ORDINALS), 0, -1):
        text = re.sub(rf"\b{_ORDINALS[number - 1]}\b(?! day)", str(number), text)
    return text


def _full(year: int) -> int:
    """Return a year that may be written without its century."""
    if year > 99:
        return year
    return year + (_CENTURY if year < _SHORTENED else _CENTURY - 100)


def _month_number(text: str) -> int:
    """Return the number of a month, written out or by its first letters.

    Raises: ValueError for a word that only begins like one.
    """
    letters = text.rstrip(".")
    for number, month in enumerate(_MONTHS, 1):
        if month == letters or (len(letters) in (3, 4) and month.startswith(letters)):
            return number
    raise ValueError(f"{text!r} is no month; expected for example March")


def _forms_of_what_was_known(one: str) -> Iterator[tuple[str, _Read]]:
    comma = r"(?:,\ )?"
    led = (
        r"(?:(?:as|(?:going\ |judging\ )?(?:only\ |just\ |solely\ |purely\ )?(?:by|on|from)\ what"
        r"|based\ (?:only\ |just\ |solely\ )?on\ what|using\ (?:only\ )?what|with\ what"
        r"|(?:if\ (?:I|we)\ (?:could\ )?)?(?:only\ )?(?:knew|know|read|saw|see|had)"
        r"\ (?:only\ )?what)"
        r"\ (?:far\ as\ )?(?:was\ |were\ |it\ was\ |had\ been\ )?(?:then\ |already\ )?)"
    )
    known = (
        rf"(?:{led}?(?:publicly\ )?(?:known|stated|published|public)"
        rf"|{led}(?:out|in\ print|available|announced|on\ record|said|written)"
        r"|as\ far\ as\ (?:anyone|anybody|we|people|it)"
        r"\ (?:knew|could\ know|could\ tell|was\ known))"
    )
    yield (
        rf"{comma}(?:{known}|as\ things\ were\ known)"
        rf"\ (?:on|at|by|until|up\ to|as\ of|as\ at)\ {one}",
        _known_at,
    )
    only = r"(?:only\ |solely\ |just\ )?"
    source = r"(?:the\ |all\ )?(?:source|document|report|publication|paper|material|what)s?"
    state = (
        r"(?:\ (?:that|which))?(?:\ (?:was|were|had\ been))?(?:\ (?:already|then|publicly))?"
        r"\ (?:out|available|published|public|in\ the\ public\ domain|known|to\ hand|released)"
    )
    on = r"(?:on|by|at|until|up\ to|as\ of|as\ at)"
    yield (
        rf"{comma}(?:(?:(?:going|judging)\ {only}by|by|on|from|with|using|according\ to"
        rf"|on\ the\ (?:basis|strength)\ of|based\ {only}on)\ {only}"
        rf"{source}(?:{state}\ (?:{on}|before(?=\ the\ end))|\ (?:until|up\ to))"
        rf"|(?:as\ (?:was\ |is\ )?(?:publicly\ )?known|(?:so|as)\ far\ as\ (?:was\ )?known"
        rf"|(?:the\ )?state\ of\ knowledge)\ {on})\ {one}(?:\ (?:only|alone))?",
        _known_at,
    )
    yield (
        rf"(?:what\ )?(?:did|do|could|would|had|has|was|is)\ (?:we|you|anyone|anybody|people|it)\ "
        rf"(?:already\ |publicly\ )?(?:know|known)\ (?:on|by|at|until|as\ of|as\ at)\ {one}"
        rf"(?:\ (?:about|of))?",
        _known_at,
    )


def _forms() -> Iterator[tuple[str, _Read]]:
    """Yield each way of saying a time with what reads it; the first that fits decides."""
    one, two = (rf"(?P<{name}>{_POINT.replace('SIGN', f'sign_{name}')})" for name in ("one", "two"))
    part = rf"(?P<part>{_PART})"
    yield from _forms_of_what_was_known(one)
    yield (
        r"(?:(?:in|for|during|of|over)\ )?(?:the\ )?(?:financial\ )?years?\ (?P<first>20\d{2})\ "
        r"(?:to|and)\ (?P<last>20\d{2})(?![-/\d])",
        _financial_year,
    )
    for start in (r"between\ ", r"from\ ", ""):
        joint = r"(?:and|to)" if start.startswith("b") else r"(?:to|until|till|up\ to|through)"
        yield rf"{start}{one}(?:\ {joint}\ |\s?\u2013\s?){two}", _between
        yield rf"{start}{part}(?:\ {joint}\ |\s?[-\u2013]\s?){two}", _part_of_year
        yield rf"{start}{one}\ (?:or|and)\ {two}", _one_or_next
        yield rf"(?:in\ |during\ |on\ )?{start}{part}\ (?:or|and)\ {two}", _one_or_next
    yield (
        rf"(?:(?:in|during|for|over)\ )?(?:the\ )?"
        rf"(?:(?P<which>{'|'.join(_QUARTERS)})\ (?P<unit>quarter|half)|(?P<short>[qh][1-4]))"
        rf"(?:\ of)?(?:\ the\ year)?\ (?P<year>{_YEAR})(?![-/\d])",
        _part_of_a_year,
    )
    yield _FINANCIAL_YEAR, _financial_year
    yield rf"(?P<one>{_YEAR})\s?[-\u2013]\s?(?P<two>{_YEAR})", _between
    yield rf"(?:ever\ )?since\ (?:as\ far\ back\ as\ )?{one}", _since
    yield rf"from\ {one}\ (?:on|onwards?)", _since
    yield rf"(?:after|later\ than)\ {one}", _after
    yield rf"(?:before|prior\ to|earlier\ than)\ {one}", _before
    yield rf"(?:until|up\ to|till|by)\ {one}", _until
    unit = r"(?P<unit>day|week|month|year|decade)s?"
    within = r"(?:(?:in|over|during|within|for)\ )?"
    yield rf"{within}(?:the\ )?(?:last|past)\ {_COUNT}\ {unit}", _last_some
    yield rf"{within}the\ (?:last|past)\ (?P<count>){unit}(?!\ of\b)", _last_some
    yield r"(?:in\ |during\ )?(?P<which>this|last)\ (?:calendar\ )?year", _this_year
    yield _SHORT_FINANCIAL_YEAR, _financial_year
    yield (
        r"(?:right\ now|at\ present|at\ the\ moment|currently|presently|at\ this\ moment"
        r"|as\ of\ now|as\ we\ speak|as\ things\ stand|at\ this\ point\ in\ time"
        r"|these\ days|nowadays)",
        _present,
    )
    occasion = rf"(?:{_OCCASION},?\ (?:on\ )?)?"
    yield (
        rf"(?:(?:as\ of|as\ at|as\ on|back\ in|on|in|at|in\ the\ course\ of|during|for|of"
        rf"|throughout)\ )?(?:the\ )?{occasion}{one}",
        _at,
    )


_YEAR_WRITTEN = re.compile(rf"{_YEAR}$")
_MONTH_WRITTEN = re.compile(rf"\b{_MONTH}(?=[\s,\d]|$)")
_FORMS = [(re.compile(rf"\b(?:{form})(?!\w)", re.VERBOSE), read) for form, read in _forms()]
