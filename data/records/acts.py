"""The form of what ministers, inspectors and officers do, as a record tells it.

Findings, duties with their deadlines, directions, notices, section 114 reports and transfers; each
field carries the property it states and the kind of its values, as in `data/records/form.py`.
"""

from typing import Annotated

from pydantic import Field
from rdflib.namespace import DCTERMS, RDF

from data.records.statements import Claims, Entity, Statements, Times
from ontology.terms import CI

ORDINAL = r"^[A-Z]{3,5}-\d{4}-\d{2}$"


class Finding(Entity):
    """An ungraded conclusion, or an area for priority action."""

    id: str
    kind: Annotated[Statements, Claims(RDF.type, "class")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")]


class Deadline(Entity):
    """When a duty falls due; a time in working days has an amount and a unit, and no length."""

    rule: str | None = Field(None, description="Rule and version that tell of it; in candidates.")
    kind: Annotated[Statements, Claims(CI.deadlineKind, "deadline-kind")]
    due: Annotated[Times, Claims(CI.due, "time")] = []
    anchor_event: Annotated[Statements, Claims(CI.anchorEvent, "reference")] = []
    offset: Annotated[Statements, Claims(CI.offset, "duration")] = []
    period: Annotated[Statements, Claims(CI.period, "duration")] = []
    amount: Annotated[Statements, Claims(CI.amount, "decimal")] = []
    unit: Annotated[Statements, Claims(CI.unit, "unit")] = []
    first_due: Annotated[Times, Claims(CI.firstDue, "time")] = []
    trigger: Annotated[Statements, Claims(CI.trigger, "text")] = []


class Duty(Entity):
    """What a council must do, or a commissioner must do, by one printed item."""

    paragraph: str = Field(
        description="Label of the item in the instrument, such as 7.d.ii or annex.9."
    )
    rule: str | None = Field(
        None,
        description="Rule and version that tell who bears it; only in candidates.",
    )
    summary: Annotated[Statements, Claims(CI.summary, "text")]
    bearer: Annotated[Statements, Claims(CI.bearer, "reference")]
    counterparty: Annotated[Statements, Claims(CI.counterparty, "reference")] = []
    action: Annotated[Statements, Claims(CI.action, "requirement-action")]
    object: Annotated[Statements, Claims(CI.object, "text")] = []
    conditions: Annotated[Statements, Claims(CI.condition, "text")] = []
    standard_clause: Annotated[Statements, Claims(CI.standardClause, "standard-clause")] = []
    part_of: Annotated[Statements, Claims(DCTERMS.isPartOf, "duty")] = []
    supports: Annotated[Statements, Claims(CI.supports, "reference")] = []
    deadlines: list[Deadline] = []


class Instrument(Entity):
    """An act of a minister towards a council, as far as a source speaks of it."""

    id: str = Field(pattern=ORDINAL)
    kind: Annotated[Statements, Claims(RDF.type, "class")]
    addressed_to: Annotated[Statements, Claims(CI.addressedTo, "council")]
    issued_by: Annotated[Statements, Claims(CI.issuedBy, "office")] = []
    regime: Annotated[Statements, Claims(CI.regime, "regime")] = []
    in_domain: Annotated[Statements, Claims(CI.inDomain, "service-domain")] = []
    change: Annotated[Statements, Claims(CI.change, "act-change")] = []
    made_under: Annotated[Statements, Claims(CI.madeUnder, "provision")] = []
    prompted_by: Annotated[Statements, Claims(CI.promptedBy, "reference")] = []
    replaces: Annotated[Statements, Claims(CI.replaces, "reference")] = []
    varies: Annotated[Statements, Claims(CI.varies, "reference")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
    signed: Annotated[Times, Claims(CI.signed, "time")] = []
    published: Annotated[Times, Claims(CI.published, "time")] = []
    effective_from: Annotated[Times, Claims(CI.effectiveFrom, "time")] = []
    ended: Annotated[Times, Claims(CI.ended, "time")] = []
    end_manner: Annotated[Statements, Claims(CI.endManner, "end-manner")] = []
    planned_end: Annotated[Times, Claims(CI.plannedEnd, "time")] = []


class WrittenInstrument(Instrument):
    """An instrument with a text of its own, which a minister signs or an official for one."""

    signed_by: Annotated[Statements, Claims(CI.signedBy, "person")] = []
    signed_as: Annotated[Statements, Claims(CI.signedAs, "text")] = []
    applied_by: Annotated[Statements, Claims(CI.appliedBy, "provision")] = []
    cites: Annotated[Statements, Claims(CI.cites, "provision")] = []
    functions_in_scope: Annotated[Statements, Claims(CI.functionInScope, "provision")] = []
    considered: Annotated[Statements, Claims(CI.considered, "reference")] = []
    revokes: Annotated[Statements, Claims(CI.revokes, "instrument")] = []
    end_condition: Annotated[Statements, Claims(CI.endCondition, "end-condition")] = []
    embodied_in: Annotated[Statements, Claims(CI.embodiedIn, "document")] = []
    satisfied_of: list[Finding] = []
    requirements: list[Duty] = []
    tasks: list[Duty] = []
    duties_of_others: list[Duty] = Field(
        [],
        description="What ministers, boards, trusts or officers must do, each bearer as printed; "
        "for a reviewer, and no claim by itself.",
    )
    functions_of_others: Statements = Field(
        [],
        description="Functions of the council that pass to a trust or another body; for a "
        "reviewer, and no claim by itself.",
    )


class Notice(WrittenInstrument):
    """An improvement notice or a best value notice, which has no force of law."""


class MindedToLetter(WrittenInstrument):
    """A letter in which a minister proposes an act and asks for the council's views."""


class Measure(Instrument):
    """What a minister does without an instrument of law: informal intervention, review, plan."""


class Designation(Instrument):
    """A designation, by which applications may be made to the minister in place of the council."""


class Direction(WrittenInstrument):
    """A direction, as far as this document makes it or speaks of it."""


class Sighting(Entity):
    """What a source speaks of as in force, in post, under way or ended, on a day of its own."""

    id: str
    council: Annotated[Statements, Claims(CI.forCouncil, "council")]
    regime: Annotated[Statements, Claims(CI.regime, "regime")]
    state: Annotated[Statements, Claims(CI.attestedState, "sighting-state")]
    seen: Annotated[Times, Claims(CI.seen, "time")]
    of_act: Annotated[Statements, Claims(CI.ofAct, "reference")] = []
    holder: Annotated[Statements, Claims(CI.seenHolder, "reference")] = []
    holders_counted: Annotated[Statements, Claims(CI.holdersCounted, "integer")] = []
    since: Annotated[Times, Claims(CI.since, "time")] = []
    planned_end: Annotated[Times, Claims(CI.plannedEnd, "time")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []


class Section114Report(Entity):
    """A report by a council's chief finance officer that spending is, or will be, unlawful."""

    id: str = Field(pattern=ORDINAL)
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    ground: Annotated[Statements, Claims(CI.ground, "section-114-ground")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
    made_under: Annotated[Statements, Claims(CI.madeUnder, "provision")] = []
    made_by: Annotated[Statements, Claims(CI.madeBy, "office")] = []
    dated: Annotated[Times, Claims(CI.dated, "time")] = []


class Transfer(Entity):
    """An event that moves the running of a service to another body, and later perhaps back."""

    id: str = Field(pattern=ORDINAL)
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    delivery_model: Annotated[Statements, Claims(CI.deliveryModel, "delivery-model")]
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
    operated_by: Annotated[Statements, Claims(CI.operatedBy, "reference")] = []
    ground: Annotated[Statements, Claims(CI.transferGround, "transfer-ground")] = []
    happened: Annotated[Times, Claims(CI.happened, "time")] = []
    ended: Annotated[Times, Claims(CI.ended, "time")] = []
    planned_end: Annotated[Times, Claims(CI.plannedEnd, "time")] = []
