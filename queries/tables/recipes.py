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
"""What a recipe without a question of its own answers from the folder alone, where the tool can."""
NOT_READ = (
    "A year without a row is no year without inspections: the table coverage tells which periods "
    "were read, for each council."
)
"""What the answer of the recipes cannot tell."""


@dataclass(frozen=True)
class Recipe:
    """What is typed into a tool.

    In: `before` says where, if not in the folder of the release; `question` is another one that is
    answered, in a file of its own.
    """

    title: str
    language: str
    text: str
    before: str = ""
    question: str = ""


@cache
def recipes() -> Mapping[str, Recipe]:
    """Return the recipes by their names, in the order in which they are shown."""
    place = files(__name__.rpartition(".")[0]).joinpath("recipes.toml")
    found = tomllib.loads(place.read_text(encoding="utf-8"))
    return {name: Recipe(**told | {"text": told["text"].strip()}) for name, told in found.items()}
