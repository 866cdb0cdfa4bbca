"""The councils, people, laws and identifiers that a question names."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from ontology.identifiers import short
from queries.ask.vocabulary import Reading
from queries.ask.words import Word, plain, said
from queries.search.councils import CouncilEntry, Period
from queries.search.matcher import CouncilMatcher, Match
from queries.search.names import spellings

LONGEST_WORDS = 9
"""No name has more."""
_SHORTEST_OWNER_LETTERS = 5
"""A shorter name with an "s" after it is too like other words."""
# takes: "section 497A(4B) of the Education Act 1996", "Children Act 1989"
# leaves: "Education", "part I of the Act"
_PROVISION = re.compile(r"(?:section (?P<section>\S+) of the )?(?P<act>.+ Act) (?P<year>\d{4})")
# takes: "497A", "497A(4B)"
# leaves: "15", "10(1)"
_LETTERED = re.compile(r"\d+[A-Z]+\S*")
# takes: "WOR-2017-02", "direction/WOR-2017-02", "inspection/NFK-2015-01", "wor-2017-02"
# leaves: "Norfolk", "2017-02"
_REFERENCE = re.compile(
    r"(?P<kind>[a-z-]+/)?(?P<local>[A-Z]{3,}-\d{4}-\d{2}|(?<![\w-])[a-z]{3}-\d{4}-\d{2})(?![\w-])"
)
# takes (match): "councils in Norfolk"
# takes (match): "north of Norfolk"
# leaves (match): "Council of the Isles of Scilly"
# leaves (match): "North Norfolk"
_NO_NAME = re.compile(
    r"(?:\w+ )?(?:councils?|authorit\w+|districts?|boroughs?) in "
    r"|(?:north|south|east|west) of ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """Words that name something, by their places; `offered` are those that may be meant."""

    first: int
    end: int
    readings: tuple[Reading, ...]
    offered: tuple[CouncilEntry, ...] = ()


@dataclass(frozen=True)
class _Signed:
    """A direction, its council, and the days between which it was signed."""

    reference: str
    council: str
    earliest: date
    latest: date


class Names:
    """The names that a release knows, and the first day of each topic that was read about."""

    def __init__(
        self,
        councils: CouncilMatcher,
        things: Iterable[Mapping[str, str]] = (),
        references: Container[str] = (),
        begins: Mapping[str, date] | None = None,
        directions: Iterable[Mapping[str, str]] = (),
    ) -> None:
        """Make the index.

        In: rows of the query `lists/searchable`; the short references of all things; rows of the
        query `lists/signed_directions`.
        """
        self.councils = councils
        self.begins = begins or {}
        self._references = references
        self._directions = [
            _Signed(
                short(row["direction"]).partition("/")[2],
                row["council"],
                date.fromisoformat(row["earliest"]),
                date.fromisoformat(row["latest"]),
            )
            for row in directions
        ]
        self._phrases: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
        for row in things:
            if row["kind"] in _SPELLINGS:
                self._add(row)

    def _add(self, row: Mapping[str, str]) -> None:
        for kind, way in _SPELLINGS[row["kind"]](row["label"]):
            reading = Reading(kind, short(row["thing"]), row["label"])
            if reading not in self._phrases[plain(way)]:
                self._phrases[plain(way)].append(reading)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of names, as they are compared."""
        entries = self.councils.entries.values()
        named = (plain(name) for entry in entries for name in entry.every_name)
        return frozenset(chain(*named, *self._phrases))

    def laws_and_people(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yield the places of names of several words, which may have a year in them."""
        place = 0
        while place < len(words):
            for end in range(min(len(words), place + LONGEST_WORDS), place + 1, -1):
                if tuple(word.plain for word in words[place:end]) in self._phrases:
                    yield place, end
                    place = end - 1
                    break
            place += 1

    def at(
        self, text: str, words: Sequence[Word], first: int, period: Period | None
    ) -> list[Named]:
        """Return what is named by the words from a place on, the longest name first."""
        last = min(len(words), first + LONGEST_WORDS)
        found = []
        for end in range(last, first, -1):
            part = list(words[first:end])
            readings = self._phrases.get(tuple(word.plain for word in part), ())
            if readings:
                # Two things of one name leave open which is meant.
                found.append(Named(first, end, tuple(readings) if len(readings) == 1 else ()))
            named = self._council(text, part, period)
            if named is not None:
                found.append(_named(first, end, named))
        return found

    def misspelt(
        self, text: str, words: Sequence[Word], first: int, end: int, period: Period | None
    ) -> Named | None:
        """Return the council that words surely mean, though they are not spelled as its name."""
        kinds = spellings().kinds
        while end < len(words) and words[end].plain in kinds:
            end += 1
        match = self.councils.match(said(text, list(words[first:end])), period)
        return _named(first, end, match) if match.is_sure else None

    def references(self, text: str) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
        """Yield the identifiers in a text: where each begins and ends, and what it is."""
        for match in _REFERENCE.finditer(text):
            local = match["local"].upper()
            reference = f"{match['kind'] or 'direction/'}{local}"
            if reference in self._references:
                kind = reference.partition("/")[0]
                readings = (
                    Reading("reference", reference, reference),
                    Reading(kind, local, local),
                )
                yield match.start(), match.end(), readings

    def directions_of(self, council: str, first: date, last: date) -> list[str]:
        """Return the directions of a council that may have been signed between two days."""
        return [
            one.reference
            for one in self._directions
            if one.council == council and one.earliest <= last and one.latest >= first
        ]

    def _council(self, text: str, part: list[Word], period: Period | None) -> Match | None:
        """Return whom words name as a name is written, if anybody."""
        joining = spellings().joining
        if part[0].plain in joining or part[-1].plain in joining:
            return None
        name = said(text, part)
        # "Councils in Norfolk" and "north of Norfolk" name no council.
        if len(part) > 1 and _NO_NAME.match(name):
            return None
        is_code = name.upper() in self.councils.entries
        if len(part) == 1 and is_code and not name.isupper():
            return None
        # Of a city and the region named after it, people mean the city.
        for kinds in (["council"], ["authority"]):
            for said_name in (name, *_owner(name)):
                match = self.councils.match(said_name, period, kinds, exactly=True)
                if match.is_sure or match.is_several:
                    return match
        return None


def _owner(name: str) -> Iterator[str]:
    """Yield the name in one that is written without the apostrophe of a possessive.

    >>> [*_owner("rotherhams")], [*_owner("readings")], [*_owner("Essex")]
    (['rotherham'], [], [])
    """
    owner = name.removesuffix("s")
    is_ordinary = owner.endswith("ing") and name[:1].islower()
    if owner != name and len(owner) >= _SHORTEST_OWNER_LETTERS and not is_ordinary:
        yield owner


def _named(first: int, end: int, match: Match) -> Named:
    if match.entry is None:
        return Named(first, end, (), tuple(match.offered))
    reading = Reading("council", match.entry.code, match.entry.described)
    return Named(first, end, (reading,))


def _person(label: str) -> Iterator[tuple[str, str]]:
    yield "person", label


def _law(label: str) -> Iterator[tuple[str, str]]:
    """Yield the ways of naming a provision, or an Act, with and without its year."""
    found = _PROVISION.fullmatch(label)
    if found is None:
        return
    act, year, section = found["act"], found["year"], found["section"]
    initials = "".join(word[0] for word in act.split())
    for name in (f"{act} {year}", act, f"{initials} {year}"):
        if section is None:
            yield "statute", name
            continue
        for short_section in ("section ", "s "):
            yield "provision", f"{short_section}{section} of the {name}"
            yield "provision", f"{short_section}{section} {name}"
            yield "provision", f"{name} {short_section}{section}"
    if section is not None:
        yield "provision", f"section {section}"
        yield "provision", f"s {section}"
        if _LETTERED.fullmatch(section):
            yield "provision", section


_SPELLINGS = {"person": _person, "power": _law}
