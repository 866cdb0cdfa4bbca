"""The files over HTTP: whole, in part, packed, and described."""

import gzip
import hashlib
from pathlib import Path

import pytest
import rdflib
import zstandard
from starlette.testclient import TestClient

from data.publication import publication
from data.tables.metadata import source_names
from loaders.exports.folder import is_whole
from queries.tables.files import file_kinds
from tests.fixtures.guards import not_empty, replaced

DATA = "/exports/council-interventions.nq"
PLAIN = {"accept-encoding": "identity"}


def test_every_file_is_listed_and_answers_whole(client: TestClient, exports: Path) -> None:
    """With the size and the hash that the list tells."""
    body = client.get("/exports", headers={"accept": "application/json"}).json()
    assert body["total"] == len(body["items"]) == len(file_kinds()) - 1
    for item in not_empty(body["items"]):
        answer = client.get(item["address"], headers=PLAIN)
        assert answer.status_code == 200, item
        assert hashlib.sha256(answer.content).hexdigest() == item["sha256"], item
        assert len(answer.content) == item["bytes"] == int(answer.headers["content-length"])
        assert answer.headers["content-type"].partition(";")[0] == item["media_type"]
        assert item["name"].rpartition("/")[2] in answer.headers["content-disposition"]
    sums = client.get("/exports/SHA256SUMS", headers=PLAIN)
    assert sums.content == (exports / "SHA256SUMS").read_bytes()


