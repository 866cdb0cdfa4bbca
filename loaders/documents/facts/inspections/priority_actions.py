"""Find the areas for priority action in a letter: what follows their heading, or one sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from loaders.documents.facts.inspections.ofsted_document import InspectionReading
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_HEADING = _PATTERNS["heading"]
_NEXT_HEADING = _PATTERNS["next-heading"]
# takes (match): "\u2022 Review each case"
# takes (match): "2) Review each case"
# leaves (match): "2 cases were reviewed"
_BULLET = re.compile(
    r"[ \t]*(?:[\u2022\u25a0-\u25ff\u2023\u2043\u2713\u27a2\ue000-\uf8ff*o]|-|\u2013|\d{1,2}[.)])"
    r"[ \t]+"
)
_TOLD = re.compile(
    r"(?P<denied>\b(?:no|not|any)\b[^.;]{0,40})?\bareas? for priority action\b", re.IGNORECASE
)
# Words of a sentence that tells of areas set before, or of none.
# takes: "areas for priority action set at the previous visit"
# takes: "the council has now met the areas for priority action"
# leaves: "there are two areas for priority action"
_PAST = re.compile(
    r"\b(?:no|not|previous|previously|last|earlier|were|had)\b"
    r"|\bha(?:s|ve) (?:now |all |been )*(?:met|addressed|dealt)\b"
    r"|\binspection (?:of|in) (?:[A-Z][a-z]+ )?20\d\d"
)
_LONGEST_SECTION = 4000
_SHORT_LINE = 0.75
"""Share of the longest line below which a line ends its paragraph."""
_LINE = re.compile(r"(?<=[\n\f\r])[^\n\f\r]*")
"""A whole line; the end of one with words is no empty line of its own."""

# takes (match): "There are no priority actions after this visit."
# takes (match): "None."
# leaves (match): "There is no oversight of plans"
_NONE = re.compile(
    r"\W*(?:there (?:are|were|is|was) (?:currently |now )?(?:no|not any)"
    r" (?:new |further )?(?:areas?|priority|actions?|such)\b|no (?:areas? for|priority actions?)\b"
    r"|(?:none|nil|n/?a|not applicable)\b(?! of)"
    r"|(?:inspectors|we|ofsted|(?:this|the) visit) (?:have |has |did )?"
    r"(?:not (?:identif|set|find)\w*|(?:identified|set|found|made) no) (?:any )?"
    r"(?:areas? for|priority))",
    re.IGNORECASE,
)


def priority_actions(reading: InspectionReading) -> list[dict[str, Any]]:
    """Return the areas for priority action as findings, for a reviewer to put in words."""
    text, origin = reading.view.fixed, reading.view.origin
    headings = _HEADING.finditer(text)
    places = [item for heading in headings for item in _items(text, heading.end())]
    asked = [
        (start, end)
        for start, end in dict.fromkeys(places or _sentences(text))
        if not text[start:end].rstrip().endswith(":") and not _NONE.match(text[start:end])
    ]
    return [
        {
            "id": f"priority-{number}",
            **reading.place(first, last),
            "kind": "AreaForPriorityAction",
            "summary": f"Area for priority action {number}; a reviewer words it.",
        }
        for number, (start, end) in enumerate(asked, 1)
        if (first := bisect_left(origin, start)) < (last := bisect_left(origin, end))
    ]


def _items(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield the items under a heading: bullets, or paragraphs where there are none."""
    start = end = -1
    bulleted = False
    stop = min(len(text), place + _LONGEST_SECTION)
    for line in _LINE.finditer(text, place, stop):
        words = line[0].strip()
        bullet = _BULLET.match(line[0])
        if not words:
            if start >= 0 and not bulleted and line.start() > end and _is_gap(text, line.end()):
                yield start, end
                start = -1
            continue
        if _NEXT_HEADING.match(words) or _HEADING.fullmatch(line[0]):
            break
        if bullet:
            if bulleted:
                yield start, end
            bulleted = True
            start = line.start() + bullet.end()
        elif start < 0:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
        elif _has_ended(text[start:end], bulleted) and words[0].isupper():
            break
        end = line.start() + len(line[0].rstrip())
    if start >= 0 and end > start and (bulleted or not text[start:end].rstrip().endswith(":")):
        yield start, end


def _is_gap(text: str, end: int) -> bool:
    """Return whether after an empty line another one follows, or nothing."""
    following = text[end : end + 3]
    return "\n" in following or not following.strip(" \t")


def _has_ended(item: str, bulleted: bool) -> bool:
    """Return whether an item is whole: at a full stop, that of a paragraph on a short line."""
    if not item.rstrip().endswith("."):
        return False
    lines = [line for line in re.split(r"[\n\f\r]", item.rstrip()) if line.strip()]
    return bulleted or len(lines[-1].rstrip()) < _SHORT_LINE * max(len(line) for line in lines)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences that set an area for priority action outside any heading."""
    for match in _TOLD.finditer(text):
        begin = max(text.rfind(". ", 0, match.start()), text.rfind("\n\n", 0, match.start())) + 1
        stop = re.compile(r"[.:](?=\s)|\Z").search(text, match.end())
        end = stop.end() if stop else len(text)
        sentence = text[begin:end]
        if match["denied"] or _PAST.search(sentence):
            continue
        start = begin + len(sentence) - len(sentence.lstrip())
        if re.search(r"\b(?:identif|set|is|are|has|have)\w*\b", sentence):
            yield start, end
