"""The page on which people write queries: what it shows of an answer, and what it may run."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from ontology.namespaces import NS
from queries.catalogue import catalogue
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read_page

POLICY = "content-security-policy"
_COUNTED = f"""PREFIX ci: <{NS}>
SELECT ?council (COUNT(*) AS ?directions) {{ ?direction a ci:Direction ; ci:addressedTo ?council }}
GROUP BY ?council ORDER BY DESC(?directions) ?council"""


def asked(client: TestClient, query: str) -> str:
    """Return the page with the answer to a query."""
    answer = client.get("/sparql.html", params={"query": query})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_things_are_shown_by_name(client: TestClient) -> None:
    """A link says what a thing is called; its address is where it leads, and in the title."""
    text = asked(client, _COUNTED)
    assert re.search(r'<a href="/id/council/WOR" title="https[^"]+/WOR">Worcestershire', text)


def test_a_count_of_few_things_is_a_picture_too(client: TestClient) -> None:
    """A row of a name and a number has a bar, the largest the longest."""
    text = asked(client, _COUNTED)
    widths = [float(found) for found in re.findall(r'<rect [^>]*width="([\d.]+)"', text)]
    assert len(widths) > 1
    assert widths == sorted(widths, reverse=True)
    assert text.count("<rect") == text.count('<td class="number">')


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?name ?number { VALUES (?name ?number) { ('a' -1) ('b' 2) } }",
        "SELECT ?name ?number { VALUES (?name ?number) { ('a' 0) ('b' 0) } }",
        "SELECT ?name ?number { VALUES (?name ?number) { ('a' 'INF'^^<x:d>) ('b' 2) } }",
        "SELECT ?name ?other { VALUES (?name ?other) { ('a' 'c') ('b' 'd') } }",
        "SELECT ?one ?two { VALUES (?one ?two) { (1 2) (2 3) } }",
        "SELECT ?name ?number { VALUES (?name ?number) { ('a' 1e400) ('b' 2) } }",
    ],
)
def test_what_makes_no_fair_picture_has_none(client: TestClient, query: str) -> None:
    """Sums below zero, nothing at all, and what is no number stay a table."""
    text = asked(client, query)
    assert "<td" in text and "<rect" not in text


def test_hostile_text_stays_text_in_pictures_too(client: TestClient) -> None:
    """A label can hold anything."""
    hostile = "</text><script>alert(1)</script>"
    query = f"SELECT ?a ?n {{ VALUES (?a ?n) {{ ('{hostile}' 1) ('b' 2) }} }}"
    text = asked(client, query)
    assert "<rect" in text and "<script>alert" not in text


def test_an_answer_is_taken_away_in_every_format(client: TestClient) -> None:
    """Each link beside an answer gives the same answer in its format."""
    page = read_page(client, "/sparql.html?query=SELECT%20%3Fa%20%7BVALUES%20%3Fa%20%7B1%7D%7D")
    links = [one["href"] or "" for one in page.all("a") if "format=" in (one["href"] or "")]
    answers = {link.rpartition("=")[2]: client.get(link) for link in links}
    assert set(answers) == {"json", "xml", "csv", "tsv", "html"}
    assert all(answer.status_code == 200 for answer in not_empty(answers.values()))
    assert answers["csv"].text.split() == ["a", "1"]


def test_examples_are_questions_that_can_be_asked(client: TestClient) -> None:
    """Each example stands in the form, unasked, and gives an answer when it is run."""
    page = read_page(client, "/sparql.html")
    names = [
        (one["href"] or "").rpartition("=")[2]
        for one in page.all("a")
        if "example=" in (one["href"] or "")
    ]
    expected = [query.name for query in catalogue().values() if not query.missing({})]
    assert not_empty(names) == expected
    shown = client.get(f"/sparql?example={names[0]}", headers={"Accept": "text/html"})
    assert "SELECT" in shown.text and 'id="answer"' not in shown.text
    missing = client.get("/sparql?example=none_such", headers={"Accept": "text/html"})
    assert missing.status_code == 404
    assert client.get("/sparql", params={"query": catalogue()[names[0]].text}).status_code == 200


def test_the_place_of_a_fault_reaches_the_editor(client: TestClient) -> None:
    """What was typed stands in the form again, with the line and column that are at fault."""
    answer = client.get("/sparql.html", params={"query": "SELECT ?a\nWHERE { ?a ci:b ?c }"})
    assert answer.status_code == 400
    assert re.search(r'data-problem="line 2, column 12: ', answer.text)
    assert "WHERE { ?a ci:b ?c }</textarea>" in answer.text


def test_only_this_page_runs_a_script_and_only_ours(client: TestClient) -> None:
    """The policy lets files of this service run, on the page of queries and of faults in them."""
    good = client.get("/sparql.html", params={"query": "ASK {}"})
    bad = client.get("/sparql.html", params={"query": "ASK"})
    for answer in (good, bad):
        assert "script-src 'self'" in answer.headers[POLICY]
        assert "unsafe" not in answer.headers[POLICY]
        assert re.findall(r"<script[^>]*>", answer.text) == [
            '<script type="module" src="/static/query-page.js">'
        ]
    for path in ("/councils.html", "/queries.html", "/no-such-address.html"):
        other = client.get(path)
        assert "script-src" not in other.headers[POLICY] and "<script" not in other.text


def test_the_bundle_is_of_the_versions_that_are_locked() -> None:
    """Every package is locked to its bytes, and the lock names no host."""
    lock = json.loads(files("api").joinpath("editor/package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all("integrity" in one and "resolved" not in one for one in not_empty(packages.values()))
    assert files("api").joinpath("static/query-page.js").read_bytes()
