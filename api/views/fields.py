"""The objects of the service, one table of fields each, in the order in which they are shown."""

from api.views.serialisers import (
    alike,
    concept,
    label,
    many,
    one,
    ordered,
    part,
    rare,
    ref,
    table,
    text,
    time,
)

_FINDING = table("Finding", many("summary", "summary", text))

JUDGEMENT = table(
    "Judgement",
    one("council", "ofInspection/ofCouncil", ref),
    one("inspection", "ofInspection", ref),
    one("framework", "ofInspection/underFramework", concept),
    one("area", "onArea", concept),
    one("area_label", "onArea", label),
    *alike(concept, "grade", "not_judged"),
    one("part_of", "partOfJudgement", ref),
)

INSPECTION = table(
    "Inspection",
    one("council", "ofCouncil", ref),
    one("framework", "underFramework", concept),
    one("framework_label", "underFramework", label),
    *alike(ref, "conducted_by", "lead_inspector", many=True),
    many("lead_inspector_named", "leadInspectorNamed", text),
    one("form", "inspectionForm", concept),
    one("on_site", "onSite", time),
    *alike(text, "on_site_from", "on_site_to"),
    one("report_published", "reportPublished", time),
    one("report_published_on", "reportPublishedOn", text),
    one("letter_dated", "letterDated", time),
    many("reported_in", "reportedIn", ref),
    one("attestation", "attestation", concept),
    *alike(ref, "follows_up", "reinspection_of", many=True),
    one("all_areas_graded", "allAreasGraded", concept),
    one("areas_requiring_improvement", "areasRequiringImprovement", text),
    many("judgements", "hasJudgement", part(JUDGEMENT)),
    many("findings", "hasFinding", part(_FINDING)),
)

APPOINTMENT = table(
    "Appointment",
    one("council", "toPost/forCouncil", ref),
    one("holder", "org:member", ref),
    one("post", "toPost", ref),
    *alike(ref, "appointed_by", "under", "renews", many=True),
    one("held", "held", time),
    *alike(text, "held_from", "held_to"),
)

COMMISSIONER = table(
    "Commissioner",
    one("council", "forCouncil", ref),
    many("names", "namedAs", text),
    many("commissioner_types", "commissionerType", concept),
    one("regime", "regime", concept),
    many("created_by", "createdBy", ref),
    many("functions_exercised", "functionExercised", text),
    many("purposes", "summary", text),
    many("appointments", "^toPost", part(APPOINTMENT)),
)

PERSON = table(
    "Person",
    one("name", "foaf:name", text),
    many("honours", "honours", text),
    many("employers", "employer", ref),
    many("appointments", "^org:member", part(APPOINTMENT)),
)

DOCUMENT = table(
    "SourceDocument",
    one("title", "dcterms:title", text),
    many("names", "namedAs", text),
    one("council", "aboutCouncil", ref),
    many("authors", "dcterms:creator", ref),
    *alike(time, "dated", "published"),
    one("published_on", "publishedOn", text),
    one("attestation", "attestation", concept),
    one("tier", "sourceTier", text),
    one("source_kind", "sourceKind", concept),
    one("address", "address", text),
    one("licence", "licence", ref),
    one("file", "fileName", text),
    one("sha256", "contentHash", text),
    one("characters", "characters", text),
    many("findings", "hasFinding", part(_FINDING)),
)

# What ministers and councils did.

_ENDS = (*alike(time, "ended", "planned_end"),)
"""The end of an act that a source states, and the end that one plans, which is no end."""

_PLACE = (
    many("replaces", "replaces", ref),
    many("replaced_by", "^replaces", ref),
    one("stage", "stage", concept),
    many("interventions", "partOfIntervention", ref),
)
"""What came before and after an act, and the course of action that it belongs to."""

DIRECTION = table(
    "Direction",
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
    *alike(ref, "applied_by", "cites", many=True),
    many("functions_in_scope", "functionInScope", ref),
    many("domains", "inDomain", concept),
    one("attestation", "attestation", concept),
    one("document", "embodiedIn", ref),
    *alike(ref, "revokes", "revoked_by", many=True),
    *_PLACE,
    *alike(ref, "prompted_by", "considered", many=True),
    many("satisfied_of", "satisfiedOf", part(_FINDING)),
    many("names", "namedAs", text),
)

DEADLINE = table(
    "Deadline",
    many("deadline_kinds", "deadlineKind", concept),
    one("due", "due", time),
    one("due_on", "dueOn", text),
    one("first_due", "firstDue", time),
    one("anchor_event", "anchorEvent", ref),
    *alike(text, "offset", "period"),
    rare("amount", "amount", text),
    rare("unit", "unit", concept),
    many("triggers", "trigger", text),
)

