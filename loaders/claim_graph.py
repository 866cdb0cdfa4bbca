"""Write claims, slots and discrepancies as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, XSD

from data.statements import OMISSION
from loaders.claims import Claim
from loaders.dataset import Triple
from loaders.resolution import Slot
from ontology import CI
from ontology.dates import TimeReading, read_time
from ontology.identifiers import concept, digest, reference, thing
from ontology.namespaces import EDTF, OA, RULE

BUILD = thing("run", "build")
"""The run that makes claims from records; a release's manifest says when it ran."""


def claim_triples(claims: Iterable[Claim]) -> Iterator[Triple]:
    """Yield each claim with its evidence and its value."""
    for claim in claims:
        yield from _claim(claim)
        yield from _evidence(claim)


def value_term(claim: Claim) -> URIRef | Literal:
    """Return the term of the claim's value: itself, or the address of its time statement."""
    if isinstance(claim.value, TimeReading):
        return thing("time", digest(str(claim.iri)))
    return claim.value


def time_triples(node: URIRef, reading: TimeReading) -> Iterator[Triple]:
    """Yield a time statement: its words, status, reading and bounds."""
    yield node, RDF.type, CI.TimeStatement
    yield node, CI.verbatim, Literal(reading.words)
    yield node, CI.dateStatus, concept("date-status", reading.status)
    optional = (
        (CI.edtf, reading.edtf, EDTF["EDTF-level1"]),
        (CI.earliest, reading.earliest, XSD.date),
        (CI.latest, reading.latest, XSD.date),
    )
    for prop, value, datatype in optional:
        if value is not None:
            yield node, prop, Literal(str(value), datatype=datatype)
    if reading.reason:
        yield node, CI.boundReason, Literal(reading.reason, lang="en")
    if reading.relative_to:
        yield node, CI.relativeTo, reference(reading.relative_to)
    for candidate in reading.candidates:
        other = thing("time", digest(str(node), candidate))
        yield node, CI.candidateReading, other
        yield from time_triples(other, read_time(candidate, candidate, "inferred"))


def slot_triples(slot: Slot) -> Iterator[Triple]:
    """Yield a slot with the claim that won and why, or why none did."""
    yield slot.iri, RDF.type, CI.Slot
    yield slot.iri, CI.about, slot.about
    yield slot.iri, CI.property, slot.property
    yield slot.iri, CI.resolutionReason, Literal(slot.reason, lang="en")
    if slot.preferred and slot.rule:
        yield slot.iri, CI.preferredClaim, slot.preferred.iri
        yield slot.iri, CI.resolutionRule, RULE[slot.rule]


def resolved_triples(slot: Slot) -> Iterator[Triple]:
    """Yield the chosen value of a slot as a plain triple, with its time statement if it is one."""
    winner = slot.preferred
    if winner is None:
        return
    value = value_term(winner)
    yield slot.about, slot.property, value
    if isinstance(winner.value, TimeReading) and isinstance(value, URIRef):
        yield from time_triples(value, winner.value)


def _claim(claim: Claim) -> Iterator[Triple]:
    """Yield the node of one claim."""
    node, term = claim.iri, value_term(claim)
    yield node, RDF.type, CI.Claim
    yield node, CI.about, claim.about
    yield node, CI.property, claim.property
    yield node, CI.slot, claim.slot
    yield node, CI.valueLiteral if isinstance(term, Literal) else CI.valueNode, term
    if isinstance(claim.value, TimeReading) and isinstance(term, URIRef):
        yield from time_triples(term, claim.value)
    yield node, CI.valueKey, Literal(claim.key)
    yield node, CI.voice, claim.voice
    for prop, scheme, notation in (
        (CI.force, "force", claim.force),
        (CI.modality, "modality", claim.modality),
        (CI.polarity, "polarity", claim.polarity),
        (CI.reviewStatus, "review-status", claim.review),
    ):
        yield node, prop, concept(scheme, notation)
    if claim.as_printed:
        yield node, CI.valueAsPrinted, Literal(claim.as_printed)
    if claim.condition:
        yield node, CI.condition, Literal(claim.condition, lang="en")
    if claim.note:
        yield node, CI.explanation, Literal(claim.note, lang="en")
    yield node, CI.source, thing("document", claim.document)
    yield node, CI.evidence, evidence_term(claim)
    yield node, PROV.wasGeneratedBy, BUILD
    if claim.derived_from:
        yield node, PROV.wasDerivedFrom, claim.derived_from


def evidence_term(claim: Claim) -> URIRef:
    """Return the address of the passage.

    Out: the document with a character range (RFC 5147), or the table with the key of a row.
    """
    document, passage = thing("document", claim.document), claim.passage
    if passage.row:
        return URIRef(f"{document}#row={passage.row}")
    return URIRef(f"{document}#char={passage.start},{passage.end}")


def _evidence(claim: Claim) -> Iterator[Triple]:
    """Yield the passage that a claim rests on."""
    node, passage = evidence_term(claim), claim.passage
    yield node, RDF.type, CI.Evidence
    yield node, OA.hasSource, thing("document", claim.document)
    if passage.row:
        yield claim.iri, CI.column, Literal(passage.at or "")
        yield node, CI.row, Literal(passage.row)
        yield node, CI.paragraph, Literal(f"row {passage.row}")
        return
    yield node, CI.paragraph, Literal(passage.at or "")
    yield node, OA.start, Literal(passage.start)
    yield node, OA.end, Literal(passage.end)
    first, omission, last = passage.printed.partition(OMISSION)
    if omission:
        yield node, CI.openingWords, Literal(first.strip())
        yield node, CI.closingWords, Literal(last.strip())
    else:
        yield node, OA.exact, Literal(passage.printed)
