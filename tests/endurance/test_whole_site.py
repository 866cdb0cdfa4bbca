"""The whole site as its own links lead through it: nothing is dead, and each page has its numbers.

`make endure` follows every link; `make test` a few of each kind of address.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.fixtures.pages import Page, check_form, read
from tests.integration.queries.test_catalogue import EXAMPLES

_HTML = {"Accept": "text/html,*/*;q=0.8"}
"""As browsers ask: for a page, or else for what there is."""
_MOVED = 301, 302, 303, 307, 308
_OF_EACH_KIND = 2
_FEW = 12
_EVERY = 100_000
_PAGE = 1_000


def in_full(request: pytest.FixtureRequest) -> bool:
    """Return whether everything is looked at."""
    return bool(request.config.getoption("--endure"))


def kind_of(address: str) -> tuple[str, ...]:
    """Return what kind of address it is: a file's format, or first words, depth and parameters."""
    parts = urlsplit(address)
    steps = parts.path.strip("/").split("/")
    if "." in steps[-1]:
        return (steps[-1].rpartition(".")[2],)
    head = steps[:2] if steps[0] in ("id", "doc") else steps[:1]
    return *head, str(len(steps)), *sorted(name for name, _ in parse_qsl(parts.query))


def own_links(page: Page) -> Iterator[str]:
    """Yield where the links of a page lead, if to this site."""
    for link in [*page.all("a"), *page.all("link")]:
        href = str(link.get("href") or "")
        if href.startswith("/") and not href.startswith("//"):
            yield href


def opened(client: TestClient, address: str) -> tuple[int, str]:
    """Return the status and the page at an address, behind any of our own redirections."""
    for _ in range(4):
        answer = client.get(address, headers=_HTML)
        if answer.status_code not in _MOVED:
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            return answer.status_code, answer.text if is_page else ""
        address = answer.headers["location"]
        if not address.startswith("/"):
            return 200, ""
    return 508, ""


def test_no_link_is_dead(england: TestClient, request: pytest.FixtureRequest) -> None:
    """Every page is well formed, and what a link names within a page stands there."""
    most = _EVERY if in_full(request) else _OF_EACH_KIND
    met: Counter[tuple[str, ...]] = Counter()
    found_on = {"/": ""}
    anchors: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    waiting, dead = deque(["/"]), []
    while waiting:
        address = waiting.popleft()
        status, text = opened(england, address)
        if status != 200:
            dead.append((status, address, found_on[address]))
            continue
        if not text:
            continue
        page = Page()
        page.feed(text)
        assert page.open == [], address
        # What stands in a frame of others is no page of its own.
        if not address.endswith("/embed"):
            check_form(page)
        anchors[address] = {str(one["id"]) for _, one in page.seen if "id" in one}
        for link in own_links(page):
            target, _, anchor = link.partition("#")
            # A name such as `row=…` is of a place in a source, and no part of a page.
            if anchor and "=" not in anchor:
                wanted.setdefault(target, set()).add(anchor)
            if target not in found_on and met[kind_of(target)] < most:
                met[kind_of(target)] += 1
                found_on[target] = address
                waiting.append(target)
    assert len(met) > _FEW
    assert dead == []
    lost = {
        target: names - anchors[target]
        for target, names in wanted.items()
        if target in anchors and not names <= anchors[target]
    }
    assert lost == {}


def some(request: pytest.FixtureRequest, items: list[str], few: int = _FEW) -> list[str]:
    """Return all items, or a few that lie far apart."""
    return items if in_full(request) else items[:: max(len(items) // few, 1)]


def identifiers_of(client: TestClient, path: str) -> list[str]:
    """Return the identifiers of all items of a list."""
    found: list[str] = []
    address: str | None = f"/{path}?limit={_PAGE}"
    while address:
        body = read(client, address)
        found += [item["id"] for item in body["items"]]
        address = body["next"]
    assert len(found) == body["total"]
    return found


def people(client: TestClient) -> list[str]:
    """Return the identifiers of all who held an office."""
    held = read(client, f"/appointments?limit={_PAGE}")["items"]
    holders = [one["holder"] for one in held if one["holder"]]
    return sorted({one["id"] for one in holders if one["kind"] == "person"})


def number(pattern: str, text: str) -> int:
    """Return the number that a page tells, or zero where it tells none."""
    told = re.search(pattern, text)
    return int(told[1]) if told else 0


def test_the_page_of_a_council_has_the_numbers_of_the_catalogue(
    england: TestClient, request: pytest.FixtureRequest
) -> None:
    """Its directions, courses of action and sums are those that the questions answer with."""
    for code in not_empty(some(request, identifiers_of(england, "councils"))):
        status, text = opened(england, f"/councils/{code}")
        assert status == 200, code
        for question, column, pattern in (
            ("directions_of_council", "direction", r"(\d+) directions? with days"),
            ("interventions_of_council", "intervention", r"(\d+) courses? of action"),
        ):
            rows = read(england, f"/queries/{question}?council={code}")["items"]
            assert number(pattern, text) == len({row[column] for row in rows}), (code, question)


def test_each_question_has_a_page_with_as_many_rows_as_its_answer(
    england: TestClient, request: pytest.FixtureRequest
) -> None:
    """With the parameters that it needs; without them the page has a form for each."""
    questions = {one["id"]: one for one in read(england, "/queries")["items"]}
    for name in not_empty(some(request, list(questions))):
        one = questions[name]
        needed = [each for each in one["parameters"] if not each["optional"]]
        given = "&".join(f"{each['name']}={EXAMPLES[each['name']]}" for each in needed)
        status, text = opened(england, f"/queries/{one['id']}?{given}")
        assert status == 200, one["id"]
        total = read(england, f"/queries/{one['id']}?{given}")["total"]
        assert number(r"<p>(\d+) rows?\.</p>", text) == total, one["id"]
        fields = {name for name in re.findall(r'name="(\w+)"', text) if name != "viewport"}
        assert fields == {each["name"] for each in one["parameters"]}, one["id"]


@pytest.mark.parametrize(
    ("path", "pattern", "key"),
    [
        ("people", r"Held (\d+) offices?", "appointments"),
        ("interventions", r"<h2>(\d+) acts? in order", "steps"),
    ],
)
def test_each_page_tells_how_many(
    england: TestClient, request: pytest.FixtureRequest, path: str, pattern: str, key: str
) -> None:
    """A person by their offices, an intervention by its acts."""
    names = identifiers_of(england, path) if path != "people" else people(england)
    for name in not_empty(some(request, names)):
        status, text = opened(england, f"/{path}/{name}")
        assert status == 200, name
        assert number(pattern, text) == len(read(england, f"/{path}/{name}")[key]), name


def test_each_direction_shows_each_of_its_duties(
    england: TestClient, request: pytest.FixtureRequest
) -> None:
    """In the tree of its page; of one that was not read item by item it says so."""
    for name in not_empty(some(request, identifiers_of(england, "directions"))):
        status, text = opened(england, f"/directions/{name}")
        assert status == 200, name
        duties = read(england, f"/directions/{name}/requirements?limit={_PAGE}")["total"]
        tasks = read(england, f"/directions/{name}/tasks?limit={_PAGE}")["total"]
        assert text.count('<li class="depth-') == duties + tasks, name
        assert ("tells its duties one by one" in text) is (duties == 0), name
