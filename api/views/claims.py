"""Claims and discrepancies as JSON objects: who says what, where, and what became of it."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

from api.views.description import Description, Term, compact, describe_claims, gather, rows_about
from api.views.passages import Documents
from api.views.serialisers import (
    TIME_COLUMNS,
    Json,
    anything,
    concept,
    inside,
    local_id,
    ref,
    referred,
)
from queries.engine.interface import Engine, Row

_FARTHEST = 5
"""The tier of the press, in whose place a source without a tier stands."""
_THINGS_AT_ONCE = 100
"""Things whose claims are described together: others wait meanwhile."""
_NEVER = "9999"
"""Stands after every day."""
_GRADES = "grade", "notJudged"
"""Properties by which a judgement is stated."""


_PLACE = "paragraph", "characters", "row", "column", "iri"
_RESOLUTION = "slot", "used_claim", "rule", "reason"


def _alone(*keys: str) -> dict[str, tuple[str, ...]]:
    """Return keys that have one column each."""
    return {key: (key,) for key in keys}


CLAIM_COLUMNS: dict[str, tuple[str, ...]] = {
    **_alone("id", "iri", "kind"),
    "about": referred("about"),
    "property": ("property",),
    "value": (*referred("value"), *inside("value", TIME_COLUMNS)),
    "compared_as": ("compared_as",),
    "document": referred("document"),
    **_alone("tier", "source_kind", "seen_in"),
    "place": inside("place", _PLACE),
    **_alone("words", "words_from_document"),
    "voice": referred("voice"),
    **_alone("force", "modality", "polarity", "condition", "note"),
    "derived_from": referred("derived_from"),
    **_alone("review_status", "is_used"),
    "resolution": inside("resolution", _RESOLUTION),
}
"""Columns of a table of claims by the key that they show: a value is a time, or a thing with its
name, or is as it stands."""
DISCREPANCY_COLUMNS: dict[str, tuple[str, ...]] = {
    **_alone("id", "iri", "kind"),
    "about": referred("about"),
    **_alone("properties"),
    "compared_list": referred("compared_list"),
    **_alone("record_answer", "explanation", "claims", "used"),
}
"""Columns of a table of discrepancies."""


class ClaimReader:
    """Makes objects of claims, and of the differences between some.

    What several claims share, as their documents and grades, is read once.
    """

    def __init__(self, known: Description, documents: Documents) -> None:
        """Take what describes the claims, and the texts of the documents."""
        self._known = known
        self._documents = documents
        self._things: dict[str, Json] = {}
        self._notations: dict[Term, Json] = {}

    def claim(self, iri: str) -> dict[str, Json]:
        """Return a claim with its place and with what became of it."""
        known = self._known
        evidence, source, slot = (known.text(iri, name) for name in ("evidence", "source", "slot"))
        value = self._first(iri, "valueNode")
        return {
            "id": local_id(iri),
            "iri": iri,
            "kind": "Claim",
            "about": self._first(iri, "about"),
            "property": compact(known.text(iri, "property") or ""),
            "value": self._first(iri, "valueLiteral") if value is None else value,
            "compared_as": known.text(iri, "valueKey"),
            "document": self._first(iri, "source"),
            "tier": self._first(source, "sourceTier"),
            "source_kind": self._noted(source, "sourceKind"),
            "seen_in": known.text(source or "", "seenIn"),
            "place": self._place(iri, evidence),
            **self._words(iri, evidence or "", source or ""),
            "voice": self._first(iri, "voice"),
            "force": self._noted(iri, "force"),
            "modality": self._noted(iri, "modality"),
            "polarity": self._noted(iri, "polarity"),
            "condition": known.text(iri, "condition"),
            "note": known.text(iri, "explanation"),
            "derived_from": self._first(iri, "prov:wasDerivedFrom"),
            "review_status": self._noted(iri, "reviewStatus"),
            "is_used": slot is not None and known.text(slot, "preferredClaim") == iri,
            "resolution": self._resolution(slot),
        }

    def discrepancy(self, iri: str) -> dict[str, Json]:
        """Return a difference: its kind, the claims in full, and what is used and why."""
        known = self._known
        claims = [self.claim(claim) for claim in known.texts(iri, "between")]
        claims.sort(key=_standing)
        resolutions = {
            claim["resolution"]["slot"]: claim for claim in claims if claim["resolution"]
        }
        about, compared = (
            next((ref(known, value) for value in known.values(iri, name)), None)
            for name in ("about", "comparedList")
        )
        return {
            "id": local_id(iri),
            "iri": iri,
            "kind": self._noted(iri, "discrepancyType"),
            "about": about,
            "properties": sorted({claim["property"] for claim in claims}),
            "compared_list": compared,
            "record_answer": known.text(iri, "recordAnswer"),
            "explanation": known.text(iri, "explanation"),
            "claims": claims,
            "used": _all_used(known, iri, [*resolutions.values()]),
        }

    def _first(self, iri: str | None, name: str) -> Json:
        """Return the first value of a property: a time, a thing, or as it stands."""
        values = self._known.values(iri, name) if iri else []
        if not values or not isinstance(values[0], ox.NamedNode):
            return anything(self._known, values[0]) if values else None
        thing = values[0].value
        if thing not in self._things:
            self._things[thing] = anything(self._known, values[0])
        return self._things[thing]

    def _noted(self, iri: str | None, name: str) -> Json:
        """Return the notation of the first concept that a property names."""
        values = self._known.values(iri, name) if iri else []
        if not values:
            return None
        if values[0] not in self._notations:
            self._notations[values[0]] = concept(self._known, values[0])
        return self._notations[values[0]]

    def _place(self, iri: str, evidence: str | None) -> Json:
        start, end, paragraph, row = (
            self._known.text(evidence or "", name)
            for name in ("oa:start", "oa:end", "paragraph", "row")
        )
        return {
            "paragraph": paragraph,
            "characters": [int(start), int(end)] if start and end else None,
            "row": row,
            "column": self._known.text(iri, "column"),
            "iri": evidence,
        }

    def _words(self, iri: str, evidence: str, source: str) -> dict[str, Json]:
        known = self._known
        if known.text(evidence, "row"):
            stored = known.text(iri, "valueAsPrinted")
        else:
            stored = known.text(evidence, "oa:exact")
        if stored is None:
            ends = *known.texts(evidence, "openingWords"), *known.texts(evidence, "closingWords")
            stored = " … ".join(ends)
        start, end = known.text(evidence, "oa:start"), known.text(evidence, "oa:end")
        whole = None
        if start and end:
            file, sha256 = known.text(source, "fileName"), known.text(source, "contentHash")
            whole = self._documents.words(file, sha256, int(start), int(end))
        return {
            "words": stored if whole is None else whole,
            "words_from_document": whole is not None,
        }

    def _resolution(self, slot: str | None) -> Json:
        if slot is None:
            return None
        return {
            "slot": slot,
            "used_claim": self._known.text(slot, "preferredClaim"),
            "rule": self._noted(slot, "resolutionRule"),
            "reason": self._known.text(slot, "resolutionReason"),
        }


def _all_used(known: Description, iri: str, chosen: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Return the values that are used, each with its reason; one thing may outrank another.

    Two sums of one decision are facts of two things, each with a value: one of the sums is used,
    and the explanation of the difference is the reason.
    """
    used = None, *known.texts(iri, "usedClaim")
    properties = {
        claim["property"] for claim in chosen if claim["resolution"]["used_claim"] in used
    }
    outranked = [
        claim
        for claim in chosen
        if claim["resolution"]["used_claim"] not in used and claim["property"] in properties
    ]
    of_several = {claim["property"] for claim in outranked}
    why = {"reason": known.text(iri, "explanation")}
    return [
        _used(known, claim) | (why if claim["property"] in of_several else {})
        for claim in chosen
        if claim not in outranked
    ]


