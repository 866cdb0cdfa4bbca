"""How the release is read with the tools that people have."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

QUESTION = (
    "How many inspections were there of each year and overall grade, by the day of the report, "
    "2011 to 2019?"
)
"""What every recipe answers from the folder alone, where the tool can."""


@dataclass(frozen=True)
class Recipe:
    """What is typed into a tool; `before` says where, if not in the folder of the release."""

    title: str
    language: str
    text: str
    before: str = ""


@cache
def recipes() -> Mapping[str, Recipe]:
    """Return the recipes by their names, in the order in which they are shown."""
    place = files(__name__.rpartition(".")[0]).joinpath("recipes.toml")
    found = tomllib.loads(place.read_text(encoding="utf-8"))
    return {name: Recipe(**told | {"text": told["text"].strip()}) for name, told in found.items()}
