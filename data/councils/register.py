"""The register of councils: look up a body by its code, or by its number on a day.

A number can outlive the body that had it; the one that existed on the day is meant.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from data.councils.bodies import Body, bodies_from
from data.councils.checks import check_tables
from data.councils.rows import StructuralChangeRow
from data.councils.tables import CouncilTables, read_council_tables
from ontology.errors import UnknownIdentifier


@dataclass(frozen=True)
class Register:
    """Every council and every other authority of England, and the changes between them."""

    bodies: Mapping[str, Body]
    changes: Sequence[StructuralChangeRow]

    @property
    def councils(self) -> list[Body]:
        """The councils, by register code."""
        return [body for body in self.bodies.values() if body.is_council]

    def by_code(self, code: str) -> Body:
        """Return the body with a register code, such as NFK.

        Raises: UnknownIdentifier.
        """
        if code not in self.bodies:
            raise UnknownIdentifier(f"the register holds no body with the code {code!r}", code)
        return self.bodies[code]

    def by_urn(self, urn: str, day: date) -> Body:
        """Return the council that had an Ofsted number on a day.

        Raises: UnknownIdentifier, saying which councils have had the number.
        """
        bodies = self._by_urn.get(urn, [])
        if not bodies:
            raise UnknownIdentifier(f"the register holds no body with the Ofsted number {urn}")
        fitting = [body for body in bodies if body.existed_on(day)]
        if len(fitting) != 1:
            number = "several bodies" if fitting else "no body"
            lives = "; ".join(map(_life, bodies))
            raise UnknownIdentifier(
                f"{number} had the Ofsted number {urn} on {day}; known are {lives}"
            )
        return fitting[0]

    def another(self, name: str, council: Body) -> Body | None:
        """Return the body that a name names, if it is that of another body than the council.

        Out: None for a name that is the council's, that nobody bears, or that is borne by a body
        with a number that the council has too, for a successor may keep name and number.
        """
        bodies = self._by_name.get(plain_name(name), [])
        shared = set(council.ofsted_urns)
        if any(body.code == council.code or shared & set(body.ofsted_urns) for body in bodies):
            return None
        return next(iter(bodies), None)

    def successors(self, code: str) -> list[Body]:
        """Return the bodies that took over from one."""
        return [self.by_code(successor) for successor in self.by_code(code).row.successors]

    @cached_property
    def _by_name(self) -> dict[str, list[Body]]:
        index: dict[str, list[Body]] = {}
        for body in self.bodies.values():
            for name in {plain_name(name) for name in body.every_name}:
                index.setdefault(name, []).append(body)
        return index

    @cached_property
    def _by_urn(self) -> dict[str, list[Body]]:
        index: dict[str, list[Body]] = {}
        for body in self.bodies.values():
            for urn in body.ofsted_urns:
                index.setdefault(urn, []).append(body)
        return index


def plain_name(name: str) -> str:
    """Return a name without case, punctuation and accidents of spelling.

    >>> plain_name("Bournemouth, Christchurch & Poole")
    'bournemouth christchurch and poole'
    """
    spaced = re.sub(r"[-,\s]+", " ", name.casefold().replace("&", " and "))
    return re.sub(r"[.'’()\[\]]", "", spaced).strip()


def _life(body: Body) -> str:
    """Return a body with the days between which it exists, for messages."""
    begin, end = body.row.began_on or "", body.row.ended_on
    until = f" until before {end}" if end else ""
    return f"{body.code} {body.name}{f' from {begin}' if begin else ''}{until}"


def register_from(tables: CouncilTables) -> Register:
    """Return the register that tables make, checked as a whole.

    Raises: UnreadableTable.
    """
    check_tables(tables)
    return Register(bodies_from(tables), tables.changes)


@cache
def read_register() -> Register:
    """Return the register that the project's own tables make."""
    return register_from(read_council_tables())
