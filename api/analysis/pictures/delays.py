"""Days from an inadequate report to the next direction, as exact as the dates allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from api.analysis.names import counted, short_name
from api.analysis.palette import Texture, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale
from api.analysis.svg import Drawing

_LAST_DAY = 730
"""Where the scale ends: few spans go on, and they would make all others too small to see."""
_TICK_DAYS = 90
_ROW_PX = 10
_GAP_PX = 8
_TOP_PX = 18
_DOT_PX = 3.2


@dataclass(frozen=True)
class Delay:
    """One inadequate report; without days no direction is known."""

    council: str
    year: int
    least: int | None
    most: int | None

    @property
    def is_known(self) -> bool:
        """Return whether a direction is known that followed."""
        return self.least is not None and self.most is not None

    @property
    def words(self) -> str:
        """Return the council with the days."""
        days = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        return f"{self.council}, {self.year}: {days} days"


def read_delays(rows: Rows) -> list[Delay]:
    """Return the reports by year, the quickest first, then those without a direction."""
    found = [
        Delay(
            short_name(row["council"]),
            row["year"],
            row["days_from_publication_least"],
            row["days_from_publication_most"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.year, not one.is_known, one.most or 0, one.council))


def _known(delays: list[Delay]) -> Iterator[tuple[int, int]]:
    for one in delays:
        if one.least is not None and one.most is not None:
            yield one.least, one.most


def _chart(rows: Rows, _: Names) -> Chart:
    delays = read_delays(rows)
    return Chart(_finding(delays), _table(delays), lambda drawing: _draw(drawing, delays))


def _finding(delays: list[Delay]) -> str:
    spans = list(_known(delays))
    told = counted(len(delays), "report")
    if not spans:
        return f"Of {told} with an inadequate overall grade, no next direction is known."
    least = median(least for least, _ in spans)
    most = median(most for _, most in spans)
    return (
        f"Of {told} with an inadequate overall grade, {len(spans)} are known to have been followed "
        f"by a direction before the next report; the middle case took {least:.0f} to {most:.0f} "
        "days."
    )


def _table(delays: list[Delay]) -> Table:
    rows = [
        (
            str(one.year),
            one.council,
            "none known" if one.least is None else str(one.least),
            "none known" if one.most is None else str(one.most),
        )
        for one in delays
    ]
    return Table(("report published", "council", "days at least", "days at most"), rows)


def _draw(drawing: Drawing, delays: list[Delay]) -> None:
    is_narrow = drawing.width < 500
    start, end = 42, drawing.width - (112 if is_narrow else 190)
    days = Scale(0, _LAST_DAY, start, end)
    years = [(year, list(members)) for year, members in groupby(delays, lambda one: one.year)]
    heights = [max(len(list(_known(members))) * _ROW_PX, 14) + _GAP_PX for _, members in years]
    bottom = _TOP_PX + sum(heights)
    step = _TICK_DAYS * (2 if is_narrow else 1)
    for day in range(0, _LAST_DAY + 1, step):
        drawing.line(days.at(day), _TOP_PX, days.at(day), bottom)
        words = "0 days" if day == 0 else str(day)
        drawing.text(days.at(day), 12, words, anchor="middle", tone=Tone.QUIET)
    y: float = _TOP_PX
    for (year, members), height in zip(years, heights, strict=True):
        drawing.line(0, y, drawing.width, y)
        drawing.text(0, y + 15, str(year))
        for index, one in enumerate(one for one in members if one.is_known):
            _draw_delay(drawing, one, days, y + _GAP_PX / 2 + (index + 0.5) * _ROW_PX)
        missing = sum(not one.is_known for one in members)
        if missing:
            words = f"{missing} none" if is_narrow else f"{missing} none known"
            drawing.text(drawing.width, y + 15, words, anchor="end", tone=Tone.QUIET)
        y += height
    drawing.height = bottom + 4


def _draw_delay(drawing: Drawing, one: Delay, days: Scale, y: float) -> None:
    if one.least is None or one.most is None:
        return
    least, most = min(one.least, _LAST_DAY), min(one.most, _LAST_DAY)
    if one.most > _LAST_DAY:
        words = f"{one.least}–{one.most}" if one.least > _LAST_DAY else f"to {one.most}"
        drawing.text(days.end + 4, y + 4, f"→ {words}", tone=Tone.CHILDREN, size_px=11)
    if one.least > _LAST_DAY:
        return
    if least == most:
        drawing.dot(days.at(least), y, _DOT_PX, Tone.CHILDREN, title=one.words)
        return
    left, right = days.at(least), days.at(most)
    drawing.bar(left, y - 3, right - left, 6, Tone.CHILDREN, Texture.HATCHED, one.words)


DELAYS = Picture(
    name="days-to-direction",
    title="How many days from an inadequate report to the next direction?",
    shows="Each report on children’s services with an inadequate overall grade, by year.",
    question="delay_to_direction",
    key="A dot: the days are known. Hatched: somewhere in this span, because a date is vague. What "
    "goes beyond two years has its days written at the edge. Right: reports of which no next "
    "direction is known.",
    caveat="No known direction does not mean that there was none: not all are published, and some "
    "councils were under direction already. The grade alone need not have led to the direction.",
    chart=_chart,
)
