"""Read the second register of local authorities, which Digital Land publishes.

It holds a body's last day; here an end is the first day on which the body no longer exists.
"""

from __future__ import annotations

from datetime import date, timedelta

from data.councils.rows import DigitalLandRow
from data.sources import TableSource
from data.tables.cells import Cells
from loaders.tables.cells import beginning
from loaders.tables.local_authorities import TYPES

_SOURCE = "digital-land"
_FILE = "digital_land_local_authority.csv"
_CODE = "reference"

_REGIONS: dict[str, str] = {
    "E12000001": "north-east",
    "E12000002": "north-west",
    "E12000003": "yorkshire-and-the-humber",
    "E12000004": "east-midlands",
    "E12000005": "west-midlands",
    "E12000006": "east-of-england",
    "E12000007": "london",
    "E12000008": "south-east",
    "E12000009": "south-west",
}
# A year such as 1998 typed as a number and shown as a date is a day of the summer of 1905.
_DAY_NUMBERS = (date(1905, 5, 1), date(1905, 7, 31))

_USED = frozenset(
    {
        _CODE,
        "name",
        "region",
        "local-authority-type",
        "statistical-geography",
        "start-date",
        "end-date",
        "wikidata",
        "opendatacommunities-uri",
        "prefix",
    }
)
_IGNORED: dict[str, str] = {
    "addressbase-custodian": "a number of another register",
    "billing-authority": "the number of a billing authority, which says nothing of interventions",
    "combined-authority": "membership is taken from the first register, which has all of it",
    "entity": "the publisher's own number of the row",
    "esd-inventory": "empty",
    "local-authority-district": "the statistical geography once more",
    "local-enterprise-partnership": "empty",
    "local-planning-authority": "a code for planning",
    "local-resilience-forum": "membership of a body that the record does not cover",
    "notes": "empty",
    "organisation": "the reference once more, with its prefix",
    "parliament-thesaurus": "a number of another register",
    "twitter": "an address for the public, not an identifier",
    "website": "an address for the public, not an identifier",
    "wikipedia": "an article, often about the place and not the body",
}
_OPEN_DATA_COMMUNITIES = "http://opendatacommunities.org/id/"


def convert(cells: Cells) -> DigitalLandRow | None:
    """Return a body; one whose reference is corrected to nothing is left out."""
    cells.choice("prefix", {"local-authority": True})
    if cells.optional(_CODE) is None:
        return None
    cells.choice("local-authority-type", TYPES)
    last_day = cells.day("end-date")
    return DigitalLandRow.model_validate(
        {
            "code": cells.matching(_CODE, "[A-Z]{3,4}", "NFK"),
            "name": cells.text("name"),
            "region": cells.choice("region", _REGIONS),
            "gss_code": cells.matching("statistical-geography", r"E\d{8}", "E10000020"),
            "began_on": beginning(cells, _DAY_NUMBERS),
            "ended_on": last_day + timedelta(days=1) if last_day else None,
            "wikidata": cells.matching("wikidata", r"Q[1-9]\d*", "Q1135166"),
            "open_data_communities": _open_data_communities(cells),
        }
    )


def _open_data_communities(cells: Cells) -> str | None:
    """Return the identifier of a body in the department's linked data, or None."""
    column = "opendatacommunities-uri"
    if cells.optional(column) is None:
        return None
    pattern = _OPEN_DATA_COMMUNITIES + r"[a-z-]+/[a-z0-9-]+"
    return cells.matching(column, pattern, f"{_OPEN_DATA_COMMUNITIES}county-council/norfolk")


DIGITAL_LAND = TableSource(
    name=_SOURCE,
    table="bodies.csv",
    row=DigitalLandRow,
    file=_FILE,
    key=(_CODE,),
    used=_USED,
    ignored=_IGNORED,
    convert=convert,
)
