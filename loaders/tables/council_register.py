"""Make the register of councils from the publishers' files, as far as a folder has them."""

from __future__ import annotations

from pathlib import Path

from data.councils.register import Register, read_register, register_from
from data.councils.rows import CouncilFactRow, DifferenceRow, ProviderRow, StructuralChangeRow
from data.councils.tables import DIFFERENCES_FILE, FACTS_FILE, CouncilTables, read_decided
from data.sources import TableSource, read_source
from data.tables.cells import Cells
from data.tables.reading import read_table
from loaders.tables.digital_land import DIGITAL_LAND
from loaders.tables.local_authorities import (
    OTHERS,
    REGISTER,
    area_codes_source,
    codes_of,
    names_source,
)

_SOURCE = "ofsted-providers"
_FILE = "ofsted_provider_lookup.csv"

_USED = frozenset({"urn", "la_code", "la_code_new", "local_authority_ons_name", "country"})
_IGNORED: dict[str, str] = {
    "also_known_as": "three rows, in brackets; the table of names of the register has them",
    "domain": "an address for the public, once of a trust",
    "ltla23nm": "the name of the area once more",
    "ltla23nmw": "empty: names in Welsh",
    "ofsted_ilacs_scrape_la_name": "the department's number once more, where the program needs it",
    "ons_la_type": "the type is taken from the register",
    "ons_population_0-25": "a population: the record is about bodies",
    "region_code": "the region is taken from the register; one cell is empty, one NotKnown",
    "region_name": "the region is taken from the register",
    "rgn22cd": "the region is taken from the register",
    "rgn22nm": "the region is taken from the register",
    "stat_neighbours": "councils alike by statistics, which says nothing of interventions",
    "stat_neighbours_la_code": "councils alike by statistics",
    "stat_neighbours_previous": "councils alike by statistics",
    "utla23nm": "the name of the area once more",
}


def convert(cells: Cells) -> ProviderRow:
    """Return the numbers of one council."""
    cells.choice("country", {"England": True})
    return ProviderRow.model_validate(
        {
            "urn": cells.matching("urn", r"\d{5,7}", "80418"),
            "dfe_number": cells.matching("la_code", r"\d{3}", "926"),
            "gss_code": cells.matching("la_code_new", r"E\d{8}", "E10000020"),
            "name": cells.text("local_authority_ons_name"),
        }
    )


PROVIDERS = TableSource(
    name=_SOURCE,
    table="providers.csv",
    row=ProviderRow,
    file=_FILE,
    key=("urn",),
    used=_USED,
    ignored=_IGNORED,
    convert=convert,
)


def council_register(data: Path | None = None) -> Register:
    """Return the register of councils.

    In: a folder of publishers' files, which are read in place of our tables.
    Raises: UnreadableTable for a file that cannot be read, or that does not fit the others.
    """
    return read_register() if data is None else register_from(council_tables(data))


def council_tables(data: Path) -> CouncilTables:
    """Return the rows of every table about councils, of the publishers' files where they are."""
    register = read_source(REGISTER, data).rows
    codes = codes_of(register, read_source(OTHERS, data).rows)
    return CouncilTables(
        register=register,
        names=read_source(names_source(codes), data).rows,
        area_codes=read_source(area_codes_source(codes), data).rows,
        digital_land=read_source(DIGITAL_LAND, data).rows,
        providers=read_source(PROVIDERS, data).rows,
        changes=read_table("councils", "structural_changes.csv", StructuralChangeRow),
        facts=read_decided(FACTS_FILE, CouncilFactRow),
        differences=read_decided(DIFFERENCES_FILE, DifferenceRow),
    )
