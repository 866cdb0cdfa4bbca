"""The Reconciliation API 0.2, whole: a column of names becomes a column of register codes."""

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty, replaced
from tests.integration.api.finding.reconciliation_schemas import (
    EXTENSION,
    MANIFEST,
    PROPOSALS,
    RESULTS,
    SUGGESTIONS,
    Schema,
)
from tests.integration.api.test_errors import assert_problem

FORM = "application/x-www-form-urlencoded"
NAMES = {
    "Norfolk County Council": "NFK",
    "St Helens": "SHN",
    "BCP": "BPC",
    "Kensington & Chelsea": "KEC",
    "Southend on Sea": "SOS",
    "Birmingam": "BIR",
    "E10000034": "WOR",
    "Northamptonshire, 2018": "NTH",
    "City of York": "YOR",
    "Hull": "KHL",
}


def checked(answer: Any, schema: Schema) -> Any:
    """Return the JSON of an answer, which keeps to a schema and may be read from everywhere."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["access-control-allow-origin"] == "*"
    Draft7Validator(schema).validate(answer.json())
    return answer.json()


def asked(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    """Return the candidates of one query."""
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    found: list[dict[str, Any]] = checked(answer, RESULTS)["q0"]["result"]
    return found


def noted(client: TestClient, **query: Any) -> list[str]:
    """Return what an answer says of the parts of a query that it could not use."""
    sent = {"queries": json.dumps({"q0": query})}
    told: list[str] = client.post("/reconcile", data=sent).json()["q0"].get("notes", [])
    return told


def matched(candidates: list[dict[str, Any]]) -> list[str]:
    """Return the identifiers of those that are surely meant."""
    return [one["id"] for one in candidates if one["match"]]


def day(value: Any, pid: str = "date") -> list[dict[str, Any]]:
    """Return the properties of a query with one property."""
    return [{"pid": pid, "v": value}]


def test_schemas_can_be_broken() -> None:
    """They would notice what is missing."""
    for schema in (MANIFEST, SUGGESTIONS, EXTENSION, PROPOSALS):
        with pytest.raises(ValidationError):
            Draft7Validator(schema).validate({})
    with pytest.raises(ValidationError):
        Draft7Validator(RESULTS).validate({"q0": {"result": [{"id": "NFK", "name": "Norfolk"}]}})


def test_the_manifest_names_addresses_that_answer(client: TestClient) -> None:
    """Each part of the interface is where the manifest says."""
    told = checked(client.get("/reconcile"), MANIFEST)
    assert told == client.get("/reconcile?other=1").json()
    places = [*told["suggest"].values(), told["extend"]["propose_properties"]]
    for place in places:
        address = place["service_url"] + place["service_path"]
        assert client.get(address, params={"prefix": "n"}).status_code == 200
    for template in (told["view"]["url"], told["preview"]["url"]):
        assert client.get(replaced(template, "{{id}}", "NFK")).status_code == 200
    assert told["identifierSpace"] == "https://w3id.org/council-interventions/id/council/"


@pytest.mark.parametrize("by_form", [True, False])
def test_a_batch_of_names_is_matched(client: TestClient, *, by_form: bool) -> None:
    """By GET and by a form, each under its own key."""
    queries = {f"q{place}": {"query": name} for place, name in enumerate(NAMES)}
    sent = {"queries": json.dumps(queries)}
    answer = (
        client.post("/reconcile", data=sent) if by_form else client.get("/reconcile", params=sent)
    )
    body = checked(answer, RESULTS)
    assert [matched(found["result"]) for found in body.values()] == [[c] for c in NAMES.values()]


def test_a_day_says_which_council_is_meant(client: TestClient) -> None:
    """As a text, a number, or with its time; after the end both successors are offered."""
    for value in ("2018", 2018, "2018-05-01", "2018-05-01T00:00:00Z", ["2018"], {"id": "2018"}):
        assert matched(asked(client, query="Northamptonshire", properties=day(value))) == ["NTH"]
    later = asked(client, query="Northamptonshire", properties=day("2022"))
    assert [one["id"] for one in later[:2]] == ["NNT", "WNT"] and not matched(later)
    assert matched(asked(client, query="Somerset", properties=day("2024"))) == ["SMT"]
    assert matched(asked(client, query="Somerset")) == []
    assert matched(asked(client, query="Northamptonshire", properties=day("last May"))) == []


def test_properties_decide_and_contradict(client: TestClient) -> None:
    """A number in the table chooses among namesakes; another one than the record's unsettles."""
    by_number = asked(client, query="Somerset", properties=day("E10000027", "gss_code"))
    assert matched(by_number) == ["SOM"] and by_number[0]["features"][-1]["value"] is True
    assert matched(asked(client, query="Norfolk", properties=day("E10000034", "gss_code"))) == []
    assert matched(asked(client, properties=day("80418", "ofsted_urn"))) == ["NFK"]
    assert matched(asked(client, query="Norfolk", properties=day("county", "type"))) == ["NFK"]
    assert matched(asked(client, query="Norfolk", properties=day("East of England", "region")))
    assert matched(asked(client, query="Norfolk", properties=day("x", "of_others"))) == ["NFK"]


