"""What a person wrote for a council, taken apart: a name or number, and the days it speaks of."""

import re
from dataclasses import dataclass
from datetime import date

from queries.search.councils import Period

# takes: "Northamptonshire, 2018"
# takes: "Northamptonshire (2018-05-01)"
# takes: "Dorset in 2015"
# leaves: "Northamptonshire"
# leaves: "2018"
_WITH_DAY = re.compile(
    r"""
    (?P<name>.*\w.*?)
    [\s,;(\[]+
    (?:(?:in|on|as\ of|as\ at)\s+)?
    (?P<year>(?:19|20)[0-9]{2})
    (?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))?
    \s*[)\]]?\s*
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """A name or number, and the days that are meant, if any are."""

    text: str
    period: Period | None = None


def read_asked(text: str) -> Asked:
    """Return what is asked for; a day that no calendar has stays part of the text.

    >>> read_asked("Northamptonshire, 2018").text
    'Northamptonshire'
    >>> read_asked("Dorset (2019-03-31)").period.words
    '2019-03-31'
    """
    found = _WITH_DAY.fullmatch(text)
    if not found:
        return Asked(text.strip())
    day = f"-{found['month']}-{found['day']}" if found["day"] else ""
    try:
        return Asked(found["name"].strip(" ,;"), read_period(found["year"] + day))
    except ValueError:
        return Asked(text.strip())


def read_period(text: str) -> Period:
    """Return the days of a year, or one day.

    Raises: ValueError for what is neither.

    >>> read_period("2018").last
    datetime.date(2018, 12, 31)
    """
    if re.fullmatch(r"[0-9]{4}", text):
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    if day is None:
        raise ValueError(f"{text!r} is neither a year nor a day; expected 2018 or 2018-05-01")
    return Period(day, day)


def number_in(text: str) -> str:
    """Return the number or code in an address of a thing, or the text itself.

    >>> number_in("http://www.wikidata.org/entity/Q6386227"), number_in(" NFK ")
    ('Q6386227', 'NFK')
    """
    bare = text.strip()
    return re.split("[/#]", bare.rstrip("/#"))[-1] if "://" in bare else bare
