"""Slips of the keyboard in ordinary words: "comissioner" is read as "commissioner".

Only a word that nobody knows is read as another, and only as the one known word beside it; what
was read is told with the answer. A name with a slip is not for here: `parts.py` compares it.
"""

import re
from calendar import day_name, month_name
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from queries.ask.forms import stem
from queries.ask.vocabulary import opening_words, vocabulary, words_beside
from queries.ask.words import plain

_SHORTEST_LETTERS = 6
"""A shorter word has many others beside it."""
_SHORTEST_OTHER_LETTERS = 9
"""From here on a letter in place of another is a slip."""
_SHORTEST_TWICE_LETTERS = 10
"""From here on two slips leave no doubt."""
_ENDING_LETTERS = 2
"""The last letters, which make another form of a word and not a slip in it."""
# takes: "comissioner", "Febuary"
# leaves: "NFK-2016-02", "s114"
_WRITTEN = re.compile(r"(?<![\w-])[^\W\d_]{6,}(?![\w-])")
_CALENDAR = frozenset(name.lower() for name in (*month_name, *day_name) if name)


@dataclass(frozen=True)
class Slip:
    """A word as it is written, and the word as which it is read."""

    written: str
    read: str


def without_slips(text: str, names: Container[str]) -> tuple[str, list[Slip]]:
    """Return a question with the words that were meant, and those that were not written so.

    In: the words of names, as they are compared; they are never read as something else.

    >>> without_slips("a comissioner on 1 Febuary, by election", ())[0]
    'a commissioner on 1 February, by election'
    """
    found: list[Slip] = []
    for match in _WRITTEN.finditer(text):
        written = match.group()
        (word, *_) = plain(written)
        if word in names or not (meant := _meant(word)):
            continue
        if word != written.lower():
            meant = f"{meant[:-1]}ies" if meant.endswith("y") else f"{meant}s"
        if written[0].isupper():
            # What is written as a name is one, but for months and the first word.
            if meant not in _CALENDAR and match.start():
                continue
            meant = meant.capitalize()
        found.append(Slip(written, meant))
    for slip in found:
        text = re.sub(rf"\b{slip.written}\b", slip.read, text)
    return text, found


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """Return the one known word that an unknown one is beside, or nothing.

    >>> _meant("intervnetion"), _meant("commission"), _meant("election"), _meant("wibble")
    ('intervention', '', '', '')
    """
    if word in _known() or stem(word) in _known_stems() or len(word) < _SHORTEST_LETTERS:
        return ""
    most = 2 if len(word) >= _SHORTEST_TWICE_LETTERS else 1
    found = process.extract(word, _long(), scorer=OSA.distance, score_cutoff=most, limit=None)
    beside = [(slips, one) for one, slips, _ in found if _is_slip(word, one, int(slips))]
    least = min((slips for slips, _ in beside), default=0)
    nearest = {stem(one): one for slips, one in beside if slips == least}
    return next(iter(nearest.values())) if len(nearest) == 1 else ""


def _is_slip(written: str, meant: str, slips: int) -> bool:
    """Return whether one word is another with slips: what only ends or begins otherwise is not.

    A letter in place of another makes another word more often than a missing one does, and two in
    place of two others nearly always: an intersection is no intervention.
    """
    if len(stem(meant)) < _SHORTEST_LETTERS or written[0] != meant[0]:
        return False
    is_as_long = len(written) == len(meant)
    kept = 1 if not is_as_long or sorted(written) == sorted(meant) else _ENDING_LETTERS
    if written[-kept:] != meant[-kept:] and meant not in _CALENDAR:
        return False
    is_other_letter = (
        is_as_long and sum(one != two for one, two in zip(written, meant, strict=True)) == slips
    )
    if is_other_letter:
        return slips == 1 and len(stem(meant)) >= _SHORTEST_OTHER_LETTERS
    return slips == 1 or len(stem(meant)) >= _SHORTEST_TWICE_LETTERS


@cache
def _known() -> frozenset[str]:
    return frozenset(_words()) | _CALENDAR | words_beside()


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(map(stem, _known()))


@cache
def _long() -> tuple[str, ...]:
    """Return the words that can be meant, in order."""
    words = {*_words(), *_CALENDAR} - words_beside()
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_LETTERS))


def _words() -> Iterator[str]:
    for phrase in vocabulary():
        yield from phrase
    for some in opening_words().values():
        yield from some
