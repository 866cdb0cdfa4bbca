"""Grades by area and inspection, the areas of several frameworks in the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.days import time_words
from api.views.serialisers import Json

_FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Overall", ("sif-overall", "ilacs-overall", "cp-overall")),
    ("Help and protection", ("sif-1", "ilacs-help", "cp-help", "slas-safeguarding")),
    (
        "Children in care",
        (
            *("sif-2", "ilacs-in-care", "ilacs-in-care-and-care-leavers"),
            *("lac-overall", "slas-looked-after"),
        ),
    ),
    ("Care leavers", ("sif-2.2", "ilacs-care-leavers")),
    ("Adoption", ("sif-2.1", "adoption-overall")),
    ("Leadership", ("sif-3", "ilacs-leaders", "cp-leadership", "lac-leadership")),
)
"""The rows of the table, and the areas of each framework that stand in them."""
_FAMILY_OF: Mapping[str, str] = {area: family for family, areas in _FAMILIES for area in areas}
_ORDER = "outstanding", "good", "requires-improvement", "adequate", "inadequate"
_OTHER = "Other areas"
_OVERALL = "Overall"


@dataclass(frozen=True)
class Cell:
    """What one inspection said of one area: a grade, why there is none, or nothing."""

    grade: str = ""
    not_judged: str = ""
    area: str = ""


_NOTHING = Cell()


@dataclass(frozen=True)
class Heading:
    """An inspection at the head of its column."""

    identifier: str
    when: str
    name: str


@dataclass(frozen=True)
class GradeTable:
    """Grades of a council: a column for each inspection, the newest first; a row for each area.

    In: `rows` are of the areas that frameworks have in common, `others` of all further ones; where
    there is none in common, all are in `rows`.
    """

    headings: Sequence[Heading]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    others: Sequence[tuple[str, Sequence[Cell]]] = ()

    @property
    def used(self) -> Sequence[str]:
        """The grades that stand in it, the best first."""
        there = {cell.grade for _, cells in (*self.rows, *self.others) for cell in cells}
        return [grade for grade in _ORDER if grade in there]


def family_of(judgement: Mapping[str, Json]) -> str:
    """Return the row in which the judgement of an area stands."""
    return _FAMILY_OF.get(judgement["area"] or "", _OTHER)


def overall_judgement(inspection: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Return the judgement of the whole, or else that of the first area that has a grade."""
    graded = [one for one in inspection["judgements"] if one["grade"]]
    return next((one for one in graded if family_of(one) == _OVERALL), next(iter(graded), None))


def grade_table(inspections: Sequence[Mapping[str, Json]]) -> GradeTable | None:
    """Return the table of grades; none where no inspection has any.

    In: the inspections of a council, the newest first.
    """
    graded = [one for one in inspections if one["judgements"] or one["areas_not_judged"]]
    headings = [Heading(one["id"], _when(one), one["framework_label"] or "") for one in graded]
    cells: dict[str, list[Cell]] = {}
    for column, inspection in enumerate(graded):
        for judgement in [*inspection["judgements"], *inspection["areas_not_judged"]]:
            name = family_of(judgement)
            taken = name in cells and cells[name][column] != _NOTHING
            if name == _OTHER or taken:
                name = judgement["area_label"] or judgement["area"]
            cells.setdefault(name, [_NOTHING] * len(graded))[column] = _cell(judgement)
    names = [family for family, _ in _FAMILIES if family in cells]
    further = [name for name in cells if name not in names]
    if not names:
        names, further = further, []
    rows, others = ([(name, cells[name]) for name in several] for several in (names, further))
    return GradeTable(headings, rows, others) if rows else None


def _when(inspection: Mapping[str, Json]) -> str:
    times = (inspection[key] for key in ("report_published", "letter_dated", "on_site"))
    return next((words for time in times if (words := time_words(time))), "day not stated")


def _cell(judgement: Mapping[str, Json]) -> Cell:
    area = judgement["area_label"] or judgement["area"]
    return Cell(judgement["grade"] or "", judgement["not_judged"] or "", area)
