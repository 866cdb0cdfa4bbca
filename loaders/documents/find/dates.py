"""Find dates in all their forms, and say what each can mean; an impossible one stays impossible."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.records.statements import Time
from loaders.documents.text.numbers import (
    DAY,
    DAY_IN_WORDS,
    MONTH,
    WEEKDAY,
    YEAR,
    day_number,
    is_in_calendar,
    month_number,
    year_number,
)
from loaders.documents.text.view import View
from ontology.dates import MONTHS

_TO = r"\s*(?:-|to|and|until|&|through)\s*"
_OF = r"(?:\s+day)?(?:\s+of)?,?\s*"


@dataclass(frozen=True)
class DateFound:
    """A date in a view: its range, and what it can mean.

    In: `lead` is the word before it that turns it into a limit, such as by.
    """

    start: int
    end: int
    edtf: str | None = None
    status: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    lead: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is certain to the day, or to two days."""
        return (
            self.edtf is not None and re.fullmatch(r"[\d-]{10}(/[\d-]{10})?", self.edtf) is not None
        )

    def moved(self, places: int) -> DateFound:
        """Return the date as it stands in a view of which its own is a part from a place on."""
        return replace(self, start=self.start + places, end=self.end + places)

    def time(self, view: View, at: str, **manner: str) -> Time:
        """Return the date as a statement."""
        place = view.passage(at, self.start, self.end)
        return Time.model_validate(
            {
                "at": place.at,
                "chars": place.chars,
                "words": place.words,
                "date": self.edtf,
                "status": self.status,
                "candidates": list(self.candidates),
                "reason": self.reason,
                **manner,
            }
        )


def _point(year: int, month: int, day: int) -> DateFound:
    if is_in_calendar(year, month, day):
        return DateFound(0, 0, f"{year:04}-{month:02}-{day:02}")
    if not 1 <= day <= 31:
        return DateFound(0, 0, f"{year:04}-{month:02}", reason="The day printed is no day.")
    near = _nearest(year, month, day)
    reason = f"{_days_in(year, month)}; the days next to the printed one are given as candidates"
    return DateFound(0, 0, None, "impossible", tuple(map(str, near)), reason)


def _nearest(year: int, month: int, day: int) -> tuple[date, date]:
    """Return the last day of the month, and the day as far beyond it as printed."""
    last = date(year, month, monthrange(year, month)[1])
    return last, last + timedelta(day - last.day)


def _days_in(year: int, month: int) -> str:
    return f"{MONTHS[month - 1]} {year} had {monthrange(year, month)[1]} days"


def _between(first: tuple[int, int, int], last: tuple[int, int, int]) -> DateFound:
    if not is_in_calendar(*first):
        return _point(*first)
    begin = date(*first)
    if not is_in_calendar(*last):
        if not 1 <= last[2] <= 31:
            return DateFound(0, 0, f"{begin}/..", reason="The last day printed is no day.")
        ends = _nearest(*last)
        reason = f"{_days_in(*last[:2])}; the range ended with the month, or ran into the next one"
        readings = tuple(f"{begin}/{end}" for end in ends)
        return DateFound(0, 0, None, "impossible", readings, reason)
    end = date(*last)
    if end < begin:
        reason = "The range ends before it begins; the ends are exchanged in the candidate."
        return DateFound(0, 0, None, "impossible", (f"{end}/{begin}",), reason)
    return DateFound(0, 0, f"{begin}/{end}" if end != begin else str(begin))


def _read(match: re.Match[str]) -> DateFound:
    """Return what a form of dates means, by the parts that it names."""
    part = match.groupdict()
    if "year" not in part:
        return DateFound(0, 0, None, "relative")
    year = year_number(part["year"])
    if "month" not in part:
        return DateFound(0, 0, f"{year}~" if "vague" in part else str(year))
    printed = part["month"]
    month = int(printed) if printed.isdecimal() else month_number(printed)
    if not 1 <= month <= 12:
        return DateFound(0, 0, str(year), reason="The month printed is no month.")
    if "day" in part:
        return _point(year, month, day_number(part["day"]))
    first_month = month_number(part.get("first_month") or printed)
    own = part.get("first_year")
    # 8 December to 10 January 2016 begins in the year before.
    first_year = year_number(own) if own else year - (first_month > month)
    if "last" in part:
        first, last = day_number(part["first"]), day_number(part["last"])
        return _between((first_year, first_month, first), (year, month, last))
    until = f"{year:04}-{month:02}"
    return DateFound(0, 0, f"{first_year:04}-{first_month:02}/{until}" if "span" in part else until)


