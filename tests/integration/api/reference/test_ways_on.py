"""Whoever follows the addresses of linked data from one council reaches all that is said of it."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty

START = "/councils/NFK"
MOST_OF_A_KIND = 40
"""Of things of one kind, which one route answers, no more are looked at; all named ones count."""
TURTLE = {"accept": "text/turtle"}
BUSY, ATTEMPTS = 503, 10
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


@dataclass
class Crawl:
    """What was reached: each path with its status; and every address that is named."""

    reached: dict[str, int] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def dead(self) -> dict[str, int]:
        """Return the paths that do not answer."""
        return {path: status for path, status in self.reached.items() if status != 200}


def fetched(client: TestClient, path: str) -> tuple[int, bytes]:
    """Return what an address answers; a service without a free place is asked again."""
    status, content = BUSY, b""
    for _ in range(ATTEMPTS):
        answer = client.get(path, headers=TURTLE, follow_redirects=True)
        status, content = answer.status_code, answer.content
        if status != BUSY:
            break
    return status, content


def crawl(
    client: TestClient, most_of_a_kind: int, is_about_it: Callable[[str], bool] = lambda _: False
) -> Crawl:
    """Follow every address of linked data from the council.

    In: how many of a kind are looked at; what tells a path that is looked at in any case.
    """
    found = Crawl()
    kinds: Counter[str] = Counter()
    waiting = deque([START])
    while waiting:
        path = waiting.popleft()
        kind = path.rpartition("/")[0]
        if path in found.reached or (kinds[kind] >= most_of_a_kind and not is_about_it(path)):
            continue
        kinds[kind] += 1
        found.reached[path], content = fetched(client, path)
        if found.reached[path] == 200:
            new = set(addresses(ox.parse(content, ox.RdfFormat.TURTLE))) - found.named
            found.named |= new
            waiting.extend(path for one in sorted(new) if (path := path_of(one)))
    return found


@pytest.fixture(scope="module")
def crawled(client: TestClient) -> Crawl:
    """Return what is reached in the release of the five documents."""
    return crawl(client, MOST_OF_A_KIND)


def test_every_address_of_ours_answers(crawled: Crawl) -> None:
    """No way leads nowhere."""
    assert crawled.dead() == {}
    assert len(crawled.reached) > 500


def test_every_claim_document_and_provision_is_reached(client: TestClient, crawled: Crawl) -> None:
    """All that any source says of the council and of what belongs to it."""
    asked = {"query": ABOUT_IT}
    accept = {"accept": "application/sparql-results+json"}
    rows = client.get("/sparql", params=asked, headers=accept).json()["results"]["bindings"]
    wanted = {term["value"] for row in not_empty(rows) for term in row.values()}
    assert len(wanted) > 300
    assert wanted - crawled.named == set()
