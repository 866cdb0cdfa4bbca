"""Each question has its header, answers as reviewed, and takes values only as terms."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from data.releases import current_release
from data.settings import Settings
from loaders.release.layers import ONTOLOGY, RESOLVED, Layers, failed_checks
from ontology import CI, ontology_graph
from ontology.errors import QueryRefused, QueryTooLarge, UnknownQuery, WrongParameter
from ontology.identifiers import thing
from ontology.namespaces import PREFIXES
from queries.catalogue import (
    CatalogueQuery,
    bind_terms,
    catalogue,
    find_query,
    folder,
    queries_in,
    read_query,
)
from queries.engine.dataset import load_dataset
from queries.engine.embedded import EmbeddedEngine
from queries.engine.interface import Question
from queries.parameters import Parameter, read_term
from queries.sparql.query_inspection import inspect_query
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES
from tests.fixtures.stopwatch import processor_s

ANSWERS = FIXTURES / "answers"
SMALL = sorted(path.stem for path in ANSWERS.glob("*.csv"))
NATIONAL = sorted(path.stem for path in (ANSWERS / "national").glob("*.csv"))
"""Questions by where their reviewed answer comes from: five documents, or many councils."""
EXAMPLES = {
    "council": "NFK",
    "direction": "WOR-2017-02",
    "day": "2018-01-01",
    "from": "2017-10-01",
    "to": "2018-12-31",
    "power": "ukpga/1996/56/section/497A/4B",
    "regime": "childrens-services",
    "provision": "ukpga/1989/41/section/24",
    "issued_by": "sos-education",
    "office": "sos-hclg",
    "thing": "direction/WOR-2017-02",
    "topic": "childrens-inspections",
    "paykind": "daily-rate",
    "person": "person/dave-hill",
    "with": "not-heard-of",
    "kind": "direction",
    "framework": "sif",
    "stage": "direction",
    "form": "area-send",
    "model": "trust",
    "ground": "directed",
    "year": "2024-25",
    "as_of": "2018-01-01",
    "known_at": "2018-06-30",
}
BASE = "https://w3id.org/council-interventions/"


@pytest.fixture(scope="module")
def engine(release: Path) -> EmbeddedEngine:
    """Return an engine on the release."""
    return EmbeddedEngine(
        load_dataset(current_release(release) / "data.nq"), Settings().answer_bytes
    )


def answer(engine: EmbeddedEngine, name: str) -> str:
    """Return the answer to a catalogue query as CSV, with short addresses."""
    query = find_query(name)
    text = query.bind(
        {
            parameter.name: EXAMPLES[parameter.name]
            for parameter in query.parameters
            if not parameter.optional
        }
    )
    body = engine.answer_now(Question(text, "text/csv")).decode()
    return "".join(body.split(BASE)).replace("\r\n", "\n")


def test_the_first_ten_questions_are_there() -> None:
    """The competency questions 1 to 10 each have a query of their own."""
    assert {query.number for query in catalogue().values()} >= set(range(1, 11))


def test_every_question_has_one_reviewed_answer() -> None:
    """A question nobody has answered by hand may answer anything."""
    assert sorted([*SMALL, *NATIONAL]) == sorted(catalogue())


@pytest.mark.parametrize("name", SMALL)
def test_answer_is_as_reviewed(engine: EmbeddedEngine, name: str) -> None:
    """The reviewed answer stands in tests/fixtures/answers; its columns are those of the header."""
    expected = (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")
    found = answer(engine, name)
    assert found == expected
    assert tuple(next(csv.reader(io.StringIO(found)))) == find_query(name).columns


@pytest.mark.parametrize("name", [name for name in catalogue() if find_query(name).parameters])
def test_every_parameter_has_its_place(name: str) -> None:
    """A parameter of the header stands in a VALUES row of the query, so that binding reaches it."""
    query = find_query(name)
    for parameter in not_empty(query.parameters):
        given = {one.name: EXAMPLES[one.name] for one in query.parameters}
        assert f"${parameter.name}" in query.asked(given).split("WHERE", 1)[1]
        term = str(read_term(parameter, EXAMPLES[parameter.name]))
        assert term in query.bind(given)
        if query.as_known and parameter.name != "known_at":
            without = {name: value for name, value in given.items() if name != "known_at"}
            assert term in query.bind(without)


def test_a_question_of_what_was_known_has_the_columns_of_the_question() -> None:
    """Each text in `as_known/` belongs to a question that takes the day; answers look alike."""
    texts = sorted(path.name[:-3] for path in folder("as_known").iterdir())
    having = [one for one in catalogue().values() if one.as_known]
    assert not_empty(texts) == sorted(one.name for one in having)
    for query in not_empty(having):
        assert "known_at" in {one.name for one in query.parameters}, query.name
        answer = ox.Store().query(query.asked(["known_at"]))
        assert isinstance(answer, ox.QuerySolutions)
        assert [one.value for one in answer.variables] == list(query.columns), query.name


def test_answers_have_rows() -> None:
    """A query whose reviewed answer is empty would prove nothing."""
    for path in not_empty(ANSWERS.glob("*.csv")):
        assert len(path.read_text(encoding="utf-8").splitlines()) > 1, path.name


@given(st.text())
def test_no_text_can_leave_its_literal(text: str) -> None:
    """Whatever is typed as a value, the query keeps its shape: one literal in one place."""
    parameter = Parameter("words", "text", False, "any words")
    bound = bind_terms(
        "SELECT * { VALUES ($words) { (UNDEF) } ?s ?p $words }",
        {"words": read_term(parameter, text)},
    )
    assert inspect_query(bound).form == "SELECT"
    assert bound.startswith('SELECT * { VALUES ($words) { ("')
    assert bound.endswith(") } ?s ?p $words }")


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("directions_of_council", {}, "needs council"),
        (
            "directions_of_council",
            {"council": "norfolk"},
            "'norfolk' is not the identifier of a council",
        ),
        ("directions_of_council", {"council": "NFK> } #"}, "is not the identifier of a council"),
        ("directions_of_council", {"town": "NFK"}, "no parameter 'town'"),
        ("directions_in_force", {"day": "1 January"}, "'1 January' is not a day"),
        ("directions_in_force", {"day": "2013-02-29"}, "'2013-02-29' is not a day"),
    ],
)
def test_wrong_parameter_is_named(name: str, given: dict[str, str], expected: str) -> None:
    """The message says which parameter, what was found and what is accepted."""
    with pytest.raises(WrongParameter, match=expected.replace("(", r"\(")):
        find_query(name).bind(given)


def test_unknown_query_lists_those_there_are() -> None:
    """A slip of the finger is answered with the catalogue."""
    with pytest.raises(UnknownQuery, match="directions_of_council"):
        find_query("directons")


def test_header_must_be_complete() -> None:
    """A query without its question is not part of the catalogue."""
    with pytest.raises(UnknownQuery, match="Question"):
        read_query("# Title: A title\nSELECT * { ?s ?p ?o }", "nameless")


@pytest.mark.parametrize("query", queries_in(folder("derive")), ids=lambda query: query.name)
def test_a_derivation_gives_triples(query: CatalogueQuery) -> None:
    """Derivations are CONSTRUCT queries; the build adds what they give."""
    assert inspect_query(query.text).form == "CONSTRUCT"


def test_unclaimed_value_is_found() -> None:
    """A value that no source states is found where it is planted."""
    layers = Layers()
    revoking, revoked = thing("direction", "NFK-2016-02"), thing("direction", "NFK-2013-01")
    layers.add_graph(RESOLVED, Graph().add((revoking, CI.revokes, revoked)))
    messages = failed_checks(layers)
    assert len(messages) == 1
    assert "NFK-2016-02" in messages[0]


PLANTED = {
    "terms_without_words": (
        'ci:planted a owl:Class ; rdfs:label "planted"@en ; skos:definition "made up"@en .',
        "#planted has no example",
    ),
    "terms_of_one_name": (
        'ci:council a owl:Class ; rdfs:label "Council"@en ; skos:definition "made up"@en ; '
        'skos:example "None."@en .',
        "are both called 'council'",
    ),
    "undeclared_terms": ("ci:Council ci:planted ci:Council .", "#planted is used and not declared"),
    "classes_in_a_circle": (
        "ci:Council rdfs:subClassOf org:FormalOrganization . "
        "org:FormalOrganization rdfs:subClassOf ci:Council .",
        "#Council is a kind of itself",
    ),
    "deprecated_terms_without_pointer": (
        "ci:Council owl:deprecated true .",
        "#Council is deprecated and names no other",
    ),
}
"""For each check of the ontology a fault that is planted in it, and what is then told."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_of_the_ontology_is_found(name: str) -> None:
    """And without it the ontology has none."""
    turtle, message = PLANTED[name]
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    (check,) = [one for one in queries_in(folder("checks")) if one.name == name]
    told = []
    for planted in ("", turtle):
        layers = Layers()
        graph = Graph().parse(data=f"{prefixes}{planted}", format="turtle")
        layers.add_graph(ONTOLOGY, ontology_graph() + graph)
        rows = layers.query(check.text)
        assert isinstance(rows, ox.QuerySolutions)
        told.append([row["message"].value for row in rows])
    assert told[0] == [] and any(message in one for one in not_empty(told[1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "read-only"),
        ("PREFIX x: <x:> LOAD <http://localhost:1/>", "read-only"),
        ("hello", "not a SPARQL query"),
        ("SELECT * {", "line 1, column 11: the query ends too early; expected"),
        ("SELECT * {" + "{" * 4000 + "}" * 4000 + "}", "nested more than 100 deep"),
        ("SELECT * { ?s ?p " + "<" * 4000, "nested more than 100 deep"),
    ],
)
def test_refused_queries(engine: EmbeddedEngine, text: str, expected: str) -> None:
    """Nothing leaves the machine, nothing is changed, and a slip of syntax is told."""
    with pytest.raises(QueryRefused, match=expected):
        engine.answer_now(Question(text, "text/csv"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } LIMIT 1",
        'PREFIX service: <x:> SELECT * { ?s service:LOAD """INSERT SERVICE""" } LIMIT 1',
        "SELECT * { ?s ?p ?o } # SERVICE\nLIMIT 1",
        "SELECT * { ?s <http://x/SERVICE#INSERT> ?o } LIMIT 1",
    ],
)
def test_words_that_only_look_like_service(engine: EmbeddedEngine, text: str) -> None:
    """Names, strings, comments and addresses may hold any word."""
    assert engine.answer_now(Question(text, "text/csv"))


