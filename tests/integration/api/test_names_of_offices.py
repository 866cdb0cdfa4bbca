"""An act stands under the name that its office bore on its day."""

import csv
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from data.tables.table import NameRow, read_table
from ontology.dates import bounds
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (
            "/directions/NTH-2018-01",
            "Secretary of State for Housing, Communities and Local Government",
        ),
        (
            "/directions/SAW-2022-01",
            "Secretary of State for Levelling Up, Housing and Communities",
        ),
        ("/directions/ROT-2015-01", "Secretary of State for Communities and Local Government"),
        ("/directions/WOR-2017-02", "Secretary of State for Education"),
    ],
)
def test_an_act_shows_the_name_of_its_day(england: TestClient, address: str, name: str) -> None:
    """The office is one through time; its name on the day stands beside it, on the page too."""
    act = read(england, address)
    assert act["issued_by_then"] == name
    assert act["issued_by"]["id"] in ("sos-hclg", "sos-education")
    assert name in england.get(address, headers={"Accept": "text/html"}).text


def test_lists_of_directions_name_the_office_as_it_was(england: TestClient) -> None:
    """Where the name is another today, the page has the one of the day, the data have both."""
    page = england.get("/directions.html?council=SAW").text
    (issued_by,) = {
        (row["issued_by"]["label"], row["issued_by_then"])
        for row in england.get("/directions.json?council=SAW").json()["items"]
        if row["signed_on"] == "2022-03-22"
    }
    today, then = issued_by
    assert then == "Secretary of State for Levelling Up, Housing and Communities" != today
    assert f'<td data-c="Issued by">{then}</td>' in re.sub(r"\s*\n\s*", "", page)


def possible_names(office: str, first: str, last: str) -> set[str]:
    """Return what an office may have been called between two days."""
    rows = read_table("organisations", "names.csv", NameRow)
    spans = [(bounds(row.in_use), row.name) for row in rows if row.bearer == f"office/{office}"]
    return {
        name
        for (begin, end), name in spans
        if (begin is None or begin.isoformat() <= last)
        and (end is None or end.isoformat() >= first)
    }


def test_a_name_is_given_where_one_alone_is_possible(england: TestClient) -> None:
    """An act of a year in which the name changed, or of no known day, has none."""
    named = 0
    for act in not_empty(read(england, "/directions?limit=1000")["items"]):
        time = act["signed"] or act["published"] or act["effective_from"]
        names: set[str] = set()
        if act["issued_by"] and time and time["earliest"] and time["latest"]:
            names = possible_names(act["issued_by"]["id"], time["earliest"], time["latest"])
        only = next(iter(names)) if len(names) == 1 else None
        assert act["issued_by_then"] == only, act["id"]
        named += only is not None
    assert named > 100


def test_collected_rows_name_the_office_alike(england: TestClient, published: Path) -> None:
    """What sources print of the appointing office is the name that the day gives."""
    text = (published / "collected" / "appointments.csv").read_text(encoding="utf-8")
    printed = {
        (row["register_code"], row["from"]): row["appointed_by"]
        for row in csv.DictReader(text.splitlines())
        if row["from_precision"] == "day" and row["appointed_by"].startswith("Secretary of State")
    }
    compared = 0
    for item in not_empty(read(england, "/appointments?limit=1000")["items"]):
        key = ((item["council"] or {}).get("id"), item["held_from"])
        if key in printed and item["appointed_by_then"]:
            compared += 1
            assert item["appointed_by_then"] == printed[key], item["id"]
    assert compared
