"""A correction changes one cell of a published table, and is refused where it does not fit."""

from __future__ import annotations

import pytest

from data.decisions.corrections import corrected, corrections_from, read_corrections, repeated_rows
from data.tables.cells import Cells
from data.tables.metadata import TableMapping
from ontology.errors import UnreadableTable

HEADER = "source,key,column,value_in_file,value_used,reason\n"
BODIES = TableMapping(file="bodies.csv", key=("code",), columns={"code": "code", "name": "name"})
ROWS = [
    Cells(BODIES, 2, {"code": "NFK", "name": "Norfolk"}),
    Cells(BODIES, 3, {"code": "WOR", "name": "Worcester"}),
]


def test_correction_changes_one_cell() -> None:
    """The other cells and rows stay as they are."""
    known = corrections_from(f"{HEADER}bodies.csv,WOR,name,Worcester,Worcestershire,cut off\n")
    names = [cells.values["name"] for cells in corrected(ROWS, "bodies.csv", ("code",), known)]
    assert names == ["Norfolk", "Worcestershire"]
    others = [cells.values["name"] for cells in corrected(ROWS, "others.csv", ("code",), known)]
    assert others == ["Norfolk", "Worcester"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("bodies.csv,WOR,name,Worcestershire,Wyre,why", ["WOR", "'Worcester'", "line 3"]),
        ("bodies.csv,XXX,name,Wyre,,why", ["XXX", "no such row"]),
        ("bodies.csv,WOR,title,Worcester,,why", ["title", "no such column"]),
        ("bodies.csv,WOR,*,2,1,why", ["WOR", "stands there 1 times"]),
    ],
)
def test_correction_that_does_not_fit_its_file_is_refused(row: str, expected: list[str]) -> None:
    """The publisher may have mended the fault, or the file is another one."""
    known = corrections_from(f"{HEADER}{row}\n")
    with pytest.raises(UnreadableTable) as caught:
        list(corrected(ROWS, "bodies.csv", ("code",), known))
    assert [part for part in expected if part not in str(caught.value)] == []


def test_row_that_stands_twice_is_used_once() -> None:
    """The correction says how often; its key tells the reader of the file."""
    known = corrections_from(f"{HEADER}bodies.csv,WOR,*,2,1,the same row twice\n")
    assert repeated_rows("bodies.csv", known) == {("WOR",)}
    found = list(corrected([*ROWS, ROWS[1]], "bodies.csv", ("code",), known))
    assert [cells.values["code"] for cells in found] == ["NFK", "WOR"]


def test_correction_needs_a_reason() -> None:
    """A correction that nobody can explain is no correction."""
    with pytest.raises(UnreadableTable, match="column reason"):
        corrections_from(f"{HEADER}bodies.csv,WOR,name,Worcester,Worcestershire,\n")


def test_every_correction_changes_something() -> None:
    """A value is not corrected to itself."""
    idle = [
        correction
        for rows in read_corrections().values()
        for several in rows.values()
        for correction in several
        if correction.value_in_file == correction.value_used
    ]
    assert idle == []
