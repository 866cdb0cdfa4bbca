"""Read tables of judgements from running text, in whatever order a PDF gives their cells.

A table is a run of labels of judgement areas, grades, and words that belong to labels. Labels may
stand before or after their grades, all before all grades, or be broken by the grade: without the
grades the labels are whole again, and the first grade is that of the first label.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from loaders.documents.find.grades import GRADE_WORDS
from loaders.documents.text import words_beside
from loaders.documents.text.view import View

_RULES: dict[str, dict[str, Any]] = words_beside(__name__)
LABELS: dict[str, str] = _RULES["areas"]
ROWS_OF: dict[str, list[str]] = _RULES["rows"]
"""The areas that tables of each family of frameworks can have."""

_PRINTED: dict[str, str] = GRADE_WORDS | _RULES["ungraded"]
_GRADE_NAMES = list(_PRINTED)
GRADE_TEXT = "|".join(f"(?P<g{number}>{words})" for number, words in enumerate(_PRINTED.values()))
_NUMBERED = dict(zip("1234", ("outstanding", "good", "adequate", "inadequate"), strict=True))
# takes (match): "requires improvement to be good"
# takes (match): "Grade 2 (good)"
# takes (match): "grade: 4"
# leaves (match): "2 visits"
GRADE = re.compile(
    rf"(?:grade:?\s*)?(?:[1-4]\s*[-:(]\s*)?['\"]?\b(?:{GRADE_TEXT})\b['\"]?\)?"
    rf"(?:\s*\(?(?:grade )?[1-4]\))?"
    r"|grade:?\s*(?P<number>[1-4])\b",
    re.IGNORECASE,
)

_PREFIX = (
    r"(?:(?<![\d.])(?:\d\.|\d\.\d\.?)\s+)?(?:the )?(?:(?:overall )?experiences? and progress of )?"
)
LABEL_NAMES = list(LABELS)
# takes (match): "The impact of leaders on social work practice with children and families"
# takes (match): "2.1 Experiences and progress of care leavers"
# leaves (match): "Progress of the council"
LABEL = re.compile(
    _PREFIX
    + r"(?:"
    + "|".join(f"(?P<l{number}>\\b(?:{words})\\b)" for number, words in enumerate(LABELS.values()))
    + ")",
    re.IGNORECASE,
)
# A table breaks its labels over lines; these words of labels may then stand by themselves.
# takes (match): "and families"
# takes (match): "2.1"
# leaves (match): "inspectors found"
_FILLER = re.compile(
    r"(?:to be good|judgements?|outcomes?|grades?|on|social|work|practice|with|children|and"
    r"|families|in|care|leavers|who|need|of|help|protection|the|permanence|achieving|governance"
    r"|management|provided|young|people|carers|services?|areas?|key|looked|after|progress|experiences|performance"
    r"|is|local|authority|for|their|council|improvement|to|be|\d{1,2}(?:\.\d)?)\b[.,:;]?"
    r"|[.,:;|()\u2022-]",
    re.IGNORECASE,
)
_MOST_FILLER, _FEWEST_ROWS = 14, 3
"""Words of a label that may stand between it and its grade or after it; rows of a table."""


@dataclass(frozen=True)
class _CellToken:
    """A label or a grade: what it is, and its range in the view."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class GradedRow:
    """A graded row: what the area is called, the grade, and the range of both.

    In: `weight` says how plainly it is printed: 3 in a table, 2 in a heading, 1 in a sentence.
    """

    area: str
    grade: str
    start: int
    end: int
    grade_start: int
    grade_end: int
    weight: int = 1


def grade_of(match: re.Match[str]) -> str:
    """Return the grade that a match of the pattern names."""
    if match["number"]:
        return _NUMBERED[match["number"]]
    return _GRADE_NAMES[int((match.lastgroup or "g0")[1:])]


def tables_in(view: View, areas: Collection[str] = LABEL_NAMES) -> Iterator[list[GradedRow]]:
    """Yield the tables of a text, each as its rows, in order; only of some areas if so asked.

    >>> from loaders.documents.text.view import view_of
    >>> text = "Grade The impact of leaders on social work practice Good with children and families"
    >>> text += " Children who need help and protection Inadequate Overall effectiveness Good"
    >>> rows = next(tables_in(view_of(text, [(0, len(text))])))
    >>> [(row.area, row.grade) for row in rows]
    [('leadership', 'good'), ('help', 'inadequate'), ('overall', 'good')]
    """
    for start, end, grades in _runs(view):
        labels = [label for label in _labels(view.text, start, end, grades) if label.value in areas]
        rows = _rows(*_without_prose(view, labels, grades))
        if len({row.area for row in rows}) >= _FEWEST_ROWS:
            yield rows


