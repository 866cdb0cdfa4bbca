"""Find where a document is signed: words that say so, or a name with an office or a day below all.

It is apart from the sections because a signature is known by several lines together.
"""

import re
from collections.abc import Sequence

from loaders.documents.layout.markers import Piece
from loaders.documents.layout.sections import ANNEX, heads
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import MONTH

_PATTERNS = patterns_beside(__name__)
_SIGNED = _PATTERNS["signed"]
_SIGNING_ROLE = _PATTERNS["signing-role"]
_NAME = _PATTERNS["name"]
_OFFICE = _PATTERNS["office"]
_SALUTATION = _PATTERNS["salutation"]
_NAME_ALONE = re.compile(r"[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]*){1,3}(?:,? [CODM]BE)?")
# takes (fullmatch): "4th May 2017"
# takes (fullmatch): "Dated 4 May 2017"
# leaves (fullmatch): "on 4 May 2017"
_DATE_ALONE = re.compile(
    rf"(?:dated?\W*)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.])\s*,?\s*"
    r"(?:19|20)\d{2}\.?",
    re.IGNORECASE,
)
_LINES_OF_SIGNATURE = 5
"""Lines among which the name, the office and the day of a signature stand."""


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
        if _SIGNED.fullmatch(piece.words) and piece.words[:1].isupper():
            return index - _lines_above(pieces, index)
        named = index > 0 and _may_be_name(pieces[index - 1])
        if _SIGNING_ROLE.fullmatch(piece.words) and (named or piece.blank_before):
            begins = index - 1 if named else index
            above = pieces[begins - 1]
            dated = _DATE_ALONE.fullmatch(above.words) and not above.is_marked
            return begins - 1 if dated else begins
    together = _name_with_office(pieces, first)
    return together if together > 0 else _date_after_all(pieces)


def _lines_above(pieces: Sequence[Piece], index: int) -> int:
    """Return how many lines above the words that sign are the name, and the office below it."""
    above = [pieces[number] for number in (index - 1, index - 2) if number > 0]
    names = [not piece.is_marked and _NAME.fullmatch(piece.words) for piece in above]
    shouted = names[:1] and above[0].words.isupper() and above[0].blank_before
    if shouted and _NAME_ALONE.fullmatch(above[0].words):
        return 1
    office = len(names) > 1 and names[1] and _OFFICE.search(above[0].words)
    return 2 if office and not above[0].words.endswith(".") else 0


def _name_with_office(pieces: Sequence[Piece], first: int) -> int:
    """Return which piece begins lines that are a name with an office or a day, or -1."""
    greeted = [index for index, piece in enumerate(pieces) if _SALUTATION.fullmatch(piece.words)]
    # Before the salutation stands who is written to.
    for index in range(max([first, *greeted]) + 1, len(pieces)):
        if ANNEX.fullmatch(pieces[index].words) and heads(pieces[index].words):
            return -1
        named = None if pieces[index].is_marked else _NAME.fullmatch(pieces[index].words)
        if named is None or (not pieces[index].blank_before and not _is_day(pieces[index - 1])):
            continue
        below = [piece.words for piece in pieces[index + 1 : index + _LINES_OF_SIGNATURE]]
        office = bool(_OFFICE.search(named["rest"] or "")) or bool(
            below and _OFFICE.search(below[0]) and not below[0].endswith(".")
        )
        dated = any(_DATE_ALONE.fullmatch(words) for words in below)
        if office and (dated or _is_day(pieces[index - 1]) or not _goes_on(pieces, index)):
            return index - 1 if _is_day(pieces[index - 1]) else index
    return -1


def _is_day(piece: Piece) -> bool:
    return not piece.is_marked and _DATE_ALONE.fullmatch(piece.words) is not None


def _goes_on(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether numbered items follow, but for those of an annex."""
    for piece in pieces[index:]:
        if ANNEX.fullmatch(piece.words) and heads(piece.words):
            return False
        if piece.is_marked:
            return True
    return False


def _stands_apart(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether a day stands apart, by itself or below the name of who writes."""
    above = pieces[index - 1]
    short = above.blank_before and _may_be_name(above)
    return pieces[index].blank_before or short


def _may_be_name(piece: Piece) -> bool:
    return (
        len(piece.words) < 60
        and not piece.is_marked
        and piece.words[:1].isupper()
        and not piece.words.endswith((".", ":", ";"))
    )


def _date_after_all(pieces: Sequence[Piece]) -> int:
    """Return which piece is a date by itself after the last item before an annex, or -1."""
    dated = -1
    for index, piece in enumerate(pieces):
        if piece.is_marked:
            dated = -1
        elif ANNEX.fullmatch(piece.words) and heads(piece.words) and dated > 0:
            break
        elif dated < 0 and _DATE_ALONE.fullmatch(piece.words) and _stands_apart(pieces, index):
            dated = index
    return dated
