"""What readers see in place of identifiers, of faults, and of what cannot be found at once."""

import re

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read
from tests.integration.api.shown.test_pages import shown

IDENTIFIER = re.compile(r"\b[A-Z]{3,4}-\d{4}-\d{2}\b")
_ALL = "?limit=1000"


def main_text(page: str) -> str:
    """Return the words of a page, without its tags, its queries, and how it is cited."""
    main = page.partition("<main")[2].partition('<section id="cite">')[0]
    return re.sub(r"<details.*?</details>|<[^>]+>", " ", main, flags=re.DOTALL)


@pytest.mark.parametrize(
    "address",
    [
        "/directions/SLG-2021-02",
        "/inspections/NFK-2015-01",
        "/notices/HAL-2022-01",
        "/people/max-caller",
        "/validation",
        "/commissioners",
        "/financial-support?council=BEX",
        "/ask?q=Who+were+the+commissioners+in+Birmingham",
    ],
)
def test_a_page_names_things_in_words(england: TestClient, address: str) -> None:
    """By their kind, their day, and the council or person; identifiers are for the address."""
    text = main_text(shown(england, address))
    assert len(text) > 500
    assert IDENTIFIER.findall(text) == []
    assert "https://" not in text and "tier " not in text


@pytest.mark.parametrize("path", ["directions", "inspections", "notices"])
def test_names_tell_things_apart(england: TestClient, path: str) -> None:
    """A name has the day, as exactly as it is known; two of one day and council are rare."""
    names = []
    for one in not_empty(read(england, f"/{path}{_ALL}")["items"][::40]):
        heading = re.search(r"<h1>([^<]+)</h1>", shown(england, f"/{path}/{one['id']}"))
        assert heading is not None and re.search(r"\d{4}", heading[1]), one["id"]
        names.append(heading[1])
    assert len(set(not_empty(names))) == len(names)


def test_a_person_is_shown_of_whose_offices_some_have_no_day(england: TestClient) -> None:
    """The offices stand in an order, those of which no day is told last."""
    held: dict[str, set[bool]] = {}
    for one in read(england, f"/appointments{_ALL}")["items"]:
        if one["holder"] and one["holder"]["kind"] == "person":
            known = one["last_seen_in_office"] is not None
            held.setdefault(one["holder"]["id"], set()).add(known)
    mixed = [name for name, several in held.items() if len(several) > 1]
    for name in not_empty(mixed):
        assert "Known from and to" in shown(england, f"/people/{name}")


@pytest.mark.parametrize("code", ["SLG", "BIR", "NTH", "NFK"])
def test_commissioners_stand_before_advisers(england: TestClient, code: str) -> None:
    """And of those who have not left the one in the lead first."""
    page = shown(england, f"/councils/{code}")
    people = page.partition('<section id="people">')[2].partition("</section>")[0]
    body = read(england, f"/councils/{code}")
    kinds = {
        one["holder"]["label"]: post["kind"]
        for post in sorted(body["posts"], key=lambda post: post["kind"] == "Commissioner")
        for one in post["appointments"]
        if one["holder"]
    }
    first = re.search(r'<th scope="row"><a [^>]+>([^<]+)</a>', people)
    assert first is not None and kinds[first[1]] == "Commissioner"


def test_a_question_that_is_typed_into_the_search_is_answered_first(england: TestClient) -> None:
    """Then come the councils, and documents last, though their words fit best."""
    page = shown(england, "/search?q=who+were+the+commissioners+in+Birmingham")
    offered = page.partition('<section id="answer"')[2].partition("</section>")[0]
    assert 'href="/ask?q=who%20were' in offered and 'href="/councils/BIR"' in offered
    assert page.index('<section id="answer"') < page.index(">Documents<")
    page = shown(england, "/search?q=norfolk")
    assert '<section id="answer"' not in page
    assert page.index(">Councils<") < page.index(">Documents<")


def test_whether_a_council_was_better_afterwards_can_be_asked(england: TestClient) -> None:
    """By its grades before and after, from where the page leads to all of its grades."""
    page = shown(england, "/ask?q=was+Norfolk+better+afterwards")
    assert 'href="/queries/grades_before_and_after?council=NFK"' in page
    assert 'href="/councils/NFK#inspections"' in page


@pytest.mark.parametrize(
    ("address", "offered"),
    [("/people/max-callar", "/people/max-caller"), ("/council/Norflk", "/councils/NFK")],
)
def test_a_page_that_is_not_there_offers_what_may_be_meant(
    england: TestClient, address: str, offered: str
) -> None:
    """With a search, and without a word of how the service is built before what helps."""
    answer = england.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Did you mean" in answer.text and f'href="{offered}"' in answer.text
    assert 'action="/search"' in answer.text


@pytest.mark.parametrize("code", ["NTH", "NNT", "WNT", "SLG", "CBD", "ADU"])
def test_the_events_of_a_council_are_those_of_its_question(england: TestClient, code: str) -> None:
    """They are found among those of all councils, and the question asks about one alone."""
    events = read(england, f"/councils/{code}/events{_ALL}")["items"]
    rows = read(england, f"/queries/council_story?council={code}")["items"]
    told = {(one["thing"]["iri"], one["kind"]) for one in events}
    assert told == {(row["thing"], row["kind"]) for row in rows}
