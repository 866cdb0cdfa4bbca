"""Exceptional financial support by financial year."""

from collections import defaultdict
from dataclasses import dataclass, field

from api.analysis.names import counted, notation
from api.analysis.palette import Texture, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale, ticks
from api.analysis.svg import Drawing
from api.analysis.time_axis import draw_numbers

_MILLION = 1_000_000
_PLOT_PX = 200
_TOP_PX = 22
_START_PX = 44
_NARROW_BAR_PX = 50


@dataclass
class Year:
    """What councils had for one financial year, and what was told for several years together."""

    name: str
    pounds: float = 0
    pounds_together: float = 0
    councils: set[str] = field(default_factory=set)
    withdrawn: int = 0

    @property
    def all_pounds(self) -> float:
        """Return both together."""
        return self.pounds + self.pounds_together


def read_years(rows: Rows) -> list[Year]:
    """Return the sums by year; a sum for several years stands with the first of them."""
    found: dict[str, Year] = {}
    for row in rows:
        name = notation(row["year"])
        year = found.setdefault(name, Year(name))
        pounds = float(row["amount_gbp"])
        if not pounds:
            year.withdrawn += 1
            continue
        year.councils.add(row["council"])
        if row["to_year"]:
            year.pounds_together += pounds
        else:
            year.pounds += pounds
    return [found[name] for name in sorted(found)]


def councils_of_years(rows: Rows) -> dict[str, int]:
    """Return for how many years each council had support, the most first."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["amount_gbp"]:
            found[row["council"]].add(row["year"])
    order = sorted(found, key=lambda council: (-len(found[council]), council))
    return {council: len(found[council]) for council in order}


def _chart(rows: Rows, names: Names) -> Chart:
    years = read_years(rows)
    return Chart(
        _finding(years, rows, names),
        _table(rows, names),
        lambda drawing: _draw(drawing, years),
    )


def _millions(pounds: float) -> str:
    """Return pounds as millions.

    >>> _millions(1_234_500_000), _millions(61_700_000), _millions(5_400_000)
    ('1,234', '62', '5.4')
    """
    millions = pounds / _MILLION
    return f"{millions:,.0f}" if millions >= 10 else f"{millions:.1f}"


def _finding(years: list[Year], rows: Rows, names: Names) -> str:
    if not years:
        return "No financial support is known."
    most = max(years, key=lambda year: (year.all_pounds, year.name))
    last = years[-1]
    numbers = councils_of_years(rows)
    longest = max(numbers.values(), default=0)
    those = [names(council) for council, number in numbers.items() if number == longest]
    who = those[0] if len(those) == 1 else counted(len(those), "council")
    widest = f" {who} had it for {longest} years, longer than any other." if longest > 1 else ""
    newest = "" if last is most else f", {_millions(last.all_pounds)} million for {last.name}"
    return (
        f"The most is £{_millions(most.all_pounds)} million for {most.name}, "
        f"to {counted(len(most.councils), 'council')}{newest}.{widest}"
    )


def _table(rows: Rows, names: Names) -> Table:
    columns = "year", "council", "pounds", "sums"
    told = [
        (
            notation(row["year"]) + (f" to {notation(row['to_year'])}" if row["to_year"] else ""),
            names(row["council"]),
            f"{float(row['amount_gbp']):,.0f}" if row["amount_gbp"] else "withdrawn, or not told",
            str(row["sums"]),
        )
        for row in rows
    ]
    return Table(columns, told)


def _draw(drawing: Drawing, years: list[Year]) -> None:
    if not years:
        return
    numbers = ticks(max(year.all_pounds for year in years) / _MILLION, 4)
    bottom = _TOP_PX + _PLOT_PX
    heights = Scale(0, numbers[-1], bottom, _TOP_PX)
    drawing.text(0, 11, "£ million", tone=Tone.QUIET)
    draw_numbers(drawing, heights, numbers, _START_PX, drawing.width)
    pitch = (drawing.width - _START_PX) / len(years)
    is_narrow = pitch < _NARROW_BAR_PX
    for index, year in enumerate(years):
        middle = _START_PX + (index + 0.5) * pitch
        _draw_year(drawing, year, heights, middle, pitch * 0.62)
        name = year.name[2:] if is_narrow else year.name
        drawing.text(middle, bottom + 16, name, anchor="middle", size_px=9 if is_narrow else 12)
        words = str(len(year.councils)) if is_narrow else counted(len(year.councils), "council")
        drawing.text(middle, bottom + 31, words, anchor="middle", tone=Tone.QUIET, size_px=11)
    if is_narrow:
        drawing.text(0, bottom + 46, "Below the year: councils", tone=Tone.QUIET, size_px=11)
    drawing.height = bottom + (52 if is_narrow else 38)


def _draw_year(drawing: Drawing, year: Year, heights: Scale, middle: float, width: float) -> None:
    base, left = heights.at(0), middle - width / 2
    alone = heights.at(year.pounds / _MILLION)
    title = f"{year.name}: {_millions(year.all_pounds)} million to {len(year.councils)} councils"
    drawing.bar(left, alone, width, base - alone, Tone.MONEY, title=title)
    top = heights.at(year.all_pounds / _MILLION)
    if year.pounds_together:
        drawing.bar(left, top, width, alone - top, Tone.MONEY, Texture.HATCHED, title)
    words = _millions(year.all_pounds)
    drawing.text(middle, top - 5, words, anchor="middle", size_px=11, is_bold=True)


SUPPORT = Picture(
    name="financial-support",
    title="How much exceptional financial support had councils, year by year?",
    shows="The latest sums that a source states, for all councils together, by financial year.",
    question="financial_support_by_year",
    key="Solid: sums for that year. Hatched: sums that were told for several years together, "
    "with the first of them. The figure is both, in million pounds.",
    caveat="Sums in principle and final ones are added alike, as the newest source has them. The "
    "support is permission to meet costs from borrowing or sales, and no grant. Councils of which "
    "no sum was read are missing.",
    chart=_chart,
)