@pytest.mark.parametrize("path", [DATA, "/exports/CITATION.cff", "/graphs.nq"])
def test_a_download_goes_on_after_a_break(client: TestClient, path: str) -> None:
    """The parts are the whole, if it is still the same; else all is sent."""
    whole = client.get(path, headers=PLAIN)
    size, etag = len(whole.content), whole.headers["etag"]
    first = client.get(path, headers=PLAIN | {"range": "bytes=0-99"})
    rest = client.get(path, headers=PLAIN | {"range": "bytes=100-", "if-range": etag})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.headers["content-range"] == f"bytes 0-99/{size}"
    assert first.content + rest.content == whole.content
    last = client.get(path, headers=PLAIN | {"range": "bytes=-10"})
    assert last.content == whole.content[-10:]
    other = client.get(path, headers=PLAIN | {"range": "bytes=100-", "if-range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    beyond = client.get(path, headers=PLAIN | {"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    assert beyond.headers["content-type"] == "application/problem+json"
    assert beyond.json()["value"] == f"bytes={size}-"
    head = client.head(path, headers=PLAIN | {"range": f"bytes={size}-"})
    assert (head.status_code, head.content) == (416, b"")
    several = client.get(path, headers=PLAIN | {"range": "bytes=0-1,5-6"})
    assert several.status_code == 200


def test_a_known_file_is_not_sent_again(client: TestClient) -> None:
    """And a HEAD tells what a GET would."""
    etag = client.get(DATA, headers=PLAIN).headers["etag"]
    again = client.get(DATA, headers=PLAIN | {"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(DATA, headers=PLAIN)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)
    assert head.headers["accept-ranges"] == "bytes"


def test_a_file_is_sent_packed_to_those_who_read_it(client: TestClient, exports: Path) -> None:
    """Each form has a tag of its own, and parts of one fit together."""
    plain = (exports / "council-interventions.nq").read_bytes()
    tags = set()
    for coding, unpack in (("gzip", gzip.decompress), ("zstd", _unpacked)):
        with client.stream("GET", DATA, headers={"accept-encoding": coding}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
        assert unpack(packed) == plain
        tags.add(answer.headers["etag"])
    tags.add(client.get(DATA, headers=PLAIN).headers["etag"])
    assert len(tags) == 3
    refused = client.get(DATA, headers={"accept-encoding": "gzip;q=0, zstd;q=0"})
    assert "content-encoding" not in refused.headers


def _unpacked(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(packed)


@pytest.mark.parametrize("damage", ["other bytes", "cut off", "no hashes"])
def test_a_damaged_file_is_not_served(client: TestClient, exports: Path, damage: str) -> None:
    """And is served again once it is whole; every other file is served all the while."""
    path = exports / ("SHA256SUMS" if damage == "no hashes" else "CITATION.cff")
    content = path.read_bytes()
    changed = {"cut off": content[:-1], "no hashes": b"no hash\n"}
    try:
        path.write_bytes(changed.get(damage, content[::-1]))
        answer = client.get("/exports/CITATION.cff", headers=PLAIN)
        assert (answer.status_code, answer.json()["title"]) == (
            503,
            "The file is not as it was written",
        )
        assert path.name in answer.json()["detail"]
        others = client.get("/exports/datacite.json", headers=PLAIN).status_code
        assert others == (503 if damage == "no hashes" else 200)
        assert not is_whole(exports)
    finally:
        path.write_bytes(content)
    assert client.get("/exports/CITATION.cff", headers=PLAIN).content.startswith(b"cff-version")
    assert is_whole(exports)


@pytest.mark.parametrize("change", ["a column less", "a table more"])
def test_an_export_with_the_tables_of_another_day_is_made_anew(exports: Path, change: str) -> None:
    """A release that is built again by later code has the same name."""
    tables = exports / "tables"
    people, sums = tables / "people.csv", exports / "SHA256SUMS"
    before, more = people.read_bytes(), tables / "visits.csv"
    noted = sums.read_bytes()
    try:
        if change == "a table more":
            more.write_bytes(b"id\r\n")
        else:
            head, _, rest = before.partition(b"\r\n")
            people.write_bytes(head.rpartition(b",")[0] + b"\r\n" + rest)
            known = hashlib.sha256(before).hexdigest().encode()
            now = hashlib.sha256(people.read_bytes()).hexdigest().encode()
            sums.write_bytes(replaced(noted, known, now))
        assert not is_whole(exports)
    finally:
        people.write_bytes(before)
        sums.write_bytes(noted)
        more.unlink(missing_ok=True)
    assert is_whole(exports)


def test_the_addresses_of_the_data_answer(client: TestClient, copied: Path) -> None:
    """The whole, the release and a file of it; a release that is not here is not found."""
    release, other = copied.name, "0" * 12
    for path, accept, wanted in (
        ("/dataset", "text/html", "/exports"),
        ("/dataset", "text/turtle", "/catalog"),
        (f"/dataset/{release}.ttl", "*/*", "/catalog.ttl"),
        (f"/dataset/{release}", "text/html", "/exports"),
        (f"/dataset/{release}/tables/acts.csv", "*/*", "/exports/tables/acts.csv"),
        (f"/dataset/{release}/void.ttl", "*/*", "/exports/void.ttl"),
    ):
        answer = client.get(path, headers={"accept": accept}, follow_redirects=False)
        assert (answer.status_code, answer.headers.get("location")) == (303, wanted), path
        assert client.get(wanted, headers={"accept": accept}).status_code == 200, wanted
    for path in (f"/dataset/{other}", f"/dataset/{release}/manifest.json"):
        assert client.get(path, headers={"accept": "application/json"}).status_code == 404, path


def test_the_data_themselves_tell_their_licence(client: TestClient) -> None:
    """A query finds it, whose the sources are, and under which licence each is."""
    query = """PREFIX ci: <https://w3id.org/council-interventions/ns#>
    PREFIX dcat: <http://www.w3.org/ns/dcat#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?source ?licence ?publisher WHERE {
      ?data a dcat:Dataset, <http://rdfs.org/ns/void#Dataset> ; dcterms:license ?whole ;
        dcterms:source ?source
      OPTIONAL { ?source <http://purl.org/dc/elements/1.1/publisher> ?publisher }
      ?source dcterms:license|ci:licence ?licence }"""
    answer = client.get(
        "/sparql",
        params={"query": query},
        headers={"accept": "application/sparql-results+json"},
    )
    rows = answer.json()["results"]["bindings"]
    publishers = {row["publisher"]["value"] for row in rows if "publisher" in row}
    assert {"mySociety", "The National Archives"} < publishers
    assert len({row["source"]["value"] for row in rows}) == len(rows) > len(source_names())


def test_what_is_no_file_is_not_found(client: TestClient) -> None:
    """Nothing outside the list is reached, whatever the address."""
    for name in ("nothing.csv", "../manifest.json", ".packed/SHA256SUMS.gz", "%2e%2e/data.nq"):
        answer = client.get(f"/exports/{name}", headers={"accept": "application/json"})
        assert answer.status_code == 404, name
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_the_catalogue_leads_to_the_files(client: TestClient) -> None:
    """In DCAT; each address of a file is one of this service."""
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    answer = client.get("/catalog", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    addresses = sorted(str(one) for one in graph.objects(None, dcat.downloadURL))
    for address in not_empty(addresses[:5]):
        assert client.head(address, headers=PLAIN).status_code == 200, address


def test_the_page_says_how_to_check_and_cite(client: TestClient) -> None:
    """For people, with the licence."""
    page = client.get("/exports", headers={"accept": "text/html"}).text
    assert "sha256sum --check" in page and "Cite as:" in page and "creativecommons.org" in page


def test_a_release_is_cited_in_one_way(client: TestClient, exports: Path) -> None:
    """On the page, in the descriptions and beside the tables; without a day where none is known."""
    told = client.get("/exports", headers={"accept": "application/json"}).json()
    for name in ("TABLES.md", "RECIPES.md", "dcat.ttl", "ro-crate-metadata.json"):
        assert told["citation"] in (exports / name).read_text(encoding="utf-8"), name
    assert told["citation"] in client.get("/exports", headers={"accept": "text/html"}).text
    assert publication().citation("r1", "").startswith(f"{publication().creator}: ")
