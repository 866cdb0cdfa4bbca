"""What the rules found in the release, and what they find in data that is sent."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.hosting import checker
from data.settings import Settings
from ontology.namespaces import NS
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.servers.in_process import client_of

TURTLE = {"Content-Type": "text/turtle"}
WRONG = f"<urn:example:direction> a <{NS}Direction> ."


def test_the_findings_of_the_release_are_a_list(client: TestClient) -> None:
    """Page by page they are those of the report; a rule or a severity chooses."""
    body = client.get("/validation").json()
    assert body["total"] == len(not_empty(body["items"]))
    rules = {item["rule"] for item in body["items"]}
    chosen = client.get(f"/validation?rule={min(rules)}&severity=warning").json()
    assert {item["rule"] for item in not_empty(chosen["items"])} == {min(rules)}
    first = client.get("/validation?limit=1").json()
    second = client.get(first["next"]).json()
    assert [first["items"][0], second["items"][0]] == body["items"][:2]
    rows = list(csv.DictReader(io.StringIO(client.get("/validation.csv").text)))
    assert [row["id"] for row in rows] == [item["id"] for item in body["items"]]
    one = client.get(f"/validation/{body['items'][0]['id']}").json()
    assert one["message"] == body["items"][0]["message"]


def test_the_findings_are_a_report_of_shacl(client: TestClient) -> None:
    """As RDF a page is a report with the results of that page."""
    answer = client.get("/validation.ttl?limit=2")
    results = [
        quad
        for quad in ox.parse(answer.content, ox.RdfFormat.TURTLE)
        if quad.predicate.value == "http://www.w3.org/ns/shacl#result"
    ]
    assert len(results) == 2


@pytest.mark.parametrize("given", ["rule=99", "severity=error", "rule=", "cursor=x"])
def test_a_wrong_filter_of_findings_is_named(client: TestClient, given: str) -> None:
    """So is one without a value."""
    answer = client.get(f"/validation?{given}")
    assert answer.status_code == 400 and given.partition("=")[0] in answer.json()["detail"]


def test_a_finding_that_is_not_there_is_not_found(client: TestClient) -> None:
    """So is the report of what is no release."""
    assert client.get("/validation/0000000000000000").status_code == 404


def test_what_is_no_release_has_no_report(made_up: TestClient) -> None:
    """Whoever asks is told where data can be checked."""
    answer = made_up.get("/validation")
    assert answer.status_code == 404 and answer.json()["accepted"] == ["/validate"]


def test_data_that_breaks_a_rule_is_told(patient: TestClient) -> None:
    """The report says what is broken, on what; nothing of the answer is kept."""
    answer = patient.post("/validate", content=WRONG, headers=TURTLE)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert not body["conforms"] and body["violations"] == body["total"] - body["warnings"] > 0
    assert {item["about"] for item in not_empty(body["items"])} == {"urn:example:direction"}


def test_a_wrong_value_is_told_with_its_property(patient: TestClient) -> None:
    """Also where the rule is about one of several properties, or there is no such property."""
    data = f"""@prefix ci: <{NS}> . <urn:example:direction> a ci:Direction ;
        ci:signedOn "2018-02-30"^^<http://www.w3.org/2001/XMLSchema#date> ;
        ci:council <https://w3id.org/council-interventions/id/council/NFK> ."""
    items = patient.post("/validate", content=data, headers=TURTLE).json()["items"]
    told = {(item["rule"], item["path"], item["value"]) for item in items if item["path"]}
    assert ("S19", "signedOn", "2018-02-30") in told
    assert any(rule == "V02" and path.endswith("council") for rule, path, _ in told)


def test_a_form_of_a_page_is_answered_by_a_page(patient: TestClient) -> None:
    """The byte order mark that some editors write is no mistake, and another namespace is told."""
    data = f"\ufeff{replaced(WRONG, 'https://w3id.org', 'http://w3id.org')}"
    answer = patient.post(
        "/validate", data={"data": data, "format": "ttl"}, headers={"Accept": "text/html"}
    )
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "No rule is broken" in answer.text and "V01" in answer.text and "V02" in answer.text


@pytest.mark.parametrize(
    ("content", "media_type", "status", "told"),
    [
        (b"<a> <b>", "text/turtle", 400, "line 1"),
        (b"<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .", "text/turtle", 400, "triple term"),
        (b'<urn:a> <urn:b> "c"@en--ltr .', "text/turtle", 400, "direction of writing"),
        (b"x" * 1_000_001, "text/turtle", 413, "1,000,000"),
        (b"{}", "application/json", 415, "text/turtle"),
        (b"", "application/x-www-form-urlencoded", 400, "data"),
        (b"", "text/turtle", 400, "the body: it has 0 bytes"),
        (b" \n", "application/ld+json", 400, "the body: it has 2 bytes"),
        (b"data=x&format=csv", "application/x-www-form-urlencoded", 400, "format"),
        (WRONG.encode("utf-16"), "text/turtle; charset=utf-16", 415, "UTF-8"),
    ],
    ids=[
        "turtle",
        "annotation",
        "direction",
        "long",
        "json",
        "no-data",
        "empty",
        "blank",
        "format",
        "charset",
    ],
)
def test_what_cannot_be_checked_is_refused(
    patient: TestClient, content: bytes, media_type: str, status: int, told: str
) -> None:
    """The problem says what is wrong and what is accepted."""
    answer = patient.post("/validate", content=content, headers={"Content-Type": media_type})
    assert answer.status_code == status and told in answer.json()["detail"]


@pytest.fixture(scope="module")
def patient(release: Path) -> Iterator[TestClient]:
    """Return a client of a service that gives a check time on a busy machine."""
    with client_of(Settings(release=release, query_seconds=120)) as running:
        yield running


@pytest.fixture(scope="module")
def hurried(release: Path) -> Iterator[TestClient]:
    """Return a client of a service that gives a query one second."""
    settings = Settings(release=release, query_seconds=1)
    with client_of(settings) as running:
        yield running


def test_a_report_without_end_is_not_taken(patient: TestClient) -> None:
    """However short what is sent is: each finding repeats the address that it is about."""
    prefix = f"@prefix l: <urn:{'l' * 50_000}:> .\n"
    many = "".join(f"l:{number} a <{NS}Direction> .\n" for number in range(40))
    answer = patient.post("/validate", content=prefix + many, headers=TURTLE)
    assert (
        answer.status_code == 503 and "the report is longer than 8 MiB" in answer.json()["detail"]
    )


def test_a_check_without_end_is_ended(hurried: TestClient) -> None:
    """The answer tells the limits, which are those of a query."""
    many = "\n".join(replaced(WRONG, "direction>", f"{number}>") for number in range(12_000))
    answer = hurried.post("/validate", content=many, headers=TURTLE)
    assert answer.status_code == 503 and answer.json()["limits"]["query_seconds"] == 1
    assert "retry-after" not in answer.headers and "interventions validate" in answer.text


def test_a_slip_is_told_before_any_rule_is_loaded(
    hurried: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only reads the text needs none of them; here there are none to be loaded."""
    monkeypatch.setattr(checker, "_CHECKING", "api.hosting.no_process")
    answer = hurried.post("/validate", content=b"<urn:a> <urn:b>\n.", headers=TURTLE)
    assert answer.status_code == 400 and "line 2" in answer.json()["detail"]
    assert hurried.post("/validate", content=WRONG, headers=TURTLE).status_code == 502
