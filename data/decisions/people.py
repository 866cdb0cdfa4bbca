"""Who printed names of office-holders name, by reviewed decision; honours stand apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar

from pydantic import Field

from data.tables.table import Code, TableRow, Text, read_rows, text_of
from ontology.errors import UnreadableTable
from ontology.identifiers import SLUG, kind_and_local

PEOPLE_FILE = "decisions/people.csv"
_NAMES_FILE = "decisions/names_of_people.csv"
_SEPARATOR = "; "
_HONOURS = frozenset({"CB", "CBE", "DBE", "DL", "KBE", "KC", "MBE", "OBE", "QFSM", "QPM"})
_TITLES = frozenset({"Dame", "Dr", "Professor", "Sir"})
_FORMS_OF_ADDRESS = frozenset({"Councillor", "MP"})
"""What is printed with a name because of another office; no honour, and no part of the name."""


class PersonRow(TableRow):
    """A name as it is printed for a council, and whom it names."""

    key_columns: ClassVar[int] = 2
    printed: Text
    council: Code
    person: Annotated[str, Field(pattern=rf"^(?:{SLUG}|council/[A-Z]{{3}})$")]
    reason: Text

    @property
    def member(self) -> str:
        """The holder of the office as a reference: a person or a council."""
        return self.person if "/" in self.person else f"person/{self.person}"


class NameOfPersonRow(TableRow):
    """The name by which the record knows a person of whom sources print several."""

    person: Annotated[str, Field(pattern=rf"^{SLUG}$")]
    name: Text
    reason: Text


@dataclass(frozen=True)
class Holder:
    """Who holds an office: a reference, and the name and honours that are printed."""

    member: str
    printed: str

    @property
    def slug(self) -> str:
        """A short name, by which a row names the appointment."""
        return kind_and_local(self.member)[1].lower()

    @property
    def is_person(self) -> bool:
        """Return whether a person holds the office, not a council."""
        return kind_and_local(self.member)[0] == "person"

    @property
    def printed_name(self) -> str:
        """The name as it is printed, without honours and titles."""
        apart = _HONOURS | _TITLES | _FORMS_OF_ADDRESS
        return " ".join(word for word in self._words if word not in apart)

    @property
    def name(self) -> str:
        """The name by which the record knows the person: as printed if nothing else is decided."""
        decision = read_names().get(kind_and_local(self.member)[1])
        return decision.name if decision else self.printed_name

    @property
    def other_name(self) -> str | None:
        """The printed name if the record knows the person by another one."""
        return self.printed_name if self.printed_name != self.name else None

    @property
    def honours(self) -> list[str]:
        """The titles and the letters of honours that are printed with the name."""
        return [word for word in self._words if word in _HONOURS | _TITLES]

    @property
    def _words(self) -> list[str]:
        return self.printed.replace(",", " ").split()


@cache
def read_people() -> Mapping[tuple[str, str], PersonRow]:
    """Return the decisions by printed name and council.

    Raises: UnreadableTable, naming line and column.
    """
    place = files("data").joinpath(PEOPLE_FILE)
    rows = read_rows(text_of(place), PEOPLE_FILE, PersonRow)
    return {(row.printed, row.council): row for row in rows}


@cache
def read_names() -> Mapping[str, NameOfPersonRow]:
    """Return the decisions on names by person.

    Raises: UnreadableTable, naming line and column.
    """
    place = files("data").joinpath(_NAMES_FILE)
    rows = read_rows(text_of(place), _NAMES_FILE, NameOfPersonRow)
    return {row.person: row for row in rows}


def holder(printed: str, council: str, where: str = "") -> Holder:
    """Return who a name stands for.

    In: the row and the column in which the name stands, for the message.
    Raises: UnreadableTable for a name that is not decided for the council.
    """
    decision = read_people().get((printed, council))
    if decision is None:
        raise UnreadableTable(
            f"{where}{': ' if where else ''}{printed!r} is not decided for the council {council}; "
            f"decide in data/{PEOPLE_FILE}"
        )
    return Holder(decision.member, printed)


def holders(appointees: str, council: str) -> list[Holder]:
    """Return who the names of one of our cells stand for."""
    return [holder(name, council) for name in appointees.split(_SEPARATOR) if name]
