"""Write claims, slots and discrepancies as lines of N-Triples.

They are most of a release, hundreds of thousands of triples. The store reads lines many times
faster than it takes terms one by one, and checks every address as it reads.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from rdflib import Literal
from rdflib.namespace import PROV, RDF, RDFS, XSD

from data.records.statements import OMISSION
from loaders.claims.claim import Claim
from loaders.claims.discrepancies import Discrepancy
from loaders.claims.known_from import Days, SlotHistory
from loaders.claims.resolution import Slot
from ontology import CI
from ontology.dates import TimeReading, edtf_level, parts_of, read_time
from ontology.identifiers import concept, digest, reference, thing
from ontology.namespaces import EDTF, OA, RULE
from ontology.terms import term_names

BUILD = thing("run", "build")
"""The run that makes claims from records; a release's manifest says when it ran."""

_REMEMBERED_CONCEPTS = 4096
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def node(address: str) -> str:
    """Return an address as N-Triples writes it.

    >>> node("https://example.org/a")
    '<https://example.org/a>'
    """
    return f"<{address}>"


def literal(text: str, datatype: str = "") -> str:
    r"""Return words, or a value of a datatype, as N-Triples writes them.

    >>> literal('a "b"')
    '"a \\"b\\""'
    """
    ending = f"^^<{datatype}>" if datatype else ""
    return f'"{text.translate(_ESCAPES)}"{ending}'


def english(text: str) -> str:
    """Return words in English as N-Triples writes them."""
    return f"{literal(text)}@en"


@lru_cache(_REMEMBERED_CONCEPTS)
def concept_node(scheme: str, notation: str) -> str:
    """Return the address of a concept as N-Triples writes it."""
    return node(concept(scheme, notation))


@lru_cache(_REMEMBERED_CONCEPTS)
def document_node(slug: str) -> str:
    """Return the address of a document as N-Triples writes it."""
    return node(thing("document", slug))


_NODES: dict[str, str] = {name: node(CI[name]) for name in term_names()} | {
    "type": node(RDF.type),
    "label": node(RDFS.label),
    "hasSource": node(OA.hasSource),
    "start": node(OA.start),
    "end": node(OA.end),
    "exact": node(OA.exact),
    "wasGeneratedBy": node(PROV.wasGeneratedBy),
    "wasDerivedFrom": node(PROV.wasDerivedFrom),
    "build": node(BUILD),
}
"""Addresses by the short names used here: every term of the ontology, and some of others."""


def described(subject: str, *values: tuple[str, str]) -> str:
    """Return a line for each value that one thing has: property by short name, value."""
    return "".join([f"{subject} {_NODES[name]} {value} .\n" for name, value in values])


def claim_triples(claims: Iterable[Claim], days: Days) -> Iterator[str]:
    """Yield each claim with its evidence and its value; evidence that several share, once.

    In: from which day on each was known.
    """
    seen: set[str] = set()
    for claim in claims:
        yield from _claim(claim)
        if claim.iri in days:
            yield described(node(claim.iri), ("knownFrom", _day(days[claim.iri])))
        if claim.evidence not in seen:
            seen.add(claim.evidence)
            yield from _evidence(claim)


def _value_property(claim: Claim) -> str:
    """Return the name of the property that holds the claim's value."""
    return "valueLiteral" if isinstance(claim.value, Literal) else "valueNode"


def _value(claim: Claim) -> str:
    """Return the term of the claim's value: itself, or the address of its time statement."""
    if not isinstance(claim.value, Literal):
        return node(claim.value_address)
    if claim.value.language:
        return f"{literal(claim.value)}@{claim.value.language}"
    return literal(claim.value, str(claim.value.datatype or ""))


def _time_triples(statement: str, reading: TimeReading) -> Iterator[str]:
    """Yield a time statement: its words, status, reading and bounds."""
    yield described(
        statement,
        ("type", _NODES["TimeStatement"]),
        ("verbatim", literal(reading.words)),
        ("dateStatus", concept_node("date-status", reading.status)),
    )
    optional = (
        ("edtf", reading.edtf, EDTF[edtf_level(reading.edtf or "")]),
        ("earliest", reading.earliest, XSD.date),
        ("latest", reading.latest, XSD.date),
    )
    for name, value, datatype in optional:
        if value is not None:
            yield described(statement, (name, literal(str(value), datatype)))
    if reading.reason:
        yield described(statement, ("boundReason", english(reading.reason)))
    if reading.relative_to:
        yield described(statement, ("relativeTo", node(reference(reading.relative_to))))
    for part in parts_of(reading.edtf or ""):
        one = node(thing("time", digest(statement[1:-1], part)))
        yield described(statement, ("timePart", one))
        yield from _time_triples(one, read_time(part, part))
    for candidate in reading.candidates:
        other = node(thing("time", digest(statement[1:-1], candidate)))
        yield described(statement, ("candidateReading", other))
        yield from _time_triples(other, read_time(candidate, candidate, "inferred"))


def slot_triples(slot: Slot) -> Iterator[str]:
    """Yield a slot with the claim that won and why, or why none did."""
    subject = node(slot.iri)
    yield described(
        subject,
        ("type", _NODES["Slot"]),
        ("about", node(slot.about)),
        ("property", node(slot.property)),
        ("resolutionReason", english(slot.reason)),
    )
    if slot.preferred and slot.rule:
        yield described(
            subject,
            ("preferredClaim", node(slot.preferred.iri)),
            ("resolutionRule", node(RULE[slot.rule])),
        )
    if slot.preferred and slot.preferred.condition:
        yield described(
            subject,
            (_value_property(slot.preferred), _value(slot.preferred)),
            ("condition", english(slot.preferred.condition)),
        )
        yield described(node(slot.about), ("qualifiedBy", subject))


