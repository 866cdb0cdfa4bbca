"""Find which thing of a candidate is which thing of the gold: by content, for the names differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rdflib import URIRef
from rdflib.namespace import RDF

from loaders.claims.claim import Claim
from ontology.dates import TimeReading
from ontology.identifiers import reference, short
from ontology.namespaces import ID
from ontology.terms import CI

FIRST, _SECOND = (
    ("document", "inspection", "direction", "appointment", "post", "person"),
    ("finding", "deadline", "recommendation", "milestone", "figure", "arrangement"),
)
"""Kinds that are aligned by themselves, and kinds within them, aligned after."""

_PLACE_WEIGHT = 3.0
_LEAST_LIKENESS = 0.8


def aligned_claims(gold: Sequence[Claim], found: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a candidate, with the gold's identifiers for the same things."""
    own_gold, own_found = gold[0].document if gold else "", found[0].document if found else ""
    claims = [_renamed(one, {f"document/{own_found}": f"document/{own_gold}"}) for one in found]
    for kinds in (FIRST, _SECOND):
        for kind in kinds:
            names = _pairs(kind, gold, claims)
            claims = [_renamed(one, names) for one in claims]
    return claims


def _of_kind(kind: str, claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the claims about things of a kind, by the thing."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        thing = short(str(claim.about))
        if thing.startswith(f"{kind}/"):
            found.setdefault(thing, []).append(claim)
    return found


def _pairs(kind: str, gold: Sequence[Claim], found: Sequence[Claim]) -> dict[str, str]:
    """Return the gold's name for each thing of a kind, the likest pairs first."""
    wanted, given = _of_kind(kind, gold), _of_kind(kind, found)
    scored = sorted(
        (
            (_likeness(wanted[one], given[other]), one, other)
            for one in wanted
            for other in given
            if _parent(kind, one) == _parent(kind, other)
        ),
        key=lambda triple: (-triple[0], triple[1], triple[2]),
    )
    names: dict[str, str] = {}
    taken: set[str] = set()
    for score, one, other in scored:
        if score >= _LEAST_LIKENESS and other not in names and one not in taken:
            names[other] = one
            taken.add(one)
    # A name that another thing takes over must not stay with the one that had it.
    for number, other in enumerate(sorted(set(given) - set(names)), 1):
        if other in taken:
            names[other] = (
                f"{other}-{number + 90}" if kind not in _ORDINALS else _other(other, number)
            )
    return names


_ORDINALS = frozenset({"inspection", "direction", "appointment", "deadline"})


def _other(thing: str, number: int) -> str:
    """Return an identifier that no other thing has."""
    return re.sub(r"[0-9]+$", str(90 - number), thing)


def _parent(kind: str, thing: str) -> str:
    """Return what a thing stands in, which must be the same for both."""
    return thing.rpartition("/")[0] if kind in _SECOND else ""


def _likeness(gold: Sequence[Claim], found: Sequence[Claim]) -> float:
    """Return how alike two things are: shared facts, and how far their places overlap."""
    facts = {(one.property, one.key) for one in gold if one.property != RDF.type}
    others = {(one.property, one.key) for one in found if one.property != RDF.type}
    shared = len(facts & others) / max(1, min(len(facts), len(others)))
    own = {(one.property, one.key) for one in gold if one.property in _TELLING}
    other = {(one.property, one.key) for one in found if one.property in _TELLING}
    telling = len(own & other)
    return shared + telling + _PLACE_WEIGHT * _overlap(gold[0], found[0])


_BY_DOCUMENT = frozenset({"recommendation", "milestone", "figure", "arrangement"})
_TELLING = frozenset({CI.signed, CI.onSite, CI.dated, CI.published, CI.embodiedIn, CI.due})


def _overlap(first: Claim, second: Claim) -> float:
    """Return which share of the shorter of two places both have."""
    one, other = first.passage, second.passage
    shared = min(one.end, other.end) - max(one.start, other.start)
    shortest = min(one.end - one.start, other.end - other.start)
    return max(0, shared) / shortest if shortest else 0.0


def _stands_in(kind: str, path: str) -> bool:
    """Return whether a thing with this address stands in one of a kind."""
    inside = {
        "inspection": ("judgement/", "finding/inspection/"),
        "direction": ("requirement/", "task/", "deadline/", "finding/direction/"),
    }
    return path.startswith(inside.get(kind, ("-",)))


def _renamed(claim: Claim, names: Mapping[str, str]) -> Claim:
    """Return a claim with other names for the things that it speaks of."""
    if not names:
        return claim
    about = _name(claim.about, names)
    value = claim.value
    if isinstance(value, URIRef):
        value = _name(value, names)
    elif isinstance(value, TimeReading) and value.relative_to:
        event = short(str(_name(reference(value.relative_to), names)))
        value = replace(value, relative_to=event)
    return replace(claim, about=about, value=value)


def _name(iri: URIRef, names: Mapping[str, str]) -> URIRef:
    """Return another name for a thing, or for what stands in one."""
    if not str(iri).startswith(str(ID)):
        return iri
    path = short(str(iri))
    for old, new in names.items():
        kind, _, local = old.partition("/")
        if path == old:
            return reference(new)
        # Judgements, duties and deadlines carry the name of what they stand in.
        if _stands_in(kind, path) and f"/{local}/" in path:
            return ID[path.replace(f"/{local}/", f"/{new.partition('/')[2]}/")]
        first, _, rest = path.removeprefix("finding/").partition("/")
        if kind == "document" and rest.startswith(f"{local}/") and first in _BY_DOCUMENT:
            return ID[path.replace(f"/{local}/", f"/{new.partition('/')[2]}/")]
        if kind == "document" and f"document/{local}/" in path:
            return ID[path.replace(f"document/{local}/", f"{new}/")]
    return iri
