"""The rows of the tables about councils, in the project's own columns.

A begin is the first day on which a body does its work, an end the first day on which it no longer
exists; an empty cell means that no source at hand gives the day.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from data.tables.table import (
    Code,
    Day,
    OptionalReference,
    TableRow,
    Text,
    empty_as_none,
    split_words,
)

CouncilKind = Literal["county", "district", "london", "metropolitan", "unitary"]
AuthorityKind = Literal["combined-authority", "greater-london-authority"]
Region = Literal[
    "east-midlands",
    "east-of-england",
    "london",
    "north-east",
    "north-west",
    "south-east",
    "south-west",
    "west-midlands",
    "yorkshire-and-the-humber",
]

BodyCode = Annotated[str, Field(pattern=r"^[A-Z]{3,5}$")]
BodyCodes = Annotated[list[BodyCode], BeforeValidator(split_words)]
GssCode = Annotated[str, Field(pattern=r"^E\d{8}$")]
OptionalText = Annotated[Text | None, BeforeValidator(empty_as_none)]
OptionalCode = Annotated[Code | None, BeforeValidator(empty_as_none)]
OptionalBodyCode = Annotated[BodyCode | None, BeforeValidator(empty_as_none)]


class RegisterRow(TableRow):
    """A council or another authority of England, as the register has it."""

    code: BodyCode
    name: Text
    short_name: Text
    type: CouncilKind | AuthorityKind
    region: Region
    county: OptionalCode
    authority: OptionalBodyCode
    gss_code: GssCode
    began_on: Day
    ended_on: Day
    successors: BodyCodes


class MembershipRow(TableRow):
    """That a council was, or is, a constituent of an authority, as far as a source dates it.

    In: `held_until` is the first day on which it was no longer one.
    """

    key_columns: ClassVar[int] = 2
    council: Code
    authority: BodyCode
    held_from: Day
    held_until: Day
    reason: Text


class OtherNationRow(TableRow):
    """An authority of the register outside England, of which nothing else is kept."""

    code: Text
    nation: Literal["Northern Ireland", "Scotland", "Wales"]


class NameRow(TableRow):
    """A name by which people look for a body, beside its official and its short name."""

    key_columns: ClassVar[int] = 2
    code: BodyCode
    name: Text
    kind: Literal["name", "spelling"]


class AreaCodeRow(TableRow):
    """A code of the Office for National Statistics for the area of a body, in use or superseded."""

    gss_code: GssCode
    code: BodyCode


class DigitalLandRow(TableRow):
    """A body as the second register has it, with its identifiers elsewhere."""

    code: BodyCode
    name: Text
    region: Region
    gss_code: GssCode
    began_on: Day
    ended_on: Day
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")]
    open_data_communities: OptionalText


class ProviderRow(TableRow):
    """A council as the inspectorate and the Department for Education number it."""

    urn: Annotated[str, Field(pattern=r"^\d{5,7}$")]
    dfe_number: Annotated[str, Field(pattern=r"^\d{3}$")]
    gss_code: GssCode
    name: Text


class StructuralChangeRow(TableRow):
    """A change by which bodies end and begin."""

    id: Text
    name: Text
    order: OptionalReference
    happened_on: date
    original_codes: BodyCodes
    resulting_codes: BodyCodes


class CouncilFactRow(TableRow):
    """A fact about a body that no row of a published table gives, with the reason to hold it."""

    key_columns: ClassVar[int] = 3
    kind: Literal["area-code", "dfe-number", "former-name", "ofsted-urn"]
    code: BodyCode
    value: Text
    valid_from: Day
    valid_until: Day
    reason: Text


class DifferenceRow(TableRow):
    """A value on which the two registers differ and neither is a fault, with what is used."""

    key_columns: ClassVar[int] = 2
    code: BodyCode
    column: Literal["name", "region", "gss_code", "began_on", "ended_on"]
    in_register: str
    in_digital_land: str
    used: Literal["register"]
    reason: Text
