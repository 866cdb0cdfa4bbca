"""All tables of inspections together: the limiting rule, and no judgement in doubt."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from data.registry.identifiers import Identities
from data.sources import read_source
from loaders.claims.claim import read_claims
from loaders.claims.resolution import Knowledge, resolve
from loaders.release.layers import ONTOLOGY, RESOLVED, Layers, derive, reference_name
from loaders.release.reference import council_graph
from loaders.tables.claim_source import ClaimSource
from loaders.tables.inspections.grade_corrections import GRADE_CORRECTIONS
from loaders.tables.inspections.ofsted_history import OFSTED_HISTORY
from loaders.tables.inspections.single_inspections import SINGLE_INSPECTIONS
from ontology import CI, ontology_graph
from ontology.identifiers import concept, thing
from queries.catalogue import find_query, folder, queries_in

CHECK = "judgements_without_grade"
WANTED = {RDF.type, CI.grade, CI.notJudged, CI.underFramework, CI.ofCouncil}
SOURCES: tuple[ClaimSource[Any], ...] = (OFSTED_HISTORY, SINGLE_INSPECTIONS, GRADE_CORRECTIONS)


@pytest.fixture(scope="module")
def identities() -> Identities:
    """Return identifiers for all inspections, as minting would give them."""
    sighted = [
        mention for source in SOURCES for mention in source.mentions(read_source(source.table).rows)
    ]
    numbers: dict[str | None, str] = {}
    for mention in sighted:
        number = sum(known.startswith(mention.council) for known in numbers.values()) + 1
        numbers.setdefault(mention.same_as, f"{mention.council}-2000-{number:02}")
    return Identities(
        {mention.row: f"inspection/{numbers[mention.same_as]}" for mention in sighted}
    )


def add_slot(resolved: Graph, iri: URIRef, about: URIRef) -> None:
    """Add the slot of the class of a thing, as derivations look for it."""
    resolved.add((iri, CI.about, about))
    resolved.add((iri, CI.property, RDF.type))


def layers_of(resolved: Graph) -> Layers:
    """Return layers with the ontology, the councils, and some resolved facts."""
    found = Layers()
    found.add_graph(ONTOLOGY, ontology_graph())
    found.add_graph(reference_name("councils"), council_graph())
    found.add_graph(RESOLVED, resolved)
    derive(found)
    return found


@pytest.fixture(scope="module")
def layers(identities: Identities) -> Layers:
    """Return what the three tables of inspections resolve to, with what follows from it."""
    files = [
        file for source in SOURCES for file in source.records(read_source(source.table), identities)
    ]
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    slots = resolve((claim for file in files for claim in read_claims(file)), Knowledge(tiers, {}))
    resolved = Graph()
    for slot in slots:
        if slot.preferred is None or slot.property not in WANTED:
            continue
        assert isinstance(slot.preferred.value, URIRef)
        resolved.add((slot.about, slot.property, slot.preferred.value))
        if slot.property == RDF.type:
            add_slot(resolved, slot.iri, slot.about)
    return layers_of(resolved)


def answers(layers: Layers) -> list[dict[str, str]]:
    """Return the answer to the question on the limiting rule."""
    text = find_query("limiting_rule").bind({})
    found = layers.store.query(text, default_graph=layers.default_graphs())
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {name: str(row[name].value) if row[name] is not None else "" for name in names}
        for row in found
    ]


def test_limiting_rule_holds_in_every_inspection(layers: Layers) -> None:
    """Inadequate on area 1, 2 or 3 makes the whole inadequate; no inspection is an exception."""
    found = answers(layers)
    checked = {row["framework"]: (row["inspections"], row["inadequate_overall"]) for row in found}
    assert checked == {
        "inspection of local authority children's services (2018)": ("165", "23"),
        "inspection of local authority children's services (2023)": ("145", "11"),
        "single inspection framework": ("167", "39"),
    }
    assert {row["is_exception"] for row in found} == {"false"}


def test_inadequate_areas_beside_a_better_whole_do_not_limit_it(layers: Layers) -> None:
    """Each such case is on an area without that force: adoption, care leavers, or leaders."""
    cases = Counter((row["inadequate_area"], row["overall_grade"]) for row in answers(layers))
    assert cases == {
        ("ilacs-leaders", "requires improvement"): 3,
        ("sif-2.1", "requires improvement"): 2,
        ("sif-2.2", "requires improvement"): 5,
    }


def doubts(layers: Layers) -> list[str]:
    """Return what the check on judgements without a grade finds."""
    (check,) = [one for one in queries_in(folder("checks")) if one.name == CHECK]
    found = layers.store.query(check.text, default_graph=layers.default_graphs())
    assert isinstance(found, ox.QuerySolutions)
    return [str(row["message"].value) for row in found]


def test_no_judgement_has_a_grade_and_a_reason_for_none(layers: Layers) -> None:
    """The tables together leave no judgement in doubt."""
    assert doubts(layers) == []


def planted(area: str, reason: str, *, graded: bool) -> list[str]:
    """Return what the check says of one judgement under the framework of 2018."""
    resolved = Graph()
    inspection = thing("inspection", "NFK-2022-01")
    judgement = thing("judgement", f"NFK-2022-01/{area}")
    resolved.add((inspection, CI.underFramework, concept("framework", "ilacs-2018")))
    resolved.add((judgement, RDF.type, CI.Judgement))
    add_slot(resolved, thing("slot", "0" * 16), judgement)
    resolved.add((judgement, CI.notJudged, concept("not-judged-reason", reason)))
    if graded:
        resolved.add((judgement, CI.grade, concept("grade", "good")))
    return doubts(layers_of(resolved))


def test_planted_doubts_are_found() -> None:
    """A grade beside a reason, and a reason that the framework contradicts; not the right one."""
    assert planted("ilacs-care-leavers", "predates-judgement", graded=False) == []
    (both,) = planted("ilacs-help", "not-inspected", graded=True)
    assert "NFK-2022-01/ilacs-help is not judged (not inspected), against the grade good" in both
    (wrong,) = planted("ilacs-help", "predates-judgement", graded=False)
    assert "against an area of the framework inspection of local authority" in wrong
