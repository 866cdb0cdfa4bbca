"""Read the register of local authorities that mySociety publishes: three files, one register.

Only English bodies are kept. A code of another nation is known, so that a code which nobody knows
is refused and not skipped.
"""

from __future__ import annotations

from datetime import date

from data.cells import Cells
from data.council_rows import OtherNationRow, RegisterRow
from data.sources import TableSource
from loaders.council_cells import beginning

SOURCE = "councils"
REGISTER_FILE = "uk_local_authorities_future.csv"
CODE = "local-authority-code"

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
TYPE_NAMES: dict[str, str] = {
    "City corporation": "london",
    "Combined authority": "combined-authority",
    "County": "county",
    "London borough": "london",
    "Metropolitan district": "metropolitan",
    "Non-metropolitan district": "district",
    "Strategic Regional Authority": "greater-london-authority",
    "Unitary authority": "unitary",
}
POWERS: dict[str, frozenset[str]] = {
    "combined": frozenset({"combined-authority", "greater-london-authority"}),
    "lower tier": frozenset({"district"}),
    "unitary": frozenset({"london", "metropolitan", "unitary"}),
    "upper tier": frozenset({"county"}),
}
REGIONS: dict[str, str] = {
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
OTHER_NATIONS: dict[str, str] = {name: name for name in ("Northern Ireland", "Scotland", "Wales")}
# A year such as 1998 typed as a number and shown as a date: 20 June 1905, later changed to 2005.
DAY_NUMBERS = (date(2005, 5, 1), date(2005, 7, 31))
NATIONS: dict[str, bool] = {"England": True, **dict.fromkeys(OTHER_NATIONS, False)}

USED = frozenset(
    {
        CODE,
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
IGNORED: dict[str, str] = {
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
    if not cells.choice("nation", NATIONS):
        return None
    kind = cells.choice("local-authority-type", TYPES)
    if cells.choice("local-authority-type-name", TYPE_NAMES) != kind:
        cells.refuse("local-authority-type-name", f"the name of the type {kind}")
    if kind not in cells.choice("powers", POWERS):
        cells.refuse("powers", f"the powers of the type {kind}")
    ended_on = cells.day("end-date")
    if cells.choice("current-authority", {"True": True, "False": False}) == bool(ended_on):
        cells.refuse("current-authority", "True without an end date, and False with one")
    return RegisterRow.model_validate(
        {
            "code": cells.matching(CODE, "[A-Z]{3,4}", "NFK"),
            "name": cells.text("official-name"),
            "short_name": cells.text("nice-name"),
            "type": kind,
            "region": cells.choice("region", REGIONS),
            "county": _code(cells, "county-la"),
            "authority": _code(cells, "combined-authority"),
            "gss_code": cells.matching("gss-code", r"E\d{8}", "E10000020"),
            "began_on": beginning(cells, DAY_NUMBERS),
            "ended_on": ended_on,
            "successors": _codes(cells, "replaced-by"),
        }
    )


def convert_other_nation(cells: Cells) -> OtherNationRow | None:
    """Return a body outside England, of which the code and the nation are kept."""
    if cells.choice("nation", NATIONS):
        return None
    return OtherNationRow.model_validate(
        {"code": cells.text(CODE), "nation": cells.choice("nation", OTHER_NATIONS)}
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
    name=SOURCE,
    table="register.csv",
    row=RegisterRow,
    file=REGISTER_FILE,
    key=(CODE,),
    used=USED,
    ignored=IGNORED,
    convert=convert_register,
)
NATION_COLUMNS = frozenset({CODE, "nation"})
OTHERS = TableSource(
    name=SOURCE,
    table="other_nations.csv",
    row=OtherNationRow,
    file=REGISTER_FILE,
    key=(CODE,),
    used=NATION_COLUMNS,
    ignored={column: "only a code is kept" for column in USED - NATION_COLUMNS} | IGNORED,
    convert=convert_other_nation,
)
