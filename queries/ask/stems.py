"""What the forms of one word have in common: grade, grades, graded and grading.

It stands beside `words.py`, which compares words as they are: only a word that is not known in its
own form is looked for by its stem, so that no form of a word that is listed changes its meaning.
"""

import re

_SHORTEST_CHARACTERS = 3
"""No ending is taken from what would leave less."""
_ENDINGS = "ing", "ed"
_VOWEL = re.compile("[aeiouy]")
# takes: "stopp", "referr"
# leaves: "add", "fall", "pass"
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def stem(word: str) -> str:
    """Return what the forms of a word have in common; it is compared, never shown.

    >>> {stem(word) for word in ("grade", "graded", "grading")}
    {'grad'}
    >>> {stem(word) for word in ("carry", "carried", "carrying")}
    {'carri'}
    >>> stem("organized") == stem("organising"), stem("need"), stem("bring")
    (True, 'need', 'bring')
    """
    bare = _without_ending(word)
    if bare.endswith("e") and len(bare) > _SHORTEST_CHARACTERS:
        bare = bare[:-1]
    bare = f"{bare[:-1]}i" if bare.endswith("y") and not _VOWEL.match(bare[-2:-1]) else bare
    return re.sub("iz$", "is", bare)


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        bare = word.removesuffix(ending)
        is_ending = bare != word and len(bare) >= _SHORTEST_CHARACTERS
        if is_ending and _VOWEL.search(bare) and not word.endswith("eed"):
            return _DOUBLED.sub(r"\1", bare) if len(bare) > _SHORTEST_CHARACTERS else bare
    return word
