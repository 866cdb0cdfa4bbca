"""The objects of the service, one table of fields each: what ministers and councils did."""

from __future__ import annotations

from api.views.fields import FINDING
from api.views.serialisers import (
    FieldTable,
    concept,
    label,
    many,
    one,
    ordered,
    part,
    ref,
    text,
    time,
)

_ENDS = (
    one("ended", "ended", time),
    one("planned_end", "plannedEnd", time),
)
"""The end of an act that a source states, and the end that one plans, which is no end."""

_PLACE = (
    many("replaces", "replaces", ref),
    many("replaced_by", "^replaces", ref),
    one("stage", "stage", concept),
    many("interventions", "partOfIntervention", ref),
)
"""What came before and after an act, and the course of action that it belongs to."""

DIRECTION = FieldTable(
    "Direction",
    (
        one("council", "addressedTo", ref),
        one("signed", "signed", time),
        one("signed_on", "signedOn", text),
        one("published", "published", time),
        one("published_on", "publishedOn", text),
        one("effective_from", "effectiveFrom", time),
        *_ENDS,
        one("end_condition", "endCondition", concept),
        one("issued_by", "issuedBy", ref),
        many("signed_by", "signedBy", ref),
        many("signed_as", "signedAs", text),
        many("powers", "madeUnder", ref),
        many("applied_by", "appliedBy", ref),
        many("cites", "cites", ref),
        many("functions_in_scope", "functionInScope", ref),
        many("domains", "inDomain", concept),
        one("attestation", "attestation", concept),
        one("document", "embodiedIn", ref),
        many("revokes", "revokes", ref),
        many("revoked_by", "revokedBy", ref),
        *_PLACE,
        many("prompted_by", "promptedBy", ref),
        many("considered", "considered", ref),
        many("satisfied_of", "satisfiedOf", part(FINDING)),
        many("names", "namedAs", text),
    ),
)

_DEADLINE = FieldTable(
    "Deadline",
    (
        many("deadline_kinds", "deadlineKind", concept),
        one("due", "due", time),
        one("due_on", "dueOn", text),
        one("first_due", "firstDue", time),
        one("anchor_event", "anchorEvent", ref),
        one("offset", "offset", text),
        one("period", "period", text),
        one("amount", "amount", text),
        one("unit", "unit", concept),
        many("triggers", "trigger", text),
    ),
)

_DUTY_FIELDS = (
    one("council", "imposedBy/addressedTo", ref),
    one("direction", "imposedBy", ref),
    one("paragraph", "paragraph", text),
    one("summary", "summary", text),
    many("bearers", "bearer", ref),
    many("counterparties", "counterparty", ref),
    many("actions", "action", concept),
    many("objects", "object", text),
    many("conditions", "condition", text),
    one("standard_clause", "standardClause", concept),
    one("part_of", "dcterms:isPartOf", ref),
    many("supports", "supports", ref),
    many("deadlines", "deadline", part(_DEADLINE)),
    many("due_on", "dueOn", text),
)
REQUIREMENT = FieldTable("Requirement", _DUTY_FIELDS)
TASK = FieldTable("CommissionerTask", _DUTY_FIELDS)

NOTICE = FieldTable(
    "Notice",
    (
        one("council", "addressedTo", ref),
        one("signed", "signed", time),
        one("signed_on", "signedOn", text),
        one("published", "published", time),
        one("published_on", "publishedOn", text),
        one("effective_from", "effectiveFrom", time),
        *_ENDS,
        one("issued_by", "issuedBy", ref),
        many("domains", "inDomain", concept),
        many("summaries", "summary", text),
        many("prompted_by", "promptedBy", ref),
        *_PLACE,
        one("attestation", "attestation", concept),
        many("names", "namedAs", text),
    ),
    ("ImprovementNotice", "BestValueNotice"),
)

SECTION_114_REPORT = FieldTable(
    "Section114Report",
    (
        one("council", "ofCouncil", ref),
        one("dated", "dated", time),
        many("grounds", "summary", text),
    ),
)

TRANSFER = FieldTable(
    "ServiceTransfer",
    (
        one("council", "ofCouncil", ref),
        many("delivery_models", "deliveryModel", concept),
        one("happened", "happened", time),
        one("ended", "ended", time),
        many("summaries", "summary", text),
    ),
)

_STEP = FieldTable(
    "InterventionStep",
    (
        one("position", "position", text),
        one("act", "act", ref),
        one("began", "began", time),
        one("ended", "ended", time),
        one("stage", "stage", concept),
        one("stage_label", "stage", label),
        one("stage_change", "stageChange", concept),
        one("link_ground", "linkGround", concept),
        one("certainty", "certainty", concept),
        one("explanation", "explanation", text),
    ),
)

INTERVENTION = FieldTable(
    "Intervention",
    (
        one("name", "rdfs:label", text),
        one("council", "forCouncil", ref),
        one("regime", "regime", concept),
        one("regime_label", "regime", label),
        many("domains", "inDomain", concept),
        one("began", "began", time),
        one("ended", "ended", time),
        one("ending", "ending", concept),
        one("ending_label", "ending", label),
        one("highest_stage", "highestStage", concept),
        one("highest_stage_label", "highestStage", label),
        one("links_certainty", "certainty", concept),
        many("successor_councils", "successorCouncil", ref),
        one("explanation", "explanation", text),
        ordered("steps", "hasStep", part(_STEP), "position"),
    ),
)
