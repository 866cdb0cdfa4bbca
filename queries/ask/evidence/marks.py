"""The marks of a question: its words, the pairs of them, and what they can mean, without values."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from queries.ask.forms import head, stem
from queries.ask.parts import Span
from queries.ask.vocabulary import FILLER, RESTRICTING, vocabulary
from queries.ask.words import plain

NAMED = frozenset(("council", "person", "direction", "reference", "provision", "statute"))
"""What a value names, in whose place its kind stands: one council is asked about as another is."""
_LONGEST_WORDS = 5
"""Few phrases have more."""
_NOTION, _VALUE, _PLACE = "#", "=", "{"
_LIGHT = (
    "a an the of it its their was were is are has have had been be did do does and in to by"
    " on at for with that this from as which what who when where how each any all there"
)
_ASKING = frozenset(("who", "whom", "whos", "which", "what", "many", "much"))
_SILENT = frozenset((FILLER, RESTRICTING))


def masked(spans: Sequence[Span]) -> str:
    """Return the words of a question, with the kind of each name and time in its place.

    >>> masked([Span("was"), Span("Norfolk", offered=(None,)), Span("directed")])
    'was {council} directed'
    """
    return " ".join(_place(span) or span.words for span in spans)


def is_value(span: Span) -> bool:
    """Return whether a part of a question names a thing or a time."""
    return bool(_place(span))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a masked question as they are compared.

    >>> tokens("Was {council} directed?")
    ('was', '{council}', 'directed')
    """
    found: list[str] = []
    for written in text.split():
        found += (written,) if written.startswith(_PLACE) else plain(written)
    return tuple(found)


def marks(words: Sequence[str]) -> frozenset[str]:
    """Return the marks of a question.

    In: its words, as they are compared.
    """
    return frozenset((*stems(words), *pairs(words), *focuses(words), *_notions(words)))


def stems(words: Sequence[str]) -> list[str]:
    """Return what the forms of each word have in common."""
    return [word if word.startswith(_PLACE) else stem(word) for word in words]


def pairs(words: Sequence[str]) -> list[str]:
    """Return each two words that follow each other."""
    return [f"{one} {two}" for one, two in pairwise(stems(words))]


def focuses(words: Sequence[str]) -> list[str]:
    """Return each word of asking with the first word of weight after it: what is asked for.

    >>> focuses(("who", "was", "the", "leader", "of", "which", "council"))
    ['who>leader', 'which>council']
    """
    known = stems(words)
    heads = (
        (word, next((one for one in known[place + 1 :] if one not in light()), ""))
        for place, word in enumerate(words)
        if word in _ASKING
    )
    return [f"{word}>{head}" for word, head in heads]


@cache
def light() -> frozenset[str]:
    """Return the words that carry nothing by themselves, as they are compared."""
    return frozenset(map(stem, plain(_LIGHT)))


def notion(name: str) -> str:
    """Return the mark of a notion."""
    return f"{_NOTION}{name}"


def value(name: str) -> str:
    """Return the mark of a value of a type of parameter."""
    return f"{_VALUE}{name}"


def _place(span: Span) -> str:
    if span.time is not None:
        return f"{_PLACE}{span.time.kind}}}"
    named = [one.name for one in span.readings if one.value and one.name in NAMED]
    if named or span.offered:
        return f"{_PLACE}{[*named, 'council'][0]}}}"
    return ""


def _notions(words: Sequence[str]) -> Iterator[str]:
    known = vocabulary()
    for first, word in enumerate(words):
        for end in range(first + 1, min(first + _LONGEST_WORDS, len(words)) + 1):
            readings = known.get(tuple(words[first:end]), ())
            if not readings and end == first + 1:
                readings = known.get((head(word),), ())
            for one in readings:
                if one.name not in _SILENT:
                    yield f"{_VALUE if one.value else _NOTION}{one.name}"
