"""With the axioms of other vocabularies beside ours, nothing false follows for our data."""

from __future__ import annotations

from collections.abc import Iterable

import owlrl
import pytest
from rdflib import OWL, PROV, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.namespace import ORG

from data.records.files import read_records
from loaders.release.build import build
from ontology import CI, alignments_graph, ontology_graph
from ontology.identifiers import thing
from ontology.namespaces import ID, NS
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES

_ELI = Namespace("http://data.europa.eu/eli/ontology#")
_AXIOMS = RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith
_CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def axioms() -> Graph:
    """Return what the ontology, its alignments and the other vocabularies say of terms."""
    graph = Graph().parse(FIXTURES / "other_vocabularies.ttl")
    for predicate in _AXIOMS:
        for subject, value in ontology_graph().subject_objects(predicate):
            graph.add((subject, predicate, value))
    return graph + alignments_graph()


def facts() -> Graph:
    """Return of a build of our records what the other vocabularies could draw a conclusion from."""
    layers, touched = build(read_records()).layers, axioms()
    predicates = {
        term
        for predicate in (RDFS.subPropertyOf, RDFS.domain, RDFS.range)
        for term in touched.subjects(predicate)
    }
    graph = Graph()
    for quad in layers.store:
        subject, predicate, value = (URIRef(getattr(term, "value", "")) for term in quad.triple)
        if subject.startswith(ID) and (predicate == RDF.type or predicate in predicates):
            graph.add((subject, predicate, value))
    return graph


def closed(data: Graph) -> Graph:
    """Return the axioms and some facts with everything that OWL 2 RL draws from them."""
    graph = axioms() + data
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


@pytest.fixture(scope="module")
def closure() -> Graph:
    """Return the closure of a build of our records."""
    return closed(facts())


def contradictions(graph: Graph) -> list[str]:
    """Return what is of two classes that nothing can be of at once."""
    pairs = graph.subject_objects(OWL.disjointWith)
    return sorted(
        {
            f"{thing} is {one} and {other}"
            for one, other in pairs
            for thing in set(graph.subjects(RDF.type, one)) & set(graph.subjects(RDF.type, other))
        }
    )


def of(graph: Graph, cls: URIRef) -> set[URIRef]:
    """Return our own things of a class."""
    things = graph.subjects(RDF.type, cls)
    return {one for one in things if isinstance(one, URIRef) and str(one).startswith(str(ID))}


def test_nothing_is_of_two_kinds_that_exclude_each_other(closure: Graph) -> None:
    """An entity is no activity, an organisation no event, an act no text of it."""
    assert len(not_empty(contradictions_planted())) >= 1
    assert contradictions(closure) == []


def contradictions_planted() -> list[str]:
    """Return the contradictions after a council has been said to be conducted by somebody."""
    council = thing("council", "NFK")
    planted = Graph()
    planted.add((council, CI.conductedBy, thing("organisation", "ofsted")))
    planted.add((council, RDF.type, PROV.Entity))
    return contradictions(closed(planted))


@pytest.mark.parametrize(
    ("ours", "never"),
    [
        (CI.Council, [PROV.Activity, _ELI.LegalResource, ORG.Membership, ORG.Post, SKOS.Concept]),
        (CI.StructuralChange, [PROV.Entity, _ELI.LegalResource, ORG.Organization]),
        (CI.Inspection, [PROV.Entity, _ELI.LegalResource]),
        (CI.Intervention, [PROV.Entity, _ELI.LegalResource]),
        (CI.Direction, [PROV.Activity, _ELI.Format, _ELI.LegalExpression, ORG.Organization]),
        (CI.SourceDocument, [PROV.Activity, _ELI.LegalResource, _ELI.LegalExpression]),
        (CI.Commissioner, [PROV.Activity, ORG.Membership, ORG.Organization, PROV.Person]),
        (CI.Appointment, [PROV.Activity, ORG.Post, ORG.Organization, PROV.Agent]),
        (CI.Person, [PROV.Activity, ORG.Organization, ORG.Post]),
        (CI.Claim, [PROV.Activity, PROV.Agent]),
    ],
)
def test_a_thing_becomes_nothing_that_it_is_not(
    closure: Graph, ours: URIRef, never: Iterable[URIRef]
) -> None:
    """A council becomes no activity, a reorganisation no legal resource, an office no person."""
    things = not_empty(of(closure, ours))
    for cls in not_empty(never):
        assert set(things) & of(closure, cls) == set(), cls


def test_no_term_becomes_a_concept(closure: Graph) -> None:
    """A match of SKOS between two classes would make concepts of them."""
    concepts = {str(one) for one in closure.subjects(RDF.type, SKOS.Concept)}
    assert [one for one in concepts if one.startswith(str(NS))] == []
    assert {predicate for _, predicate, _ in alignments_graph()} == {RDFS.seeAlso}


def test_only_directions_are_based_on_another_act(closure: Graph) -> None:
    """ELI's word is for what an enabling act empowers, not for a reorganisation."""
    based = set(closure.subjects(_ELI.based_on))
    assert set(not_empty(based)) <= of(closure, CI.Direction)


def test_what_should_follow_does_follow(closure: Graph) -> None:
    """The test would pass on an empty graph: councils are agents, inspections activities."""
    assert of(closure, CI.Council) <= of(closure, PROV.Agent)
    assert of(closure, CI.Inspection) <= of(closure, PROV.Activity)
    assert of(closure, CI.Direction) <= of(closure, _ELI.LegalResource)
    assert thing("change", "northamptonshire-2021") in of(closure, PROV.Activity)
