"""The picture of a council's story: places and lengths, worked out for one width.

The drawing itself is the template `timeline.svg`, where every text is escaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from textwrap import wrap

from api.pages.days import Bounds, day_words, year_of
from api.pages.entries import Column, Entry, Lane

WIDE, _MIDDLE, _NARROW = 1060, 700, 328
"""Widths in which the picture is drawn; a page shows the one that fits."""
WIDTHS = WIDE, _MIDDLE, _NARROW
_CLASSES: Mapping[int, str] = {WIDE: "wide-only", _MIDDLE: "middle-only", _NARROW: "narrow-only"}
_LIFE_WIDTH = 190
_ROW, _TITLE, _GAP, _HEAD, _FOOT = 19.0, 20.0, 10.0, 22.0, 22.0
_NARROW_ROW, _NARROW_GAP = 17.0, 5.0
_GUTTER = 150.0
_TITLE_CHARACTERS = 21
_CHARACTER = 6.3
"""About the width of a letter of twelve pixels."""
_FADE = 30.0
_LEAST_YEARS = 6
_COLUMNS_HEIGHT = 64.0
_NARROW_ROWS = 5
"""Rows of a lane on a telephone: the newest entries; of the others the title tells how many."""
_LABEL_GAP = 7.0
_SYMBOL = 6.0


@dataclass(frozen=True)
class Piece:
    """A piece of a bar: from where to where, and how sure it is that something lasted there."""

    left: float
    width: float
    texture: str


@dataclass(frozen=True)
class Drawn:
    """An entry in its place: a symbol, with a bracket where its day is not known, or a bar."""

    entry: Entry
    left: float
    middle: float
    pieces: Sequence[Piece]
    bracket: tuple[float, float] | None
    text_at: float
    anchor: str
    mark: str = ""
    mark_at: float = 0.0


@dataclass(frozen=True)
class DrawnColumn:
    """The support of one year in its place."""

    column: Column
    left: float
    width: float
    first_top: float
    latest_top: float
    base: float


@dataclass(frozen=True)
class DrawnLane:
    """A lane in its place."""

    title: Sequence[str]
    top: float
    line: float
    entries: Sequence[Drawn]
    columns: Sequence[DrawnColumn]
    row_titles: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Picture:
    """The whole picture for one width.

    In: `read_to` is where the ground begins on which no source was read, with its day in words.
    """

    width: int
    height: float
    left: float
    years: Sequence[tuple[str, float]]
    lanes: Sequence[DrawnLane]
    today: float
    read_to: float | None
    read_words: str

    @property
    def is_narrow(self) -> bool:
        """Whether titles stand above the lanes and not beside them."""
        return self.left == 0


@dataclass(frozen=True)
class _Scale:
    """A line of years from one place to another."""

    first: int
    last: int
    left: float
    right: float

    def at(self, day: str) -> float:
        """Return the place of a day."""
        share = (year_of(day) - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)

    def at_year(self, year: int) -> float:
        """Return the place of the first day of a year."""
        return self.at(f"{year}-01-01")


def picture(lanes: Sequence[Lane], today: str, read_to: str | None, width: int = WIDE) -> Picture:
    """Return the picture of some lanes for one width.

    In: the day that is drawn as today, and the last day of which a source was read.
    """
    left = _GUTTER if width >= _MIDDLE else 0.0
    scale = _scale(lanes, today, left, width)
    top, drawn = _HEAD, []
    for lane in lanes:
        one, top = _lane(lane, scale, top, is_narrow=not left)
        drawn.append(one)
    step = max(1, ceil((scale.last - scale.first) * 40 / (scale.right - scale.left)))
    years = [(str(year), scale.at_year(year)) for year in range(scale.first, scale.last, step)]
    is_behind = read_to is not None and read_to < today
    return Picture(
        width=width,
        height=top + _FOOT,
        left=left,
        years=years,
        lanes=drawn,
        today=scale.at(today),
        read_to=scale.at(read_to) if is_behind and read_to else None,
        read_words=day_words(read_to),
    )


def _days(entry: Entry) -> list[str]:
    ends = (entry.begin, entry.end or Bounds())
    told = [entry.seen, entry.planned, *(day for end in ends for day in (end.first, end.last))]
    return [day for day in told if day]


def _scale(lanes: Sequence[Lane], today: str, left: float, width: int) -> _Scale:
    days = [today, *(day for lane in lanes for entry in lane.entries for day in _days(entry))]
    years = [year_of(day) for day in days]
    years += [column.year for lane in lanes for column in lane.columns]
    years += [column.year + 1 for lane in lanes for column in lane.columns]
    last = floor(max(years)) + 1
    return _Scale(min(floor(min(years)), last - _LEAST_YEARS), last, left, width - 2.0)


def _lane(lane: Lane, scale: _Scale, top: float, *, is_narrow: bool) -> tuple[DrawnLane, float]:
    """Return a lane in its place, and where the next one begins."""
    gap = _NARROW_GAP if is_narrow else _GAP
    line, first = top, top + gap + (_TITLE if is_narrow else 0.0)
    if lane.columns:
        base = first + _COLUMNS_HEIGHT
        columns = _columns(lane.columns, scale, base)
        return DrawnLane(_lines(lane.title, is_narrow), top, line, (), columns, ()), base + gap
    heads = (*lane.rows[:1], *lane.rows[-1:])
    shown = [
        replace(one, text="") if is_narrow and one.row else one
        for one in lane.entries
        if not is_narrow or not one.row or one.row in heads
    ]
    has_titles = bool(lane.rows) and not is_narrow
    first += _TITLE if has_titles else 0.0
    height = _NARROW_ROW if is_narrow else _ROW
    entries, rows = _placed(shown, lane.rows, scale, first, height)
    title = lane.title
    if is_narrow:
        entries, earlier = _newest(shown, entries, lane.rows, scale, first)
        title += f", and {earlier} earlier in the list" if earlier else ""
    lowest = max((entry.middle for entry in entries), default=first) + height / 2
    titles = tuple(rows.items()) if has_titles else ()
    bottom = max(lowest, first + _TITLE) + gap
    return DrawnLane(_lines(title, is_narrow), top, line, entries, (), titles), bottom


def _newest(
    shown: Sequence[Entry],
    placed: list[Drawn],
    order: Sequence[str],
    scale: _Scale,
    top: float,
) -> tuple[list[Drawn], int]:
    """Return as many of the newest entries as a telephone has rows for, and how many are left."""
    newest = sorted(shown, key=lambda entry: entry.begin.any_day or "")
    while len({entry.middle for entry in placed}) > _NARROW_ROWS:
        newest = newest[1:]
        placed, _ = _placed(newest, order, scale, top, _NARROW_ROW)
    return placed, len(shown) - len(newest)


def _lines(title: str, is_narrow: bool) -> Sequence[str]:
    """Return a title in lines that fit beside the lane; above it there is room for one."""
    return (title,) if is_narrow else wrap(title, _TITLE_CHARACTERS)


def _placed(
    entries: Sequence[Entry], order: Sequence[str], scale: _Scale, top: float, height: float
) -> tuple[list[Drawn], dict[str, float]]:
    """Return entries in rows: the named rows in their order, else the first row that is free."""
    there = {entry.row for entry in entries}
    rows = {
        name: top + index * height + height / 2
        for index, name in enumerate(one for one in order if one in there)
    }
    free: list[float] = []
    placed = []
    for entry in sorted(entries, key=lambda entry: (entry.begin.any_day or "", entry.title)):
        if entry.row:
            placed.append(_draw(entry, scale, rows[entry.row]))
            continue
        trial = _draw(entry, scale, 0.0)
        left, right = _reach(trial)
        row = next((index for index, end in enumerate(free) if end <= left), len(free))
        free[row : row + 1] = [right + _LABEL_GAP]
        placed.append(_draw(entry, scale, top + row * height + height / 2))
    return placed, rows


def _reach(drawn: Drawn) -> tuple[float, float]:
    """Return from where to where an entry takes room, with its text."""
    text = len(drawn.entry.text) * _CHARACTER
    right = max(
        [
            drawn.left + 2 * _SYMBOL,
            drawn.mark_at + 10.0,
            *(piece.left + piece.width for piece in drawn.pieces),
        ]
    )
    if drawn.bracket:
        right = max(right, drawn.bracket[1])
    if not text:
        return drawn.left, right
    if drawn.anchor == "end":
        return min(drawn.left, drawn.text_at - text), right
    return drawn.left, max(right, drawn.text_at + text)


def _draw(entry: Entry, scale: _Scale, middle: float) -> Drawn:
    """Return an entry at its height; its text stands behind it, or else before it."""
    if entry.shape:
        return _symbol(entry, scale, middle)
    pieces, is_open = _pieces(entry, scale)
    left = pieces[0].left
    right = pieces[-1].left + pieces[-1].width
    mark = "?" if is_open else ""
    behind = right + (_LABEL_GAP + 8.0 if mark else _LABEL_GAP)
    fitted, text_at, anchor = _fitted(entry, left - _LABEL_GAP, behind, scale)
    return Drawn(fitted, left, middle, pieces, None, text_at, anchor, mark, right + 3.0)


def _fitted(entry: Entry, before: float, behind: float, scale: _Scale) -> tuple[Entry, float, str]:
    """Return an entry with as much of its text as there is room for, and where the text stands.

    In: where it ends if it stands before its mark, and where it begins if it stands behind.
    """
    length = len(entry.text) * _CHARACTER
    rooms = {"start": scale.right - behind, "end": before - scale.left}
    anchor = "start" if length <= rooms["start"] else max(rooms, key=lambda side: rooms[side])
    most = int(rooms[anchor] / _CHARACTER)
    if len(entry.text) > most:
        entry = replace(entry, text=entry.text[: max(most - 1, 0)].rstrip() + "…")
    return entry, behind if anchor == "start" else before, anchor


def _symbol(entry: Entry, scale: _Scale, middle: float) -> Drawn:
    first = scale.at(entry.begin.first or entry.begin.last or "")
    last = scale.at(entry.begin.last or entry.begin.first or "")
    centre = (first + last) / 2
    bracket = None if entry.begin.is_day else (min(first, centre - 4.0), max(last, centre + 4.0))
    aside = _SYMBOL + 4.0
    fitted, text_at, anchor = _fitted(entry, centre - aside, centre + aside, scale)
    return Drawn(fitted, centre - _SYMBOL, middle, (), bracket, text_at, anchor)


def _pieces(entry: Entry, scale: _Scale) -> tuple[list[Piece], bool]:
    """Return the pieces of a bar, and whether its end is open.

    Out: hatched where a begin or end lies somewhere, solid as far as a source speaks of it, hatched
    too as far as it is only planned, fading where nothing is told. No bar goes on to today by
    itself.
    """
    known = entry.begin.last or entry.begin.first or ""
    start = scale.at(known)
    pieces = [*_begin(entry.begin, scale, start)]
    at = start
    if entry.end is not None and entry.end.is_known:
        certain = entry.end.first or max(known, entry.seen or known)
        at = max(start, scale.at(min(certain, entry.end.last or certain)))
        pieces.append(Piece(start, at - start, "solid"))
        if entry.end.last and scale.at(entry.end.last) > at:
            pieces.append(Piece(at, scale.at(entry.end.last) - at, "somewhere"))
            return _seen(pieces), False
        return _seen(pieces), entry.end.last is None
    if entry.seen and entry.seen > known:
        at = scale.at(entry.seen)
        pieces.append(Piece(start, at - start, "solid"))
    if entry.planned and scale.at(entry.planned) > at:
        pieces.append(Piece(at, scale.at(entry.planned) - at, "planned"))
        return _seen(pieces), False
    pieces.append(Piece(at, min(_FADE, max(scale.right - at - 12.0, 8.0)), "fade"))
    return _seen(pieces), True


def _begin(begin: Bounds, scale: _Scale, start: float) -> list[Piece]:
    """Return the piece before the first day on which something is known to have begun."""
    if begin.first is None:
        left = max(scale.left, start - _FADE / 2)
        return [Piece(left, start - left, "rise")] if start > left else []
    left = scale.at(begin.first)
    return [Piece(left, start - left, "somewhere")] if start > left else []


def _seen(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that can be seen; a bar of one day is two pixels wide."""
    kept = [piece for piece in pieces if piece.width > 0]
    return kept or [Piece(pieces[0].left, 2.0, "solid")]


