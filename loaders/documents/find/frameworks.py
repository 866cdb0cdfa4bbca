"""Tell under which framework an inspection was made: by name, title, subject, areas and time."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

NAMED: dict[str, str] = {
    r"single (?:inspection|assessment) framework|\bSIF\b|single inspection": "sif",
    r"best value inspection": "best-value-inspection",
    r"monitoring visit": "monitoring-visit",
}

_SUBJECTS: list[tuple[str, str, str, str]] = [
    (
        r"protection of children|protect children",
        "2012-05",
        "2013-10",
        "protection-of-children-2012",
    ),
    (
        r"looked[ -]after children|children looked[ -]after",
        "2013-01",
        "2013-12",
        "looked-after-2013",
    ),
    (r"adoption", "2012-04", "2013-12", "adoption-2012"),
    (
        r"safeguarding and looked[ -]after",
        "2009-04",
        "2012-12",
        "safeguarding-and-looked-after-2009",
    ),
]
"""Subjects that one framework alone had, and the months of its reports."""

_BY_TIME: list[tuple[str, str, str]] = [
    ("2009-04", "2012-04", "safeguarding-and-looked-after-2009"),
    ("2013-12", "2018-02", "sif"),
    ("2018-03", "2022-12", "ilacs-2018"),
    ("2023-02", "2026-04", "ilacs-2023"),
    ("2026-08", "2030-12", "ilacs-2026"),
]
"""Months in which a report on all of children's services can only be of one framework."""


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
    for pattern, framework in NAMED.items():
        match = re.search(rf"(?:under the )?(?:{pattern})", text, re.IGNORECASE)
        if match:
            return FrameworkFound(framework, *match.span(), True)
    for pattern, first, last, framework in _SUBJECTS:
        if re.search(pattern, text, re.IGNORECASE) and first <= month[:7] <= last:
            return FrameworkFound(framework)
    for first, last, framework in _BY_TIME:
        if len(month) >= 7 and first <= month[:7] <= last:
            return FrameworkFound(framework)
    return None


_NOTES = {
    True: "",
    False: "The text names no framework; this is the one of its subject and its time.",
}


_TITLES: list[tuple[str, str]] = [
    (
        r"(?:re-?inspection|inspection) of services for children in need of help and protection",
        "sif",
    ),
    (
        r"inspection of (?:the )?(?:local authority )?(?:services? for |arrangements? (?:for|to) )?"
        r"(?:the )?protect(?:ion of)? children",
        "protection-of-children-2012",
    ),
    (
        r"(?:inspection of )?safeguarding and (?:services for )?looked[ -]after children"
        r"(?:'s)?(?: services)?",
        "safeguarding-and-looked-after-2009",
    ),
    (
        r"inspection of (?:the )?(?:local authority )?services for looked[ -]after children"
        r"(?: and care leavers)?",
        "looked-after-2013",
    ),
    (
        r"inspection (?:report )?(?:of|for) [^.]{0,60}?\bfostering (?:agency|services?)\b",
        "fostering",
    ),
    (
        r"(?:inspection (?:report )?(?:of|for) [^.]{0,60})?\badoption (?:agency|service)\b",
        "adoption-2012",
    ),
    (
        r"inspection of [^.:]{0,90}?children'?s (?:social care )?services",
        "ilacs",
    ),
]
"""What a report of each framework is titled, the most telling first."""

EDITIONS: list[tuple[date, str]] = [
    (date(2026, 4, 1), "ilacs-2026"),
    (date(2023, 1, 1), "ilacs-2023"),
    (date(2018, 1, 1), "ilacs-2018"),
]
"""From which day on site each edition has been used, the latest first."""

AREAS: dict[str, dict[str, str]] = {
    "sif": {
        "overall": "sif-overall", "help": "sif-1", "looked-after": "sif-2",
        "adoption": "sif-2.1", "care-leavers": "sif-2.2", "leadership": "sif-3",
    },
    "protection-of-children-2012": {
        "overall": "cp-overall", "help": "cp-help", "quality": "cp-quality",
        "leadership": "cp-leadership",
    },
    "looked-after-2013": {
        "overall": "lac-overall", "capacity": "lac-capacity", "outcomes": "lac-outcomes",
        "quality": "lac-quality", "leadership": "lac-leadership",
    },
    "adoption-2012": {
        "overall": "adoption-overall", "outcomes": "adoption-outcomes",
        "quality": "adoption-quality", "safeguarding": "adoption-safeguarding",
        "leadership": "adoption-leadership",
    },
    "safeguarding-and-looked-after-2009": {
        "safeguarding part": "slas-safeguarding", "looked-after part": "slas-looked-after",
    },
    "ilacs-2018": {
        "overall": "ilacs-overall", "leadership": "ilacs-leaders", "help": "ilacs-help",
        "both": "ilacs-in-care-and-care-leavers",
    },
    "ilacs-2023": {
        "overall": "ilacs-overall", "leadership": "ilacs-leaders", "help": "ilacs-help",
        "looked-after": "ilacs-in-care", "care-leavers": "ilacs-care-leavers",
    },
    "ilacs-2026": {
        "leadership": "ilacs-leaders", "help": "ilacs-help", "looked-after": "ilacs-in-care",
        "care-leavers": "ilacs-care-leavers",
    },
}  # fmt: skip
"""The judgement areas of each framework, by what rows of tables are read as."""

FAMILIES = frozenset(name.partition("-2")[0] if "ilacs" in name else name for name in AREAS)
"""The families of frameworks that the record has; a title may name another."""

BY_DAYS = "From the days on site; the report does not name the edition."
_BY_AREAS = "From the areas that are judged; the days on site alone would mean another edition."


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
    for pattern, framework in _TITLES:
        match = re.search(pattern, plain, re.IGNORECASE)
        if match:
            return ReportFramework(framework, *match.span())
    return None


def edition_of(family: ReportFramework, day: date | None, rows: Collection[str]) -> ReportFramework:
    """Return the framework with its edition: by the last day on site, then by the areas judged."""
    if family.framework != "ilacs":
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
