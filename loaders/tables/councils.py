"""Read the tables about councils: two registers, the look-ups beside the first, and numbers.

The first register is mySociety's, the second Digital Land's, the numbers are those of Ofsted and of
the department. The second holds a body's last day; here an end is the first day on which the body
no longer exists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data.councils.register import Register, read_register, register_from
from data.councils.rows import (
    AreaCodeRow,
    CouncilFactRow,
    DifferenceRow,
    DigitalLandRow,
    MembershipRow,
    NameRow,
    OtherNationRow,
    ProviderRow,
    RegisterRow,
    StructuralChangeRow,
)
from data.councils.tables import (
    DIFFERENCES_FILE,
    FACTS_FILE,
    CouncilTables,
    read_decided,
    with_added,
)
from data.sources import TableSource, read_source
from data.tables.cells import Cells
from data.tables.table import read_table

_SOURCE = "councils"
_CODE = "local-authority-code"
_ENGLAND = "England"
_OPEN_DATA_COMMUNITIES = "http://opendatacommunities.org/id/"


def _beginning(cells: Cells) -> date | None:
    """Return the day on which a body begins.

    Raises: UnreadableTable for a day into which a spreadsheet has turned a year.
    """
    day, numbers = cells.day("start-date"), cells.mapping.day_numbers
    if day and numbers and numbers[0] <= day <= numbers[1]:
        cells.refuse(
            "start-date",
            "a day, not the number by which a spreadsheet names a year; settle the day, or that it "
            "is not known, in data/decisions/corrections.csv",
        )
    return day


def _convert_register(cells: Cells) -> RegisterRow | None:
    """Return an English body of the register, or nothing for one of another nation."""
    if cells.word("nation") != _ENGLAND:
        return None
    kind = cells.word("local-authority-type")
    if cells.word("local-authority-type-name") != kind:
        cells.refuse("local-authority-type-name", f"the name of the type {kind}")
    if kind not in cells.word("powers").split():
        cells.refuse("powers", f"the powers of the type {kind}")
    ended_on = cells.day("end-date")
    if (cells.word("current-authority") == "True") == bool(ended_on):
        cells.refuse("current-authority", "True without an end date, and False with one")
    return RegisterRow.model_validate(
        {
            "code": cells.matching(_CODE, "[A-Z]{3,5}", "NFK"),
            "name": cells.text("official-name"),
            "short_name": cells.text("nice-name"),
            "type": kind,
            "region": cells.word("region"),
            "county": _code(cells, "county-la"),
            "authority": _code(cells, "combined-authority"),
            "gss_code": cells.matching("gss-code", r"E\d{8}", "E10000020"),
            "began_on": _beginning(cells),
            "ended_on": ended_on,
            "successors": _codes(cells, "replaced-by"),
        }
    )


def _convert_other_nation(cells: Cells) -> OtherNationRow | None:
    """Return a body outside England, of which the code and the nation are kept."""
    nation = cells.word("nation")
    if nation == _ENGLAND:
        return None
    return OtherNationRow.model_validate({"code": cells.text(_CODE), "nation": nation})


def _code(cells: Cells, column: str) -> str | None:
    if cells.optional(column) is None:
        return None
    return cells.matching(column, "[A-Z]{3,5}", "NFK")


def _codes(cells: Cells, column: str) -> list[str]:
    if cells.optional(column) is None:
        return []
    return cells.matching(column, "[A-Z]{3,5}(,[A-Z]{3,5})*", "NNT,WNT").split(",")


REGISTER = TableSource(_SOURCE, "register.csv", RegisterRow, _convert_register)
OTHERS = TableSource(_SOURCE, "other_nations.csv", OtherNationRow, _convert_other_nation)


@dataclass(frozen=True)
class RegisterCodes:
    """Every code of the register: the English ones with their names, and the other nations'."""

    english: Mapping[str, frozenset[str]]
    others: frozenset[str]

    def english_code(self, cells: Cells) -> str | None:
        """Return the code of an English body, or None for a body of another nation."""
        code = cells.text(_CODE)
        if code not in self.english and code not in self.others:
            cells.refuse(_CODE, "a code of the register, such as NFK")
        return code if code in self.english else None


def codes_of(register: Iterable[RegisterRow], others: Iterable[OtherNationRow]) -> RegisterCodes:
    """Return the codes that the look-ups may use."""
    names = {row.code: frozenset(map(str.casefold, (row.name, row.short_name))) for row in register}
    return RegisterCodes(names, frozenset(row.code for row in others))


