"""Read the answers of the service, and check what holds for each of its pages."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from starlette.testclient import TestClient

VOID = {"br", "hr", "img", "input", "link", "meta"}
LOADING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "form": "action"}


class Page(HTMLParser):
    """Collects what the rules ask about, and complains of tags that are not closed."""

    def __init__(self) -> None:
        """Start with an empty page."""
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that a tag ends where it should."""
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Note the text of the innermost tag."""
        if self.open:
            self.text[self.open[-1]] = self.text.get(self.open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every tag of one name."""
        return [attributes for name, attributes in self.seen if name == tag]


def read_page(client: TestClient, path: str) -> Page:
    """Return the page at an address, parsed."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    found = Page()
    found.feed(answer.text)
    assert found.open == []
    return found


def check_form(found: Page) -> None:
    """Check language, title, landmarks, skip link, labels, unique ids, headings in order."""
    assert found.all("html")[0]["lang"] == "en-GB"
    assert found.text["title"].strip() and found.text["h1"].strip()
    for landmark in ("h1", "main", "header", "footer", "nav"):
        assert len(found.all(landmark)) == 1, landmark
    assert found.all("a")[0]["href"] == "#main"
    labelled = {label["for"] for label in found.all("label")}
    fields = [*found.all("input"), *found.all("textarea")]
    assert all(one["id"] in labelled for one in fields if one.get("type") != "hidden")
    identifiers = [attributes["id"] for _, attributes in found.seen if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    levels = [int(tag[1]) for tag, _ in found.seen if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def check_loading(found: Page) -> None:
    """Check that a page runs no script and loads nothing from elsewhere."""
    assert found.all("script") == [] and found.all("iframe") == []
    for tag, attributes in found.seen:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag in LOADING:
            target = attributes.get(LOADING[tag]) or ""
            assert target.startswith("/") and not target.startswith("//")


def read(client: TestClient, address: str) -> Any:
    """Return the JSON at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def identifiers(client: TestClient, address: str) -> list[str]:
    """Return the identifiers of the items of a list."""
    return [item["id"] for item in read(client, address)["items"]]
