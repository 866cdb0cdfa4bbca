"""The question that is surely asked, by the examples, though no way of asking takes all its words.

Each value has to have its place in the question, and all that it needs has to be said. Words that
stand in no example of it speak against it, those that bound a question more than others.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from queries.ask.evidence.examples import Evidence
from queries.ask.evidence.marks import (
    focuses,
    is_value,
    light,
    marks,
    masked,
    notion,
    pairs,
    stems,
    tokens,
    value,
)
from queries.ask.fits import Fit
from queries.ask.forms import stem
from queries.ask.parts import Span
from queries.ask.tolerance import (
    bounding_words,
    foreign_words,
    general_words,
    light_notions,
    mild_words,
    notions_of_things,
)
from queries.ask.vocabulary import FILLER, RESTRICTING, Item, Way, each_row, vocabulary
from queries.ask.words import plain
from queries.catalogue import CatalogueQuery, catalogue

_UNFITTING = 6.0
"""How much a value without a place, or a place without its value, speaks against a question."""
_AHEAD, _AGAINST, _STRANGE, _ENOUGH = 0.18, 0.11, 0.44, 2.4
"""How much it tells that a question is ahead of the second, that words speak against any, and that
they are strange to it, and how much is enough: learned from the published questions, each left out
of the examples while it was asked."""
_LEAST_AHEAD, _MOST_AHEAD = 7.0, 30.0
_LEAST_ANSWERABLE, _MOST_ANSWERABLE = -4.0, -30.0
_PLAINLY_AHEAD, _PLAINLY_ANSWERABLE = 12.0, -10.0
"""What is beyond tells nothing more; of two questions that are closer, neither is surely asked."""
_OTHERS, _BOUNDING, _UNUSUAL, _ALIEN = 3.0, 4.0, 6.0, math.inf
"""How much a word speaks against a question that stands in no example of it: a word of other
questions, one that bounds, one that tells other questions apart, and one of none."""
_RANGE, _NOW = frozenset(("from", "to")), "now"
_OPEN = frozenset(
    (
        "acts_begun_between",
        "commissioners_appointed_between",
        "councils_out_of_intervention",
        "section_114_reports_between",
    )
)
"""Questions of a time that can be asked of all the time there is."""


_DEFINITION = "definition"
_COUNTING = frozenset(("how-many", "how-much"))
_ONE = "one"
_OFFICE = "office"
"""What tells who acted, and so which acts are asked for."""
_NUMBERS = frozenset(map(stem, plain("two three four five six seven eight nine ten dozen")))
_USUAL, _SOME = 0.1, 0.03
"""The shares of examples from which on it is usual to name a value without a place, or to add up,
and from which on a thing has to do with a question."""
_JOINING, _ARTICLES = frozenset(("and", "or")), frozenset(("a", "an", "the"))


@dataclass(frozen=True)
class Likely:
    """A question of the catalogue, how it fits, and how much speaks for it."""

    fit: Fit
    weight: float
    is_fitting: bool


def ranked(
    spans: Sequence[Span], fit: Callable[[Way, Sequence[Span]], Fit], known: Evidence
) -> list[Likely]:
    """Return the questions of the catalogue, the likeliest first."""
    found = marks(tokens(masked(spans)))
    every = [
        _likely(query, spans, fit, known, known.speaks_for(name, found))
        for name, query in catalogue().items()
    ]
    return sorted(every, key=lambda one: -one.weight)


def surely_asked(
    spans: Sequence[Span],
    fit: Callable[[Way, Sequence[Span]], Fit],
    known: Evidence,
    *,
    is_example: bool = False,
) -> Fit | None:
    """Return how the one question fits that is surely asked, if one is.

    In: whether the question is an example without an answer itself, to be left out.
    """
    best, second = ranked(spans, fit, known)[:2]
    ahead = best.weight - second.weight
    if not best.is_fitting or ahead < _LEAST_AHEAD:
        return None
    words = tokens(masked(spans))
    found = marks(words)
    against = known.speaks_against_any(found, found if is_example else ())
    unheard = _unheard(best.fit, spans, known)
    is_plain = ahead > _PLAINLY_AHEAD and against < _PLAINLY_ANSWERABLE
    if against > _LEAST_ANSWERABLE or (unheard and not (is_plain and len(unheard) == 1)):
        return None
    strange = sum(_strange(best.fit, spans, words, known))
    told = (
        _AHEAD * min(ahead, _MOST_AHEAD)
        - _AGAINST * max(against, _MOST_ANSWERABLE)
        - _STRANGE * strange
    )
    return best.fit if told > _ENOUGH and not _is_unsaid(best.fit, spans) else None


def likeliest(fits: Sequence[Fit], spans: Sequence[Span], known: Evidence) -> Sequence[Fit]:
    """Return the one of several questions that all fit which the examples speak for, or all."""
    found = marks(tokens(masked(spans)))
    weighed = [(known.speaks_for(one.way.question, found), one) for one in fits]
    weighed.sort(key=lambda pair: -pair[0])
    (most, best), *others = weighed
    return [best] if all(most - one >= _LEAST_AHEAD for one, _ in others) else fits


def _is_unsaid(fit: Fit, spans: Sequence[Span]) -> bool:
    """Return whether a word is left that tells of values which a parameter without one takes.

    "A children's commissioner" is one in children's services, though the words say it otherwise.
    """
    empty = {one.type for one in catalogue()[fit.way.question].parameters} - {
        one.type for one in catalogue()[fit.way.question].parameters if one.name in fit.given
    }
    own = {
        word for span in fit.left if not span.says_something for word in stems(plain(span.words))
    }
    return any(not own.isdisjoint(words_of_values(kind)) for kind in empty)


@cache
def words_of_values(kind: str) -> frozenset[str]:
    """Return the words that stand in the names of values alone, of one type of parameter."""
    every = vocabulary()
    alone = {stem(phrase[0]) for phrase in every if len(phrase) == 1}
    found = {
        stem(word)
        for phrase, readings in every.items()
        for word in phrase
        if any(one.name == kind and one.value for one in readings)
    }
    return frozenset(found - alone - light())


def _likely(
    query: CatalogueQuery,
    spans: Sequence[Span],
    fit: Callable[[Way, Sequence[Span]], Fit],
    known: Evidence,
    weight: float,
) -> Likely:
    """Return the fit of values alone: the words are weighed, and not taken one by one."""
    fits = [fit(way, spans) for way in _ways(query.name)]
    counted = [(_unfitting(one, known), one) for one in fits]
    least, best = min(counted, key=lambda pair: pair[0])
    return Likely(best, weight - _UNFITTING * least, not least)


def _unfitting(fit: Fit, known: Evidence) -> int:
    """Return how many values have no place, and how many places no value.

    Section 114 is a provision, and what a report is named after; "now" bounds no question of all
    times.
    """
    homeless = [
        one
        for one in fit.left
        if is_value(one)
        and not any(known.has(fit.way.question, notion(name)) for name in one.notions)
    ]
    is_dated = any(one.type == "date" for one in catalogue()[fit.way.question].parameters)
    is_now = [one.time is not None and one.time.kind == _NOW for one in homeless]
    return len(homeless) - (0 if is_dated else sum(is_now)) + len(fit.lacks) + bool(fit.wrong)


@cache
def _ways(question: str) -> tuple[Way, ...]:
    """Return the values that a question takes, as ways of asking it with nothing else."""
    parameters = catalogue()[question].parameters
    slots = [Item(frozenset([one.name]), True, not one.optional) for one in parameters]
    kept = [one for one in slots if not one.names & _RANGE]
    if len(kept) == len(slots):
        return (Way(question, tuple(slots), {}),)
    needs = (True, False) if question in _OPEN else (True,)
    period = frozenset(["period"])
    return tuple(Way(question, (*kept, Item(period, True, need)), {}) for need in needs)


def _strange(
    fit: Fit, spans: Sequence[Span], words: Sequence[str], known: Evidence
) -> Iterator[float]:
    """Yield how much each word speaks against a question that stands in no example of it."""
    question = fit.way.question
    if any(_joined_to_a_value(spans, fit.left)):
        yield _ALIEN
    if any(span.notions == {_DEFINITION} for span in spans) and not any(map(is_value, spans)):
        yield _ALIEN
    said = marks(words)
    yield from (_UNUSUAL for one in known.core(question) if one not in said)
    yield from (_OTHERS for focus in focuses(words) if not known.has(question, focus))
    if any(_counts_others(spans, question, known)):
        yield _ALIEN
    for span in fit.left:
        if span.words[:1].isupper() and span is not spans[0] and not span.notions:
            yield _ALIEN
        yield from _strange_part(span, question, words, known)


def _counts_others(spans: Sequence[Span], question: str, known: Evidence) -> Iterator[bool]:
    """Yield whether things are counted that nobody counts by a question.

    "How many requirements does a direction contain" is not how many directions there are.
    """
    for counting, counted in pairwise(spans):
        if not counting.notions.isdisjoint(_COUNTING) and counted.notions & notions_of_things():
            found = focuses((*plain(counting.words), *plain(counted.words)))
            yield not any(known.has(question, focus) for focus in found)


def _strange_part(
    span: Span, question: str, words: Sequence[str], known: Evidence
) -> Iterator[float]:
    said = span.notions - {FILLER, RESTRICTING}
    values = {one.name for one in span.readings if one.value}
    own = stems(plain(span.words))
    new = [word for word in own if not known.has(question, word)]
    is_bounding = RESTRICTING in span.notions
    if any(known.share(question, notion(name)) < _USUAL for name in said & each_row(question)[1]):
        yield _ALIEN
    elif values and all(known.share(question, value(name)) < _USUAL for name in values):
        yield _ALIEN if _OFFICE in values else 2 * _BOUNDING
    elif _is_of_others(said, question, known) or _is_one(said, own, question, known):
        yield _ALIEN
    elif said and all(known.has(question, notion(name)) for name in said):
        return
    elif values:
        yield _BOUNDING if new else 0.0
    elif not (_NUMBERS | (bounding_words() if is_bounding else frozenset())).isdisjoint(own):
        yield _ALIEN
    elif is_bounding:
        beside = [pair for pair in pairs(words) if not set(own).isdisjoint(pair.split())]
        is_known = any(known.has(question, pair) for pair in beside)
        is_mild = set(own) <= mild_words()
        yield (_UNUSUAL if is_mild else _ALIEN) if new else 0.0 if is_known else _BOUNDING
    else:
        weight = _OTHERS if said <= light_notions() else _UNUSUAL
        yield from (weight for word in new if said and word not in light() | general_words())


def _is_of_others(said: frozenset[str], question: str, known: Evidence) -> bool:
    """Return whether a thing is said that a question has nothing to do with."""
    return any(known.share(question, notion(name)) < _SOME for name in said & notions_of_things())


def _is_one(said: frozenset[str], own: Sequence[str], question: str, known: Evidence) -> bool:
    """Return whether things are counted as one in words that no example of a question has.

    "In only one council" is not "in more than one".
    """
    return _ONE in said and not all(known.has(question, pair) for pair in pairs(own))


def _unheard(fit: Fit, spans: Sequence[Span], known: Evidence) -> list[str]:
    """Return the words that nobody listed and no example of the question has.

    One of them may be a turn of speech where all else is plain, but for what is of another field.
    """
    unlisted = [
        span
        for span in fit.left
        if span.notions <= {FILLER} and not any(one.value for one in span.readings)
    ]
    question = fit.way.question
    words = [
        word
        for span in unlisted
        if not is_value(span)
        for word in stems(plain(span.words))
        if word not in light() | general_words() and not known.has(question, word)
    ]
    named = [span for span in unlisted if span.words[:1].isupper() and span is not spans[0]]
    is_foreign = named or any(known.is_foreign(word) or word in foreign_words() for word in words)
    return [*words, *words] if is_foreign else words


def _joined_to_a_value(spans: Sequence[Span], left: Sequence[Span]) -> Iterator[bool]:
    """Yield whether what is joined to a value that was taken was taken too.

    Of "directions and notices" the kind of act would be told as that of directions alone.
    """
    told = [span for span in spans if not span.plain or not span.plain <= _ARTICLES]
    for before, joining, after in zip(told, told[1:], told[2:], strict=False):
        if joining.plain and joining.plain <= _JOINING:
            beside = (before, after)
            taken = [
                one for one in beside if one not in left and any(r.value for r in one.readings)
            ]
            yield len(taken) == 1 and any(one in left and one.notions for one in beside)
