"""The objects of the service, one table of fields each, in the order in which they are shown."""

from __future__ import annotations

from api.views.serialisers import (
    FieldTable,
    concept,
    label,
    many,
    one,
    ordered,
    part,
    rare,
    ref,
    text,
    time,
)

_FINDING = FieldTable("Finding", (many("summary", "summary", text),))

JUDGEMENT = FieldTable(
    "Judgement",
    (
        one("council", "ofInspection/ofCouncil", ref),
        one("inspection", "ofInspection", ref),
        one("framework", "ofInspection/underFramework", concept),
        one("area", "onArea", concept),
        one("area_label", "onArea", label),
        one("grade", "grade", concept),
        one("not_judged", "notJudged", concept),
        one("part_of", "partOfJudgement", ref),
    ),
)

INSPECTION = FieldTable(
    "Inspection",
    (
        one("council", "ofCouncil", ref),
        one("framework", "underFramework", concept),
        one("framework_label", "underFramework", label),
        many("conducted_by", "conductedBy", ref),
        many("lead_inspector", "leadInspector", ref),
        many("lead_inspector_named", "leadInspectorNamed", text),
        one("form", "inspectionForm", concept),
        one("on_site", "onSite", time),
        one("on_site_from", "onSiteFrom", text),
        one("on_site_to", "onSiteTo", text),
        one("report_published", "reportPublished", time),
        one("report_published_on", "reportPublishedOn", text),
        one("letter_dated", "letterDated", time),
        many("reported_in", "reportedIn", ref),
        one("attestation", "attestation", concept),
        many("follows_up", "followsUp", ref),
        many("reinspection_of", "reinspectionOf", ref),
        one("all_areas_graded", "allAreasGraded", concept),
        one("areas_requiring_improvement", "areasRequiringImprovement", text),
        many("judgements", "hasJudgement", part(JUDGEMENT)),
        many("findings", "hasFinding", part(_FINDING)),
    ),
)

APPOINTMENT = FieldTable(
    "Appointment",
    (
        one("council", "toPost/forCouncil", ref),
        one("holder", "org:member", ref),
        one("post", "toPost", ref),
        many("appointed_by", "appointedBy", ref),
        many("under", "under", ref),
        many("renews", "renews", ref),
        one("held", "held", time),
        one("held_from", "heldFrom", text),
        one("held_to", "heldTo", text),
    ),
)

COMMISSIONER = FieldTable(
    "Commissioner",
    (
        one("council", "forCouncil", ref),
        many("names", "namedAs", text),
        many("commissioner_types", "commissionerType", concept),
        one("regime", "regime", concept),
        many("created_by", "createdBy", ref),
        many("functions_exercised", "functionExercised", text),
        many("purposes", "summary", text),
        many("appointments", "^toPost", part(APPOINTMENT)),
    ),
)

PERSON = FieldTable(
    "Person",
    (
        one("name", "foaf:name", text),
        many("honours", "honours", text),
        many("employers", "employer", ref),
        many("appointments", "^org:member", part(APPOINTMENT)),
    ),
)

DOCUMENT = FieldTable(
    "SourceDocument",
    (
        one("title", "dcterms:title", text),
        many("names", "namedAs", text),
        one("council", "aboutCouncil", ref),
        many("authors", "dcterms:creator", ref),
        one("dated", "dated", time),
        one("published", "published", time),
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
    ),
)

# What ministers and councils did.

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
        many("satisfied_of", "satisfiedOf", part(_FINDING)),
        many("names", "namedAs", text),
    ),
)

DEADLINE = FieldTable(
    "Deadline",
    (
        many("deadline_kinds", "deadlineKind", concept),
        one("due", "due", time),
        one("due_on", "dueOn", text),
        one("first_due", "firstDue", time),
        one("anchor_event", "anchorEvent", ref),
        one("offset", "offset", text),
        one("period", "period", text),
        rare("amount", "amount", text),
        rare("unit", "unit", concept),
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
    many("deadlines", "deadline", part(DEADLINE)),
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

# Councils, their history, and coverage.

_AREA = FieldTable(
    "CouncilArea",
    (
        one("label", "gssCode", text),
        one("gss_code", "gssCode", text),
        one("in_use_from", "codeInUseFrom", text),
        one("in_use_until", "codeInUseUntil", text),
    ),
)

_CHANGE = FieldTable(
    "StructuralChange",
    (
        one("label", "rdfs:label", text),
        one("happened_on", "dcterms:date", text),
        one("order", "madeUnder", ref),
        many("ended_bodies", "org:originalOrganization", ref),
        many("new_bodies", "org:resultingOrganization", ref),
    ),
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

COUNCIL = FieldTable(
    "Council",
    (
        *_BODY,
        one("type", "councilType", concept),
        many("ofsted_urns", "ofstedUrn", text),
        many("dfe_numbers", "dfeNumber", text),
        one("established_on", "establishedOn", text),
        one("vested_on", "vestedOn", text),
        one("dissolved_on", "dissolvedOn", text),
        *_HISTORY,
        one("within_county", "withinCounty", ref),
        many("constituent_of", "constituentOf", ref),
        many("names", "namedAs", text),
        many("stated_ratings", "statedRating", concept),
    ),
)

AUTHORITY = FieldTable(
    "StrategicAuthority",
    (
        *_BODY,
        one("established_on", "establishedOn", text),
        one("dissolved_on", "dissolvedOn", text),
        *_HISTORY,
        many("councils", "^constituentOf", ref),
    ),
)

COVERAGE = FieldTable(
    "Coverage",
    (
        one("council", "forCouncil", ref),
        one("topic", "coverageTopic", concept),
        one("topic_label", "coverageTopic", label),
        one("regime", "regime", concept),
        one("regime_label", "regime", label),
        one("status", "coverageStatus", concept),
        one("status_label", "coverageStatus", label),
        one("from", "coveredFrom", text),
        one("to", "coveredTo", text),
        one("found", "found", text),
        one("last_checked", "lastChecked", text),
        many("rests_on", "restsOn", ref),
        one("explanation", "explanation", text),
    ),
)
