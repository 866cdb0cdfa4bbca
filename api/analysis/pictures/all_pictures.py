"""The table of the pictures, in the order in which they are shown."""

from api.analysis.picture import Picture
from api.analysis.pictures.lengths import LENGTHS
from api.analysis.pictures.under_way import UNDER_WAY
from ontology.errors import NotFound

PICTURES: dict[str, Picture] = {picture.name: picture for picture in (UNDER_WAY, LENGTHS)}
"""Pictures by their names in addresses."""


def find_picture(name: str) -> Picture:
    """Return a picture by its name.

    Raises: NotFound, with the names that there are.
    """
    if name not in PICTURES:
        raise NotFound(f"there is no picture {name!r}", name, list(PICTURES))
    return PICTURES[name]
