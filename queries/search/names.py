"""The name of a council as it is compared, without what only the way of writing it adds."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from queries.catalogue import folder

# takes (search): "St. Helens"
# leaves (search): "Norfolk"
_BETWEEN_WORDS = re.compile(r"[^\w]+|_+")
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u02bc\u2018\u2019"))
# takes (search): "L.B. Croydon", "R.B.K.C."
# leaves (search): "N. Yorks", "St. Helens"
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_POINT_LETTERS = 1
"""Length of what means a point of the compass before a name, and nothing elsewhere."""


@dataclass(frozen=True)
class Spellings:
    """The words of `spellings.toml`.

    In: `excluded` has the types of council that a word excludes; `short` the codes by short name.
    """

    joining: frozenset[str]
    parting: frozenset[str]
    kinds: frozenset[str]
    of_boroughs: frozenset[str]
    no_council: tuple[str, ...]
    excluded: Mapping[str, frozenset[str]]
    words: Mapping[str, Sequence[str]]
    short: Mapping[str, str]
    vague: frozenset[str]


@dataclass(frozen=True)
class Name:
    """A name in the forms in which it is compared.

    In: `words` are all its words, written in full; `core` those that are left without words for a
    kind of council and without joining words; `kinds` the words for a kind that were taken away.
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    kinds: frozenset[str]

    @property
    def whole(self) -> str:
        """The name with all its words but joining ones."""
        return " ".join(word for word in self.words if word not in spellings().joining)

    @property
    def squashed(self) -> tuple[str, str]:
        """The core without spaces, and the same with its joining words."""
        first, last = self.core[0], self.core[-1]
        end = len(self.words) - self.words[::-1].index(last)
        return "".join(self.core), "".join(self.words[self.words.index(first) : end])


@cache
def spellings() -> Spellings:
    """Return the words by which names are read."""
    text = folder("search").joinpath("spellings.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return Spellings(
        frozenset(read["joining"]),
        frozenset(read["parting"]),
        frozenset(read["kinds"]),
        frozenset(read["of_boroughs"]),
        tuple(read["no_council"]),
        {word: frozenset(types) for word, types in read["excluded_types"].items()},
        {word: tuple(full.split()) for word, full in read["words"].items()},
        read["short_names"],
        frozenset(read["first_words"]["vague"]),
    )


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents, apostrophes and signs.

    >>> plain_words("King’s Lynn & West-Norfolk"), plain_words("Ynys Môn")
    (['kings', 'lynn', 'and', 'west', 'norfolk'], ['ynys', 'mon'])
    >>> plain_words("L.B. Croydon")
    ['lb', 'croydon']
    """
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    bare = _INITIALS.sub(lambda letters: letters[0].replace(".", "") + " ", bare)
    return [word for word in _BETWEEN_WORDS.split(re.sub("[&+]", " and ", bare)) if word]


def read_name(text: str) -> Name | None:
    """Return a name as it is compared; none if it has no word.

    >>> read_name("The London Borough of Hammersmith & Fulham").core
    ('hammersmith', 'fulham')
    >>> read_name("N. Yorks CC").core, read_name("City of London").core
    (('north', 'yorkshire'), ('city', 'london'))
    """
    known = spellings()
    words: list[str] = []
    for place, word in enumerate(plain_words(text)):
        is_elsewhere = len(word) == _POINT_LETTERS and place
        words += [word] if is_elsewhere else known.words.get(word, (word,))
    if not words:
        return None
    kept = [word for word in words if word not in known.joining]
    kinds: set[str] = set()
    while kept and (kept[-1] in known.kinds or _is_of_borough(kept[-1], kinds)):
        kinds.add(kept.pop())
    while kept and (kept[0] in known.kinds or _starts_borough(kept)):
        kinds.add(kept.pop(0))
    if kept == list(known.no_council):
        kept = []
    core = kept or [word for word in words if word not in known.joining] or words
    return Name(tuple(words), tuple(core), frozenset(kinds if kept else ()))


def _is_of_borough(word: str, kinds: set[str]) -> bool:
    return word in spellings().of_boroughs and "borough" in kinds


def _starts_borough(words: Sequence[str]) -> bool:
    return words[0] in spellings().of_boroughs and words[1:2] == ["borough"]
