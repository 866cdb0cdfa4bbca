"""What a printed time can mean: its EDTF reading, and the first and last day it allows.

In a text it is found by `loaders/documents/find/dates.py`, in a cell by `loaders/tables/dates.py`.

An impossible or blank date never becomes a date of its own; it keeps its words and its bounds. Of
EDTF it reads the part that documents need: years, months, days, approximate ones, intervals, and
one of several days: a visit that lasts is `a/b`, a day that lies between two others is `[a..b]`,
and what happened in several parts, such as two stays of one inspection, is `{a..b,c..d}`.
The library for the whole of EDTF takes 29 February of a common year and makes up bounds for open
intervals, so it is the judge in a test only.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ontology.errors import UnreadableDate

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in order, whatever language the machine speaks."""

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_OF = re.compile(r"\[(?P<first>[^\[\]/]*?)\.\.(?P<last>[^\[\]/]*)\]")
_ALL_OF = re.compile(r"\{(?P<parts>[^{}\[\]/]+)\}")
_OPEN = "", ".."
STATUSES = "valid", "partial", "impossible", "blank", "relative", "inferred"
_WITHOUT_OWN_READING = "impossible", "relative"
_WITH_OWN_READING = "valid", "partial", "inferred"

_VAGUE_MONTHS: dict[str, tuple[int, int]] = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
"""First and last month that a vague word before a year can mean; generous on purpose."""


def folded(text: str) -> str:
    """Return words in the form in which they are compared: NFKC, lower case, single spaces.

    >>> folded("The  Commissioner")
    'the commissioner'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class TimeReading:
    """A time as printed, what it can mean, and how sure that is."""

    words: str
    status: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    reason: str | None = None
    candidates: tuple[str, ...] = ()
    relative_to: str | None = None

    @property
    def key(self) -> str:
        """The normalised form by which two times are compared."""
        if self.edtf and "~" in self.edtf:
            return f"{self.edtf} ({self.earliest}/{self.latest})"
        if self.edtf and self.status != "blank":
            return self.edtf
        since = f" since {self.relative_to}" if self.relative_to else ""
        return f"{self.status}:{folded(self.words)}{since}"


def point_bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    Raises: UnreadableDate for a day or month that does not exist.

    >>> point_bounds("2013-02")
    (datetime.date(2013, 2, 1), datetime.date(2013, 2, 28))
    """
    match = _POINT.fullmatch(text)
    if not match:
        raise UnreadableDate(
            f"{text!r} is not a date in EDTF; "
            "expected for example 2016-01-07, 2013-02, 2013~, ../2018-03 or [2016-01..2016-03]"
        )
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(first.year, last_month, day or monthrange(first.year, last_month)[1])
    except ValueError as error:
        raise UnreadableDate(
            f"{text!r} names a day or month that does not exist ({error}); "
            "give its words with status: impossible and the candidate readings"
        ) from None
    return first, last


def ends_of(edtf: str) -> tuple[str, str] | None:
    """Return the two ends of an interval or of one of several days, or None for a point.

    >>> ends_of("2015-06-05/2015-06-16"), ends_of("[..2018]"), ends_of("2018")
    (('2015-06-05', '2015-06-16'), ('', '2018'), None)
    """
    one_of = _ONE_OF.fullmatch(edtf)
    if one_of:
        return one_of["first"], one_of["last"]
    first, separator, last = edtf.partition("/")
    return (first, last) if separator else None


def is_one_of(edtf: str) -> bool:
    """Return whether a time is a point somewhere between two others, and lasts no longer.

    >>> is_one_of("[2016-01..2016-03]"), is_one_of("2016-01/2016-03")
    (True, False)
    """
    return _ONE_OF.fullmatch(edtf) is not None


