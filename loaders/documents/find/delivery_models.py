"""Find the ways of running a service that a text names, such as a trust."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

UNDECIDED = "undecided-alternative"
_MODELS: dict[str, str] = tomllib.loads(
    files(__package__).joinpath("delivery_models.toml").read_text(encoding="utf-8")
)
_NAMES = list(_MODELS)
_MODEL = re.compile(
    r"\b(?:" + "|".join(f"(?P<m{i}>{words})" for i, words in enumerate(_MODELS.values())) + r")\b",
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
        ModelFound(*match.span(), _NAMES[int((match.lastgroup or "m0")[1:])])
        for match in _MODEL.finditer(text)
    ]
