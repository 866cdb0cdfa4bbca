"""The contract of errors: problem details of one shape, whatever went wrong."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.routes.catalogue import bound
from data.settings import Settings
from ontology.errors import NoRelease, WrongParameter
from queries.catalogue import catalogue
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.in_process import client_of

KEYS = ["type", "title", "status", "detail", "instance", "value", "accepted"]
SELECT = "SELECT * { ?s ?p ?o } LIMIT 1"
FORM = "application/x-www-form-urlencoded"


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """Check that an answer is a problem of the one shape, and return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "etag" not in answer.headers and answer.headers["access-control-allow-origin"] == "*"
    body: dict[str, Any] = answer.json()
    assert [key for key in body if key != "limits"] == KEYS
    assert body["status"] == status and body["title"] and body["detail"]
    assert body["type"].startswith("/docs#") and isinstance(body["accepted"], list)
    return body


@pytest.mark.parametrize(
    ("address", "status", "value"),
    [
        ("/nothing", 404, "/nothing"),
        ("/councils/XYZ", 404, "XYZ"),
        ("/councils/norfulk%20nowhere", 404, "norfulk nowhere"),
        ("/councils/somerset", 404, "somerset"),
        ("/councils/E99999999", 404, "E99999999"),
        ("/councils/XYZ/events", 404, "XYZ"),
        ("/authorities/XYZW", 404, "XYZW"),
        ("/authorities/north%20east", 404, "north east"),
        ("/notices/NFK-1999-01", 404, "NFK-1999-01"),
        ("/section-114-reports/x", 404, "x"),
        ("/transfers/NFK-1999-01", 404, "NFK-1999-01"),
        ("/interventions/NFK-1999-01", 404, "NFK-1999-01"),
        ("/interventions/direction-NFK-1999-01", 404, "direction-NFK-1999-01"),
        ("/directions/NFK-1999-01", 404, "NFK-1999-01"),
        ("/directions/NFK-1999-01/requirements", 404, "NFK-1999-01"),
        ("/inspections/x", 404, "x"),
        ("/claims/0123456789abcdef", 404, "0123456789abcdef"),
        ("/people/nobody", 404, "nobody"),
        ("/id/council/XYZ", 404, "XYZ"),
        ("/id/kind/x", 404, "x"),
        ("/doc/office/nobody", 404, "office/nobody"),
        ("/scheme/grade/poor", 404, "grade/poor"),
        ("/graph/nothing", 404, "nothing"),
        ("/graph/nothing.ttl", 404, "nothing"),
        ("/queries/nothing", 404, None),
        ("/directions?colour=red", 400, "colour"),
        ("/health/live?colour=red", 400, "colour"),
        ("/councils/NFK?colour=red", 400, "colour"),
        ("/directions?council=XYZ", 400, "XYZ"),
        ("/directions?council=Norfuk%20nowhere", 400, "Norfuk nowhere"),
        ("/directions?council=Somerset", 400, "Somerset"),
        ("/directions?council=NFK&council=WOR", 400, "WOR"),
        ("/directions?in_force_on=2013-02-29", 400, "2013-02-29"),
        ("/directions?power=everything", 400, "everything"),
        ("/directions?power=council/NFK", 400, "council/NFK"),
        ("/directions?power=ukpga/1900/1", 400, "ukpga/1900/1"),
        ("/directions?power=ukpga/2004/31/section/50", 400, "ukpga/2004/31/section/50"),
        ("/directions?issued_by=nobody", 400, "nobody"),
        ("/directions?issued_by=nobody&in_force_on=2018-01-01", 400, "nobody"),
        ("/requirements?direction=NFK-1999-01", 400, "NFK-1999-01"),
        ("/claims?document=nothing", 400, "nothing"),
        ("/claims?about=direction/NFK-1999-01", 400, "direction/NFK-1999-01"),
        ("/queries/requirements_of_direction?direction=NFK-1999-01", 400, "NFK-1999-01"),
        ("/queries/directions_of_council?council=NFK&council=WOR", 400, "WOR"),
        ("/queries/directions_of_council?colour=red", 400, "colour"),
        ("/queries/directions_of_council.csv", 400, None),
        ("/judgements?grade=terrible", 400, "terrible"),
        ("/judgements?area=%3E%20x", 400, "> x"),
        ("/claims?about=%3E", 400, ">"),
        ("/claims?about=ukpga/%3E%20%7D", 400, "ukpga/> }"),
        ("/discrepancies?type=quarrel", 400, "quarrel"),
        ("/councils?region=atlantis", 400, "atlantis"),
        ("/councils/NFK/events?colour=red", 400, "colour"),
        ("/coverage?status=perhaps", 400, "perhaps"),
        ("/coverage?topic=weather", 400, "weather"),
        ("/interventions?regime=harsh", 400, "harsh"),
        ("/interventions?stage=first", 400, "first"),
        ("/interventions?under_way_on=yesterday", 400, "yesterday"),
        ("/under-intervention?on=2013-02-29", 400, "2013-02-29"),
        ("/under-intervention?regime=war", 400, "war"),
        ("/under-intervention?with=maybe", 400, "maybe"),
        ("/under-intervention?with=not-heard-of,maybe", 400, "maybe"),
        ("/directions?in_force_on=2018-01-01&with=ended", 400, "ended"),
        ("/notices?kind=fixed", 400, "fixed"),
        ("/section-114-reports?from=2018", 400, "2018"),
        ("/transfers?model=magic", 400, "magic"),
        ("/directions?limit=0", 400, "0"),
        ("/directions?limit=1001", 400, "1001"),
        ("/directions?limit=ten", 400, "ten"),
        ("/directions?cursor=!!", 400, "!!"),
        ("/directions?cursor=aHR0cDovL3g", 400, "aHR0cDovL3g"),
        ("/councils/NFK.csv", 406, ".csv"),
        ("/sparql?query=SELECT", 400, None),
        ("/sparql?query=SELECT%20*%20%7B%7D&format=pdf", 400, "pdf"),
    ],
)
def test_each_way_to_fail_gives_the_same_shape(
    client: TestClient, address: str, status: int, value: str | None
) -> None:
    """Status, wrong value and address are told; nothing else differs."""
    body = assert_problem(client.get(address), status)
    assert body["value"] == value
    assert body["instance"] == unquote(address.partition("?")[0])


