"""Scales: from days, years and numbers to places on paper."""

from dataclasses import dataclass
from datetime import date

_STEPS = 1, 2, 5


@dataclass(frozen=True)
class Scale:
    """Numbers laid out evenly between two places."""

    first: float
    last: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """Return the place of a number."""
        share = (number - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)


def year_of(day: date) -> float:
    """Return a day as a year with its part, for scales of time.

    >>> year_of(date(2020, 1, 1)), round(year_of(date(2021, 7, 2)), 2)
    (2020.0, 2021.5)
    """
    begin = date(day.year, 1, 1)
    return day.year + (day - begin).days / (date(day.year + 1, 1, 1) - begin).days


def ticks(most: float, count: int) -> list[int]:
    """Return round numbers from nought to at least the largest, about so many of them.

    >>> ticks(23, 4), ticks(9, 3), ticks(1534, 4)
    ([0, 10, 20, 30], [0, 5, 10], [0, 500, 1000, 1500, 2000])
    """
    step = 1
    power = 1
    while True:
        for factor in _STEPS:
            step = factor * power
            if most / step <= count:
                whole = -(-int(most + 0.999) // step)
                return [step * number for number in range(whole + 1)]
        power *= 10


def year_step(first: float, last: float, width: float) -> int:
    """Return every how many years a label has room."""
    return next(step for step in (1, 2, 5, 10, 50) if (last - first) / step * 44 <= width)
