"""What every answer of a tool says beside what it found: release, citation, coverage, cut."""

import json
from datetime import UTC, datetime

from api.hosting.state import Service
from api.http.public_address import set_before_paths
from api.http.responses import as_json
from api.tools.tool import Found
from api.views.serialisers import Json

_LICENCE = (
    "Facts from published sources, each under the licence that its document names, mostly the Open "
    "Government Licence v3.0; what this project adds is under CC BY 4.0. Contains public sector "
    "information licensed under the Open Government Licence v3.0."
)
_WHOLE = "Nothing was left off."


def whole_answer(service: Service, found: Found, origin: str) -> dict[str, Json]:
    """Return what a tool found with what every answer says; addresses are whole.

    In: what the addresses of the service begin with.
    """
    answer = {
        **found.content,
        "cut": {
            "total": found.cut.total,
            "left_off": found.cut.left_off,
            "rest": _WHOLE if found.cut.left_off == 0 else found.cut.rest,
            "cursor": found.cut.cursor,
        },
        "coverage": _coverage(service, found),
        "citation": _citation(service, found.address, origin),
        "release": {"id": service.release.id, "built_at": service.release.built_at},
    }
    written: dict[str, Json] = json.loads(as_json(set_before_paths(origin, answer)))
    return written


def _coverage(service: Service, found: Found) -> dict[str, Json]:
    """Return the note on coverage: in words, for a council with what silence means."""
    whole = service.coverage(found.council, found.topics)
    absence = service.reach.absence(found.council, found.topics) if found.council else []
    return {
        "statement": whole["statement"],
        "latest_date": whole["latest_date"],
        "absence": absence,
        "details": whole["details"],
    }


def _citation(service: Service, address: str, origin: str) -> dict[str, Json]:
    release = service.release
    built = f", built on {release.built_at[:10]}" if release.built_at else ""
    asked = datetime.now(UTC).date().isoformat()
    whole = f"{origin}{address}"
    return {
        "text": (
            f"Council interventions, release {release.id}{built}: {whole} (accessed {asked}). "
            "For one fact, cite the documents under its sources too."
        ),
        "address": whole,
        "licence": _LICENCE,
    }
