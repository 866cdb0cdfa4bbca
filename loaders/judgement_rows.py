"""Read tables of judgements from running text, in whatever order a PDF gives their cells.

A table is a chain of labels of judgement areas, grades, and words that belong to labels. Labels may
stand before or after their grades, all before all grades, or be broken by the grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

GRADE_WORDS: dict[str, str] = {
    r"requir(?:es?|ed|ing) improvement(?: to be good)?|requires to improve": "requires-improvement",
    r"inadequate": "inadequate",
    r"adequate": "adequate",
    r"outstanding": "outstanding",
    r"good": "good",
    r"not (?:judged|graded|inspected|applicable)|no judgement(?: (?:was )?made)?"
    r"|insufficient evidence|n/a": "not-judged",
}
GRADE_NAMES = list(GRADE_WORDS.values())
GRADE_TEXT = "|".join(f"(?P<g{number}>{one})" for number, one in enumerate(GRADE_WORDS))
NUMBERED = {"1": "outstanding", "2": "good", "3": "adequate", "4": "inadequate"}
GRADE = re.compile(
    rf"(?:grade:?\s*)?(?:[1-4]\s*[-:(]\s*)?['\"]?\b(?:{GRADE_TEXT})\b['\"]?\)?"
    rf"(?:\s*\(?(?:grade )?[1-4]\))?"
    r"|grade:?\s*(?P<number>[1-4])\b",
    re.IGNORECASE,
)

PREFIX = (
    r"(?:(?<![\d.])(?:\d\.|\d\.\d\.?)\s+)?(?:the )?(?:(?:overall )?experiences? and progress of )?"
)
LABELS: dict[str, str] = {
    "help": r"(?:the )?effectiveness of the help and protection(?: provided to [\w ,-]{0,80}?"
    r"carers)?|children(?: and young people)? (?:who|in) need(?: of)? help and protection"
    r"|children(?: and young people)? (?:who|in) need(?: of)?(?: help(?: and)?)?"
    r"|help and protection",
    "both": r"children in care and(?: care(?: leavers)?)?(?: care leavers)?",
    "looked-after": r"(?:children looked[ -]after|looked[ -]after children)"
    r"(?: and achieving(?: permanence)?)?|children in care",
    "adoption": r"adoption performance",
    "care-leavers": r"care leavers",
    "leadership": r"(?:the )?impact of leaders(?: on)?(?: social work)?(?: practice)?"
    r"(?: with children)?(?: and families)?|leadership,?(?: and)? management(?:,? and governance)?"
    r"|leadership and governance",
    "capacity": r"capacity (?:to improve|for improvement)",
    "outcomes": r"outcomes for (?:looked[ -]after )?children(?: and young people)?"
    r"(?: and care leavers)?",
    "quality": r"(?:the )?quality of (?:the )?(?:service|provision|practice)s?",
    "safeguarding": r"safeguarding children(?: and young people)?",
    "overall": r"overall effectiveness(?: of (?:the )?(?:children's |local authority |adoption )?"
    r"(?:services?|arrangements))?",
    "bare": r"experiences? and progress of",
}
LABEL_NAMES = list(LABELS)
LABEL = re.compile(
    PREFIX
    + r"(?:"
    + "|".join(f"(?P<l{number}>\\b(?:{one})\\b)" for number, one in enumerate(LABELS.values()))
    + ")",
    re.IGNORECASE,
)
FILLER = re.compile(
    r"(?:to be good|judgements?|outcomes?|grades?|on|social|work|practice|with|children|and"
    r"|families|in|care|leavers|who|need|of|help|protection|the|permanence|achieving|governance"
    r"|management|provided|young|people|carers|services?|areas?|key|looked|after|progress|experiences|performance"
    r"|is|local|authority|for|their|council|improvement|to|be|\d{1,2}(?:\.\d)?)\b[.,:;]?"
    r"|[.,:;|()\u2022-]",
    re.IGNORECASE,
)
MOST_FILLER = 14
"""Words of a label that may stand between a label and its grade, or after it."""

FEWEST_ROWS = 3


@dataclass(frozen=True)
class Token:
    """A label or a grade: what it is, and its range in the view."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """A graded row: what the area is called, the grade, and the range of both."""

    area: str
    grade: str
    start: int
    end: int
    grade_start: int
    grade_end: int


def grade_of(match: re.Match[str]) -> str:
    """Return the grade that a match of the pattern names."""
    if match["number"]:
        return NUMBERED[match["number"]]
    return GRADE_NAMES[int((match.lastgroup or "g0")[1:])]


def tables_in(text: str, start: int = 0) -> Iterator[list[Row]]:
    """Yield the tables of a text, each as its rows, in order.

    >>> text = "Grade The impact of leaders on social work practice Good with children and families"
    >>> text += " Children who need help and protection Inadequate Overall effectiveness Good"
    >>> [(row.area, row.grade) for row in next(tables_in(text))]
    [('leadership', 'good'), ('help', 'inadequate'), ('overall', 'good')]
    """
    place = start
    while True:
        first = LABEL.search(text, place)
        if first is None:
            return
        tokens = _chain(text, _begin(text, first.start(), place))
        rows = _rows(_mended(tokens, text))
        if len({row.area for row in rows}) >= FEWEST_ROWS:
            yield rows
            place = max(row.end for row in rows)
        else:
            place = first.end()


def _begin(text: str, label: int, least: int) -> int:
    """Return where the chain of a label begins: at the grade before it, if one is there."""
    near = max(least, label - 40)
    before = [
        one for one in GRADE.finditer(text, near, label) if not text[one.end() : label].strip()
    ]
    return before[-1].start() if before and text[before[-1].start()].isupper() else label


def _chain(text: str, place: int) -> list[Token]:
    """Return the labels and grades that follow one another from a place on."""
    tokens: list[Token] = []
    filler = 0
    while place < len(text) and filler <= MOST_FILLER:
        if text[place].isspace():
            place += 1
            continue
        label = LABEL.match(text, place)
        grade = GRADE.match(text, place)
        other = FILLER.match(text, place)
        if label is not None:
            name = LABEL_NAMES[int((label.lastgroup or "l0")[1:])]
            tokens.append(Token("label", name, *label.span()))
        elif grade is not None and _is_cell(text, grade):
            tokens.append(Token("grade", grade_of(grade), *grade.span()))
        elif other is not None:
            filler += 1
            place = other.end()
            continue
        else:
            break
        filler = 0
        place = tokens[-1].end
    return tokens


def _is_cell(text: str, grade: re.Match[str]) -> bool:
    """Return whether a grade is printed as the cell of a table: with a capital, or with a mark."""
    first = re.search(r"[A-Za-z]", grade[0])
    before = text[max(0, grade.start() - 3) : grade.start()].rstrip()
    return (
        grade[0][0].isdigit() or (first is not None and first[0].isupper()) or before.endswith(":")
    )


def _rows(tokens: list[Token]) -> list[Row]:
    """Return the rows that a chain means."""
    labels = [one for one in tokens if one.kind == "label"]
    grades = [one for one in tokens if one.kind == "grade"]
    if not labels or not grades:
        return []
    kinds = "".join(one.kind[0] for one in tokens)
    listed = re.match(r"(l{2,})(g{2,})", kinds)
    if listed and len(listed[1]) == len(listed[2]):
        number = len(listed[1])
        return [_row(one, two) for one, two in zip(labels[:number], grades[:number], strict=True)]
    # A chain that begins with a grade is read backwards only if it ends with a label.
    if re.fullmatch(r"(gl)+", kinds):
        return [_row(one, two) for one, two in zip(labels, grades, strict=True)]
    return [
        _row(one, two)
        for one, two in pairwise(tokens)
        if (one.kind, two.kind) == ("label", "grade") and one.value != "bare"
    ]


def _mended(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with labels that a grade has broken put together again."""
    mended: list[Token] = []
    index = 0
    while index < len(tokens):
        one, *after = tokens[index : index + 4]
        kinds = [other.kind for other in after]
        index += 1
        if one.value != "bare":
            mended.append(one)
        elif kinds[:1] == ["label"]:
            mended.append(replace(after[0], start=one.start))
            index += 1
        elif kinds[:1] == ["grade"]:
            name = _broken(text, one, after)
            if not name and kinds[1:2] == ["label"] and kinds[2:3] != ["grade"]:
                name = after[1].value
                tokens = [*tokens[: index + 1], *tokens[index + 2 :]]
            mended.append(replace(one, value=name or "bare"))
        else:
            mended.append(one)
    return mended


def _broken(text: str, label: Token, after: list[Token]) -> str:
    """Return the area of a label whose words stand on both sides of its grade; empty if unclear."""
    grade = after[0]
    end = after[1].start if len(after) > 1 else grade.end + 30
    words = f"{text[label.start : grade.start].strip()} {text[grade.end : end].strip()}"
    whole = LABEL.match(words)
    name = LABEL_NAMES[int((whole.lastgroup or "l0")[1:])] if whole else ""
    return "" if name == "bare" else name


def _row(label: Token, grade: Token) -> Row:
    """Return the row of a label and a grade."""
    start, end = min(label.start, grade.start), max(label.end, grade.end)
    return Row(label.value, grade.value, start, end, grade.start, grade.end)
