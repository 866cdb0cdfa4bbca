"""What may be left over of a question where all that tells it from others is taken."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from queries.ask.fits import Fit
from queries.ask.forms import stem
from queries.ask.parts import Span
from queries.ask.vocabulary import FILLER, RESTRICTING
from queries.ask.words import plain
from queries.catalogue import catalogue, folder

_MOST_WORDS = 4
"""Of more words that are left over, some surely say something."""

_COUNTING = frozenset(("how-many", "how-much"))
"""What comes right after them is what is counted."""
_NOW = "now"
"""The time of what is told anyway, unless a question asks about a day."""
_TURNING = frozenset(
    map(stem, plain("no not never without neither nor or how two what which who when why in on of"))
)
"""Words that say something else wherever they stand, whether or not a question has them too."""


def tolerable(fit: Fit, spans: Sequence[Span]) -> bool:
    """Return whether all that a way of asking leaves over says nothing that it would have to take.

    What names, bounds, negates, compares or counts does; so does a word that nobody listed.
    """
    if fit.lacks or fit.unsaid or fit.wrong or not fit.left or fit.way.words:
        return False
    words = [word for span in fit.left for word in plain(span.words)]
    counted = [two for one, two in pairwise(spans) if not _COUNTING.isdisjoint(one.notions)]
    if any(span in counted for span in fit.left):
        return False
    return len(words) <= _MOST_WORDS and all(
        _is_harmless(span, fit.way.question, first=span is spans[0]) for span in fit.left
    )


def _is_harmless(span: Span, question: str, *, first: bool) -> bool:
    """Return whether words change nothing of a question; as names are written, they are names."""
    told_apart, light = _told_apart()
    if span.time is not None:
        return span.time.kind == _NOW and question in told_apart and not _is_dated(question)
    if span.offered or any(one.value for one in span.readings):
        return False
    words = frozenset(map(stem, span.plain))
    if RESTRICTING in span.notions:
        return words <= _bounds(question)
    if not first and span.words[:1].isupper():
        return False
    notions = span.notions - {FILLER}
    if question in told_apart and notions and notions <= light:
        return True
    own = _own_words(question) if question in told_apart else frozenset()
    return words <= general_words() | own | _bounds(question)


def _is_dated(question: str) -> bool:
    parameters = catalogue()[question].parameters
    return any(one.type == "date" and one.name != "known_at" for one in parameters)


@cache
def _bounds(question: str) -> frozenset[str]:
    return frozenset(map(stem, plain(_read()["bounds"].get(question, ""))))


@cache
def _told_apart() -> tuple[frozenset[str], frozenset[str]]:
    listed = _read()["told_apart"]
    return frozenset(listed["questions"].split()), frozenset(listed["notions"].split())


def light_notions() -> frozenset[str]:
    """Return the notions that change nothing of a question that few words tell from others."""
    return _told_apart()[1]


def notions_of_things() -> frozenset[str]:
    """Return the notions of things and of those who act: where one is said, it is asked about."""
    return frozenset(_read()["told_apart"]["things"].split())


@cache
def mild_words() -> frozenset[str]:
    """Return words that bound a question less than they seem to where all else of it is plain."""
    return frozenset(map(stem, plain(_read()["told_apart"]["mild"])))


@cache
def bounding_words() -> frozenset[str]:
    """Return words that bound a question wherever they stand, whatever examples have them."""
    return frozenset(map(stem, plain(_read()["told_apart"]["never"])))


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(folder("ask").joinpath("general.toml").read_text(encoding="utf-8"))


@cache
def general_words() -> frozenset[str]:
    """Return what the words that say nothing of a question's own have in common."""
    return frozenset(stem(word) for kind in _read()["words"].values() for word in plain(kind))


@cache
def foreign_words() -> frozenset[str]:
    """Return words of other fields, and of what people think and do, which no question asks."""
    return frozenset(stem(word) for kind in _read()["foreign"].values() for word in plain(kind))


@cache
def _own_words(question: str) -> frozenset[str]:
    query = catalogue()[question]
    columns = " ".join(query.columns).replace("_", " ")
    return frozenset(map(stem, plain(f"{query.title} {query.question} {columns}"))) - _TURNING
