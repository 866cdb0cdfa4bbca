"""Read the joint targeted area inspections: a theme each, and no outcome on a scale."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from data.sources import TableSource
from data.tables.cells import Cells
from loaders.tables.claim_source import ClaimSource
from loaders.tables.inspections.area_inspections import AreaInspections
from loaders.tables.inspections.inspected_rows import (
    AreaRow,
    InspectionRowClaims,
    one_of,
    published_day,
    read_area,
)

_TABLE = "inspections.csv"
_SOURCE = "joint-inspections"
_THEME = "inspection_theme"
_DAY = "%d %B %Y"

# What follows the words of a theme: the area, whom it is for, and the days on site.
# takes (fullmatch): " in bexley between 20 and 24 january 2020."
# takes (fullmatch): " (often referred to as the front door) in sutton."
# takes (fullmatch): " in cornwall between 8 october 2018 and 12 october 2018."
# leaves (fullmatch): " in london and in kent, 2019."
_REST = re.compile(
    r"(?: \([a-z ]+\))?(?: in [a-z ]+?)?(?: between"
    r" (?P<first_day>\d{1,2})(?: (?P<first_month>[a-z]+))?(?: (?P<first_year>\d{4}))?"
    r" and (?P<last_day>\d{1,2}) (?P<last_month>[a-z]+)(?: (?P<last_year>\d{4}))?)?\.?"
)


class JointInspectionRow(AreaRow):
    """A report on how the agencies of an area act on one theme."""

    theme: Annotated[
        str, one_of(lambda: dict.fromkeys(JOINT_TABLE.mapping.meanings["theme"].values()))
    ]


_JointClaims = InspectionRowClaims[JointInspectionRow]


def _convert(cells: Cells) -> JointInspectionRow:
    """Return a published row in our columns; the days on site stand in the words of the theme."""
    published = published_day(cells)
    started = cells.day("inspection_start_date")
    if started is None or started > published:
        cells.refuse("inspection_start_date", f"a day not after the report ({published})")
    theme, rest = _theme(cells)
    first, last = _days(cells, rest, published)
    return JointInspectionRow.model_validate(read_area(cells, first, last) | {"theme": theme})


def _theme(cells: Cells) -> tuple[str, re.Match[str]]:
    """Return our words for the theme that a cell begins with, and what follows them there."""
    printed, themes = cells.text(_THEME), cells.mapping.meanings["theme"]
    for words in sorted(themes, key=len, reverse=True):
        rest = _REST.fullmatch(printed.removeprefix(words))
        if printed.startswith(words) and rest:
            return themes[words], rest
    cells.refuse(_THEME, "a theme that source.toml has, then area and days such as in these rows")


def _days(cells: Cells, printed: re.Match[str], published: date) -> tuple[date | None, date | None]:
    """Return the days on site that follow a theme, if any; a year left out is the report's."""
    if not printed["last_day"]:
        return None, None
    month = printed["last_month"]
    year = printed["last_year"] or str(published.year)
    first_month, first_year = printed["first_month"] or month, printed["first_year"] or year
    try:
        first = datetime.strptime(f"{printed['first_day']} {first_month} {first_year}", _DAY).date()
        last = datetime.strptime(f"{printed['last_day']} {month} {year}", _DAY).date()
    except ValueError:
        cells.refuse(_THEME, "days that the calendar has, such as 20 and 24 january 2020")
    if not first <= last <= published:
        cells.refuse(_THEME, f"days in order, not after the report ({published})")
    return first, last


def _told(inspected: _JointClaims) -> dict[str, list[Any]]:
    return {"theme": [inspected.place.said(inspected.row.theme, "theme")]}


_INSPECTIONS = AreaInspections(_SOURCE, "joint-targeted-2016", "JointTargetedAreaInspection", _told)
JOINT_TABLE = TableSource(_SOURCE, _TABLE, JointInspectionRow, _convert)
JOINT_INSPECTIONS = ClaimSource(JOINT_TABLE, _INSPECTIONS.mentions, _INSPECTIONS.records)
