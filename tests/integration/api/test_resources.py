"""The lists and the single things: what they say, how they are filtered and paged."""

import csv
import io
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib.namespace import XSD
from starlette.testclient import TestClient

from api.views.description import Description, statement
from api.views.fields import DEADLINE
from ontology import CI
from ontology.identifiers import concept
from ontology.namespaces import ID
from tests.fixtures.guards import not_empty

LISTS = (
    "authorities",
    "councils",
    "coverage",
    "interventions",
    "inspections",
    "judgements",
    "directions",
    "requirements",
    "tasks",
    "commissioners",
    "appointments",
    "documents",
    "claims",
    "discrepancies",
)


def read(client: TestClient, address: str) -> Any:
    """Return the JSON at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return items by their identifiers."""
    return {item["id"]: item for item in items}


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_the_one_envelope(client: TestClient, path: str) -> None:
    """Items, total, next, release and coverage, and each item with identifier and address."""
    body = read(client, f"/{path}")
    assert list(body) == ["@context", "items", "total", "next", "release", "coverage"]
    assert 0 < len(body["items"]) <= 50 and body["total"] >= len(body["items"])
    assert all(item["id"] and item["iri"].endswith(item["id"]) for item in body["items"])
    assert body["coverage"]["documents"] == 5
    assert body["coverage"]["latest_date"] == "2018-11-30"
    assert "silence is no evidence" in body["coverage"]["statement"]


@pytest.mark.parametrize(
    ("council", "directions"),
    [
        ("NFK", ["NFK-2013-01", "NFK-2016-01", "NFK-2016-02"]),
        ("NTH", ["NTH-2013-01", "NTH-2018-01", "NTH-2018-02"]),
        ("WOR", ["WOR-2017-01", "WOR-2017-02"]),
    ],
)
def test_directions_of_a_council_in_order(
    client: TestClient, council: str, directions: list[str]
) -> None:
    """Norfolk and Northamptonshire received three directions, Worcestershire two."""
    body = read(client, f"/directions?council={council}")
    assert [item["id"] for item in body["items"]] == directions
    assert {item["council"]["id"] for item in body["items"]} == {council}


def test_a_direction_tells_its_dates_powers_issuer_attestation_and_revocation(
    client: TestClient,
) -> None:
    """The blank date of signature stays blank, with its bounds."""
    found = by_id(read(client, "/directions")["items"])
    last, before, first = found["NFK-2016-02"], found["NFK-2016-01"], found["NFK-2013-01"]
    assert last["signed"]["status"] == "blank" and last["signed_on"] is None
    assert (last["signed"]["earliest"], last["signed"]["latest"]) == ("2016-03-31", "2016-08-05")
    assert last["published_on"] == "2016-08-05"
    assert [power["id"] for power in last["powers"]] == ["ukpga/1996/56/section/497A/4B"]
    assert [section["id"] for section in last["applied_by"]] == ["ukpga/2004/31/section/50"]
    assert last["issued_by"]["id"] == "sos-education"
    assert [revocation["id"] for revocation in last["revokes"]] == ["NFK-2016-01"]
    assert [revocation["id"] for revocation in before["revoked_by"]] == ["NFK-2016-02"]
    assert (last["attestation"], before["attestation"]) == ("in-corpus", "known-by-reference")
    assert (before["signed_on"], first["signed_on"]) == ("2016-01-07", None)
    best_value = [power["id"] for power in found["NTH-2018-01"]["powers"]]
    assert best_value == ["ukpga/1999/27/section/15/5", "ukpga/1999/27/section/15/6"]


