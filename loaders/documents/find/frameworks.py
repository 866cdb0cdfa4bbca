"""Tell under which framework an inspection was made: by name, title, subject, areas and time."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.text import words_beside

RULES: dict[str, dict[str, Any]] = words_beside(__name__)
AREAS: dict[str, dict[str, str]] = RULES["areas"]
EDITIONS: list[tuple[date, str]] = [(first, name) for name, first in RULES["editions"].items()]

_WITH_EDITIONS = "ilacs"
FAMILIES = frozenset(AREAS.keys() - RULES["editions"].keys() | {_WITH_EDITIONS})
"""The families of frameworks that the record has; a title may name another."""

BY_DAYS = "From the days on site; the report does not name the edition."
_BY_ROWS = "From the areas that are judged; no title of the report names a framework that has them."
_FEWEST_AREAS = 3
_BY_AREAS = "From the areas that are judged; the days on site alone would mean another edition."


@dataclass(frozen=True)
class FrameworkFound:
    """A framework, and the range of its name if the text names it."""

    framework: str
    start: int = 0
    end: int = 0
    is_named: bool = False


def framework_of(text: str, month: str) -> FrameworkFound | None:
    """Return the framework of an inspection that a text tells of.

    In: the month of its report or of its visit, such as 2016-04; empty if not known.

    >>> framework_of("under the single inspection framework", "").framework
    'sif'
    """
    for framework, pattern in RULES["named"].items():
        match = re.search(rf"(?:under the )?(?:{pattern})", text, re.IGNORECASE)
        if match:
            return FrameworkFound(framework, *match.span(), True)
    for framework, (pattern, first, last) in RULES["subjects"].items():
        if re.search(pattern, text, re.IGNORECASE) and first <= month[:7] <= last:
            return FrameworkFound(framework)
    for framework, (first, last) in RULES["months"].items():
        if len(month) >= 7 and first <= month[:7] <= last:
            return FrameworkFound(framework)
    return None


@dataclass(frozen=True)
class ReportFramework:
    """The framework of a report, where its title stands, and why it is this edition."""

    framework: str
    start: int
    end: int
    note: str = ""


def family_of(cover: str) -> ReportFramework | None:
    """Return the family of frameworks that a title names; editions are told apart after.

    In: the text before the days on site, and a little more where the title follows them.
    """
    # The dot of St. Helens ends no title.
    plain = re.sub(r"\bSt\.", "St ", cover)
    for framework, pattern in RULES["titled"].items():
        match = re.search(pattern, plain, re.IGNORECASE)
        if match:
            return ReportFramework(framework, *match.span())
    return None


def edition_of(family: ReportFramework, day: date | None, rows: Collection[str]) -> ReportFramework:
    """Return the framework with its edition: by the last day on site, then by the areas judged."""
    if family.framework != _WITH_EDITIONS:
        return family
    by_day = next((name for first, name in EDITIONS if day and day >= first), "")
    if by_day and all(row in AREAS[by_day] for row in rows):
        return ReportFramework(by_day, family.start, family.end, BY_DAYS)
    by_areas = "ilacs-2018" if "both" in rows else "ilacs-2023"
    if not by_day and "both" not in rows and "overall" not in rows and rows:
        by_areas = "ilacs-2026"
    if not rows and by_day:
        by_areas = by_day
    return ReportFramework(by_areas, family.start, family.end, _BY_AREAS)


def framework_of_rows(
    areas: Collection[str], day: date | None, start: int, end: int
) -> ReportFramework | None:
    """Return the framework that judges just these areas; None if several do, or none.

    In: the areas of the rows, by plain names; the last day on site; where the rows stand.

    >>> rows = {"overall", "leadership", "help", "looked-after", "care-leavers"}
    >>> framework_of_rows(rows, date(2024, 6, 7), 0, 1).framework
    'ilacs-2023'
    """
    begun = {name: first for first, name in EDITIONS}
    whole = [
        name
        for name, judged in AREAS.items()
        if len(judged) >= _FEWEST_AREAS
        and judged.keys() <= set(areas)
        and (day is None or day >= begun.get(name, date.min))
    ]
    most = [
        name
        for name in whole
        if not any(AREAS[name].keys() < AREAS[other].keys() for other in whole)
    ]
    return ReportFramework(most[0], start, end, _BY_ROWS) if len(most) == 1 else None