def test_types_and_limits_bound_the_candidates(client: TestClient) -> None:
    """Of an unknown type there is nothing."""
    assert {one["type"][0]["id"] for one in asked(client, query="West Midlands")} >= {"authority"}
    councils = asked(client, query="West Midlands", type="council", type_strict="any")
    assert {one["type"][0]["id"] for one in councils} == {"council"} and not matched(councils)
    assert asked(client, query="Norfolk", type=["river"]) == []
    assert len(asked(client, query="Cheshire", limit=2)) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"query": "Norfolk", "properties": day("last May")}, ["date", "last May", "2018-05-01"]),
        ({"query": "Norfolk", "properties": day("x", "river")}, ["river", "gss_code"]),
        ({"query": "Norfolk", "properties": day("E10000034", "gss_code")}, ["Worcestershire"]),
        ({"query": "Norfolk", "properties": day("999", "dfe_number")}, ["dfe_number", "999"]),
        ({"properties": day("999", "dfe_number")}, ["no council has the number"]),
        ({"query": "Norfolk", "type": "river"}, ["type", "council, authority"]),
    ],
)
def test_what_cannot_be_used_is_noted(
    client: TestClient, query: dict[str, Any], words: list[str]
) -> None:
    """Beside the candidates: one bad cell must not lose the other names of a batch."""
    (note,) = noted(client, **query)
    assert all(word in note for word in not_empty(words))
    assert noted(client, query="Norfolk", properties=day("E10000020", "gss_code")) == []
    assert len(noted(client, query="Norfolk", properties=day("x" * 9_999))[0]) < 200


def test_the_council_of_a_number_is_offered(client: TestClient) -> None:
    """Beside the one that is named; neither is sure."""
    found = asked(client, query="Norfolk", properties=day("E10000034", "gss_code"))
    assert {one["id"] for one in found[:2]} == {"NFK", "WOR"} and not matched(found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("northants", ["NTH", "NNT", "WNT"]), ("Cumbria", ["CMA", "CBD", "WAF"])],
)
def test_a_council_that_ended_is_not_sure_without_a_day(
    client: TestClient, text: str, codes: list[str]
) -> None:
    """It stands before those that took over; a day, its number or its name with its kind decide."""
    found = asked(client, query=text)
    assert [one["id"] for one in found[:3]] == codes and not matched(found)
    whole = found[0]["name"]
    assert matched(asked(client, query=whole)) == codes[:1]
    assert matched(asked(client, query=codes[0])) == codes[:1]
    assert matched(asked(client, query=text, properties=day("2018"))) == codes[:1]


def test_a_form_without_a_question_is_refused(client: TestClient) -> None:
    """The description of the service is for whoever reads its address."""
    for sent in ({}, {"other": "1"}):
        answer = client.post("/reconcile", data=sent, headers={"Content-Type": FORM})
        assert "queries or extend" in assert_problem(answer, 400)["detail"]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/reconcile/suggest/entity?prefix=norf", "NFK"),
        ("/reconcile/suggest/entity?prefix=slo", "SLG"),
        ("/reconcile/suggest/entity?prefix=isle", "IOW"),
        ("/reconcile/suggest/entity?prefix=e10000020", "NFK"),
        ("/reconcile/suggest/property?prefix=dat", "date"),
        ("/reconcile/suggest/type?prefix=coun", "council"),
    ],
)
def test_suggestions_complete_what_is_typed(client: TestClient, path: str, first: str) -> None:
    """Things, properties and types; of what nobody has, none."""
    result = checked(client.get(path), SUGGESTIONS)["result"]
    assert first in [one["id"] for one in result]
    nothing = client.get(path.partition("=")[0] + "=qqqq")
    assert checked(nothing, SUGGESTIONS)["result"] == []


