"""The axis of years below a chart, the same in every picture."""

from math import ceil, floor

from api.analysis.palette import Tone
from api.analysis.scale import Scale, year_step
from api.analysis.svg import Drawing

LABEL_PX = 18
"""Height of the labels of an axis."""


def draw_years(drawing: Drawing, years: Scale, top: float, bottom: float) -> None:
    """Draw an upright rule at years, and their names below."""
    step = year_step(years.first, years.last, years.end - years.start)
    for year in range(ceil(years.first), floor(years.last) + 1):
        if year % step:
            continue
        x = years.at(year)
        drawing.line(x, top, x, bottom + 4)
        drawing.text(x, bottom + LABEL_PX, str(year), anchor="middle", tone=Tone.QUIET)


def draw_numbers(
    drawing: Drawing, heights: Scale, numbers: list[int], start: float, end: float
) -> None:
    """Draw a level rule at each number, with the number before it."""
    for number in numbers:
        y = heights.at(number)
        drawing.line(start, y, end, y)
        drawing.text(start - 6, y + 4, f"{number:,}", anchor="end", tone=Tone.QUIET)
