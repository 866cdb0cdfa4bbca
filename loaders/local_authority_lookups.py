"""Read the two look-ups beside the register of local authorities: names, and area codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.cells import Cells
from data.council_rows import AreaCodeRow, NameRow, OtherNationRow, RegisterRow
from data.sources import TableSource
from loaders.local_authorities import CODE, SOURCE

NAME, GSS_CODE = "la-name", "gss-code"


@dataclass(frozen=True)
class Codes:
    """Every code of the register: the English ones with their names, and the other nations'."""

    english: Mapping[str, frozenset[str]]
    others: frozenset[str]

    def english_code(self, cells: Cells) -> str | None:
        """Return the code of an English body, or None for a body of another nation."""
        code = cells.text(CODE)
        if code not in self.english and code not in self.others:
            cells.refuse(CODE, "a code of the register, such as NFK")
        return code if code in self.english else None


def codes_of(register: Iterable[RegisterRow], others: Iterable[OtherNationRow]) -> Codes:
    """Return the codes that the look-ups may use."""
    names = {row.code: frozenset(map(str.casefold, (row.name, row.short_name))) for row in register}
    return Codes(names, frozenset(row.code for row in others))


def names_source(codes: Codes) -> TableSource[NameRow]:
    """Return how the look-up of names is read.

    A name that a body has in the register, and one corrected to nothing, are left out.
    """

    def convert(cells: Cells) -> NameRow | None:
        code, name = codes.english_code(cells), cells.optional(NAME)
        if code is None or name is None or name.casefold() in codes.english[code]:
            return None
        kind = "spelling" if name == name.lower() else "name"
        return NameRow.model_validate({"code": code, "name": name, "kind": kind})

    return TableSource(
        name=SOURCE,
        table="names.csv",
        row=NameRow,
        file="lookup_name_to_registry.csv",
        key=(NAME, CODE),
        used=frozenset({NAME, CODE}),
        ignored={},
        convert=convert,
        settle=distinct_names,
    )


def area_codes_source(codes: Codes) -> TableSource[AreaCodeRow]:
    """Return how the look-up of area codes is read."""

    def convert(cells: Cells) -> AreaCodeRow | None:
        code = codes.english_code(cells)
        if code is None:
            return None
        gss_code = cells.matching(GSS_CODE, r"E\d{8}", "E10000020")
        return AreaCodeRow.model_validate({"gss_code": gss_code, "code": code})

    return TableSource(
        name=SOURCE,
        table="area_codes.csv",
        row=AreaCodeRow,
        file="lookup_gss_to_registry.csv",
        key=(GSS_CODE, CODE),
        used=frozenset({GSS_CODE, CODE}),
        ignored={},
        convert=convert,
    )


def distinct_names(names: Sequence[NameRow]) -> list[NameRow]:
    """Return the names without those that differ from an earlier one of the body only in case."""
    kept: dict[tuple[str, str], NameRow] = {}
    for row in names:
        kept.setdefault((row.code, row.name.casefold()), row)
    return list(kept.values())