def test_in_force_says_how_certain_it_is_and_why(client: TestClient) -> None:
    """A direction of which nothing later is heard is possible, and the last sign is told."""
    body = read(client, "/directions?in_force_on=2018-01-01")
    certainty = {item["id"]: item["certainty"] for item in body["items"]}
    assert certainty == {
        "NFK-2016-02": "possible",
        "WOR-2017-02": "possible",
        "NTH-2013-01": "possible",
    }
    found = by_id(body["items"])["WOR-2017-02"]
    assert found["because"] == "Last heard of: direction WOR-2017-02, 2017-09-19. No end is told."
    assert found["last_sign"]["day"] == "2017-09-19"
    assert found["last_sign"]["source"]["id"] == "wor-direction-2017"
    assert read(client, f"/claims/{found['last_sign']['claim']['id']}")
    assert by_id(body["items"])["NFK-2016-02"]["read_up_to"] == "2016-08-05"
    assert body["not_heard_of"] == 0
    assert (body["as_of"], body["cut_off_date"]) == ("2018-01-01", "2018-11-30")


@pytest.mark.parametrize(
    ("day", "certainty"),
    [
        ("2016-01-06", {"NFK-2013-01": "possible"}),
        ("2016-01-07", {"NFK-2016-01": "certain"}),
        ("2016-05-01", {"NFK-2016-01": "possible", "NFK-2016-02": "possible"}),
        ("2016-08-05", {"NFK-2016-02": "possible"}),
        ("2013-12-15", {"NFK-2013-01": "possible"}),
        ("2013-11-30", {}),
    ],
)
def test_in_force_follows_the_bounds_of_signature_and_revocation(
    client: TestClient, day: str, certainty: dict[str, str]
) -> None:
    """Between two bounds nothing is certain; the day of revocation is the first without force."""
    body = read(client, f"/directions?council=NFK&in_force_on={day}")
    assert {item["id"]: item["certainty"] for item in body["items"]} == certainty


def test_who_is_under_intervention(client: TestClient) -> None:
    """Each council under each regime, with power, people, reason and last sign."""
    body = read(client, "/under-intervention?on=2016-02-01")
    assert (body["as_of"], body["total"], body["not_heard_of"]) == ("2016-02-01", 2, 0)
    found = {item["council"]["id"]: item for item in body["items"]}
    norfolk = found["NFK"]
    assert (norfolk["regime"], norfolk["certainty"]) == ("childrens-services", "certain")
    assert norfolk["because"].startswith("Before: direction NFK-2016-01, 2016-01-07. After: ")
    assert norfolk["since"]["words"] == "December 2013"
    assert [power["id"] for power in norfolk["power"]] == ["ukpga/1996/56/section/497A"]
    assert norfolk["power_basis"] == "inferred"
    assert norfolk["last_sign"]["source"]["id"] == "nfk-direction-2016"
    assert found["NTH"]["certainty"] == "possible"
    assert read(client, "/under-intervention?on=2016-02-01&stage=functions-moved")["total"] == 0


def test_of_one_council_what_is_not_known_is_told_too(client: TestClient) -> None:
    """One answer for each regime; what a dissolved council was under ended with it."""
    items = read(client, "/under-intervention?on=2016-02-01&council=NFK")["items"]
    assert {item["regime"]: item["certainty"] for item in items} == {
        "childrens-services": "certain",
        "best-value": "none-known",
        "send": "none-known",
        "planning": "none-known",
    }
    address = "/under-intervention?on=2021-04-01&council=NTH&regime="
    (gone,) = read(client, f"{address}best-value")["items"]
    assert (gone["certainty"], gone["planned_end"]) == ("ended", None)
    assert gone["because"].startswith("The council was abolished on 2021-04-01")
    (none,) = read(client, f"{address}planning")["items"]
    assert (none["certainty"], none["last_sign"]) == ("none-known", None)
    assert none["regime_label"] == "planning"
    assert none["because"].startswith("It was not there on this day: it was abolished on")
    (there,) = read(client, "/under-intervention?on=2016-02-01&council=NFK&regime=send")["items"]
    assert "It was there on this day" in there["because"]
    (early,) = read(client, "/under-intervention?on=2016-02-01&council=NNT&regime=send")["items"]
    assert early["because"] == ("It was not there on this day: it began on 2021-04-01.")


