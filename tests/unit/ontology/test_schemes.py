"""The code lists are complete, and frameworks, grades and powers say what the subject says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

import ontology
from ontology import CI, SCHEME, concept_exists, ontology_graph
from ontology.identifiers import concept
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

READERS = [*sorted((ROOT / "shapes").rglob("*.ttl")), *sorted((ROOT / "queries").rglob("*.rq"))]
PREFIX = re.compile(r"^\s*@?prefix\s+([a-z-]+):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)


def concepts() -> Iterator[URIRef]:
    """Yield every concept of every scheme."""
    for subject in ontology_graph().subjects(RDF.type, SKOS.Concept):
        assert isinstance(subject, URIRef)
        yield subject


def test_every_concept_is_documented_and_in_its_scheme() -> None:
    """Label, notation and definition, each once; at the top, or below a broader concept."""
    graph = ontology_graph()
    for one in not_empty(concepts()):
        (label,), (definition,) = (
            graph.objects(one, SKOS.prefLabel),
            graph.objects(one, SKOS.definition),
        )
        (notation,), (scheme,) = (
            graph.objects(one, SKOS.notation),
            graph.objects(one, SKOS.inScheme),
        )
        assert isinstance(label, Literal) and label.language == "en"
        assert isinstance(definition, Literal) and definition.language == "en"
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
        assert (one, SKOS.topConceptOf, scheme) in graph or graph.value(one, SKOS.broader)
        assert concept_exists(str(scheme).removeprefix(SCHEME), str(notation))


def test_every_scheme_has_its_file_title_and_definition() -> None:
    """The file of a scheme is named like the path of its concepts."""
    graph = ontology_graph()
    for path in ontology.scheme_files():
        scheme = SCHEME[path.name.removesuffix(".ttl")]
        assert len(list(graph.objects(scheme, DCTERMS.title))) == 1
        assert len(list(graph.objects(scheme, SKOS.definition))) == 1
        assert list(graph.subjects(SKOS.inScheme, scheme)), f"{path.name} has no concept"
    schemes = list(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == len(ontology.scheme_files())


def test_our_concepts_are_named_by_scheme_and_notation() -> None:
    """Powers and the open licence keep the addresses that their publishers gave them."""
    graph = ontology_graph()
    for one in not_empty(concepts()):
        if one.startswith(SCHEME):
            path = str(graph.value(one, SKOS.inScheme)).removeprefix(SCHEME)
            assert one == concept(path, str(graph.value(one, SKOS.notation)))


def test_no_concept_is_also_a_scheme() -> None:
    """SKOS keeps the two apart."""
    schemes = set(ontology_graph().subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes.isdisjoint(concepts())


def test_every_limiting_and_overall_area_is_an_area_of_its_framework() -> None:
    """The rules of a framework speak of its own areas; a framework with areas has one scale.

    One more has a scale and no areas: that of the outcomes of whole areas.
    """
    graph = ontology_graph()
    with_outcomes = {concept("framework", "area-send-2023")}
    for framework in not_empty(graph.subjects(RDF.type, CI.InspectionFramework)):
        areas = set(graph.objects(framework, CI.judgementArea))
        special = set(graph.objects(framework, CI.limitingArea | CI.overallArea))
        assert special <= areas, framework
        assert len(list(graph.objects(framework, CI.gradeScale))) == (
            1 if areas or framework in with_outcomes else 0
        )
        start, end = graph.value(framework, CI.inUseFrom), graph.value(framework, CI.inUseUntil)
        assert isinstance(start, Literal) and (end is None or end > start)


def test_every_area_belongs_to_a_framework_and_broader_areas_to_the_same() -> None:
    """An area that no framework asks for could never be judged."""
    graph = ontology_graph()
    frameworks = {
        area: set(graph.subjects(CI.judgementArea, area))
        for area in graph.subjects(RDF.type, CI.JudgementArea)
    }
    assert frameworks and all(frameworks.values())
    for area, broader in not_empty(graph.subject_objects(SKOS.broader)):
        if area in frameworks:
            assert frameworks[area] <= frameworks[broader]


def test_no_overall_grade_from_april_2026() -> None:
    """The framework of 2026 grades areas and nothing above them; its predecessor did."""
    graph = ontology_graph()
    assert graph.value(concept("framework", "ilacs-2026"), CI.overallArea) is None
    assert graph.value(concept("framework", "ilacs-2023"), CI.overallArea) is not None


def test_only_the_single_inspection_framework_limits_the_overall_grade() -> None:
    """Adoption and care leavers do not limit it by themselves."""
    graph = ontology_graph()
    limits = set(graph.subject_objects(CI.limitingArea))
    sif = concept("framework", "sif")
    assert limits == {(sif, concept("area", area)) for area in ("sif-1", "sif-2", "sif-3")}


def test_each_scale_has_four_grades_in_order() -> None:
    """Adequate belongs to the older scale only, requires improvement to the newer."""
    graph = ontology_graph()
    for scale, third in (
        ("four-point-adequate", "adequate"),
        ("four-point-requires-improvement", "requires-improvement"),
    ):
        found = graph.subjects(CI.inScale, concept("grade-scale", scale))
        ranks = {int(str(graph.value(grade, CI.rank))): grade for grade in found}
        order = ("outstanding", "good", third, "inadequate")
        assert [ranks[place] for place in sorted(ranks)] == [concept("grade", one) for one in order]


def test_what_only_applies_or_interprets_a_power_is_no_power() -> None:
    """Section 497A(4AA) interprets and section 50 applies; neither lets a minister direct."""
    powers = set(ontology_graph().subjects(RDF.type, CI.DirectionPower))
    assert ontology.LEGISLATION["ukpga/1996/56/section/497A/4B"] in powers
    assert ontology.LEGISLATION["ukpga/1996/56/section/497A/4AA"] not in powers
    assert ontology.LEGISLATION["ukpga/2004/31/section/50"] not in powers


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.name)
def test_every_concept_that_a_shape_or_query_names_exists(path: Path) -> None:
    """A misspelt concept would silently match nothing."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(rf"<(?:{re.escape(SCHEME)}|scheme/)([^>\s]+/[^>\s]+)>", text))
    for prefix, namespace in PREFIX.findall(text):
        if namespace.startswith(SCHEME):
            scheme = namespace.removeprefix(SCHEME)
            named |= {
                scheme + one for one in re.findall(rf"(?<!\w){prefix}:([a-z][\w.-]*\w)", text)
            }
    known = {str(one).removeprefix(SCHEME) for one in concepts()}
    known |= {path.stem for path in (ROOT / "ontology" / "schemes").glob("*.ttl")}
    assert named <= known, f"{path.name} names {sorted(named - known)}"