def test_default_graph_has_no_claims_and_all_has(engine: EmbeddedEngine) -> None:
    """An analyst's simple query sees one value per fact; the claims are there for who asks."""
    ask = "ASK {from} {{ ?claim a <https://w3id.org/council-interventions/ns#Claim> }}"
    results = "application/sparql-results+json"
    plain = engine.answer_now(Question(ask.format(**{"from": ""}), results))
    everything = engine.answer_now(
        Question(ask.format(**{"from": f"FROM <{BASE}graph/all>"}), results)
    )
    assert (b"false" in plain, b"true" in everything) == (True, True)


def test_answer_above_the_limit_is_refused(release: Path) -> None:
    """A large answer ends in an error, never in half a body."""
    store = load_dataset(current_release(release) / "data.nq")
    small = EmbeddedEngine(store, maximum_answer_bytes=1000)
    with pytest.raises(QueryTooLarge, match="1,000 bytes"):
        small.answer_now(Question("SELECT * { ?s ?p ?o }", "text/csv"))


def test_every_query_file_is_found() -> None:
    """A file that the catalogue does not list would never be tested."""
    names = {entry.name for entry in files("queries").iterdir() if entry.name.endswith(".rq")}
    assert {f"{name}.rq" for name in catalogue()} == names


HOSTILE = ["'\"a\\'", '"a-', "a" * 60 + "-", "'''a", "<a", "?a", "1", "a:b", "#", "\\", "é"]


