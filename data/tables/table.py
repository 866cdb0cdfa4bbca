"""Open the project's own tables and check every cell; messages name file, row, column, value."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from data.tables.metadata import read_metadata
from ontology.dates import bounds
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import SLUG, reference


def empty_as_none(value: Any) -> Any:
    """Return None for an empty cell."""
    return None if value == "" else value


def split_words(value: Any) -> Any:
    """Return the words of a cell that holds several values."""
    return value.split() if isinstance(value, str) else value


_MAXIMUM_CELL_CHARACTERS = 400
"""Longest cell of a table of ours; the longest reasons and addresses have three quarters of it."""

Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Codes = Annotated[list[Code], BeforeValidator(split_words)]
Day = Annotated[date | None, BeforeValidator(empty_as_none)]
Text = Annotated[str, Field(min_length=1)]


def _known_form(value: str) -> str:
    try:
        reference(value)
    except UnknownIdentifier as error:
        raise ValueError(str(error)) from None
    return value


Reference = Annotated[str, AfterValidator(_known_form)]
OptionalReference = Annotated[Reference | None, BeforeValidator(empty_as_none)]
Regime = Annotated[
    Literal["childrens-services", "best-value", "send", "planning"] | None,
    BeforeValidator(empty_as_none),
]


class TableRow(BaseModel):
    """A row of a table; its fields are the columns, in order.

    The first columns, as many as `key_columns` says, together name the row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    key_columns: ClassVar[int] = 1

    @property
    def row_key(self) -> tuple[str, ...]:
        """The cells that name the row."""
        return tuple(self.cells()[: self.key_columns])

    def cells(self) -> list[str]:
        """Return the text of each cell, as a table holds it."""
        return [_cell_text(getattr(self, name)) for name in type(self).model_fields]


def _cell_text(value: object) -> str:
    """Return a value as the text of a cell; several values have a space between them."""
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, list) else str(value)


class StatuteRow(TableRow):
    """An Act or order."""

    id: Reference
    title: Text
    year: int


class ProvisionRow(TableRow):
    """A part of a statute, or a range of parts."""

    id: Reference
    label: Text
    statute: Reference
    first: OptionalReference
    last: OptionalReference


class RangeMemberRow(TableRow):
    """A provision that stands within a range, and since when, if it came into the Act later."""

    key_columns = 2

    range: Reference
    member: Reference
    in_force_from: Day


class PowerRuleRow(TableRow):
    """A rule on the power of directions: what an office directs under, on what, since when."""

    key: Annotated[str, Field(pattern=rf"^{SLUG}$")]
    regime: Regime
    office: Text
    in_use_from: date
    in_use_until: Day
    power: Reference
    applied_by: OptionalReference
    reason: Text


class OfficeRow(TableRow):
    """An office that issues, appoints or receives."""

    id: Text
    name: Text
    kind: Literal["council-officer", "minister", "official"]
    regime: Regime
    department: str


class OrganisationRow(TableRow):
    """An organisation that is not a council."""

    id: Text
    name: Text
    kind: Literal[
        "association",
        "charity",
        "delivery-body",
        "department",
        "firm",
        "inspectorate",
        "legislature",
        "list-keeper",
        "newspaper",
        "personal-page",
    ]


def _no_empty_span(text: str) -> str:
    bounds(text)
    return text


class NameRow(TableRow):
    """A name that an office or a department bore for a time, as exact as its source gives that."""

    key: Annotated[str, Field(pattern=rf"^{SLUG}$")]
    bearer: Reference
    name: Text
    in_use: Annotated[str, AfterValidator(_no_empty_span)]
    words: Text
    source: Annotated[str, Field(pattern=r"^https?://[^ ]+$")]
    reason: Text


class RegistryRow(TableRow):
    """An identifier minted once, and what it stands for."""

    id: Annotated[str, Field(pattern=r"^(?:[A-Z]{3,5}|[a-z][a-z-]*)-[0-9]{4}-[0-9]{2}$")]
    description: Text


R = TypeVar("R", bound=TableRow)


