"""Linked data leads from one council to all that the whole record says of it, and nowhere in vain.

What is said of the council is looked at in full; of other things `make endure` looks at many of
each kind, `make test` at a tenth of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.releases import DATA_FILE, current_release
from ontology import CI
from tests.fixtures.guards import not_empty
from tests.integration.api.reference.test_ways_on import Crawl, crawl, path_of

MOST_OF_A_KIND = 400
# A document whose name begins with "nfk" tells of other councils too, and what it tells of is named
# after it: an arrangement of Slough, for one, belongs to Slough.
# takes: "/id/direction/NFK-2015-01", "/id/step/direction-NFK-2015-01", "/claims?about=pay/nfk-2015"
# leaves: "/id/council/NTH", "/doc/council/NFKX", "/id/arrangement/nfk-press-2016/services"
_OF_THE_COUNCIL = re.compile(
    r"(?:/id/|/doc/|about=)(?:[a-z-]+/(?:[a-z-]+-)?NFK|(?:pay|support-amount)/nfk)(?=[-/.]|$)"
)


def of_the_council(address: str) -> bool:
    """Return whether an address is that of the council or of what belongs to it."""
    return _OF_THE_COUNCIL.search(address) is not None


@pytest.fixture(scope="module")
def about_it(national: Path) -> dict[str, set[str]]:
    """Return the claims about the council and what belongs to it, their sources, the provisions.

    As they stand in the file of the release, whatever the service says.
    """
    claims: set[str] = set()
    sources: dict[str, str] = {}
    provisions: set[str] = set()
    data = current_release(national) / DATA_FILE
    for quad in ox.parse(path=str(data), format=ox.RdfFormat.N_QUADS):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        subject, value = quad.subject.value, quad.object.value
        if quad.predicate.value == str(CI.about) and of_the_council(value):
            claims.add(subject)
        elif quad.predicate.value == str(CI.source):
            sources[subject] = value
        elif quad.predicate.value == str(CI.madeUnder) and of_the_council(subject):
            provisions.add(value)
    claims &= sources.keys()
    documents = {sources[claim] for claim in claims}
    return {"claims": claims, "documents": documents, "provisions": provisions}


@pytest.fixture(scope="module")
def crawled(
    england: TestClient, about_it: dict[str, set[str]], share: Callable[[int], int]
) -> Crawl:
    """Return what is reached from the page of the council alone."""
    wanted = {path_of(one) for kind in about_it.values() for one in kind} - {""}
    return crawl(
        england,
        share(MOST_OF_A_KIND),
        lambda path: path in wanted or of_the_council(path),
    )


@pytest.mark.parametrize(
    ("kind", "at_least"), [("claims", 500), ("documents", 10), ("provisions", 1)]
)
def test_all_that_is_said_of_it_is_reached(
    kind: str, at_least: int, crawled: Crawl, about_it: dict[str, set[str]]
) -> None:
    """And what has an address of ours answers."""
    wanted = about_it[kind]
    assert len(wanted) > at_least
    assert wanted - crawled.named == set()
    for path in not_empty(map(path_of, sorted(wanted))):
        assert not path or crawled.reached[path] == 200, path


def test_no_way_leads_nowhere(crawled: Crawl) -> None:
    """Whatever kind of thing an address names."""
    assert crawled.dead() == {}
    kinds = {path.split("/")[1] for path in crawled.reached}
    assert {"id", "councils", "scheme", "ontology", "ns"} & kinds and len(crawled.reached) > 1_000
