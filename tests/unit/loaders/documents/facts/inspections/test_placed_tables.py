"""A table of a PDF is read twice: where the readings differ, none of its grades is certain."""

from __future__ import annotations

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.facts.inspections.placed_tables import placed_tables
from loaders.documents.files.fixed_text import text_of
from loaders.documents.find.frameworks import AREAS
from tests.fixtures.documents.small_documents import placed_pdf
from tests.fixtures.documents.small_reports import AREAS as LABELS
from tests.fixtures.guards import not_empty

Words = list[tuple[int, int, str]]

COVER: Words = [
    (70, 780, "Inspection of Kirklees Council local authority"),
    (70, 766, "children's services"),
    (70, 750, "Inspection dates: 5 to 16 June 2023"),
    (70, 736, "Lead inspector: Robin Example, His Majesty's Inspector"),
    (70, 700, "Judgement"),
    (330, 700, "Grade"),
]
PROSE: Words = [(70, 480, "The workers know the families that they help, and it is a good place.")]
GRADES = ("good", "outstanding", "inadequate", "good", "inadequate")
AREA_NAMES = ("leadership", "help", "looked-after", "care-leavers", "overall")
RIGHT = dict(zip(AREA_NAMES, GRADES, strict=True))


def labels(broken: bool = False) -> Words:
    """Return the areas in their column, each on one line or on two."""
    placed: Words = []
    for number, label in enumerate(LABELS):
        y, words = 670 - 34 * number, label.split()
        half = len(words) // 2 if broken and len(words) > 3 else len(words)
        placed.append((70, y, " ".join(words[:half])))
        placed += [(70, y - 12, " ".join(words[half:]))] if half < len(words) else []
    return placed


def grades(lower: int = 0) -> Words:
    """Return the grades in their column, so much lower than the first lines of their areas."""
    return [(330, 670 - 34 * at - lower, grade.capitalize()) for at, grade in enumerate(GRADES)]


def rows(left: Words, right: Words) -> Words:
    """Return areas and grades in turns, as most programs write them."""
    return sorted([*left, *right], key=lambda word: (-word[1], word[0]))


LAYOUTS: dict[str, Words] = {
    "row by row": rows(labels(), grades()),
    "areas on two lines": rows(labels(True), grades()),
    "grades between two lines": rows(labels(True), grades(6)),
    "areas first, then grades": [*labels(), *grades()],
    "areas first, then grades from below": [*labels(), *reversed(grades())],
    "grades first": [*grades(), *labels(True)],
    "a grade on two lines": [
        *rows(labels(), grades()[:-1]),
        (330, 670 - 34 * 4, "Requires improvement"),
        (330, 670 - 34 * 4 - 12, "to be good"),
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_grade_belongs_to_the_area_beside_it(layout: str) -> None:
    """Whatever the order of the words in the file, and however their cells are broken."""
    document = text_of(placed_pdf([*COVER, *LAYOUTS[layout], *PROSE]), "a.pdf")
    (table,) = placed_tables(document.placed, AREAS["ilacs-2023"])
    last = "requires-improvement" if layout == "a grade on two lines" else "inadequate"
    assert table == RIGHT | {"overall": last}


def certain(words: Words) -> dict[str, bool]:
    """Return for each grade of a PDF, as area and grade, whether it is certain."""
    found = extract_text(text_of(placed_pdf([*COVER, *words, *PROSE]), "a.pdf")).record
    return {
        f"{judged.area} {said.value}": said.modality is None
        for judged in not_empty(found.inspections[-1].judgements)
        for said in judged.grade
    }


def test_where_the_readings_agree_the_grades_are_certain() -> None:
    """A table that is written row by row is read alike in both ways."""
    assert set(certain(LAYOUTS["areas on two lines"]).values()) == {True}


def test_where_the_readings_differ_nothing_is_certain() -> None:
    """Grades that are written from below fall to other areas in running text."""
    words = LAYOUTS["areas first, then grades from below"]
    assert set(certain(words).values()) == {False}
    record = extract_text(text_of(placed_pdf([*COVER, *words, *PROSE]), "a.pdf")).record
    listed = [left.reason for left in record.left_out if "on the page" in left.reason]
    assert any("ilacs-help" in reason for reason in not_empty(listed))


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_fewer_than_three_rows_are_no_table(kept: int) -> None:
    """A grade by chance at the end of a line makes no second reading."""
    words = [*COVER, *labels(), *grades()[:kept], *PROSE, *PROSE]
    assert (
        list(placed_tables(text_of(placed_pdf(words), "a.pdf").placed, AREAS["ilacs-2023"])) == []
    )