def starts_line(view: View, place: int) -> bool:
    """Return whether a place of a view is the first of a line; a number may stand before it."""
    before = view.fixed[max(0, view.origin[place] - 12) : view.origin[place]]
    last = re.split(r"[\n\f\r]", before)
    return (len(last) > 1 or view.origin[place] < 12) and not re.search(r"[A-Za-z]", last[-1])


def ends_line(view: View, place: int) -> bool:
    """Return whether a line ends before a place of a view."""
    if place >= len(view.text):
        return True
    begin = view.origin[place - 1] + 1
    after = view.fixed[begin : begin + 12]
    return re.match(r"[ \t\xa0.\d]*(?:[\n\f\r]|$)", after) is not None


def _runs(view: View) -> Iterator[tuple[int, int, list[_CellToken]]]:
    """Yield the runs of labels, grades and words of labels: each range, with its grades."""
    text, place, filler = view.text, 0, 0
    start, end, grades = -1, 0, list[_CellToken]()
    for word in re.finditer(r"\S+", text):
        if word.start() < place:
            continue
        place = word.start()
        label, grade = LABEL.match(text, place), GRADE.match(text, place)
        if label is None and (grade is None or not _is_cell(view, grade)):
            other = _FILLER.match(text, place)
            filler += 1
            if other is not None and filler <= _MOST_FILLER:
                start = place if start < 0 else start
                place = other.end()
                end = place
                continue
            if grades:
                yield start, end, grades
            start, grades, filler = -1, [], 0
            continue
        start = place if start < 0 else start
        filler = 0
        if label is None and grade is not None:
            grades.append(_CellToken("grade", grade_of(grade), *grade.span()))
        place = end = label.end() if label else grade.end() if grade else place
    if grades:
        yield start, end, grades


def _is_cell(view: View, grade: re.Match[str]) -> bool:
    """Return whether a grade is printed as a cell: with a capital or a mark, or by itself."""
    first = re.search("[A-Za-z]", grade[0])
    before = view.text[max(0, grade.start() - 3) : grade.start()].rstrip()
    if grade[0][0].isdigit() or (first and first[0].isupper()):
        return True
    # "Overall effectiveness: good was the grade" goes on as a sentence.
    if before.endswith(":") and not re.match(" [a-z]", view.text[grade.end() : grade.end() + 2]):
        return True
    return starts_line(view, grade.start()) and ends_line(view, grade.end())


def _labels(text: str, start: int, end: int, grades: Sequence[_CellToken]) -> list[_CellToken]:
    """Return the labels of a run, read with the grades taken out, which may have broken them."""
    inside = {place for grade in grades for place in range(grade.start, grade.end)}
    places: list[int] = []
    words = ""
    for place in range(start, end):
        character = " " if place in inside else text[place]
        if character != " " or not words.endswith(" "):
            words += character
            places.append(place)
    found = []
    for match in LABEL.finditer(words):
        name = LABEL_NAMES[int((match.lastgroup or "l0")[1:])]
        if name != "bare":
            first, last = places[match.start()], places[match.end() - 1] + 1
            found.append(_CellToken("label", name, first, last))
    return found


def _without_prose(
    view: View, labels: list[_CellToken], grades: list[_CellToken]
) -> tuple[list[_CellToken], list[_CellToken]]:
    """Return labels and grades without those beyond the table: the first words of the prose."""
    rows, cells = list(labels), list(grades)
    while len(cells) > len(rows) and not ends_line(view, cells[-1].end):
        cells.pop()
    while len(rows) > len(cells) and cells and rows[-1].start > cells[-1].end:
        if starts_line(view, rows[-1].start):
            break
        rows.pop()
    return rows, cells


def _rows(labels: list[_CellToken], grades: list[_CellToken]) -> list[GradedRow]:
    tokens = sorted([*labels, *grades], key=lambda token: (token.start, token.kind == "grade"))
    groups = [list(group) for _, group in groupby(tokens, key=lambda token: token.kind)]
    areas = [label.value for label in labels]
    if len(labels) == len(grades) and len(set(areas)) == len(areas) and _balanced(groups):
        return [_row(label, grade) for label, grade in zip(labels, grades, strict=True)]
    # A row may lack its grade, or a grade its row; what stands by itself is certain still.
    return [
        _row(group[-1], following[0])
        for group, following in pairwise(groups)
        if group[0].kind == "label" and len(group) <= 2 and len(following) == 1
    ]


def _balanced(groups: list[list[_CellToken]]) -> bool:
    """Return whether labels and grades come in turns of as many of each, or beside each other."""
    sizes = [len(group) for group in groups]
    if sizes[::2] == sizes[1::2]:
        return True
    steps = [1 if token.kind == "label" else -1 for group in groups for token in group]
    return all(abs(ahead) <= 1 for ahead in accumulate(steps))


def _row(label: _CellToken, grade: _CellToken) -> GradedRow:
    start, end = min(label.start, grade.start), max(label.end, grade.end)
    return GradedRow(label.value, grade.value, start, end, grade.start, grade.end, 3)
