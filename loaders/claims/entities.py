"""The things of a record: their addresses, their classes, and which stand inside which."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef

from data.records.acts import Duty, Finding, WrittenInstrument
from data.records.form import Inspection, Judgement, Listing, Record
from data.records.statements import Entity
from ontology import CI
from ontology.identifiers import parse, reference, thing

Triple = tuple[URIRef, URIRef, URIRef | Literal]
"""Thing, property, value."""

CLASSES: dict[str, URIRef] = {
    "adviser-report": CI.AdviserReportDocument,
    "appointment": CI.Appointment,
    "area-not-judged": CI.AreaNotJudged,
    "arrangement": CI.DeliveryArrangement,
    "commissioner-report": CI.CommissionerReportDocument,
    "council-list": CI.CouncilList,
    "deadline": CI.Deadline,
    "direction-document": CI.DirectionDocument,
    "figure": CI.Figure,
    "finding": CI.Finding,
    "inspection-report": CI.InspectionReportDocument,
    "judgement": CI.Judgement,
    "letter": CI.LetterDocument,
    "milestone": CI.Milestone,
    "minister-response": CI.ResponseDocument,
    "person": CI.Person,
    "press-article": CI.PressArticle,
    "question": CI.ParliamentaryQuestion,
    "recommendation": CI.Recommendation,
    "request": CI.Request,
    "pay": CI.Remuneration,
    "requirement": CI.Requirement,
    "review-report": CI.ReviewReportDocument,
    "section-114-report": CI.Section114Report,
    "sighting": CI.Sighting,
    "support-amount": CI.SupportAmount,
    "table": CI.Table,
    "task": CI.CommissionerTask,
    "transfer": CI.ServiceTransfer,
    "unusable-document": CI.UnusableDocument,
    "web-page": CI.WebPage,
}
"""Class of each role; a role not here states its class itself (`kind`), or is only spoken of."""

_NEVER_MADE = frozenset({"not-in-framework", "not-inspected", "predates-judgement"})
"""Reasons for no grade that speak of the inspection; the others speak of the source alone."""

_NAMED_BY_DOCUMENT = "figures", "milestones", "arrangements"
"""Sections whose things are named within the document that states them."""

_OWN_CLASSES = frozenset({"letters"})
"""Sections whose things state their class, and whose kind is also a kind of document."""

_SECTIONS: dict[str, str] = {
    "inspections": "inspection",
    "directions": "direction",
    "notices": "notice",
    "letters": "letter",
    "measures": "measure",
    "designations": "designation",
    "sightings": "sighting",
    "questions": "question",
    "council_lists": "council-list",
    "section_114_reports": "section-114-report",
    "support_amounts": "support-amount",
    "remunerations": "pay",
    "transfers": "transfer",
    "posts": "post",
    "people": "person",
    "appointments": "appointment",
    "figures": "figure",
    "milestones": "milestone",
    "arrangements": "arrangement",
    "councils": "council",
}


@dataclass(frozen=True)
class ChildAddress:
    """The address of a thing, its role, and the facts that its place in the record states."""

    iri: URIRef
    role: str
    facts: tuple[Triple, ...] = ()


def top_level(record: Record | Listing) -> Iterator[tuple[ChildAddress, Entity]]:
    """Yield the things of a record with their addresses."""
    slug = record.document.slug
    for cited in record.documents:
        yield ChildAddress(thing("document", cited.id), cited.kind), cited
    for section, kind in _SECTIONS.items():
        for entity in getattr(record, section):
            local = f"{slug}/{entity.id}" if section in _NAMED_BY_DOCUMENT else entity.id
            role = section if section in _OWN_CLASSES else kind
            yield ChildAddress(thing(kind, local), role), entity
    for finding in record.findings:
        yield _finding(thing("document", finding.document or slug), CI.hasFinding, finding), finding
    for role, said in (("recommendation", record.recommendations), ("request", record.requests)):
        for one in said:
            yield ChildAddress(thing(role, f"{one.document or slug}/{one.id}"), role), one
    for name in record.names:
        yield ChildAddress(reference(name.thing), "name"), name


def children(entity: Entity, parent: URIRef) -> Iterator[tuple[ChildAddress, Entity]]:
    """Yield the things that stand inside a thing, with their addresses."""
    if isinstance(entity, Inspection):
        inspection = parse(str(parent))[1]
        for judgement in entity.judgements:
            yield judgement_address(inspection, judgement.area, _role(judgement)), judgement
        for finding in entity.findings:
            yield _finding(parent, CI.hasFinding, finding), finding
    elif isinstance(entity, WrittenInstrument):
        for finding in entity.satisfied_of:
            yield _finding(parent, CI.satisfiedOf, finding), finding
        for role, duties in (("requirement", entity.requirements), ("task", entity.tasks)):
            for duty in duties:
                yield _duty(role, parent, duty), duty
    elif isinstance(entity, Duty):
        for number, deadline in enumerate(entity.deadlines, 1):
            yield _deadline(parent, number), deadline


def judgement_address(inspection: str, area: str, role: str = "judgement") -> ChildAddress:
    """Return the address of a judgement, which says of which inspection and on which area it is.

    In: another role, if no judgement was made there.
    """
    return ChildAddress(thing("judgement", f"{inspection}/{area}"), role)


def _role(judgement: Judgement) -> str:
    """Return whether a judgement was made, or the inspection made none on the area."""
    graded = any(said.modality not in ("possible", "planned") for said in judgement.grade)
    reasons = {said.value for said in judgement.not_judged}
    return "area-not-judged" if not graded and reasons & _NEVER_MADE else "judgement"


def _finding(parent: URIRef, link: URIRef, finding: Finding) -> ChildAddress:
    iri = thing("finding", f"{'/'.join(parse(str(parent)))}/{finding.id}")
    return ChildAddress(iri, "finding", ((parent, link, iri),))


def _duty(role: str, instrument: URIRef, duty: Duty) -> ChildAddress:
    """Return the address of a requirement or task, with its instrument and its paragraph."""
    family, ordinal = parse(str(instrument))
    # A notice may have the number of a direction of that year.
    of = ordinal if family == "direction" else f"{family}-{ordinal}"
    iri = thing(role, f"{of}/{duty.paragraph}")
    return ChildAddress(
        iri, role, ((iri, CI.imposedBy, instrument), (iri, CI.paragraph, Literal(duty.paragraph)))
    )


def _deadline(duty: URIRef, number: int) -> ChildAddress:
    iri = thing("deadline", f"{'/'.join(parse(str(duty)))}/{number}")
    return ChildAddress(iri, "deadline", ((duty, CI.deadline, iri),))
