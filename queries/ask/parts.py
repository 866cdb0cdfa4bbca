"""A question taken apart: each of its words is part of what can be understood, or is left over."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from queries.ask.forms import light_words
from queries.ask.names import LONGEST_WORDS, Named, Names
from queries.ask.senses import Senses, as_said, in_any_form, in_other_forms, in_place
from queries.ask.times import Time, read_times
from queries.ask.vocabulary import FILLER, RESTRICTING, Reading, opposites, vocabulary
from queries.ask.words import Word, plain, read_words, said
from queries.search.councils import CouncilEntry, Period

_SHORTEST_MENDED_LETTERS = 5
"""A shorter word has many others beside it."""
_LIGHT = frozenset(
    plain("a an the of and it its their was were is are has have had been be did each every")
)
"""Words that carry no meaning into a phrase; "in" does: who is in post holds no post."""
_FILLS, _BOUNDS = Reading(FILLER), Reading(RESTRICTING)
_ONLY_WHOLE = frozenset(
    (
        "all-pay",
        "by-council",
        "by-framework",
        "by-regime",
        "by-type",
        "definition",
        "each-year",
        "elsewhere",
        "how-long-so-far",
        "payer",
        "support-year",
        "to-issue",
    )
)
"""Notions that say more than the words of their phrases: "each council" wants one row for each."""
# takes: "Which councils in "
# takes: "how many boroughs within "
# leaves: "Which councils did "
# leaves: "in "
_AREA = re.compile(
    r"\b(?:councils|authorities|boroughs|districts)\ "
    r"(?:within|in|of|around|near|across)\ (?:the\ )?$"
)
# takes (match): " (care leavers)"
# leaves (match): " (in 2019)"
_ASIDE = re.compile(r"\s*\([^()\d]{1,60}\)")


@dataclass(frozen=True)
class Span:
    """Words that belong together, and what they can mean; nothing if they are not understood.

    In: `time` is the time that they say; `offered` are the councils of which one may be meant;
    `parts` are the same words in shorter parts, where each of those means something by itself.
    """

    words: str
    readings: tuple[Reading, ...] = ()
    time: Time | None = None
    offered: tuple[CouncilEntry, ...] = ()
    parts: tuple["Span", ...] = ()

    @cached_property
    def plain(self) -> frozenset[str]:
        """The words as they are compared."""
        return frozenset(plain(self.words))

    @cached_property
    def notions(self) -> frozenset[str]:
        """The notions that the words can mean, without values."""
        return frozenset(reading.name for reading in self.readings if not reading.value)

    @property
    def is_filler(self) -> bool:
        """Whether the words may say nothing."""
        return FILLER in self.notions

    @property
    def says_something(self) -> bool:
        """Whether the words may be part of a way of asking."""
        return any(reading.name not in (FILLER, RESTRICTING) for reading in self.readings)

    @property
    def is_understood(self) -> bool:
        """Whether the words mean anything here."""
        return bool(self.readings) or self.time is not None


@dataclass(frozen=True)
class _Placed:
    """A span, with the place of its first word and that after its last one."""

    first: int
    end: int
    span: Span


def take_apart(text: str, names: Names, today: date) -> list[Span]:
    """Return the parts of a question, in order; together they hold all its words."""
    return next(ways_apart(text, names, today))


def ways_apart(text: str, names: Names, today: date) -> Iterator[list[Span]]:
    """Yield the parts of a question, then those of its other ways to be taken apart.

    Words are read in no other form than they are listed, or a phrase ends where another begins: in
    "the powers put in place in Leeds" the one phrase or the other has the first "in".
    """
    words = _without_asides(text, read_words(text), names)
    taken = [
        range(words[first].start, words[end - 1].end) for first, end in names.laws_and_people(words)
    ]
    times = [
        time
        for time in read_times(text, today)
        if time.start not in chain(*taken) and time.end - 1 not in chain(*taken)
    ]
    period = _period(times)
    fixed = [*_placed_times(text, words, times), *_placed_references(text, words, names)]
    walk = _Walk(text, words, fixed, names, period)
    placed = [*walk.parts()]
    others = (walk.parts(cut) for cut in _cuts(words, placed))
    for again in (placed, walk.parts(in_other_forms=False), *others):
        mended = [*_mended(text, words, [*again], names, period)]
        yield [*_turned(text, words, mended)]


def _turned(text: str, words: Sequence[Word], placed: Sequence[_Placed]) -> Iterator[Span]:
    """Yield the parts; what is negated says the opposite, where there are words for that."""
    negating, opposite = opposites()
    done = 0
    for number, one in enumerate(placed):
        if one.first < done:
            continue
        span = one.span
        if span.plain <= negating and span.plain:
            rest = placed[number + 1 :]
            likely = (
                other
                for other in rest
                if not (other.span.is_filler and other.span.notions.isdisjoint(opposite))
            )
            turned = next(likely, one)
            names = [opposite[name] for name in sorted(turned.span.notions & opposite.keys())]
            if names:
                done = turned.end
                part = list(words[one.first : turned.end])
                span = Span(said(text, part), tuple(map(Reading, dict.fromkeys(names))))
        yield span


def _cuts(words: Sequence[Word], placed: Sequence[_Placed]) -> Iterator[int]:
    """Yield the places inside phrases at which a longer one begins that ends after them."""
    for one in placed:
        if one.span.is_filler or RESTRICTING in one.span.notions or one.span.time is not None:
            continue
        yield from _cuts_of(words, one, in_any_form)


def _cuts_of(
    words: Sequence[Word], one: _Placed, senses: Callable[[Sequence[Word], int, int], Senses]
) -> Iterator[int]:
    for place in range(one.first + 1, one.end):
        last = min(len(words), place + LONGEST_WORDS)
        found = senses(words, place, last)
        if any(end > one.end and _FILLS not in some for end, some in found.items()):
            yield place


def _without_asides(text: str, words: Sequence[Word], names: Names) -> list[Word]:
    """Return the words without those in brackets after a law or a person, which say what it is.

    "Section 24 of the Children Act 1989 (care leavers)" is that section; "(only in 2019)" bounds.
    """
    known = vocabulary()
    kept = list(words)
    for _, end in names.laws_and_people(words):
        aside = _ASIDE.match(text, words[end - 1].end)
        inside = [one for one in words if aside and aside.start() <= one.start < aside.end()]
        readings = (one for word in inside for one in known.get((word.plain,), ()))
        if not any(one.name == RESTRICTING for one in readings):
            kept = [one for one in kept if one not in inside]
    return kept


def _period(times: Sequence[Time]) -> Period | None:
    """Return the days in which the councils are meant that a question names, if it has one time."""
    told = [time for time in times if time.kind != "known-at"]
    return Period(told[0].first, told[0].last) if len(told) == 1 else None


def _placed_times(text: str, words: Sequence[Word], times: Sequence[Time]) -> Iterator[_Placed]:
    for time in times:
        span = Span(text[time.start : time.end], time=time)
        yield from _placed(words, time.start, time.end, span)


def _placed_references(text: str, words: Sequence[Word], names: Names) -> Iterator[_Placed]:
    for start, end, readings in names.references(text):
        yield from _placed(words, start, end, Span(text[start:end], readings))


def _placed(words: Sequence[Word], start: int, end: int, span: Span) -> Iterator[_Placed]:
    places = [place for place, word in enumerate(words) if start <= word.start < end]
    if places:
        yield _Placed(places[0], places[-1] + 1, span)


class _Walk:
    """The ways from left to right through a question, at each word to what is longest there."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        fixed: Sequence[_Placed],
        names: Names,
        period: Period | None,
    ) -> None:
        self._text, self._words = text, words
        self._fixed = {one.first: one for one in fixed}
        self._names, self._period = names, period
        self._named: dict[int, list[Named]] = {}

    def parts(self, cut: int = 0, *, in_other_forms: bool = True) -> Iterator[_Placed]:
        """Yield the parts; in another form words are known only where that is asked for.

        In: a place before which a part has to end.
        """
        place = 0
        while place < len(self._words):
            bounds = (*self._fixed, cut, len(self._words))
            end = min(bound for bound in bounds if bound > place)
            part = self._fixed.get(place) or self._longest(place, end, in_other_forms)
            if len(part.span.notions) == 1 and part.span.is_filler:
                cuts = _cuts_of(self._words[:end], part, as_said)
                inner = (at for at in cuts if _says_nothing(self._words[place:at]))
                part = self._longest(place, next(inner, end), in_other_forms)
            yield part
            place = part.end

    def _longest(self, place: int, bound: int, has_other_forms: bool) -> _Placed:
        text, words = self._text, self._words
        last = min(bound, place + LONGEST_WORDS)
        found = as_said(words, place, last)
        named = {one.end: one for one in reversed(self._names_at(place)) if one.end <= bound}
        for end, one in named.items():
            # One word that is part of a question is a name only where it is written as one.
            if end in found and end == place + 1:
                written = text[words[place].start : words[place].end]
                if not written[:1].isupper() or place == 0:
                    continue
            found.setdefault(end, []).extend(one.readings)
        capital = _first_capital(text, words, place, last)
        for end, meant in in_other_forms(words, place, capital).items():
            # What bounds a question does so in each of its forms.
            if end not in named and (has_other_forms or _BOUNDS in meant):
                found.setdefault(end, meant)
        end = max(found, default=place + 1)
        offered = named[end].offered if end in named else ()
        readings = tuple(in_place(found.get(end, ()), words, place, end))
        parts = () if end in named else tuple(_parts(text, words, place, end, readings))
        span = Span(said(text, list(words[place:end])), readings, None, offered, parts)
        return _Placed(place, end, span)

    def _names_at(self, place: int) -> Sequence[Named]:
        """Return who is named from a place on: the councils in a county are not its council."""
        if place not in self._named:
            is_area = bool(_AREA.search(self._text[: self._words[place].start]))
            known = [] if is_area else self._names.at(self._text, self._words, place, self._period)
            self._named[place] = known
        return self._named[place]


