"""Directions by year and by the department whose head gave them."""

from dataclasses import dataclass

from api.analysis.names import counted
from api.analysis.palette import Texture, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale, year_step
from api.analysis.svg import Drawing
from api.analysis.time_axis import LABEL_PX, draw_numbers

_HEAD = "Secretary of State for "
_TONES = {"Education": Tone.CHILDREN, "Housing, Communities and Local Government": Tone.BEST_VALUE}
_START_PX = 30
_HEAD_PX = 32
_PER_DIRECTION_PX = 8
_TICK = 5
_GAP_PX = 10


@dataclass(frozen=True)
class Bar:
    """The directions of one office in one year, by how sure the year is."""

    office: str
    year: int
    certain: int
    possible: int

    @property
    def number(self) -> int:
        """Return both together."""
        return self.certain + self.possible


def read_bars(rows: Rows) -> list[Bar]:
    """Return the counts by office, that with the most directions first, and by year."""
    counts: dict[tuple[str, int], dict[str, int]] = {}
    for row in rows:
        office = row["issued_by"].removeprefix(_HEAD)
        counts.setdefault((office, row["year"]), {})[row["certainty"]] = row["directions"]
    bars = [
        Bar(office, year, found.get("certain", 0), found.get("possible", 0))
        for (office, year), found in counts.items()
    ]
    totals = {
        one.office: sum(bar.number for bar in bars if bar.office == one.office) for one in bars
    }
    return sorted(bars, key=lambda one: (-totals[one.office], one.office, one.year))


def _chart(rows: Rows, _: Names) -> Chart:
    bars = read_bars(rows)
    return Chart(_finding(bars), _table(bars), lambda drawing: _draw(drawing, bars))


def _offices(bars: list[Bar]) -> list[str]:
    return list(dict.fromkeys(one.office for one in bars))


def _finding(bars: list[Bar]) -> str:
    if not bars:
        return "No direction is known."
    parts = []
    for office in _offices(bars):
        members = [one for one in bars if one.office == office]
        most = max(members, key=lambda one: (one.number, -one.year))
        total = sum(one.number for one in members)
        parts.append(f"{office} {total} in all, most in {most.year} ({most.number})")
    first, last = min(one.year for one in bars), max(one.year for one in bars)
    return f"Directions known from {first} to {last}: {'; '.join(parts)}."


def _table(bars: list[Bar]) -> Table:
    rows = [(one.office, str(one.year), str(one.certain), str(one.possible)) for one in bars]
    return Table(("department", "year", "year certain", "year possible"), rows)


def _draw(drawing: Drawing, bars: list[Bar]) -> None:
    if not bars:
        return
    first, last = min(one.year for one in bars), max(one.year for one in bars)
    years = Scale(first, last + 1, _START_PX, drawing.width - 14)
    pitch = years.at(first + 1) - years.at(first)
    step = year_step(first, last + 1, drawing.width - _START_PX)
    y = 0.0
    for office in _offices(bars):
        members = [one for one in bars if one.office == office]
        most = max(one.number for one in members)
        numbers = list(range(0, most + _TICK, _TICK))
        top, bottom = y + _HEAD_PX, y + _HEAD_PX + numbers[-1] * _PER_DIRECTION_PX
        heights = Scale(0, numbers[-1], bottom, top)
        tone = _TONES.get(office, Tone.PEOPLE)
        drawing.text(_START_PX, y + 15, office, is_bold=True, tone=tone)
        draw_numbers(drawing, heights, numbers, _START_PX, drawing.width)
        for one in members:
            _draw_bar(drawing, one, heights, years.at(one.year), pitch, tone)
        y = bottom + _GAP_PX
    y -= _GAP_PX
    for year in range(first, last + 1):
        if year % step == 0:
            middle = years.at(year + 0.5)
            drawing.text(middle, y + LABEL_PX, str(year), anchor="middle", tone=Tone.QUIET)
    drawing.height = y + LABEL_PX + 4


def _draw_bar(
    drawing: Drawing, one: Bar, heights: Scale, x: float, pitch: float, tone: Tone
) -> None:
    left, width = x + pitch * 0.15, pitch * 0.7
    words = f"{one.office}, {one.year}: {counted(one.number, 'direction')}"
    sure, top, base = heights.at(one.certain), heights.at(one.number), heights.at(0)
    if one.certain:
        drawing.bar(left, sure, width, base - sure, tone, title=words)
    if one.possible:
        drawing.bar(left, top, width, sure - top, tone, Texture.HATCHED, words)
    drawing.text(x + pitch / 2, top - 3, str(one.number), anchor="middle", size_px=10)


DIRECTIONS = Picture(
    name="directions-by-department",
    title="How many directions did each department give, year by year?",
    shows="Directions by calendar year and by the department whose Secretary of State gave them.",
    question="directions_by_year_and_department",
    key="Solid: given in that year. Hatched: in that year at the latest, it may be an earlier one. "
    "Both panels have the same scale; a department goes under its name of today.",
    caveat="What is counted is what was read, and not all directions are published. One direction "
    "may replace another of the same intervention, so that many directions are not many councils.",
    chart=_chart,
)
