"""Sources as people see them: where a link leads, what kind a source is, and which comes first."""

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.releases import DATA_FILE, current_release
from loaders.release.reference import LICENCES
from loaders.tables.events.source_pages import host_of, read_hosts, read_pages
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read, read_page
from tests.integration.api.test_pages import PAGES

_PRESS = {
    "trade-press",
    "copy-of-press",
    "copy-of-council-page",
    "firm-page",
    "personal-page",
    "compiled-list",
    "library-briefing",
}
"""Kinds of sources that stand farthest from the act."""
_ABOUT = "direction", "notice", "transfer", "section-114-report"
"""Kinds of acts that several sources tell of."""


def addresses_on(client: TestClient, path: str) -> list[str]:
    """Return the links of a page that lead away from the service."""
    links = [str(link["href"]) for link in read_page(client, path).all("a")]
    return [link for link in links if "//" in link]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_leads_to_a_copy(england: TestClient, path: str) -> None:
    """Whoever follows a link comes to the publisher's own page, or to nothing."""
    hosts = read_hosts()
    led = [host_of(link) for link in addresses_on(england, path)]
    assert [host for host in led if host in hosts] == []


def test_the_page_of_a_source_leads_to_the_address_that_it_shows(england: TestClient) -> None:
    """A copy is named in words; the link is that of the original, or there is none."""
    items = read(england, "/documents?limit=1000")["items"]
    shown = {item["id"]: item for item in items if item.get("source_kind")}
    pages = {slug: page for slug, page in read_pages().items() if page.slug == slug}
    pages = {slug: page for slug, page in pages.items() if slug in shown}
    for slug, page in not_empty(pages.items()):
        item = shown[slug]
        assert (item["address"], item["seen_in"]) == (page.address or None, page.seen_in or None)
        assert item["source_kind"] == page.source_kind
    terms = {str(licence) for licence in LICENCES.values()}
    for slug in ("hansard-copy-rotherham-2017", "copy-slough-directions", "dfe-reading-directions"):
        address = read_pages()[slug].address
        links = [link for link in addresses_on(england, f"/documents/{slug}") if link not in terms]
        assert links == ([address] if address else [])


def test_no_copy_is_addressed_in_the_release(national: Path) -> None:
    """Nobody who loads the data follows a link to somebody else's copy either."""
    quads = ox.parse(path=str(current_release(national) / DATA_FILE))
    terms = (getattr(term, "value", "") for quad in quads for term in (quad.subject, quad.object))
    addressed = {host_of(term) for term in terms if term.startswith(("http://", "https://"))}
    assert not set(not_empty(addressed)) & set(read_hosts())


def test_a_claim_says_how_near_its_source_stands(england: TestClient) -> None:
    """Tier, kind and copy stand beside the document, in the list and on the claim itself."""
    claim = read(england, "/claims?document=copy-slough-directions&limit=1")["items"][0]
    assert (claim["tier"], claim["source_kind"]) == (4, "copy-of-official-page")
    assert claim["seen_in"] == "GovWire"
    assert read(england, f"/claims/{claim['id']}")["source_kind"] == "copy-of-official-page"
    own = read(england, "/claims?document=nfk-direction-2016&limit=1")["items"][0]
    assert own["tier"] < claim["tier"] and (own["source_kind"], own["seen_in"]) == (None, None)


def test_official_sources_come_before_the_press(england: TestClient) -> None:
    """Of the claims about one act, those of the source that is nearest to it stand first."""
    told_by_several = 0
    for kind in _ABOUT:
        for act in not_empty(read(england, f"/{kind}s?limit=1000")["items"]):
            about = quote(f"{kind}/{act['id']}", safe="/")
            claims = not_empty(read(england, f"/claims?about={about}&limit=1000")["items"])
            tiers = [claim["tier"] for claim in claims]
            assert tiers == sorted(tiers), act["id"]
            told_by_several += len(set(tiers)) > 1
    assert told_by_several > 5


def test_an_act_names_its_sources_with_their_standing(england: TestClient) -> None:
    """Who reads an act sees by whom it is told, the nearest source first."""
    several = 0
    for act in not_empty(read(england, "/directions?council=SLG&limit=1000")["items"]):
        told = not_empty(read(england, f"/directions/{act['id']}")["stated_by"])
        tiers = [one["tier"] for one in told]
        assert tiers == sorted(tiers) and all(one["source_kind"] for one in told), act["id"]
        assert all(one["seen_in"] for one in told if one["source_kind"].startswith("copy-of-"))
        several += len(told) > 1
    assert several


def test_pay_says_of_what_kind_its_sources_are(england: TestClient) -> None:
    """What a newspaper alone says of pay is no word of a council or a minister."""
    kinds: set[str] = set()
    for pay in not_empty(read(england, "/pay?limit=1000")["items"]):
        told = set(not_empty(pay["source_kinds"]))
        is_far = not told - _PRESS
        assert pay["sources"] and is_far == (set(pay["tiers"]) == {5}), pay["id"]
        kinds |= told
    assert {"trade-press", "council-page"} <= kinds
    assert "trade press" in england.get("/pay?limit=1000", headers={"Accept": "text/html"}).text


def test_differences_show_the_nearest_source_first(england: TestClient) -> None:
    """Where sources differ, the one that is nearest to the act is read first."""
    items = not_empty(read(england, "/discrepancies?limit=1000")["items"])
    for item in items:
        tiers = [claim["tier"] for claim in item["claims"]]
        assert tiers == sorted(tiers), item["id"]
    assert any(len({claim["tier"] for claim in item["claims"]}) > 1 for item in items)
