"""The objects of the service: one table of fields per resource."""

from __future__ import annotations

from api.framing import Frame, concept, label, many, one, part, ref, text, time

FINDING = Frame("Finding", (many("summary", "summary", text),))

JUDGEMENT = Frame(
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

INSPECTION = Frame(
    "Inspection",
    (
        one("council", "ofCouncil", ref),
        one("framework", "underFramework", concept),
        one("framework_label", "underFramework", label),
        many("conducted_by", "conductedBy", ref),
        many("lead_inspector", "leadInspector", ref),
        one("on_site", "onSite", time),
        one("on_site_from", "onSiteFrom", text),
        one("on_site_to", "onSiteTo", text),
        one("report_published", "reportPublished", time),
        one("report_published_on", "reportPublishedOn", text),
        one("letter_dated", "letterDated", time),
        many("reported_in", "reportedIn", ref),
        one("attestation", "attestation", concept),
        many("follows_up", "followsUp", ref),
        one("all_areas_graded", "allAreasGraded", concept),
        one("areas_requiring_improvement", "areasRequiringImprovement", text),
        many("judgements", "hasJudgement", part(JUDGEMENT)),
        many("findings", "hasFinding", part(FINDING)),
    ),
)

DIRECTION = Frame(
    "Direction",
    (
        one("council", "addressedTo", ref),
        one("signed", "signed", time),
        one("signed_on", "signedOn", text),
        one("published", "published", time),
        one("published_on", "publishedOn", text),
        one("effective_from", "effectiveFrom", time),
        one("ended", "ended", time),
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
        many("prompted_by", "promptedBy", ref),
        many("considered", "considered", ref),
        many("satisfied_of", "satisfiedOf", part(FINDING)),
        many("names", "namedAs", text),
    ),
)

DEADLINE = Frame(
    "Deadline",
    (
        many("deadline_kinds", "deadlineKind", concept),
        one("due", "due", time),
        one("due_on", "dueOn", text),
        one("first_due", "firstDue", time),
        one("anchor_event", "anchorEvent", ref),
        one("offset", "offset", text),
        one("period", "period", text),
        many("triggers", "trigger", text),
    ),
)

DUTY_FIELDS = (
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
REQUIREMENT = Frame("Requirement", DUTY_FIELDS)
TASK = Frame("CommissionerTask", DUTY_FIELDS)

APPOINTMENT = Frame(
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

COMMISSIONER = Frame(
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

PERSON = Frame(
    "Person",
    (
        one("name", "foaf:name", text),
        many("honours", "honours", text),
        many("employers", "employer", ref),
        many("appointments", "^org:member", part(APPOINTMENT)),
    ),
)

DOCUMENT = Frame(
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
        one("licence", "licence", ref),
        one("file", "fileName", text),
        one("sha256", "contentHash", text),
        one("characters", "characters", text),
        many("findings", "hasFinding", part(FINDING)),
    ),
)

COUNCIL = Frame(
    "Council",
    (
        one("name", "rdfs:label", text),
        one("type", "councilType", concept),
        one("area", "governs", ref),
        one("established_on", "establishedOn", text),
        one("vested_on", "vestedOn", text),
        one("dissolved_on", "dissolvedOn", text),
        many("changed_by", "org:changedBy", ref),
        many("resulted_from", "org:resultedFrom", ref),
        many("names", "namedAs", text),
        many("stated_ratings", "statedRating", concept),
    ),
)
