"""The objects of the service, one table of fields each, in the order in which they are shown."""

from api.views.serialisers import (
    Field,
    alike,
    concept,
    many,
    named,
    part,
    ref,
    source,
    table,
    term,
    text,
    time,
)

_SOURCES = Field("sources", "statedIn", source, many=True, order="tier")
"""What states a thing: official pages come before the press."""
_FINDING = table("Finding", many("summary", "summary", text))

_QUALIFICATION = table(
    "Slot",
    Field("property", "property", term),
    Field("value", "valueNode", ref),
    Field("words", "valueLiteral", text, rare=True),
    many("conditions", "condition", text),
)
"""A value that holds only under a condition, or so far as one says."""

JUDGEMENT = table(
    "Judgement",
    Field("council", "ofInspection/ofCouncil", ref),
    Field("inspection", "ofInspection", ref),
    Field("framework", "ofInspection/underFramework", concept),
    *named("area", "onArea"),
    *alike(concept, "grade", "not_judged"),
    Field("part_of", "partOfJudgement", ref),
    classes=("Judgement", "AreaNotJudged"),
)

INSPECTION = table(
    "Inspection",
    Field("council", "ofCouncil", ref),
    *named("framework", "underFramework"),
    *alike(ref, "conducted_by", "lead_inspector", many=True),
    many("lead_inspector_named", "leadInspectorNamed", text),
    *named("form", "inspectionForm"),
    *named("outcome", "outcome"),
    Field("areas_for_priority_action", "areasForPriorityAction", text),
    Field("theme", "theme", text),
    Field("on_site", "onSite", time),
    *alike(text, "on_site_from", "on_site_to"),
    Field("announced", "announced", time, rare=True),
    Field("report_published", "reportPublished", time),
    Field("report_published_on", "reportPublishedOn", text),
    Field("letter_dated", "letterDated", time),
    many("reported_in", "reportedIn", ref),
    Field("attestation", "attestation", concept),
    *alike(ref, "follows_up", "reinspection_of", many=True),
    Field("previous_inspection", "previousInspection", time, rare=True),
    Field("next_inspection_within", "nextInspectionWithin", text, rare=True),
    Field("all_areas_graded", "allAreasGraded", concept),
    Field("areas_requiring_improvement", "areasRequiringImprovement", text),
    many("judgements", "hasJudgement", part(JUDGEMENT)),
    many("areas_not_judged", "hasAreaNotJudged", part(JUDGEMENT)),
    many("findings", "hasFinding", part(_FINDING)),
)

APPOINTMENT = table(
    "Appointment",
    Field("council", "toPost/forCouncil", ref),
    Field("holder", "org:member", ref),
    Field("post", "toPost", ref),
    many("appointed_by", "appointedBy", ref),
    Field("appointed_by_then", "officeNamedThen", text),
    many("titles", "officeTitle", text),
    *alike(ref, "under", "renews", many=True),
    Field("held", "held", time),
    *alike(text, "held_from", "held_to"),
    Field("last_seen_in_office", "lastSeenInOffice", text),
    Field("planned_end", "plannedEnd", time),
    Field("followed_by", "followedBy", ref),
)

REMUNERATION = table(
    "Remuneration",
    Field("council", "ofCouncil", ref),
    Field("regime", "regime", concept),
    Field("paid_to", "paidTo", ref),
    many("paid_for", "paidFor", text),
    *named("pay_kind", "payKind"),
    *named("basis", "payBasis"),
    *alike(text, "amount_gbp", "days"),
    Field("per", "paidPer", text),
    Field("period", "payPeriod", time),
    Field("summary", "summary", text),
    _SOURCES,
    many("source_kinds", "statedIn/sourceKind", concept),
    many("tiers", "statedIn/sourceTier", text),
)

COMMISSIONER = table(
    "Commissioner",
    Field("council", "forCouncil", ref),
    many("names", "namedAs", text),
    *named("office", "officeKind"),
    many("commissioner_types", "commissionerType", concept),
    Field("regime", "regime", concept),
    many("created_by", "createdBy", ref),
    many("functions_exercised", "functionExercised", text),
    many("purposes", "summary", text),
    many("appointments", "^toPost", part(APPOINTMENT)),
)

PERSON = table(
    "Person",
    Field("name", "foaf:name", text),
    many("honours", "honours", text),
    many("employers", "employer", ref),
    many("names", "namedAs", text),
    many("appointments", "^org:member", part(APPOINTMENT)),
    many("pay", "^paidTo", part(REMUNERATION)),
)

