"""Tell the sections of a document apart: recitals, operative part, signature, annexes."""

import re
from dataclasses import dataclass

from loaders.documents.layout.markers import Piece
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import MONTH

_RECITALS = re.compile(r"\W*(?:whereas|recitals?)\W*", re.IGNORECASE)
_PATTERNS = patterns_beside(__name__)
_OPERATIVE = _PATTERNS["operative"]
# takes (match): "ACCORDINGLY THE SECRETARY OF STATE DIRECTS AS FOLLOWS:"
# leaves (match): "Accordingly the Council must report"
_OPERATIVE_WORDS = re.compile(
    r"\W*(?:now,?\s*therefore\b|(?:now|accordingly),?\s*the (?:first )?secretary of state\b[^.;]*"
    r"\bdirects?\b)",
    re.IGNORECASE,
)
"""Words that begin the operative part though the sentence goes on."""

_DIRECTIONS_HEAD = re.compile(r"\W*(?:the )?directions?\W*", re.IGNORECASE)
# takes (fullmatch): "Dated this 4th day of"
# takes (fullmatch): "4th May"
# leaves (fullmatch): "Dated 4 May 2017"
_UNFINISHED_DATE = re.compile(
    r"(?!.*(?:19|20)\d\d)\W*(?:signed\b.*\bdated?|dated?)\b[\s:._]*(?:this|the|on)?[\s._]*"
    r"(?:\d{1,2}\s?(?:st|nd|rd|th)?)?[\s._]*(?:day)?\s*(?:of)?\s*"
    rf"(?:{MONTH})?[\s,._]*|\W*\d{{1,2}}\s?(?:st|nd|rd|th)?(?:\s+{MONTH})?[\s,]*",
    re.IGNORECASE,
)
_DATE_GOES_ON = re.compile(
    rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th)\b|\d{{1,2}}[\s/.]|day\b|of\b|{MONTH}\b|(?:19|20)\d\d\b).*",
    re.IGNORECASE,
)
"""A date that a page break, a stamp or a narrow column has parted."""

ANNEX = _PATTERNS["annex"]


@dataclass(frozen=True)
class Section:
    """A part of a document, and the label of its words outside numbered items."""

    name: str
    label: str
    prefix: str = ""
    restarts: bool = False

    @property
    def is_annex(self) -> bool:
        """Whether it is an annex."""
        return self.name == "annex"


def section_of(piece: Piece, current: Section, signs: bool, ended: bool) -> Section | None:
    """Return the section that a piece begins, or None if it begins none.

    In: whether the piece begins the signature, and whether the words before it end a sentence.
    """
    words = piece.words
    if signs:
        return Section("signature", "signature")
    if _RECITALS.fullmatch(words):
        return Section("recitals", "recitals")
    directs = current.name == "recitals" and _DIRECTIONS_HEAD.fullmatch(words)
    begins = _OPERATIVE_WORDS.match(words) and not piece.is_marked and ended
    if (directs or begins or _OPERATIVE.fullmatch(words)) and not current.is_annex:
        return Section("operative", "operative")
    annex = ANNEX.fullmatch(words)
    # A sentence that is broken before a capital is no heading.
    apart = ended or piece.blank_before or current.name in {"signature", "title", "annex"}
    if annex is None or not heads(words) or not apart or words.endswith((".", ",", ";")):
        return None
    named = annex["word"].casefold() == "terms of reference"
    if named and current.is_annex:
        return None
    mark = f"-{annex['mark']}" if annex["mark"] else ""
    return Section("annex", f"annex{mark}", f"annex{mark}", True)


def heads(words: str) -> bool:
    """Return whether words begin as a heading does; a broken sentence may begin a line too."""
    return words[:1].isupper() or not words[:1].isalpha()


def goes_on_with_date(before: str, words: str) -> bool:
    """Return whether a line of a signature goes on with a date that the line before begins."""
    return bool(_UNFINISHED_DATE.fullmatch(before) and _DATE_GOES_ON.fullmatch(words))
