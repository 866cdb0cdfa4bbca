"""Find grades and the areas that they are given for; a standard or a quality is no grade."""

from __future__ import annotations

import re
from dataclasses import dataclass

GRADES: dict[str, str] = {
    r"requir(?:es?|ed|ing)[ -]improvement(?: to be good)?|requires to "
    r"improve": "requires-improvement",
    r"inadequate|(?:bottom|lowest|worst)(?: possible)? rating": "inadequate",
    r"(?<!to an )(?<!an )(?<!more )adequate(?! (?:standard|progress|level|to))": "adequate",
    r"good(?! (?:quality|practice|progress|or better|enough|governance|faith|order|and"
    r"|for))": "good",
    r"outstanding(?! (?:actions?|issues?|work|recommendations?|matters?))": "outstanding",
}
_GRADE = re.compile(
    r"(?<![\w-])['\"]?(?:"
    + "|".join(f"(?P<g{number}>{pattern})" for number, pattern in enumerate(GRADES))
    + r")['\"]?(?![\w-])",
    re.IGNORECASE,
)
VALUES = list(GRADES.values())

AREAS: dict[str, str] = {
    "care-leavers": r"care[ -]leavers?(?:'s?)?|leaving care|experiences and progress of care "
    r"leavers",
    "adoption": r"adoption(?: services?| performance)?",
    "looked-after": r"(?:services for )?(?:children looked[ -]after|looked[ -]after children"
    r"|children in care)"
    r"(?:,? and achieving permanence)?",
    "help": r"(?:children|those)(?: who are)?(?: who)?(?: in)? need(?: of)?(?: for)? help and "
    r"protection|help and protection",
    "protection": r"(?:arrangements (?:for|to) )?(?:the )?protect(?:ion of|ing)? children"
    r"|child protection|arrangements to protect children",
    "leadership": r"leadership,? (?:and )?management(?:,? and governance)?|leadership and "
    r"governance"
    r"|impact of leaders[^.,;]*",
    "outcomes": r"outcomes for children(?: and young people)?",
    "quality": r"quality of (?:the )?(?:service|provision|practice)s?",
    "safeguarding": r"safeguarding(?: children(?: and young people)?)?",
    "capacity": r"capacity (?:to improve|for improvement)",
    "overall": r"children's(?: social care)? services(?! commissioner)|overall effectiveness"
    r"|\boverall\b"
    r"|(?:child )?social services",
}
_AREA = {name: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for name, pattern in AREAS.items()}

AREAS_OF: dict[str, dict[str, str]] = {
    "sif": {
        "overall": "sif-overall", "help": "sif-1", "protection": "sif-1", "looked-after": "sif-2",
        "adoption": "sif-2.1", "care-leavers": "sif-2.2", "leadership": "sif-3",
    },
    "protection-of-children-2012": {
        "overall": "cp-overall", "protection": "cp-overall", "help": "cp-help",
        "quality": "cp-quality", "leadership": "cp-leadership",
    },
    "looked-after-2013": {
        "overall": "lac-overall", "looked-after": "lac-overall", "capacity": "lac-capacity",
        "outcomes": "lac-outcomes", "quality": "lac-quality", "leadership": "lac-leadership",
    },
    "adoption-2012": {
        "overall": "adoption-overall", "adoption": "adoption-overall",
        "outcomes": "adoption-outcomes", "quality": "adoption-quality",
        "safeguarding": "adoption-safeguarding", "leadership": "adoption-leadership",
    },
    "safeguarding-and-looked-after-2009": {
        "safeguarding": "slas-safeguarding", "looked-after": "slas-looked-after",
    },
    "ilacs-2018": {
        "overall": "ilacs-overall", "leadership": "ilacs-leaders", "help": "ilacs-help",
        "protection": "ilacs-help", "looked-after": "ilacs-in-care-and-care-leavers",
        "care-leavers": "ilacs-in-care-and-care-leavers",
    },
    "ilacs-2023": {
        "overall": "ilacs-overall", "leadership": "ilacs-leaders", "help": "ilacs-help",
        "protection": "ilacs-help", "looked-after": "ilacs-in-care",
        "care-leavers": "ilacs-care-leavers",
    },
    "ilacs-2026": {
        "leadership": "ilacs-leaders", "help": "ilacs-help", "protection": "ilacs-help",
        "looked-after": "ilacs-in-care", "care-leavers": "ilacs-care-leavers",
    },
}  # fmt: skip
"""The judgement areas of each framework, by what documents call them."""

ALL_AREAS = re.compile(
    r"^,?(?: overall)?,?(?: and)? (?:across|in) (?:every|all|each)(?: of the)? "
    r"(?:categor(?:y|ies)|areas?|judgements?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class GradeFound:
    """A grade in a text: its range and its notation."""

    start: int
    end: int
    grade: str


@dataclass(frozen=True)
class AreaFound:
    """An area in a text: its range and what it is called here, such as looked-after."""

    start: int
    end: int
    area: str


def grades_in(text: str) -> list[GradeFound]:
    """Return the grades of a text, in order.

    >>> [one.grade for one in grades_in("'requires improvement', not an adequate standard")]
    ['requires-improvement']
    """
    return [
        GradeFound(*match.span(), VALUES[int((match.lastgroup or "g0")[1:])])
        for match in _GRADE.finditer(text)
    ]


def areas_in(text: str) -> list[AreaFound]:
    """Return the areas of a text, in order; of areas within areas the longest."""
    found = sorted(
        (
            AreaFound(*match.span(), name)
            for name, one in _AREA.items()
            for match in one.finditer(text)
        ),
        key=lambda one: (one.start, -one.end),
    )
    kept: list[AreaFound] = []
    for area in found:
        if not kept or area.start >= kept[-1].end:
            kept.append(area)
    return kept
