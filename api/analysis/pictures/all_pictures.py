"""The table of the pictures, in the order in which they are shown."""

from api.analysis.picture import Picture
from api.analysis.pictures.careers import CAREERS
from api.analysis.pictures.certain_share import CERTAIN_SHARE
from api.analysis.pictures.delays import DELAYS
from api.analysis.pictures.directions import DIRECTIONS
from api.analysis.pictures.grades import GRADES
from api.analysis.pictures.lengths import LENGTHS
from api.analysis.pictures.support import SUPPORT
from api.analysis.pictures.under_way import UNDER_WAY
from ontology.errors import NotFound

_ALL = UNDER_WAY, LENGTHS, DELAYS, GRADES, SUPPORT, CAREERS, DIRECTIONS, CERTAIN_SHARE
PICTURES: dict[str, Picture] = {picture.name: picture for picture in _ALL}
"""Pictures by their names in addresses."""


def find_picture(name: str) -> Picture:
    """Return a picture by its name.

    Raises: NotFound, with the names that there are.
    """
    if name not in PICTURES:
        raise NotFound(f"there is no picture {name!r}", name, list(PICTURES))
    return PICTURES[name]
