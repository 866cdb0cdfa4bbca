"""Write claims, slots and discrepancies as triples."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, XSD

from data.statements import OMISSION
from loaders.claims import Claim
from loaders.resolution import Slot, slot_of
from ontology import CI
from ontology.dates import TimeReading, read_time
from ontology.identifiers import concept, digest, reference, thing
from ontology.namespaces import EDTF, OA, RULE

BUILD = thing("run", "build")
"""The run that makes claims from records; a release's manifest says when it ran."""


def add_claims(graph: Graph, claims: Iterable[Claim]) -> None:
    """Add each claim with its evidence and its value to the graph of its document."""
    for claim in claims:
        _add_claim(graph, claim)
        _add_evidence(graph, claim)


def value_term(claim: Claim) -> URIRef | Literal:
    """Return the term of the claim's value: itself, or the address of its time statement."""
    if isinstance(claim.value, TimeReading):
        return thing("time", digest(str(claim.iri)))
    return claim.value


def add_time(graph: Graph, node: URIRef, reading: TimeReading) -> None:
    """Add a time statement: its words, status, reading and bounds."""
    graph.add((node, RDF.type, CI.TimeStatement))
    graph.add((node, CI.verbatim, Literal(reading.words)))
    graph.add((node, CI.dateStatus, concept("date-status", reading.status)))
    optional = (
        (CI.edtf, reading.edtf, EDTF["EDTF-level1"]),
        (CI.earliest, reading.earliest, XSD.date),
        (CI.latest, reading.latest, XSD.date),
    )
    for prop, value, datatype in optional:
        if value is not None:
            graph.add((node, prop, Literal(str(value), datatype=datatype)))
    if reading.reason:
        graph.add((node, CI.boundReason, Literal(reading.reason, lang="en")))
    if reading.relative_to:
        graph.add((node, CI.relativeTo, reference(reading.relative_to)))
    for candidate in reading.candidates:
        other = thing("time", digest(str(node), candidate))
        graph.add((node, CI.candidateReading, other))
        add_time(graph, other, read_time(candidate, candidate, "inferred"))


def add_slot(graph: Graph, slot: Slot) -> None:
    """Add a slot with the claim that won and why, or why none did."""
    graph.add((slot.iri, RDF.type, CI.Slot))
    graph.add((slot.iri, CI.about, slot.about))
    graph.add((slot.iri, CI.property, slot.property))
    graph.add((slot.iri, CI.resolutionReason, Literal(slot.reason, lang="en")))
    if slot.preferred and slot.rule:
        graph.add((slot.iri, CI.preferredClaim, slot.preferred.iri))
        graph.add((slot.iri, CI.resolutionRule, RULE[slot.rule]))


def add_resolved(graph: Graph, slot: Slot) -> None:
    """Add the chosen value of a slot as a plain triple, with its time statement if it is a time."""
    winner = slot.preferred
    if winner is None:
        return
    graph.add((slot.about, slot.property, value_term(winner)))
    if isinstance(winner.value, TimeReading):
        add_time(graph, thing("time", digest(str(winner.iri))), winner.value)


def _add_claim(graph: Graph, claim: Claim) -> None:
    """Add the node of one claim."""
    graph.add((claim.iri, RDF.type, CI.Claim))
    graph.add((claim.iri, CI.about, claim.about))
    graph.add((claim.iri, CI.property, claim.property))
    graph.add((claim.iri, CI.slot, slot_of(claim)))
    term = value_term(claim)
    graph.add((claim.iri, CI.valueLiteral if isinstance(term, Literal) else CI.valueNode, term))
    if isinstance(claim.value, TimeReading) and isinstance(term, URIRef):
        add_time(graph, term, claim.value)
    graph.add((claim.iri, CI.valueKey, Literal(claim.key)))
    graph.add((claim.iri, CI.voice, claim.voice))
    for prop, scheme, notation in (
        (CI.force, "force", claim.force),
        (CI.modality, "modality", claim.modality),
        (CI.polarity, "polarity", claim.polarity),
        (CI.reviewStatus, "review-status", "reviewed"),
    ):
        graph.add((claim.iri, prop, concept(scheme, notation)))
    if claim.as_printed:
        graph.add((claim.iri, CI.valueAsPrinted, Literal(claim.as_printed)))
    if claim.condition:
        graph.add((claim.iri, CI.condition, Literal(claim.condition, lang="en")))
    if claim.note:
        graph.add((claim.iri, CI.explanation, Literal(claim.note, lang="en")))
    graph.add((claim.iri, CI.source, thing("document", claim.document)))
    graph.add((claim.iri, CI.evidence, evidence_term(claim)))
    graph.add((claim.iri, PROV.wasGeneratedBy, BUILD))
    if claim.derived_from:
        graph.add((claim.iri, PROV.wasDerivedFrom, claim.derived_from))


def evidence_term(claim: Claim) -> URIRef:
    """Return the address of the passage: the document with a character range (RFC 5147)."""
    return URIRef(
        f"{thing('document', claim.document)}#char={claim.passage.start},{claim.passage.end}"
    )


def _add_evidence(graph: Graph, claim: Claim) -> None:
    """Add the passage that a claim rests on."""
    node, passage = evidence_term(claim), claim.passage
    graph.add((node, RDF.type, CI.Evidence))
    graph.add((node, OA.hasSource, thing("document", claim.document)))
    graph.add((node, OA.start, Literal(passage.start)))
    graph.add((node, OA.end, Literal(passage.end)))
    graph.add((node, CI.paragraph, Literal(passage.at or "")))
    first, omission, last = passage.printed.partition(OMISSION)
    if omission:
        graph.add((node, CI.openingWords, Literal(first.strip())))
        graph.add((node, CI.closingWords, Literal(last.strip())))
    else:
        graph.add((node, OA.exact, Literal(passage.printed)))
