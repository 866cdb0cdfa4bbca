"""Councils in the forms of the Reconciliation API 0.2: candidates, suggestions, rows of values."""

from collections.abc import Iterable, Mapping, Sequence

from api.views.serialisers import Json
from ontology.namespaces import ID, NS
from queries.search.councils import CouncilEntry
from queries.search.matcher import CouncilMatcher
from queries.search.reconciliation import DATE, PROPERTIES, Reconciled

TYPES: dict[str, str] = {
    "council": "Council",
    "authority": "Combined authority or Greater London Authority",
}
"""What is reconciled, by the identifier of the type."""
QUERY_PROPERTIES: dict[str, str] = {
    DATE: "day or year on which the name was used",
    **{name: known.label for name, known in PROPERTIES.items()},
}
"""What a query may say beside a name."""
_WIDTH_PX, _HEIGHT_PX = 430, 260


def manifest(origin: str, release: str) -> dict[str, Json]:
    """Return what the service says of itself.

    In: what every address of the service begins with.
    """

    def at(path: str) -> dict[str, str]:
        return {"service_url": origin, "service_path": path}

    suggested = {kind: at(f"/reconcile/suggest/{kind}") for kind in ("entity", "property", "type")}
    suggested["entity"] |= {
        "flyout_service_url": origin,
        "flyout_service_path": "/reconcile/flyout/entity?id=${id}",
    }
    return {
        "versions": ["0.2"],
        "name": "Councils of England (Council interventions)",
        "identifierSpace": f"{ID}council/",
        "schemaSpace": str(NS),
        "documentation": f"{origin}/docs",
        "serviceVersion": release,
        "defaultTypes": types(TYPES),
        "view": {"url": f"{origin}/councils/{{{{id}}}}"},
        "preview": {
            "url": f"{origin}/reconcile/preview?id={{{{id}}}}",
            "width": _WIDTH_PX,
            "height": _HEIGHT_PX,
        },
        "suggest": suggested,
        "extend": {"propose_properties": at("/reconcile/properties"), "property_settings": []},
    }


def types(kinds: Iterable[str]) -> list[Json]:
    """Return types with their names."""
    return [{"id": kind, "name": TYPES[kind]} for kind in kinds]


def described(entry: CouncilEntry) -> str:
    """Return what tells a council from others of its name."""
    words = entry.type.replace("-", " ")
    parts = [words, entry.region.replace("-", " "), entry.life]
    return ", ".join(part for part in parts if part)


def candidate(one: Reconciled) -> dict[str, Json]:
    """Return a candidate for a name."""
    entry = one.candidate.entry
    return {
        "id": entry.code,
        "name": entry.name,
        "description": f"{described(entry)}; by {one.candidate.because}",
        "score": one.candidate.score,
        "match": one.is_sure,
        "type": types([entry.kind]),
        "features": [
            {"id": "score", "value": one.candidate.score},
            *({"id": name, "value": agrees} for name, agrees in one.agrees.items()),
        ],
    }


def suggestion(entry: CouncilEntry) -> dict[str, Json]:
    """Return a council that may be completed to."""
    return {
        "id": entry.code,
        "name": entry.name,
        "description": described(entry),
        "notable": types([entry.kind]),
    }


def proposed(names: Iterable[str]) -> list[Json]:
    """Return properties of a type that a table may be extended with."""
    return [{"id": name, "name": PROPERTIES[name].label} for name in names]


def extended(matcher: CouncilMatcher, ids: Sequence[str], names: Sequence[str]) -> dict[str, Json]:
    """Return the values of some properties for some councils; of an unknown one, none."""
    meta = []
    for name in names:
        known = {"id": name, "name": PROPERTIES[name].label}
        meta.append(
            known | ({"type": types(["council"])[0]} if PROPERTIES[name].is_council else {})
        )
    rows = {
        code: {name: _values(matcher.entries, code, name) for name in names}
        for code in dict.fromkeys(ids)
    }
    return {"meta": meta, "rows": rows}


def _values(entries: Mapping[str, CouncilEntry], code: str, name: str) -> list[dict[str, str]]:
    if code not in entries:
        return []
    known = PROPERTIES[name]
    values = known.values(entries[code])
    if known.is_council:
        return [{"id": other, "name": entries[other].name} for other in values if other in entries]
    if known.is_day:
        return [{"date": f"{value}T00:00:00"} for value in values]
    return [{"str": value} for value in values]