def _columns(columns: Sequence[Column], scale: _Scale, base: float) -> list[DrawnColumn]:
    """Return the sums of years as columns from zero, on one scale of pounds."""
    most = max(max(one.first_gbp, one.latest_gbp) for one in columns) or 1.0
    room = _COLUMNS_HEIGHT - 16.0

    def top(amount_gbp: float) -> float:
        return round(base - room * amount_gbp / most, 1)

    return [
        DrawnColumn(
            one,
            scale.at(f"{one.year}-04-01") + 1.0,
            max(scale.at(f"{one.year + 1}-04-01") - scale.at(f"{one.year}-04-01") - 2.0, 3.0),
            top(one.first_gbp),
            top(one.latest_gbp),
            base,
        )
        for one in columns
    ]


def pictures(
    lanes: Sequence[Lane], today: str, read_to: str | None, widths: Sequence[int] = WIDTHS
) -> Mapping[str, Picture]:
    """Return the picture in some widths, by the class that shows each."""
    return {_CLASSES[width]: picture(lanes, today, read_to, width) for width in widths}


@dataclass(frozen=True)
class Life:
    """The bar of one course of action on its own."""

    width: int
    entries: Sequence[Drawn]
    years: Sequence[tuple[str, float]]
    today: float


def lives(entries: Sequence[Entry], today: str) -> list[Life]:
    """Return a small picture for each bar, all on one scale of years."""
    if not entries:
        return []
    scale = _scale([Lane("", entries)], today, 0.0, _LIFE_WIDTH)
    step = max(1, ceil((scale.last - scale.first) / 5))
    years = [(str(year), scale.at_year(year)) for year in range(scale.first, scale.last, step)]
    years = [(year, x) for year, x in years if x < _LIFE_WIDTH - 26]
    bars = [_draw(entry, scale, 0.0) for entry in entries]
    return [Life(_LIFE_WIDTH, (bar,), years, scale.at(today)) for bar in bars]
