"""The act that a cell names: the key of a row of the table of acts, or a reference to an act.

Whatever a row of one council names must be there, and be of that council.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Protocol

from pydantic import AfterValidator

from data.registry.identifiers import REGISTERS, Identities
from data.tables.table import read_registry
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import SLUG, kind_and_local, ordinal, reference

_ACTS = "acts"
_ACT_KINDS = "designation", "direction", "inspection", "letter", "measure", "notice"
_EXPECTED = (
    "expected the key of a row of data/tables/acts, or a reference such as direction/ROT-2014-01"
)


def _form(value: str) -> str:
    """Return the key of a row, or the reference of an act or an appointment."""
    if "/" not in value:
        if value and not re.fullmatch(SLUG, value):
            raise ValueError(_EXPECTED)
        return value
    try:
        reference(value)
    except UnknownIdentifier as error:
        raise ValueError(str(error)) from None
    if kind_and_local(value)[0] not in REGISTERS:
        raise ValueError(f"{value!r} is no act; expected one such as direction/ROT-2014-01")
    return value


NamedAct = Annotated[str, AfterValidator(_form)]
"""The cell of an act, if it names one: the key of a row, or a reference."""


class _Form(Protocol):
    @property
    def kind(self) -> str:
        """Kind of the identifier."""


class Act(Protocol):
    """A row of the table of acts, as far as it is named."""

    @property
    def council(self) -> str:
        """Code of the council that the act is towards."""

    @property
    def form(self) -> _Form:
        """How the act is identified."""


def named_act(
    cell: tuple[str, str, str, str],
    acts: Mapping[str, Act],
    identities: Identities,
    kinds: tuple[str, ...] = _ACT_KINDS,
) -> str:
    """Return the act that a cell names, as a reference.

    In: the cell is the row with its table, its column, its council and its text; the kinds of
    things that may be named there.
    Raises: UnreadableTable for what there is not, what is of another kind or another council.
    """
    place, column, council, named = cell
    where = f"{place}, column {column}: {named}"
    try:
        found = _reference(named, acts, identities)
        kind, local = kind_and_local(found)
        bearer = ordinal(local).holder if kind in REGISTERS else ""
    except UnknownIdentifier as error:
        raise UnreadableTable(f"{place}, column {column}: {error}; {_EXPECTED}") from None
    if kind not in kinds:
        raise UnreadableTable(f"{where} is a {kind}; expected a {' or '.join(kinds)}")
    if bearer != council:
        raise UnreadableTable(
            f"{where} is an act towards {bearer}; expected one towards {council}, whose row it is"
        )
    if "/" in named and local not in _registered(kind):
        raise UnreadableTable(
            f"{where} is in no register; {_EXPECTED} that stands in data/registry/{REGISTERS[kind]}"
        )
    return found


def _reference(named: str, acts: Mapping[str, Act], identities: Identities) -> str:
    if "/" in named:
        reference(named)
        return named
    if named not in acts:
        raise UnknownIdentifier(f"{named!r} is no row")
    kind = acts[named].form.kind
    return f"{kind}/{identities.local(f'{_ACTS}/{named}', kind)}"


@cache
def _registered(kind: str) -> frozenset[str]:
    return read_registry(REGISTERS[kind])
