"""Find the councils that a direction is to: one, or several that are named together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from loaders.blocks import Block
from loaders.councils_in_text import CouncilFound, councils_in, likenesses_in
from ontology.errors import UnreadableDocument

JOINED = re.compile(
    r"\s*(?:council|borough|metropolitan|unitary|district|county|city|\s)*"
    r"(?:\([^()]*\)\s*)?(?:,|;|and|&|,\s*and)\s*(?:to\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
PLURAL = re.compile(
    r"\s*(?:county|city|borough|metropolitan|unitary|district|\s)*(?:councils|authorities)\b",
    re.IGNORECASE,
)
JOINER = re.compile(r"\s*(?:and|&)\s*", re.IGNORECASE)

Addressees = Sequence[tuple[Block, CouncilFound]]


def addressed_in(blocks: Sequence[Block], day: date | None, name: str) -> Addressees:
    """Return the councils that a direction is to: in the title, else those first named.

    Raises: UnreadableDocument if no council of the register is named.
    """
    title = [block for block in blocks if block.section == "title"]
    heads = [block for block in title if not block.item.is_numbered]
    for group in (heads, title, blocks):
        for number, block in enumerate(group):
            named = _named_together(block, day)
            if named:
                return [(block, one) for one in named] + _after_and(group[number + 1 :], block, day)
    raise UnreadableDocument(
        f"{name}: no council of the register is named as the one that the direction is to; "
        "check the name in the document"
    )


def _named_together(block: Block, day: date | None) -> list[CouncilFound]:
    """Return the first council that a block names, and those joined to it by commas and and."""
    every = [one for one in councils_in(block.view) if one.on(day)]
    plural = [one for one in every if PLURAL.match(block.text, one.end)]
    for index, first in enumerate(every):
        chain = [first]
        for one in every[index + 1 :]:
            if not JOINED.fullmatch(block.text[chain[-1].end : one.start]):
                break
            chain.append(one)
        if chain[-1] in plural and len(chain) > 1:
            return chain
        full = [one for one in chain if one.is_full]
        if first.is_full:
            return full
    return list(likenesses_in(block.view))[:1]


def _after_and(
    below: Sequence[Block], block: Block, day: date | None
) -> list[tuple[Block, CouncilFound]]:
    """Return the councils on the lines below, where an and on a line of the title adds them."""
    found: list[tuple[Block, CouncilFound]] = []
    joined = re.search(r"(?:\band|&|,)\s*$", block.text, re.IGNORECASE) is not None
    for other in below[:4]:
        begins = re.match(r"\s*(?:and|&)\s+", other.text, re.IGNORECASE) is not None
        if JOINER.fullmatch(other.text):
            joined = True
            continue
        named = _named_together(other, day) if joined or begins else []
        if not named or not named[0].is_full or named[0].start > len("and the council of the "):
            break
        found += [(other, one) for one in named]
        joined = False
    return found
