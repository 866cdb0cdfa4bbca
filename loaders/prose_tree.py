"""Read running prose as a tree: a report or an article, paragraph by paragraph.

Prose has headings and paragraphs in place of nested items; what joins two lines is that the
first one ends no sentence, and what parts them is a heading, a label or a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.month_names import MONTH
from loaders.numbered_tree import Item, Tree
from loaders.page_furniture import Furniture, Line, furniture_of, lines_of
from loaders.text_of_file import FixedText

NUMBER = re.compile(r"[#*>\s]*(?P<label>\d{1,3}(?:\.\d{1,3}){0,2})(?P<stop>[.)])?[*\s]+(?=\S)")
BULLET = re.compile(r"\s*[-–—•·▪◦●○\uf0b7\uf0a7]\s+(?=\S)")
MARKED_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$)")
KNOWN_HEADING = re.compile(
    r"areas? for (?:priority action|improvement)|inspection outcome|executive summary|introduction"
    r"|conclusions?|background|what is it like to be a child .{0,90}|local area partnership details"
    r"|what is the area partnership doing .{0,60}|inspection team|information about the .{0,60}",
    re.IGNORECASE,
)
RECOMMENDATION = re.compile(
    r"[#*>\s]*(?:key )?recommendation\s*(?P<number>\d{1,2}(?:\.\d{1,2})?)\b[*:.\s–-]*",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\s*(?:\\?\*|†|‡)\s?(?=[a-z])")
CONTENTS = re.compile(r".*\S(?:\t+|\s*\.{4,}\s*|\s{3,})\d{1,3}\s*")
CONTENTS_WORD = re.compile(r"[#*\s]*(?:table of )?contents[*\s]*", re.IGNORECASE)
IMPRINT = re.compile(
    r"[#*\s]*(?:this publication \(not including logos\)|© crown copyright|you may re-?use this "
    r"(?:document|information|publication)|to view this licence).*",
    re.IGNORECASE,
)
ENDED = re.compile(r"[.!?:;][\"'”’)*\]]*\s*$")
IN_DATE = re.compile(MONTH, re.IGNORECASE)
SHORT_HEADING = 80
LARGEST_GAP = 3
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
        advice = RECOMMENDATION.match(line.text)
        if advice:
            self.heading = f"Recommendation {advice['number']}"
            self._begin(self.heading, "heading", line.first, line.start + advice.end())
            if advice.end() < len(line.text.rstrip(" *")):
                self._begin(self.heading, "recommendation", line.start + advice.end(), line.end)
            return
        if (
            MARKED_HEADING.match(line.text)
            or KNOWN_HEADING.fullmatch(line.words)
            or (blank and alone and self._is_heading(line))
        ):
            self.heading = ""
            self._begin("heading", "heading", line.first, line.end)
            return
        label = self._label(line, blank)
        if label:
            self.number, self.heading = label[0], ""
            self._begin(label[0], "body", label[1], line.end)
        elif FOOTNOTE.match(line.text):
            self._begin(f"footnote to {self.number}", "footnote", line.first, line.end)
        elif self._goes_on(line, blank):
            self.items[-1].ranges.append((line.first, line.end))
        else:
            self._paragraph(line, alone)

    def _paragraph(self, line: Line, alone: bool) -> None:
        """Begin a paragraph without a number; a short one at the beginning is of the title."""
        bullet = BULLET.match(line.text)
        start = line.start + bullet.end() if bullet else line.first
        self.counted += 1
        if self.heading:
            self._begin(self.heading, "recommendation", start, line.end)
        elif not self.number and (
            not any(one.section == "heading" for one in self.items[1:])
            or (alone and self.counted < 6 and len(line.words) <= SHORT_HEADING)
        ):
            self._begin("title" if self.counted < 6 else "front", "title", start, line.end)
        else:
            self._begin(self.number or f"paragraph {self.counted}", "body", start, line.end)

    def _begin(self, label: str, section: str, start: int, end: int) -> None:
        """Begin an item."""
        ranges = [(start, end)] if start < end else []
        self.items.append(Item(label, section, label, start, ranges, is_numbered=section == "body"))

    def _goes_on(self, line: Line, blank: bool) -> bool:
        """Return whether a line continues the paragraph before it, also after a page."""
        before = self.items[-1] if self.items else None
        if before is None or not before.ranges or before.section == "heading":
            return False
        if BULLET.match(line.text):
            return False
        return not blank or (not self._has_ended() and line.words[:1].islower())

    def _has_ended(self) -> bool:
        """Return whether the last words end a sentence."""
        start, end = self.items[-1].ranges[-1]
        return ENDED.search(self.text[start:end]) is not None

    def _is_heading(self, line: Line) -> bool:
        """Return whether a line by itself is a heading: short, and no sentence."""
        words = line.words
        return (
            bool(self.items)
            and len(words) <= SHORT_HEADING
            and words[:1].isupper()
            and not ENDED.search(words)
            and not words.endswith(",")
            and any(self._length(one) > SHORT_HEADING for one in self.items)
        )

    def _length(self, item: Item) -> int:
        """Return how long an item is."""
        return sum(end - start for start, end in item.ranges)

    def _label(self, line: Line, blank: bool) -> tuple[str, int] | None:
        """Return the number of a paragraph if it is the one to come, and where its words begin."""
        match = NUMBER.match(line.text)
        if match is None:
            return None
        new = [int(part) for part in match["label"].split(".")]
        old = [int(part) for part in self.number.split(".")] if self.number else [0]
        after = line.text[match.end() :]
        bare = not match["stop"] and len(new) == 1
        # A bare number can also be the day of a date, or stand within a sentence that was broken.
        if bare and (not after[:1].isupper() or IN_DATE.match(after)):
            return None
        if bare and not blank and self._goes_on(line, blank) and not self._has_ended():
            return None
        gap = LARGEST_GAP if match["stop"] or len(new) > 1 else 1
        if not _follows(old, new, gap):
            return None
        return match["label"], line.start + match.end()


def _follows(old: Sequence[int], new: Sequence[int], gap: int) -> bool:
    """Return whether one number of a paragraph can follow another.

    >>> _follows([1, 4], [1, 5], 1), _follows([1, 4], [2, 1], 1), _follows([7], [2016], 3)
    (True, True, False)
    """
    for place, one in enumerate(new):
        before = old[place] if place < len(old) else 0
        if one != before:
            return 0 < one - before <= gap and all(rest <= gap for rest in new[place + 1 :])
    return False


def prose_tree(document: FixedText) -> Tree:
    """Return a document of running prose as a tree of its paragraphs."""
    lines = lines_of(document.text)
    furniture = {one.start: one for one in [*furniture_of(document), *_more(lines)]}
    kept = [line for line in lines if line.words and line.first not in furniture]
    found = _Paragraphs(document.text)
    ends = [0, *(line.end for line in kept)]
    for index, line in enumerate(kept):
        after = kept[index + 1].start if index + 1 < len(kept) else len(document.text)
        found.add(
            line,
            _is_blank(document.text[ends[index] : line.start]) or not index,
            _is_blank(document.text[line.end : after]),
        )
    items = [item for item in found.items if item.ranges]
    return Tree(document, items, [furniture[start] for start in sorted(furniture)])


def _is_blank(between: str) -> bool:
    """Return whether the characters between two lines hold a blank line or a new page."""
    return len(re.findall(r"\r?\n", between)) > 1 or "\f" in between


def _more(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield the table of contents, and the imprint at the end."""
    imprint = False
    for number, line in enumerate(lines):
        late = number > len(lines) // 2
        imprint = imprint or (late and IMPRINT.fullmatch(line.words) is not None)
        if imprint:
            yield Furniture(line.first, line.end, "imprint")
        elif CONTENTS.fullmatch(line.text) or CONTENTS_WORD.fullmatch(line.text):
            yield Furniture(line.first, line.end, "contents")
