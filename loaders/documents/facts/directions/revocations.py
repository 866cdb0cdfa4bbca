"""Read what a direction revokes or replaces, from when it is in force and until when."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.dates import DateFound
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.text import patterns_beside

# The direction stands before these words, and after the words of who revokes it.
_IS_REVOKED = (
    r"(?:is|are|(?:shall|will) be) (?:hereby |also |accordingly )?"
    r"(?:revoked|withdrawn|rescinded)|(?:shall )?ceases? to have effect"
)
# takes: "the Secretary of State hereby revokes the Direction of 3 May"
# leaves: "the Direction is revoked by a later one"
_REVOKES = re.compile(
    r"\b(?:the secretary of state[\w ,]{0,60}? )?(?:hereby )?"
    rf"(?P<verb>revokes?|revoking|withdraws?|rescinds?|(?P<passive>{_IS_REVOKED}))\b(?! by)",
    re.IGNORECASE,
)
_PATTERNS = patterns_beside(__name__)
_REPLACES = _PATTERNS["replaces"]
_NOT_NOW = _PATTERNS["not-now"]
_PART_ONLY = _PATTERNS["part-only"]
_UNTIL_REVOKED = _PATTERNS["until-revoked"]
_UNTIL_DAY = _PATTERNS["until-day"]
_EFFECT = _PATTERNS["effect"]
_OF_SIGNATURE = (
    r"of (?:this|these|the) (?:letter|directions?|signature)"
    r"|(?:on|up)?on which (?:it is|they are) (?:signed|made|given)"
    r"|(?:it is|they are) (?:signed|made|given)"
)
# takes (match): " on the date of this letter"
# leaves (match): " immediately on the appointment"
_FROM_SIGNATURE = re.compile(
    r"(?: (?:(?:from )?today|immediately)\b(?! (?:from|on|after))"
    r"|(?: immediately)? (?:from|on|with effect from)? ?(?:and including )?"
    rf"the (?:date|day) (?:{_OF_SIGNATURE}))",
    re.IGNORECASE,
)
_SUBJECT = _PATTERNS["subject"]
_EARLIER = _PATTERNS["earlier"]
_OWN = re.compile(r"\b(?:this|these) directions?\b", re.IGNORECASE)

_AT_HEAD = _PATTERNS["at-head"]
_ACTS_NOW = _PATTERNS["acts-now"]
_LASTS = _PATTERNS["lasts"]

_ITS_OWN = _PATTERNS["its-own"]
"""How a variation, which directs nothing, says from when it is in force."""

_WITH_EFFECT = re.compile(r"\bwith effect (?:from|on) (?:and including )?$", re.IGNORECASE)
_NEAR = 40
"""Characters between the words of coming into force and the day."""


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
        operative = reading.is_operative(block) or _ITS_OWN.match(block.text) is not None
        if operative or _ACTS_NOW.search(block.text):
            for direction, start, end in _revoked(reading, block, directions):
                own["revokes"].append(block.said(direction, start, end))
                for date in _days_of_effect(block, start):
                    others[direction] = {"ended": [time_in(block, date)]}
        if operative:
            for fact, statement in _own_ends(reading, block, directions):
                own[fact].append(statement)
        elif block.section == "title" and not block.item.is_numbered:
            own["effective_from"] += _at_head(block)
    return DirectionEnds(own, others)


def _own_ends(
    reading: DocumentReading, block: Block, directions: CitedDirections
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what operative words say of the direction's own beginning and end."""
    for statement in _replaced(block, directions):
        yield "replaces", statement
    until = _UNTIL_REVOKED.search(block.text)
    if until and re.search(r"revok|further (?:direction|notice)", until[0], re.IGNORECASE):
        yield "end_condition", block.said("until-revoked", *until.span())
    for date in block.dates:
        fact = _limit(block, date, directions)
        if fact:
            yield fact, time_in(block, date)
    for statement in _from_signature(reading, block):
        yield "effective_from", statement


