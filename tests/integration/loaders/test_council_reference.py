"""The reference graph of councils: bodies, areas and changes, and the lists that find them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SDO, SKOS

from loaders.release.reference import council_graph, legislation_graph
from ontology import CI, ontology_graph
from ontology.identifiers import concept, thing
from ontology.namespaces import ONS
from queries.catalogue import internal_query
from shapes import validate
from tests.fixtures.guards import not_empty


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Return the reference graph of councils."""
    return council_graph()


@pytest.fixture(scope="module")
def store(graph: Graph) -> ox.Store:
    """Return the reference graph of councils in the engine."""
    store = ox.Store()
    store.load(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def test_graph_holds_councils_and_authorities(graph: Graph) -> None:
    """An authority is no council, and has no type of council."""
    councils = set(graph.subjects(RDF.type, CI.Council))
    authorities = set(graph.subjects(RDF.type, CI.StrategicAuthority))
    assert (len(councils), len(authorities)) == (365, 16)
    assert councils.isdisjoint(authorities)
    assert thing("authority", "GLA") in authorities
    assert not any(graph.value(authority, CI.councilType) for authority in authorities)
    assert (thing("council", "LND"), CI.councilType, concept("council-type", "london")) in graph


def test_graph_tells_the_story_of_northamptonshire(graph: Graph) -> None:
    """Two successors, one change, one order, one day."""
    old, change = thing("council", "NTH"), thing("change", "northamptonshire-2021")
    assert set(graph.subjects(CI.succeeds, old)) >= {
        thing("council", "NNT"),
        thing("council", "WNT"),
    }
    assert str(graph.value(old, CI.dissolvedOn)) == "2021-04-01"
    assert (old, ORG.changedBy, change) in graph
    assert (thing("council", "WNT"), ORG.resultedFrom, change) in graph
    assert str(graph.value(change, DCTERMS.date)) == "2021-04-01"
    assert str(graph.value(thing("council", "NNT"), CI.vestedOn)) == "2021-04-01"


def test_graph_keeps_a_council_and_its_areas_apart(graph: Graph) -> None:
    """Barnsley governs one area; the one before is replaced by it."""
    council, new, old = thing("council", "BNS"), ONS["E08000038"], ONS["E08000016"]
    assert list(graph.objects(council, CI.governs)) == [new]
    assert list(graph.objects(council, CI.formerArea)) == [old]
    assert (old, DCTERMS.isReplacedBy, new) in graph
    assert str(graph.value(old, CI.codeInUseUntil)) == "2025-04-01"
    matched = set(graph.objects(None, SDO.sameAs))
    assert not any(str(area).startswith(str(ONS)) for area in matched)


def test_graph_links_councils_with_counties_authorities_and_other_registers(graph: Graph) -> None:
    """A district with its county, constituents with their authority, Wikidata for all but two."""
    assert (thing("council", "COR"), CI.withinCounty, thing("council", "NTH")) in graph
    assert (thing("council", "BIR"), CI.constituentOf, thing("authority", "WMCA")) in graph
    gateshead, new = thing("council", "GAT"), thing("authority", "NNECA")
    assert list(graph.objects(gateshead, CI.constituentOf)) == [new]
    old = thing("membership", "GAT-NECA")
    assert str(graph.value(old, CI.memberUntil)) == "2024-05-07"
    assert graph.value(old, CI.memberFrom) is None
    assert set(graph.subjects(CI.hasMembership, old)) == {gateshead, thing("authority", "NECA")}
    assert str(graph.value(thing("membership", "GAT-NNECA"), CI.memberFrom)) == "2024-05-07"
    assert (new, CI.succeeds, thing("authority", "NECA")) in graph
    assert (thing("council", "NFK"), CI.region, concept("region", "east-of-england")) in graph
    assert (thing("council", "NFK"), CI.ofstedUrn, Literal("80418")) in graph
    assert (thing("council", "BKM"), CI.dfeNumber, Literal("825")) in graph
    assert (thing("council", "SHE"), CI.formerName, Literal("Shepway", lang="en")) in graph
    matched = {one for one, _ in graph.subject_objects(SDO.sameAs)}
    bodies = {one for one, _ in graph.subject_objects(CI.registerCode)}
    assert bodies - matched == {thing("authority", "GLCA"), thing("authority", "HYCA")}
    assert len(list(graph.subject_objects(RDFS.seeAlso))) == 361


def test_every_region_is_a_concept_with_its_code(graph: Graph) -> None:
    """Nine regions; every body lies in one."""
    words = ontology_graph()
    regions = set(graph.objects(None, CI.region))
    assert len(regions) == 9
    assert all((region, RDF.type, SKOS.Concept) in words for region in regions)
    assert all(str(words.value(region, CI.gssCode)).startswith("E12") for region in regions)
    assert len(list(graph.subject_objects(CI.region))) == 381


def test_every_order_is_an_order_that_we_name(graph: Graph) -> None:
    """The orders of the changes stand among the statutes with their titles."""
    statutes = set(legislation_graph().subjects(RDF.type, CI.Statute))
    assert set(not_empty(graph.objects(None, CI.changeOrder))) <= statutes


def test_register_keeps_every_shape(graph: Graph) -> None:
    """S01, S02, S03 and S27 hold for all bodies."""
    assert validate(graph, ontology_graph()) == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"q": "E08000016"}, ["BNS"]),
        ({"q": "e08000038"}, ["BNS"]),
        ({"q": "E08000019"}, ["SHF"]),
        ({"q": "E08000039"}, ["SHF"]),
        ({"q": "E07000100"}, ["SAL"]),
        ({"q": "barnsley"}, ["BNS"]),
        ({"q": "Shepway District"}, ["SHE"]),
        ({"q": "Milton Keynes Council"}, ["MIK"]),
        ({"q": "bradford mdc"}, ["BRD"]),
        ({"q": "NNT"}, ["NNT"]),
        ({"q": "WMCA"}, []),
        ({"region": "north-east", "type": "county"}, []),
        (
            {"region": "east-midlands", "type": "unitary"},
            ["DER", "LCE", "NGM", "NNT", "RUT", "WNT"],
        ),
    ],
)
def test_list_finds_councils(store: ox.Store, given: dict[str, str], codes: list[str]) -> None:
    """By any name it bears or bore, by register code, by code of its area old or new, by region."""
    rows = store.query(internal_query("lists", "councils").bind(given))
    assert isinstance(rows, ox.QuerySolutions)
    found = [str(row["item"]).rstrip(">").rpartition("/")[2] for row in rows]
    assert sorted(found) == codes


def test_names_of_councils_are_the_official_ones(store: ox.Store) -> None:
    """One name for each council, for headings."""
    rows = store.query(internal_query("lists", "council_names").bind({}))
    assert isinstance(rows, ox.QuerySolutions)
    assert len(list(rows)) == 365
