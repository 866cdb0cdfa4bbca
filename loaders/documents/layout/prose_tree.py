"""Read running prose as a tree: a report or a newspaper article, paragraph by paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.documents.files.fixed_text import FixedText
from loaders.documents.layout.furniture import Furniture, Line, furniture_of, lines_of
from loaders.documents.layout.numbered_tree import Item, Tree
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import MONTH

_NUMBER = re.compile(r"[#*>\s]*(?P<label>\d{1,3}(?:\.\d{1,3}){0,2})(?P<stop>[.)])?[*\s]+(?=\S)")
_BULLET = re.compile(r"\s*[-–—•·▪◦●○\uf0b7\uf0a7]\s+(?=\S)")
_MARKED_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$)")
_PATTERNS = patterns_beside(__name__)
_KNOWN_HEADING = _PATTERNS["known-heading"]
_RECOMMENDATION = re.compile(
    r"[#*>\s]*(?:key )?recommendation\s*(?P<number>\d{1,2}(?:\.\d{1,2})?)\b[*:.\s–-]*",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\s*(?:\\?\*|†|‡)\s?(?=[a-z])")
_CONTENTS = re.compile(r".*\S(?:\t+|\s*\.{4,}\s*|\s{3,})\d{1,3}\s*")
_CONTENTS_WORD = re.compile(r"[#*\s]*(?:table of )?contents[*\s]*", re.IGNORECASE)
_IMPRINT = _PATTERNS["imprint"]
_ENDED = re.compile(r"[.!?:;][\"'”’)*\]]*\s*$")
_IN_DATE = re.compile(MONTH, re.IGNORECASE)
_SHORT_HEADING = 80
_LARGEST_GAP = 3
"""How many numbers of paragraphs may have been lost in a row."""


@dataclass
class _Paragraphs:
    """The paragraphs of a document while they are read, line by line."""

    text: str
    items: list[Item] = field(default_factory=list)
    number: str = ""
    heading: str = ""
    counted: int = 0
    is_open: bool = False

    def add(self, line: Line, blank: bool, alone: bool) -> None:
        """Add one line.

        In: whether a blank line stands before it, and whether another one stands after it.
        """
        advice = _RECOMMENDATION.match(line.text)
        if advice:
            self.heading = f"Recommendation {advice['number']}"
            self._begin(self.heading, "heading", line.first, line.start + advice.end())
            if advice.end() < len(line.text.rstrip(" *")):
                self._begin(self.heading, "recommendation", line.start + advice.end(), line.end)
            return
        if (
            _MARKED_HEADING.match(line.text)
            or _KNOWN_HEADING.fullmatch(line.words)
            or (blank and alone and self._is_heading(line))
        ):
            self.heading = ""
            self._begin("heading", "heading", line.first, line.end)
            return
        label = self._label(line, blank)
        if label:
            self.number, self.heading = label[0], ""
            self._begin(label[0], "body", label[1], line.end)
        elif _FOOTNOTE.match(line.text):
            self._begin(f"footnote to {self.number}", "footnote", line.first, line.end)
        elif self._goes_on(line, blank):
            self.items[-1].ranges.append((line.first, line.end))
        else:
            self._paragraph(line, alone)

    def _paragraph(self, line: Line, alone: bool) -> None:
        """Begin a paragraph without a number; a short one at the beginning is of the title."""
        bullet = _BULLET.match(line.text)
        start = line.start + bullet.end() if bullet else line.first
        self.counted += 1
        if self.heading:
            self._begin(self.heading, "recommendation", start, line.end)
        elif not self.number and (
            not any(item.section == "heading" for item in self.items[1:])
            or (alone and self.counted < 6 and len(line.words) <= _SHORT_HEADING)
        ):
            self._begin("title" if self.counted < 6 else "front", "title", start, line.end)
        else:
            self._begin(self.number or f"paragraph {self.counted}", "body", start, line.end)

    def _begin(self, label: str, section: str, start: int, end: int) -> None:
        ranges = [(start, end)] if start < end else []
        self.items.append(Item(label, section, label, start, ranges, is_numbered=section == "body"))

    def _goes_on(self, line: Line, blank: bool) -> bool:
        """Return whether a line continues the paragraph before it, also after a page."""
        before = self.items[-1] if self.items else None
        if before is None or not before.ranges or before.section == "heading":
            return False
        if _BULLET.match(line.text):
            return False
        return not blank or (not self._has_ended() and line.words[:1].islower())

    def _has_ended(self) -> bool:
        start, end = self.items[-1].ranges[-1]
        return _ENDED.search(self.text[start:end]) is not None

    def _is_heading(self, line: Line) -> bool:
        """Return whether a line by itself is a heading: short, and no sentence."""
        words = line.words
        return (
            bool(self.items)
            and len(words) <= _SHORT_HEADING
            and words[:1].isupper()
            and not _ENDED.search(words)
            and not words.endswith(",")
            and any(self._length(item) > _SHORT_HEADING for item in self.items)
        )

    def _length(self, item: Item) -> int:
        return sum(end - start for start, end in item.ranges)

    def _label(self, line: Line, blank: bool) -> tuple[str, int] | None:
        """Return the number of a paragraph if it is the one to come, and where its words begin."""
        match = _NUMBER.match(line.text)
        if match is None:
            return None
        new = [int(part) for part in match["label"].split(".")]
        old = [int(part) for part in self.number.split(".")] if self.number else [0]
        after = line.text[match.end() :]
        bare = not match["stop"] and len(new) == 1
        # A bare number can also be the day of a date, or stand within a sentence that was broken.
        if bare and (not after[:1].isupper() or _IN_DATE.match(after)):
            return None
        if bare and not blank and self._goes_on(line, blank) and not self._has_ended():
            return None
        gap = _LARGEST_GAP if match["stop"] or len(new) > 1 else 1
        if not _follows(old, new, gap):
            return None
        return match["label"], line.start + match.end()


def _follows(old: Sequence[int], new: Sequence[int], gap: int) -> bool:
    """Return whether one number of a paragraph can follow another.

    >>> _follows([1, 4], [1, 5], 1), _follows([1, 4], [2, 1], 1), _follows([7], [2016], 3)
    (True, True, False)
    """
    for place, number in enumerate(new):
        before = old[place] if place < len(old) else 0
        if number != before:
            return 0 < number - before <= gap and all(rest <= gap for rest in new[place + 1 :])
    return False


def prose_tree(document: FixedText) -> Tree:
    """Return a document of running prose as a tree of its paragraphs."""
    lines = lines_of(document.text)
    furniture = {piece.start: piece for piece in [*furniture_of(document), *_more(lines)]}
    shown = [line for line in lines if line.words and line.first not in furniture]
    paragraphs = _Paragraphs(document.text)
    ends = [0, *(line.end for line in shown)]
    for index, line in enumerate(shown):
        after = shown[index + 1].start if index + 1 < len(shown) else len(document.text)
        paragraphs.add(
            line,
            _is_blank(document.text[ends[index] : line.start]) or not index,
            _is_blank(document.text[line.end : after]),
        )
    items = [item for item in paragraphs.items if item.ranges]
    return Tree(document, items, [furniture[start] for start in sorted(furniture)])


def _is_blank(between: str) -> bool:
    return len(re.findall(r"\r?\n", between)) > 1 or "\f" in between


def _more(lines: Sequence[Line]) -> Iterator[Furniture]:
    imprint = False
    for number, line in enumerate(lines):
        late = number > len(lines) // 2
        imprint = imprint or (late and _IMPRINT.fullmatch(line.words) is not None)
        if imprint:
            yield Furniture(line.first, line.end, "imprint")
        elif _CONTENTS.fullmatch(line.text) or _CONTENTS_WORD.fullmatch(line.text):
            yield Furniture(line.first, line.end, "contents")


_AROUND = _PATTERNS["around"]
_ENDS = _PATTERNS["ends"]
"""Words after which nothing of the article follows."""

_CAPTION = _PATTERNS["caption"]


def article_tree(document: FixedText) -> Tree:
    """Return an article as a tree of its paragraphs."""
    lines = lines_of(document.text)
    furniture = {piece.start: piece for piece in [*furniture_of(document), *_around(lines)]}
    shown = [line for line in lines if line.words and line.first not in furniture]
    items: list[Item] = []
    paragraphs = 0
    for index, ranges in enumerate(_paragraphs(document.text, shown)):
        words = document.text[ranges[0][0] : ranges[-1][1]]
        later = document.text[ranges[-1][1] :]
        if index == 0:
            items.append(_item("title", "title", ranges))
        elif _CAPTION.search(words) or " ".join(words.split()) in " ".join(later.split()):
            items.append(_item("caption", "caption", ranges))
        else:
            paragraphs += 1
            bullet = _BULLET.match(words)
            if bullet:
                ranges = [(ranges[0][0] + bullet.end(), ranges[0][1]), *ranges[1:]]
            section = "item" if bullet else "recitals"
            items.append(_item(f"paragraph {paragraphs}", section, ranges))
    return Tree(document, items, [furniture[start] for start in sorted(furniture)])


def _item(label: str, section: str, ranges: list[tuple[int, int]]) -> Item:
    return Item(label, section, label, ranges[0][0], ranges)


def _around(lines: Sequence[Line]) -> Iterator[Furniture]:
    over = False
    for number, line in enumerate(lines):
        over = over or (number > len(lines) // 3 and _ENDS.match(line.words) is not None)
        short = len(line.words) < 60 and _AROUND.fullmatch(line.words)
        if over or short:
            yield Furniture(line.first, line.end, "around the article")


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[list[tuple[int, int]]]:
    """Yield the ranges of each paragraph; one that ends no sentence may go on after a break."""
    current: list[tuple[int, int]] = []
    end = 0
    for line in lines:
        blank = text[end : line.start].count("\n") > 1
        ended = not current or _ENDED.search(text[current[-1][0] : current[-1][1]])
        goes_on = current and not _BULLET.match(line.text)
        if goes_on and (not blank or (not ended and line.words[:1].islower())):
            current.append((line.first, line.end))
        else:
            if current:
                yield current
            current = [(line.first, line.end)]
        end = line.end
    if current:
        yield current