@pytest.mark.parametrize(
    "address",
    [
        "/under-intervention",
        "/under-intervention.csv",
        "/under-intervention?council=NFK",
        "/ask?q=Who is commissioner or envoy today?",
    ],
)
def test_an_answer_for_today_is_asked_for_again_each_time(client: TestClient, address: str) -> None:
    """Tomorrow may have another; until then the client hears that its own is still right."""
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "public, no-cache"
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, no-cache"


def test_today_is_asked_for_if_no_day_is_given(client: TestClient) -> None:
    """The answer says which day that is, and has another tag than that for another day."""
    answer = client.get("/under-intervention")
    other = client.get("/under-intervention?on=2018-01-01")
    assert answer.json()["as_of"] and answer.headers["etag"] != other.headers["etag"]
    assert "max-age" in other.headers["cache-control"]


def test_no_direction_outlives_its_council(client: TestClient) -> None:
    """Northamptonshire County Council was dissolved on 1 April 2021."""
    assert read(client, "/directions?council=NTH&in_force_on=2021-03-31")["total"] == 2
    assert read(client, "/directions?council=NTH&in_force_on=2021-04-01")["total"] == 0


def test_councils_under_direction(client: TestClient) -> None:
    """A council is as certain as its most certain direction."""
    items = read(client, "/councils?under_direction_on=2018-01-01")["items"]
    certainty = {item["id"]: item["certainty"] for item in items}
    assert certainty == {"NFK": "possible", "NTH": "possible", "WOR": "possible"}


@pytest.mark.parametrize(
    ("address", "identifiers"),
    [
        ("/councils?q=norf", {"KIN", "NFK", "NNO", "SNO"}),
        ("/councils?q=wor", {"HIN", "NUN", "TAW", "WND", "WOC", "WOR", "WOT"}),
        ("/councils?q=E08000016", {"BNS"}),
        ("/councils?q=e08000038", {"BNS"}),
        ("/councils?type=unitary&q=northamptonshire", {"NNT", "WNT"}),
        ("/councils?type=unitary&region=east-midlands&q=r", {"DER", "LCE", "NNT", "RUT", "WNT"}),
        ("/councils?grade=inadequate", {"NFK", "NTH", "WOR"}),
        ("/inspections?council=NFK&framework=sif", {"NFK-2015-01"}),
        ("/inspections?from=2017-01-01&to=2017-12-31", {"WOR-2017-01", "WOR-2017-02"}),
        ("/judgements?council=NFK&area=sif-2.1", {"NFK-2015-01/sif-2.1"}),
        (
            "/judgements?framework=sif&grade=inadequate&council=NFK",
            {f"NFK-2015-01/{area}" for area in ("sif-2", "sif-2.2", "sif-overall")},
        ),
        ("/directions?power=ukpga/1999/27/section/15/5", {"NTH-2018-01"}),
        ("/directions?issued_by=sos-hclg", {"NTH-2018-01"}),
        ("/directions?from=2018-01-01&to=2018-12-31", {"NTH-2018-01", "NTH-2018-02"}),
        ("/directions?from=2018-01-01&known_at=2018-12-31", {"NTH-2018-01", "NTH-2018-02"}),
        ("/directions?to=2018-01-01&from=2017-12-31", set()),
        ("/requirements?due_from=2018-01-01&due_to=2018-03-31", {"WOR-2017-02/7.d.ii"}),
        ("/tasks?council=WOR&kind=relative", {"WOR-2017-02/annex.9"}),
        ("/commissioners?council=NFK", {"NFK-adviser", "NFK-childrens"}),
        ("/appointments?council=WOR", {"WOR-2017-01", "WOR-2017-02"}),
    ],
)
def test_filters(client: TestClient, address: str, identifiers: set[str]) -> None:
    """Each filter narrows its list."""
    assert {item["id"] for item in read(client, address)["items"]} == identifiers