@pytest.mark.parametrize("text", HOSTILE)
def test_looking_at_a_query_takes_time_in_proportion(text: str) -> None:
    """A hostile text ten times as long takes about ten times as long, not a hundred times."""

    def look_s(length: int) -> float:
        query = "SELECT * { " + (text * length)[:length]
        return processor_s(lambda: inspect_query(query), tries=3)

    look_s(1000)
    assert look_s(50_000) < 40 * max(look_s(5_000), 0.001)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2015-01-01", {"NFK-2013-01": "possible"}),
        ("2018-01-01", {"WOR-2017-02": "possible", "NFK-2016-02": "possible"}),
        ("2016-04-15", {"NFK-2016-01": "possible", "NFK-2016-02": "possible"}),
        ("2017-09-18", {"WOR-2017-01": "certain"}),
        ("2017-09-19", {"WOR-2017-02": "certain"}),
        ("2020-01-01", {"WOR-2017-02": "possible", "NTH-2018-02": "possible"}),
    ],
)
def test_certainty_follows_what_was_read(
    engine: EmbeddedEngine, day: str, expected: dict[str, str]
) -> None:
    """Certain needs a sign on both sides of the day, or on the day itself."""
    text = find_query("directions_in_force").bind({"day": day})
    body = engine.answer_now(Question(text, "text/csv")).decode()
    rows = csv.DictReader(io.StringIO(body))
    found = {row["direction"].rpartition("/")[2]: row["certainty"] for row in rows}
    assert found | expected == found
