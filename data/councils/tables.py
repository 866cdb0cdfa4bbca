"""The tables about councils, read together: two registers, two look-ups, numbers and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

from data.councils.rows import (
    AreaCodeRow,
    CouncilFactRow,
    DifferenceRow,
    DigitalLandRow,
    MembershipRow,
    NameRow,
    ProviderRow,
    RegisterRow,
    StructuralChangeRow,
)
from data.tables.table import TableRow, read_rows, read_table, text_of

R = TypeVar("R", bound=TableRow)

FACTS_FILE = "council_facts.csv"
DIFFERENCES_FILE = "council_differences.csv"


@dataclass(frozen=True)
class CouncilTables:
    """The rows of every table about councils."""

    register: Sequence[RegisterRow]
    names: Sequence[NameRow]
    area_codes: Sequence[AreaCodeRow]
    digital_land: Sequence[DigitalLandRow]
    providers: Sequence[ProviderRow]
    changes: Sequence[StructuralChangeRow]
    facts: Sequence[CouncilFactRow]
    differences: Sequence[DifferenceRow]
    memberships: Sequence[MembershipRow]


def read_council_tables() -> CouncilTables:
    """Return the rows of the project's own tables about councils.

    Raises: UnreadableTable, naming file, line and column.
    """
    return CouncilTables(
        register=with_added(read_table("councils", "register.csv", RegisterRow)),
        names=read_table("councils", "names.csv", NameRow),
        area_codes=read_table("councils", "area_codes.csv", AreaCodeRow),
        digital_land=read_table("digital-land", "bodies.csv", DigitalLandRow),
        providers=read_table("ofsted-providers", "providers.csv", ProviderRow),
        changes=read_table("councils", "structural_changes.csv", StructuralChangeRow),
        facts=read_decided(FACTS_FILE, CouncilFactRow),
        differences=read_decided(DIFFERENCES_FILE, DifferenceRow),
        memberships=read_table("councils", "memberships.csv", MembershipRow),
    )


def with_added(register: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Return the bodies of the first register with those that another source alone has."""
    added = read_table("councils", "added_authorities.csv", RegisterRow)
    return sorted([*register, *added], key=lambda row: row.code)


def read_decided(name: str, row_type: type[R]) -> list[R]:
    """Return the rows of one of the reviewed tables of decisions."""
    place = files(__name__.partition(".")[0]).joinpath("decisions", name)
    return read_rows(text_of(place), f"decisions/{name}", row_type)
