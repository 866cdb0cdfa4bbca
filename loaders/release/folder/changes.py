"""What a release tells of changes: in the record, by the ledger; in the world, as sources told."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from data.registry.ledger import Ledger, RecordedChange
from loaders.claims.claim import Claim
from loaders.release.layers import Layers, ask
from ontology.identifiers import digest, short

_IN_RECORD, _BY_SOURCES = "record", "sources"
_CHOICE = "better-source"
"""Why the value that is used changed: a source became known that the rules prefer."""


def changes_file(layers: Layers, claims: Sequence[Claim], ledger: Ledger) -> bytes:
    """Return the file of changes of a release.

    Guarantee: the same claims and the same ledger give the same bytes.
    """
    by_iri = {short(str(claim.iri)): claim for claim in claims}
    is_recorded = ledger.is_of([str(claim.iri) for claim in claims])
    items = [
        *_in_record(ledger),
        *_things_told(layers),
        *_choices_changed(layers, by_iri),
    ]
    items.sort(key=lambda one: (one["kind"], one["thing"], one["property"], one["id"]))
    items.sort(key=lambda one: (one["day"], one["of"]), reverse=True)
    body = {
        "releases": [
            {"release": one.release, "day": str(one.day), "claims": one.claims, "note": one.note}
            | _counted(ledger, one.release)
            for one in reversed(ledger.releases)
        ],
        "is_recorded": is_recorded,
        "first_seen": _first_seen(ledger),
        "items": items,
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _counted(ledger: Ledger, release: str) -> dict[str, int]:
    kinds = [one.kind for one in ledger.changes if one.release == release]
    return {kind: kinds.count(kind) for kind in ("new", "corrected", "withdrawn")}


def _first_seen(ledger: Ledger) -> dict[str, str]:
    """Return the release with which each claim came that came later than the first."""
    return {one.claim: one.release for one in ledger.changes if one.kind != "withdrawn"}


def _item(of: str, day: str, kind: str, **more: str) -> dict[str, Any]:
    keys = ("release", "council", "regime", "thing", "label", "property", "before", "after")
    told = {key: more.get(key, "") for key in (*keys, "source", "claim", "replaces", "reason")}
    named = digest(of, day, kind, *told.values())
    return {"id": named, "of": of, "day": day, "kind": kind, **told}


def _in_record(ledger: Ledger) -> Iterator[dict[str, Any]]:
    days = {one.release: str(one.day) for one in ledger.releases}
    for change in ledger.changes:
        yield _item(_IN_RECORD, days[change.release], change.kind, **_cells(change))


def _cells(change: RecordedChange) -> dict[str, str]:
    cells: dict[str, str] = change.model_dump(exclude={"kind", "change"})
    return cells


def _things_told(layers: Layers) -> Iterator[dict[str, Any]]:
    for row in ask(layers, "changes", "things_told"):
        yield _item(_BY_SOURCES, row["day"], "new", **_local(row))


def _choices_changed(layers: Layers, claims: Mapping[str, Claim]) -> Iterator[dict[str, Any]]:
    for row in ask(layers, "changes", "choices_changed"):
        old, new = claims[short(row["old"])], claims.get(short(row.get("new", "")))
        told = {
            "before": short(old.key),
            "after": short(new.key) if new else "",
            "source": f"document/{(new or old).document}",
            "claim": short(str(new.iri)) if new else "",
            "replaces": short(row["old"]),
            "reason": _CHOICE,
        }
        yield _item(_BY_SOURCES, row["day"], "corrected", **_local(row), **told)


def _local(row: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row with the last part of the address of council and body of law."""
    plain: Collection[str] = ("council", "regime", "property")
    kept = {key: short(row[key]) for key in ("thing", "label", *plain, "source") if key in row}
    return {
        key: text.rpartition("/")[2].rpartition("#")[2] if key in plain else text
        for key, text in kept.items()
    }
