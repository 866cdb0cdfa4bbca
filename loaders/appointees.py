"""Find in a cell who was appointed, by reviewed decision: equal names alone make nobody the same.

Every name is decided once for every council it is printed with, in data/decisions/people.csv: it
stands for a person, or for a council that holds the office. What is left of a cell without its
names is a form of words; a form or a name that nobody has looked at is refused.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar

from pydantic import Field

from data.cells import Cells
from data.tables import Code, Row, Text, read_rows, text_of
from ontology.errors import UnreadableTable
from ontology.identifiers import SLUG

PEOPLE = "decisions/people.csv"
SEPARATOR = "; "
NAME = "*"
NAMES = re.compile(r"\*(?:; \*)+")
HONOURS = frozenset({"CB", "CBE", "MBE", "OBE", "QPM"})
TITLES = frozenset({"Dame", "Sir"})
UNKNOWN_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]*)+")


class PersonRow(Row):
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


@dataclass(frozen=True)
class Holder:
    """Who holds an office: a reference, and the name and honours that are printed."""

    member: str
    printed: str

    @property
    def slug(self) -> str:
        """A short name, by which a row names the appointment."""
        return self.member.partition("/")[2].lower()

    @property
    def is_person(self) -> bool:
        """Return whether a person holds the office, not a council."""
        return self.member.startswith("person/")

    @property
    def name(self) -> str:
        """The name without honours."""
        return " ".join(word for word in self.printed.split() if word not in HONOURS | TITLES)

    @property
    def honours(self) -> list[str]:
        """The title of knighthood and the letters that are printed with the name."""
        return [word for word in self.printed.split() if word in HONOURS | TITLES]


@cache
def read_people() -> Mapping[tuple[str, str], PersonRow]:
    """Return the decisions by printed name and council.

    Raises: UnreadableTable, naming line and column.
    """
    place = files("data").joinpath(PEOPLE)
    rows = read_rows(text_of(place), PEOPLE, PersonRow)
    return {(row.printed, row.council): row for row in rows}


def holder(printed: str, council: str) -> Holder:
    """Return who a name stands for.

    Raises: UnreadableTable for a name that is not decided for the council.
    """
    decision = read_people().get((printed, council))
    if decision is None:
        raise UnreadableTable(
            f"{printed!r} is not decided for the council {council}; decide in data/{PEOPLE}"
        )
    return Holder(decision.member, printed)


def holders(appointees: str, council: str) -> list[Holder]:
    """Return who the names of one of our cells stand for."""
    return [holder(name, council) for name in appointees.split(SEPARATOR) if name]


def names_in(cells: Cells, column: str, council: str, forms: Container[str]) -> tuple[str, str]:
    """Return the decided names in a cell, and the form of words around them.

    In: the forms that the table is known to have, with * for a name or a list of names.
    Out: the names with a semicolon between them; the form.
    Raises: UnreadableTable for a name that is not decided for the council, or another form.
    """
    decided = sorted({name for name, place in read_people() if place == council}, key=len)
    text = cells.optional(column) or ""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        found.append(match.group())
        return NAME

    if decided:
        names = "|".join(re.escape(name) for name in reversed(decided))
        text = re.sub(rf"(?<!\w)(?:{names})(?!\w)", take, text)
    unknown = UNKNOWN_NAME.search(text)
    if unknown:
        cells.refuse(
            column,
            f"names that are decided for the council {council}; "
            f"{unknown.group()!r} is not: decide in data/{PEOPLE}",
        )
    form = NAMES.sub(NAME, text)
    if form not in forms:
        cells.refuse(column, "decided names in a form of words that this table is known to have")
    return SEPARATOR.join(found), form
