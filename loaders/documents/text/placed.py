"""Words with their places on a page, as a second reading of its tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words that a page shows at one place.

    Units: points, from the left and from the bottom of the page.
    """

    text: str
    x: float
    y: float
    size: float


Page = tuple[PlacedWords, ...]
"""The words of a page, in the order in which it shows them; empty where places are not known."""
