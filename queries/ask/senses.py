"""What the words of a question can mean, as they are said or in another form.

A phrase of the lists is found in any of its forms, with words that say the same in place of its
own, and with words inside it that change nothing: "have their powers been given back".
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from queries.ask.forms import head, light_words, stem
from queries.ask.vocabulary import (
    COLOURING,
    COLOURING_NOUNS,
    FILLER,
    Reading,
    not_colouring,
    vocabulary,
)
from queries.ask.words import Word

Senses = dict[int, list[Reading]]
"""What words from a place on can mean, by the place after the last of them."""
_Form = Callable[[str], str]


def as_said(words: Sequence[Word], place: int, last: int) -> Senses:
    """Return what the words from a place on mean as they are said."""
    known = vocabulary()
    ends = range(place + 1, last + 1)
    found = {end: known.get(tuple(word.plain for word in words[place:end])) for end in ends}
    return {end: [*readings] for end, readings in found.items() if readings}


def in_other_forms(words: Sequence[Word], place: int, last: int) -> Senses:
    """Return what the words from a place on mean in another form; the nearest form decides."""
    found: Senses = {}
    for form in (_same, stem, head):
        for end, readings in _loosely(words, place, last, form):
            # What was planned was not done under the law of planning.
            is_word = end == place + 1 and form is not _same
            kept = [one for one in readings if not (is_word and one.value)]
            if kept:
                found.setdefault(end, kept)
    return found


def in_any_form(words: Sequence[Word], place: int, last: int) -> Senses:
    """Return what the words from a place on mean, in another form where not as they are said."""
    return in_other_forms(words, place, last) | as_said(words, place, last)


def in_place(
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


def _same(word: str) -> str:
    return word


def _loosely(
    words: Sequence[Word], place: int, last: int, form: _Form
) -> Iterator[tuple[int, list[Reading]]]:
    """Yield what is found from a place on, if light words inside it are left out."""
    known, light = _index(form), light_words()
    key: tuple[str, ...] = ()
    for end in range(place + 1, last + 1):
        word = words[end - 1].plain
        whole = (*key, form(word))
        if readings := known.get(whole):
            yield end, [*readings]
        if end == place + 1 or word not in light:
            key = whole


@cache
def _index(form: _Form) -> Mapping[tuple[str, ...], Sequence[Reading]]:
    found: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for phrase, readings in vocabulary().items():
        known = found[_key(phrase, form)]
        known += [one for one in readings if one not in known]
    return dict(found)


def _key(phrase: Sequence[str], form: _Form) -> tuple[str, ...]:
    first, inner, last = phrase[:1], phrase[1:-1], phrase[1:][-1:]
    kept = (word for word in inner if word not in light_words())
    return tuple(map(form, (*first, *kept, *last)))
