"""What is known of a source, beside its tables: whose they are, and how a publisher's file is read.

A `source.toml` says for each table which column of the publisher becomes which of ours, what a
printed word stands for, and why a column is left aside. An entry of another name is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from ontology.errors import UnreadableTable

_METADATA = "source.toml"


class _Entries(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedFile(_Entries):
    """What is known of a publisher's file: where it stands, and how the copy read here looked."""

    sha256: str
    rows: tuple[int, int]
    address: str = ""


class Standing(_Entries):
    """How a table that speaks for itself stands as a source: how near to the act, by whose leave.

    In: the tier, from 1 for the nearest; a licence of the scheme; whether people read the reports.
    """

    tier: int
    licence: str
    is_reviewed: bool


def _as_printed(words: Any) -> Any:
    """Return words that stay as they are printed as a mapping to themselves."""
    return {word: word for word in words} if isinstance(words, list) else words


Words = Annotated[dict[str, str], BeforeValidator(_as_printed)]
"""What each printed text of a column stands for; a list of texts that stay as they are printed."""


class TableMapping(_Entries):
    """How a publisher's file becomes one of our tables.

    In: `columns` are those that are read, each with the columns of ours that take something of it,
    or "" where it is only compared; `ignored` those left aside, and why. `words` and `phrases` are
    what printed texts of a column stand for: one value, or values of several columns. `meanings` is
    what our own cells state in turn, by column or by kind of cell, and `areas` the area that each
    column of grades is about, by framework. `day_numbers` are the days into which the publisher's
    spreadsheet has turned years; `others_as` names the table of the same file that has the columns
    which are not listed here.
    """

    file: str
    key: tuple[str, ...]
    columns: dict[str, str]
    ignored: dict[str, str] = {}
    words: dict[str, Words] = {}
    phrases: dict[str, dict[str, dict[str, str]]] = {}
    meanings: dict[str, dict[str, str]] = {}
    areas: dict[str, dict[str, str]] = {}
    day_formats: tuple[str, ...] = ("%Y-%m-%d",)
    day_numbers: tuple[date, date] | None = None
    others_as: str = ""

    @model_validator(mode="after")
    def coherent(self) -> TableMapping:
        """Check that every column that is spoken of is one that is read."""
        read = self.columns.keys()
        if both := sorted(read & self.ignored.keys()):
            raise ValueError(f"the column {both[0]} is read and ignored")
        for name in (*self.key, *self.words, *self.phrases):
            if name not in read:
                raise ValueError(f"the column {name} is not among the columns that are read")
        ours = {name for several in self.columns.values() for name in several.split()}
        for column, phrases in self.phrases.items():
            for printed, values in phrases.items():
                if unknown := sorted(values.keys() - ours):
                    raise ValueError(f"{column}, {printed!r}: no column takes {unknown[0]}")
        return self

    @property
    def all_columns(self) -> frozenset[str]:
        """Every column that the file has, read or ignored."""
        return frozenset(self.columns | self.ignored)


class CollectedFile(_Entries):
    """A file of collected facts: the columns that are read, with ours, and those left aside."""

    columns: dict[str, str]
    ignored: dict[str, str] = {}

    @property
    def all_columns(self) -> frozenset[str]:
        """Every column that the file has, read or ignored."""
        return frozenset(self.columns | self.ignored)


class Metadata(_Entries):
    """The content of a `source.toml`; a table of interventions says to which regime it belongs."""

    title: str
    publisher: str
    dataset: str
    address: str
    licence: str
    retrieved_on: date
    note: str
    expected_rows: dict[str, tuple[int, int]]
    published: dict[str, PublishedFile] = {}
    standing: Standing | None = None
    regime: Literal["", "childrens-services", "best-value", "send", "planning"] = ""
    tables: dict[str, TableMapping] = {}
    collected: dict[str, CollectedFile] = {}

    @model_validator(mode="after")
    def complete(self) -> Metadata:
        """Check that the file of every table is one that is known."""
        for name, mapping in self.tables.items():
            if mapping.file not in self.published:
                raise ValueError(f"tables, {name}: nothing is published as {mapping.file}")
            if mapping.others_as and mapping.others_as not in self.tables:
                raise ValueError(f"tables, {name}: there is no table {mapping.others_as}")
        return self


@cache
def read_metadata(name: str) -> Metadata:
    """Return what is known of a source.

    Raises: UnreadableTable, naming the file and the entry.
    """
    place = files(__name__.partition(".")[0]).joinpath("tables", name, _METADATA)
    return metadata_from(place.read_bytes(), name)


def metadata_from(content: bytes, name: str) -> Metadata:
    """Return what the content of a `source.toml` says of a source.

    Raises: UnreadableTable, naming the file and the entry.
    """
    try:
        return Metadata.model_validate(tomllib.loads(content.decode()))
    except ValidationError as error:
        fault = error.errors()[0]
        entry = ".".join(str(part) for part in fault["loc"]) or "the whole"
        raise UnreadableTable(f"{name}/{_METADATA}, {entry}: {fault['msg']}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableTable(f"{name}/{_METADATA}: {error}") from None


def source_names() -> list[str]:
    """Return the sources of which something is known, by the names of their folders."""
    folders = files(__name__.partition(".")[0]).joinpath("tables").iterdir()
    return sorted(one.name for one in folders if one.joinpath(_METADATA).is_file())


@cache
def read_mapping(name: str, table: str) -> TableMapping:
    """Return how the publisher's file behind a table is read.

    Raises: UnreadableTable for a source that does not say it.
    """
    tables: Mapping[str, TableMapping] = read_metadata(name).tables
    if table not in tables:
        raise UnreadableTable(f'{name}/{_METADATA}: expected a section [tables."{table}"]')
    mapping = tables[table]
    if not mapping.others_as:
        return mapping
    whole = tables[mapping.others_as]
    elsewhere = {
        column: f"it is read for {mapping.others_as}"
        for column in whole.columns
        if column not in mapping.columns
    }
    return mapping.model_copy(update={"ignored": elsewhere | whole.ignored | mapping.ignored})