def _standing(claim: dict[str, Json]) -> tuple[int, str, list[int], str, str]:
    """Return what orders claims: the source that is nearest to the act first."""
    place = claim["place"]
    found = place["characters"] or [0], place["row"] or "", place["column"] or ""
    return claim["tier"] or _FARTHEST, claim["document"]["id"], *found


def _used(known: Description, claim: dict[str, Json]) -> dict[str, Json]:
    resolution = claim["resolution"]
    return {
        "about": claim["about"],
        "property": claim["property"],
        "claim": resolution["used_claim"],
        "value": known.text(resolution["used_claim"], "valueKey")
        if resolution["used_claim"]
        else None,
        "rule": resolution["rule"],
        "reason": resolution["reason"],
    }


async def claims_about(
    engine: Engine, items: Sequence[str], documents: Documents, properties: Sequence[str] = ()
) -> dict[str, list[dict[str, Json]]]:
    """Return the claims that state each thing, in the order of the documents.

    In: the properties that are meant, or none for all.
    """
    found: dict[str, list[dict[str, Json]]] = {}
    for start in range(0, len(items), _THINGS_AT_ONCE):
        some = items[start : start + _THINGS_AT_ONCE]
        found |= await _claims_about_some(engine, some, documents, properties)
    return found


async def _claims_about_some(
    engine: Engine, items: Sequence[str], documents: Documents, properties: Sequence[str]
) -> dict[str, list[dict[str, Json]]]:
    rows, _ = await _sources(engine, items)
    wanted = [
        row for row in rows if not properties or compact(row["property"]["value"]) in properties
    ]
    known = await describe_claims(engine, list({row["claim"]["value"]: None for row in wanted}))
    # In a thread, so that other requests need not wait.
    return await asyncio.to_thread(_excerpts, known, wanted, documents)


