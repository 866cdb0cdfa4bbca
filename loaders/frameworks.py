"""Tell under which framework an inspection was made: by name, by its subject, by its time."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAMED: dict[str, str] = {
    r"single (?:inspection|assessment) framework|\bSIF\b|single inspection": "sif",
    r"best value inspection": "best-value-inspection",
    r"monitoring visit": "monitoring-visit",
}

SUBJECTS: list[tuple[str, str, str, str]] = [
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

BY_TIME: list[tuple[str, str, str]] = [
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
    for pattern, first, last, framework in SUBJECTS:
        if re.search(pattern, text, re.IGNORECASE) and first <= month[:7] <= last:
            return FrameworkFound(framework)
    for first, last, framework in BY_TIME:
        if len(month) >= 7 and first <= month[:7] <= last:
            return FrameworkFound(framework)
    return None


NOTES = {
    True: "",
    False: "The text names no framework; this is the one of its subject and its time.",
}
