"""Read a newspaper article as a tree: headline, captions, paragraphs, listed items.

What a page puts around an article is left out: advertisements, calls to subscribe, lists of other
articles, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.numbered_tree import Item, Tree
from loaders.page_furniture import Furniture, Line, furniture_of, lines_of
from loaders.prose_tree import BULLET, ENDED
from loaders.text_of_file import FixedText

AROUND = re.compile(
    r"\W*(?:you may (?:also )?(?:want|like)\b.*|most (?:read|popular|shared|commented).*"
    r"|read (?:more|next)\b.*|related (?:articles?|stories|topics|news|content)\b.*"
    r"|advert(?:isement)?"
    r"|share (?:this|on)\b.*|follow us\b.*|sign up\b.*|subscribe\b.*|log ?in\b.*|cookies?\b.*"
    r"|become a (?:supporter|member|subscriber).*|comments?(?: powered by.*| \(\d+\))?"
    r"|join the (?:conversation|discussion).*|newsletters?\b.*|(?:back to )?top"
    r"|more (?:on|from)\b.*"
    r"|promoted stories|recommended (?:for you|stories).*|story continues.*|article continues.*"
    r"|copyright\b.*|all rights reserved.*|(?:facebook|twitter|whatsapp|email|print|linkedin)"
    r"|\d+ (?:comments?|shares?))\W*",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"\W*(?:become a (?:supporter|member|subscriber)|comments? powered by|this newspaper has been"
    r"|(?:please )?support (?:our|local|independent) journalism)\b",
    re.IGNORECASE,
)
"""Words after which nothing of the article follows."""

CAPTION = re.compile(
    r"[-–—(|]\s*(?:credit|picture|photo(?:graph)?|image|pic|source)s?\s*:|^(?:picture|photo|image"
    r"|pictured)\b\s*:?",
    re.IGNORECASE,
)


def article_tree(document: FixedText) -> Tree:
    """Return an article as a tree of its paragraphs."""
    lines = lines_of(document.text)
    furniture = {one.start: one for one in [*furniture_of(document), *_around(lines)]}
    kept = [line for line in lines if line.words and line.first not in furniture]
    items: list[Item] = []
    paragraphs = 0
    for index, ranges in enumerate(_paragraphs(document.text, kept)):
        words = document.text[ranges[0][0] : ranges[-1][1]]
        later = document.text[ranges[-1][1] :]
        if index == 0:
            items.append(_item("title", "title", ranges))
        elif CAPTION.search(words) or " ".join(words.split()) in " ".join(later.split()):
            items.append(_item("caption", "caption", ranges))
        else:
            paragraphs += 1
            bullet = BULLET.match(words)
            if bullet:
                ranges = [(ranges[0][0] + bullet.end(), ranges[0][1]), *ranges[1:]]
            section = "item" if bullet else "recitals"
            items.append(_item(f"paragraph {paragraphs}", section, ranges))
    return Tree(document, items, [furniture[start] for start in sorted(furniture)])


def _item(label: str, section: str, ranges: list[tuple[int, int]]) -> Item:
    """Return a paragraph as an item of a tree."""
    return Item(label, section, label, ranges[0][0], ranges)


def _around(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield what a page puts around an article."""
    over = False
    for number, line in enumerate(lines):
        over = over or (number > len(lines) // 3 and ENDS.match(line.words) is not None)
        short = len(line.words) < 60 and AROUND.fullmatch(line.words)
        if over or short:
            yield Furniture(line.first, line.end, "around the article")


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[list[tuple[int, int]]]:
    """Yield the ranges of each paragraph; one that ends no sentence may go on after a break."""
    current: list[tuple[int, int]] = []
    end = 0
    for line in lines:
        blank = text[end : line.start].count("\n") > 1
        ended = not current or ENDED.search(text[current[-1][0] : current[-1][1]])
        goes_on = current and not BULLET.match(line.text)
        if goes_on and (not blank or (not ended and line.words[:1].islower())):
            current.append((line.first, line.end))
        else:
            if current:
                yield current
            current = [(line.first, line.end)]
        end = line.end
    if current:
        yield current
