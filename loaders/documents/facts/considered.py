"""Find the papers on which an act rests: what a minister says was considered, with its day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.documents.facts.citations import CitationPlace, CitedDocuments, cite_paper
from loaders.documents.find.dates import DateFound
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_WEIGHS = _PATTERNS["weighs"]
_PAPER = _PATTERNS["paper"]
_TO_ITS_DAY = _PATTERNS["to-its-day"]
_OF_ANOTHER = _PATTERNS["of-another"]
_CAME_OUT = _PATTERNS["came-out"]
_FARTHEST = 160
"""Characters at most between a paper and its day."""

_SECTIONS = "title", "recitals", "operative"


@dataclass(frozen=True)
class PaperConsidered:
    """A document that was considered, and where that is said."""

    block: Block
    place: CitationPlace


def considered_in(reading: DocumentReading, cited: CitedDocuments) -> list[PaperConsidered]:
    """Return the papers that were considered, each once; those not cited before are cited now."""
    found: dict[str, PaperConsidered] = {}
    for block, start, end in _grounds(reading):
        for paper, date in _papers(block, start, end):
            known = [place for place in cited.in_block(block) if place.start <= date.start]
            if not any(date.start < place.end for place in known):
                cite_paper(reading, cited, block, paper, date)
        for place in cited.in_block(block):
            if start <= place.start < end:
                found.setdefault(place.document.slug, PaperConsidered(block, place))
    return list(found.values())


def _grounds(reading: DocumentReading) -> Iterator[tuple[Block, int, int]]:
    """Yield what says what was considered: whole paragraphs, and the items of a list below such."""
    lead: Block | None = None
    for block in reading.section(*_SECTIONS):
        above = " ".join(reading.tree.view(item).text for item in block.item.ancestors())
        weighs = list(_WEIGHS.finditer(block.text))
        listed = lead is not None and block.item.is_numbered
        if listed or _WEIGHS.search(above):
            yield block, 0, len(block.text)
        elif weighs:
            # What is told after "I have considered it" is told of the council.
            yield block, 0, block.sentence_at(weighs[-1].start())[1]
        if weighs and block.text.rstrip().endswith((":", "-")):
            lead = block
        elif not listed:
            lead = None


def _papers(block: Block, start: int, end: int) -> Iterator[tuple[re.Match[str], DateFound]]:
    """Yield each paper of a stretch of words with the nearest day that is said to be its own."""
    nouns = list(_PAPER.finditer(block.text, start, end))
    taken: set[int] = set()
    for date in reversed(block.separate_dates):
        if not start <= date.start < end:
            continue
        noun = _noun_of(block.text, nouns, date)
        if noun is None or noun["act"] or noun.start() in taken:
            continue
        between = block.text[noun.end() : date.start]
        sentence = block.sentence_at(noun.start())
        if not (
            date.start >= sentence[1]
            or len(between) > _FARTHEST
            or ";" in between
            or not _TO_ITS_DAY.search(between)
            or _OF_ANOTHER.search(between)
        ):
            taken.add(noun.start())
            yield noun, date


def _noun_of(text: str, nouns: list[re.Match[str]], date: DateFound) -> re.Match[str] | None:
    """Return the paper that a day may be of: the nearest before it, but no visit that it is on.

    Of "the letter after its visit of 3 May, published on 7 June" the second day is the letter's.
    """
    before = [noun for noun in nouns if noun.end() <= date.start]
    if not before or not before[-1]["event"]:
        return before[-1] if before else None
    papers = [noun for noun in before if not noun["event"] and not noun["act"]]
    if _CAME_OUT.search(text, before[-1].end(), date.start):
        return papers[-1] if papers else before[-1]
    # Of "the report of its inspection of May 2015" the report is the paper.
    return None if any(not noun["event"] for noun in nouns) else before[-1]
