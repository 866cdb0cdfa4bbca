"""Formats and delivery: negotiation, suffixes, ETags, HEAD, and the headers of every answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from typing import Any
from unittest.mock import AsyncMock

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from api.http.cache import CACHED, CachedResponse
from api.http.delivery import Makers
from api.http.negotiation import LIST, RDF, THING, negotiate
from api.http.representation import Representation
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


def test_what_a_connection_keeps_is_kept_for_a_day(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page may say what is so today, and tomorrow that is another day."""
    scope: dict[str, Any] = {
        **{"type": "http", "method": "GET", "scheme": "http", "http_version": "1.1"},
        **{"path": "/councils/NFK", "query_string": b"", "headers": [(b"host", b"testserver")]},
    }
    asked = partial(client.app, scope, AsyncMock(), AsyncMock())
    assert client.portal is not None
    client.portal.call(asked)
    kept: CachedResponse = scope[CACHED]
    assert kept.status == 200 and kept.is_current()
    monkeypatch.setattr("api.http.middleware.today", lambda: date(2100, 1, 1))
    assert not kept.is_current()


def test_a_client_that_does_not_take_the_end_is_not_waited_for() -> None:
    """Else two of them would keep all others from whole tables for as long as they like."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"id\r\n"

    async def taken_but_for_the_end(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await asyncio.Event().wait()

    async def fault() -> BaseException | None:
        table = Representation(200, [], b"", pieces=pieces)
        sent = Makers().send({"method": "GET"}, table, None, taken_but_for_the_end, 0.05)
        sending = asyncio.ensure_future(sent)
        done, _ = await asyncio.wait([sending], timeout=5)
        return sending.exception() if done else None

    assert isinstance(asyncio.run(fault()), TimeoutError)


class Reader:
    """A client that takes the head and a piece of a table, and nothing more unless it reads on."""

    def __init__(self, makers: Makers, *, reads_on: bool = False) -> None:
        self._reads_on = reads_on
        self.taken = 0
        table = Representation(200, [], b"", pieces=self._pieces)
        sent = makers.send({"method": "GET"}, table, None, self._take, within_s=60)
        self.sending = asyncio.ensure_future(sent)

    async def _pieces(self) -> AsyncIterator[bytes]:
        for number in range(4):
            yield b"%d\r\n" % number

    async def _take(self, message: Message) -> None:
        if message.get("body"):
            self.taken += 1
            if self.taken > 1 and not self._reads_on:
                await asyncio.Event().wait()


def test_who_does_not_read_keeps_nobody_from_whole_tables() -> None:
    """Whoever waits for a reader makes nothing, and so takes no turn from those who read."""

    async def taken() -> list[int]:
        makers = Makers()
        idle = [Reader(makers) for _ in range(5)]
        while any(one.taken < 2 for one in idle):
            await asyncio.sleep(0)
        assert not makers.are_busy
        others = [Reader(makers, reads_on=True) for _ in range(5)]
        await asyncio.wait([one.sending for one in others], timeout=10)
        for one in idle:
            one.sending.cancel()
        return [one.taken for one in others if one.sending.done()]

    assert asyncio.run(taken()) == [4] * 5


def test_where_no_place_is_left_the_idlest_reader_goes() -> None:
    """The next one has its place, once it has taken nothing for some time; not before."""

    async def ends(patience_s: float) -> list[bool]:
        makers = Makers(places=2, patience_s=patience_s)
        idle = []
        for _ in range(2):
            idle.append(Reader(makers))
            while idle[-1].taken < 2:
                await asyncio.sleep(0)
        if makers.are_busy:
            return []
        reading = Reader(makers, reads_on=True)
        await asyncio.wait([reading.sending, idle[0].sending], timeout=10)
        assert isinstance(idle[0].sending.exception(), TimeoutError)
        idle[1].sending.cancel()
        return [one.sending.done() for one in (reading, *idle)]

    assert asyncio.run(ends(patience_s=0)) == [True, True, False]
    assert asyncio.run(ends(patience_s=60)) == []


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
