"""Councils under intervention over time, with what is not certain shaded."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from api.analysis.names import REGIMES, counted, notation
from api.analysis.palette import TEXTURE_OF, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale, year_of
from api.analysis.svg import Drawing, steps
from api.analysis.time_axis import LABEL_PX, draw_numbers, draw_years

_MARGIN_PX = 34
_HEAD_PX = 24
_PER_COUNCIL_PX = 4.0
_TICK_COUNCILS = 10
_QUARTER_MONTHS = 3
_Counts = dict[date, dict[str, int]]
"""How many councils, by the first day of the quarter and by certainty."""


@dataclass(frozen=True)
class Series:
    """The counts of one body of law, and all days on which there are counts of any."""

    regime: str
    days: list[date]
    counts: _Counts

    def highest(self, certainty: str) -> tuple[int, date]:
        """Return the largest count of a certainty, and the first day of it."""
        day = max(self.days, key=lambda one: (self.counts[one].get(certainty, 0), -one.toordinal()))
        return self.counts[day].get(certainty, 0), day

    @property
    def most(self) -> int:
        """Return the largest count of all certainties together."""
        return max(sum(counts.values()) for counts in self.counts.values())


def read_series(rows: Rows) -> list[Series]:
    """Return the counts by body of law, in the order in which they are drawn."""
    days = sorted({date.fromisoformat(row["quarter_begins"]) for row in rows})
    found: dict[str, _Counts] = defaultdict(lambda: {day: {} for day in days})
    for row in rows:
        day = date.fromisoformat(row["quarter_begins"])
        found[notation(row["regime"])][day][row["certainty"]] = row["councils"]
    return [Series(regime, days, found[regime]) for regime in REGIMES if regime in found]


def next_quarter(day: date) -> date:
    """Return the first day of the next quarter.

    >>> next_quarter(date(2025, 10, 1))
    datetime.date(2026, 1, 1)
    """
    month = day.month + _QUARTER_MONTHS
    return date(day.year + month // 13, (month - 1) % 12 + 1, 1)


def _chart(rows: Rows, _: Names) -> Chart:
    series = read_series(rows)
    return Chart(_finding(series), _table(series), lambda drawing: _draw(drawing, series))


def _finding(series: list[Series]) -> str:
    if not series:
        return "No council is known to have been under intervention."
    parts = []
    for one in series:
        number, day = one.highest("certain")
        if number:
            parts.append(f"{REGIMES[one.regime][0].lower()} {number} ({_spelled(day)})")
    last = series[0].days[-1]
    sure = sum(one.counts[last].get("certain", 0) for one in series)
    total = sum(sum(one.counts[last].values()) for one in series)
    newest = f"Of {counted(total, 'answer')} for {_spelled(last)}, {sure or 'none'} can be certain."
    return f"Most councils at once for certain: {'; '.join(parts)}. {newest}" if parts else newest


def _spelled(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _table(series: list[Series]) -> Table:
    """Return the counts of each first of January and of the last day."""
    rows = [
        (str(day), REGIMES[one.regime][0], *(str(counts.get(sure, 0)) for sure in TEXTURE_OF))
        for one in series
        for day, counts in one.counts.items()
        if (day.month == 1 or day == one.days[-1]) and counts
    ]
    return Table(("day", "body of law", *TEXTURE_OF), rows)


def _draw(drawing: Drawing, series: list[Series]) -> None:
    if not series:
        return
    days = series[0].days
    right = drawing.width - 16
    years = Scale(year_of(days[0]), year_of(next_quarter(days[-1])), _MARGIN_PX, right)
    y = 0.0
    for one in series:
        label, tone = REGIMES[one.regime]
        numbers = list(range(0, one.most + _TICK_COUNCILS, _TICK_COUNCILS))
        height = numbers[-1] * _PER_COUNCIL_PX
        bottom = y + _HEAD_PX + height
        heights = Scale(0, numbers[-1], bottom, y + _HEAD_PX)
        drawing.text(_MARGIN_PX, y + 15, label, is_bold=True, tone=tone)
        draw_numbers(drawing, heights, numbers, _MARGIN_PX, right)
        _draw_layers(drawing, one, years, heights, tone)
        y = bottom + 8
    draw_years(drawing, years, y - 8, y - 8)
    drawing.height = y + LABEL_PX


def _draw_layers(
    drawing: Drawing, series: Series, years: Scale, heights: Scale, tone: Tone
) -> None:
    spans = [(years.at(year_of(day)), years.at(year_of(next_quarter(day)))) for day in series.days]
    below = [0] * len(series.days)
    for certainty, texture in TEXTURE_OF.items():
        counts = [series.counts[day].get(certainty, 0) for day in series.days]
        above = [low + count for low, count in zip(below, counts, strict=True)]
        # Each run of quarters with a count is a path of its own: nothing is outlined at nought.
        for first, last in _stretches(counts):
            lower = [heights.at(number) for number in below[first:last]]
            upper = [heights.at(number) for number in above[first:last]]
            path = steps(spans[first:last], lower, upper)
            drawing.area(path, tone, texture, f"{certainty}: {_range(counts[first:last])}")
        below = above


def _range(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return counted(high, "council") if low == high else f"{low} to {counted(high, 'council')}"


def _stretches(counts: list[int]) -> list[tuple[int, int]]:
    """Return first and behind the last index of each run that is not nought.

    >>> _stretches([0, 2, 3, 0, 1])
    [(1, 3), (4, 5)]
    """
    found: list[tuple[int, int]] = []
    for index, count in enumerate(counts):
        if not count:
            continue
        if found and found[-1][1] == index:
            found[-1] = found[-1][0], index + 1
        else:
            found.append((index, index + 1))
    return found


UNDER_WAY = Picture(
    name="under-way",
    title="How many councils were under intervention at once?",
    shows="Councils under intervention on the first day of each quarter, by body of law.",
    question="councils_under_intervention_by_quarter",
    key="Solid: certain, a sign before the day and one after it. Hatched: only a plan reaches "
    "so far. Dotted: possible. All panels have the same scale.",
    caveat="The solid part falls towards the right because the newest sources are few, not "
    "because interventions ended; the dotted part is large because ends are seldom published. A "
    "council under two bodies of law is drawn twice. What was not heard "
    "of for long is left out.",
    chart=_chart,
)
