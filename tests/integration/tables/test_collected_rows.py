"""Every row of the files of collected facts became rows of ours, or a reason says why none."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from data.tables.collected_rows import (
    ReadingRow,
    collected_files,
    collected_rows,
    read_readings,
    row_name,
    table_files,
)
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty


def _keys(table: str) -> dict[str, dict[str, str]]:
    """Return the rows of one of our tables by the first cell."""
    folder = files("data").joinpath("tables", table)
    rows: dict[str, dict[str, str]] = {}
    for name in table_files(table):
        for row in csv.DictReader(folder.joinpath(name).read_text(encoding="utf-8").splitlines()):
            rows[next(iter(row.values()))] = row
    return rows


@pytest.mark.parametrize("file", collected_files())
def test_every_collected_row_is_accounted_for(file: str, published: Path) -> None:
    """No row is lost, and none is spoken of that is not there."""
    text = (published / "collected" / file).read_text(encoding="utf-8")
    rows, read = collected_rows(text, file), {reading.row for reading in read_readings(file)}
    unread = [name for name in rows if name not in read]
    gone = sorted(read - rows.keys())
    assert not unread, f"{len(unread)} of {len(rows)} rows unread, such as {rows[unread[0]]}"
    assert not gone, f"{len(gone)} rows are not in the file, such as {gone[0]}"


@pytest.mark.parametrize("file", collected_files())
def test_what_a_row_became_is_there_and_of_its_council(file: str, published: Path) -> None:
    """A row of ours that a collected row became exists, and speaks of the same council."""
    text = (published / "collected" / file).read_text(encoding="utf-8")
    rows = collected_rows(text, file)
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for reading in not_empty(read_readings(file)):
        if not reading.became:
            continue
        table, _, key = reading.became.partition("/")
        ours = tables.setdefault(table, _keys(table))
        assert key in ours, f"{file}, row {reading.row}: no {reading.became}"
        code = rows[reading.row].get("register_code")
        council = ours[key].get("council")
        if code and council and not reading.reason:
            assert council == code, f"{file}, row {reading.row}: {reading.became} is of {council}"


def test_a_row_without_outcome_needs_a_reason() -> None:
    """Nothing is left aside in silence."""
    with pytest.raises(ValueError, match="needs a reason"):
        ReadingRow(row="0123456789abcdef", became="", reason="")


def test_a_changed_row_is_another_row() -> None:
    """Whoever changes a cell must have the row read again."""
    assert row_name({"a": "1", "b": "2"}) != row_name({"a": "1", "b": "3"})


def test_a_new_column_is_refused() -> None:
    """A column that nobody has looked at is not passed over."""
    with pytest.raises(UnreadableTable, match="the column colour is neither read nor ignored"):
        collected_rows("colour\nred\n", "sightings.csv")
