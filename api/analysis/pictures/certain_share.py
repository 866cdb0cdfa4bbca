"""How much of what the record answers about a day is certain: a picture of its own limits."""

from collections import Counter
from datetime import date

from api.analysis.names import counted
from api.analysis.palette import TEXTURE_OF, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale
from api.analysis.svg import Drawing
from api.analysis.time_axis import draw_numbers

_START_PX = 44
_TOP_PX = 26
_PLOT_PX = 200
_WHOLE = 100
_Shares = dict[date, Counter[str]]
"""How many answers of each certainty, by day."""


def read_shares(rows: Rows) -> _Shares:
    """Return the answers on each first of January, and on the last day of all."""
    days = {date.fromisoformat(row["quarter_begins"]) for row in rows}
    found: _Shares = {day: Counter() for day in sorted(days) if day.month == 1 or day == max(days)}
    for row in rows:
        day = date.fromisoformat(row["quarter_begins"])
        if day in found:
            found[day][row["certainty"]] += row["councils"]
    return found


def percent(counts: Counter[str], certainty: str) -> float:
    """Return the share of a certainty.

    Units: per cent.

    >>> percent(Counter(certain=3, possible=1), "certain")
    75.0
    """
    return _WHOLE * counts[certainty] / counts.total()


def _chart(rows: Rows, _: Names) -> Chart:
    shares = read_shares(rows)
    return Chart(_finding(shares), _table(shares), lambda drawing: _draw(drawing, shares))


def _finding(shares: _Shares) -> str:
    if not shares:
        return "There is no answer to count."
    best = max(shares, key=lambda day: (percent(shares[day], "certain"), day))
    last = max(shares)
    told = {day: _of_hundred(shares[day]) for day in (best, last)}
    newest = f"for {last.day} {last:%B %Y} {told[last]}."
    if best == last:
        return f"Of the answers to who is under intervention, the most are certain {newest}"
    return (
        f"Of the answers to who is under intervention, {told[best]} are certain for "
        f"{best.day} {best:%B %Y}, more than for any other of these days; {newest}"
    )


def _of_hundred(counts: Counter[str]) -> str:
    share = round(percent(counts, "certain"))
    return f"{share} in 100" if share else "none"


def _table(shares: _Shares) -> Table:
    rows = [
        (str(day), *(str(counts[sure]) for sure in TEXTURE_OF), f"{percent(counts, 'certain'):.0f}")
        for day, counts in shares.items()
    ]
    return Table(("day", *TEXTURE_OF, "certain, per cent"), rows)


def _draw(drawing: Drawing, shares: _Shares) -> None:
    if not shares:
        return
    bottom = _TOP_PX + _PLOT_PX
    heights = Scale(0, _WHOLE, bottom, _TOP_PX)
    drawing.text(0, 10, "per cent", tone=Tone.QUIET, size_px=11)
    draw_numbers(drawing, heights, [0, 25, 50, 75, _WHOLE], _START_PX, drawing.width)
    pitch = (drawing.width - _START_PX) / len(shares)
    is_narrow = pitch < 30
    for index, (day, counts) in enumerate(shares.items()):
        left = _START_PX + (index + 0.1) * pitch
        below = 0.0
        for certainty, texture in TEXTURE_OF.items():
            above = below + percent(counts, certainty)
            if counts[certainty]:
                y, base = heights.at(above), heights.at(below)
                words = f"{day}: {counted(counts[certainty], 'answer')} {certainty}"
                drawing.bar(left, y, pitch * 0.8, base - y, Tone.PEOPLE, texture, words)
            below = above
        middle = left + pitch * 0.4
        is_told = not is_narrow or index % 3 == 0
        if is_told:
            year = f"{day.year}" if day.month == 1 else f"{day:%b} {day.year % 100}"
            drawing.text(middle, bottom + 16, year, anchor="middle", tone=Tone.QUIET, size_px=11)
            total = str(counts.total())
            drawing.text(middle, bottom + 30, total, anchor="middle", tone=Tone.QUIET, size_px=11)
    drawing.text(0, bottom + 30, "answers", tone=Tone.QUIET, size_px=11)
    drawing.height = bottom + 38


CERTAIN_SHARE = Picture(
    name="how-much-is-certain",
    title="How much of what this record answers is certain?",
    shows="Answers to who was under intervention, on each first of January, by how sure they are.",
    question="councils_under_intervention_by_quarter",
    key="Solid: certain, a sign before the day and one after it. Hatched: only a plan reaches so "
    "far. Dotted: possible. Below: how many answers.",
    caveat="This is a picture of what was read, not of what happened. Only councils of which "
    "something is known are counted; what nobody wrote down, or nobody read, has no share here.",
    chart=_chart,
)
