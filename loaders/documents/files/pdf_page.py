"""Read one page of a PDF: its words, what is written over them, and what is struck out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

from loaders.documents.files.marks import SUPERSCRIPTS, aside, text_and_asides, unmarked
from loaders.documents.text.placed import Page, PlacedWords

_SMALL = 0.86
"""Size of raised digits beside that of the words before them, at most."""

_MARK = re.compile(r"\d{1,2}\s*")
_NOT_SEEN = 0b100010
"""Flags of an annotation that no viewer shows."""

_STRIKE_FROM, _STRIKE_TO = 0.15, 0.5
"""Where a line through words runs, above their base line, in parts of their size."""

_NUMBERS_OF = {b"m": 2, b"l": 2, b"re": 4}
"""The operators by which a page draws lines, and how many numbers each takes."""

_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What an annotation that is not as it should be raises."""

_THICKEST_LINE = 2.5
_SHORTEST_LINE = 8.0
"""Thickness and length of a line through words. Units: points."""


@dataclass
class _Piece:
    """Words that the page shows with one movement, and where. Units: points."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class _Box:
    """A part of the page. Units: points."""

    left: float
    low: float
    right: float
    high: float


def _box(numbers: Sequence[Any]) -> _Box:
    xs, ys = [float(x) for x in numbers[::2]], [float(y) for y in numbers[1::2]]
    return _Box(min(xs), min(ys), max(xs), max(ys))


def _placed(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass
class _Gathered:
    """What the operators of a page have shown so far."""

    pieces: list[_Piece] = field(default_factory=list)
    lines: list[_Box] = field(default_factory=list)
    at: tuple[float, float] = (0.0, 0.0)

    def words(self, text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        """Take words as they are shown."""
        x, y = _placed(cm, tm[4], tm[5])
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2])
        self.pieces.append(_Piece(unmarked(text), x, y, size * scale))

    def operator(self, name: bytes, operands: Any, cm: list[float], _tm: Any) -> None:
        """Take a thin line, which may run through words."""
        needed = _NUMBERS_OF.get(name)
        if needed is None or len(operands) != needed:
            return
        try:
            numbers = [float(number) for number in operands]
        except (TypeError, ValueError):
            return
        place = _placed(cm, numbers[0], numbers[1])
        if name == b"m":
            self.at = place
            return
        other = self.at if name == b"l" else _placed(cm, sum(numbers[::2]), sum(numbers[1::2]))
        line = _box([*place, *other])
        self.at = place
        if line.high - line.low <= _THICKEST_LINE and line.right - line.left >= _SHORTEST_LINE:
            self.lines.append(line)


def page_text(page: PageObject, pictures: set[object]) -> tuple[str, Page]:
    """Return the text of a page, with marks around what does not stand or is not read.

    In: the pictures of earlier pages, to which those of this one are added.
    Out: the words with their places, too, as far as they are words of the document.
    """
    gathered = _Gathered()
    whole = page.extract_text(visitor_text=gathered.words, visitor_operand_before=gathered.operator)
    pieces = [piece for piece in gathered.pieces if piece.text]
    told = "".join(piece.text for piece in pieces)
    if told != unmarked(whole):
        # Then the places of the words are not known; what lies over them is put at the end.
        pieces = [_Piece(unmarked(whole), 0.0, 0.0, 0.0)]
    _raise_marks(pieces)
    struck = [_middle(line) for line in gathered.lines]
    for annotation in _annotations(page):
        try:
            if annotation.get("/Subtype") == "/StrikeOut":
                struck += _quads(annotation)
            elif words := _words_of(annotation):
                _put(pieces, words, _box(_numbers(annotation, "/Rect")))
        except _FAULTS as error:
            fault = aside("a note on the page", f"broken: {error}")
            pieces.append(_Piece(fault, 0.0, 0.0, 0.0))
    for piece in pieces:
        if piece.text.strip() and any(_is_through(line, piece) for line in struck):
            ending = piece.text[len(piece.text.rstrip()) :]
            piece.text = aside("struck out", piece.text) + ending
    new = [key for key in _pictures(page) if key not in pictures]
    pictures.update(new)
    text = "".join(piece.text for piece in pieces) + (aside("a picture") if new else "")
    placed = (
        PlacedWords(text_and_asides(piece.text)[0], piece.x, piece.y, piece.size)
        for piece in pieces
        if piece.size and piece.text.strip()
    )
    return text, tuple(placed)


def _raise_marks(pieces: Sequence[_Piece]) -> None:
    """Make small digits that follow words at once raised ones: they are marks of notes."""
    before: _Piece | None = None
    for piece in pieces:
        follows = before is not None and bool(before.text) and not before.text[-1].isspace()
        if before and follows and _MARK.fullmatch(piece.text) and piece.size < _SMALL * before.size:
            piece.text = piece.text.translate(SUPERSCRIPTS)
        else:
            before = piece


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    """Yield what a viewer shows over the words of a page."""
    listed = page.get("/Annots")
    found = listed.get_object() if listed is not None else ()
    for each in found if isinstance(found, ArrayObject) else ():
        annotation = each.get_object()
        if isinstance(annotation, DictionaryObject) and "/Rect" in annotation:
            flags = annotation.get("/F", 0)
            if not (isinstance(flags, int) and flags & _NOT_SEEN):
                yield annotation


def _inherited(annotation: DictionaryObject, key: str) -> Any:
    parent = annotation.get("/Parent")
    value = annotation.get(key)
    if value is None and parent is not None:
        value = parent.get_object().get(key)
    return value.get_object() if value is not None else None


def _words_of(annotation: DictionaryObject) -> str:
    """Return what an annotation writes on the page, or the mark of one that is not read."""
    kind = annotation.get("/Subtype")
    if kind == "/FreeText":
        return unmarked(str(annotation.get("/Contents") or ""))
    if kind in {"/Stamp", "/Ink"}:
        return aside("a note on the page", unmarked(str(annotation.get("/Contents") or "drawn")))
    if kind != "/Widget":
        return ""
    form, value = _inherited(annotation, "/FT"), _inherited(annotation, "/V")
    if form == "/Sig" and value is not None:
        return aside("a field", "signed with a certificate")
    written = form in {"/Tx", "/Ch"} and value is not None and not isinstance(value, ArrayObject)
    return unmarked(str(value)).strip() if written else ""


def _numbers(annotation: DictionaryObject, key: str) -> list[float]:
    numbers: Any = annotation[key].get_object()
    return [float(number) for number in numbers]


def _put(pieces: list[_Piece], words: str, box: _Box) -> None:
    """Put words that lie over a page behind those that they follow on their line."""
    beside = [
        piece
        for piece in pieces
        if piece.text.strip() and piece.x <= box.left + 1 and box.low - 3 <= piece.y <= box.high + 1
    ]
    if not beside:
        pieces.append(_Piece(f"\n{words}\n", box.left, box.low, 0.0))
        return
    last = max(beside, key=lambda piece: piece.x)
    kept = last.text.rstrip()
    last.text = f"{kept} {words}{last.text[len(kept) :]}"


def _quads(annotation: DictionaryObject) -> list[_Box]:
    key, step = ("/QuadPoints", 8) if "/QuadPoints" in annotation else ("/Rect", 4)
    numbers = _numbers(annotation, key)
    return [_middle(_box(numbers[at : at + step])) for at in range(0, len(numbers), step)]


def _middle(box: _Box) -> _Box:
    """Return a box as the line through its middle."""
    middle = (box.low + box.high) / 2
    return _Box(box.left, middle, box.right, middle)


def _is_through(line: _Box, piece: _Piece) -> bool:
    """Return whether a line runs through a piece, whose width is not known."""
    low, high = piece.y + _STRIKE_FROM * piece.size, piece.y + _STRIKE_TO * piece.size
    longest = piece.x + piece.size * len(piece.text.strip())
    return low <= line.low <= high and line.right > piece.x and line.left < longest


def _pictures(page: PageObject) -> Iterator[object]:
    """Yield what names each picture of a page."""
    resources = page.get("/Resources")
    held = resources.get_object() if resources is not None else None
    objects = held.get("/XObject") if isinstance(held, DictionaryObject) else None
    found = objects.get_object() if objects is not None else None
    if not isinstance(found, DictionaryObject):
        return
    for name in found:
        reference = found.raw_get(name)
        drawn = reference.get_object()
        if isinstance(drawn, DictionaryObject) and drawn.get("/Subtype") == "/Image":
            yield getattr(reference, "idnum", name)
