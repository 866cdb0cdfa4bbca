"""Look-ups are answered at the connection, as the workers would answer them."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import Served, start, wait_until
from tests.system.test_release_change import make_release

SUBJECT = "<https://w3id.org/council-interventions/id/council/NFK>"
LOOK_UPS = (
    f"SELECT ?property ?value {{ {SUBJECT} ?property ?value }}",
    f"SELECT ?name {{ {SUBJECT} <http://www.w3.org/2000/01/rdf-schema#label> ?name }}",
    f"SELECT ?thing {{ ?thing ?by {SUBJECT} }}",
    f"ASK {{ {SUBJECT} a <https://w3id.org/council-interventions/ns#Council> }}",
)
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""Takes longer than a query may, on any dataset of some hundred triples."""
FEW: dict[str, Any] = {"visitor_queries": 1, "visitor_queue": 1, "visitor_burst": 1}
ACCEPTS = "application/sparql-results+json", "text/csv", "text/html, text/csv;q=0.5", "image/png"
Seen = tuple[int, dict[str, str], bytes]


def asked(link: HTTPConnection, query: str, accept: str, encoding: str = "identity") -> Seen:
    """Return status, headers but for what each answer has of its own, and body."""
    headers = {"Accept": accept, "Accept-Encoding": encoding}
    link.request("GET", f"/sparql?query={quote(query)}", headers=headers)
    answer = link.getresponse()
    own = {"date", "x-request-id"}
    told = {name.lower(): value for name, value in answer.getheaders() if name.lower() not in own}
    return answer.status, told, answer.read()


@pytest.fixture(scope="module")
def pair(release: Path) -> Iterator[tuple[Served, Served]]:
    """Return a service that answers look-ups from its table, and one that has none."""
    with (
        start(release=release, **FEW) as quick,
        start(release=release, lookup_triples=1, **FEW) as plain,
    ):
        wait_until(lambda: looks_up(quick))
        yield quick, plain


def looks_up(served: Served, query: str = LOOK_UPS[0]) -> bool:
    """Return whether a look-up never asked before is answered while no worker is free."""
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=10)) as link, ExitStack() as busy:
        # The headers are known from then on.
        asked(link, f"{query} # {time.monotonic()}", ACCEPTS[0])
        for number in range(1 + sum(FEW.values())):
            busy.enter_context(closing(served.begin(f"{LONG} # {number}")))
        time.sleep(0.5)
        status, _, _ = asked(link, f"{query} # {time.monotonic()}", ACCEPTS[0])
    wait_until(lambda: served.ask(f"ASK {{}} # {time.monotonic()}").status == 200)
    return status == 200


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("accept", ACCEPTS)
def test_the_answer_is_the_same(pair: tuple[Served, Served], accept: str, encoding: str) -> None:
    """Status, headers and bytes are those of the full way, whatever the client reads."""
    quick, plain = (HTTPConnection("127.0.0.1", served.port, timeout=10) for served in pair)
    with closing(quick), closing(plain):
        for number in range(3):
            for query in not_empty(LOOK_UPS):
                text = f"{query} # {number}"
                found = asked(quick, text, accept, encoding)
                assert found == asked(plain, text, accept, encoding)
                if found[1].get("content-encoding") == "gzip":
                    assert gzip.decompress(found[2])


def test_without_a_table_the_workers_answer(pair: tuple[Served, Served]) -> None:
    """A graph that is larger than the setting allows has no table."""
    quick, plain = pair
    assert looks_up(quick)
    assert not looks_up(plain)


def test_a_look_up_goes_with_its_release(tmp_path: Path) -> None:
    """An answer after a change is the new release's, from the workers and from the new table."""
    query = "SELECT ?o { <http://example.org/s7> ?p ?o }"
    make_release(tmp_path, "one", 100, text=triples("one"))
    with start(release=tmp_path, **FEW) as served:
        wait_until(lambda: looks_up(served, query))
        make_release(tmp_path, "two", 100, text=triples("two"))
        with closing(HTTPConnection("127.0.0.1", served.port, timeout=10)) as link:

            def is_changed() -> bool:
                _, headers, body = asked(link, query, "text/csv")
                assert ("one" in headers["etag"]) is (b"one" in body)
                return b"two" in body

            wait_until(is_changed)
        wait_until(lambda: looks_up(served, query))


def triples(value: str) -> str:
    """Return the N-Quads of a made-up release."""
    lines = [f'<http://example.org/s{n}> <http://example.org/p> "{value}" .' for n in range(300)]
    return "\n".join(lines)
