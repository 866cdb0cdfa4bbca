"""Tell the sections of a document apart: recitals, operative part, signature, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.item_markers import Piece

RECITALS = re.compile(r"\W*(?:whereas|recitals?)\W*", re.IGNORECASE)
OPERATIVE = re.compile(
    r"\W*(?:now,? therefore\b.{0,30}|(?:it is )?(?:hereby )?directed(?: as follows)?)\W*",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"\W*(?:signed\b.{0,100}|dated?\b(?: this\b|\s*:).{0,60}|dated\s.{0,40}\d{4}.{0,4})",
    re.IGNORECASE,
)
SIGNING_ROLE = re.compile(
    r"\W*(?:an? )?(?:senior civil servant|senior official|deputy director|director[- ]general"
    r"|parliamentary under[- ]secretary|minister of state|minister for|member of the senior civil"
    r")\b.{0,110}",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"\W*(?P<word>annex(?:e|es)?|schedule|appendix|terms of reference)"
    r"(?:\s+(?P<mark>[A-Z]|\d{1,2}))?\s*(?:[:–—-]\s*.{0,110}|\(.{0,80}\)?)?\W*",
    re.IGNORECASE,
)


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
    if RECITALS.fullmatch(words):
        return Section("recitals", "recitals")
    if OPERATIVE.fullmatch(words) and not current.is_annex:
        return Section("operative", "operative")
    annex = ANNEX.fullmatch(words)
    # A sentence that is broken before a capital is no heading.
    apart = ended or piece.blank_before or current.name in {"signature", "title", "annex"}
    if annex is None or not _heads(words) or not apart or words.endswith((".", ",", ";")):
        return None
    named = annex["word"].casefold() == "terms of reference"
    if named and current.is_annex:
        return None
    mark = f"-{annex['mark']}" if annex["mark"] else ""
    return Section("annex", f"annex{mark}", f"annex{mark}", True)


def _heads(words: str) -> bool:
    """Return whether words begin as a heading does; a broken sentence may begin a line too."""
    return words[:1].isupper() or not words[:1].isalpha()


def signature_line(pieces: Sequence[Piece]) -> int:
    """Return which piece begins the signature; -1 if none does.

    The name of the signatory stands on the line before the role.
    """
    # Nobody signs before anything is said; a date on the title page is no signature.
    marked = [index for index, piece in enumerate(pieces) if piece.is_marked]
    first = marked[0] if marked else len(pieces) // 4
    for index, piece in enumerate(pieces):
        if index <= first or piece.is_marked:
            continue
        if SIGNED.fullmatch(piece.words) and piece.words[:1].isupper():
            return index
        if SIGNING_ROLE.fullmatch(piece.words) and len(pieces[index - 1].words) < 60:
            return index - 1 if not pieces[index - 1].is_marked else index
    return -1
