"""The smallest parts of a record: a passage, a statement, a time. They know nothing of councils."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from rdflib import URIRef

from ontology.dates import TimeReading, read_time

Force = Literal["constitutive", "reportive"]
Modality = Literal["asserted", "possible", "planned", "conditional", "inferred"]
Polarity = Literal["positive", "negative"]

OMISSION = "…"
MAXIMUM_WORDS_CHARACTERS = 120


@dataclass(frozen=True)
class Claims:
    """Says which property a field of a record states, and of what kind its values are."""

    property: URIRef
    kind: str


class Model(BaseModel):
    """A part of a record; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    line: SkipJsonSchema[int] = Field(
        0, description="Line of the file; set by the reader, never written by hand."
    )


class Passage(Model):
    """A place in a source, and a short phrase of the words that stand there.

    In a document it is a range of characters, in a table a row.
    """

    at: str | None = Field(
        None,
        description="Paragraph label as printed, such as 7.d.ii or title; in a table the column.",
    )
    chars: str | None = Field(
        None,
        pattern=r"^[0-9]{1,9}-[0-9]{1,9}$",
        description="Characters of the file from-to, counted from 0, the end not included.",
    )
    row: SkipJsonSchema[str | None] = Field(
        None, description="Key of the row of a table; set by the loader of the table."
    )
    words: str | None = Field(
        None,
        max_length=MAXIMUM_WORDS_CHARACTERS,
        description="The words there; of a sentence only the first and the last, with … between.",
    )

    @model_validator(mode="after")
    def complete(self) -> Passage:
        """Check that a passage is given whole or not at all."""
        given = [self.at, self.chars or self.row, self.words]
        if any(given) and not all(given):
            raise ValueError("a passage needs all three: at, chars and words")
        if self.chars and self.row:
            raise ValueError("a passage is a range of characters or a row, not both")
        if self.chars and self.start >= self.end:
            raise ValueError(f"the passage {self.chars} ends before it begins")
        return self

    @property
    def is_given(self) -> bool:
        """True if the passage is given here and not taken from the thing around it."""
        return self.chars is not None or self.row is not None

    @property
    def place(self) -> str:
        """The place within the source by itself: a range of characters, or a row with a column."""
        return self.chars or f"{self.row}/{self.at}"

    @property
    def start(self) -> int:
        """First character, counted from 0."""
        return int((self.chars or "0-0").split("-")[0])

    @property
    def end(self) -> int:
        """The character after the last one."""
        return int((self.chars or "0-0").split("-")[1])

    @property
    def printed(self) -> str:
        """The words as printed, without the line breaks of the file."""
        return self.words or ""

    def matches(self, text: str) -> bool:
        """Return whether the words stand at this place; runs of white space count as one space.

        >>> Passage(at="1", chars="4-13", words="earlier … ones").matches("the earlier, worse ones")
        False
        """
        words = re.sub(r"\s+", " ", text[self.start : self.end]).strip()
        first, omission, last = self.printed.partition(OMISSION)
        if not omission:
            return words == self.printed
        return words.startswith(first.strip()) and words.endswith(last.strip())


class Manner(Passage):
    """How a statement is made: who says it, with what force, how sure, under which condition."""

    voice: str | None = Field(
        None, description="Whose words these are, if not the author's: a reference."
    )
    force: Force | None = Field(
        None, description="constitutive if the words do it, reportive if they tell of it."
    )
    modality: Modality | None = None
    polarity: Polarity | None = Field(
        None, description="negative for a statement that denies the value."
    )
    condition: str | None = Field(
        None, description="The condition under which the statement holds, in our words."
    )
    note: str | None = Field(None, description="What a reviewer should know; in our words.")


class Said(Manner):
    """One stated value: a reference, a notation, a text or a number."""

    value: str


class Time(Manner):
    """One stated time: its EDTF reading, or why it has none."""

    date: str | None = Field(
        None,
        description="EDTF, such as 2016-01-07, 2013-02, 2013~ or ../2018-03; [2016-01..2016-03] "
        "for a day that lies between two.",
    )
    status: Literal["valid", "partial", "impossible", "blank", "relative", "inferred"] | None = None
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    reason: str | None = Field(None, description="Why the bounds are what they are; in our words.")
    candidates: list[str] = Field(
        [], description="EDTF readings that an impossible date may stand for."
    )
    relative_to: str | None = Field(
        None, description="The event that a relative time counts from: a reference."
    )

    @model_validator(mode="after")
    def readable(self) -> Time:
        """Check that the time has words and can be read."""
        if not self.is_given:
            raise ValueError("a time needs its own passage: at, chars and words")
        _ = self.reading
        return self

    @property
    def reading(self) -> TimeReading:
        """What the time can mean."""
        return read_time(
            self.printed,
            self.date,
            self.status,
            self.earliest,
            self.latest,
            self.reason,
            tuple(self.candidates),
            self.relative_to,
        )


def as_list(value: Any) -> Any:
    """Return a list of statements for the short forms: one statement, or a bare value."""
    values = value if isinstance(value, list) else [value]
    return [{"value": value} if isinstance(value, str) else value for value in values]


Statements = Annotated[list[Said], BeforeValidator(as_list)]
"""Statements of one property: `grade: inadequate`, or a mapping, or a list of either."""

Times = Annotated[list[Time], BeforeValidator(as_list)]
"""Statements of one time: a mapping or a list of mappings."""


class Entity(Manner):
    """A thing that a document speaks of; its own passage is where the document introduces it.

    Every statement inside that gives no passage, voice, force or modality of its own takes the
    entity's.
    """

    @model_validator(mode="after")
    def placed(self) -> Entity:
        """Check that the thing says where the document introduces it."""
        if not self.is_given:
            raise ValueError("say where the document introduces this: at, chars and words")
        return self
