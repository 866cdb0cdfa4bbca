"""Formats and delivery: negotiation, suffixes, ETags, HEAD, and the headers of every answer."""

import json

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.http.negotiation import LIST, RDF, THING, negotiate
from tests.fixtures.guards import not_empty

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "json"),
        ("*/*", "json"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.5, application/rdf+xml", "rdf"),
        ("application/*;q=0.2, text/turtle;q=0.1", "json"),
        ("application/json;q=0, */*", "html"),
        ("TEXT/TURTLE", "ttl"),
        ("nonsense, application/ld+json", "jsonld"),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, suffix: str) -> None:
    """Quality decides, then the most specific range, then our order."""
    assert negotiate(accept, THING) == suffix


@pytest.mark.parametrize("suffix", LIST)
@pytest.mark.parametrize(
    "path", ["/directions", "/councils/NFK", "/claims", "/doc/office/sos-education"]
)
def test_each_media_type_by_header_and_by_suffix(
    client: TestClient, path: str, suffix: str
) -> None:
    """Both ways give the same bytes."""
    by_suffix = client.get(f"{path}.{suffix}")
    by_header = client.get(path, headers={"Accept": LIST[suffix]})
    if suffix == "csv" and path not in ("/directions", "/claims"):
        assert by_suffix.status_code == by_header.status_code == 406
        return
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.headers["content-type"].partition(";")[0] == LIST[suffix]
    assert by_header.headers["vary"] == "Accept-Encoding, Accept"
    if suffix not in ("html", "json"):
        assert by_suffix.content == by_header.content


@pytest.mark.parametrize(
    "path", ["/directions", "/councils/NFK", "/claims?limit=5", "/graph/resolved"]
)
def test_every_rdf_format_holds_the_same_triples(client: TestClient, path: str) -> None:
    """Only the writing differs."""
    graphs = []
    for suffix, media_type in RDF.items():
        answer = client.get(path, headers={"Accept": media_type})
        graphs.append({quad.triple for quad in ox.parse(answer.content, PARSERS[suffix])})
    assert graphs[0] and all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize("name", ["resolved", "source/nfk-press-2016", "all"])
def test_a_graph_has_a_suffix_too(client: TestClient, name: str) -> None:
    """Both ways give the same bytes, for every graph and for all of them together."""
    for suffix, media_type in not_empty(RDF.items()):
        by_suffix = client.get(f"/graph/{name}.{suffix}")
        by_header = client.get(f"/graph/{name}", headers={"Accept": media_type})
        assert by_suffix.status_code == 200
        assert by_suffix.headers["content-type"].partition(";")[0] == media_type
        assert by_suffix.content == by_header.content
    assert client.get(f"/graph/{name}.csv").status_code == 406


def test_json_ld_needs_no_remote_context(client: TestClient) -> None:
    """Whoever reads it need not fetch anything."""
    body = json.loads(client.get("/directions.jsonld").text)
    contexts = [
        part["@context"]
        for part in (body if isinstance(body, list) else [body])
        if "@context" in part
    ]
    assert not any(isinstance(context, str) for context in contexts)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/councils",
        "/councils/NFK.html",
        "/directions.ttl",
        "/openapi.json",
        "/static/style.css",
    ],
)
def test_a_strong_etag_saves_the_second_transfer(client: TestClient, path: str) -> None:
    """The tag names the release; with it the same request gives 304 and no body."""
    first = client.get(path)
    etag, release = first.headers["etag"], client.get("/health/ready").json()["release"]
    assert etag.startswith(f'"{release}-')
    for given in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        second = client.get(path, headers={"If-None-Match": given})
        assert (second.status_code, second.content) == (304, b"")
        assert second.headers["etag"] == etag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_formats_have_different_etags(client: TestClient) -> None:
    """A strong tag is of one representation."""
    tags = {client.get(f"/directions.{suffix}").headers["etag"] for suffix in LIST}
    assert len(tags) == len(LIST)


@pytest.mark.parametrize("path", ["/", "/directions", "/councils/NFK", "/sparql", "/health/live"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    """The same status and headers, nothing else."""
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    "path", ["/", "/directions.csv", "/sparql", "/nothing", "/static/style.css"]
)
def test_every_answer_has_the_safe_headers(client: TestClient, path: str) -> None:
    """No script, nothing from elsewhere, no guessing of types; readable from any site."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script" not in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"


def test_another_site_may_ask_first(client: TestClient) -> None:
    """A browser's preflight request is answered."""
    answer = client.options("/sparql", headers={"Origin": "http://example.org"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_health(client: TestClient) -> None:
    """Alive and ready, never from a cache."""
    assert client.get("/health/live").json() == {"status": "alive"}
    ready = client.get("/health/ready")
    assert ready.json()["status"] == "ready" and ready.json()["built_at"]
    assert ready.headers["cache-control"] == "no-store" and "etag" not in ready.headers
