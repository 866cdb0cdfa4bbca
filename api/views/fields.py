"""The objects of the service, one table of fields each: inspections, offices, people, documents."""

from __future__ import annotations

from api.views.serialisers import FieldTable, concept, label, many, one, part, ref, text, time

FINDING = FieldTable("Finding", (many("summary", "summary", text),))

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
        many("findings", "hasFinding", part(FINDING)),
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
        many("findings", "hasFinding", part(FINDING)),
    ),
)