# A year of two digits ends the date: 15 people are no year.
_SHORT_YEAR = r"'?\d{2}(?=\s*(?:[,;)]|\.(?!\d)|$|-|(?:to|and|until)\b))"
_ANY_YEAR = rf"(?:{YEAR}|{_SHORT_YEAR})"
_MONTH_OF_YEAR = rf"(?P<month>{MONTH}),?\s*(?P<year>{YEAR})"
_MONTH_OF_ANY_YEAR = rf"(?P<month>{MONTH}),?\s*(?P<year>{_ANY_YEAR})"
_FIRST_MONTH = rf"(?P<first_month>{MONTH}),?(?:\s+(?P<first_year>{_ANY_YEAR}))?{_TO}"
_MONTH_DIGITS = r"(?P<month>0?[1-9]|1[0-2])"
# takes: "dated 2.4.15"
# leaves: "paragraph 2.4.15"
_AFTER_LABEL = "".join(
    (
        "(?:",
        "|".join(f"(?<={word})" for word in ("date ", "date: ", "dated ", "dated: ", "on ", "by ")),
        ")",
    )
)
_NOT_A_LABEL = "".join(
    f"(?<!{word} )" for word in ("section", "paragraph", "article", "page", "part")
)
_FULL_YEAR = r"(?P<year>(?:19|20)\d{2})"
_FORMS = [
    re.compile(rf"(?<![\w./-]){form}(?![\w/]|[.-]\d)", re.IGNORECASE)
    for form in (
        # 8 February to 10 March 2016
        rf"{WEEKDAY}(?P<first>{DAY})\s+{_FIRST_MONTH}{WEEKDAY}(?P<last>{DAY}){_OF}"
        rf"{_MONTH_OF_ANY_YEAR}",
        # 23-24 May 2017
        rf"{WEEKDAY}(?P<first>{DAY}){_TO}{WEEKDAY}(?P<last>{DAY}){_OF}{_MONTH_OF_YEAR}",
        # Monday 7 January 2016, the 19th day of September 2017
        rf"{WEEKDAY}(?P<day>{DAY}){_OF}{_MONTH_OF_YEAR}",
        # 20. April 2015
        rf"{_NOT_A_LABEL}(?P<day>{DAY})\.\s*{_MONTH_OF_YEAR}",
        # 20 April '15
        rf"{WEEKDAY}(?P<day>{DAY}){_OF}(?P<month>{MONTH}),?\s+(?P<year>{_SHORT_YEAR})",
        # 20-Apr-2015, 20/Apr/15
        rf"(?P<day>\d{{1,2}})[/.-](?P<month>{MONTH})[/-](?P<year>{YEAR}|\d{{2}})",
        # October 19, 2015
        rf"(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY}),?\s+(?P<year>{YEAR})",
        # 2015-10-19
        rf"{_FULL_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        # 19/10/2015, the day first
        rf"(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?{_FULL_YEAR}",
        r"(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})\s?/\s?(?P<year>\d{2})",
        rf"(?P<day>\d{{1,2}})-{_MONTH_DIGITS}-(?P<year>\d{{2}})",
        rf"{_AFTER_LABEL}(?P<day>\d{{1,2}})\.{_MONTH_DIGITS}\.(?P<year>\d{{2}})",
        # the nineteenth day of September 2017
        rf"(?:the\s+)?(?P<day>{DAY_IN_WORDS})(?:\s+day)?(?:\s+of)?\s+{_MONTH_OF_YEAR}",
        # January to March 2024
        rf"(?P<span>{_FIRST_MONTH}){_MONTH_OF_YEAR}",
        # August 2013
        rf"(?P<month>{MONTH}),?\s*(?:of\s+)?(?P<year>{YEAR})",
        # early 2013
        rf"(?P<vague>early|mid|late)(?:\s|-)(?:in\s+)?(?P<year>{YEAR})",
        # since 2011
        rf"(?:(?<=in )|(?<=since )|(?<=during )|(?<=of ))(?P<year>{YEAR})(?=[\s,.;:)]|$)",
        # published yesterday, which is no date without another
        r"(?:signed|issued|published|announced)\s+(?:yesterday|today|this week|last week)",
    )
]
"""Forms of dates, the longest first: what one form has read, no later one reads again."""

# takes: "report by no later than "
# takes: "report before noon on "
# takes: "complete by the end of "
# leaves: "report on "
_LEAD = re.compile(
    r"(?P<lead>by(?:\s+no\s+later\s+than)?|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before"
    r"|before|until)\s+(?:(?:12\s+)?(?:noon|midnight)\s+on\s+)?"
    r"(?P<end>(?:the\s+)?end\s+of\s+)?$",
    re.IGNORECASE,
)


def dates_in(view: View) -> list[DateFound]:
    """Return the dates of a view, in order."""
    taken: list[DateFound] = []
    for pattern in _FORMS:
        for match in view.find(pattern):
            start, end = match.span()
            if not any(start < other.end and other.start < end for other in taken):
                taken.append(_with_lead(replace(_read(match), start=start, end=end), view.text))
    return sorted(taken, key=lambda date_found: date_found.start)


def _with_lead(date_found: DateFound, text: str) -> DateFound:
    lead = _LEAD.search(text, max(0, date_found.start - 40), date_found.start)
    return replace(date_found, lead=lead["lead"].casefold()) if lead else date_found


def limit_of(date_found: DateFound, view: View) -> DateFound:
    """Return a date with the words that make it a limit: by March 2018 falls due in that month."""
    lead = _LEAD.search(view.text, max(0, date_found.start - 40), date_found.start)
    return replace(date_found, start=lead.start() if lead else date_found.start)


# takes: "Dated this      day of        2018"
# takes: "Date: ........ March 20__"
# leaves: "Dated by hand"
_BLANK = re.compile(
    r"dated?(?:\s+this)?:?[\s._\[\]…-]*(?:(?:st|nd|rd|th)?\s*day\s+of)?[\s._\[\]…-]*"
    rf"(?P<month>{MONTH})?[\s._\[\]…-]*(?P<year>{YEAR}|20[._ ]*)?[\s.]*$",
    re.IGNORECASE,
)


def blank_dates(view: View) -> Iterator[DateFound]:
    """Yield the date of a signature line that was left for the pen."""
    match = _BLANK.search(view.text)
    if match is None or any(date_found.is_day for date_found in dates_in(view)):
        return
    year = match["year"] if match["year"] and match["year"].isdecimal() else None
    if year and len(year) != 4:
        year = None
    month = f"-{month_number(match['month']):02}" if year and match["month"] else ""
    end = match.start() + len(match[0].rstrip())
    yield DateFound(match.start(), end, f"{year}{month}" if year else None, "blank")
