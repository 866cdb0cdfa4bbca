"""A question taken apart: each of its words is part of what can be understood, or is left over."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from queries.ask.names import LONGEST_WORDS, Named, Names
from queries.ask.stems import stem
from queries.ask.times import Time, read_times
from queries.ask.vocabulary import (
    COLOURING,
    COLOURING_NOUNS,
    FILLER,
    RESTRICTING,
    Reading,
    meanings,
    not_colouring,
)
from queries.ask.words import Word, plain, read_words, said
from queries.search.councils import CouncilEntry, Period

_SHORTEST_MENDED_LETTERS = 5
"""A shorter word has many others beside it."""
_LIGHT = frozenset(
    plain("a an the of and it its their was were is are has have had been be did each every")
)
"""Words that carry no meaning into a phrase; "in" does: who is in post holds no post."""
_ONLY_WHOLE = frozenset(
    (
        "by-council",
        "by-framework",
        "by-regime",
        "by-type",
        "definition",
        "each-year",
        "elsewhere",
        "how-long-so-far",
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
    placed = [*_walk(text, words, fixed, names, period)]
    return [one.span for one in _mended(text, words, placed, names, period)]


def _without_asides(text: str, words: Sequence[Word], names: Names) -> list[Word]:
    """Return the words without those in brackets after a law or a person, which say what it is.

    "Section 24 of the Children Act 1989 (care leavers)" is that section; "(only in 2019)" bounds.
    """
    known = meanings(str)
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


def _walk(
    text: str,
    words: Sequence[Word],
    fixed: Sequence[_Placed],
    names: Names,
    period: Period | None,
) -> Iterator[_Placed]:
    """Yield the parts from left to right; at each word the longest that means something."""
    by_place = {one.first: one for one in fixed}
    place = 0
    while place < len(words):
        if place in by_place:
            part = by_place[place]
        else:
            end = min((one.first for one in fixed if one.first > place), default=len(words))
            part = _longest(text, words[:end], place, names, period)
        yield part
        place = part.end


def _longest(
    text: str, words: Sequence[Word], place: int, names: Names, period: Period | None
) -> _Placed:
    last = min(len(words), place + LONGEST_WORDS)
    found = _meant(words, place, last)
    is_area = bool(_AREA.search(text[: words[place].start]))
    # The councils in a county are not the county council.
    named = (
        {} if is_area else {one.end: one for one in reversed(names.at(text, words, place, period))}
    )
    for end, one in named.items():
        # One word that is part of a question is a name only where it is written as one.
        if end in found and end == place + 1:
            written = text[words[place].start : words[place].end]
            if not written[:1].isupper() or place == 0:
                continue
        found.setdefault(end, []).extend(one.readings)
    other_forms = _meant(words, place, _first_capital(text, words, place, last), stem)
    for end, meant in other_forms.items():
        if end not in named:
            found.setdefault(end, meant)
    end = max(found, default=place + 1)
    offered = named[end].offered if end in named else ()
    readings = tuple(_in_place(found.get(end, ()), words, place, end))
    parts = () if end in named else tuple(_parts(text, words, place, end, readings))
    span = Span(said(text, list(words[place:end])), readings, None, offered, parts)
    return _Placed(place, end, span)


def _in_place(
    readings: Sequence[Reading], words: Sequence[Word], first: int, end: int
) -> Iterator[Reading]:
    """Yield what words mean where they stand: a damning report is a report, "was damning" is not.

    After "how" a colour is what is asked for; as the end of a sentence it is what is said.
    """
    after, before = not_colouring()
    following = words[end].plain if end < len(words) else ""
    is_free = not first or words[first - 1].plain not in after
    for one in readings:
        if one.name not in (COLOURING, COLOURING_NOUNS):
            yield one
        elif is_free and (one.name == COLOURING or (following and following not in before)):
            yield Reading(FILLER)


def _meant(
    words: Sequence[Word], place: int, last: int, form: Callable[[str], str] = str
) -> dict[int, list[Reading]]:
    """Return what the words from a place on can mean, by the place after the last of them.

    In: the form of each word by which they are looked up: as it is, or its stem.
    """
    ends = range(place + 1, last + 1)
    known = meanings(form)
    found = {end: known.get(tuple(form(word.plain) for word in words[place:end])) for end in ends}
    return {end: [*readings] for end, readings in found.items() if readings}


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
    if end - first == 1 or not kept.isdisjoint(one.name for one in readings):
        return
    found = []
    place = first
    while place < end:
        last = end if place > first else end - 1
        meant = _meant(words, place, last) or _meant(words, place, last, stem)
        if not meant:
            return
        last = max(meant)
        part = tuple(words[place:last])
        span = Span(said(text, list(part)), tuple(meant[last]))
        is_light = all(word.plain in _LIGHT for word in part)
        if not is_light and (not span.says_something or RESTRICTING in span.notions):
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
