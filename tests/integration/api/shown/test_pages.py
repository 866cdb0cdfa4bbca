"""What the pages show: the story first, what was read last, and the numbers of the JSON."""

import html
import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.fixtures.pages import check_form, check_loading, read, read_page

COUNCILS = ("NFK", "NTH", "BIR", "KET")
PARTS = ("story", "timeline", "inspections", "directions", "people", "money", "differ", "coverage")


def shown(client: TestClient, address: str) -> str:
    """Return the page at an address as text."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("code", COUNCILS)
def test_a_council_page_begins_with_its_story_and_ends_with_what_was_read(
    england: TestClient, code: str
) -> None:
    """The parts are there in their order, and how it is cited comes last."""
    page = read_page(england, f"/councils/{code}")
    named = [str(attributes["id"]) for tag, attributes in page.seen if tag == "section"]
    assert [one for one in named if one in PARTS] == list(PARTS) and named[-1] == "cite"
    links = {str(one["href"]) for one in page.all("a") if str(one["href"]).startswith("#")}
    there = {f"#{attributes['id']}" for _, attributes in page.seen if "id" in attributes}
    assert links and links <= there


@pytest.mark.parametrize("code", COUNCILS)
def test_the_numbers_of_a_page_are_those_of_the_answer(england: TestClient, code: str) -> None:
    """Pages have no truth of their own."""
    body, page = read(england, f"/councils/{code}"), shown(england, f"/councils/{code}")
    for key, words in (
        ("directions", r"(\d+) directions? with days"),
        ("inspections", r"(\d+) inspections? and visits"),
        ("notices", r"(\d+) notices? with days"),
        ("interventions", r"(\d+) courses? of action"),
        ("discrepancies", r"(\d+) places? where sources differ"),
    ):
        found = re.search(words, page)
        assert int(found[1] if found else 0) == len(body[key]), key
    events = read(england, f"/councils/{code}/events?limit=1000")["items"]
    listed = len(re.findall(r'<li id="e-', page))
    sums = [one for one in events if one["kind"] == "financial support"]
    assert len(events) - len(sums) <= listed <= len(events)


def test_the_picture_says_the_same_as_the_list(england: TestClient) -> None:
    """Each event that the picture leads to stands in the list below it."""
    page = read_page(england, "/councils/BIR")
    listed = {f"#{one['id']}" for one in page.all("li") if str(one.get("id", "")).startswith("e-")}
    led = {str(one["href"]) for one in page.all("a") if str(one["href"]).startswith("#e-")}
    assert led and led <= listed


def test_the_picture_stands_alone(england: TestClient) -> None:
    """As well-formed SVG, with its own colours, under the same strict policy."""
    answer = england.get("/councils/BIR/timeline.svg")
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    tree = ElementTree.fromstring(answer.text)
    links = [str(one.get("href")) for one in tree.iter("{http://www.w3.org/2000/svg}a")]
    assert not_empty(links) and {link.partition("#")[0] for link in links} == {"/councils/BIR"}
    assert not [one for one in tree.iter() if one.tag.endswith(("script", "style"))]
    assert all("style" not in one.attrib for one in tree.iter())
    moved = england.get("/councils/Birmingham/timeline.svg", follow_redirects=False)
    assert moved.status_code == 308 and moved.headers["location"] == "/councils/BIR/timeline.svg"
    assert england.get("/councils/BIR/timeline.svg?day=1").status_code == 400


@pytest.mark.parametrize(
    "days", ["known_at=1833-09-12", "known_at=1833-09-12&as_of=2000-01-01", "as_of=1833-09-12"]
)
@pytest.mark.parametrize("council", ["NFK", "ADU"])
def test_a_picture_of_a_council_of_which_nothing_is_known_says_so(
    england: TestClient, council: str, days: str
) -> None:
    """It is a picture all the same, with its years."""
    answer = england.get(f"/councils/{council}/timeline.svg?{days}")
    assert answer.status_code == 200
    texts = [one.text for one in ElementTree.fromstring(answer.text).iter() if one.text]
    assert ("Nothing is" in " ".join(texts)) == ("known_at" in days or council == "ADU")


def test_a_page_of_another_day_tells_that_it_is(england: TestClient) -> None:
    """The events rest on all sources, so they are not shown of an earlier day."""
    page = shown(england, "/councils/BIR?as_of=2024-01-01")
    assert "On 1 January 2024" in page and 'class="events"' not in page
    cited = re.search(
        r'href="(/councils/BIR\?known_at=[0-9-]+)" rel="bookmark"', shown(england, "/councils/BIR")
    )
    assert cited is not None and 'class="events"' in shown(england, cited[1])


@pytest.mark.parametrize("query", ["", "?show=grade", "?show=support&on=2025-01-01"])
def test_the_start_page_has_a_map_of_a_day(england: TestClient, query: str) -> None:
    """One hexagon for each council of today that answers for children's services."""
    page = read_page(england, f"/{query}")
    check_form(page)
    check_loading(page)
    sections = [str(one.get("id")) for one in page.all("section")]
    assert sections == ["map", "newest", "coverage", "cite"]
    assert len([one for one in page.all("path") if one.get("class") == "tile"]) >= 153


