"""Feeds of Atom: each keeps the form, tells the newest first, and is the list it stands for."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.pages import read

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA_TYPE = "application/atom+xml"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LISTS = (
    *("directions", "inspections", "interventions", "notices", "appointments", "transfers"),
    *("financial-support", "section-114-reports", "under-intervention"),
)
ADDRESSES = *(f"/{path}" for path in LISTS), "/changes", "/councils/NFK", "/councils/NFK/events"


def only(parent: ET.Element, name: str) -> str:
    """Return the text of the one element of a name, which is not empty."""
    (found,) = parent.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def links(parent: ET.Element, relation: str) -> list[str]:
    """Return where the links of a relation lead."""
    found = [one for one in parent.findall(f"{ATOM}link") if one.get("rel") == relation]
    return [str(one.get("href")) for one in found]


def feed(england: TestClient, address: str) -> ET.Element:
    """Return a feed that keeps the rules of RFC 4287, sections 4.1.1 and 4.1.2."""
    answer = england.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    root = ET.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    assert only(root, "id").startswith(BASE) and only(root, "title")
    assert len(links(root, "self")) == len(links(root, "alternate")) == 1
    assert links(root, "self")[0].endswith(address)
    author = root.find(f"{ATOM}author")
    assert author is not None and only(author, "name")
    entries = not_empty(root.findall(f"{ATOM}entry"))
    for entry in entries:
        assert (
            only(entry, "id").startswith(BASE) and only(entry, "title") and only(entry, "summary")
        )
        assert MOMENT.fullmatch(only(entry, "updated")) and len(links(entry, "alternate")) == 1
    names = [only(entry, "id") for entry in entries]
    assert len(set(names)) == len(names)
    moments = [only(entry, "updated") for entry in entries]
    assert moments == sorted(moments, reverse=True) and only(root, "updated") == moments[0]
    return root


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_keeps_its_form(england: TestClient, address: str) -> None:
    """And is the same each time; its page leads to it, in the head and in a header."""
    root = feed(england, f"{address}.atom")
    first = england.get(f"{address}.atom")
    assert first.content == england.get(f"{address}.atom").content
    tag = {"If-None-Match": first.headers["etag"]}
    assert england.get(f"{address}.atom", headers=tag).status_code == 304
    page = england.get(f"{address}.html")
    assert f'type="{MEDIA_TYPE}"' in page.text
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    target = replaced(links(entry, "alternate")[0], "http://testserver", "")
    assert england.get(target, follow_redirects=True).status_code == 200


def test_a_feed_has_what_became_known_last(england: TestClient) -> None:
    """Its entries are those of the list as known since the day of the oldest, and no others."""
    root = feed(england, "/directions.atom?limit=20")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 20
    days = {only(entry, "id"): only(entry, "updated")[:10] for entry in entries}
    oldest = min(days.values())
    before = read(england, f"/directions?known_at={oldest}&limit=1000")
    known = {item["iri"] for item in not_empty(before["items"])}
    later = [name for name, day in days.items() if day > oldest]
    assert not known & set(later)
    assert known >= days.keys() - set(later)


@pytest.mark.parametrize("address", ["/directions", "/councils/BIR/events", "/under-intervention"])
def test_a_feed_is_read_page_by_page(england: TestClient, address: str) -> None:
    """Its pages together have each entry of the whole once, the newest first, none of tomorrow."""
    whole = feed(england, f"{address}.atom?limit=1000").findall(f"{ATOM}entry")
    following, told = [f"/{address.strip('/')}.atom?limit=17"], list[tuple[str, str]]()
    while following:
        root = feed(england, following[0].removeprefix("http://testserver"))
        told += [(only(one, "id"), only(one, "updated")) for one in root.findall(f"{ATOM}entry")]
        following = links(root, "next")
    assert told == [(only(one, "id"), only(one, "updated")) for one in not_empty(whole)]
    days = [day for _, day in told]
    assert days == sorted(days, reverse=True) and days[0][:10] <= str(date.today())


def test_the_feed_of_a_council_has_every_event(england: TestClient) -> None:
    """Those without a day too: each stands at the day on which it became known."""
    events = read(england, "/councils/BIR/events?limit=1000")["items"]
    told = feed(england, "/councils/BIR.atom").findall(f"{ATOM}entry")
    assert len(told) == len(not_empty(events))


def test_the_filters_of_a_list_hold_for_its_feed(england: TestClient) -> None:
    """Of one council only, and nothing that a source told later than the day of knowledge."""
    root = feed(england, "/directions.atom?council=NFK&known_at=2016-12-31")
    entries = root.findall(f"{ATOM}entry")
    assert all("/direction/NFK-" in only(entry, "id") for entry in not_empty(entries))
    assert all(only(entry, "updated") < "2017" for entry in entries)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/claims.atom", 406),
        ("/councils.atom", 406),
        ("/councils/NFK.atom?as_of=2018-01-01", 400),
        ("/directions.atom?council=zzz9", 400),
    ],
)
def test_what_has_no_feed_says_so(england: TestClient, address: str, status: int) -> None:
    """With what there is."""
    answer = england.get(address)
    assert answer.status_code == status and answer.json()["accepted"] is not None


def test_a_claim_tells_the_release_that_brought_it(england: TestClient) -> None:
    """Where the releases are recorded; the key is there in any case."""
    claim = read(england, "/claims?limit=1")["items"][0]["id"]
    assert "first_seen" in read(england, f"/claims/{claim}")


def test_a_question_is_a_feed_of_its_rows(england: TestClient) -> None:
    """Each at the day on which the newest thing in it was known; without a parameter it says so."""
    asked = "/queries/directions_of_council"
    entries = feed(england, f"{asked}.atom?council=NFK").findall(f"{ATOM}entry")
    rows = not_empty(england.get(f"{asked}.json?council=NFK").json()["items"])
    assert len(entries) == len(rows)
    summaries = " ".join(only(entry, "summary") for entry in entries)
    assert all(f"signed words: {row['signed_words']};" in summaries for row in rows)
    assert BASE not in summaries and "direction/NFK" not in summaries
    days = {only(entry, "updated") for entry in entries}
    assert len(days) > 1 or len(rows) == 1
    assert len(feed(england, "/queries/powers_by_year.atom").findall(f"{ATOM}entry")) > 1
    assert england.get(f"{asked}.atom").status_code == 400


def test_a_feed_of_a_question_has_the_newest_hundred(england: TestClient) -> None:
    """All rows are in the answer itself."""
    asked = "/queries/areas_for_priority_action"
    entries = feed(england, f"{asked}.atom").findall(f"{ATOM}entry")
    assert len(entries) == min(england.get(f"{asked}.json").json()["total"], 100)


def test_a_sum_of_which_no_day_is_told_is_an_event(england: TestClient) -> None:
    """As a report without a day is: last in the list, and in the feed of the council."""
    events = read(england, "/councils/NFK/events?limit=1000")["items"]
    sums = [one for one in events if one["kind"] == "financial support"]
    assert [one["time"]["earliest"] for one in not_empty(sums)] == [None]
    titles = [
        only(one, "title")
        for one in feed(england, "/councils/NFK/events.atom?limit=1000").findall(f"{ATOM}entry")
    ]
    assert "Norfolk County Council: financial support, no day" in titles


def test_events_known_on_one_day_are_told_by_their_own(england: TestClient) -> None:
    """The last first; each title has its day, and no summary says a thing twice."""
    entries = feed(england, "/councils/BIR/events.atom?limit=1000").findall(f"{ATOM}entry")
    told = [(only(one, "updated"), only(one, "title")) for one in not_empty(entries)]
    days = [(known, re.search(r"\d{4}-\d\d-\d\d|no day", title)) for known, title in told]
    ordered = [(known, "" if day[0] == "no day" else day[0]) for known, day in days if day]
    assert len(ordered) == len(entries) > len({known for known, _ in ordered})
    assert ordered == sorted(ordered, reverse=True)
    for entry in entries:
        parts = only(entry, "summary").casefold().split(", ")
        assert len(parts) == len(set(parts))


def test_a_row_of_a_question_is_named_in_words(england: TestClient) -> None:
    """Its title has no name of a column and no address."""
    entries = feed(england, "/queries/directions_of_council.atom?council=NFK").findall(
        f"{ATOM}entry"
    )
    titles = [only(one, "title") for one in not_empty(entries)]
    assert all("direction/" not in title and ": " not in title for title in titles)
    assert any("Norfolk" in title for title in titles)
