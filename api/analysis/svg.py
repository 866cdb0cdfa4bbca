"""A drawing as SVG: marks in the colours of the palette, every text escaped."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from api.analysis.palette import COLOURS, Texture, Tone

_NAMESPACE = "http://www.w3.org/2000/svg"
FONT_FAMILY = "Inter, Arial, Helvetica, sans-serif"
_TEXT_PX = 12
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Anchor = Literal["start", "middle", "end"]


def written(number: float) -> str:
    """Return a length for an attribute, with at most one digit behind the point.

    >>> written(12.0), written(3.14159)
    ('12', '3.1')
    """
    return f"{number:.1f}".removesuffix(".0")


def text_width(text: str, size_px: float = _TEXT_PX) -> float:
    """Return about how wide a text is; layouts leave room for wider fonts.

    Units: pixels.
    """
    return len(text) * size_px * 0.56


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold.

    >>> printable("Slough" + chr(0))
    'Slough'
    """
    return _NOT_IN_XML.sub("", text)


@dataclass
class Drawing:
    """Marks on paper of a width; the height is set when all have been made.

    In: `name` tells the patterns of several drawings on one page apart; `words` is the text that
    stands for the drawing where it cannot be seen.
    """

    name: str
    words: str
    width: float
    height: float = 0
    _marks: ElementTree.Element = field(default_factory=lambda: ElementTree.Element("g"))
    _patterns: set[tuple[Tone, Texture]] = field(default_factory=set)

    def area(
        self, path: str, tone: Tone, texture: Texture = Texture.SOLID, title: str = ""
    ) -> None:
        """Fill a path; what is not sure has an outline too, so that its edge can be seen."""
        mark = self._mark("path", title, d=path)
        self._fill(mark, tone, texture)

    def bar(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        tone: Tone,
        texture: Texture = Texture.SOLID,
        title: str = "",
    ) -> None:
        """Fill a rectangle."""
        sides = {"x": x, "y": y, "width": max(width, 0.5), "height": height}
        mark = self._mark("rect", title, **{key: written(side) for key, side in sides.items()})
        self._fill(mark, tone, texture)

    def line(
        self, x: float, y: float, to_x: float, to_y: float, tone: Tone = Tone.RULE, width: float = 1
    ) -> None:
        """Draw a straight line."""
        ends = {"x1": x, "y1": y, "x2": to_x, "y2": to_y}
        mark = self._mark("line", "", **{key: written(end) for key, end in ends.items()})
        mark.set("stroke", COLOURS[tone])
        mark.set("stroke-width", written(width))
        mark.set("class", f"stroke-{tone}")

    def dot(
        self,
        x: float,
        y: float,
        radius: float,
        tone: Tone,
        *,
        is_hollow: bool = False,
        title: str = "",
    ) -> None:
        """Draw a dot; a hollow one stands for what is not sure."""
        places = {"cx": x, "cy": y, "r": radius}
        mark = self._mark("circle", title, **{key: written(one) for key, one in places.items()})
        inside = Tone.PAPER if is_hollow else tone
        mark.set("fill", COLOURS[inside])
        mark.set("stroke", COLOURS[tone])
        mark.set("stroke-width", "1.5")
        mark.set("class", f"fill-{inside} stroke-{tone}")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: Anchor = "start",
        tone: Tone = Tone.INK,
        size_px: int = _TEXT_PX,
        is_bold: bool = False,
    ) -> None:
        """Write words with their baseline at a height."""
        mark = self._mark("text", "", x=written(x), y=written(y))
        mark.text = printable(words)
        mark.set("fill", COLOURS[tone])
        mark.set("class", f"fill-{tone}")
        if anchor != "start":
            mark.set("text-anchor", anchor)
        if size_px != _TEXT_PX:
            # The class keeps the size where a style sheet has one for all texts.
            mark.set("font-size", str(size_px))
            mark.set("class", f"fill-{tone} px-{size_px}")
        if is_bold:
            mark.set("font-weight", "600")

    def place(self, other: "Drawing", y: float, x: float = 0) -> None:
        """Set another drawing below what is there."""
        group = ElementTree.SubElement(self._marks, "g")
        group.set("transform", f"translate({written(x)} {written(y)})")
        group.extend(list(other._marks))
        self._patterns |= other._patterns

    def svg(self) -> str:
        """Return the drawing as SVG.

        Guarantee: the same marks give the same bytes; no text can leave its element.
        """
        size = {"width": written(self.width), "height": written(self.height)}
        root = ElementTree.Element("svg", {"xmlns": _NAMESPACE, **size})
        root.set("viewBox", f"0 0 {size['width']} {size['height']}")
        root.set("role", "img")
        root.set("aria-label", printable(self.words))
        root.set("font-family", FONT_FAMILY)
        root.set("font-size", str(_TEXT_PX))
        if self._patterns:
            self._define(ElementTree.SubElement(root, "defs"))
        paper = ElementTree.SubElement(root, "rect", {"width": "100%", "height": "100%"})
        paper.set("fill", COLOURS[Tone.PAPER])
        paper.set("class", f"fill-{Tone.PAPER}")
        root.extend(list(self._marks))
        return ElementTree.tostring(root, encoding="unicode")

    def _mark(self, tag: str, title: str, **attributes: str) -> ElementTree.Element:
        mark = ElementTree.SubElement(self._marks, tag, attributes)
        if title:
            ElementTree.SubElement(mark, "title").text = printable(title)
        return mark

    def _fill(self, mark: ElementTree.Element, tone: Tone, texture: Texture) -> None:
        if texture is Texture.SOLID:
            mark.set("fill", COLOURS[tone])
            mark.set("class", f"fill-{tone}")
            return
        self._patterns.add((tone, texture))
        mark.set("fill", f"url(#{self._pattern(tone, texture)})")
        mark.set("stroke", COLOURS[tone])
        mark.set("stroke-width", "0.8")
        mark.set("class", f"stroke-{tone}")

    def _pattern(self, tone: Tone, texture: Texture) -> str:
        return f"{self.name}-{texture}-{tone}"

    def _define(self, definitions: ElementTree.Element) -> None:
        for tone, texture in sorted(self._patterns):
            side = "5" if texture is Texture.HATCHED else "4"
            pattern = ElementTree.SubElement(
                definitions,
                "pattern",
                {
                    "id": self._pattern(tone, texture),
                    "width": side,
                    "height": side,
                    "patternUnits": "userSpaceOnUse",
                },
            )
            if texture is Texture.HATCHED:
                pattern.set("patternTransform", "rotate(45)")
                shape = {"x": "0", "y": "0", "width": "1.8", "height": "5"}
                ElementTree.SubElement(pattern, "rect", shape | _solid(tone))
            else:
                shape = {"cx": "2", "cy": "2", "r": "0.8"}
                ElementTree.SubElement(pattern, "circle", shape | _solid(tone))


def _solid(tone: Tone) -> dict[str, str]:
    return {"fill": COLOURS[tone], "class": f"fill-{tone}"}


def steps(xs: Iterable[tuple[float, float]], lower: list[float], upper: list[float]) -> str:
    """Return the path of a band of steps.

    In: begin and end of each step from left to right; the lower and the upper edge of each.
    """
    spans = list(xs)
    there = [
        f"{written(x)} {written(y)} {written(to_x)} {written(y)}"
        for (x, to_x), y in zip(spans, upper, strict=True)
    ]
    back = [
        f"{written(to_x)} {written(y)} {written(x)} {written(y)}"
        for (x, to_x), y in reversed(list(zip(spans, lower, strict=True)))
    ]
    return "M" + " L".join([*there, *back]) + "Z"
