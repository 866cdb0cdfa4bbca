"""Five things that people come for, each begun at the start page as who has never been here does.

They type into the one box there is, read what stands first, and follow what it offers. How long
that takes is reckoned as for a slow reader: letters typed, words passed on the way, and presses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

_MOST_S = 60
_LETTER_S, _WORD_S, _PRESS_S = 0.3, 0.2, 2.0
"""Typing with two fingers; skimming three hundred words a minute; finding and pressing a link."""


@dataclass
class Reader:
    """Who reads a page from its top, and how long they have taken."""

    page: Page
    seconds: float = 0
    trail: list[str] = field(default_factory=list)

    def types(self, words: str, button: str) -> None:
        """Type into the box of the start page, and press a button."""
        self.page.goto("/")
        self.seconds += len(words) * _LETTER_S + _PRESS_S
        self.page.locator("#q").fill(words)
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        self.trail.append(self.page.url)

    def reads_to(self, wanted: Locator) -> str:
        """Skim from the top of the content to what is looked for, and return its words."""
        expect(wanted.first).to_be_visible()
        before = wanted.first.evaluate(
            "one => { const range = document.createRange();"
            " range.setStart(document.querySelector('main'), 0); range.setEndBefore(one);"
            " const part = document.createElement('div'); part.append(range.cloneContents());"
            " part.querySelectorAll('details > :not(summary), svg, datalist')"
            ".forEach(hidden => hidden.remove()); return part.textContent; }"
        )
        text = wanted.first.inner_text()
        self.seconds += (len(str(before).split()) + len(text.split())) * _WORD_S
        return text

    def follows(self, link: Locator) -> None:
        """Read to a link and go where it leads."""
        self.reads_to(link)
        self.seconds += _PRESS_S
        link.first.click()
        self.page.wait_for_load_state()
        self.trail.append(self.page.url)


@pytest.fixture
def reader(page: Page) -> Reader:
    """Return somebody who has just come."""
    return Reader(page)


def in_time(reader: Reader) -> None:
    """Check that it took no longer than a reader has patience for."""
    assert reader.seconds < _MOST_S, (reader.seconds, reader.trail)


def test_is_slough_under_intervention_and_since_when(reader: Reader) -> None:
    """By the name alone: the first sentence of its page says it."""
    reader.types("Slough", "Search")
    reader.follows(reader.page.locator("main ol a", has_text="Slough Borough Council"))
    told = reader.reads_to(reader.page.locator("#story .answer"))
    assert "intervention" in told and re.search(r"since \d+ \w+ \d{4}", told)
    in_time(reader)


def test_who_were_the_commissioners_in_birmingham(reader: Reader) -> None:
    """By the question as it is asked, typed into the search."""
    reader.types("who were the commissioners in Birmingham", "Search")
    reader.follows(reader.page.locator("#answer a"))
    table = reader.page.locator("main table tbody")
    for name in ("Max Caller", "Tony McArdle"):
        expect(table.get_by_text(name).first).to_be_visible()
    reader.reads_to(reader.page.locator("main table tbody tr"))
    in_time(reader)


def test_was_norfolk_better_afterwards(reader: Reader) -> None:
    """By the question; then the grades of one inspection beside those of the next."""
    reader.types("was Norfolk better afterwards", "Search")
    reader.follows(reader.page.locator("#answer .answer a"))
    reader.follows(reader.page.get_by_role("link", name=re.compile("grades, one inspection")))
    grades = reader.page.locator("#inspections table.grades tbody tr").first
    told = grades.inner_text()
    reader.seconds += len(told.split()) * _WORD_S
    assert told.index("Good") < told.index("Inadequate")
    in_time(reader)


def test_which_councils_lost_childrens_services_to_a_trust(reader: Reader) -> None:
    """By the question, asked as one."""
    reader.types("which councils lost children's services to a trust", "Ask it as a question")
    rows = reader.page.locator("main table tbody tr")
    reader.reads_to(rows)
    assert rows.count() > 5
    expect(rows.filter(has_text="Slough").first).to_be_visible()
    in_time(reader)


def test_where_does_this_date_come_from(reader: Reader) -> None:
    """From an event on the page of a council to the words of the source, and the source itself."""
    reader.types("Slough", "Search")
    reader.follows(reader.page.locator("main ol a", has_text="Slough Borough Council"))
    # What happened is one press away, by the list of contents.
    reader.follows(reader.page.locator("ul.contents a", has_text="What happened"))
    reader.seconds += _PRESS_S
    reader.page.locator("#timeline .events > li").first.get_by_text("How we know").click()
    reader.page.wait_for_load_state()
    passage = reader.page.locator("main section").first
    reader.reads_to(passage)
    expect(passage.locator("q").first).to_be_visible()
    expect(passage.locator("a[href*='/document/']").first).to_be_visible()
    in_time(reader)
