"""The columns of a table belong to its address: they do not vary with the rows that are found."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from api.views.lists import RESOURCES, Resource
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read, read_page

NOBODY = "ADU"
"""A district council of which no act, judgement or sum is known."""


def table(client: TestClient, address: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a CSV."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(answer.text))
    return header, rows


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)
def test_every_request_of_a_list_has_the_same_columns(
    england: TestClient, resource: Resource
) -> None:
    """One row, many rows and none; a row has a cell for each column."""
    columns = list(resource.csv_columns)
    assert len(set(columns)) == len(not_empty(columns))
    on_day = f"&{resource.day}=2024-10-08&with=not-heard-of" if resource.day else ""
    for query in ("limit=1", f"limit=60{on_day}"):
        header, rows = table(england, f"/{resource.path}.csv?{query}")
        assert header == columns
        assert {len(row) for row in not_empty(rows)} == {len(columns)}


@pytest.mark.parametrize(
    "address",
    [
        f"/directions.csv?council={NOBODY}",
        f"/pay.csv?council={NOBODY}",
        f"/financial-support.csv?council={NOBODY}",
        f"/inspections.csv?council={NOBODY}&form=short",
        "/financial-support.csv?known_at=2001-01-01",
        "/councils.csv?q=Atlantis",
    ],
)
def test_an_empty_list_has_its_columns(england: TestClient, address: str) -> None:
    """A program that reads it need not know that nothing is in it."""
    header, rows = table(england, address)
    path = address[1:].partition(".")[0]
    assert rows == [] and header == table(england, f"/{path}.csv?limit=1")[0]


def test_an_empty_answer_of_the_catalogue_has_its_header(england: TestClient) -> None:
    """As SPARQL's own CSV has it."""
    header, rows = table(england, f"/queries/directions_of_council.csv?council={NOBODY}")
    assert rows == []
    assert header == table(england, "/queries/directions_of_council.csv?council=NFK")[0]
    assert header == read(england, "/queries/directions_of_council")["columns"]


def test_other_tables_name_their_columns_too(england: TestClient) -> None:
    """Events, figures, the questions themselves, and the comparison with what ministers said."""
    events = f"/councils/{NOBODY}/events.csv"
    assert table(england, events)[0] == table(england, "/councils/NFK/events.csv")[0]
    for address in ("/queries.csv", "/coverage/figures.csv", "/coverage/parliament.csv"):
        header, rows = table(england, address)
        assert {len(row) for row in not_empty(rows)} == {len(header)}


def test_a_time_that_is_not_stated_takes_no_column_of_its_own(england: TestClient) -> None:
    """`signed` has its words, its bounds and its status, where it is stated and where it is not."""
    header, _ = table(england, "/directions.csv?limit=1000")
    assert "signed" not in header and {"signed_words", "signed_earliest"} <= set(header)


def test_money_is_written_with_the_digits_that_are_stated(england: TestClient) -> None:
    """Whole pounds have no point; pence are not rounded."""
    text = england.get("/pay?council=LIV&limit=1000").text
    assert '"amount_gbp": 1032.22' in text and '"amount_gbp": 700,' in text
    header, rows = table(england, "/pay.csv?council=LIV&limit=1000")
    amounts = {row[header.index("amount_gbp")] for row in rows}
    assert {"1032.22", "700"} <= amounts
    assert "1,032.22" in read_page(england, "/pay?council=LIV&limit=1000").text["td"]


def test_the_kind_of_pay_is_filtered_by_either_name(england: TestClient) -> None:
    """The name of the field will do; both at once are one filter too many."""
    both = [read(england, f"/pay?council=LIV&{name}=expenses") for name in ("paykind", "pay_kind")]
    assert not_empty(both[0]["items"]) == both[1]["items"] and both[0]["total"] < 28
    refused = england.get("/pay?paykind=expenses&pay_kind=invoiced")
    assert refused.status_code == 400 and refused.json()["accepted"] == ["paykind"]


def test_what_is_not_known_of_a_regime_has_every_field(england: TestClient) -> None:
    """An answer of none known is read like any other."""
    items = read(england, "/under-intervention?council=BIR&on=2024-10-08")["items"]
    assert {item["certainty"] for item in items} >= {"none-known"}
    assert len({frozenset(item) for item in not_empty(items)}) == 1
    assert {item["read_up_to"] for item in items} == {items[0]["read_up_to"]}


def test_what_was_read_is_told_of_the_authority_and_not_of_the_nation(
    england: TestClient,
) -> None:
    """Of a combined authority nobody has looked for everything; no council's reading stands in."""
    for address in ("/authorities/CPCA/events", "/pay?council=CPCA", "/notices?council=CPCA"):
        coverage = read(england, address)["coverage"]
        assert "Cambridgeshire and Peterborough" in coverage["statement"]
        assert coverage["topics"] == [] and coverage["details"] == "/coverage?council=CPCA"


@pytest.mark.parametrize("notice", ["CPCA-2023-01", "TAM-2022-02"])
def test_an_act_that_a_later_one_replaced_has_ended_with_it(
    england: TestClient, notice: str
) -> None:
    """No source need say so of the act itself."""
    found = read(england, f"/notices/{notice}")
    (later,) = found["replaced_by"]
    assert found["ended"]["words"] == read(england, f"/notices/{later['id']}")["signed"]["words"]


def test_a_person_has_what_was_paid(england: TestClient) -> None:
    """Pay is told of the person whom it went to, with the kind of its source."""
    pay = read(england, "/people/deborah-mclaughlin")["pay"]
    assert {one["pay_kind"] for one in not_empty(pay)} >= {"daily-rate", "invoiced"}
    assert all(one["sources"] and one["source_kinds"] and one["tiers"] for one in pay)
