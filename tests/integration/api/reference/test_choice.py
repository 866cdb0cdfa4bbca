"""What a request chooses of items: `fields`, and `with=claims`; and cursors over a new release."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from api.http.paging import cut
from api.views.lists import BY_PATH
from ontology.errors import WrongParameter
from queries.engine.interface import Row
from tests.fixtures.guards import not_empty

IDENTITY = {"id", "iri", "kind"}


def test_fields_choose_of_a_list(client: TestClient) -> None:
    """The identity of an item always stays, and the next page has the same choice."""
    body = client.get("/directions?fields=council,signed_on&limit=2").json()
    for page in (body, client.get(body["next"]).json()):
        for item in not_empty(page["items"]):
            assert set(item) == IDENTITY | {"council", "signed_on"}


def test_fields_choose_of_a_table(client: TestClient) -> None:
    """The columns of the keys, in the order of the whole table, whatever the order asked for."""
    text = client.get("/directions.csv?fields=signed_on,council").text
    head = next(csv.reader(io.StringIO(text)))
    assert head == ["id", "iri", "kind", "council", "council_label", "signed_on"]


def test_columns_of_the_table_can_be_named_too(client: TestClient) -> None:
    """Whoever has seen the table; a key has all of its columns, and a column is shown by itself."""
    text = client.get("/directions.csv?fields=council_label,signed_on,signed_words,powers").text
    head = next(csv.reader(io.StringIO(text)))
    assert head == ["id", "iri", "kind", "council_label", "signed_words", "signed_on", "powers"]
    body = client.get("/directions?fields=council_label,signed_words&limit=2").json()
    for item in not_empty(body["items"]):
        assert set(item) == IDENTITY | {"council", "signed"}


@pytest.mark.parametrize("path", BY_PATH)
def test_every_column_can_be_chosen_by_itself(client: TestClient, path: str) -> None:
    """Of every list; the column of a key of the same name has those beside it."""
    by_key = BY_PATH[path].columns_by_key
    for key, names in not_empty(by_key.items()):
        for name in not_empty(names):
            text = client.get(f"/{path}.csv?fields={name}&limit=1").text
            head = set(next(csv.reader(io.StringIO(text)))) - IDENTITY
            expected = {*by_key[name]} if name in by_key else {name}
            assert head == expected - IDENTITY, (key, name)


@pytest.mark.parametrize("address", ["/directions/WOR-2017-02", "/councils/NFK"])
def test_fields_choose_of_a_thing(client: TestClient, address: str) -> None:
    """What the answer says beside the thing stays."""
    key = "signed_on" if "directions" in address else "region"
    body = client.get(f"{address}?fields={key}").json()
    assert set(body) == IDENTITY | {key, "release", "coverage", "@context"}


@pytest.mark.parametrize("path", BY_PATH)
def test_without_a_choice_every_key_is_there(client: TestClient, path: str) -> None:
    """A key of which nothing is known is null, and not left out."""
    table = BY_PATH[path].describe.table
    keys = {field.key for field in table.fields if not field.rare} if table else {"about"}
    items = client.get(f"/{path}?limit=3").json()["items"]
    missing = {key for item in items for key in keys | IDENTITY if key not in item}
    assert missing == set()


def test_claims_come_with_a_list_and_with_a_thing(client: TestClient) -> None:
    """They are those that the list of claims about the thing has."""
    one = client.get("/directions/WOR-2017-02?with=claims").json()
    listed = client.get("/claims?about=direction/WOR-2017-02&limit=1000").json()
    assert {claim["id"] for claim in not_empty(one["claims"])} == {
        claim["id"] for claim in listed["items"]
    }
    several = client.get("/directions?council=WOR&with=claims").json()["items"]
    same = next(item for item in several if item["id"] == "WOR-2017-02")
    assert same["claims"] == one["claims"]
    text = client.get("/directions.csv?council=WOR&with=claims&fields=id").text
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["id"] == "WOR-2017-02")
    assert set(row["claims"].split("; ")) == {claim["id"] for claim in one["claims"]}


def test_both_words_can_be_given(client: TestClient) -> None:
    """`with` is a list: what was not heard of for long, and the claims."""
    address = "/interventions?under_way_on=2026-01-01&with=not-heard-of,claims"
    for item in not_empty(client.get(address).json()["items"]):
        assert "claims" in item and "certainty" in item


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/directions?fields=colour", "fields"),
        ("/directions?fields=id&fields=iri", "fields"),
        ("/directions?fields=" + "x" * 1_000, "fields"),
        ("/directions?with=colours", "with"),
        ("/pay?with=not-heard-of", "with"),
        ("/directions/WOR-2017-02?fields=colour", "fields"),
        ("/directions/WOR-2017-02?with=not-heard-of", "with"),
        ("/councils/NFK?colour=red", "colour"),
        ("/directions.csv?cursor=%21%21", "cursor"),
        ("/directions?cursor=zw", "cursor"),
    ],
)
def test_a_wrong_choice_is_named(client: TestClient, address: str, name: str) -> None:
    """The problem says what is accepted, and repeats little."""
    body = client.get(address).json()
    assert body["status"] == 400 and name in body["detail"] and body["accepted"]
    assert len(body["value"]) <= 200


def rows(*names: str) -> list[Row]:
    """Return made-up rows."""
    return [{"item": {"type": "uri", "value": name}} for name in names]


def test_a_cursor_is_right_over_a_new_release() -> None:
    """Items that are new stand where they belong; one that is gone is no reason to begin again."""
    page, cursor = cut(rows("a", "b", "c", "d"), 3, None)
    assert page == rows("a", "b", "c") and cursor is not None
    assert cut(rows("a", "b", "c", "c2", "d"), 3, cursor) == (rows("c2", "d"), None)
    assert cut(rows("0", "a", "b", "d", "e"), 3, cursor) == (rows("d", "e"), None)
    with pytest.raises(WrongParameter, match="cursor"):
        cut(rows("d", "e"), 3, cursor)
