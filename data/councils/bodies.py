"""A council or another authority of the register, with everything by which it is known."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from data.councils.rows import (
    AreaCodeRow,
    CouncilFactRow,
    DigitalLandRow,
    MembershipRow,
    NameRow,
    ProviderRow,
    RegisterRow,
)
from data.councils.tables import FACTS_FILE, CouncilTables
from ontology.errors import UnreadableTable

C = TypeVar("C", AreaCodeRow, CouncilFactRow, DigitalLandRow, NameRow)

AUTHORITY_KINDS = frozenset({"combined-authority", "greater-london-authority"})
_UPPER_TIER_KINDS = frozenset({"county", "london", "metropolitan", "unitary"})


@dataclass(frozen=True)
class Area:
    """A boundary by its code, and from when until before when the code was in use, if known."""

    gss_code: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Body:
    """A council, or another authority, with everything by which it is known.

    In: the first area has the code in use, or the last one; the others were superseded before.
    """

    row: RegisterRow
    areas: tuple[Area, ...]
    former_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    ofsted_urns: tuple[str, ...] = ()
    dfe_numbers: tuple[str, ...] = ()
    wikidata: str | None = None
    open_data_communities: str | None = None
    memberships: tuple[MembershipRow, ...] = ()

    @property
    def code(self) -> str:
        """The register code."""
        return self.row.code

    @property
    def name(self) -> str:
        """The official name."""
        return self.row.name

    @property
    def is_council(self) -> bool:
        """Whether the body is a council: not a combined authority, nor the one of London."""
        return self.row.type not in AUTHORITY_KINDS

    @property
    def is_upper_tier(self) -> bool:
        """Whether the body is a council that holds children's functions."""
        return self.row.type in _UPPER_TIER_KINDS

    @property
    def every_name(self) -> tuple[str, ...]:
        """The official name and every other one."""
        others = (*self.former_names, *self.names, *self.spellings)
        return (self.row.name, self.row.short_name, *others)

    def existed_on(self, day: date) -> bool:
        """Return whether the body did its work on a day; an unknown begin is no bar."""
        begun = self.row.began_on is None or self.row.began_on <= day
        return begun and (self.row.ended_on is None or day < self.row.ended_on)


def bodies_from(tables: CouncilTables) -> dict[str, Body]:
    """Return every body of the register by its code, put together from all tables.

    Raises: UnreadableTable for a row about a body that the register does not hold.
    """
    rows = {row.code: row for row in tables.register}
    about = _Gathered(rows, tables)
    return {code: about.body(row) for code, row in rows.items()}


def _another(rows: Mapping[str, RegisterRow], code: str, name: str) -> RegisterRow | None:
    """Return the body whose official or short name a name is, if only other bodies bear it."""
    folded = name.casefold()
    bearers = [
        row for row in rows.values() if folded in {row.name.casefold(), row.short_name.casefold()}
    ]
    if any(row.code == code for row in bearers):
        return None
    return next(iter(bearers), None)


