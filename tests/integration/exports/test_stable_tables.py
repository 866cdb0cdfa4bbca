"""The tables that people have built on: what was there is there, or it is told where it is now."""

import csv
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from queries.tables.cells import all_file_columns
from queries.tables.declaration import tables
from queries.tables.former import former_tables
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.integration.exports.test_exports import rows_of

KNOWN = ROOT / "tests" / "fixtures" / "columns_of_tables.csv"
"""The tables and columns that releases have had. Whoever adds one, adds it here; none goes."""
COLUMNS = {
    name: [column.name for column in columns]
    for name, columns in all_file_columns(tables()).items()
}
MOST_TABLES = 14


def known_columns() -> dict[str, list[str]]:
    """Return the columns of each table that releases have had."""
    with KNOWN.open(encoding="utf-8", newline="") as file:
        return {row["table"]: row["columns"].split() for row in csv.DictReader(file)}


def test_columns_come_last_and_none_goes() -> None:
    """A program that reads a table by its columns reads that of the next release."""
    known = known_columns()
    there = {name: columns for name, columns in known.items() if name in COLUMNS}
    assert set(there) == set(COLUMNS)
    for name, columns in not_empty(there.items()):
        assert COLUMNS[name] == columns, name
    assert len(tables()) <= MOST_TABLES


@pytest.mark.parametrize("name", sorted(set(known_columns()) - set(COLUMNS)))
def test_a_table_that_went_is_told(name: str, exports: Path) -> None:
    """Each of its columns is in the table that has its rows, which are there."""
    former = former_tables()[name]
    known = known_columns()[name]
    assert [column for column in former.columns if column not in known] == []
    now = {former.columns.get(column, column) for column in known}
    for old, new in former.columns.items():
        now = {re.sub(f"^{old}_", f"{new}_", column) for column in now}
    assert now - set(COLUMNS[former.now]) == set()
    assert former.kind in next(one.classes for one in tables() if one.name == former.now)
    assert f"- `{name}`: {former.told}." in (exports / "TABLES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(former_tables()))
@pytest.mark.parametrize("lead", ["/exports/", "/dataset/{release}/"])
def test_whoever_asks_for_it_is_led_on(
    name: str, lead: str, client: TestClient, copied: Path
) -> None:
    """By 410 with the file that has its rows, whichever form is asked for."""
    path = f"{lead.format(release=copied.name)}tables/{name}.parquet"
    answer = client.get(path, headers={"accept": "application/json"})
    former = former_tables()[name]
    assert (answer.status_code, answer.json()["value"]) == (410, f"tables/{name}.parquet")
    assert former.told in answer.json()["detail"]
    (now,) = answer.json()["accepted"]
    assert client.get(now).status_code == 200 and f"/{former.now}." in now


@pytest.mark.parametrize(
    ("table", "column"), [("periods", "council"), ("periods", "regime"), ("acts", "council")]
)
def test_a_cell_is_filled_whatever_property_states_it(
    table: str, column: str, exports: Path
) -> None:
    """Rows of each kind have it, by a property of their own."""
    for row in not_empty(rows_of(exports, table)):
        assert row[column] and row[f"{column}_label"], row["iri"]