DOCUMENT = table(
    "SourceDocument",
    Field("title", "dcterms:title", text),
    many("names", "namedAs", text),
    Field("council", "aboutCouncil", ref),
    many("authors", "dcterms:creator", ref),
    *alike(time, "dated", "published"),
    Field("published_on", "publishedOn", text),
    Field("attestation", "attestation", concept),
    Field("tier", "sourceTier", text),
    Field("source_kind", "sourceKind", concept),
    *alike(text, "address", "seen_in"),
    Field("licence", "licence", ref),
    Field("file", "fileName", text),
    Field("sha256", "contentHash", text),
    Field("characters", "characters", text),
    many("findings", "hasFinding", part(_FINDING)),
)

# What ministers and councils did.

_SIGNED = (
    Field("council", "addressedTo", ref),
    Field("signed", "signed", time),
    Field("signed_on", "signedOn", text),
    Field("published", "published", time),
    Field("published_on", "publishedOn", text),
    Field("effective_from", "effectiveFrom", time),
    Field("ended", "ended|^act/ended", time),
    Field("planned_end", "plannedEnd", time),
)
"""Whom a signed act is for, and its times; an end may follow from a later act, a plan is none."""

_PLACE = (
    many("replaces", "replaces", ref),
    many("replaced_by", "^replaces", ref),
    Field("stage", "stage", concept),
    many("interventions", "partOfIntervention", ref),
)
"""What came before and after an act, and the course of action that it belongs to."""

DIRECTION = table(
    "Direction",
    *_SIGNED,
    Field("end_condition", "endCondition", concept),
    Field("issued_by", "issuedBy", ref),
    Field("issued_by_then", "officeNamedThen", text),
    many("signed_by", "signedBy", ref),
    many("signed_as", "signedAs", text),
    many("powers", "madeUnder", ref),
    Field("power_basis", "powerBasis", concept),
    many("power_explanations", "powerExplanation", text),
    *alike(ref, "applied_by", "cites", many=True),
    many("functions_in_scope", "functionInScope", ref),
    many("qualifications", "qualifiedBy", part(_QUALIFICATION)),
    many("domains", "inDomain", concept),
    Field("attestation", "attestation", concept),
    Field("document", "embodiedIn", ref),
    *alike(ref, "revokes", "revoked_by", many=True),
    *_PLACE,
    *alike(ref, "prompted_by", "considered", many=True),
    many("satisfied_of", "satisfiedOf", part(_FINDING)),
    many("names", "namedAs", text),
)

DEADLINE = table(
    "Deadline",
    many("deadline_kinds", "deadlineKind", concept),
    Field("due", "due", time),
    Field("due_on", "dueOn", text),
    Field("first_due", "firstDue", time),
    Field("anchor_event", "anchorEvent", ref),
    *alike(text, "offset", "period"),
    Field("amount", "amount", text, rare=True),
    Field("unit", "unit", concept, rare=True),
    many("triggers", "trigger", text),
)

_DUTY_FIELDS = (
    Field("council", "imposedBy/addressedTo", ref),
    Field("direction", "imposedBy", ref),
    *alike(text, "paragraph", "summary"),
    many("bearers", "bearer", ref),
    many("counterparties", "counterparty", ref),
    many("actions", "action", concept),
    many("objects", "object", text),
    many("conditions", "condition", text),
    many("qualifications", "qualifiedBy", part(_QUALIFICATION)),
    Field("standard_clause", "standardClause", concept),
    Field("part_of", "dcterms:isPartOf", ref),
    many("supports", "supports", ref),
    many("deadlines", "deadline", part(DEADLINE)),
    many("due_on", "dueOn", text),
)
REQUIREMENT = table("Requirement", *_DUTY_FIELDS)
TASK = table("CommissionerTask", *_DUTY_FIELDS)

NOTICE = table(
    "Notice",
    *_SIGNED,
    Field("issued_by", "issuedBy", ref),
    Field("issued_by_then", "officeNamedThen", text),
    many("domains", "inDomain", concept),
    many("summaries", "summary", text),
    many("prompted_by", "promptedBy", ref),
    *_PLACE,
    Field("attestation", "attestation", concept),
    many("names", "namedAs", text),
    classes=("ImprovementNotice", "BestValueNotice"),
)

SECTION_114_REPORT = table(
    "Section114Report",
    Field("council", "ofCouncil", ref),
    Field("dated", "dated", time),
    *named("ground", "ground"),
    many("powers", "madeUnder", ref),
    Field("made_by", "madeBy", ref),
    many("grounds", "summary", text),
)

SUPPORT_AMOUNT = table(
    "SupportAmount",
    Field("council", "ofCouncil", ref),
    Field("year", "financialYear", text),
    Field("to_year", "lastFinancialYear", text),
    Field("decided_in", "decidedInYear", text),
    Field("amount_gbp", "amountGbp", text),
    *named("status", "supportStatus"),
    Field("stated_on", "statedOn", text),
    Field("supersedes", "supersedes", ref),
    Field("superseded_by", "^supersedes", ref),
    Field("source", "firstStatedIn", source),
    _SOURCES,
    Field("stated", "stated", time, many=True, order="latest"),
    many("summaries", "summary", text),
)

