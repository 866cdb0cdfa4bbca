"""Reviewed decisions: what a difference between sources is, and which claim wins by hand.

They name claims by document, thing, property and paragraph, as a person would; the loaders find
the claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import ValidationError, ValidationInfo, model_validator
from rdflib import URIRef

from data.records.statements import Model
from data.records.yaml_lines import fault_messages, read_yaml
from ontology.errors import UnreadableRecord

_FILE = "file"

DOCUMENTS_FILE = "reviewed.yaml"
"""Decisions on differences between the documents alone."""

_TABLES_FILE = "reviewed_tables.yaml"
"""Decisions on differences in which a table takes part."""


class Decided(Model):
    """A part of a decision file, which knows the file's name for messages."""

    file: str = ""

    @model_validator(mode="before")
    @classmethod
    def placed(cls, given: Any, info: ValidationInfo) -> Any:
        """Add the name of the file that is read."""
        if isinstance(given, dict) and info.context:
            return {**given, "file": info.context[_FILE]}
        return given

    @property
    def place(self) -> str:
        """Where it stands: file and line."""
        return f"{self.file}, line {self.line}"


class Pointer(Decided):
    """Names one claim: what a document says at a paragraph about a property of a thing."""

    document: str
    about: str
    property: str
    at: str | None = None
    words: str | None = None

    def __str__(self) -> str:
        """Return the pointer in words, for messages."""
        place = f", paragraph {self.at}" if self.at else ""
        return f"{self.property} of {self.about} in {self.document}{place}"


class Difference(Decided):
    """What a difference between claims is, in the words of a reviewer.

    It names the claims one by one, or the property of the thing on which the sources differ.
    """

    type: str
    about: str
    property: str | None = None
    between: list[Pointer] = []
    explanation: str

    @model_validator(mode="after")
    def points_somewhere(self) -> Difference:
        """Check that the difference names its claims in one of the two ways."""
        if (self.property is None) == (not self.between):
            raise ValueError(
                "give either the property on which the sources differ, or the claims (between)"
            )
        return self


class Choice(Decided):
    """The claim that a reviewer prefers: a correction (r2) or a decision (r5), with the reason."""

    rule: Literal["r2", "r5"]
    prefer: Pointer
    reason: str


class Decisions(Model):
    """The content of the decision file."""

    differences: list[Difference] = []
    choices: list[Choice] = []


@dataclass(frozen=True)
class Preference:
    """A choice whose claim has been found."""

    rule: str
    claim: URIRef
    reason: str


def read_decisions(*names: str, folder: Traversable | None = None) -> Decisions:
    """Return the reviewed decisions of some files; of all files if none is named.

    Raises: UnreadableRecord, naming file and line.
    """
    place = folder or files(__name__.partition(".")[0]).joinpath("decisions")
    read = [_read(place, name) for name in names or (DOCUMENTS_FILE, _TABLES_FILE)]
    return Decisions(
        differences=[difference for part in read for difference in part.differences],
        choices=[choice for part in read for choice in part.choices],
    )


def _read(place: Traversable, name: str) -> Decisions:
    raw = read_yaml(place.joinpath(name).read_text(encoding="utf-8"), name)
    try:
        return Decisions.model_validate(raw, context={_FILE: name})
    except ValidationError as error:
        raise UnreadableRecord("\n".join(fault_messages(error, raw, name))) from None
