"""Linked data and pages: every address leads somewhere, and no page needs another site."""

import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.releases import DATA_FILE, current_release
from data.settings import Settings
from ontology.identifiers import KINDS
from ontology.namespaces import BASE, ID
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import check_form, check_loading, read_page
from tests.fixtures.servers.in_process import client_of

PAGES = (
    "/",
    "/councils",
    "/councils?q=norf",
    "/councils/NFK",
    "/councils/NTH",
    "/councils/LIN",
    "/councils/KET",
    "/councils/NTH/events",
    "/councils/KET/events",
    "/inspections",
    "/inspections/NFK-2015-01",
    "/judgements",
    "/directions",
    "/directions?in_force_on=2018-01-01",
    "/directions/WOR-2017-02",
    "/notices",
    "/section-114-reports",
    "/transfers",
    "/interventions",
    "/interventions?under_way_on=2018-01-01",
    "/under-intervention?on=2018-01-01",
    "/under-intervention?on=2016-02-01&council=NFK",
    "/interventions/direction-NTH-2013-01",
    "/authorities",
    "/authorities/NECA",
    "/coverage",
    "/coverage?council=NFK",
    "/coverage/figures",
    "/requirements",
    "/tasks",
    "/commissioners",
    "/appointments",
    "/people/trevor-doughty",
    "/documents",
    "/documents/nfk-direction-2016",
    "/claims",
    "/discrepancies",
    "/queries",
    "/queries/directions_of_council",
    "/queries/directions_of_council?council=NFK",
    "/sparql",
    "/ontology",
    "/docs",
    "/doc/time/05c3504e3c85887f",
    "/doc/scheme/grade/good",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_formed_and_complete(client: TestClient, path: str) -> None:
    """Language, title, landmarks, skip link, labels, unique ids, headings in order."""
    check_form(read_page(client, path))


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    """Every link that a browser loads by itself stays on this service."""
    check_loading(read_page(client, path))


def test_links_of_the_pages_lead_somewhere(client: TestClient) -> None:
    """No link on the main pages is broken."""
    seen: set[str] = set()
    for path in ("/", "/councils/NFK", "/directions", "/docs"):
        seen |= {str(a["href"]) for a in read_page(client, path).all("a")}
    for link in not_empty(sorted(seen)):
        if link.startswith("/"):
            answer = client.get(link.partition("#")[0])
            assert answer.status_code in (200, 303), link
        else:
            assert link.startswith(("#", "http://www.legislation.gov.uk/", "http://statistics."))


def test_a_council_page_tells_what_the_sources_say(client: TestClient) -> None:
    """Judgements with words and paragraphs, directions with revocation, and how far was read."""
    text = client.get("/councils/NFK.html").text
    assert (
        "nothing later has been read" in text
        and "care leavers received the bottom rating" not in text
    )
    assert text.count('<h3 id="NFK-2015-01">') == 1
    assert "experiences and progress of care leavers" in text and "paragraph 4" in text
    assert "Dated this day of" in text and "31 March 2016 to 5 August 2016" in text
    nothing = client.get("/councils/LIN.html").text
    assert "No document about Lincolnshire County Council has been read" in nothing


def minted(release: Path) -> list[str]:
    """Return every address of ours that the release speaks of, without fragments."""
    text = (current_release(release) / DATA_FILE).read_text(encoding="utf-8")
    return sorted(set(re.findall(rf"<{re.escape(str(ID))}([^>#]+)", text)))


def sampled(addresses: list[str]) -> list[str]:
    """Return each address, but of those that the build makes by thousands only every twentieth."""
    many = re.compile("(?:claim|coverage|slot|time)/")
    made = [local for local in addresses if many.match(local)]
    return [local for local in addresses if not many.match(local)] + made[::20]


def test_every_minted_address_leads_to_a_description(client: TestClient, release: Path) -> None:
    """303 from each thing; for one of each kind the description is read in three formats."""
    tried: set[str] = set()
    for local in not_empty(sampled(minted(release))):
        answer = client.get(f"/id/{quote(local)}")
        assert answer.status_code == 303, local
        kind = local.partition("/")[0]
        if kind in tried:
            continue
        tried.add(kind)
        link = client.get(answer.headers["location"]).json().get("claims")
        assert link is None or client.get(link).status_code == 200, local
        for media_type in ("application/json", "text/html", "text/turtle"):
            described = client.get(answer.headers["location"], headers={"Accept": media_type})
            assert described.status_code == 200, local
        iri = ox.NamedNode(BASE + "id/" + local)
        triples = [quad.triple for quad in ox.parse(described.content, ox.RdfFormat.TURTLE)]
        assert any(iri in (triple.subject, triple.object) for triple in triples), local
    assert tried <= KINDS.keys() and {"slot", "time", "claim", "run", "deadline"} <= tried


def test_a_suffix_goes_along(client: TestClient) -> None:
    """Whoever asks for Turtle of a thing is sent to Turtle."""
    assert (
        client.get("/id/direction/WOR-2017-02.ttl").headers["location"]
        == "/directions/WOR-2017-02.ttl"
    )
    dotted = client.get("/id/requirement/WOR-2017-02/7.d.ii")
    assert dotted.headers["location"] == "/doc/requirement/WOR-2017-02/7.d.ii"


def test_what_points_to_a_thing_has_its_name(client: TestClient) -> None:
    """A reader sees names there, not addresses only."""
    mentions = client.get("/doc/council/NFK").json()["mentioned_by"]
    named = {mention["thing"]["id"]: mention["thing"]["label"] for mention in mentions}
    assert named["nfk-press-2016"]
    concepts = client.get("/doc/scheme/grade").json()["mentioned_by"]
    labels = {
        concept["thing"]["label"] for concept in concepts if concept["property"] == "skos:inScheme"
    }
    assert "inadequate" in labels and None not in labels


def test_terms_and_concepts_are_explained(client: TestClient) -> None:
    """The namespace, the ontology, and the concepts of the schemes."""
    assert client.get("/ns").headers["location"] == "/ontology"
    assert "Council" in {item["id"] for item in client.get("/ontology").json()["items"]}
    assert client.get("/scheme/area/sif-2.2").headers["location"] == "/doc/scheme/area/sif-2.2"
    concept = client.get("/doc/scheme/area/sif-2.2").json()
    assert concept["label"] == "experiences and progress of care leavers"


def test_words_come_from_the_document_where_it_is_at_hand(release: Path, documents: Path) -> None:
    """With the documents, the whole passage is shown; a changed file is not read from."""
    with client_of(Settings(release=release, documents=documents)) as client:
        claims = client.get("/claims?document=nfk-press-2016&limit=1000").json()["items"]
        assert all(claim["words_from_document"] for claim in claims)
        assert any("care leavers received the bottom rating" in claim["words"] for claim in claims)


def test_a_changed_document_is_not_quoted(release: Path, tmp_path: Path, documents: Path) -> None:
    """The hash decides."""
    for path in documents.glob("001_*.txt"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8") + "!", encoding="utf-8")
    with client_of(Settings(release=release, documents=tmp_path)) as client:
        claims = client.get("/claims?document=nfk-press-2016").json()["items"]
        assert not any(claim["words_from_document"] for claim in claims)


def test_the_addresses_are_documented(client: TestClient) -> None:
    """Every path of the OpenAPI document stands on the page, with its filters."""
    described = client.get("/openapi.json").json()
    text = client.get("/docs").text
    for path, operations in not_empty(described["paths"].items()):
        assert f">{path}<" in text
        assert all(
            "422" not in operation["responses"] for operation in not_empty(operations.values())
        )
    names = {
        parameter["name"] for parameter in described["paths"]["/directions"]["get"]["parameters"]
    }
    filters = {"council", "power", "issued_by", "in_force_on", "with"}
    filters |= {"as_of", "known_at", "from", "to"}
    assert names == {*filters, "limit", "cursor", "fields"}


def test_the_documentation_gives_one_example_of_a_value(client: TestClient) -> None:
    """That of the meaning, or else that of the schema."""
    described = re.findall(r"<dd>([^<]*such as[^<]*)</dd>", client.get("/docs").text)
    doubled = re.compile("such as.*; such as")
    assert [words for words in not_empty(described) if doubled.search(words)] == []
