"""Read the days that inspectors were on site, however they are listed, as one stretch of days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.text.numbers import MONTH, month_number
from loaders.documents.text.view import View
from ontology.dates import bounds, parts_of

# Also takes other words and breaks of lines, by which the days on site end.
# takes: "4 May 2015"
# takes: "04/05/2015"
# takes: "page 2 of 30"
# leaves: "3104"
_PART = re.compile(
    r"(?P<page>\b(?:page|p\.) ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?\b)|"
    r"(?P<numeric>(?<![\d/.])\d{1,2}[/.]\d{1,2}[/.](?:(?:19|20)\d\d|\d\d)(?![\d/]))"
    rf"|(?P<year>(?<!\d)(?:19|20)\d\d(?!\d))|(?P<month>\b{MONTH})"
    r"|(?P<day>(?<![\d.])\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?(?![\d/]))"
    r"|(?P<gap>\band\b|;|\n)|(?P<word>[A-Za-z]+)",
    re.IGNORECASE,
)
# takes (fullmatch): "until"
# takes (fullmatch): "Wednesday"
# leaves (fullmatch): "council"
_BETWEEN = re.compile(
    r"to|until|through|and|of|the|from|on|between|(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)"
    r"(?:day)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"-|\b(?:to|until|through)\b", re.IGNORECASE)
"""What stands between the first and the last day of one stay."""

_WEEKEND_DAYS = 3
_LONGEST_STAY_DAYS = 120
"""Days from the first day to the last beyond which dates cannot be of one inspection."""

_PARTLY_READ = "Not every day printed here could be read; the stay may be longer."
_NO_YEAR = "The letter prints no year; this is the last one before its own date."
_SEVERAL = "The document prints several stays; this is from the first day to the last."


@dataclass
class _Day:
    """A day as printed, whose month and year may stand further on."""

    start: int
    end: int
    day: int
    month: int = 0
    year: int = 0

    @property
    def date(self) -> date | None:
        """The day, if it is in the calendar."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Stay:
    """The days on site: where they are printed, and what that means.

    In: `note` says what a reviewer should know.
    """

    found: DateFound
    note: str = ""
    is_certain: bool = True

    @property
    def first(self) -> date | None:
        """The first day, if certain."""
        return self._days[0]

    @property
    def last(self) -> date | None:
        """The last day, if certain."""
        return self._days[1]

    @property
    def _days(self) -> tuple[date | None, date | None]:
        edtf = self.found.edtf or ""
        return bounds(edtf) if self.found.is_day or parts_of(edtf) else (None, None)


def stay_in(view: View, start: int, end: int, written: date | None = None) -> Stay | None:
    """Return the days on site in a part of a view that begins with them.

    In: the day of the letter, from which a year that is not printed is inferred.

    >>> from loaders.documents.text.view import view_of
    >>> text = "17-21 September and 1 to 5 October 2018"
    >>> stay_in(view_of(text, [(0, len(text))]), 0, len(text)).found.edtf
    '{2018-09-17..2018-09-21,2018-10-01..2018-10-05}'
    """
    printed, months = _days(view, start, end)
    if written and any(day.month for day in printed) and not any(day.year for day in printed):
        _infer_years(printed, written)
        inferred = _stretch([day for day in printed if day.month])
        return Stay(inferred, _NO_YEAR, False) if inferred else None
    days = [day for day in printed if day.month and day.year]
    whole = _stretch(days)
    if whole is not None and len(days) < len(printed):
        return Stay(whole, _PARTLY_READ, False)
    if whole is not None and (parts := _parts_of(view.text, days)):
        return Stay(replace(whole, edtf=parts))
    if whole is not None:
        return Stay(whole, _SEVERAL if _several(view.text, days, months) else "")
    dates = (date for date in dates_in(view.part(start, end)) if date.edtf or date.candidates)
    first = next(dates, None)
    return Stay(first.moved(start)) if first else None


def _days(view: View, start: int, end: int) -> tuple[list[_Day], int]:
    """Return the days of a part, with months and years from further on, and how many months."""
    days: list[_Day] = []
    months = 0
    for match in _parts(view, start, end):
        if match["numeric"]:
            day, month, year = (int(number) for number in re.split(r"[/.]", match["numeric"]))
            days.append(_Day(*match.span(), day, month, year + (2000 if year < 100 else 0)))
        elif match["day"]:
            days.append(_Day(*match.span(), int(re.sub(r"\D", "", match["day"]))))
        elif match["month"] and days:
            months += 1
            number = month_number(match["month"])
            _complete(days, "month", number, match.end())
        elif match["year"] and days:
            _complete(days, "year", int(match["year"]), match.end())
    for earlier, following in pairwise(day for day in days if day.month and day.year):
        # December before January: the year printed is that of the later day.
        if earlier.year == following.year and earlier.month > following.month:
            earlier.year -= 1
    return days, months


def _infer_years(days: list[_Day], written: date) -> None:
    """Give days without a year the last one that lets them come before the letter."""
    for day in days:
        day.year = written.year - ((day.month, day.day) > (written.month, written.day))


def _complete(days: list[_Day], what: str, number: int, end: int) -> None:
    """Give the days before a month or a year what they lack."""
    days[-1].end = max(days[-1].end, end)
    for day in reversed(days):
        if getattr(day, what):
            break
        setattr(day, what, number)


def _parts(view: View, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the parts of dates until a word that is none."""
    begun = False
    for match in _PART.finditer(view.text, start, end):
        if match["page"]:
            continue
        if match["word"] and not _BETWEEN.fullmatch(match["word"]):
            if begun:
                return
            continue
        begun = begun or bool(match["day"] or match["numeric"])
        yield match


def _stretch(days: list[_Day]) -> DateFound | None:
    """Return the stretch from the first to the last day, if all are in the calendar, in order."""
    read = [day.date for day in days]
    known = [date for date in read if date is not None]
    if not days or len(known) != len(read) or known != sorted(known):
        return None
    if (known[-1] - known[0]).days > _LONGEST_STAY_DAYS:
        return None
    edtf = str(known[0]) if known[0] == known[-1] else f"{known[0]}/{known[-1]}"
    return DateFound(days[0].start, max(day.end for day in days), edtf)


def _parts_of(text: str, days: list[_Day]) -> str:
    """Return several stays as EDTF, if more than a weekend lies between them; empty for one."""
    stays: list[list[date]] = []
    before: _Day | None = None
    for day in days:
        printed = day.date or date.max
        joined = before and _JOINED.search(text, before.end, day.start)
        if stays and (joined or (printed - stays[-1][-1]).days <= _WEEKEND_DAYS):
            stays[-1].append(printed)
        else:
            stays.append([printed])
        before = day
    ends = (f"{one[0]}..{one[-1]}" if one[-1] > one[0] else str(one[0]) for one in stays)
    return f"{{{','.join(ends)}}}" if len(days) > 2 and len(stays) > 1 else ""


def _several(text: str, days: list[_Day], months: int) -> bool:
    """Return whether more than one stay is printed: more days than the two ends of one."""
    if len(days) < 3:
        return False
    joined = text[days[0].start : days[-1].end]
    return months > 1 or bool(re.search(r"\d\s*(?:-|to)\s*\d", joined))
