"""Read the register of local authorities that mySociety publishes, and the look-ups beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.councils.rows import AreaCodeRow, NameRow, OtherNationRow, RegisterRow
from data.sources import TableSource
from data.tables.cells import Cells
from loaders.tables.cells import beginning

_SOURCE = "councils"
_REGISTER_FILE = "uk_local_authorities_future.csv"
_CODE = "local-authority-code"

# The names and the numbers of the type of a body, as the file has them, and ours.
TYPES: dict[str, str] = {
    "CC": "london",
    "COMB": "combined-authority",
    "CTY": "county",
    "LBO": "london",
    "MD": "metropolitan",
    "NMD": "district",
    "SRA": "greater-london-authority",
    "UA": "unitary",
}
_TYPE_NAMES: dict[str, str] = {
    "City corporation": "london",
    "Combined authority": "combined-authority",
    "County": "county",
    "London borough": "london",
    "Metropolitan district": "metropolitan",
    "Non-metropolitan district": "district",
    "Strategic Regional Authority": "greater-london-authority",
    "Unitary authority": "unitary",
}
_POWERS: dict[str, frozenset[str]] = {
    "combined": frozenset({"combined-authority", "greater-london-authority"}),
    "lower tier": frozenset({"district"}),
    "unitary": frozenset({"london", "metropolitan", "unitary"}),
    "upper tier": frozenset({"county"}),
}
_REGIONS: dict[str, str] = {
    "East Midlands": "east-midlands",
    "East of England": "east-of-england",
    "London": "london",
    "North East": "north-east",
    "North West": "north-west",
    "South East": "south-east",
    "South West": "south-west",
    "West Midlands": "west-midlands",
    "Yorkshire and The Humber": "yorkshire-and-the-humber",
}
_OTHER_NATIONS: dict[str, str] = {name: name for name in ("Northern Ireland", "Scotland", "Wales")}
# A year such as 1998 typed as a number and shown as a date: 20 June 1905, later changed to 2005.
_DAY_NUMBERS = (date(2005, 5, 1), date(2005, 7, 31))
_NATIONS: dict[str, bool] = {"England": True, **dict.fromkeys(_OTHER_NATIONS, False)}

_USED = frozenset(
    {
        _CODE,
        "official-name",
        "nice-name",
        "gss-code",
        "start-date",
        "end-date",
        "replaced-by",
        "nation",
        "region",
        "local-authority-type",
        "local-authority-type-name",
        "county-la",
        "combined-authority",
        "current-authority",
        "powers",
    }
)
_IGNORED: dict[str, str] = {
    "BS-6879": "a code of British Standard 6879, by which nobody looks for a council here",
    "alt-names": "the table of names has them, and has not cut them at their commas",
    "area": "a size in square kilometres: the record is about bodies",
    "ecode": "the number of a billing authority, which says nothing of interventions",
    "even-older-register-and-code": "empty for every English body",
    "former-gss-codes": "the table of area codes has them",
    "gov-uk-slug": "a part of a web address",
    "lat": "a place on the map: the project computes its own layout",
    "long": "a place on the map: the project computes its own layout",
    "lower-or-unitary": "follows from the powers",
    "mapit-area-code": "a code of another service",
    "notes": "two rows, on the code of the standard",
    "ofcom": "a code of another service",
    "old-ons-la-code": "a code superseded in 2011, before the record begins in earnest",
    "old-register-and-code": "the register code once more, with a prefix",
    "open-council-data-id": "a code of another service",
    "os": "a code of Ordnance Survey for the area",
    "os-file": "a file name of Ordnance Survey",
    "pop-2020": "a population: the record is about bodies",
    "snac": "a code superseded in 2011",
    "wdtk-id": "a code of another service",
    "x": "a place on the map: the project computes its own layout",
    "y": "a place on the map: the project computes its own layout",
}


def convert_register(cells: Cells) -> RegisterRow | None:
    """Return an English body of the register, or nothing for one of another nation."""
    if not cells.choice("nation", _NATIONS):
        return None
    kind = cells.choice("local-authority-type", TYPES)
    if cells.choice("local-authority-type-name", _TYPE_NAMES) != kind:
        cells.refuse("local-authority-type-name", f"the name of the type {kind}")
    if kind not in cells.choice("powers", _POWERS):
        cells.refuse("powers", f"the powers of the type {kind}")
    ended_on = cells.day("end-date")
    if cells.choice("current-authority", {"True": True, "False": False}) == bool(ended_on):
        cells.refuse("current-authority", "True without an end date, and False with one")
    return RegisterRow.model_validate(
        {
            "code": cells.matching(_CODE, "[A-Z]{3,4}", "NFK"),
            "name": cells.text("official-name"),
            "short_name": cells.text("nice-name"),
            "type": kind,
            "region": cells.choice("region", _REGIONS),
            "county": _code(cells, "county-la"),
            "authority": _code(cells, "combined-authority"),
            "gss_code": cells.matching("gss-code", r"E\d{8}", "E10000020"),
            "began_on": beginning(cells, _DAY_NUMBERS),
            "ended_on": ended_on,
            "successors": _codes(cells, "replaced-by"),
        }
    )


def convert_other_nation(cells: Cells) -> OtherNationRow | None:
    """Return a body outside England, of which the code and the nation are kept."""
    if cells.choice("nation", _NATIONS):
        return None
    return OtherNationRow.model_validate(
        {"code": cells.text(_CODE), "nation": cells.choice("nation", _OTHER_NATIONS)}
    )


def _code(cells: Cells, column: str) -> str | None:
    """Return the register code of another body, or None if the cell is empty."""
    value = cells.optional(column)
    return value if value is None else cells.matching(column, "[A-Z]{3,4}", "NFK")


def _codes(cells: Cells, column: str) -> list[str]:
    """Return the register codes of a cell that holds several."""
    if cells.optional(column) is None:
        return []
    return cells.matching(column, "[A-Z]{3}(,[A-Z]{3})*", "NNT,WNT").split(",")


REGISTER = TableSource(
    name=_SOURCE,
    table="register.csv",
    row=RegisterRow,
    file=_REGISTER_FILE,
    key=(_CODE,),
    used=_USED,
    ignored=_IGNORED,
    convert=convert_register,
)
_NATION_COLUMNS = frozenset({_CODE, "nation"})
OTHERS = TableSource(
    name=_SOURCE,
    table="other_nations.csv",
    row=OtherNationRow,
    file=_REGISTER_FILE,
    key=(_CODE,),
    used=_NATION_COLUMNS,
    ignored={column: "only a code is kept" for column in _USED - _NATION_COLUMNS} | _IGNORED,
    convert=convert_other_nation,
)


_NAME, _GSS_CODE = "la-name", "gss-code"


@dataclass(frozen=True)
class Codes:
    """Every code of the register: the English ones with their names, and the other nations'."""

    english: Mapping[str, frozenset[str]]
    others: frozenset[str]

    def english_code(self, cells: Cells) -> str | None:
        """Return the code of an English body, or None for a body of another nation."""
        code = cells.text(_CODE)
        if code not in self.english and code not in self.others:
            cells.refuse(_CODE, "a code of the register, such as NFK")
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
        code, name = codes.english_code(cells), cells.optional(_NAME)
        if code is None or name is None or name.casefold() in codes.english[code]:
            return None
        kind = "spelling" if name == name.lower() else "name"
        return NameRow.model_validate({"code": code, "name": name, "kind": kind})

    return TableSource(
        name=_SOURCE,
        table="names.csv",
        row=NameRow,
        file="lookup_name_to_registry.csv",
        key=(_NAME, _CODE),
        used=frozenset({_NAME, _CODE}),
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
        gss_code = cells.matching(_GSS_CODE, r"E\d{8}", "E10000020")
        return AreaCodeRow.model_validate({"gss_code": gss_code, "code": code})

    return TableSource(
        name=_SOURCE,
        table="area_codes.csv",
        row=AreaCodeRow,
        file="lookup_gss_to_registry.csv",
        key=(_GSS_CODE, _CODE),
        used=frozenset({_GSS_CODE, _CODE}),
        ignored={},
        convert=convert,
    )


def distinct_names(names: Sequence[NameRow]) -> list[NameRow]:
    """Return the names without those that differ from an earlier one of the body only in case."""
    kept: dict[tuple[str, str], NameRow] = {}
    for row in names:
        kept.setdefault((row.code, row.name.casefold()), row)
    return list(kept.values())
