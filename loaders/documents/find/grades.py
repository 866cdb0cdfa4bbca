"""Find grades and the areas that they are given for; a standard or a quality is no grade."""

import re
from dataclasses import dataclass

from loaders.documents.find.frameworks import AREAS, RULES

GRADE_WORDS: dict[str, str] = {
    "requires-improvement": r"requir(?:es?|ed|ing)[ -]improvement(?: to be good)?"
    r"|requires to improve",
    "inadequate": "inadequate",
    "adequate": "adequate",
    "good": "good",
    "outstanding": "outstanding",
}
"""What documents print for each grade."""

# An adequate standard, good practice and outstanding actions are no grades.
_IN_PROSE = GRADE_WORDS | {
    "inadequate": r"inadequate|(?:bottom|lowest|worst)(?: possible)? rating",
    "adequate": r"(?<!to an )(?<!an )(?<!more )adequate(?! (?:standard|progress|level|to))",
    "good": r"good(?! (?:quality|practice|progress|or better|enough|governance|faith|order|and"
    r"|for))",
    "outstanding": r"outstanding(?! (?:actions?|issues?|work|recommendations?|matters?))",
}
_NAMES = list(_IN_PROSE)
# takes: "judged to be 'requires improvement'"
# takes: "the lowest possible rating"
# leaves: "services of an adequate standard"
_GRADE = re.compile(
    r"(?<![\w-])['\"]?(?:"
    + "|".join(f"(?P<g{number}>{pattern})" for number, pattern in enumerate(_IN_PROSE.values()))
    + r")['\"]?(?![\w-])",
    re.IGNORECASE,
)

_AREA = {
    name: re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    for name, pattern in RULES["area_words"].items()
}

AREAS_OF: dict[str, dict[str, str]] = {
    framework: AREAS[framework] | {name: AREAS[framework][row] for name, row in called.items()}
    for framework, called in RULES["called_otherwise"].items()
}
"""The judgement areas of each framework, by what documents call them."""

# takes (match): ", overall, across all categories"
# takes (match): " in every area"
# leaves (match): " in one area"
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

    >>> [found.grade for found in grades_in("'requires improvement', not an adequate standard")]
    ['requires-improvement']
    """
    return [
        GradeFound(*match.span(), _NAMES[int((match.lastgroup or "g0")[1:])])
        for match in _GRADE.finditer(text)
    ]


def areas_in(text: str) -> list[AreaFound]:
    """Return the areas of a text, in order; of areas within areas the longest."""
    areas = sorted(
        (
            AreaFound(*match.span(), name)
            for name, pattern in _AREA.items()
            for match in pattern.finditer(text)
        ),
        key=lambda area: (area.start, -area.end),
    )
    outermost: list[AreaFound] = []
    for area in areas:
        if not outermost or area.start >= outermost[-1].end:
            outermost.append(area)
    return outermost
