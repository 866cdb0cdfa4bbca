"""Find what may be the label of an item: at the start of a line, and within one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.documents.layout.furniture import Line
from loaders.documents.text.date_parts import MONTH
from loaders.documents.text.labels import LabelReading, label_readings
from loaders.documents.text.numbers import digits
from loaders.documents.text.view import view_of

_BULLET = (
    r"(?:(?:[-–—•·▪◦●○*\uf0b7\uf0a7]|(?:o|\?)(?=\s\s?[A-Za-z]))\s+"
    r"|[-–—•·▪◦●○\uf0b7\uf0a7](?=\(?[a-z0-9]{1,4}[.)]\s))"
)
_LABEL = (
    r"\(\s?(?P<closed>[0-9]{1,3}|[A-Za-z]{1,5})\s?\)"
    r"|[A-H](?P<annexed>\d{1,2})[.):](?=\s+[A-Z])"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3})+)\.?"
    r"(?=\s|(?!m(?:illion)?\b|bn|billion|per|[ap]m)[A-Za-z]{2})"
    r"|(?P<stopped>[0-9A-Za-z]{1,5})(?P<mark>[.)])"
    r"(?:(?=\s|$)|(?<=\d[.)])(?=[A-Z\"'\u201c\u2018][a-z ])"
    r"|(?<=[a-z][.)])(?=[A-Z][a-z]))"
    r"|(?P<parted>\d{1,3}|[a-z])(?:\s[.)]\s*(?=[A-Z][A-Za-z]|[a-z]{2})|\s?,\s*(?=[A-Z][a-z]))"
    r"|(?P<bare>[0-9]{1,3})(?=\s+[A-Z])"
)
_AT_START = re.compile(rf"[#*>\s]*(?P<bullet>{_BULLET})?(?:[*_]*(?:{_LABEL})[*_]*\s*)?")
# takes: "the plan; (b) to report"
# takes: "the plan, and b) to report"
# takes: "the plan.2.Report"
# leaves: "section 15(5) and (6)"
_WITHIN = re.compile(
    r"(?:[;:,.]|[;:,]\s*(?:and|or))\s*"
    r"(?P<label>\(\s?(?P<closed>[0-9]{1,2}|[a-z]{1,4})\s?\)|(?P<stopped>[a-z]{1,4})\)"
    r"|(?:(?<=[;:,])|(?<=[;:,]\s))(?P<dotted>[a-z])\.(?=\s?[a-z]{2})"
    r"|(?<=\.)(?P<number>\d{1,2})\.(?=[A-Z][a-z]))"
    r"\s*(?=[A-Za-z'\"])"
)
# takes: "under section 15"
# takes: "sections 15(5) and"
# leaves: "the Council must report"
_PARTED = re.compile(
    r"\b(?:(?:sub-?)?(?:sections?|paragraphs?)(?:\s+\d+\w*)?|of|under|no\.)\s*$"
    r"|\d\(\w+\)(?:,|\s+and|\s+or)?\s*$",
    re.IGNORECASE,
)
"""Words after which a number at the start of the next line belongs to the sentence."""

_FEWEST_LINES = 8
"""Lines from which on a text can be said to be double spaced."""

_MONTH_AFTER = re.compile(rf"\s*{MONTH}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A line, or the part of one after a label within it.

    In: `content` is where the words begin; a piece with neither label nor bullet is plain text.
    """

    start: int
    content: int
    end: int
    label: str = ""
    form: str = ""
    bullet: bool = False
    blank_before: bool = False
    within: bool = False
    words: str = ""

    @property
    def readings(self) -> list[LabelReading]:
        """Every way to read the label, the likely ones first."""
        found = label_readings(self.label)
        mended = digits(self.label)
        if mended != self.label and mended.isdecimal():
            found += label_readings(mended)
        return found

    @property
    def is_marked(self) -> bool:
        """Whether the piece begins with a label or a bullet."""
        return bool(self.label) or self.bullet


def pieces_of(lines: Sequence[Line], skipped: set[int], text: str) -> list[Piece]:
    """Return the lines as pieces, without those that are furniture.

    In: the starts of the lines that are furniture.
    """
    found: list[Piece] = []
    last_end = 0
    spacing = 2 if _is_double_spaced(lines, text) else 1
    for line in lines:
        if not line.words:
            continue
        between = text[last_end : line.start]
        blank = between.count("\n") > spacing or "\f" in between
        if line.start in skipped:
            continue
        first = _first(line, blank or not found, text[max(0, last_end - 60) : last_end])
        found += [first, *_within(first, text)] if first.content < line.end else [first]
        last_end = line.end
    return [_cut(piece, found, index, text) for index, piece in enumerate(found)]


def _is_double_spaced(lines: Sequence[Line], text: str) -> bool:
    """Return whether a blank line follows each line, so that only two part paragraphs."""
    full = [line for line in lines if line.words]
    gaps = [text[one.end : other.start].count("\n") for one, other in pairwise(full)]
    if len(gaps) < _FEWEST_LINES or gaps.count(1) > len(gaps) / 10 or max(gaps) <= 2:
        return False
    broken = [line for line in full if len(line.words) > 40 and line.words[-1] not in ".;:,"]
    return len(broken) > len(full) / 6


def _first(line: Line, blank: bool, before: str) -> Piece:
    """Return the piece that a whole line is.

    In: the text before it, whose last words may have been parted from a number on this line.
    """
    match = None if not blank and _PARTED.search(before) else _AT_START.match(line.text)
    label = form = ""
    content, bullet = line.first, False
    if match:
        bullet = bool(match["bullet"])
        label = match["closed"] or match["dotted"] or match["stopped"] or match["bare"] or ""
        label = label or match["annexed"] or match["parted"] or ""
        form = "()" if match["closed"] else match["mark"] or ("." if match["parted"] else "")
        content = line.start + match.end()
        if match["bare"] and _MONTH_AFTER.match(line.text, match.end()):
            label, content = "", line.first
        if label and not match["dotted"] and not Piece(0, 0, 0, label).readings:
            label, form = "", ""
            content = line.start + (match.end("bullet") if bullet else 0)
    if not label and not bullet:
        content = line.first
    return Piece(line.first, content, line.end, label, form, bullet, blank)


def _within(first: Piece, text: str) -> Iterator[Piece]:
    """Yield what may be items set on the same line, after a stop."""
    for match in _WITHIN.finditer(text, first.content, first.end):
        label = match["closed"] or match["stopped"] or match["dotted"] or match["number"]
        form = "()" if match["closed"] else ")" if match["stopped"] else "."
        yield Piece(match.start("label"), match.end(), first.end, label, form, within=True)


def _cut(piece: Piece, pieces: Sequence[Piece], index: int, text: str) -> Piece:
    """Return a piece that ends where the next one on its line begins."""
    follower = pieces[index + 1] if index + 1 < len(pieces) else None
    end = follower.start if follower and follower.within else piece.end
    return Piece(
        piece.start,
        min(piece.content, end),
        end,
        piece.label,
        piece.form,
        piece.bullet,
        piece.blank_before,
        piece.within,
        view_of(text, [(min(piece.content, end), end)]).text,
    )