def test_deadline_in_working_days_gives_number_and_unit() -> None:
    """A number of working days is no length; other deadlines have no key for it."""
    deadline, days = f"{ID}deadline/WOR-2017-02/7.d/1", concept("unit", "working-days")
    node = ox.NamedNode(deadline)
    counted = [
        ox.Triple(
            node,
            ox.NamedNode(str(CI.amount)),
            ox.Literal("10", datatype=ox.NamedNode(str(XSD.decimal))),
        ),
        ox.Triple(node, ox.NamedNode(str(CI.unit)), ox.NamedNode(str(days))),
    ]
    written = DEADLINE.of(Description(map(statement, counted)), deadline)
    assert (written["amount"], written["unit"], written["offset"]) == (10, "working-days", None)
    assert not {"amount", "unit"} & DEADLINE.of(Description(), deadline).keys()


def test_requirements_of_a_direction_in_printed_order(client: TestClient) -> None:
    """The items follow the instrument, not the alphabet."""
    items = read(client, "/directions/WOR-2017-02/requirements")["items"]
    paragraphs = [item["paragraph"] for item in items]
    assert paragraphs[:3] == ["7.a", "7.b", "7.b.i"]
    assert {item["direction"]["id"] for item in items} == {"WOR-2017-02"}
    tasks = read(client, "/directions/WOR-2017-02/tasks")["items"]
    printed = [item["paragraph"] for item in tasks]
    assert printed.index("annex.9") < printed.index("annex.10")


def test_a_council_shows_an_inspection_once_with_judgements_and_their_sources(
    client: TestClient,
) -> None:
    """Norfolk's inspection of 2015: six judgements, each with the passages that state it."""
    body = read(client, "/councils/NFK")
    (inspection,) = (one for one in body["inspections"] if one["id"] == "NFK-2015-01")
    judgements = {one["area"]: one for one in inspection["judgements"]}
    assert {area: one["grade"] for area, one in judgements.items()} == {
        "sif-overall": "inadequate",
        "sif-1": "requires-improvement",
        "sif-2": "inadequate",
        "sif-2.1": "requires-improvement",
        "sif-2.2": "inadequate",
        "sif-3": "requires-improvement",
    }
    for judgement in not_empty(judgements.values()):
        assert judgement["sources"], judgement["id"]
        for source in judgement["sources"]:
            assert source["words"] and source["place"]["paragraph"] and source["document"]["id"]
    stating = {one["document"]["id"] for one in judgements["sif-2"]["sources"]}
    assert stating == {"nfk-commissioner-report-2016", "nfk-direction-2016", "nfk-press-2016"}
    assert len(body["directions"]) == 3 and body["posts"] and body["discrepancies"]


def test_a_council_nothing_was_read_about_says_so(client: TestClient) -> None:
    """No record is not shown as nothing happened."""
    body = read(client, "/councils/LIN")
    assert body["inspections"] == [] and body["coverage"]["documents"] == 0
    assert "has been read" in body["coverage"]["statement"]
    statement = read(client, "/directions?council=LIN")["coverage"]["statement"]
    assert "No document about Lincolnshire County Council has been read" in statement


def test_discrepancies_show_words_places_and_what_is_used(client: TestClient) -> None:
    """Every claim has its words and its place; every fact says what is used and why."""
    items = read(client, "/discrepancies?limit=1000")["items"]
    for item in not_empty(items):
        assert item["kind"] and item["explanation"] and item["claims"] and item["used"]
        for claim in item["claims"]:
            assert claim["words"] and claim["place"]["paragraph"] and claim["compared_as"]
            assert len(claim["place"]["characters"]) == 2
        for used in item["used"]:
            assert used["reason"]
            assert (used["claim"] is None) == (used["rule"] is None) == (used["value"] is None)
    kinds = {item["kind"] for item in items}
    assert {"refinement", "impossible-value", "blank-value", "disputed-by-source"} <= kinds
    (impossible,) = (item for item in items if item["kind"] == "impossible-value")
    assert impossible["claims"][0]["words"] == "25 to 29 February 2013"
    assert impossible["claims"][0]["value"]["edtf"] is None
    assert impossible["claims"][0]["value"]["may_stand_for"]
    narrowed = read(client, "/discrepancies?type=blank-value&council=NFK")["items"]
    assert [item["about"]["id"] for item in narrowed] == ["NFK-2016-02"]


