"""The page of every tenth council of the national record: whole, light, and true to the answer."""

import gzip
import json
import re
import urllib.request

from tests.fixtures.guards import not_empty

_LIGHT_BYTES = 60_000
_MOST_COUNCILS = 1_000
_TENTH = 10


def fetched(address: str, media_type: str) -> str:
    """Return what stands at an address."""
    asked = urllib.request.Request(address, headers={"Accept": media_type})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def test_every_tenth_council_has_a_page_with_the_numbers_of_its_answer(site: str) -> None:
    """No page is heavier than a telephone takes in a second or two."""
    listed = json.loads(fetched(f"{site}/councils?limit={_MOST_COUNCILS}", "application/json"))
    codes = [one["id"] for one in listed["items"]]
    assert len(codes) == listed["total"] == 365
    for code in not_empty(codes[::_TENTH]):
        page = fetched(f"{site}/councils/{code}", "text/html")
        body = json.loads(fetched(f"{site}/councils/{code}", "application/json"))
        assert len(gzip.compress(page.encode())) <= _LIGHT_BYTES, code
        assert '<section id="story">' in page and '<section id="coverage">' in page, code
        told = re.search(r"(\d+) directions? with days", page)
        assert int(told[1] if told else 0) == len(body["directions"]), code
        told = re.search(r"(\d+) inspections? and visits", page)
        assert int(told[1] if told else 0) == len(body["inspections"]), code
