"""The numbers that Word prints before paragraphs and does not store in their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from loaders.documents.text.numbers import printed_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of the elements of Word."""

_DEEPEST_LEVEL = 8
"""The deepest level of a list in Word, the first being 0."""

_MOST_STEPS = 12
"""Styles that rest on one another beyond which no document goes; a circle of them ends there."""


def value(element: ElementTree.Element | None, path: str) -> str | None:
    """Return the value of a property of Word, or None where it is not given."""
    child = element.find(path) if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def is_on(properties: ElementTree.Element | None, name: str) -> bool | None:
    """Return whether a property that can be on or off is on; None where it is not given."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    return None if child is None else child.get(f"{W}val", "on") not in {"0", "false", "off"}


class Styles:
    """The styles of a document, each with those that it rests on."""

    def __init__(self, part: ElementTree.Element | None) -> None:
        """Gather them by their identifiers."""
        found = part.iter(f"{W}style") if part is not None else ()
        self.by_id = {style.get(f"{W}styleId") or "": style for style in found}
        self.default = next(
            (
                identifier
                for identifier, style in self.by_id.items()
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in {"1", "true"}
            ),
            "",
        )

    def chain(self, identifier: str | None) -> Iterator[tuple[str, ElementTree.Element]]:
        """Yield a style and those that it rests on, the nearest first."""
        for _ in range(_MOST_STEPS):
            style = self.by_id.get(identifier or "")
            if style is None or identifier is None:
                return
            yield identifier, style
            identifier = value(style, f"{W}basedOn")


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered.

    In: `restarts_after` is the level, from 1, after which it begins anew; 0 for never.
    """

    form: str
    pattern: str
    start: int
    style: str | None
    restarts_after: int | None
    is_legal: bool


def _level(element: ElementTree.Element) -> _Level:
    restart = value(element, f"{W}lvlRestart")
    return _Level(
        value(element, f"{W}numFmt") or "decimal",
        value(element, f"{W}lvlText") or "",
        int(value(element, f"{W}start") or "1"),
        value(element, f"{W}pStyle"),
        int(restart) if restart else None,
        bool(is_on(element, "isLgl")),
    )


def _levels(element: ElementTree.Element) -> dict[int, _Level]:
    return {int(level.get(f"{W}ilvl") or 0): _level(level) for level in element.iter(f"{W}lvl")}


class Numbers:
    """The running numbers of a document's lists.

    Lists that share a definition go on from one another, but where one says its own first number.
    """

    def __init__(self, numbering: ElementTree.Element | None, styles: Styles) -> None:
        """Read how each list is numbered."""
        self.styles = styles
        self.abstract_of: dict[str, str] = {}
        self.levels: dict[str, Mapping[int, _Level]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.begins: dict[tuple[str, int], int] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: ElementTree.Element) -> None:
        abstracts = {
            abstract.get(f"{W}abstractNumId") or "": abstract
            for abstract in numbering.iter(f"{W}abstractNum")
        }
        nums = {num.get(f"{W}numId") or "": num for num in numbering.iter(f"{W}num")}
        for identifier, num in nums.items():
            abstract = value(num, f"{W}abstractNumId") or ""
            for _ in range(_MOST_STEPS):
                link = value(abstracts.get(abstract), f"{W}numStyleLink")
                linked = value(self.styles.by_id.get(link or ""), f"{W}pPr/{W}numPr/{W}numId")
                if linked not in nums:
                    break
                abstract = value(nums[linked], f"{W}abstractNumId") or ""
            self.abstract_of[identifier] = abstract
            levels = _levels(abstracts[abstract]) if abstract in abstracts else {}
            for override in num.iter(f"{W}lvlOverride"):
                depth = int(override.get(f"{W}ilvl") or 0)
                levels |= _levels(override)
                start = value(override, f"{W}startOverride")
                if start is not None and depth in levels:
                    levels[depth] = replace(levels[depth], start=int(start))
                    self.begins[identifier, depth] = int(start)
            self.levels[identifier] = levels

    def _list_of(self, properties: ElementTree.Element | None) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, or those of its style."""
        number = value(properties, f"{W}numPr/{W}numId")
        depth = value(properties, f"{W}numPr/{W}ilvl")
        own_style = value(properties, f"{W}pStyle") or self.styles.default
        by_style = number is None
        for _, style in self.styles.chain(own_style):
            number = number or value(style, f"{W}pPr/{W}numPr/{W}numId")
            depth = depth or value(style, f"{W}pPr/{W}numPr/{W}ilvl")
        levels = self.levels.get(number or "", {})
        if by_style and levels:
            # A level may name the style that it numbers, which then need not name the level.
            tied = [name for name, _ in self.styles.chain(own_style)]
            at = [level for level, form in levels.items() if form.style and form.style in tied]
            nearest = [level for level in at if levels[level].style == own_style]
            depth = (
                str(next(iter([*nearest, *at]), depth or 0)) if depth is None or nearest else depth
            )
        return number or "", int(depth or 0)

    def label(self, properties: ElementTree.Element | None) -> str:
        """Return the label of the next paragraph with these properties; empty for none."""
        number, depth = self._list_of(properties)
        levels = self.levels.get(number, {})
        if depth not in levels:
            return ""
        abstract, level = self.abstract_of[number], levels[depth]
        begin = self.begins.pop((number, depth), None)
        before = self.counts.get((abstract, depth), level.start - 1)
        self.counts[abstract, depth] = begin if begin is not None else before + 1
        for key in [key for key in self.counts if key[0] == abstract and key[1] > depth]:
            after = levels[key[1]].restarts_after if key[1] in levels else None
            if after is None or depth < after:
                del self.counts[key]
        if level.form == "bullet":
            return "•"
        pattern = level.pattern
        for upper in range(min(depth, _DEEPEST_LEVEL) + 1):
            own = levels.get(upper, level)
            count = self.counts.get((abstract, upper), own.start)
            form = "decimal" if level.is_legal else own.form
            pattern = pattern.replace(f"%{upper + 1}", _printed(form, count))
        return pattern.strip()


def _printed(form: str, number: int) -> str:
    if form == "none":
        return ""
    return f"{number:02}" if form == "decimalZero" else printed_number(form, number)
