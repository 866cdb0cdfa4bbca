"""Words that stand for what a question does not name, such as "it" where no council is named."""

from collections.abc import Sequence
from itertools import pairwise

from queries.ask.parts import Span
from queries.ask.words import plain

_NAMES = frozenset(
    ("council", "person", "direction", "reference", "provision", "statute", "office")
)
"""What a value has to be for a pronoun to stand for it."""
_HOLDERS = frozenset(
    plain(
        "council authority borough district county city area place unitary neighbour"
        " anyone everyone anybody everybody whoever who whom whose people person"
        " minister government ministry department visit each source record"
    )
)
"""Words for those that a pronoun can stand for, though they name nobody."""
_BREAKS = frozenset(("and", "that", "but", "then", "if", "when", "yet", "while"))
"""Words after which a pronoun can stand for what was said of acts before them."""
_PRONOUNS = frozenset(("it", "its", "they", "them", "their", "he", "she", "him", "her", "his"))
_THINGS = frozenset(
    plain("hall commissioner post fact value date direction document source intervention")
)
_SEVERAL = frozenset(
    plain("documents directions facts dates reports letters notices visits inspections acts grades")
)
"""What "them" stands for where it is named before: which documents are cited without holding them.
"They" can be others: which directions did they get."""
_COURSES = frozenset(("intervention",))
"""What "their council" can belong to: an intervention can outlive its council."""
_WRITERS = frozenset(plain("commissioner adviser inspector envoy"))
_INSPECTING = frozenset(("ofsted", "inspector", "hmi"))
"""Those whom "their" stands for right before them: on which of their visits Ofsted found."""
_QUANTIFIED = frozenset(("each", "every", "any"))
"""Words after which "that council" is the one of each: after each report, until that council."""
_LEARNING = frozenset(("learn", "learnt", "learned", "know", "find"))
"""What all of us do: what did we learn."""
_OF_ONE = frozenset((("the", "county"), ("the", "borough"), ("the", "city"), ("the", "district")))
"""Words for a council that has to be named elsewhere."""
_INSIDE = frozenset(("in", "behind"))
"""Words after which a pronoun stands for a thing that was named before: the claims behind it."""
_POINTING = frozenset(("that", "this", "our", "my", "your"))
_ASKING = frozenset(("are", "am", "were", "was", "have", "did"))
_SELVES = frozenset(("we", "i"))
"""Those who ask, of whom nothing is known: are we under intervention."""
_NOBODY = frozenset(("take", "took", "known", "certain", "possible", "rule", "true", "that"))
"""Words before which "it" stands for nothing: how long does it take."""
_PLACES = frozenset(("council", "authority", "borough", "county", "city", "town", "area", "place"))
_BEING = frozenset(("is", "are", "was", "were", "be", "been", "has", "have", "had"))


def unsaid(spans: Sequence[Span], words: Sequence[str]) -> str:
    """Return the words that stand for what is not named, or nothing.

    In: the parts of a question; its words as they are compared.
    """
    names = any(one.name in _NAMES and one.value for span in spans for one in span.readings)
    return "" if names else _pointing(words) or _pronoun(words) or _there(words)


def _pointing(words: Sequence[str]) -> str:
    for place, (one, two) in enumerate(pairwise(words)):
        is_bound = one == "that" and not _QUANTIFIED.isdisjoint(words[:place])
        if (one in _POINTING and two in _PLACES and not is_bound) or (one, two) in _OF_ONE:
            return f"{one} {two}"
        if one in _ASKING and two in _SELVES and _LEARNING.isdisjoint(words[place + 2 : place + 3]):
            return two
    return ""


def _pronoun(words: Sequence[str]) -> str:
    """Return a pronoun that has nothing before it to stand for.

    >>> _pronoun("what direction did it receive".split())
    'it'
    >>> _pronoun("which council had it and when".split())
    ''
    """
    for place, word in enumerate(words):
        before = set(words[:place])
        if words[place - 1] in _INSIDE and before & _THINGS:
            continue
        if word == "their" and before & _COURSES and "council" in words[place + 1 : place + 2]:
            continue
        if word == "their" and before & _WRITERS:
            continue
        if word == "their" and _INSPECTING.intersection(words[place + 1 : place + 3]):
            continue
        if word == "it" and _NOBODY.intersection(words[place + 1 : place + 3]):
            continue
        if word == "them" and before & _SEVERAL:
            continue
        if word in _PRONOUNS and not before & (_HOLDERS | _BREAKS):
            return word
    return ""


def _there(words: Sequence[str]) -> str:
    """Return "there" where it means a place and none is named.

    >>> _there("who was there".split()), _there("how many direction were there".split())
    ('there', '')
    """
    for place, word in enumerate(words):
        beside = {*words[max(place - 2, 0) : place], *words[place + 1 : place + 2]}
        is_who = bool({"who", "whom"} & set(words[max(place - 2, 0) : place]))
        if word == "there" and (is_who or not beside & _BEING):
            return word
    return ""
