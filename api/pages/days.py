"""Days as people write them, and as places on a line of years, from dates in EDTF."""

import re
from dataclasses import dataclass
from datetime import date

from api.views.serialisers import Json

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OPEN = "", ".."
_NO_DATES = "blank", "impossible", "relative"
"""Statuses of a time whose words are no date."""
_DAY_CHARACTERS = 10
_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEAR_DAYS = 365.25
_QUALIFIERS = "~?%"
# takes: "seen [2024-04-01..2024-10-31]"
# leaves: "direction SLG-2021-02"
_WRITTEN = re.compile(
    r"\[[0-9.-]*\.\.[0-9.-]*\]|(?<![\w-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![\w-])"
)


@dataclass(frozen=True)
class Bounds:
    """The first and the last day that a time can be; none where nothing bounds it."""

    first: str | None = None
    last: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last

    @property
    def is_known(self) -> bool:
        """Whether anything bounds it."""
        return self.first is not None or self.last is not None

    @property
    def any_day(self) -> str | None:
        """The day at which it stands in an order: the first that it can be, else the last."""
        return self.first or self.last


_NOWHERE = Bounds()


def bounds(text: str) -> Bounds:
    """Return what one date in EDTF can mean.

    >>> bounds("2014-10"), bounds("[..2017-10-02]").last, bounds("2023~").first
    (Bounds(first='2014-10-01', last='2014-10-31'), '2017-10-02', '2023-01-01')
    """
    inner = text.strip("[]{}")
    if ".." in inner and inner not in _OPEN:
        first, _, last = inner.partition("..")
        return Bounds(bounds(first).first, bounds(last).last)
    if "," in inner:
        each = [bounds(part) for part in inner.split(",")]
        return Bounds(each[0].first, each[-1].last)
    plain = inner.strip().rstrip(_QUALIFIERS)
    if plain in _OPEN or not plain[:4].isdigit():
        return _NOWHERE
    if len(plain) == _DAY_CHARACTERS:
        return Bounds(plain, plain)
    return Bounds(_first_day(plain), _last_day(plain))


def span(time: Json) -> tuple[Bounds, Bounds | None]:
    """Return begin and end of a time statement; no end for what is one moment.

    >>> span({"edtf": "2021-12-01/2023", "earliest": None, "latest": None})[1].last
    '2023-12-31'
    """
    if not time:
        return _NOWHERE, None
    edtf = time.get("edtf") or ""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return bounds(first), bounds(last)
    return Bounds(time["earliest"], time["latest"]), None


def moment(time: Json) -> Bounds:
    """Return what a time statement can mean, as one moment."""
    return Bounds(time["earliest"], time["latest"]) if time else _NOWHERE


def _first_day(text: str) -> str:
    year, _, month = text.partition("-")
    return f"{year[:4]}-{month or '01'}-01"


def _last_day(text: str) -> str:
    year, _, month = text.partition("-")
    if not month:
        return f"{year[:4]}-12-31"
    number = int(month)
    is_leap = number == 2 and int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return f"{year[:4]}-{month}-{_DAYS_OF_MONTHS[number - 1] + is_leap}"


def day_words(text: str | None) -> str:
    """Return a date in EDTF as people write it; a text that is none stays as it is.

    >>> day_words("2021-12-01"), day_words("2014-10"), day_words("[..2017-10-02]")
    ('1 December 2021', 'October 2014', 'by 2 October 2017')
    >>> day_words("2021-12-01/2023"), day_words("2014/"), day_words("2016-03-31~")
    ('1 December 2021 to 2023', 'from 2014', 'about 31 March 2016')
    >>> day_words("[2024-04-01..2024-10-31]"), day_words("early in 2013"), day_words(None)
    ('between 1 April 2024 and 31 October 2024', 'early in 2013', '')
    """
    if not text:
        return ""
    if "/" in text:
        return _two(*text.partition("/")[::2], "from {}", "until {}", "{} to {}")
    inner = text.strip("[]{}")
    if ".." in inner and inner not in _OPEN:
        return _two(*inner.partition("..")[::2], "{} or later", "by {}", "between {} and {}")
    if inner != text and "," in inner:
        joint = " and " if text.startswith("{") else " or "
        return joint.join(day_words(part.strip()) for part in inner.split(","))
    about = "about " if inner[-1:] in _QUALIFIERS else ""
    return about + _plain_day(inner.rstrip(_QUALIFIERS))


def _two(first: str, last: str, begun: str, ended: str, both: str) -> str:
    if first in _OPEN:
        return ended.format(day_words(last))
    return (
        begun.format(day_words(first))
        if last in _OPEN
        else both.format(*map(day_words, (first, last)))
    )


def _plain_day(text: str) -> str:
    """Return a year, a month or a day in words; any other text as it is."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4 or len(parts) > 3:
        return text
    if len(parts) > 1 and not 1 <= int(parts[1]) <= len(_MONTHS):
        return text
    month = f"{_MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month}{parts[0]}"


def time_words(time: Json) -> str:
    """Return a time statement in words; the source's own in quotation marks where they are no day.

    >>> time_words({"edtf": None, "words": "Dated this day of", "earliest": None, "latest": None})
    '“Dated this day of”'
    """
    if not time:
        return ""
    edtf = time.get("edtf")
    first, last = time.get("earliest"), time.get("latest")
    if (first or last) and time.get("status") in _NO_DATES:
        return day_words(f"[{first or ''}..{last or ''}]")
    if edtf:
        return day_words(edtf)
    if time.get("earliest") and time["earliest"] == time["latest"]:
        return day_words(time["earliest"])
    return f"“{time['words']}”" if time.get("words") else ""


def year_of(day: str) -> float:
    """Return a day as a number of years.

    >>> year_of("2020-01-01"), round(year_of("2020-07-01"), 2)
    (2020.0, 2020.5)
    """
    found = date.fromisoformat(day)
    return found.year + (found.timetuple().tm_yday - 1) / _YEAR_DAYS


def days_between(first: str, last: str) -> int:
    """Return the number of days from one day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def length_words(days: int) -> str:
    """Return a number of days in words that a reader can compare.

    >>> length_words(400), length_words(1826), length_words(20)
    ('1 year 1 month', '5 years', '1 month')
    """
    months = round(days * 12 / _YEAR_DAYS)
    years, rest = divmod(months, 12)
    if not months:
        return f"{days} days"
    told = [
        f"{number} {name}{'s' if number != 1 else ''}"
        for number, name in ((years, "year"), (rest, "month"))
        if number
    ]
    return " ".join(told)


def days_in_words(text: str) -> str:
    """Return a sentence in which each date in EDTF is written as people write it.

    >>> days_in_words("seen [2024-04-01..2024-10-31], here until 2029-08-09.")
    'seen between 1 April 2024 and 31 October 2024, here until 9 August 2029.'
    >>> days_in_words("Last heard of: 2026-02. It lasted 1494 days.")
    'Last heard of: February 2026. It lasted 1494 days.'
    """
    return _WRITTEN.sub(lambda match: day_words(match[0]), text or "")
