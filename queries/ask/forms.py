"""What the forms of one word have in common, and which words say the same: grade, graded, mark.

It stands beside `words.py`, which compares words as they are: only a phrase that is not known as it
is said is looked for in another form, so that no form of a word that is listed changes its meaning.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from queries.ask.vocabulary import vocabulary
from queries.ask.words import plain
from queries.catalogue import folder

_SHORTEST_CHARACTERS = 3
"""No ending is taken from what would leave less."""
_ENDINGS = "ing", "ed"
_VOWEL = re.compile("[aeiouy]")
# takes: "stopp", "referr"
# leaves: "add", "fall", "pass"
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return what the forms of a word have in common; it is compared, never shown.

    >>> {stem(word) for word in ("grade", "graded", "grading")}
    {'grad'}
    >>> {stem(word) for word in ("carry", "carried", "carrying")}
    {'carri'}
    >>> {stem(word) for word in ("take", "took", "taken", "taking")}
    {'tak'}
    >>> stem("organized") == stem("organising"), stem("need"), stem("bring")
    (True, 'need', 'bring')
    """
    word = _irregular().get(word, word)
    bare = _without_ending(word)
    if bare.endswith("e") and len(bare) > _SHORTEST_CHARACTERS:
        bare = bare[:-1]
    bare = f"{bare[:-1]}i" if bare.endswith("y") and not _VOWEL.match(bare[-2:-1]) else bare
    return re.sub("iz$", "is", bare)


def head(word: str) -> str:
    """Return the stem of the listed word whose place a word takes that no list has.

    >>> head("insolvent") == head("bankrupt"), head("emissary") == head("envoy")
    (True, True)
    """
    bare = stem(word)
    return _alike().get(bare, bare)


@cache
def light_words() -> frozenset[str]:
    """Return the words that may stand inside a phrase without changing what it says."""
    return frozenset(plain(_read()["inside"]["light"]))


@cache
def _irregular() -> Mapping[str, str]:
    return {
        form: first
        for listed in _read()["irregular"].values()
        for first, *others in _groups(listed, ",")
        for form in others
    }


@cache
def _alike() -> Mapping[str, str]:
    known = {stem(phrase[0]) for phrase in vocabulary() if len(phrase) == 1}
    return {
        stem(word): stem(first)
        for listed in _read()["alike"].values()
        for first, *others in _groups(listed, ";")
        for word in others
        if stem(word) not in known
    }


def _groups(listed: str, between: str) -> Iterator[tuple[str, ...]]:
    for group in listed.split(between):
        yield plain(group)


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(folder("ask").joinpath("forms.toml").read_text(encoding="utf-8"))


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        bare = word.removesuffix(ending)
        is_ending = bare != word and len(bare) >= _SHORTEST_CHARACTERS
        if is_ending and _VOWEL.search(bare) and not word.endswith("eed"):
            return _DOUBLED.sub(r"\1", bare) if len(bare) > _SHORTEST_CHARACTERS else bare
    return word
