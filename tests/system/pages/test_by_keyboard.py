"""What readers come for, done by keyboard alone, from the first key to the answer."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

_MOST_TABS = 250


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tabulator until something has the focus, as who uses no mouse has to."""
    expect(wanted).to_have_count(1)
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{_MOST_TABS} presses do not lead there")


def follow(page: Page, link: Locator) -> None:
    """Go to a link by keyboard, and where it leads."""
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def found(page: Page, words: str) -> None:
    """Search from the start page, and open the first that is found."""
    page.goto("/")
    tab_to(page, page.locator("#q"))
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    follow(page, page.locator("main ol a").first)


def test_a_council_is_found_by_an_old_name_and_by_a_misspelt_one(page: Page) -> None:
    """Folkestone and Hythe was called Shepway; and who types Birmingam means Birmingham."""
    found(page, "Shepway")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Folkestone and Hythe")
    found(page, "Birmingam")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Birmingham City Council")


def test_it_can_be_read_whether_a_council_is_under_intervention_and_why(page: Page) -> None:
    """The sentence comes before anything that has to be opened; the reason is one key away."""
    page.goto("/councils/SLG")
    expect(page.locator("#story .answer")).to_contain_text("intervention")
    expect(page.locator("#story .badge")).to_be_visible()
    reason = page.locator("#today details")
    tab_to(page, reason.locator("summary"))
    page.keyboard.press("Enter")
    expect(reason.locator("dd").first).to_be_visible()


def test_the_passage_behind_an_event_is_opened(page: Page) -> None:
    """From the event to the claims about it, and from a claim to its words and their place."""
    page.goto("/councils/BIR")
    follow(page, page.locator("#timeline .events > li").first.get_by_text("How we know"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Claims")
    follow(page, page.locator("main section h2 a").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claim")
    expect(page.get_by_role("main")).to_contain_text("words")


def test_a_disagreement_is_seen(page: Page) -> None:
    """What each source says, and which value is used."""
    page.goto("/councils/BIR")
    differences = page.locator("#differ details").first
    tab_to(page, differences.locator("summary").first)
    page.keyboard.press("Enter")
    expect(differences.locator("tbody th").first).to_be_visible()
    expect(differences.get_by_text("used", exact=True).first).to_be_visible()


def test_a_direction_is_followed_to_what_replaced_it(page: Page) -> None:
    """By the fact that names its successor."""
    page.goto("/directions/BIR-2015-01")
    title = page.get_by_role("heading", level=1).inner_text()
    later = page.locator(".facts div", has_text=re.compile("Replaced by|Revoked by"))
    follow(page, later.first.get_by_role("link").first)
    expect(page).to_have_url(re.compile("/directions/"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)


def test_a_day_is_chosen_on_the_map(page: Page) -> None:
    """The field takes digits, and the map is of that day."""
    page.goto("/")
    tab_to(page, page.locator("#on"))
    page.keyboard.type("06012024")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("on=2024-06-01"))
    expect(page.locator("#map h2")).to_have_text("England on 1 June 2024")


def test_a_table_is_taken_away(page: Page) -> None:
    """As a file that a spreadsheet opens."""
    page.goto("/directions?limit=200")
    follow(page, page.get_by_role("link", name="Take this list away"))
    tab_to(page, page.locator("#cite").get_by_role("link", name="CSV", exact=True))
    with page.expect_download() as awaited:
        page.keyboard.press("Enter")
    lines = awaited.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1 and "council" in lines[0]


def test_a_feed_is_followed(page: Page) -> None:
    """The page names its feed for readers of feeds, and links to it for everyone."""
    page.goto("/councils/SLG")
    feed = page.locator('link[type="application/atom+xml"]').get_attribute("href")
    link = page.locator("#cite").get_by_role("link", name="feed")
    tab_to(page, link)
    assert link.get_attribute("href") == feed
    answer = page.request.get(str(feed))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in answer.text()
