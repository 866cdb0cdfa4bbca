"""The tables of the lists: what their columns mean, whole and in pages, safe in a spreadsheet."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.http.responses import as_csv
from api.views.columns import columns_of
from api.views.lists import BY_PATH, RESOURCES
from tests.fixtures.guards import not_empty, replaced


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("path", BY_PATH)
def test_every_column_says_what_it_means(path: str) -> None:
    """No column is its own explanation, and none stands there twice."""
    columns = not_empty(columns_of(BY_PATH[path]))
    assert [column.name for column in columns] == list(BY_PATH[path].csv_columns)
    assert len({column.name for column in columns}) == len(columns)
    unexplained = [
        column.name for column in columns if column.meaning == column.name.replace("_", " ")
    ]
    assert [name for name in unexplained if name not in ("name", "title", "year")] == []


def test_the_columns_are_a_table_too(client: TestClient) -> None:
    """One row for each column of each list, with unit and type."""
    rows = rows_of(client.get("/columns.csv").text)
    assert len(rows) == sum(len(columns_of(resource)) for resource in RESOURCES)
    amount = next(row for row in rows if (row["list"], row["column"]) == ("pay", "amount_gbp"))
    assert (amount["unit"], amount["type"]) == ("pounds sterling", "decimal")
    assert amount["label"] == "Amount in pounds"
    assert client.get("/columns").headers["content-type"].startswith("application/json")


def test_a_table_links_to_its_description(client: TestClient) -> None:
    """As CSV on the Web has it: the names are those of the head, and dates are told from texts."""
    answer = client.get("/directions.csv")
    address = answer.headers["link"].partition("<")[2].partition(">")[0]
    described: dict[str, Any] = client.get(address).json()
    columns = described["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == answer.text.partition("\r\n")[0].split(",")
    types = {one["name"]: one["datatype"] for one in columns}
    assert (types["signed_on"], types["signed_earliest"], types["signed_precision"]) == (
        "date",
        "date",
        "string",
    )
    assert client.get("/columns/colours").status_code == 404


@pytest.mark.parametrize("path", ["directions", "judgements", "documents", "claims"])
def test_a_table_without_a_limit_is_the_whole_list(client: TestClient, path: str) -> None:
    """With a limit it has pages; from a cursor on it is the rest."""
    answer = client.get(f"/{path}.csv")
    found = [row["id"] for row in rows_of(answer.text)]
    assert len(found) == len(set(found)) == int(answer.headers["x-total-count"])
    assert 'rel="next"' not in answer.headers["link"]
    part = client.get(f"/{path}.csv?limit=2")
    following = part.headers["link"].partition("<")[2].partition(">")[0]
    rest = replaced(following, "limit=2&", "")
    assert [row["id"] for row in rows_of(client.get(rest).text)] == found[2:]


def test_a_long_table_is_made_while_it_is_sent(client: TestClient) -> None:
    """It has no length, and a tag that saves the second transfer."""
    answer = client.get("/claims.csv")
    assert "content-length" not in answer.headers
    again = client.get("/claims.csv", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/claims.csv").headers["etag"] == answer.headers["etag"]
    assert client.get("/claims.csv?limit=1").headers["etag"] != answer.headers["etag"]


def test_a_cell_is_no_formula() -> None:
    """What a spreadsheet could run has an apostrophe before it; numbers stay numbers."""
    cells = ["=1+1", "+44", "-x", "@a", "\tb", "\rc", "\uff1dd"]
    numbers = [Decimal("-12.50"), -3]
    text = as_csv([{"a": cell} for cell in [*cells, *numbers]], ["a"])
    found = [row["a"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert found == [*(f"'{cell}" for cell in cells), "-12.50", "-3"]
