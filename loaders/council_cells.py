"""Read the council of a row that gives its register code and the code of its area at that time."""

from __future__ import annotations

from data.cells import Cells
from data.council_bodies import Body
from data.councils import read_register
from ontology.errors import UnknownIdentifier

CODE = "register_code"
AREA = "gss_at_event"


def council_in(cells: Cells) -> Body:
    """Return the council of a row.

    Raises: UnreadableTable for a code that the register does not hold, or another council's area.
    """
    code = cells.matching(CODE, "[A-Z]{3}", "NFK")
    try:
        council = read_register().by_code(code)
    except UnknownIdentifier:
        cells.refuse(CODE, "a council of the register, such as NFK")
    areas = [area.gss_code for area in council.areas]
    if cells.text(AREA) not in areas:
        cells.refuse(AREA, f"an area of {council.name}: {' or '.join(areas)}")
    return council


def upper_tier_council_in(cells: Cells) -> Body:
    """Return the council of a row about children's services, which districts do not have."""
    council = council_in(cells)
    if not council.is_upper_tier:
        cells.refuse(CODE, f"a council with children's services, which {council.name} has not")
    return council
