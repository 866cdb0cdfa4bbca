"""Sort facts into the kinds that are measured, and match the things of a candidate to the gold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF

from loaders.claims.claim import Claim
from ontology.dates import TimeReading
from ontology.identifiers import reference, short
from ontology.namespaces import ID
from ontology.terms import CI

_KINDS: dict[str, tuple[URIRef, ...]] = {
    "powers": (CI.madeUnder, CI.appliedBy, CI.cites, CI.functionInScope),
    "grades": (
        CI.grade, CI.allAreasGraded, CI.areasRequiringImprovement, CI.notJudged, CI.statedRating,
    ),
    "revocations": (CI.revokes, CI.endCondition, CI.replaces),
    "councils": (CI.addressedTo, CI.ofCouncil, CI.aboutCouncil, CI.forCouncil),
    "people": (
        FOAF.name, CI.honours, CI.signedBy, CI.signedAs, CI.leadInspector, CI.leadInspectorNamed,
        CI.employer,
    ),
    "duties": (CI.bearer, CI.counterparty, CI.action, CI.standardClause, CI.supports),
    "deadlines": (CI.deadlineKind, CI.period, CI.offset, CI.anchorEvent),
    "grounds": (CI.considered, CI.promptedBy, CI.satisfiedOf, CI.hasFinding),
    "documents cited": (DCTERMS.creator, CI.reportedIn, CI.embodiedIn),
    "inspections": (
        CI.underFramework, CI.conductedBy, CI.followsUp, CI.inspectionForm, CI.reinspectionOf,
    ),
    "posts and appointments": (
        ORG.member, CI.toPost, CI.appointedBy, CI.under, CI.renews, CI.regime, CI.commissionerType,
        CI.createdBy, CI.functionExercised,
    ),
    "names": (CI.namedAs,),
    "issue and domain": (CI.issuedBy, CI.inDomain),
    "recommendations": (
        CI.recommendedBy, CI.recommendedTo, CI.requestedBy, CI.deliveryModel, CI.operatedBy,
    ),
    "figures": (CI.measure, CI.amount, CI.unit),
}  # fmt: skip
"""The properties of each kind; a fact with a time is of the kind dates."""

_KIND_OF = {prop: kind for kind, properties in _KINDS.items() for prop in properties}

FREE_TEXT: frozenset[URIRef] = frozenset(
    {
        CI.summary,
        CI.condition,
        CI.object,
        CI.trigger,
        CI.measure,
        CI.functionExercised,
        DCTERMS.title,
    }
)
"""Properties whose values are words of our own, which nobody words twice alike."""

_NOT_MEASURED: frozenset[URIRef] = frozenset(
    {
        CI.imposedBy,
        CI.ofInspection,
        CI.onArea,
        CI.deadline,
        DCTERMS.title,
        CI.summary,
        CI.trigger,
    }
)
"""What follows from the place of a thing in the record, and summaries, which a reviewer words."""


def kind_of_fact(claim: Claim) -> str:
    """Return the kind of a fact; empty if it is not measured."""
    prop = URIRef(claim.property)
    if isinstance(claim.value, TimeReading):
        return "dates"
    if prop in _NOT_MEASURED:
        return ""
    if prop in {CI.condition, CI.object}:
        return "conditions and objects"
    about = short(str(claim.about)).partition("/")[0]
    if prop in {CI.paragraph, DCTERMS.isPartOf}:
        return "numbering"
    if about == "deadline" and prop in {CI.amount, CI.unit}:
        return "deadlines"
    if prop == RDF.type:
        return "" if about in {"deadline", "requirement", "task"} else "things"
    return _KIND_OF.get(prop, "other")


_OF_THEMSELVES = "document", "inspection", "direction", "appointment", "post", "person"
_WITHIN = "finding", "deadline", "recommendation", "request", "milestone", "figure", "arrangement"
"""Kinds that are aligned by themselves, and kinds within them, aligned after."""

_ORDINALS = frozenset({"inspection", "direction", "appointment", "deadline"})
_BY_DOCUMENT = frozenset({"recommendation", "request", "milestone", "figure", "arrangement"})
_INSIDE = {
    "inspection": ("judgement/", "finding/inspection/"),
    "direction": ("requirement/", "task/", "deadline/", "finding/direction/"),
}
"""How the addresses begin of what stands in a thing of a kind."""

_TELLING = frozenset({CI.signed, CI.onSite, CI.dated, CI.published, CI.embodiedIn, CI.due})
_PLACE_WEIGHT = 3.0
_LEAST_LIKENESS = 0.8


def aligned_claims(gold: Sequence[Claim], found: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a candidate, with the gold's identifiers for the same things."""
    own_gold, own_found = gold[0].document if gold else "", found[0].document if found else ""
    document = {f"document/{own_found}": f"document/{own_gold}"}
    claims = [_renamed(claim, document) for claim in found]
    for kind in (*_OF_THEMSELVES, *_WITHIN):
        names = _pairs(kind, gold, claims)
        claims = [_renamed(claim, names) for claim in claims]
    return claims


