"""Read a table of judgements a second time, from where its words stand on the page of a PDF.

Running text may give the cells of a table in any order; on the page a grade stands beside its area.
What the two readings say of an area is compared: no rule can tell which of them is right.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from loaders.documents.facts.inspections.judgement_tables import (
    GRADE,
    LABEL,
    LABEL_NAMES,
    grade_of,
)
from loaders.documents.text.placed import Page, PlacedWords
from loaders.documents.text.view import report_view_of

_SAME_LINE_POINTS = 3.0
_SAME_COLUMN_POINTS = 4.0
_BESIDE_POINTS = 14.0
"""How far a grade may stand above or below the lines of its area: a line of usual print."""

_TABLE_EDGE_POINTS = 40.0
_FEWEST_ROWS = 3
_CELL_WORDS = re.compile(
    r"(?:requires?|improvement|to|be|good|outstanding|adequate|inadequate|grade|not|judged|[\W\d])+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Line:
    """What stands on one line of a page or of a column. Units: points from the bottom."""

    y: float
    words: Sequence[PlacedWords]

    @property
    def text(self) -> str:
        return " ".join("".join(word.text for word in self.words).split())


@dataclass(frozen=True)
class _Cell:
    """An area or a grade, and between which heights it stands. Units: points from the bottom."""

    value: str
    low: float
    high: float

    def distance(self, other: "_Cell") -> float:
        """Return how far the middle of another cell is from this one, 0 if beside it."""
        middle = (other.low + other.high) / 2
        return max(self.low - middle, middle - self.high, 0.0)


def placed_tables(pages: Sequence[Page], areas: Collection[str]) -> Iterator[Mapping[str, str]]:
    """Yield the tables of judgements, at most one a page, each as the grade of each area.

    In: the areas that may be judged, by plain names.
    """
    for page in pages:
        lines = _lines(page)
        column = _grade_column(lines)
        if column is None:
            continue
        edge = column - _SAME_COLUMN_POINTS
        grades = list(_grades(_part(lines, edge, float("inf"))))
        if not grades:
            continue
        low = min(grade.low for grade in grades) - _TABLE_EDGE_POINTS
        high = max(grade.high for grade in grades) + _TABLE_EDGE_POINTS
        left = [line for line in _part(lines, 0.0, edge) if low <= line.y <= high]
        table = _paired([label for label in _labels(left) if label.value in areas], grades)
        if len(table) >= _FEWEST_ROWS:
            yield table


def _lines(page: Page) -> list[_Line]:
    """Return the lines of a page from the top, each from the left."""
    words = sorted(page, key=lambda word: -word.y)
    breaks = [int(above.y - below.y > _SAME_LINE_POINTS) for above, below in pairwise(words)]
    numbered = zip(accumulate([0, *breaks]), words, strict=False)
    return [
        _Line(group[0][1].y, sorted((word for _, word in group), key=lambda word: word.x))
        for _, each in groupby(numbered, key=lambda pair: pair[0])
        if (group := list(each))
    ]


def _part(lines: Sequence[_Line], left: float, right: float) -> list[_Line]:
    """Return what stands of each line between two edges, without the lines of which none does."""
    parts = (
        _Line(line.y, [word for word in line.words if left <= word.x < right]) for line in lines
    )
    return [part for part in parts if part.text]


def _grade_column(lines: Sequence[_Line]) -> float | None:
    """Return where the column of grades begins: where the most lines end in one."""
    begins: Counter[float] = Counter()
    for line in lines:
        for number, word in enumerate(line.words):
            if _grade_in([_Line(line.y, line.words[number:])]):
                near = (x for x in begins if abs(x - word.x) <= _SAME_COLUMN_POINTS)
                begins[next(near, word.x)] += 1
                break
    column, number = max(begins.items(), key=lambda pair: pair[1], default=(0.0, 0))
    return column if number >= _FEWEST_ROWS else None


def _grades(column: Sequence[_Line]) -> Iterator[_Cell]:
    """Yield the grades of their column; one that goes on over the end of a line is one."""
    cell: list[_Line] = []
    for line in column:
        if not _CELL_WORDS.fullmatch(line.text):
            continue
        goes_on = cell and cell[-1].y - line.y <= 1.6 * line.words[0].size
        if cell and not (goes_on and _grade_in([*cell, line])):
            yield from _grade(cell)
            cell = []
        cell.append(line)
    yield from _grade(cell)


def _grade(cell: Sequence[_Line]) -> Iterator[_Cell]:
    grade = _grade_in(cell)
    if grade:
        yield _Cell(grade, cell[-1].y, cell[0].y)


def _grade_in(cell: Sequence[_Line]) -> str:
    """Return the grade that a cell holds and nothing else; empty if it holds none."""
    text = _joined(cell)
    if not _CELL_WORDS.fullmatch(text):
        return ""
    match = GRADE.fullmatch(report_view_of(text, [(0, len(text))]).text)
    return grade_of(match) if match else ""


def _joined(lines: Sequence[_Line]) -> str:
    return " ".join(line.text for line in lines)


def _labels(column: Sequence[_Line]) -> Iterator[_Cell]:
    """Yield the areas of their column, which may go on over the ends of lines."""
    text = _joined(column)
    starts = list(accumulate((len(line.text) + 1 for line in column), initial=0))
    view = report_view_of(text, [(0, len(text))])
    for match in LABEL.finditer(view.text):
        name = LABEL_NAMES[int((match.lastgroup or "l0")[1:])]
        first, last = view.span(*match.span())
        if name != "bare":
            top = column[bisect_right(starts, first) - 1]
            bottom = column[bisect_right(starts, last - 1) - 1]
            yield _Cell(name, bottom.y, top.y)


def _paired(labels: Sequence[_Cell], grades: Sequence[_Cell]) -> dict[str, str]:
    """Return the grade beside each area; none where two areas or two grades are as near."""
    pairs: dict[str, list[str]] = {}
    for grade in grades:
        near = [label for label in labels if label.distance(grade) <= _BESIDE_POINTS]
        nearest = min((label.distance(grade) for label in near), default=0.0)
        beside = {label.value for label in near if label.distance(grade) == nearest}
        if len(beside) == 1:
            pairs.setdefault(beside.pop(), []).append(grade.value)
    return {area: found[0] for area, found in pairs.items() if len(found) == 1}
