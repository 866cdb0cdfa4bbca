"""Decide where a label stands in a tree: which open list it continues, or that it begins one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from loaders.documents.layout.markers import Piece
from loaders.documents.text.labels import LabelReading

_NEAR = 8
_FAR = 24
"""Labels ahead among which the next number of a list is looked for."""

_MOST_LOST = 3
"""Numbers that a list may have lost between two that are printed."""

_CONTINUES, _BEGINS, _SKIPS, _RESTARTS = 10, 8, 4, 1
_AFTER_COLON, _FOLLOWED_NEAR, _FOLLOWED_FAR, _SAME_FORM = 3, 5, 2, 1
_LEAST = 10
"""What speaks for a place, added up; below the least a label is taken for words."""

_HIGHEST_OF_PATH = 99
"""The highest number that a label such as 2.1 holds; beyond it the figures are an amount."""

_TOPMOST = LabelReading("arabic", 1), LabelReading("upper-roman", 1)
"""What the operative part may begin with after recitals that bear capital letters."""

_STYLES_BY_DEPTH = "arabic", "alpha", "roman", "upper-alpha"


@dataclass(frozen=True)
class Level:
    """An open list: the style of its numbers and the last one."""

    style: str
    number: int
    form: str


@dataclass(frozen=True)
class ItemPlace:
    """Where an item stands: its depth, and the list that it continues or begins.

    In: `above` are the numbers of the items around it, where its own label gives them.
    """

    depth: int
    level: Level
    score: int
    is_printed: bool = True
    restart: bool = False
    above: tuple[int, ...] | None = None


def choose(
    pieces: Sequence[Piece], index: int, levels: Sequence[Level], colon: bool
) -> ItemPlace | None:
    """Return the likeliest place of a label, or None if none is likely.

    In: whether the words before end as those before a list do.
    """
    piece = pieces[index]
    if "." in piece.label:
        return _dotted(piece, levels)
    places = [
        place
        for order, reading in enumerate(piece.readings)
        for place in _places(pieces, index, levels, reading, colon, order)
    ]
    best = max(places, key=lambda place: place.score, default=None)
    return best if best is not None and best.score >= _LEAST else None


def _dotted(piece: Piece, levels: Sequence[Level]) -> ItemPlace | None:
    """Return the place of a label that gives its whole path, such as 2.1; 2 may have no words."""
    *above, own = (int(part) for part in piece.label.split("."))
    place = ItemPlace(len(above), Level("arabic", own, "."), _LEAST, above=tuple(above))
    path = [level.number for level in takewhile(_is_arabic, levels)]
    if max(*above, own) > _HIGHEST_OF_PATH:
        return None
    if path[: len(above)] == above:
        before = path[len(above)] if len(path) > len(above) else 0
        return place if 0 < own - before <= _MOST_LOST + 1 else None
    begun = path[:1] or [0]
    follows = above > path and above[0] - begun[0] <= _MOST_LOST + 1 and set(above[1:]) <= {1}
    return place if follows and own == 1 else None


def _is_arabic(level: Level) -> bool:
    """Return whether a list is counted in digits."""
    return level.style == "arabic"


def _places(
    pieces: Sequence[Piece],
    index: int,
    levels: Sequence[Level],
    reading: LabelReading,
    colon: bool,
    order: int,
) -> Iterator[ItemPlace]:
    """Yield each place that one reading of a label may have, with what speaks for it."""
    piece = pieces[index]
    followed = _followed(pieces, index, reading) - order
    new = Level(reading.style, reading.number, piece.form)
    # Within a line only the next number of a list, or the first after a colon, is a label.
    strict = piece.within
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        if level.style != reading.style:
            continue
        ahead = reading.number - level.number
        same = _SAME_FORM if level.form == piece.form else 0
        if ahead == 1:
            yield ItemPlace(depth, new, _CONTINUES + followed + same)
        elif 1 < ahead <= _MOST_LOST + 1 and not strict:
            yield ItemPlace(depth, new, _SKIPS + followed + same + _AFTER_COLON)
    is_open = any(level.style == reading.style and level.form == piece.form for level in levels)
    lead = _AFTER_COLON if colon or not levels else 0
    lettered = bool(levels) and levels[0].style == "upper-alpha" and not colon
    if reading in _TOPMOST and lettered and not strict:
        # Recitals bear capital letters, and the numbers after them begin at the top.
        yield ItemPlace(0, new, _BEGINS + _AFTER_COLON + followed)
    elif reading.number == 1 and not is_open:
        yield ItemPlace(
            len(levels), new, _BEGINS + lead + followed - (strict and not colon) * _LEAST
        )
    elif reading.number in {2, 3} and not is_open and not strict and piece.form:
        yield ItemPlace(len(levels), new, _SKIPS + lead + followed)
    elif reading.number == 1 and is_open and reading.style == "arabic" and not strict:
        yield ItemPlace(0, new, _RESTARTS + lead + followed + _SKIPS, restart=True)


def _followed(pieces: Sequence[Piece], index: int, reading: LabelReading) -> int:
    """Return how much speaks for a reading by the number that comes after it."""
    wanted = LabelReading(reading.style, reading.number + 1)
    seen = 0
    for piece in pieces[index + 1 :]:
        if not piece.label:
            continue
        seen += 1
        if wanted in piece.readings:
            return _FOLLOWED_NEAR if seen <= _NEAR else _FOLLOWED_FAR
        if seen > _FAR:
            break
    return 0


def number_of_bullet(
    pieces: Sequence[Piece], index: int, levels: Sequence[Level], colon: bool
) -> ItemPlace | None:
    """Return the place of an item that has a bullet, or has lost its label.

    The labels around it tell the number that it must have had; with none it is counted.
    """
    following = _next_labelled(pieces, index)
    for reading in following.readings if following else ():
        for depth in range(len(levels) - 1, -1, -1):
            level = levels[depth]
            if level.style == reading.style and reading.number == level.number + 2:
                return ItemPlace(depth, Level(level.style, level.number + 1, level.form), 0, False)
        is_open = any(level.style == reading.style for level in levels)
        if reading.number == 2 and not is_open and following:
            return ItemPlace(len(levels), Level(reading.style, 1, following.form), 0, False)
    if colon or not levels:
        style = _STYLES_BY_DEPTH[min(len(levels), len(_STYLES_BY_DEPTH) - 1)]
        return ItemPlace(len(levels), Level(style, 1, "bullet"), 0, False)
    if levels[-1].form == "bullet":
        level = levels[-1]
        depth = len(levels) - 1
        return ItemPlace(depth, Level(level.style, level.number + 1, "bullet"), 0, False)
    return None


def _next_labelled(pieces: Sequence[Piece], index: int) -> Piece | None:
    """Return the next piece that has a label."""
    return next((piece for piece in pieces[index + 1 :] if piece.label), None)
