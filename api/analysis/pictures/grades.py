"""Overall grades before an intervention and after it, one dot an intervention."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from api.analysis.names import counted
from api.analysis.palette import Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.svg import Drawing

_NONE = "none held"
_GRADES: dict[str, Tone] = {
    "inadequate": Tone.INADEQUATE,
    "requires improvement": Tone.REQUIRES_IMPROVEMENT,
    "good": Tone.GOOD,
    "outstanding": Tone.OUTSTANDING,
}
"""Grades from the worst to the best, as they lie in the grid."""
_LABELS: dict[str, tuple[str, str]] = {
    "inadequate": ("Inadequate", ""),
    "requires improvement": ("Requires", "improvement"),
    "good": ("Good", ""),
    "outstanding": ("Outstanding", ""),
    _NONE: ("None held", ""),
}
_ORDER = [*_GRADES, _NONE]
_RANK = {grade: rank for rank, grade in enumerate(_GRADES)}
_DOT_PX = 3.6
_PITCH_PX = 10.5
_HEAD_PX = 64
_LABEL_PX = 82


@dataclass(frozen=True)
class Course:
    """One intervention in children's services with the grades around it."""

    council: str
    began: str
    ended: str | None
    before: str
    next: str
    after_end: str
    is_certain: bool


def read_courses(rows: Rows, names: Names) -> list[Course]:
    """Return the interventions; a grade that is not held is told as such."""
    return [
        Course(
            names(row["council"]),
            row["began"],
            row["ended"],
            row["grade_before"] or _NONE,
            row["grade_next"] or _NONE,
            row["grade_after_end"] or _NONE,
            row["links_certainty"] == "certain" and row["order_certainty"] in ("certain", None),
        )
        for row in rows
    ]


def _chart(rows: Rows, names: Names) -> Chart:
    courses = read_courses(rows, names)
    return Chart(_finding(courses), _table(courses), lambda drawing: _draw(drawing, courses))


def _finding(courses: list[Course]) -> str:
    both = [one for one in courses if one.before in _RANK and one.next in _RANK]
    better = sum(_RANK[one.next] > _RANK[one.before] for one in both)
    same = sum(one.next == one.before for one in both)
    worse = len(both) - better - same
    return (
        f"Of {counted(len(courses), 'intervention')}, {len(both)} have a grade before and a next "
        f"one: {better} better, {same} the same, {worse} worse."
    )


def _table(courses: list[Course]) -> Table:
    columns = "council", "began", "ended", "before", "next", "after the end", "how sure"
    rows = [
        (
            one.council,
            one.began,
            one.ended or "not known",
            one.before,
            one.next,
            one.after_end,
            "certain" if one.is_certain else "possible",
        )
        for one in courses
    ]
    return Table(columns, rows)


def _draw(drawing: Drawing, courses: list[Course]) -> None:
    ended = [one for one in courses if one.ended]
    panels = (
        ("Next report after the beginning", [(one.before, one.next, one) for one in courses]),
        ("First report after the end", [(one.before, one.after_end, one) for one in ended]),
    )
    is_narrow = drawing.width < 600
    width = drawing.width if is_narrow else (drawing.width - 32) / 2
    y = bottom = 0.0
    for index, (title, moves) in enumerate(panels):
        x = 0 if is_narrow else index * (width + 32)
        end = _draw_grid(drawing, title, moves, x, y, width)
        bottom = max(bottom, end)
        y = end + 20 if is_narrow else y
    drawing.height = bottom + 4


def _draw_grid(
    drawing: Drawing,
    title: str,
    moves: list[tuple[str, str, Course]],
    x: float,
    y: float,
    width: float,
) -> float:
    """Draw a grid of grades, and return where it ends below."""
    cells: Mapping[tuple[str, str], list[Course]] = defaultdict(list)
    for before, after, one in moves:
        cells[before, after].append(one)
    cell_px = (width - _LABEL_PX) / len(_ORDER)
    per_row = max(1, int((cell_px - 8) / _PITCH_PX))
    drawing.text(x, y + 14, title, is_bold=True)
    for place, grade in enumerate(_ORDER):
        _write_grade(drawing, grade, x + _LABEL_PX + (place + 0.5) * cell_px, y + 36)
    top = y + _HEAD_PX - 8
    for before in _ORDER:
        found = [cells.get((before, after), []) for after in _ORDER]
        if not any(found):
            continue
        rows = max(-(-len(members) // per_row) for members in found)
        height = max(rows * _PITCH_PX + 22, 36)
        drawing.line(x, top, x + width, top)
        first, second = _LABELS[before]
        for line, words in enumerate((first, second)):
            drawing.text(x, top + 16 + 13 * line, words, tone=_tone(before), size_px=11)
        for place, members in enumerate(found):
            left = x + _LABEL_PX + place * cell_px
            _draw_cell(drawing, members, left, top, per_row, before, _ORDER[place])
        top += height
    return top


def _tone(grade: str) -> Tone:
    return _GRADES.get(grade, Tone.QUIET)


def _write_grade(drawing: Drawing, grade: str, x: float, y: float) -> None:
    size_px = 9 if drawing.width < 600 else 11
    for line, words in enumerate(_LABELS[grade]):
        tone = _tone(grade)
        drawing.text(x, y + 12 * line, words, anchor="middle", tone=tone, size_px=size_px)


def _draw_cell(
    drawing: Drawing,
    members: list[Course],
    x: float,
    y: float,
    per_row: int,
    before: str,
    after: str,
) -> None:
    if not members:
        return
    drawing.text(x + 5, y + 13, str(len(members)), tone=Tone.QUIET, size_px=11)
    for index, one in enumerate(sorted(members, key=lambda one: not one.is_certain)):
        place, row = index % per_row, index // per_row
        drawing.dot(
            x + 9 + place * _PITCH_PX,
            y + 22 + row * _PITCH_PX,
            _DOT_PX,
            _tone(after),
            is_hollow=not one.is_certain,
            title=f"{one.council}, began {one.began}: {before}, then {after}",
        )


GRADES = Picture(
    name="grades-before-and-after",
    title="Which grade had a council before an intervention, and which after?",
    shows="Interventions in children’s services by the overall grade before, and the grade after.",
    question="grades_before_and_after",
    key="A row is the grade before, a column the grade after; a dot is one intervention. Solid: "
    "its acts certainly belong together, and the report came before it. Hollow: one of the two is "
    "only possible.",
    caveat="A better grade after an intervention does not prove that it was the reason. Many "
    "began before the first inspections on this scale, so that no grade is held from before, and "
    "from April 2026 there is no overall grade.",
    chart=_chart,
)