def parts_of(edtf: str) -> tuple[str, ...]:
    """Return the parts of a time that has several, each as an interval or a point.

    >>> parts_of("{2019-07-08..2019-07-12,2019-08-07}"), parts_of("2019-07-08/2019-07-12")
    (('2019-07-08/2019-07-12', '2019-08-07'), ())
    """
    several = _ALL_OF.fullmatch(edtf)
    return tuple(several["parts"].replace("..", "/").split(",")) if several else ()


def edtf_level(edtf: str) -> str:
    """Return the level of EDTF to which a text belongs: what names several days is of the second.

    >>> edtf_level("[..2018-03]"), edtf_level("../2018-03")
    ('EDTF-level2', 'EDTF-level1')
    """
    return "EDTF-level2" if is_one_of(edtf) or parts_of(edtf) else "EDTF-level1"


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day that an EDTF text allows; None where it is open.

    Raises: UnreadableDate, also for 29 February of a common year and an interval that ends before
    it begins.

    >>> bounds("../2018-03")
    (None, datetime.date(2018, 3, 31))
    >>> bounds("[2016-01..2016-03-04]")
    (datetime.date(2016, 1, 1), datetime.date(2016, 3, 4))
    >>> bounds("{2019-07-08..2019-07-12,2019-08-07..2019-08-08}")
    (datetime.date(2019, 7, 8), datetime.date(2019, 8, 8))
    """
    if parts := parts_of(edtf):
        return _bounds_of_parts(edtf, parts)
    ends = ends_of(edtf)
    if ends is None:
        return point_bounds(edtf)
    first, last = ends
    earliest = None if first in _OPEN else point_bounds(first)[0]
    latest = None if last in _OPEN else point_bounds(last)[1]
    if earliest is None and latest is None:
        raise UnreadableDate(f"{edtf!r} is open at both ends: it says nothing; give one end")
    if earliest and latest and earliest > latest:
        raise UnreadableDate(f"{edtf!r} ends before it begins")
    return earliest, latest


def _bounds_of_parts(edtf: str, parts: tuple[str, ...]) -> tuple[date | None, date | None]:
    """Return the first and the last day of several parts, which must follow each other."""
    days = [day for part in parts for day in bounds(part)]
    known = [day for day in days if day is not None]
    if len(parts) < 2 or len(known) < len(days):
        raise UnreadableDate(f"{edtf!r}: expected two parts or more, each with both ends")
    for last, following in zip(known[1::2], known[2::2], strict=False):
        if following <= last:
            raise UnreadableDate(f"{edtf!r}: a part begins before the one before it has ended")
    return known[0], known[-1]


def vague_bounds(edtf: str, words: str) -> tuple[date, date] | None:
    """Return the days that "early", "mid" or "late" with a year can mean, or None for other words.

    >>> vague_bounds("2013~", "early 2013")
    (datetime.date(2013, 1, 1), datetime.date(2013, 6, 30))
    """
    word = next((word for word in words.casefold().split() if word in _VAGUE_MONTHS), None)
    if word is None or not re.fullmatch(r"[0-9]{4}~", edtf):
        return None
    year, (first, last) = int(edtf[:4]), _VAGUE_MONTHS[word]
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def default_status(edtf: str) -> str:
    """Return `valid` for calendar days, also with one open end, and `partial` for anything wider.

    A day that lies between two others is not known to the day, however exact those are.

    >>> default_status("2016-02-08/2016-03-10"), default_status("../2017-12-31")
    ('valid', 'valid')
    >>> default_status("2013-08")
    'partial'
    """
    if is_one_of(edtf):
        return "partial"
    if parts := parts_of(edtf):
        statuses = {default_status(part) for part in parts}
        return "valid" if statuses == {"valid"} else "partial"
    ends = [part for part in edtf.split("/") if part not in _OPEN]
    return "valid" if all(DAY.fullmatch(end) for end in ends) else "partial"


def candidate_bounds(candidates: tuple[str, ...]) -> tuple[date, date]:
    """Return the widest days over several candidate readings."""
    ends = [bounds(candidate) for candidate in candidates]
    earliest = [first for first, _ in ends if first]
    latest = [last for _, last in ends if last]
    if not earliest or not latest:
        raise UnreadableDate(
            "an impossible date needs at least one candidate reading with two ends"
        )
    return min(earliest), max(latest)


def read_time(
    words: str,
    edtf: str | None = None,
    status: str | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    reason: str | None = None,
    candidates: tuple[str, ...] = (),
    relative_to: str | None = None,
) -> TimeReading:
    """Return the reading of a printed time, with bounds worked out where they follow from it.

    In: explicit bounds need a reason; an impossible date needs candidates and has no EDTF of its
    own.
    Raises: UnreadableDate, saying what is missing or does not fit.
    """
    status = status or (default_status(edtf) if edtf else None)
    _check_form(words, edtf, status, candidates)
    if earliest or latest:
        _check_own_bounds(words, status, reason)
    if status == "impossible":
        first, last = candidate_bounds(candidates)
        reason = reason or "widest of the candidate readings"
        return TimeReading(words, status, None, first, last, reason, candidates)
    found: tuple[date | None, date | None] = bounds(edtf) if edtf else (None, None)
    vague = vague_bounds(edtf, words) if edtf else None
    if vague:
        found, reason = (
            vague,
            reason or f"the vague words {words!r} are taken as at most half of the year",
        )
    first_day, last_day = _narrowed(words, found, earliest, latest)
    return TimeReading(
        words, status or "", edtf, first_day, last_day, reason, candidates, relative_to
    )


def _check_form(
    words: str, edtf: str | None, status: str | None, candidates: tuple[str, ...]
) -> None:
    """Check that status, EDTF and candidates go together."""
    if status not in STATUSES:
        raise UnreadableDate(
            f"{words!r} needs a date in EDTF or a status, one of {', '.join(STATUSES)}"
        )
    if status in _WITHOUT_OWN_READING and edtf:
        raise UnreadableDate(f"{words!r} is {status}: it has no EDTF of its own")
    if status in _WITH_OWN_READING and not edtf:
        raise UnreadableDate(f"{words!r} is {status}: it needs a date in EDTF")
    if status == "valid" and edtf and default_status(edtf) != "valid":
        raise UnreadableDate(
            f"{words!r} is valid only to the day, but {edtf!r} is wider; leave the status out"
        )
    if candidates and status != "impossible":
        raise UnreadableDate(
            f"{words!r} is {status}: only an impossible date has candidate readings"
        )


def _check_own_bounds(words: str, status: str | None, reason: str | None) -> None:
    """Check that a time with bounds given by a reviewer may have them."""
    if status == "impossible":
        raise UnreadableDate(
            f"{words!r} is impossible: its bounds follow from its candidate readings; "
            "leave earliest and latest out"
        )
    if not reason:
        raise UnreadableDate(
            f"{words!r} has bounds without a reason; say why, or leave earliest and latest out"
        )


def _narrowed(
    words: str, days: tuple[date | None, date | None], earliest: date | None, latest: date | None
) -> tuple[date | None, date | None]:
    """Return the bounds of the reading, narrowed by bounds that a reviewer gives."""
    first, last = earliest or days[0], latest or days[1]
    if (first and days[0] and first < days[0]) or (last and days[1] and last > days[1]):
        raise UnreadableDate(f"{words!r}: the bounds given reach beyond what its date allows")
    if first and last and first > last:
        raise UnreadableDate(f"{words!r} has its earliest day {first} after its latest day {last}")
    return first, last


def precision(first: str | None, last: str | None, status: str) -> str:
    """Return how exactly a time is known, by the first and the last day that it can be.

    >>> precision("2017-10-01", "2017-10-31", "imprecise"), precision(None, None, "blank")
    ('between two days', 'no day is known')
    """
    if first is None and last is None:
        return "no day is known"
    if status in ("impossible", "blank", "relative", "inferred"):
        return status
    if first == last:
        return "to the day"
    return "first and last day" if status == "valid" else "between two days"