def _says_nothing(words: Sequence[Word]) -> bool:
    return all(_FILLS in vocabulary().get((word.plain,), ()) for word in words)


def _first_capital(text: str, words: Sequence[Word], place: int, last: int) -> int:
    """Return the place of the next word that is written as a name, which has no other forms."""
    for later in range(max(place, 1), last):
        if text[words[later].start].isupper():
            return later
    return last


def _parts(
    text: str, words: Sequence[Word], first: int, end: int, readings: Sequence[Reading]
) -> Iterator[Span]:
    """Yield the words of a phrase in shorter parts, or nothing if it says more than they do.

    What bounds a question does so as a whole, and a phrase of which a part says nothing but has
    weight, as "out" in "out of intervention", turns the meaning of the rest.
    """
    kept = {FILLER, RESTRICTING, *_ONLY_WHOLE}
    is_negated = any(word.plain in opposites()[0] for word in words[first:end])
    if end - first == 1 or is_negated or not kept.isdisjoint(one.name for one in readings):
        return
    found = []
    place = first
    while place < end:
        last = end if place > first else end - 1
        meant = as_said(words, place, last) or in_other_forms(words, place, last)
        if not meant:
            return
        last = max(meant)
        part = tuple(words[place:last])
        span = Span(said(text, list(part)), tuple(meant[last]))
        is_light = all(word.plain in _LIGHT | light_words() for word in part)
        if not is_light and not span.says_something:
            return
        found.append(span)
        place = last
    yield from found


def _mended(
    text: str, words: Sequence[Word], placed: Sequence[_Placed], names: Names, period: Period | None
) -> Iterator[_Placed]:
    """Yield the parts; words that are not understood may be the misspelt name of a council."""
    done = 0
    for number, part in enumerate(placed):
        if part.end <= done:
            continue
        mended = None
        if not part.span.is_understood and not part.span.offered:
            mended = _misspelt(text, words, placed[number:], names, period)
        if mended is None:
            yield part
            continue
        done = mended.end
        yield mended


def _misspelt(
    text: str, words: Sequence[Word], rest: Sequence[_Placed], names: Names, period: Period | None
) -> _Placed | None:
    first = rest[0].first
    if _AREA.search(text[: words[first].start]):
        return None
    written = text[words[first].start :]
    if not (first and written[:1].isupper()) or len(words[first].plain) < _SHORTEST_MENDED_LETTERS:
        return None
    end = first
    for part in rest:
        if part.first != end or part.span.is_understood or part.span.offered:
            break
        end = part.end
    named: Named | None = names.misspelt(text, words, first, end, period)
    if named is None:
        return None
    span = Span(said(text, list(words[first : named.end])), named.readings)
    return replace(rest[0], end=named.end, span=span)
