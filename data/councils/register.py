"""The register of councils: look up a body by any of its codes, numbers and names.

A number can outlive the body that had it, and two bodies can have borne one name; so a look-up by
those takes a day, and answers with the body that existed on it.
"""

from __future__ import annotations

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

    @property
    def authorities(self) -> list[Body]:
        """The combined authorities and the Greater London Authority, by register code."""
        return [body for body in self.bodies.values() if not body.is_council]

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
        return _only(self._by_urn.get(urn, []), f"the Ofsted number {urn}", day)

    def by_gss(self, gss_code: str, day: date | None = None) -> Body:
        """Return the body whose area has, or once had, a code of the national statistics office.

        In: a day, if the body must have existed on it.
        Raises: UnknownIdentifier.
        """
        return _only(self._by_gss.get(gss_code, []), f"the area code {gss_code}", day)

    def by_name(self, name: str, day: date | None = None) -> Body:
        """Return the body with a name: official, short, former, or another in the register.

        In: a day, where two bodies have had the name; case, punctuation and "&" do not count.
        Raises: UnknownIdentifier, saying which bodies have had the name.
        """
        return _only(self._by_name.get(plain_name(name), []), f"the name {name!r}", day)

    def successors(self, code: str) -> list[Body]:
        """Return the bodies that took over from one."""
        return [self.by_code(successor) for successor in self.by_code(code).row.successors]

    @cached_property
    def _by_urn(self) -> dict[str, list[Body]]:
        return self._index({body.code: body.ofsted_urns for body in self.bodies.values()})

    @cached_property
    def _by_gss(self) -> dict[str, list[Body]]:
        codes = {body.code: [area.gss_code for area in body.areas] for body in self.bodies.values()}
        return self._index(codes)

    @cached_property
    def _by_name(self) -> dict[str, list[Body]]:
        names = {
            body.code: list(dict.fromkeys(map(plain_name, body.every_name)))
            for body in self.bodies.values()
        }
        return self._index(names)

    def _index(self, values: Mapping[str, Sequence[str]]) -> dict[str, list[Body]]:
        index: dict[str, list[Body]] = {}
        for code, several in values.items():
            for value in several:
                index.setdefault(value, []).append(self.bodies[code])
        return index


def plain_name(name: str) -> str:
    """Return a name without case, punctuation and accidents of spelling.

    >>> plain_name("Bournemouth, Christchurch & Poole")
    'bournemouth christchurch and poole'
    """
    spaced = re.sub(r"[-,\s]+", " ", name.casefold().replace("&", " and "))
    return re.sub(r"[.'’()\[\]]", "", spaced).strip()


def _only(found: Sequence[Body], asked: str, day: date | None) -> Body:
    """Return the one body that was found and existed on the day.

    Raises: UnknownIdentifier.
    """
    if not found:
        raise UnknownIdentifier(f"the register holds no body with {asked}")
    fitting = [body for body in found if day is None or body.existed_on(day)]
    if len(fitting) == 1:
        return fitting[0]
    lives = "; ".join(_life(body) for body in found)
    if day is None:
        raise UnknownIdentifier(f"several bodies have had {asked}: {lives}; say on which day")
    number = "several bodies" if fitting else "no body"
    raise UnknownIdentifier(f"{number} had {asked} on {day}; known are {lives}")


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


def is_council(code: str) -> bool:
    """Return whether the register holds a council with a code.

    >>> is_council("NFK"), is_council("ZZZ")
    (True, False)
    """
    body = read_register().bodies.get(code)
    return body is not None and body.is_council
