"""Read which functions pass to others: items of a list, or what a sentence names."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from loaders.documents.clauses.bound import Bound
from loaders.documents.clauses.frames import MIGHT_MOVE
from loaders.documents.layout.blocks import Block
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_NAMED = _PATTERNS["named"]
_LISTED = _PATTERNS["listed"]
_WHOLE = _PATTERNS["whole"]
_PARTED = _PATTERNS["parted"]
_FURTHER = _PATTERNS["further"]
_EXCEPTED = _PATTERNS["excepted"]
_FEWEST_WORDS = 2
"""Words on both sides of an and that parts two functions, and does not join two parts of one."""


def functions_in(bound: Bound) -> Iterator[dict[str, Any]]:
    """Yield the functions that an item gives to others, without what it leaves to the council."""
    block = bound.block
    manner = {"modality": "possible"} if bound.frame == MIGHT_MOVE else {}
    if not bound.is_own:
        # Of a row the longest cell names the function; the others say whose it is, or from when.
        whole: tuple[int, int] = max(
            block.cells, key=lambda cell: cell[1] - cell[0], default=(0, len(block.text))
        )
        edges = [match.span() for match in _FURTHER.finditer(block.text, *whole)]
        starts = [whole[0], *(after for _, after in edges)]
        for start, end in zip(starts, [*(stop for stop, _ in edges), whole[1]], strict=True):
            yield from _said(block, start, end, manner)
        return
    begins = bound.said[1] if bound.said and bound.said[0] is block else 0
    first, last = block.sentence_at(begins)
    excepted = _EXCEPTED.search(block.text, first, last)
    last = excepted.start() if excepted else last
    for pattern in (_LISTED, _NAMED, _WHOLE):
        named = list(pattern.finditer(block.text, first, last))
        for match in named:
            for start, end in _parts(block.text, *match.span("list")):
                yield from _said(block, start, end, manner)
        if named:
            return


def _said(block: Block, start: int, end: int, manner: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield one function by its words, without what is excepted from it."""
    excepted = _EXCEPTED.search(block.text, start, end)
    words = block.text[start : excepted.start() if excepted else end]
    words = re.sub(r"[;,. ]+(?:and|or)?[;,. ]*$", "", words)
    start += len(words) - len(words.lstrip())
    if words.strip():
        yield block.said(words.strip(), start, start + len(words.strip()), **manner)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the functions of a list: at semicolons, and at an and between two whole names."""
    edges = [start]
    for match in _PARTED.finditer(text, start, end):
        before, after = text[edges[-1] : match.start()], text[match.end() : end]
        named = [len(re.findall(r"\w{3,}", re.split(r"[,;]", part)[0])) for part in (before, after)]
        if match["joiner"] is None or min(named) >= _FEWEST_WORDS:
            edges.append(match.end())
    yield from pairwise([*edges, end])