TRANSFER = table(
    "ServiceTransfer",
    Field("council", "ofCouncil", ref),
    many("delivery_models", "deliveryModel", concept),
    many("operated_by", "operatedBy", ref),
    many("transfer_grounds", "transferGround", concept),
    *alike(time, "happened", "ended", "planned_end"),
    many("summaries", "summary", text),
)

_STEP = table(
    "InterventionStep",
    Field("position", "position", text),
    Field("act", "act", ref),
    *alike(time, "began", "ended"),
    *named("stage", "stage"),
    *alike(concept, "stage_change", "link_ground", "link_certainty"),
    Field("explanation", "explanation", text),
)

INTERVENTION = table(
    "Intervention",
    Field("name", "rdfs:label", text),
    Field("council", "forCouncil", ref),
    *named("regime", "regime"),
    *alike(time, "began", "ended"),
    *named("ending", "ending"),
    *named("highest_stage", "highestStage"),
    Field("links_certainty", "linkCertainty", concept),
    many("successor_councils", "successorCouncil", ref),
    Field("explanation", "explanation", text),
    Field("steps", "hasStep", part(_STEP), many=True, order="position"),
)

_SIGN = table(
    "Sign",
    Field("name", "rdfs:label", text),
    Field("sign_kind", "signKind", concept),
    Field("day", "signTime/edtf", text),
    Field("source", "source", source),
    Field("claim", "signClaim", ref),
)

STATE_PERIOD = table(
    "StatePeriod",
    Field("council", "stateOf/forCouncil|formerStateOf/forCouncil", ref),
    *named("regime", "stateOf/regime|formerStateOf/regime"),
    Field("since", "firstSign/signTime", time),
    Field("planned_end", "plannedEnd", time),
    Field("certainty", "certainty", concept),
    Field("because", "explanation", text),
    Field("last_sign", "lastSign", part(_SIGN)),
    Field("next_sign", "nextSign", part(_SIGN)),
    *alike(text, "state_from", "state_until"),
)

# Councils, their history, and coverage.

_AREA = table(
    "CouncilArea",
    Field("label", "gssCode", text),
    Field("gss_code", "gssCode", text),
    Field("in_use_from", "codeInUseFrom", text),
    Field("in_use_until", "codeInUseUntil", text),
)

_CHANGE = table(
    "StructuralChange",
    Field("label", "rdfs:label", text),
    Field("happened_on", "dcterms:date", text),
    Field("order", "changeOrder", ref),
    many("ended_bodies", "org:originalOrganization", ref),
    many("new_bodies", "org:resultingOrganization", ref),
)

_BODY = (
    Field("name", "rdfs:label", text),
    *named("region", "region"),
    many("former_names", "formerName", text),
    many("other_names", "skos:altLabel", text),
    Field("area", "governs", part(_AREA)),
    many("former_areas", "formerArea", part(_AREA)),
)
"""What a council and another authority have in common: names and places."""

_HISTORY = (
    many("changed_by", "org:changedBy", part(_CHANGE)),
    many("resulted_from", "org:resultedFrom", part(_CHANGE)),
    many("predecessors", "succeeds", ref),
    many("successors", "^succeeds", ref),
)
"""What came before and after a body, and the changes that made it so."""

_MEMBERSHIP = table(
    "ConstituentMembership",
    Field("council", "constituent", ref),
    Field("authority", "inAuthority", ref),
    Field("from", "memberFrom", text),
    Field("until", "memberUntil", text),
)

COUNCIL = table(
    "Council",
    *_BODY,
    Field("type", "councilType", concept),
    many("ofsted_urns", "ofstedUrn", text),
    many("dfe_numbers", "dfeNumber", text),
    *alike(text, "established_on", "vested_on", "dissolved_on"),
    *_HISTORY,
    Field("within_county", "withinCounty", ref),
    many("constituent_of", "constituentOf", ref),
    many("memberships", "hasMembership", part(_MEMBERSHIP)),
    many("names", "namedAs", text),
    many("stated_ratings", "statedRating", concept),
)

AUTHORITY = table(
    "StrategicAuthority",
    *_BODY,
    *alike(text, "established_on", "dissolved_on"),
    *_HISTORY,
    many("councils", "^constituentOf", ref),
    many("memberships", "hasMembership", part(_MEMBERSHIP)),
)

COVERAGE = table(
    "Coverage",
    Field("council", "forCouncil", ref),
    *named("topic", "coverageTopic"),
    *named("regime", "regime"),
    *named("status", "coverageStatus"),
    Field("from", "coveredFrom", text),
    Field("to", "coveredTo", text),
    *alike(text, "found", "last_checked"),
    many("rests_on", "restsOn", ref),
    Field("explanation", "explanation", text),
)