def known_triples(histories: Iterable[SlotHistory]) -> Iterator[str]:
    """Yield from which day on each chosen value was known, and what was chosen before."""
    for history in histories:
        subject = node(history.slot.iri)
        if history.since:
            yield described(subject, ("knownFrom", _day(history.since)))
        for former in history.former:
            value = _value(former.claim)
            choice = node(thing("choice", digest(str(former.claim.iri), str(former.since))))
            yield described(subject, ("formerChoice", choice))
            yield described(
                choice,
                ("type", _NODES["FormerChoice"]),
                ("chosenClaim", node(former.claim.iri)),
                (_value_property(former.claim), value),
                ("knownFrom", _day(former.since)),
                ("knownUntil", _day(former.until)),
            )
            if isinstance(former.claim.value, TimeReading):
                yield from _time_triples(value, former.claim.value)


def first_told_triples(told: Iterable[tuple[str, date]]) -> Iterator[str]:
    """Yield for each thing the first day on which a source that speaks of it was known."""
    for about, day in told:
        yield described(node(about), ("knownFrom", _day(day)))


@lru_cache(_REMEMBERED_CONCEPTS)
def _day(day: date) -> str:
    return literal(day.isoformat(), XSD.date)


def resolved_triples(slot: Slot) -> Iterator[str]:
    """Yield the chosen value of a slot as a plain triple, with its time statement if it is one."""
    winner = slot.preferred
    if winner is None:
        return
    value = _value(winner)
    yield f"{node(slot.about)} {node(slot.property)} {value} .\n"
    if isinstance(winner.value, TimeReading):
        yield from _time_triples(value, winner.value)


def _claim(claim: Claim) -> Iterator[str]:
    subject, value = node(claim.iri), _value(claim)
    # Half the lines of a release are these, so they are written without a look-up for each.
    yield (
        f"{subject} {_NODES['type']} {_NODES['Claim']} .\n"
        f"{subject} {_NODES['about']} <{claim.about}> .\n"
        f"{subject} {_NODES['property']} <{claim.property}> .\n"
        f"{subject} {_NODES['slot']} <{claim.slot}> .\n"
        f"{subject} {_NODES[_value_property(claim)]} {value} .\n"
        f"{subject} {_NODES['valueKey']} {literal(claim.key)} .\n"
        f"{subject} {_NODES['voice']} <{claim.voice}> .\n"
        f"{subject} {_NODES['force']} {concept_node('force', claim.force)} .\n"
        f"{subject} {_NODES['modality']} {concept_node('modality', claim.modality)} .\n"
        f"{subject} {_NODES['polarity']} {concept_node('polarity', claim.polarity)} .\n"
        f"{subject} {_NODES['reviewStatus']} {concept_node('review-status', claim.review)} .\n"
        f"{subject} {_NODES['source']} {document_node(claim.document)} .\n"
        f"{subject} {_NODES['evidence']} <{claim.evidence}> .\n"
        f"{subject} {_NODES['wasGeneratedBy']} {_NODES['build']} .\n"
    )
    if isinstance(claim.value, TimeReading):
        yield from _time_triples(value, claim.value)
    if claim.passage.row:
        yield described(subject, ("column", literal(claim.passage.at or "")))
    if claim.as_printed:
        yield described(subject, ("valueAsPrinted", literal(claim.as_printed)))
    if claim.condition:
        yield described(subject, ("condition", english(claim.condition)))
    if claim.note:
        yield described(subject, ("explanation", english(claim.note)))
    if claim.derived_from:
        yield described(subject, ("wasDerivedFrom", node(claim.derived_from)))


def _evidence(claim: Claim) -> Iterator[str]:
    subject, passage = node(claim.evidence), claim.passage
    yield described(
        subject,
        ("type", _NODES["Evidence"]),
        ("hasSource", document_node(claim.document)),
    )
    if passage.row:
        yield described(
            subject,
            ("row", literal(passage.row)),
            ("paragraph", literal(f"row {passage.row}")),
        )
        return
    yield described(
        subject,
        ("paragraph", literal(passage.at or "")),
        ("start", literal(str(passage.start), XSD.integer)),
        ("end", literal(str(passage.end), XSD.integer)),
    )
    first, omission, last = passage.printed.partition(OMISSION)
    if omission:
        yield described(
            subject,
            ("openingWords", literal(first.strip())),
            ("closingWords", literal(last.strip())),
        )
    else:
        yield described(subject, ("exact", literal(passage.printed)))


def discrepancy_triples(discrepancy: Discrepancy) -> Iterator[str]:
    """Yield a discrepancy with the claims that differ and the one that is used."""
    subject = node(discrepancy.iri)
    yield described(
        subject,
        ("type", _NODES["Discrepancy"]),
        ("about", node(discrepancy.about)),
        ("discrepancyType", concept_node("discrepancy-type", discrepancy.type)),
        ("explanation", english(discrepancy.explanation)),
    )
    for claim in discrepancy.claims:
        yield described(subject, ("between", node(claim.iri)))
        yield described(node(claim.slot), ("discrepancy", subject))
    for claim in discrepancy.used:
        yield described(subject, ("usedClaim", node(claim.iri)))
