"""Sort facts into the kinds by which extraction is measured."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF

from loaders.claims.claim import Claim
from ontology.dates import TimeReading
from ontology.identifiers import short
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
    "recommendations": (CI.recommendedBy, CI.recommendedTo, CI.deliveryModel, CI.operatedBy),
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