def test_what_is_accepted_is_told(client: TestClient) -> None:
    """Unknown names and values come with the known ones."""
    accepted = client.get("/directions?colour=red").json()["accepted"]
    filters = ["council", "power", "issued_by", "from", "to", "in_force_on", "with", "as_of"]
    assert accepted == [*filters, "known_at", "limit", "cursor", "fields"]
    grades = client.get("/judgements?grade=terrible").json()["accepted"]
    assert {"outstanding", "inadequate"} <= set(grades)
    several = client.get("/directions?council=Somerset").json()
    assert several["accepted"] == ["SMT", "SOM"] and "Somerset County Council" in several["detail"]
    unknown = client.get("/directions?council=Norfuk nowhere").json()
    assert len(unknown["accepted"]) == 3 and "NFK" in unknown["accepted"]
    assert "Norfolk County Council (NFK)" in unknown["detail"]
    assert "sos-education" in client.get("/directions?issued_by=nobody").json()["accepted"]
    assert "nfk-press-2016" in client.get("/claims?document=nothing").json()["accepted"]
    powers = client.get("/directions?power=council/NFK").json()["accepted"]
    assert "ukpga/1996/56/section/497A/4B" in powers and "ukpga/2004/31/section/50" not in powers
    kinds = client.get("/notices?kind=fixed").json()["accepted"]
    assert kinds == ["best-value-notice", "improvement-notice"]
    statuses = client.get("/coverage?status=perhaps").json()["accepted"]
    assert {"covered-nothing-found", "not-covered"} <= set(statuses)
    told = client.get("/councils/norfolk nowhere").json()
    assert "NFK" in told["accepted"] and "/councils?q=" in told["detail"]
    assert {"all", "resolved"} <= set(client.get("/graph/nothing").json()["accepted"])
    needed = client.get("/queries/directions_of_council.csv").json()
    assert needed["accepted"] == ["council"] and "register code" in needed["detail"]


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("/directions?in_force_on=2013-02-29", ["YYYY-MM-DD"]),
        ("/under-intervention?with=maybe", ["not-heard-of", "claims"]),
        ("/financial-support?year=2024", ["20YY-YY"]),
        ("/claims?about=direction/NFK-1999-01", ["kind/name"]),
        ("/directions?council=NFK&council=WOR", ["council"]),
        ("/directions?limit=0", ["1-1000"]),
        ("/directions?cursor=!!", ["next"]),
        ("/queries/directions_of_council.csv", ["council"]),
        ("/councils/NFK.csv", [".json", ".html", ".ttl", ".nt", ".rdf", ".jsonld", ".atom"]),
    ],
)
def test_what_is_accepted_is_a_list_of_values_or_forms(
    client: TestClient, address: str, accepted: list[str]
) -> None:
    """A program can offer them; what they mean in words stands in `detail`."""
    assert client.get(address).json()["accepted"] == accepted