def names_source(codes: RegisterCodes) -> TableSource[NameRow]:
    """Return how the look-up of names is read.

    A name that a body has in the register, and one corrected to nothing, are left out.
    """

    def convert(cells: Cells) -> NameRow | None:
        code, name = codes.english_code(cells), cells.optional("la-name")
        if code is None or name is None or name.casefold() in codes.english[code]:
            return None
        kind = "spelling" if name == name.lower() else "name"
        return NameRow.model_validate({"code": code, "name": name, "kind": kind})

    return TableSource(_SOURCE, "names.csv", NameRow, convert, distinct_names)


def distinct_names(names: Sequence[NameRow]) -> list[NameRow]:
    """Return the names without those that differ from an earlier one of the body only in case."""
    first: dict[tuple[str, str], NameRow] = {}
    for row in names:
        first.setdefault((row.code, row.name.casefold()), row)
    return list(first.values())


def area_codes_source(codes: RegisterCodes) -> TableSource[AreaCodeRow]:
    """Return how the look-up of area codes is read."""

    def convert(cells: Cells) -> AreaCodeRow | None:
        code = codes.english_code(cells)
        if code is None:
            return None
        gss_code = cells.matching("gss-code", r"E\d{8}", "E10000020")
        return AreaCodeRow.model_validate({"gss_code": gss_code, "code": code})

    return TableSource(_SOURCE, "area_codes.csv", AreaCodeRow, convert)


def _convert_body(cells: Cells) -> DigitalLandRow | None:
    """Return a body; one whose reference is corrected to nothing is left out."""
    cells.word("prefix")
    if cells.optional("reference") is None:
        return None
    cells.word("local-authority-type")
    last_day = cells.day("end-date")
    return DigitalLandRow.model_validate(
        {
            "code": cells.matching("reference", "[A-Z]{3,5}", "NFK"),
            "name": cells.text("name"),
            "region": cells.word("region"),
            "gss_code": cells.matching("statistical-geography", r"E\d{8}", "E10000020"),
            "began_on": _beginning(cells),
            "ended_on": last_day + timedelta(days=1) if last_day else None,
            "wikidata": cells.matching("wikidata", r"Q[1-9]\d*", "Q1135166"),
            "open_data_communities": _open_data_communities(cells),
        }
    )


def _open_data_communities(cells: Cells) -> str | None:
    column = "opendatacommunities-uri"
    if cells.optional(column) is None:
        return None
    pattern = _OPEN_DATA_COMMUNITIES + r"[a-z-]+/[a-z0-9-]+"
    return cells.matching(column, pattern, f"{_OPEN_DATA_COMMUNITIES}county-council/norfolk")


DIGITAL_LAND = TableSource("digital-land", "bodies.csv", DigitalLandRow, _convert_body)


def _convert_provider(cells: Cells) -> ProviderRow:
    cells.word("country")
    return ProviderRow.model_validate(
        {
            "urn": cells.matching("urn", r"\d{5,7}", "80418"),
            "dfe_number": cells.matching("la_code", r"\d{3}", "926"),
            "gss_code": cells.matching("la_code_new", r"E\d{8}", "E10000020"),
            "name": cells.text("local_authority_ons_name"),
        }
    )


PROVIDERS = TableSource("ofsted-providers", "providers.csv", ProviderRow, _convert_provider)


def council_register(data: Path | None = None) -> Register:
    """Return the register of councils.

    In: a folder of publishers' files, which are read in place of our tables.
    Raises: UnreadableTable for a file that cannot be read, or that does not fit the others.
    """
    return read_register() if data is None else register_from(_council_tables(data))


def _council_tables(data: Path) -> CouncilTables:
    """Return the rows of every table about councils, of the publishers' files where they are."""
    register = read_source(REGISTER, data).rows
    codes = codes_of(register, read_source(OTHERS, data).rows)
    return CouncilTables(
        register=with_added(register),
        names=read_source(names_source(codes), data).rows,
        area_codes=read_source(area_codes_source(codes), data).rows,
        digital_land=read_source(DIGITAL_LAND, data).rows,
        providers=read_source(PROVIDERS, data).rows,
        changes=read_table("councils", "structural_changes.csv", StructuralChangeRow),
        facts=read_decided(FACTS_FILE, CouncilFactRow),
        differences=read_decided(DIFFERENCES_FILE, DifferenceRow),
        memberships=read_table("councils", "memberships.csv", MembershipRow),
    )
