"""The objects of the service, one table of fields each: councils, their history, and coverage."""

from __future__ import annotations

from api.views.serialisers import FieldTable, concept, label, many, one, part, ref, text

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
