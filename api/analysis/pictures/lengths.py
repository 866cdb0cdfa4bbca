"""How long ended interventions lasted, at least and at most."""

from dataclasses import dataclass
from math import ceil
from statistics import median

from api.analysis.names import REGIMES, counted, notation
from api.analysis.palette import Texture, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale
from api.analysis.svg import Drawing, text_width

_YEAR_DAYS = 365.25
_ROW_PX = 15
_BAR_PX = 9
_HEAD_PX = 26
_LABEL_PX = 150
_FIGURE_PX = 70


@dataclass(frozen=True)
class Length:
    """One ended intervention; `most_days` is None where its bounds leave that open."""

    council: str
    regime: str
    began: str
    ended: str
    least_days: int
    most_days: int | None

    @property
    def years(self) -> str:
        """Return the length in years, as a span where it is open."""
        least = f"{self.least_days / _YEAR_DAYS:.1f}"
        if self.most_days is None:
            return f"{least} or more"
        most = f"{self.most_days / _YEAR_DAYS:.1f}"
        return least if least == most else f"{least} to {most}"


def read_lengths(rows: Rows, names: Names) -> list[Length]:
    """Return the interventions by body of law, the longest first."""
    return [
        Length(
            names(row["council"]),
            notation(row["regime"]),
            row["began"],
            row["ended"] or "not dated",
            row["days_least"],
            row["days_most"],
        )
        for row in rows
    ]


def _chart(rows: Rows, names: Names) -> Chart:
    lengths = read_lengths(rows, names)
    return Chart(_finding(lengths), _table(lengths), lambda drawing: _draw(drawing, lengths))


def median_days(lengths: list[Length], regime: str) -> float | None:
    """Return the middle of the lengths under a body of law, each taken as its least."""
    days = [length.least_days for length in lengths if length.regime == regime]
    return median(days) if days else None


def _finding(lengths: list[Length]) -> str:
    parts = []
    for regime, (label, _) in REGIMES.items():
        middle = median_days(lengths, regime)
        number = sum(length.regime == regime for length in lengths)
        if middle is not None and number > 2:
            parts.append(f"{middle / _YEAR_DAYS:.1f} years for {number} under {label.lower()}")
    if not parts:
        return f"{counted(len(lengths), 'ended intervention')} of known length."
    return f"Those that ended lasted at least, in the middle case, {' and '.join(parts)}."


def _table(lengths: list[Length]) -> Table:
    return Table(
        ("council", "body of law", "began", "ended", "days at least", "days at most"),
        [
            (
                one.council,
                REGIMES[one.regime][0],
                one.began,
                one.ended,
                str(one.least_days),
                "not known" if one.most_days is None else str(one.most_days),
            )
            for one in lengths
        ],
    )


def _draw(drawing: Drawing, lengths: list[Length]) -> None:
    most = max((one.most_days or one.least_days for one in lengths), default=365) / _YEAR_DAYS
    is_narrow = drawing.width < 500
    label_px = 112 if is_narrow else _LABEL_PX
    years = Scale(0, ceil(most), label_px, drawing.width - _FIGURE_PX)
    panels = [
        (regime, [one for one in lengths if one.regime == regime])
        for regime in REGIMES
        if any(one.regime == regime for one in lengths)
    ]
    height = 16 + sum(_HEAD_PX + _ROW_PX * len(members) for _, members in panels)
    for year in range(ceil(most) + 1):
        x = years.at(year)
        drawing.line(x, 16, x, height)
        words = "0 years" if year == 0 and not is_narrow else str(year)
        drawing.text(x, 11, words, anchor="middle", tone=Tone.QUIET)
    y = 16.0
    for regime, members in panels:
        label, tone = REGIMES[regime]
        drawing.text(0, y + 18, label, is_bold=True, tone=tone)
        y += _HEAD_PX
        for one in members:
            _draw_length(drawing, one, years, y, tone)
            y += _ROW_PX
    drawing.height = y + 4


def _draw_length(drawing: Drawing, one: Length, years: Scale, y: float, tone: Tone) -> None:
    top = y + (_ROW_PX - _BAR_PX) / 2
    name = one.council
    while text_width(name) > years.start - 6 and len(name) > 4:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    drawing.text(years.start - 6, y + 11, name, anchor="end")
    title = f"{one.council}: {one.began} to {one.ended}"
    end = years.at(one.least_days / _YEAR_DAYS)
    drawing.bar(years.start, top, end - years.start, _BAR_PX, tone, title=title)
    if one.most_days is not None and one.most_days > one.least_days:
        further = years.at(one.most_days / _YEAR_DAYS)
        drawing.bar(end, top, further - end, _BAR_PX, tone, Texture.HATCHED, title)
        end = further
    drawing.text(end + 5, y + 11, one.years, tone=Tone.QUIET)


LENGTHS = Picture(
    name="lengths",
    title="How long did interventions last that have ended?",
    shows="Every intervention whose beginning and end a source bounds, by body of law.",
    question="lengths_of_interventions",
    key="Solid: it lasted at least so long. Hatched: the end, or the beginning, is a day "
    "somewhere in this span. The figures are years.",
    caveat="Interventions that go on are not drawn, and the long ones are among them, so that this "
    "flatters. Most ends are not published; what ended without a dated source is missing.",
    chart=_chart,
)
