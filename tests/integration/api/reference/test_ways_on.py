"""Whoever follows the addresses of linked data from one council reaches all that is said of it."""

from collections import Counter, deque
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty

START = "/councils/NFK"
MOST_OF_A_KIND = 40
"""Of things of one kind, which one route answers, no more are looked at; all named ones count."""
TURTLE = {"accept": "text/turtle"}
ABOUT_IT = """
PREFIX ci: <https://w3id.org/council-interventions/ns#>
SELECT DISTINCT ?claim ?document ?provision WHERE {
  GRAPH ?graph { ?claim a ci:Claim ; ci:about ?thing ; ci:source ?document }
  FILTER(REGEX(STR(?thing), "/id/[a-z-]+/NFK"))
  OPTIONAL { ?thing ci:madeUnder ?provision }
}"""


def path_of(address: str) -> str:
    """Return where an address of ours is answered, or nothing for an address of others."""
    return f"/{address.removeprefix(BASE).partition('#')[0]}" if address.startswith(BASE) else ""


def addresses(triples: Iterator[ox.Quad]) -> Iterator[str]:
    """Yield every address that some triples name."""
    for triple in triples:
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, ox.NamedNode):
                yield node.value


@pytest.fixture(scope="module")
def crawled(client: TestClient) -> tuple[dict[str, int], set[str]]:
    """Return the paths that are reached, each with its status, and every address that is named."""
    reached: dict[str, int] = {}
    named: set[str] = set()
    kinds: Counter[str] = Counter()
    waiting = deque([START])
    while waiting:
        path = waiting.popleft()
        kind = path.rpartition("/")[0]
        if path in reached or kinds[kind] == MOST_OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = client.get(path, headers=TURTLE, follow_redirects=True)
        reached[path] = answer.status_code
        if answer.status_code == 200:
            found = set(addresses(ox.parse(answer.content, ox.RdfFormat.TURTLE))) - named
            named |= found
            waiting.extend(path for one in sorted(found) if (path := path_of(one)))
    return reached, named


def test_every_address_of_ours_answers(crawled: tuple[dict[str, int], set[str]]) -> None:
    """No way leads nowhere."""
    reached, _ = crawled
    assert {path: status for path, status in reached.items() if status != 200} == {}
    assert len(reached) > 500


def test_every_claim_document_and_provision_is_reached(
    client: TestClient, crawled: tuple[dict[str, int], set[str]]
) -> None:
    """All that any source says of the council and of what belongs to it."""
    asked = {"query": ABOUT_IT}
    accept = {"accept": "application/sparql-results+json"}
    rows = client.get("/sparql", params=asked, headers=accept).json()["results"]["bindings"]
    wanted = {term["value"] for row in not_empty(rows) for term in row.values()}
    assert len(wanted) > 300
    _, named = crawled
    assert wanted - named == set()
