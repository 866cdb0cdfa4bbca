"""What a question asks: a question of the catalogue with its parameters, or why none.

Nothing is guessed. A question is understood if one way of asking takes every part of it, and every
parameter that has to be given is said, or is the present day in a question about the present. Where
none takes every part, the nearest may leave over words that say nothing there, and tells which.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain

from queries.ask.evidence.examples import evidence
from queries.ask.evidence.likely import likeliest, surely_asked
from queries.ask.fits import Fit, fit_of
from queries.ask.names import Names
from queries.ask.openings import (
    asked_parts,
    could_say,
    is_bounding,
    with_direction,
    with_names,
    without_asker,
    without_opening,
)
from queries.ask.parts import Span, take_apart, ways_apart
from queries.ask.premises import not_told, unsaid
from queries.ask.slips import Slip, without_slips
from queries.ask.tolerance import tolerable
from queries.ask.vocabulary import Way, phrases, words_of_tense
from queries.ask.words import plain
from queries.catalogue import CatalogueQuery, catalogue

LONGEST_CHARACTERS = 300
"""A longer question says more than one question of the catalogue takes."""
_LONGEST_WORDS = 60
_TOO_LONG = (
    "Cannot answer that: it has {} words; expected at most {}, which ask one thing. Leave out what "
    "the question is for."
)
_NEAREST = 3
_DIRECTION = "direction"
_REFERS_TO_NOTHING = "Cannot answer that: the question does not say whom or what {!r} means."
_SET_ASIDE = "Set aside {!r}, which asks nothing by itself."
_NOT_TOLD = "Cannot answer that: no question of the catalogue tells {}."
_SEVERAL_FIT = (
    "Cannot answer that: several questions fit it equally well; choose among the nearest."
)


@dataclass(frozen=True)
class Understood:
    """A question of the catalogue, its parameters, and both in words."""

    query: CatalogueQuery
    given: Mapping[str, str]
    words: str


@dataclass(frozen=True)
class NotUnderstood:
    """Why a question cannot be answered, in words, and the questions nearest to it."""

    words: str
    nearest: tuple[CatalogueQuery, ...]


def understand(text: str, names: Names, today: date) -> Understood | NotUnderstood:
    """Return what a text asks, or why it cannot be answered.

    What was said beside a question that is understood by itself is set aside, and told.
    In: the names that the release knows; the day on which is asked.
    """
    *parts, whole = asked_parts(text)
    for part in parts:
        part = replace(part, question=with_names(part, names, today))
        if part.points_back or is_bounding(part.aside) or not_told((), plain(part.aside)):
            continue
        found = _understand(part.question, names, today)
        if isinstance(found, Understood) and not could_say(
            part, found.query, found.given, names, today
        ):
            return replace(found, words=f"{found.words} {_SET_ASIDE.format(part.aside)}")
    return _understand(whole.question, names, today)


def _understand(text: str, names: Names, today: date) -> Understood | NotUnderstood:
    """Return what one question asks, or why it cannot be answered."""
    text, slips = without_slips(without_opening(without_asker(text)), names.words)
    named = with_direction(take_apart(text, names, today), names)
    if named:
        found = _matched(named, slips, names, today)
        if isinstance(found, Understood) and _DIRECTION in found.given:
            return found
    return _matched(text, slips, names, today)


def _matched(
    text: str, slips: Sequence[Slip], names: Names, today: date
) -> Understood | NotUnderstood:
    """Return what a question asks that has nothing before it and no slips."""
    if len(plain(text)) > _LONGEST_WORDS:
        return NotUnderstood(_TOO_LONG.format(len(plain(text)), _LONGEST_WORDS), ())
    present = _is_present(frozenset(plain(text)))
    fit = partial(fit_of, names=names, today=today, is_present=present)
    every = [*ways_apart(text, names, today)]
    spans = every[0]
    untold = not_told(spans, plain(text))
    missing = untold or unsaid(spans, plain(text))
    best = _best([*_whole(spans, fit)]) or _best(
        [one for other in every[1:] for one in _whole(other, fit)]
    )
    if len(best) > 1:
        best = [*likeliest(best, spans, evidence())]
    if len(best) == 1 and not missing:
        return _understood(best[0], slips)
    near = [fit(way, spans) for way in _beside(spans)]
    near.sort(key=lambda one: (one.taken == 0, one.distance - 2 * one.taken))
    tolerated = [] if best or missing else _tolerated(near, spans)
    if len(tolerated) == 1:
        return _understood(tolerated[0], slips)
    sure = None if missing else surely_asked(spans, fit, evidence())
    if sure is not None:
        return _understood(sure, slips)
    if best and not missing:
        return NotUnderstood(_SEVERAL_FIT, tuple(_nearest([*best, *near])))
    reason = _NOT_TOLD.format(untold) if untold else ""
    reason = reason or (_REFERS_TO_NOTHING.format(missing) if best else _reason(spans, near))
    return NotUnderstood(reason, tuple(_nearest(near)))


def _whole(spans: Sequence[Span], fit: Callable[[Way, Sequence[Span]], Fit]) -> Iterator[Fit]:
    """Yield how the ways fit that take every part."""
    return (one for way in _sayable(spans) if (one := fit(way, spans)).is_whole)


def _sayable(spans: Sequence[Span]) -> Iterator[Way]:
    """Yield the ways of which each notion is among some parts: no other takes them whole."""
    every = [*spans, *chain.from_iterable(span.parts for span in spans)]
    notions = frozenset[str]().union(*(span.notions for span in every))
    words = frozenset[str]().union(*(span.plain for span in spans))
    return (way for way in phrases().ways if way.can_be_said(notions, words))


def _beside(spans: Sequence[Span]) -> list[Way]:
    """Return the ways that share a notion that has to be said with some parts, or all of them."""
    notions = frozenset[str]().union(*(span.notions for span in spans))
    ways = [way for way in phrases().ways if not way.words]
    return [way for way in ways if not way.needed.isdisjoint(notions)] or ways


def _is_present(words: frozenset[str]) -> bool:
    """Return whether a question without a day is about today: what was issued can remain."""
    past = words_of_tense("past")
    if "remain" in words:
        past -= words_of_tense("participles")
    return bool(words & words_of_tense("present")) and not words & past


def _best(whole: Sequence[Fit]) -> list[Fit]:
    """Return the ways that take most of what is said, one of each question that does.

    A question about all kinds of acts yields to one about the kind that is asked for.
    """
    most = max((fit.taken for fit in whole), default=0)
    by_question = {fit.way.question: fit for fit in reversed(whole) if fit.taken == most}
    yields = phrases().yields
    return [
        fit
        for name, fit in by_question.items()
        if yields.get(name, frozenset()).isdisjoint(by_question)
    ]


def _tolerated(near: Sequence[Fit], spans: Sequence[Span]) -> list[Fit]:
    """Return the ways that leave over the least, all of it without weight, if any is nearest."""
    kept = [one for one in near if tolerable(one, spans)]
    least = min((len(one.left) for one in kept), default=0)
    best = _best([one for one in kept if len(one.left) == least])
    return best if near and near[0].way.question in {one.way.question for one in best} else []


def _understood(fit: Fit, slips: Sequence[Slip]) -> Understood:
    query = catalogue()[fit.way.question]
    said = "; ".join(f"{name}: {words}" for name, words in fit.said.items())
    read = "; ".join(f"{slip.written!r} as {slip.read!r}" for slip in slips)
    left = ", ".join(dict.fromkeys(repr(span.words) for span in fit.left))
    parts = (
        query.question,
        f"With {said}." if said else "",
        f"Read {read}." if read else "",
        f"Passed over {left}: nothing turns on it here." if left else "",
    )
    return Understood(query, fit.given, " ".join(filter(None, parts)))


def _reason(spans: Sequence[Span], near: Sequence[Fit]) -> str:
    doubtful = [span for span in spans if span.offered and not span.says_something]
    if doubtful:
        named = "; ".join(one.described for one in doubtful[0].offered)
        return f"Cannot answer that: {doubtful[0].words!r} may mean {named}."
    unknown = [span.words for span in spans if not span.is_understood]
    if unknown:
        return f"Cannot answer that: the words {', '.join(map(repr, unknown))} are not understood."
    best = near[0]
    if best.wrong:
        return f"Cannot answer that: {best.wrong}."
    if best.left:
        words = ", ".join(repr(span.words) for span in best.left)
        return f"Cannot answer that: no question of the catalogue takes {words} with the rest."
    lacking = [name for item in best.lacks for name in sorted(item.names)]
    title = catalogue()[best.way.question].title
    return f"Cannot answer that: the nearest question, {title!r}, needs {', '.join(lacking)} too."


def _nearest(near: Sequence[Fit]) -> Iterator[CatalogueQuery]:
    names = list(dict.fromkeys(fit.way.question for fit in near))
    for name in names[:_NEAREST]:
        yield catalogue()[name]