class _Gathered:
    """What the tables say of each body, by its code."""

    def __init__(self, rows: Mapping[str, RegisterRow], tables: CouncilTables) -> None:
        self.facts = by_code(tables.facts, rows, FACTS_FILE)
        self.names = by_code(tables.names, rows, "councils/names.csv")
        self.area_codes = by_code(tables.area_codes, rows, "councils/area_codes.csv")
        self.digital_land = by_code(tables.digital_land, rows, "digital-land/bodies.csv")
        self.memberships: dict[str, list[MembershipRow]] = {}
        for membership in tables.memberships:
            self.memberships.setdefault(membership.council, []).append(membership)
        self.providers: dict[str, ProviderRow] = {}
        bodies = {row.gss_code: row.code for row in tables.area_codes}
        bodies |= {row.gss_code: row.code for row in rows.values()}
        for provider in tables.providers:
            if provider.gss_code not in bodies:
                raise UnreadableTable(
                    f"ofsted-providers/providers.csv: {provider.urn} ({provider.name}) has the "
                    f"area {provider.gss_code}, which no body of the register governs",
                    provider.gss_code,
                )
            code = bodies[provider.gss_code]
            if other := _another(rows, code, provider.name):
                raise UnreadableTable(
                    f"ofsted-providers/providers.csv, {provider.urn}, column name: "
                    f"{provider.name!r} names {other.name}, but the area {provider.gss_code} is "
                    f"that of {rows[code].name}; find out which is meant, and correct the other",
                    provider.name,
                )
            self.providers[code] = provider

    def body(self, row: RegisterRow) -> Body:
        """Return one body."""
        code = row.code
        facts = self.facts.get(code, [])
        second = next(iter(self.digital_land.get(code, [])), None)
        provider = self.providers.get(code)
        former = [fact.value for fact in facts if fact.kind == "former-name"]
        taken = {name.casefold() for name in (row.name, row.short_name, *former)}
        names = [name.name for name in self.names.get(code, []) if name.kind == "name"]
        names += [row.name for row in (second, provider) if row]
        kept = _new(names, taken)
        spellings = [name.name for name in self.names.get(code, []) if name.kind == "spelling"]
        return Body(
            row=row,
            areas=self._areas(row, facts),
            former_names=tuple(former),
            names=kept,
            spellings=_new(spellings, taken),
            ofsted_urns=_numbers("ofsted-urn", provider.urn if provider else None, facts),
            dfe_numbers=_numbers("dfe-number", provider.dfe_number if provider else None, facts),
            wikidata=second.wikidata if second else None,
            open_data_communities=second.open_data_communities if second else None,
            memberships=_memberships(row, self.memberships.get(code, [])),
        )

    def _areas(self, row: RegisterRow, facts: Iterable[CouncilFactRow]) -> tuple[Area, ...]:
        """Return the area in use, or the last one, and then those superseded."""
        known = {fact.value: fact for fact in facts if fact.kind == "area-code"}
        listed = (area.gss_code for area in self.area_codes.get(row.code, []))
        codes = dict.fromkeys((row.gss_code, *listed, *known))
        return tuple(
            Area(code, known[code].valid_from, known[code].valid_until)
            if code in known
            else Area(code)
            for code in codes
        )


def _memberships(row: RegisterRow, dated: list[MembershipRow]) -> tuple[MembershipRow, ...]:
    """Return the memberships of a council: those with days, and that of the register without."""
    if row.authority is None or any(one.authority == row.authority for one in dated):
        return tuple(dated)
    undated = MembershipRow(
        council=row.code,
        authority=row.authority,
        held_from=None,
        held_until=row.ended_on,
        reason="the register names the authority and no day",
    )
    return (*dated, undated)


def by_code(rows: Iterable[C], known: Container[str], file: str) -> dict[str, list[C]]:
    """Return rows by the code of the body that they are about.

    Raises: UnreadableTable for a code that the register does not hold.
    """
    by_body: dict[str, list[C]] = {}
    for row in rows:
        if row.code not in known:
            raise UnreadableTable(
                f"{file}: the register holds no body {row.code!r}; correct the code", row.code
            )
        by_body.setdefault(row.code, []).append(row)
    return by_body


def _new(names: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    """Return the names not taken yet in any case, and take them."""
    kept: list[str] = []
    for name in names:
        if name.casefold() not in taken:
            taken.add(name.casefold())
            kept.append(name)
    return tuple(kept)


def _numbers(kind: str, listed: str | None, facts: Iterable[CouncilFactRow]) -> tuple[str, ...]:
    """Return the numbers of one kind: the one that a table lists, and those decided."""
    decided = [fact.value for fact in facts if fact.kind == kind]
    return tuple(dict.fromkeys([*([listed] if listed else []), *decided]))
