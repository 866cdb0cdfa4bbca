"""The map: a hexagon for each council that answers for children's services, by what is chosen."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

_RADIUS = 17.0
_STEP = _RADIUS * sqrt(3)
_INSIDE = _RADIUS - 1.4
"""A hexagon is smaller than its cell: no neighbour covers its edge."""
_MARGIN = 4.0
_PLACES = "hexagons.toml"
_OUTLINE = ((0, -1), (0.8660, -0.5), (0.8660, 0.5), (0, 1), (-0.8660, 0.5), (-0.8660, -0.5))


@dataclass(frozen=True)
class Told:
    """What the map tells of a council: a state, its words, and the colours and texture of it."""

    state: str
    words: str
    hue: str = ""


@dataclass(frozen=True)
class Hexagon:
    """A council in its place."""

    code: str
    name: str
    x: float
    y: float
    told: Told


@dataclass(frozen=True)
class HexagonMap:
    """The whole map: its size, the outline of a hexagon around its own middle, and the hexagons."""

    width: float
    height: float
    outline: str
    hexagons: list[Hexagon]


@cache
def places() -> Mapping[str, tuple[int, int]]:
    """Return column and row of each council that has a hexagon."""
    text = files(__name__.rpartition(".")[0]).joinpath(_PLACES).read_text(encoding="utf-8")
    return {code: (column, row) for code, (column, row) in tomllib.loads(text).items()}


def hexagon_map(names: Mapping[str, str], told: Mapping[str, Told], otherwise: Told) -> HexagonMap:
    """Return the map.

    In: the names of the councils and what is told of them, by code; what stands where nothing is.
    """
    hexagons = []
    for code, (column, row) in sorted(places().items(), key=lambda place: place[1][::-1]):
        x = _MARGIN + _STEP * (column + 0.5 + (row % 2) / 2)
        y = _MARGIN + _RADIUS * (1 + 1.5 * row)
        one = told.get(code, otherwise)
        hexagons.append(Hexagon(code, names.get(code, code), round(x, 1), round(y, 1), one))
    width = max(one.x for one in hexagons) + _STEP / 2 + _MARGIN
    height = max(one.y for one in hexagons) + _RADIUS + _MARGIN
    points = "L".join(f"{x * _INSIDE:.1f} {y * _INSIDE:.1f}" for x, y in _OUTLINE)
    return HexagonMap(round(width), round(height), f"M{points}z", hexagons)
