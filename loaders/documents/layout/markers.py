"""Find what may be the label of an item, and which open list it continues or begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from loaders.documents.layout.furniture import Line
from loaders.documents.text.numbers import MONTH, LabelReading, digits, label_readings
from loaders.documents.text.view import view_of

_SIGNS = "\u2023\u2043\u2219\u2190-\u21ff\u25a0-\u25ff\u2700-\u27bf\uf000-\uf0ff"
"""Arrows, shapes, ticks and signs of fonts that stand before items of a list."""

_BULLET = (
    rf"(?:(?:[-–—•·*{_SIGNS}]|(?:o|\?)(?=\s\s?[A-Za-z]))\s+"
    rf"|[-–—•·{_SIGNS}](?=\(?[a-z0-9]{{1,4}}[.)]\s))"
)
_LABEL = (
    r"[(\[]\s?(?P<closed>[0-9]{1,3}(?!\s?\])|[A-Za-z]{1,5})\s?[)\]]"
    r"|[A-H](?P<annexed>\d{1,2})(?:[.):](?=\s+[A-Z])|(?=\s{2,}[A-Z]))"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3})+)\.?"
    r"(?=\s|(?!m(?:illion)?\b|bn|billion|per|[ap]m)[A-Za-z]{2})"
    r"|(?P<stopped>[0-9A-Za-z]{1,5})(?P<mark>[.)])"
    r"(?:(?=\s|$|[\u2013\u2014-]\s?\()|(?<=\d[.)])(?=[A-Z\"'\u201c\u2018][a-z ])"
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

_NEXT_LEVEL = re.compile(r"[\u2013\u2014-]?\s?\((?P<label>1|a|i)\)\s+(?=\S)")
"""The first label of the level below, on the line of a label, as in 1. (1), 1.-(1) or a) (i)."""

_WITH_NUMBER = re.compile(r"\d{1,2}(?P<letter>[a-h])")
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
        readings = label_readings(self.label)
        mended = digits(self.label)
        if mended != self.label and mended.isdecimal():
            readings += label_readings(mended)
        # 4a is the a of paragraph 4.
        if within := _WITH_NUMBER.fullmatch(self.label):
            readings += label_readings(within["letter"])
        return readings

    @property
    def is_marked(self) -> bool:
        """Whether the piece begins with a label or a bullet."""
        return bool(self.label) or self.bullet


def pieces_of(
    lines: Sequence[Line], skipped: set[int], text: str, is_lined: bool = False
) -> list[Piece]:
    """Return the lines as pieces, without those that are furniture.

    In: the starts of the lines that are furniture, and whether each line is a paragraph.
    """
    pieces: list[Piece] = []
    last_end = 0
    spacing = 2 if _is_double_spaced(lines, text) else 1
    for line in lines:
        if not line.words:
            continue
        between = text[last_end : line.start]
        blank = is_lined or between.count("\n") > spacing or "\f" in between
        if line.start in skipped:
            continue
        first = _first(line, blank or not pieces, text[max(0, last_end - 60) : last_end])
        if second := _NEXT_LEVEL.match(text, first.content, line.end) if first.label else None:
            pieces.append(replace(first, end=first.content))
            first = Piece(second.start(), second.end(), line.end, second["label"], "()")
        pieces += [first, *_within(first, text)] if first.content < line.end else [first]
        last_end = line.end
    return [_cut(piece, pieces, index, text) for index, piece in enumerate(pieces)]


def _is_double_spaced(lines: Sequence[Line], text: str) -> bool:
    """Return whether a blank line follows each line, so that only two part paragraphs."""
    full = [line for line in lines if line.words]
    gaps = [text[line.end : after.start].count("\n") for line, after in pairwise(full)]
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
    path = [level.number for level in takewhile(lambda level: level.style == "arabic", levels)]
    if max(*above, own) > _HIGHEST_OF_PATH:
        return None
    if path[: len(above)] == above:
        before = path[len(above)] if len(path) > len(above) else 0
        return place if 0 < own - before <= _MOST_LOST + 1 else None
    begun = path[:1] or [0]
    follows = above > path and above[0] - begun[0] <= _MOST_LOST + 1 and set(above[1:]) <= {1}
    return place if follows and own == 1 else None


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
    following = next((piece for piece in pieces[index + 1 :] if piece.label), None)
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