_DUTY_FIELDS = (
    one("council", "imposedBy/addressedTo", ref),
    one("direction", "imposedBy", ref),
    *alike(text, "paragraph", "summary"),
    many("bearers", "bearer", ref),
    many("counterparties", "counterparty", ref),
    many("actions", "action", concept),
    many("objects", "object", text),
    many("conditions", "condition", text),
    one("standard_clause", "standardClause", concept),
    one("part_of", "dcterms:isPartOf", ref),
    many("supports", "supports", ref),
    many("deadlines", "deadline", part(DEADLINE)),
    many("due_on", "dueOn", text),
)
REQUIREMENT = table("Requirement", *_DUTY_FIELDS)
TASK = table("CommissionerTask", *_DUTY_FIELDS)

NOTICE = table(
    "Notice",
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
    classes=("ImprovementNotice", "BestValueNotice"),
)

SECTION_114_REPORT = table(
    "Section114Report",
    one("council", "ofCouncil", ref),
    one("dated", "dated", time),
    many("grounds", "summary", text),
)

TRANSFER = table(
    "ServiceTransfer",
    one("council", "ofCouncil", ref),
    many("delivery_models", "deliveryModel", concept),
    *alike(time, "happened", "ended"),
    many("summaries", "summary", text),
)

_STEP = table(
    "InterventionStep",
    one("position", "position", text),
    one("act", "act", ref),
    *alike(time, "began", "ended"),
    one("stage", "stage", concept),
    one("stage_label", "stage", label),
    *alike(concept, "stage_change", "link_ground", "certainty"),
    one("explanation", "explanation", text),
)

INTERVENTION = table(
    "Intervention",
    one("name", "rdfs:label", text),
    one("council", "forCouncil", ref),
    one("regime", "regime", concept),
    one("regime_label", "regime", label),
    many("domains", "inDomain", concept),
    *alike(time, "began", "ended"),
    one("ending", "ending", concept),
    one("ending_label", "ending", label),
    one("highest_stage", "highestStage", concept),
    one("highest_stage_label", "highestStage", label),
    one("links_certainty", "certainty", concept),
    many("successor_councils", "successorCouncil", ref),
    one("explanation", "explanation", text),
    ordered("steps", "hasStep", part(_STEP), "position"),
)

# Councils, their history, and coverage.

_AREA = table(
    "CouncilArea",
    one("label", "gssCode", text),
    one("gss_code", "gssCode", text),
    one("in_use_from", "codeInUseFrom", text),
    one("in_use_until", "codeInUseUntil", text),
)

_CHANGE = table(
    "StructuralChange",
    one("label", "rdfs:label", text),
    one("happened_on", "dcterms:date", text),
    one("order", "madeUnder", ref),
    many("ended_bodies", "org:originalOrganization", ref),
    many("new_bodies", "org:resultingOrganization", ref),
)

_BODY = (
    one("name", "rdfs:label", text),
    one("region", "region", concept),
    one("region_label", "region", label),
    many("former_names", "formerName", text),
    many("other_names", "skos:altLabel", text),
    one("area", "governs", part(_AREA)),
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

COUNCIL = table(
    "Council",
    *_BODY,
    one("type", "councilType", concept),
    many("ofsted_urns", "ofstedUrn", text),
    many("dfe_numbers", "dfeNumber", text),
    *alike(text, "established_on", "vested_on", "dissolved_on"),
    *_HISTORY,
    one("within_county", "withinCounty", ref),
    many("constituent_of", "constituentOf", ref),
    many("names", "namedAs", text),
    many("stated_ratings", "statedRating", concept),
)

AUTHORITY = table(
    "StrategicAuthority",
    *_BODY,
    *alike(text, "established_on", "dissolved_on"),
    *_HISTORY,
    many("councils", "^constituentOf", ref),
)

COVERAGE = table(
    "Coverage",
    one("council", "forCouncil", ref),
    one("topic", "coverageTopic", concept),
    one("topic_label", "coverageTopic", label),
    one("regime", "regime", concept),
    one("regime_label", "regime", label),
    one("status", "coverageStatus", concept),
    one("status_label", "coverageStatus", label),
    one("from", "coveredFrom", text),
    one("to", "coveredTo", text),
    *alike(text, "found", "last_checked"),
    many("rests_on", "restsOn", ref),
    one("explanation", "explanation", text),
)