def test_a_table_is_extended(client: TestClient) -> None:
    """Texts, days and other councils, each in the form that the interface has for it."""
    proposed = checked(client.get("/reconcile/properties?type=council"), PROPOSALS)["properties"]
    names = [one["id"] for one in proposed]
    assert {"gss_code", "ended_on", "successors"} <= set(names)
    limited = checked(client.get("/reconcile/properties?type=council&limit=2"), PROPOSALS)
    assert [one["id"] for one in limited["properties"]] == names[:2]
    assert checked(client.get("/reconcile/properties?type=river"), PROPOSALS)["properties"] == []
    wanted = {"ids": ["NTH", "XXX"], "properties": [{"id": name} for name in names]}
    body = checked(client.post("/reconcile", data={"extend": json.dumps(wanted)}), EXTENSION)
    rows = body["rows"]
    assert [one["id"] for one in body["meta"]] == names
    assert rows["NTH"]["gss_code"] == [{"str": "E10000021"}]
    assert rows["NTH"]["ended_on"] == [{"date": "2021-04-01T00:00:00"}]
    assert [one["id"] for one in rows["NTH"]["successors"]] == ["NNT", "WNT"]
    assert set(rows["XXX"]) == set(names) and not any(rows["XXX"].values())


def test_a_preview_may_stand_in_a_frame(client: TestClient) -> None:
    """Of other programs; no other page may, and the one policy is that of the preview."""
    shown = client.get("/reconcile/preview?id=NTH")
    assert "Northamptonshire County Council" in shown.text and "2021-04-01" in shown.text
    policies = shown.headers.get_list("content-security-policy")
    assert len(policies) == 1 and "frame-ancestors *" in policies[0]
    other = client.get("/councils/NTH.html").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in other
    flyout = client.get("/reconcile/flyout/entity?id=NTH").json()
    assert flyout["id"] == "NTH" and "Northamptonshire" in flyout["html"]
    assert_problem(client.get("/reconcile/preview?id=XXX", headers={"Accept": "*/*"}), 404)


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"queries": "{"}, "queries"),
        ({"queries": "[]"}, "queries"),
        ({"queries": "[" * 5_000}, "queries"),
        ({"queries": '{"q0": "Norfolk"}'}, "queries.q0"),
        ({"queries": '{"q0": {}}'}, "queries.q0"),
        ({"queries": '{"q0": {"query": 5}}'}, "queries.q0.query"),
        ({"queries": '{"q0": {"query": "a", "limit": 0}}'}, "queries.q0.limit"),
        ({"queries": '{"q0": {"query": "a", "limit": 1e9}}'}, "queries.q0.limit"),
        ({"queries": '{"q0": {"query": "a", "type": 3}}'}, "queries.q0.type"),
        ({"queries": '{"q0": {"query": "a", "properties": {}}}'}, "queries.q0.properties"),
        ({"queries": '{"q0": {"query": "a", "properties": [1]}}'}, "queries.q0.properties"),
        ({"queries": json.dumps({f"q{n}": {"query": "a"} for n in range(501)})}, "queries"),
        ({"extend": '{"ids": "NFK"}'}, "extend.ids"),
        ({"extend": '{"ids": ["NFK"]}'}, "extend.properties"),
        ({"extend": '{"ids": ["NFK"], "properties": [{"id": "x"}]}'}, "extend.properties"),
    ],
)
def test_bad_queries_are_refused_with_their_place(
    client: TestClient, sent: dict[str, str], place: str
) -> None:
    """The message says which part of the JSON is wrong, and repeats little of it."""
    body = assert_problem(client.post("/reconcile", data=sent), 400)
    assert body["detail"].startswith(f"{place}: ") and body["accepted"]
    assert len(body["value"] or "") <= 200


def test_bodies_that_cannot_be_read_are_refused(client: TestClient) -> None:
    """Too large, of another type, not UTF-8; odd signs in a name are no fault."""
    headers = {"Content-Type": FORM}
    large = client.post("/reconcile", content=b"queries=" + b"x" * 2**20, headers=headers)
    assert_problem(large, 413)
    assert_problem(client.post("/reconcile", json={"queries": {}}), 415)
    assert_problem(client.post("/reconcile", content=b"queries=%FF", headers=headers), 400)
    assert asked(client, query="\x00") == [] and asked(client, query="x" * 100_000) == []
    assert_problem(client.get("/reconcile/suggest/entity?prefix=%00"), 400)
    assert_problem(client.get("/reconcile/properties?limit=0"), 400)
