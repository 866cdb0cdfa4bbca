"""The words that questions are made of, and the ways of asking each question of the catalogue."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import cycle, product
from typing import Any

from queries.ask.words import plain
from queries.catalogue import CatalogueQuery, catalogue, folder

COLOURING, COLOURING_NOUNS = "colouring", "colouring-nouns"
"""The names of what colours a question, anywhere or before a noun; `parts.py` looks."""
FILLER = "filler"
"""The name of what says nothing."""
RESTRICTING = "restricting"
"""The name of what bounds a question: it refuses one that is not asked with it."""
# takes: "between two days"
# takes: "in a financial year"
# takes: "until another"
# leaves: "which councils"
# leaves: "a council's services"
_PLACES_OF_VALUES = re.compile(
    r"""
    \b(?:(?:in|on|at|of|between)[ ])?(?:a|two)[ ]
    (?:
        council(?:[ ]or[ ]combined[ ]authority)?
      | days? | direction | financial[ ]year | provision | thing | time
    )
    \b(?!'|[ ]of)
    | \buntil[ ]another\b
    """,
    re.VERBOSE,
)
_LIGHT = frozenset(("a", "an", "and", "has", "have", "had", "did", "the", "was", "were", "it"))
_EVERY = "*"
_ADDING = "also"
"""The type of parameters that add rows, and bound nothing."""
_BY_MINISTERS = "minister to-issue {}"
"""A way of asking with those who act: which directions did ministers send to a council."""
_FIXED, _OPTIONAL, _EITHER, _THEN = "->", "?", "|", ">"


@dataclass(frozen=True)
class Reading:
    """What some words of a question can mean: a notion, or a value of a type of parameter.

    In: `name` is that of the notion or type; `value` is empty for a notion; `label` names the value
    for people.
    """

    name: str
    value: str = ""
    label: str = ""


@dataclass(frozen=True)
class Item:
    """A part of a way of asking: one of some notions, or the value of a parameter."""

    names: frozenset[str]
    is_slot: bool
    is_needed: bool


@dataclass(frozen=True)
class Way:
    """A way of asking a question: what has to be said, what may be, and the values that it sets.

    In: `words` are those that have to be said too, whatever they mean elsewhere.
    """

    question: str
    items: tuple[Item, ...]
    fixed: Mapping[str, str]
    words: frozenset[str] = frozenset()

    @cached_property
    def slots(self) -> tuple[Item, ...]:
        """The values that can be said."""
        return tuple(item for item in self.items if item.is_slot)

    @cached_property
    def notions(self) -> frozenset[str]:
        """The notions that can be said, of which most parts of a question say none."""
        return frozenset(name for item in self.items if not item.is_slot for name in item.names)

    def can_be_said(self, notions: frozenset[str], words: frozenset[str]) -> bool:
        """Return whether its notions and words are among some; its values may be missing still."""
        items = (item for item in self.items if item.is_needed and not item.is_slot)
        return self.words <= words and all(not item.names.isdisjoint(notions) for item in items)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The notions and values that have to be said, or others in their place."""
        return frozenset(name for item in self.items if item.is_needed for name in item.names)


@dataclass(frozen=True)
class Phrases:
    """The ways of asking, in order, and what of the catalogue cannot be asked, with the reason.

    In: `yields` names the questions to which one yields where both fit equally; `in_order` the
    notions of a thing and of the one that came after it, of questions that are about both;
    `regimes` those that a question is about, if no others.
    """

    ways: Sequence[Way]
    yields: Mapping[str, frozenset[str]]
    in_order: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    regimes: Mapping[str, frozenset[str]]
    not_askable: Mapping[str, str]


Vocabulary = Mapping[tuple[str, ...], Sequence[Reading]]
"""What each phrase can mean."""


@cache
def vocabulary() -> Vocabulary:
    """Return the phrases of `words.toml` and `fillers.toml`."""
    read = _read("words.toml")
    found: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for phrase in fillers():
        found[phrase].append(Reading(FILLER))
    for phrase in restricting():
        found[phrase].append(Reading(RESTRICTING))
    colours = _read("fillers.toml")["colouring"]
    for name, kind in ((COLOURING, "anywhere"), (COLOURING_NOUNS, "before-a-noun")):
        for word in colours[kind].split():
            found[plain(word)].append(Reading(name))
    for name, ways in read["notions"].items():
        for way in _phrases(ways):
            found[plain(way)].append(Reading(name))
    for name, values in read["values"].items():
        for value, ways in values.items():
            for way in _phrases(ways):
                label = value.replace("-", " ")
                found[plain(way)].append(Reading(name, value, label))
    return dict(found)


def _phrases(listed: str) -> Iterator[str]:
    """Yield the phrases of a list, each with every choice of those that stand in brackets.

    >>> [*_phrases("ended|[no/without an] end [date/]")]
    ['ended', 'no end date', 'no end ', 'without an end date', 'without an end ']
    """
    for phrase in listed.split(_EITHER):
        fixed = re.split(r"\[([^\]]*)\]", phrase)
        choices = (
            part.split("/") if odd else [part]
            for part, odd in zip(fixed, cycle((0, 1)), strict=False)
        )
        yield from map("".join, product(*choices))


@cache
def fillers() -> frozenset[tuple[str, ...]]:
    """Return what says nothing, of `fillers.toml`."""
    read = _read("fillers.toml")
    words = {plain(word) for kind in read["words"].values() for word in kind.split()}
    told = {plain(phrase) for kind in read["phrases"].values() for phrase in _phrases(kind)}
    return frozenset(words | told)


@cache
def asking_words() -> frozenset[str]:
    """Return the words for what those do who ask, and whoever knows something."""
    return frozenset(plain(f"{_read('fillers.toml')['words']['asking']} read"))


@cache
def not_colouring() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words after which, and those before which, no word only colours a question."""
    read = _read("fillers.toml")["colouring"]
    return frozenset(plain(read["never-after"])), frozenset(plain(read["never-before"]))


@cache
def restricting() -> frozenset[tuple[str, ...]]:
    """Return what bounds a question, and so says something that a way of asking has to take."""
    kinds = _read("fillers.toml")["restricting"].values()
    return frozenset(plain(phrase) for kind in kinds for phrase in _phrases(kind))


@cache
def opening_words() -> Mapping[str, frozenset[str]]:
    """Return the words that lead up to a question, by what they do there."""
    return {kind: frozenset(plain(text)) for kind, text in _read("fillers.toml")["opening"].items()}


@cache
def words_beside() -> frozenset[str]:
    """Return words of their own that look like slips in known ones: a statue is no statute."""
    return frozenset(plain(_read("beside.toml")["words"]))


@cache
def words_of_tense(tense: str) -> frozenset[str]:
    """Return the words that tell that a question is about the present, or about what has been."""
    return frozenset(plain(_read("words.toml")[tense]))


@cache
def opposites() -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the words of negation, and the notions that they turn into others."""
    read = _read("words.toml")
    return frozenset(plain(read["negating"])), read["opposites"]


@cache
def phrases() -> Phrases:
    """Return the ways of asking of `phrases.toml`."""
    read = _read("phrases.toml")
    ways: list[Way] = []
    ministerial = _read("columns.toml")["given_by_ministers"].split()
    for question, entry in read["questions"].items():
        told = (*_items(entry.get("also", ""), False), *_told(catalogue()[question]))
        texts = entry["ways"]
        if question in ministerial:
            texts = [*texts, *(_BY_MINISTERS.format(text) for text in texts)]
        ways += [_way(question, text, told) for text in texts]
        ways.append(_own_way(catalogue()[question]))
    yields = {
        question: frozenset(entry.get("yields_to", "").split())
        for question, entry in read["questions"].items()
    }
    ordered = {
        question: entry["in_order"].partition(_THEN)
        for question, entry in read["questions"].items()
        if "in_order" in entry
    }
    in_order = {
        question: (frozenset(first.split()), frozenset(then.split()))
        for question, (first, _, then) in ordered.items()
    }
    regimes = {
        question: frozenset(entry["regimes"].split())
        for question, entry in read["questions"].items()
        if "regimes" in entry
    }
    return Phrases(ways, yields, in_order, regimes, read["not_askable"])


def _told(query: CatalogueQuery) -> Iterator[Item]:
    """Yield what may be asked for in every way: columns of the answer tell it, or it only adds."""
    yield from (
        Item(frozenset([one.name]), True, False) for one in query.parameters if one.type == _ADDING
    )
    read = _read("columns.toml")
    columns = {word for column in query.columns for word in column.split("_")}
    for notion, words in read["told_by"].items():
        untold = read["untold"].get(notion, "").split()
        if query.name not in untold and (words == _EVERY or columns & set(words.split())):
            yield Item(frozenset([notion]), False, False)


@cache
def each_row(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what every row of an answer tells by itself, and the notions beside which none does.

    >>> sorted(each_row("delay_to_direction")[0])
    ['by-council', 'each-year', 'support-year']
    """
    read = _read("columns.toml")
    columns = catalogue()[question].columns
    told = (notion for notion, names in read["each_row"].items() if {*names.split()} & {*columns})
    return frozenset(told), frozenset(read["not_beside"]["notions"].split())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(folder("ask").joinpath(name).read_text(encoding="utf-8"))


def _way(question: str, text: str, also: tuple[Item, ...]) -> Way:
    """Return a way of asking.

    >>> way = _way("q", "direction given|received {council}? -> kind=direction", ())
    >>> [(sorted(item.names), item.is_slot, item.is_needed) for item in way.items]
    [(['direction'], False, True), (['given', 'received'], False, True), (['council'], True, False)]
    >>> way.fixed
    {'kind': 'direction'}
    """
    said, _, fixed = text.partition(_FIXED)
    pairs = (pair.partition("=") for pair in fixed.split())
    items = tuple(_items(said, True))
    return Way(question, (*items, *also), {name: value for name, _, value in pairs})


def _own_way(query: CatalogueQuery) -> Way:
    """Return the question as the catalogue itself puts it, with values in it.

    >>> sorted(_own_way(catalogue()["directions_of_council"]).words)
    ['direction', 'in', 'order', 'received', 'revoked', 'which']
    """
    names = {parameter.name for parameter in query.parameters}
    slots = [Item(frozenset([one.name]), True, not one.optional) for one in query.parameters]
    if names >= {"from", "to"}:
        slots = [item for item in slots if not item.names & {"from", "to"}]
        slots.append(Item(frozenset(["period"]), True, True))
    words = plain(_PLACES_OF_VALUES.sub(" ", query.question))
    return Way(query.name, tuple(slots), {}, frozenset(words) - _LIGHT)


def _items(text: str, needed: bool) -> Iterator[Item]:
    for part in text.split():
        bare = part.removesuffix(_OPTIONAL)
        is_slot = bare.startswith("{")
        names = frozenset(bare.strip("{}").split(_EITHER))
        yield Item(names, is_slot, needed and part == bare)
