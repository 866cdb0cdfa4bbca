"""Read the table that joins Ofsted's number of a council to the department's and to its area."""

from __future__ import annotations

from data.cells import Cells
from data.council_rows import ProviderRow
from data.sources import TableSource

SOURCE = "ofsted-providers"
FILE = "ofsted_provider_lookup.csv"

USED = frozenset({"urn", "la_code", "la_code_new", "local_authority_ons_name", "country"})
IGNORED: dict[str, str] = {
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
    name=SOURCE,
    table="providers.csv",
    row=ProviderRow,
    file=FILE,
    key=("urn",),
    used=USED,
    ignored=IGNORED,
    convert=convert,
)
