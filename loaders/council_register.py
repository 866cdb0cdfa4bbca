"""Make the register of councils from the publishers' files, as far as a folder has them."""

from __future__ import annotations

from pathlib import Path

from data.council_rows import CouncilFactRow, DifferenceRow, StructuralChangeRow
from data.council_tables import DIFFERENCES_FILE, FACTS_FILE, CouncilTables, read_decided
from data.councils import Register, read_register, register_from
from data.sources import read_source
from data.tables import read_table
from loaders.digital_land import DIGITAL_LAND
from loaders.local_authorities import OTHERS, REGISTER
from loaders.local_authority_lookups import area_codes_source, codes_of, names_source
from loaders.ofsted_providers import PROVIDERS


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
