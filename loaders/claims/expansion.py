"""Expand "every category" into one judgement per area, marked as inferred.

A source that grades every category says something of each area, but only the framework says which
areas there are; so the expanded claims keep the passage and name the claim they were derived from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from loaders.claims.claim import Claim
from loaders.claims.entities import judgement_address
from ontology import CI
from ontology.identifiers import parse


def expand_universal_grades(claims: Iterable[Claim], ontology: Graph) -> Iterator[Claim]:
    """Yield a claim per area for each claim on all areas whose inspection has a known framework.

    In: a possibility, a plan or a denial is not expanded.
    Out: the overall area is left out, for sources that grade every category state it beside the
    categories.
    """
    known = [claim for claim in claims if claim.is_affirmed]
    frameworks = {
        claim.about: claim.value for claim in known if claim.property == CI.underFramework
    }
    for claim in known:
        framework = frameworks.get(claim.about)
        if claim.property != CI.allAreasGraded or not isinstance(framework, URIRef):
            continue
        overall = ontology.value(framework, CI.overallArea)
        for area in sorted(ontology.objects(framework, CI.judgementArea), key=str):
            if area != overall:
                yield from _judgement_claims(claim, str(area))


def _judgement_claims(universal: Claim, area: str) -> Iterator[Claim]:
    """Yield the claims of one expanded judgement."""
    address = judgement_address(parse(str(universal.about))[1], area.rpartition("/")[2])
    facts = (
        (address.iri, RDF.type, CI.Judgement),
        (address.iri, CI.grade, universal.value),
    )
    for about, prop, value in facts:
        yield replace(
            universal,
            about=about,
            property=prop,
            value=value,
            modality="inferred",
            derived_from=universal.iri,
        )
