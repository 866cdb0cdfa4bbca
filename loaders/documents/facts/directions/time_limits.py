"""Read from when an instrument is in force, and until when.

It is apart from what is revoked because it speaks of the instrument itself: whose beginning or end
a day is depends on the subject of the sentence.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.dates import DateFound
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_CUES = {
    "begins": _PATTERNS["begins"],
    "ends": _PATTERNS["ends"],
    "stands": _PATTERNS["stands"],
}
_PAST_CUES = {"begins": _PATTERNS["began"]}
_UNTIL = _PATTERNS["until"]
_FROM = _PATTERNS["from"]
_AT_ONCE = _PATTERNS["at-once"]
_DAY_AFTER = _PATTERNS["day-after"]
_OWN = _PATTERNS["own"]
_TOLD = _PATTERNS["told"]
_PRONOUN = _PATTERNS["pronoun"]
_OTHER = _PATTERNS["other"]
_POSSIBLE = _PATTERNS["possible"]
_UNTIL_REVOKED = _PATTERNS["until-revoked"]
_AT_HEAD = _PATTERNS["at-head"]
_SAVING = _PATTERNS["saving"]
_APPOINTS = re.compile(r"\b(?:re-?)?(?:appoint|nominat)(?:s|ed|es)\b", re.IGNORECASE)
_SUBJECT_BEFORE = re.compile(
    r"\b(?:(?:this|these|the) (?:directions?|notice)|it|they) (?:\w+ ){0,3}$", re.IGNORECASE
)
_FARTHEST = 90
"""Characters between the words of beginning or ending and the day."""

Fact = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class _Cue:
    kind: str
    start: int
    end: int


def time_limits_of(
    reading: DocumentReading, directions: CitedDirections
) -> dict[str, list[dict[str, Any]]]:
    """Return the first day, the last day and the condition of the end, each as it is said first.

    In: the directions that the document tells of, whose days are not its own.
    """
    limits: dict[str, list[dict[str, Any]]] = {}
    before = ""
    for block in reading.section("title", "recitals", "operative"):
        for start, end in block.sentences():
            for fact, said in _limits(reading, directions, block, (start, end), before):
                known = limits.setdefault(fact, [])
                # A second day of the same kind is left to the reader: one of the two is not meant.
                if all(said.get("date") == other.get("date") for other in known):
                    known.append(said)
            before = block.text[start:end]
    return limits


def _limits(
    reading: DocumentReading,
    directions: CitedDirections,
    block: Block,
    sentence: tuple[int, int],
    before: str,
) -> Iterator[Fact]:
    """Yield what one sentence says of the beginning and the end of the instrument."""
    start, end = sentence
    text = block.text
    saving = _SAVING.match(text, start, end)
    start = saving.end() if saving else start
    if block.section == "title" and not block.item.is_numbered:
        yield from _at_head(block, sentence)
    cues = [
        cue
        for cue in _cues(reading, text, start, end)
        if _is_own(reading, directions, block, (start, cue.start), before)
    ]
    for cue in cues:
        yield from _from_own_day(reading, block, cue)
    for date in block.separate_dates:
        near = [cue for cue in cues if 0 <= date.start - cue.end < _FARTHEST]
        appoints = near and _APPOINTS.search(text, start, near[-1].start)
        if start <= date.start < end and near and not appoints:
            fact = _fact(text, near[-1], date)
            if fact:
                yield fact, time_in(block, date)
    until = _UNTIL_REVOKED.search(text, start, end)
    if until and _is_own(reading, directions, block, (start, until.end("verb")), before):
        subject = _SUBJECT_BEFORE.search(text[: until.start()], start)
        first = subject.start() if subject else until.start()
        stop = re.compile(r"[.;]|$").search(text, until.end())
        yield "end_condition", block.said("until-revoked", first, stop.start() if stop else end)


def _cues(reading: DocumentReading, text: str, start: int, end: int) -> list[_Cue]:
    """Return the words of beginning, ending and lasting in a sentence, in order."""
    patterns = [*_CUES.items(), *(_PAST_CUES.items() if reading.tells else ())]
    found = [
        _Cue(kind, *match.span())
        for kind, pattern in patterns
        for match in pattern.finditer(text, start, end)
        if not _POSSIBLE.search(text, start, match.start())
    ]
    ordered = sorted(found, key=lambda cue: (cue.start, -cue.end))
    # "Ceases to have effect" is one cue, though "have effect" is another by itself.
    return [
        cue
        for number, cue in enumerate(ordered)
        if not any(cue.start < other.end for other in ordered[:number])
    ]


def _fact(text: str, cue: _Cue, date: DateFound) -> str:
    """Return what a day is of which some words tell: the first or the last; empty if neither."""
    between = text[cue.end : date.start]
    if _UNTIL.search(between):
        return "planned_end"
    # Of "from 1 May until 30 June" the second day is a last one, by the words before it.
    if not _FROM.search(between):
        return ""
    return "planned_end" if cue.kind == "ends" else "effective_from"


def _is_own(
    reading: DocumentReading,
    directions: CitedDirections,
    block: Block,
    place: tuple[int, int],
    before: str,
) -> bool:
    """Return whether the subject of words is the instrument itself: the last one named is meant."""
    start, end = place
    own = [match.end() for match in _OWN.finditer(block.text, start, end)]
    if reading.tells:
        own += [match.end() for match in _TOLD.finditer(block.text, start, end)]
    pronoun = _PRONOUN.match(block.text, start, end)
    if not own and pronoun:
        meant = _OWN.search(before) or (reading.tells and _TOLD.search(before))
        own = [pronoun.end()] if meant or not _OTHER.search(before) else []
    if not own:
        return False
    others = [match.start() for match in _OTHER.finditer(block.text, max(own), end)]
    named = directions.mentions_in(block, max(own), end)
    return not others and not named


def _from_own_day(reading: DocumentReading, block: Block, cue: _Cue) -> Iterator[Fact]:
    """Yield the first day of an instrument that counts from its own date, if that is known."""
    if cue.kind == "ends" or reading.day is None:
        return
    for pattern, days, reason in (
        (_DAY_AFTER, 1, "The day after that on which it was signed."),
        (_AT_ONCE, 0, "The day on which it was signed."),
    ):
        own = pattern.match(block.text, cue.end)
        if own:
            day = reading.day + datetime.timedelta(days)
            said = {"date": str(day), "modality": "inferred", "reason": reason}
            yield "effective_from", {**block.place(cue.start, own.end()), **said}
            return


def _at_head(block: Block, sentence: tuple[int, int]) -> Iterator[Fact]:
    """Yield the day that a line at the head gives for coming into force."""
    for date in block.dates:
        within = sentence[0] <= date.start < sentence[1]
        if within and date.is_day and _AT_HEAD.search(block.text[: date.start]):
            yield "effective_from", time_in(block, date)
