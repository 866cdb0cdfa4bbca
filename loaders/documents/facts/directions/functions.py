"""Read which functions pass to commissioners: items of a list, or what a sentence names."""

import re
from collections.abc import Iterator
from typing import Any

from loaders.documents.clauses.bound import Bound
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_NAMED = _PATTERNS["named"]
_PARTED = _PATTERNS["parted"]
_EXCEPTED = _PATTERNS["excepted"]


def functions_in(bound: Bound) -> Iterator[dict[str, Any]]:
    """Yield the functions that an item gives to others, without what it leaves to the council."""
    block = bound.block
    if not bound.is_own:
        excepted = _EXCEPTED.search(block.text)
        words = block.text[: excepted.start() if excepted else len(block.text)]
        end = len(re.sub(r"[;,. ]+(?:and|or)?[;,. ]*$", "", words))
        if end:
            yield block.said(block.text[:end], 0, end)
        return
    named = list(_NAMED.finditer(block.text))
    if not named:
        end = len(block.text.rstrip(" ;.,"))
        yield block.said(block.text[:end], 0, end, modality="inferred")
    for match in named:
        place = match.start("list")
        edges = [part.span() for part in _PARTED.finditer(block.text, *match.span("list"))]
        for stop, after in [*edges, (match.end("list"), match.end("list"))]:
            if block.text[place:stop].strip():
                yield block.said(block.text[place:stop].strip(), place, stop)
            place = after
