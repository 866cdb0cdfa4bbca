"""What a page weighs with all that it loads, and what is left of it on paper."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.fixtures.guards import not_empty
from tests.system.pages.conftest import WAIT_MS
from tests.system.pages.test_accessibility import KINDS

_HEAVY_BYTES, _HEAVY_COUNCIL_BYTES = 100_000, 60_000
_WITH_EDITOR = "/sparql"
"""The page that loads the editor of queries, which is heavier."""
_PAPER_PX = 794, 1123
"""A4 at 96 dots an inch."""
PRINTED = ("/", "/councils/SLG", "/councils/BIR", "/directions/WOR-2017-02", "/under-intervention")


def compressed(answer: Response) -> int:
    """Return the bytes of an answer as they go over the line."""
    return len(gzip.compress(answer.body(), 6))


@pytest.mark.parametrize("address", [one for one in KINDS if not one.startswith(_WITH_EDITOR)])
def test_a_page_is_light_with_all_that_it_loads(browser: Browser, site: str, address: str) -> None:
    """Nothing comes from elsewhere; a council's page is lighter still."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    assert all(one.url.startswith(site) for one in not_empty(answers))
    found = {one.url: compressed(one) for one in answers if one.ok or one.url.endswith(address)}
    context.close()
    most = _HEAVY_COUNCIL_BYTES if address.startswith("/councils/") else _HEAVY_BYTES
    assert sum(found.values()) <= most, found


@pytest.mark.parametrize("address", PRINTED)
def test_a_printed_page_has_what_is_read_and_nothing_to_press(page: Page, address: str) -> None:
    """No navigation, no form; what stands behind disclosures is there, and no text is cut off."""
    page.set_viewport_size({"width": _PAPER_PX[0], "height": _PAPER_PX[1]})
    page.goto(address)
    page.emulate_media(media="print")
    unwanted = page.locator("header nav, form, .skip, ul.contents")
    assert unwanted.count() > 0
    seen = "several => several.filter(one => one.checkVisibility()).map(one => one.className)"
    assert unwanted.evaluate_all(seen) == []
    hidden = page.evaluate(
        "[...document.querySelectorAll('details')].filter(one => !one.checkVisibility() ? false :"
        " [...one.children].some(part => part.tagName !== 'SUMMARY'"
        " && part.getBoundingClientRect().height === 0)).map(one => one.textContent.slice(0, 60))"
    )
    assert hidden == []
    cut = page.evaluate(
        "[...document.querySelectorAll('main, main .wide, main table, main p')]"
        ".filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1"
        " && getComputedStyle(one).overflowX !== 'visible').map(one => one.outerHTML.slice(0, 80))"
    )
    assert cut == []
    assert page.pdf(format="A4").startswith(b"%PDF")
