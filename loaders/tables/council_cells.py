"""Read the cells that say which council a row is about, of publishers' tables and of ours."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from data.councils.bodies import Body
from data.councils.register import read_register
from data.tables.cells import Cells
from data.tables.table import Text
from ontology.errors import UnknownIdentifier

_CODE = "register_code"
_AREA = "gss_at_event"


def council_in(cells: Cells) -> Body:
    """Return the council of a row.

    Raises: UnreadableTable for a code that the register does not hold, or another council's area.
    """
    code = cells.matching(_CODE, "[A-Z]{3}", "NFK")
    try:
        council = read_register().by_code(code)
    except UnknownIdentifier:
        cells.refuse(_CODE, "a council of the register, such as NFK")
    areas = [area.gss_code for area in council.areas]
    if cells.text(_AREA) not in areas:
        cells.refuse(_AREA, f"an area of {council.name}: {' or '.join(areas)}")
    return council


def _council_of(code: object) -> Body:
    """Return the council of a row of our own tables.

    Raises: ValueError, saying what is expected, for a code that the register does not hold.
    """
    try:
        return read_register().by_code(str(code))
    except UnknownIdentifier:
        raise ValueError("expected a council of the register, such as NFK") from None


def _own_area(gss_code: str, info: ValidationInfo) -> str:
    """Return the code of an area if it is one of the council of the same row."""
    council = _council_of(info.data.get("council"))
    areas = [area.gss_code for area in council.areas]
    if gss_code not in areas:
        raise ValueError(f"expected an area of {council.name}: {' or '.join(areas)}")
    return gss_code


def _own_urn(urn: str, info: ValidationInfo) -> str:
    """Return the inspectorate's number if it is one of the council of the same row."""
    council = _council_of(info.data.get("council"))
    if urn not in council.ofsted_urns:
        numbers = " or ".join(council.ofsted_urns) or "none is known"
        raise ValueError(f"expected the number of {council.name} at Ofsted: {numbers}")
    return urn


def _own_name(name: str, info: ValidationInfo) -> str:
    """Return a name if it is not that of another council than the one of the same row."""
    council = _council_of(info.data.get("council"))
    if other := read_register().another(name, council):
        raise ValueError(f"expected a name of {council.name}; this is {other.name}")
    return name


OwnArea = Annotated[str, Field(pattern=r"^E\d{8}$"), AfterValidator(_own_area)]
"""The code of an area, in a row with the code of its council."""

OwnName = Annotated[Text, AfterValidator(_own_name)]
"""A council's name as printed, in a row with the code of the council."""

OwnUrn = Annotated[str, Field(pattern=r"^\d{5,7}$"), AfterValidator(_own_urn)]
"""The number of a council at Ofsted, in a row with the code of the council."""


def upper_tier_council_in(cells: Cells) -> Body:
    """Return the council of a row about children's services, which districts do not have."""
    council = council_in(cells)
    if not council.is_upper_tier:
        cells.refuse(_CODE, f"a council with children's services, which {council.name} has not")
    return council
