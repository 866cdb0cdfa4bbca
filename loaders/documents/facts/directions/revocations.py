"""Read what a direction revokes or replaces, and from when that is so."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.facts.directions.time_limits import time_limits_of
from loaders.documents.find.dates import DateFound
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_REPLACES = _PATTERNS["replaces"]
_NOT_NOW = _PATTERNS["not-now"]
_PART_ONLY = _PATTERNS["part-only"]

_REVOKES = _PATTERNS["revokes"]
_REVOKED_BEFORE = _PATTERNS["revoked-before"]
_THOSE = _PATTERNS["those"]
_REPLACED = "What this one stands in place of is taken to be at an end."
_WITH_EFFECT = re.compile(r"\bwith effect (?:from|on) (?:and including )?$", re.IGNORECASE)


@dataclass(frozen=True)
class DirectionEnds:
    """What a direction says of beginnings and ends.

    In: `own` are its facts as a record names them; `others` the days from which directions that it
    revokes are at an end, by their identifiers.
    """

    own: dict[str, list[dict[str, Any]]]
    others: dict[str, dict[str, Any]]


def ends_of(reading: DocumentReading, directions: CitedDirections) -> DirectionEnds:
    """Return what the direction revokes, until when it lasts and from when."""
    own: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    others: dict[str, dict[str, Any]] = {}
    for block in reading.section("operative", "recitals", "title"):
        for direction, start, end in _revoked(reading, block, directions):
            own["revokes"].append(block.said(direction, start, end))
            for date in _days_of_effect(block, start):
                others[direction] = {"ended": [time_in(block, date)]}
        for direction, start, end in _replaced(block, directions):
            own["replaces"].append(block.said(_reference(direction), start, end))
            if all(said["value"] != direction for said in own["revokes"]):
                said = block.said(direction, start, end, modality="inferred", note=_REPLACED)
                own["revokes"].append(said)
    limits = time_limits_of(reading, directions)
    return DirectionEnds({**own, **limits}, others)


def _reference(act: str) -> str:
    """Return the reference of a direction or notice; a number by itself is that of a direction."""
    return act if "/" in act else f"direction/{act}"


def _revoked(
    reading: DocumentReading, block: Block, directions: CitedDirections
) -> Iterator[tuple[str, int, int]]:
    """Yield the directions that a block revokes as a whole, with the words that do it."""
    yield from _listed(reading, block, directions)
    told = _REVOKED_BEFORE.finditer(block.text) if reading.tells else ()
    for match in (*_REVOKES.finditer(block.text), *told):
        start, end = block.sentence_at(match.start())
        if _NOT_NOW.search(block.text, start, match.start("verb")):
            continue
        place = (start, match.start()) if match["passive"] else (match.end(), end)
        if _PART_ONLY.search(block.text, *place):
            continue
        meant = directions.mentions_in(block, *place) or _those(block, place, directions)
        for number, (begin, stop, direction) in enumerate(meant):
            # A second date behind a bracket is that of a change to the first direction.
            if number and not _joins(block.text[meant[number - 1][1] : begin]):
                break
            whole = (begin, match.end()) if match["passive"] else (match.start(), stop)
            yield direction, *whole


def _listed(
    reading: DocumentReading, block: Block, directions: CitedDirections
) -> Iterator[tuple[str, int, int]]:
    """Yield the directions of an item in a list that words above it revoke."""
    parent = block.item.parent
    for above in [reading.tree.view(parent).text] if parent is not None else []:
        match = next(reversed(list(_REVOKES.finditer(above))), None)
        if match is None or match["passive"] or not re.search(r"[:-]\s*$", above[match.end() :]):
            continue
        if _NOT_NOW.search(above[: match.start("verb")]) or _PART_ONLY.search(block.text):
            continue
        for begin, stop, direction in directions.mentions_in(block, 0, len(block.text)):
            yield direction, begin, stop


def _those(
    block: Block, place: tuple[int, int], directions: CitedDirections
) -> list[tuple[int, int, str]]:
    """Return the directions that "those Directions" means: the last ones told of before."""
    those = _THOSE.search(block.text, *place)
    before = [known for known in directions.found if known.block.start <= block.start]
    return [(*those.span(), before[-1].name)] if those and before else []


def _days_of_effect(block: Block, place: int) -> Iterator[DateFound]:
    """Yield the days in a sentence from which a revocation has effect."""
    start, end = block.sentence_at(place)
    for date in block.separate_dates:
        if start <= date.start < end and _WITH_EFFECT.search(block.text[start : date.start]):
            yield date


def _joins(between: str) -> bool:
    """Return whether words between two directions only add the second to the first."""
    return re.search(r"\(|\bas (?:varied|amended)|\bwhich\b|\buntil\b", between) is None


def _replaced(block: Block, directions: CitedDirections) -> Iterator[tuple[str, int, int]]:
    """Yield the directions that a block says this one stands in place of."""
    for match in _REPLACES.finditer(block.text):
        start, end = block.sentence_at(match.start())
        place = (start, match.start()) if match["passive"] else (match.end(), end)
        if _PART_ONLY.search(block.text, *place) or _NOT_NOW.search(
            block.text, start, match.start()
        ):
            continue
        meant = directions.mentions_in(block, *place)
        for number, (begin, stop, direction) in enumerate(meant):
            if number and not _joins(block.text[meant[number - 1][1] : begin]):
                break
            places = (match.start(), match.end(), begin, stop)
            yield direction, min(places), max(places)