def test_claims_of_a_thing(client: TestClient) -> None:
    """The claims about one thing, with words, place, and the slot that decides."""
    items = read(client, "/claims?about=direction/NFK-2016-01&limit=1000")["items"]
    assert {item["about"]["id"] for item in items} == {"NFK-2016-01"}
    signed = [item for item in items if item["property"] == "signed"]
    assert {item["words"] for item in signed} == {"7 January 2016", "signed yesterday"}
    assert [item["compared_as"] for item in signed if item["is_used"]] == ["2016-01-07"]
    one = read(client, f"/claims/{items[0]['id']}")
    assert one["words"] == items[0]["words"]
    only = read(client, "/claims?document=nfk-press-2016")
    assert {item["document"]["id"] for item in only["items"]} == {"nfk-press-2016"}


def test_a_person_and_a_document(client: TestClient) -> None:
    """Who held which office under what, and what a document is."""
    person = read(client, "/people/trevor-doughty")
    held = {
        appointment["id"]: [under["id"] for under in appointment["under"]]
        for appointment in person["appointments"]
    }
    assert held == {"WOR-2017-01": ["WOR-2017-01"], "WOR-2017-02": ["WOR-2017-02"]}
    document = read(client, "/documents/nfk-direction-2016")
    assert document["characters"] == 5306 and document["attestation"] == "in-corpus"


@pytest.mark.parametrize("path", ["claims", "judgements"])
def test_pages_hold_every_item_once(client: TestClient, path: str) -> None:
    """Following `next` from the first page to the last gives the whole list, in order."""
    whole = [item["id"] for item in read(client, f"/{path}?limit=1000")["items"]]
    found: list[str] = []
    following: str | None = f"/{path}?limit=400" if path == "claims" else f"/{path}?limit=7"
    while following:
        answer = client.get(following)
        found += [item["id"] for item in answer.json()["items"]]
        following = answer.json()["next"]
        assert (following is not None) == ("link" in answer.headers)
        assert answer.headers["x-total-count"] == str(answer.json()["total"])
    assert found[: len(whole)] == whole and len(found) == len(set(found))


def test_a_link_to_the_next_page_keeps_filters_and_format(client: TestClient) -> None:
    """The next page of a filtered CSV is the same kind of answer."""
    answer = client.get("/judgements.csv?council=NFK&limit=3")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 3 and rows[0]["council"] == "NFK"
    assert rows[0]["council_label"] == "Norfolk County Council"
    link = answer.headers["link"]
    assert link.startswith("</judgements.csv?council=NFK&limit=3&cursor=")
    following = client.get(link.partition("<")[2].partition(">")[0])
    assert following.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(("path", "other"), [("requirements", "tasks"), ("tasks", "requirements")])
@pytest.mark.parametrize("before", ["/", "/directions/WOR-2017-02/"])
def test_duties_of_councils_and_of_commissioners_lead_to_each_other(
    client: TestClient, before: str, path: str, other: str
) -> None:
    """Neither list is all that a direction demands; the link asks the same of the other."""
    for suffix, query in (("", "?council=WOR&limit=2"), (".csv", ""), (".ttl", "?limit=1")):
        answer = client.get(f"{before}{path}{suffix}{query}")
        link = f'<{before}{other}{suffix}{query}>; rel="related"'
        assert link in answer.headers["link"]
        assert client.get(f"{before}{other}{suffix}{query}").status_code == 200
    first = client.get(f"{before}{path}?limit=2").json()
    assert f'<{before}{other}?limit=2>; rel="related"' in client.get(first["next"]).headers["link"]
    page = client.get(f"{before}{path}.html").text
    assert f'href="{before}{other}.html"' in page
    described = client.get("/openapi.json").json()["paths"][f"/{path}"]["get"]["description"]
    assert f"/{other}" in described