def read_table(folder: str, name: str, row_type: type[R]) -> list[R]:
    """Return the rows of one of the project's tables.

    Raises: UnreadableTable for a header, a cell or a number of rows other than expected.
    """
    place = files(__name__.partition(".")[0]).joinpath("tables", folder)
    rows = read_rows(text_of(place.joinpath(name)), f"{folder}/{name}", row_type)
    expected_rows = read_metadata(folder).expected_rows
    if name not in expected_rows:
        raise UnreadableTable(
            f"{folder}/source.toml: no numbers of rows for {name}; "
            'expected under [expected_rows] a line such as "name.csv" = [1, 20]'
        )
    least, most = expected_rows[name]
    if not least <= len(rows) <= most:
        raise UnreadableTable(
            f"{folder}/{name}: {len(rows)} rows; source.toml expects {least} to {most}; "
            "correct the table, or the numbers there"
        )
    return rows


def read_registry(name: str) -> frozenset[str]:
    """Return the identifiers that one of the registers holds, such as inspections.csv."""
    text = text_of(files(__name__.partition(".")[0]).joinpath("registry", name))
    return frozenset(row.id for row in read_rows(text, f"registry/{name}", RegistryRow))


def text_of(file: Traversable) -> str:
    """Return the text of a file; the mark that spreadsheets put at the beginning is left out."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable(
            f"{file.name}: not UTF-8 at byte {error.start}; save it as CSV UTF-8"
        ) from None


def read_rows(text: str, name: str, row_type: type[R]) -> list[R]:
    """Return the rows of a table.

    Raises: UnreadableTable for columns other than those of the row type, a cell that cannot be
    used, or a key that stands twice.
    """
    expected = list(row_type.model_fields)
    (_, header), *lines = _lines(text, name) or [(1, [])]
    if header != expected:
        raise UnreadableTable(
            f"{name}: columns {', '.join(header)}; expected {', '.join(expected)}"
        )
    rows: list[R] = []
    seen: set[tuple[str, ...]] = set()
    for number, cells in lines:
        place = f"{name}, line {number}"
        if len(cells) != len(expected):
            raise UnreadableTable(f"{place}: {len(cells)} cells; expected {len(expected)}")
        key = tuple(cells[: row_type.key_columns])
        if key in seen:
            raise UnreadableTable(f"{place}: {', '.join(key)!r} stands twice; keep one row")
        seen.add(key)
        _check_cells(cells, expected, place)
        rows.append(_row(cells, place, row_type))
    return rows


def _check_cells(cells: Sequence[str], columns: Sequence[str], place: str) -> None:
    """Refuse what no cell of any table can be: a text without bound, or one that does not print."""
    for column, cell in zip(columns, cells, strict=True):
        if len(cell) > _MAXIMUM_CELL_CHARACTERS:
            raise UnreadableTable(
                f"{place}, column {column}: {cell[:40]!r} and so on, {len(cell)} characters; "
                f"expected at most {_MAXIMUM_CELL_CHARACTERS}; say it in fewer words"
            )
        if not cell.isprintable():
            raise UnreadableTable(
                f"{place}, column {column}: {cell[:40]!r}; expected one line of characters that "
                "print; remove the others"
            )


def write_rows(rows: Iterable[TableRow], row_type: type[TableRow]) -> str:
    """Return rows as the text of one of our tables.

    Guarantee: reading the text gives the same rows.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(row_type.model_fields)
    for row in rows:
        writer.writerow(row.cells())
    return buffer.getvalue()


def _lines(text: str, name: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise UnreadableTable(f"{name}, line {reader.line_num}: not CSV: {error}") from None


def _row(cells: list[str], place: str, row_type: type[R]) -> R:
    """Return one row, or say which cell cannot be used."""
    try:
        return row_type.model_validate(dict(zip(row_type.model_fields, cells, strict=True)))
    except ValidationError as error:
        fault = error.errors()[0]
        # A fault of several cells together names no column.
        where = f", column {fault['loc'][0]}: {fault['input']!r}" if fault["loc"] else ""
        raise UnreadableTable(f"{place}{where}: {fault['msg']}") from None
