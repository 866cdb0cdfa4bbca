"""Find the council that a report or an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from loaders.documents.find.councils import councils_in
from loaders.documents.layout.blocks import Block
from ontology.errors import UnreadableDocument

_TITLE_BLOCKS = 8
_TITLE_WEIGHT = 10


def council_of_prose(blocks: Sequence[Block], day: date | None, name: str) -> str:
    """Return the council that a text is about: in its title, else the one it names most often.

    Raises: UnreadableDocument.
    """
    counts: Counter[str] = Counter()
    # The caption of a picture tells from where somebody comes.
    for number, block in enumerate(block for block in blocks if block.section != "caption"):
        is_title = block.section in {"title", "heading"} and number < _TITLE_BLOCKS
        for council in councils_in(block.view):
            body = council.on(day)
            if body is not None:
                weight = 2 if council.is_full else 1
                counts[body.code] += weight * (_TITLE_WEIGHT if is_title else 1)
    if not counts:
        raise UnreadableDocument(
            f"{name}: no council of the register is named; check the names in the document"
        )
    return max(counts, key=lambda code: counts[code])
