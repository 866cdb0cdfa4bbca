"""Behind a proxy one setting rules every link."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from data.settings import Settings, read_settings
from ontology.errors import WrongSetting
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.in_process import client_of
from tests.fixtures.servers.served import serving, write_dataset

PUBLIC = "https://data.example.org/record"
BROWSER = {"Accept": "text/html"}
CSV = {"Accept": "text/csv"}
ADDRESSES = ("/", "/councils", "/councils/NFK", "/directions?limit=1", "/queries", "/graphs")
ENDPOINT = "#endpoint> <{}/sparql>"


@pytest.fixture(scope="module")
def client(release: Path) -> Iterator[TestClient]:
    """Return a client of the service behind a proxy that takes a path off."""
    settings = Settings(release=release, public_address=f"{PUBLIC}/")
    with client_of(settings, follow_redirects=False) as running:
        yield running


def links_in(value: Any) -> Iterator[str]:
    """Yield every text in JSON that is a path, but for what was sent."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from links_in(one if name != "value" else None)
    elif isinstance(value, list):
        for one in value:
            yield from links_in(one)
    elif isinstance(value, str) and value.startswith("/"):
        yield value


@pytest.mark.parametrize("address", [*ADDRESSES, "/sparql", "/nothing", "/directions?council=X"])
def test_every_link_of_a_page_has_the_prefix(client: TestClient, address: str) -> None:
    """Those of the frame, of the content, of forms and of errors."""
    page = client.get(address, headers=BROWSER).text
    links = re.findall(r'(?:href|action|src)="(/[^"]*)"', page)
    assert [link for link in not_empty(links) if not link.startswith("/record/")] == []
    assert 'href="/record/static/style.css"' in page


def test_every_link_of_a_picture_has_the_prefix(client: TestClient) -> None:
    """It leads to the events on the page of its council."""
    links = re.findall(r'href="([^"]*)"', client.get("/councils/NFK/timeline.svg").text)
    assert {link.partition("#")[0] for link in not_empty(links)} == {"/record/councils/NFK"}


@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing", "/directions?council=X"])
def test_every_link_in_json_has_the_prefix(client: TestClient, address: str) -> None:
    """And the headers that lead somewhere."""
    answer = client.get(address, headers={"Accept": "application/json"})
    found = list(links_in(answer.json()))
    assert [link for link in found if not link.startswith("/record/")] == []
    assert found or address == "/queries"
    if link := answer.headers.get("link"):
        assert link.startswith("</record/")


@pytest.mark.parametrize(
    "address", ["/councils/NFK/events.csv", "/documents.csv", "/search.csv?q=NFK"]
)
def test_every_link_in_a_table_has_the_prefix(
    address: str, client: TestClient, release: Path
) -> None:
    """And nothing else of the table is another one than without."""
    with client_of(Settings(release=release)) as direct:
        plain, published = (
            list(csv.reader(io.StringIO(one.get(address, headers=CSV).text, newline="")))
            for one in (direct, client)
        )
    assert [
        [f"/record{cell}" if cell.startswith("/") else cell for cell in row] for row in plain
    ] == published
    assert len(not_empty(plain)) > 1
    if "events" in address:
        assert any(cell.startswith("/record/claims?") for row in published for cell in row)


def test_redirects_and_descriptions_name_the_public_address(client: TestClient) -> None:
    """Whatever host was asked."""
    assert client.get("/id/council/NFK").headers["location"].startswith("/record/councils/NFK")
    described = client.get("/sparql", headers={"Accept": "text/turtle", "Host": "inner:8000"}).text
    assert ENDPOINT.format(PUBLIC) in described and "inner" not in described
    assert client.get("/openapi.json").json()["servers"] == [{"url": PUBLIC}]
    wrong = client.get("/directions?council=/nothing")
    assert wrong.json()["value"] == "/nothing"


def test_a_proxy_on_this_machine_is_believed_about_the_scheme(tmp_path: Path) -> None:
    """Without the setting, and not those who come from elsewhere."""
    dataset = write_dataset(tmp_path / "data.nq", 10)
    asked = {"Accept": "text/turtle", "Host": "data.example.org", "X-Forwarded-Proto": "https"}
    for settings, scheme in (({}, "https"), ({"proxies": "192.0.2.1"}, "http")):
        with serving(dataset=dataset, **settings) as served:
            for _ in range(2):
                text = served.get("/sparql", asked).body.decode()
                assert ENDPOINT.format(f"{scheme}://data.example.org") in text
            plain = {name: asked[name] for name in ("Accept", "Host")}
            text = served.get("/sparql", plain).body.decode()
            assert ENDPOINT.format("http://data.example.org") in text


@pytest.mark.parametrize("address", ["data.example.org", "ftp://x/", "https://x/?a", "https://"])
def test_what_no_link_can_begin_with_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is started."""
    monkeypatch.setenv("INTERVENTIONS_PUBLIC_ADDRESS", address)
    with pytest.raises(WrongSetting, match="PUBLIC_ADDRESS"):
        read_settings()