def test_kinds_of_acts_that_are_accepted_are_listed(client: TestClient) -> None:
    """Also where the values do not depend on the release."""
    body = client.get("/queries/acts_begun_between?from=2008-01-01&to=2008-12-31&kind=war").json()
    assert {"direction", "improvement-notice", "minded-to-letter"} <= set(body["accepted"])


@pytest.mark.parametrize(
    "address",
    [
        "/directions?power=ukpga/1996/56/section/497A/4B",
        "/directions?power=ukpga/1999/27/section/15/5&issued_by=sos-hclg",
        "/claims?document=nfk-press-2016",
        "/claims?about=council/NFK",
        "/claims?about=ukpga/1996/56/section/497A/4B",
        "/requirements?direction=WOR-2017-02",
    ],
)
def test_what_the_release_knows_can_be_asked_for(client: TestClient, address: str) -> None:
    """No value that answers themselves give is refused."""
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/", "/councils", "/councils/NFK", "/directions", "/health/live"])
def test_nothing_can_be_written(client: TestClient, path: str) -> None:
    """Only reading is possible, and the answer says by which methods."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, path)
        body = assert_problem(answer, 405)
        assert body["value"] == method
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.delete("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "path", ["/directions", "/councils/NFK", "/", "/queries", "/graph/resolved"]
)
def test_an_unknown_format_is_not_acceptable(client: TestClient, path: str) -> None:
    """An answer in another format than the wanted one would be a guess."""
    body = assert_problem(client.get(path, headers={"Accept": "image/png"}), 406)
    assert body["value"] == "image/png" and body["accepted"]
    assert_problem(client.get(path, headers={"Accept": "*/*;q=0"}), 406)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * {", "line 1, column 11: the query ends too early; expected"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "read-only"),
        ("DROP ALL", "read-only"),
        ("LOAD <http://example.org/>", "read-only"),
        ("", "not a SPARQL query"),
    ],
)
def test_a_refused_query_says_why(client: TestClient, query: str, words: str) -> None:
    """Bad syntax, SERVICE and updates are refused, by each way of asking."""
    posted = {"Content-Type": "application/sparql-query"}
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query, headers=posted),
    ):
        assert words in assert_problem(answer, 400)["detail"]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (SELECT, "text/plain", 415),
        (SELECT, "application/sparql-update", 415),
        (SELECT, "", 415),
        (SELECT.encode("utf-16"), "application/sparql-query", 400),
        (SELECT, "application/sparql-query; charset=utf-16", 415),
        ("update=DROP+ALL", FORM, 400),
        ("query=SELECT+*+%7B%7D&query=SELECT+*+%7B%7D", FORM, 400),
        ("format=json", FORM, 400),
    ],
)
def test_a_body_that_is_no_query_is_refused(
    client: TestClient, content: str | bytes, media_type: str, status: int
) -> None:
    """The protocol has two forms of a body, and both are UTF-8."""
    answer = client.post("/sparql", content=content, headers={"Content-Type": media_type})
    assert_problem(answer, status)


def test_limits_are_told_and_never_broken_silently(release: Path) -> None:
    """A query that is too long gives 413, an answer that is too large 503: never half an answer."""
    small = Settings(
        release=release, query_characters=100, answer_bytes=8_000_000, page_items_maximum=3
    )
    with client_of(small) as client:
        long = assert_problem(client.get("/sparql", params={"query": SELECT + " " * 100}), 413)
        assert "100 characters" in long["detail"]
        assert_problem(
            client.post("/sparql", content="query=" + "x" * 5000, headers={"Content-Type": FORM}),
            413,
        )
        large = assert_problem(
            client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}), 503
        )
        assert "larger than 8,000,000 bytes" in large["detail"]
        assert large["limits"]["answer_bytes"] == 8_000_000
        assert_problem(client.get("/directions?limit=4"), 400)


def test_a_service_without_a_release_does_not_start(tmp_path: Path) -> None:
    """It says how to make one."""
    with (
        pytest.raises(NoRelease, match="interventions build"),
        TestClient(create_app(Settings(release=tmp_path))),
    ):
        pass


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_fault_of_ours_is_a_problem_too(release: Path, method: str) -> None:
    """The visitor sees the one shape with the headers of every answer, and nothing from inside."""
    served = create_app(Settings(release=release))

    def fail() -> None:
        raise RuntimeError("words from inside")

    served.app.add_api_route("/fault", fail)
    with TestClient(served, raise_server_exceptions=False) as client:
        answer = client.request(method, "/fault")
        body = assert_problem(client.get("/fault"), 500)
        assert body["type"] == "/docs#internal" and body["instance"] == "/fault"
        assert (body["value"], body["accepted"]) == (None, [])
        assert answer.status_code == 500 and "words from inside" not in answer.text
        headers = answer.headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and "etag" not in headers
    with (
        TestClient(served) as client,
        pytest.raises(RuntimeError, match="words from inside"),
    ):
        client.get("/fault")


def test_what_a_question_needs_is_told_without_a_doubled_word() -> None:
    """Of every question of the catalogue, asked without what it needs."""
    needing = [query for query in catalogue().values() if query.missing({})]
    for query in not_empty(needing):
        with pytest.raises(WrongParameter) as refused:
            bound(query, {})
        told = str(refused.value)
        assert not re.search(r"\b([a-z]+) \1\b", told), told
        for parameter in not_empty(query.missing({})):
            assert f"{parameter.name}: {parameter.meaning}" in told


@pytest.mark.parametrize("value", ["foo", "ukpga/1900/1", "council/NFK"])
def test_a_power_that_is_none_is_told_with_those_there_are(client: TestClient, value: str) -> None:
    """Not with the kinds of things that have addresses here."""
    body = assert_problem(client.get(f"/directions?power={value}"), 400)
    assert "/scheme/power" in body["detail"] and "section-114-report" not in body["detail"]
    assert len(body["accepted"]) > 1 and all(
        one in client.get("/openapi.json").text for one in body["accepted"]
    )


def test_an_empty_question_is_told_as_a_missing_one(client: TestClient) -> None:
    """That one is needed; that none may be given would be no answer."""
    empty, missing = (assert_problem(client.get(f"/ask{q}"), 400) for q in ("?q=", ""))
    assert empty["detail"] == missing["detail"] and "q is needed" in empty["detail"]
