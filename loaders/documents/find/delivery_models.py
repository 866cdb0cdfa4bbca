"""Find the ways of running a service that a text names, such as a trust."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNDECIDED = "undecided-alternative"
_MODELS: list[tuple[str, str]] = [
    (r"strategic partner(?:ship)?s?", "strategic-partnership"),
    (r"(?:an? )?external organisations?(?: to (?:run|deliver|provide))?", "external-organisation"),
    (r"(?:children's|independent|children and families) trusts?", "trust"),
    (r"community interest compan(?:y|ies)", "community-interest-company"),
    (r"(?:council|wholly|local authority)[- ]owned compan(?:y|ies)", "council-owned-company"),
    (r"(?:an? )?private (?:organisation|company|(?:sector )?provider)s?", "private-organisation"),
    (
        r"(?:(?:one |a )?(?:local authority|council) running another(?: local authority| council)?"
        r"|another (?:local authority|council) running)",
        "council-to-council",
    ),
    (
        r"alternative (?:(?:delivery )?models?(?: of delivery)?"
        r"|(?:(?:governance|delivery) )?arrangements?|ways?)",
        UNDECIDED,
    ),
]  # fmt: skip
_MODEL = re.compile(
    r"\b(?:" + "|".join(f"(?P<m{i}>{p})" for i, (p, _) in enumerate(_MODELS)) + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ModelFound:
    """A way of running a service in a text: its range and its notation."""

    start: int
    end: int
    model: str


def models_in(text: str) -> list[ModelFound]:
    """Return the ways of running a service that a text names, in order."""
    return [
        ModelFound(*match.span(), _MODELS[int((match.lastgroup or "m0")[1:])][1])
        for match in _MODEL.finditer(text)
    ]