def _excerpts(
    known: Description, rows: Sequence[Row], documents: Documents
) -> dict[str, list[dict[str, Json]]]:
    found: dict[str, list[dict[str, Json]]] = defaultdict(list)
    reader = ClaimReader(known, documents)
    for row in rows:
        claim = reader.claim(row["claim"]["value"])
        found[row["item"]["value"]].append({key: claim[key] for key in _SOURCE_KEYS})
    return found


async def add_sources(
    engine: Engine, judgements: Sequence[dict[str, Json]], documents: Documents
) -> None:
    """Add to each judgement the claims that state its grade."""
    items = [judgement["iri"] for judgement in judgements]
    found = await claims_about(engine, items, documents, _GRADES)
    for judgement in judgements:
        judgement["sources"] = found.get(judgement["iri"], [])


_SOURCE_KEYS = (
    "id",
    "iri",
    "property",
    "value",
    "document",
    "tier",
    "source_kind",
    "seen_in",
    "place",
    "words",
    "words_from_document",
    "voice",
    "modality",
    "polarity",
    "condition",
    "is_used",
)
"""What is shown of a claim beside the thing that it states."""


async def stated_by(
    engine: Engine, items: Sequence[str], known_at: str | None = None
) -> dict[str, list[dict[str, Json]]]:
    """Return for each thing the documents that speak of it, with the paragraphs where they do.

    In: the day by which what they say had been published, or none for all.
    Out: the document that stands nearest to the act first; each with its tier, its kind, and the
    copy that was read.
    """
    found: dict[str, dict[str, dict[str, Json]]] = defaultdict(dict)
    rows, known = await _sources(engine, items, "speakers")
    for row in rows:
        if known_at is not None and row.get("since", {}).get("value", _NEVER) > known_at:
            continue
        document, speakers = row["document"]["value"], found[row["item"]["value"]]
        if document not in speakers:
            speakers[document] = _source_object(known, document)
        told = speakers[document]
        paragraph = row.get("paragraph", {}).get("value", "")
        if paragraph not in told["paragraphs"]:
            told["paragraphs"].append(paragraph)
    return {item: list(documents.values()) for item, documents in found.items()}


async def _sources(
    engine: Engine, items: Sequence[str], query: str = "sources"
) -> tuple[list[Row], Description]:
    """Return a row for each claim about some things and its passage, with what the sources are.

    In: the query that finds them: `speakers` for one row for all claims of a passage.
    Out: the source that is nearest to the act first; one without a tier stands before all.
    """
    rows = await rows_about(engine, query, items)
    documents = list(dict.fromkeys(row["document"]["value"] for row in rows))
    known = Description(await gather(engine, "names_of", documents))
    known.add(await gather(engine, "names_of", known.objects(["sourceKind"])))
    tiers = {one: int(known.text(one, "sourceTier") or 0) for one in documents}
    return sorted(rows, key=lambda row: tiers[row["document"]["value"]]), known


def _source_object(known: Description, document: str) -> dict[str, Json]:
    tier = known.text(document, "sourceTier")
    return {
        "id": local_id(document),
        "iri": document,
        "label": known.label(document),
        "tier": int(tier) if tier else None,
        "source_kind": known.text(document, "sourceKind/skos:notation"),
        "seen_in": known.text(document, "seenIn"),
        "paragraphs": [],
    }
