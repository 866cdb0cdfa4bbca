"""The words of a question, in the form in which they are compared, with their places."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# takes: "497A", "Norfolk's", "£", "&"
# leaves: "?", "-", "("
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?|[&£%]")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_APOSTROPHE = re.compile(r"['\u2019]")
# takes: "s114", "s497a"
# leaves: "s", "send", "sif"
_SECTION = re.compile(r"(s)(\d+[a-z]*)")
_SIGNS = {"&": "and"}
_NO_PLURAL = "ss", "us", "is"
_SHORTEST_PLURAL_CHARACTERS = 4


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and the characters of the question that it stands for."""

    plain: str
    start: int
    end: int


def read_words(text: str) -> list[Word]:
    """Return the words of a text, in small letters, without accents, possessives and plurals.

    >>> [word.plain for word in read_words("Norfolk's children's services, s114 & 497A(4B)")]
    ['norfolk', 'children', 'service', 's', '114', 'and', '497a', '4b']
    """
    found = []
    for match in _WORD.finditer(text):
        for part in _parts(match.group()):
            found.append(Word(part, match.start(), match.end()))
    return found


def plain(text: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared."""
    return tuple(part for written in _WORD.findall(text) for part in _parts(written))


def said(text: str, words: list[Word]) -> str:
    """Return the part of a text in which words stand, without a possessive at its end."""
    return _POSSESSIVE.sub("", text[words[0].start : words[-1].end])


@lru_cache(maxsize=16_384)
def _parts(written: str) -> tuple[str, ...]:
    parted = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", written).casefold())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    word = _SIGNS.get(bare, _APOSTROPHE.sub("", bare))
    section = _SECTION.fullmatch(word)
    return section.groups() if section else (_singular(word),)


def _singular(word: str) -> str:
    """Return a word without the ending of a plural; whatever else it is, it is always the same.

    >>> _singular("authorities"), _singular("notices"), _singular("was"), _singular("press")
    ('authority', 'notice', 'was', 'press')
    """
    if len(word) < _SHORTEST_PLURAL_CHARACTERS or word.endswith(_NO_PLURAL):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