def _revoked(
    reading: DocumentReading, block: Block, directions: CitedDirections
) -> Iterator[tuple[str, int, int]]:
    """Yield the directions that a block revokes as a whole, with the words that do it."""
    yield from _listed(reading, block, directions)
    for match in _REVOKES.finditer(block.text):
        start, end = block.sentence_at(match.start())
        if _NOT_NOW.search(block.text, start, match.start("verb")):
            continue
        place = (start, match.start()) if match["passive"] else (match.end(), end)
        if _PART_ONLY.search(block.text, *place):
            continue
        meant = directions.mentions_in(block, *place)
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


def _days_of_effect(block: Block, place: int) -> Iterator[DateFound]:
    """Yield the days in a sentence from which a revocation has effect."""
    start, end = block.sentence_at(place)
    for date in block.separate_dates:
        if start <= date.start < end and _WITH_EFFECT.search(block.text[start : date.start]):
            yield date


def _joins(between: str) -> bool:
    """Return whether words between two directions only add the second to the first."""
    return re.search(r"\(|\bas (?:varied|amended)|\bwhich\b|\buntil\b", between) is None


def _replaced(block: Block, directions: CitedDirections) -> Iterator[dict[str, Any]]:
    """Yield the directions that a block says this one stands in place of."""
    for match in _REPLACES.finditer(block.text):
        start, end = block.sentence_at(match.start())
        place = (start, match.start()) if match["passive"] else (match.end(), end)
        if not _PART_ONLY.search(block.text, *place):
            for begin, stop, direction in directions.mentions_in(block, *place)[:1]:
                whole = sorted([match.start(), match.end(), begin, stop])
                whole = whole if match["passive"] else [match.start(), stop]
                yield block.said(f"direction/{direction}", whole[0], whole[-1])


def _limit(block: Block, date: DateFound, directions: CitedDirections) -> str:
    """Return whether a date of a block is the direction's first or last day; empty if neither."""
    start = block.sentence_at(date.start)[0]
    before = block.text[start : date.start]
    own = [match.start() for match in _OWN.finditer(before)]
    # "The first direction is revoked, and this direction has effect from" tells of two.
    before = before[own[-1] :] if own else before
    start += own[-1] if own else 0
    if _LASTS.search(before) and _OWN.search(before):
        return "planned_end"
    other = directions.mentions_in(block, start, date.start) or _EARLIER.search(before)
    if not _SUBJECT.search(before) or (other and not _OWN.search(before)):
        return ""
    # Of several such words the last ones before the date are meant.
    places = [match.start() for match in re.finditer(r"\b\w", before)]
    endings = (_UNTIL_DAY.match(before, place) for place in reversed(places))
    ends = next((match for match in endings if match), None)
    begins = [match.end() for match in _EFFECT.finditer(before)]
    revokes = re.search(
        r"\b(?<!unless )(?<!unless sooner )(?:revok|withdraw|rescind)", before, re.IGNORECASE
    )
    # Of two such words before a date the nearer one is meant.
    until = ends is not None and before.endswith("until ")
    if ends and (until or ends.start() >= max(begins, default=0)):
        return "" if revokes else "planned_end"
    near = begins and len(before) - begins[-1] < _NEAR
    return "effective_from" if near and not ends and not revokes else ""


def _at_head(block: Block) -> Iterator[dict[str, Any]]:
    """Yield the day that a line at the head gives for coming into force."""
    for date in block.dates:
        if date.is_day and _AT_HEAD.search(block.text[: date.start]):
            yield time_in(block, date)


def _from_signature(reading: DocumentReading, block: Block) -> Iterator[dict[str, Any]]:
    """Yield the first day of a direction that counts from its own date, if that is known."""
    for match in _EFFECT.finditer(block.text):
        own = _FROM_SIGNATURE.match(block.text, match.end())
        start = block.sentence_at(match.start())[0]
        revokes = _REVOKES.search(block.text, start, match.start())
        if own and reading.day and not revokes and _SUBJECT.search(block.text[: match.start()]):
            reason = "The day on which it was signed."
            day = {"date": str(reading.day), "modality": "inferred", "reason": reason}
            yield {**block.place(match.start(), own.end()), **day}
