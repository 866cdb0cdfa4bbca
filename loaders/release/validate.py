"""Check the layers of a release, or files that anybody brings, against shapes and checks."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.claims.claim import Claim
from loaders.release.layers import Layers, failed_checks
from ontology.errors import ReleaseRefused
from shapes import Finding, validate_store

_MESSAGES_SHOWN = 50
"""Faults that a refusal prints; a fault of a whole source would otherwise print thousands."""


def check(layers: Layers, claims: Sequence[Claim]) -> list[Finding]:
    """Return the warnings about the layers.

    Raises: ReleaseRefused with one line per failed check or violation, each with its place in the
    sources.
    """
    refuse_if(failed_checks(layers), "failed checks")
    findings = validate_store(layers.store)
    violations = [finding for finding in findings if finding.severity == "violation"]
    places = _places(claims) if violations else {}
    refuse_if(
        [f"{one.message} [{one.focus}{_place(one, places)}]" for one in violations], "violations"
    )
    return findings


def refuse_if(messages: Sequence[str], what: str) -> None:
    """Stop the build if there is anything wrong."""
    if messages:
        shown = [f"  {message}" for message in messages[:_MESSAGES_SHOWN]]
        if len(messages) > _MESSAGES_SHOWN:
            shown.append(f"  … and {len(messages) - _MESSAGES_SHOWN} more")
        lines = "\n".join(shown)
        raise ReleaseRefused(f"{len(messages)} {what}; nothing was released:\n{lines}")


def _places(claims: Sequence[Claim]) -> dict[str, str]:
    """Return where each thing and each time is first spoken of, for messages."""
    places: dict[str, str] = {}
    for claim in claims:
        pair = f"{claim.about} {claim.value_address}"
        for term in (claim.iri, claim.evidence, claim.value_address, claim.about, pair):
            places.setdefault(str(term), claim.place)
    return places


def _place(finding: Finding, places: dict[str, str]) -> str:
    """Return the places of a finding's thing and value in the sources."""
    pair = f"{finding.focus} {finding.value}"
    terms = (pair,) if pair in places else (finding.focus, finding.value)
    found = [places[term] for term in terms if term in places]
    return "; " + "; ".join(dict.fromkeys(found)) if found else ""