def test_the_map_refuses_what_it_cannot_show(england: TestClient) -> None:
    """With what it can."""
    answer = england.get("/?show=population", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["accepted"] == ["intervention", "grade", "support"]
    assert england.get("/?on=2024-02-30").status_code == 400


@pytest.mark.parametrize("day", ["2018-01-01", "2024-06-01"])
def test_each_certainty_of_a_day_stands_under_its_own_heading(
    england: TestClient, day: str
) -> None:
    """With the number that the JSON tells, also where that is none."""
    page = shown(england, f"/under-intervention?on={day}")
    body = read(england, f"/under-intervention?on={day}&with=not-heard-of&limit=1000")
    for certainty in ("certain", "planned", "possible", "not-heard-of"):
        section = re.search(rf'<section id="{certainty}">\s*<h2>[^<]*: (\d+)</h2>', page)
        assert section is not None
        assert int(section[1]) == body["by_certainty"].get(certainty, 0), certainty
    assert page.count('<tr><th scope="row">') == body["total"]


def test_filters_with_few_values_are_chosen_from(england: TestClient) -> None:
    """A reader need not know how the values are written."""
    page = read_page(england, "/under-intervention?on=2018-01-01&regime=send")
    chosen = [one["value"] for one in page.all("option") if "selected" in one]
    assert chosen == ["send", "not-heard-of"] or chosen == ["send"]
    assert {"regime", "stage"} <= {str(one["id"]) for one in page.all("select")}


def test_the_map_tells_apart_what_nobody_has_looked_at(england: TestClient) -> None:
    """On a day before anything that was read no council is one of which none is known."""
    early = shown(england, "/?on=1995-01-01")
    assert 'class="not-looked"' in early and 'class="none-known"' not in early
    late = shown(england, "/?on=2024-06-01")
    assert 'class="none-known"' in late and 'class="not-looked"' not in late


def test_filters_are_chosen_by_the_names_of_things(england: TestClient) -> None:
    """What is chosen stays chosen; only days, councils and free texts are written."""
    office = '<option value="sos-education" selected>Secretary of State for Education</option>'
    assert office in shown(england, "/directions?issued_by=sos-education")
    page = read_page(england, "/changes")
    chosen = {str(one["name"]) for one in page.all("select")}
    assert chosen == {"of", "kind", "regime", "release"}
    written = {str(one["name"]): one.get("type") for one in page.all("input")}
    assert written == {"council": None, "from": "date", "to": "date"}


@pytest.mark.parametrize("path", ["directions", "inspections", "notices", "appointments", "pay"])
def test_a_list_names_things_and_councils_and_no_identifier(england: TestClient, path: str) -> None:
    """The head of a row is what people call the thing."""
    items = not_empty(read(england, f"/{path}?limit=5")["items"])
    page = shown(england, f"/{path}?limit=5")
    for one in items:
        assert f">{one['id']}<" not in page
        assert html.escape(one["council"]["label"]) in page


def test_an_answer_names_its_things(england: TestClient) -> None:
    """Cells link to things by their names, also where one cell holds several."""
    page = shown(england, "/queries/under_intervention?day=2025-10-22")
    assert "https://w3id.org/council-interventions/id/person/" not in page
    assert re.search(r'<a href="/id/person/[a-z-]+">[A-Z][^<]+</a>, <a href="/id/person/', page)


def test_a_council_page_shows_duties_and_deadlines(england: TestClient) -> None:
    """As many as the list of requirements has, with the day on which one falls due."""
    page = shown(england, "/councils/WOR")
    total = read(england, "/requirements?council=WOR")["total"]
    assert total and page.count('<li class="depth-') == total
    told = re.findall(r">(\d+) dut(?:y|ies)</a>", page)
    assert sum(map(int, told)) == total and "by 31 March 2018" in page