def _of_kind(kind: str, claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the claims about things of a kind, by the thing."""
    by_thing: dict[str, list[Claim]] = {}
    for claim in claims:
        thing = short(str(claim.about))
        if thing.startswith(f"{kind}/"):
            by_thing.setdefault(thing, []).append(claim)
    return by_thing


def _pairs(kind: str, gold: Sequence[Claim], found: Sequence[Claim]) -> dict[str, str]:
    """Return the gold's name for each thing of a kind, the likest pairs first."""
    wanted, given = _of_kind(kind, gold), _of_kind(kind, found)
    scored = sorted(
        (-_likeness(wanted[gold_name], given[name]), gold_name, name)
        for gold_name in wanted
        for name in given
        if kind not in _WITHIN or gold_name.rpartition("/")[0] == name.rpartition("/")[0]
    )
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unlikeness, gold_name, name in scored:
        if -unlikeness >= _LEAST_LIKENESS and name not in names and gold_name not in taken:
            names[name] = gold_name
            taken.add(gold_name)
    # A name that another thing takes over must not stay with the one that had it.
    for number, name in enumerate(sorted(set(given) - set(names)), 1):
        if name in taken and kind in _ORDINALS:
            names[name] = re.sub(r"[0-9]+$", str(90 - number), name)
        elif name in taken:
            names[name] = f"{name}-{number + 90}"
    return names


def _likeness(gold: Sequence[Claim], found: Sequence[Claim]) -> float:
    """Return how alike two things are: shared facts, and how far their places overlap."""
    facts, others = _facts(gold), _facts(found)
    shared = len(facts & others) / max(1, min(len(facts), len(others)))
    telling = sum(prop in _TELLING for prop, _ in facts & others)
    return shared + telling + _PLACE_WEIGHT * _overlap(gold[0], found[0])


def _facts(claims: Sequence[Claim]) -> set[tuple[str, str]]:
    return {(claim.property, claim.key) for claim in claims if claim.property != RDF.type}


def _overlap(first: Claim, second: Claim) -> float:
    """Return which share of the shorter of two places both have."""
    passage, other = first.passage, second.passage
    shared = min(passage.end, other.end) - max(passage.start, other.start)
    shortest = min(passage.end - passage.start, other.end - other.start)
    return max(0, shared) / shortest if shortest else 0.0


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
        if path.startswith(_INSIDE.get(kind, ())) and f"/{local}/" in path:
            return ID[path.replace(f"/{local}/", f"/{new.partition('/')[2]}/")]
        first, _, rest = path.removeprefix("finding/").partition("/")
        if kind == "document" and rest.startswith(f"{local}/") and first in _BY_DOCUMENT:
            return ID[path.replace(f"/{local}/", f"/{new.partition('/')[2]}/")]
        if kind == "document" and f"document/{local}/" in path:
            return ID[path.replace(f"document/{local}/", f"{new}/")]
    return iri
