"""Words with what they name marked over, character for character, so that places stay.

"Under section 15 the Council shall" becomes a text of the same length in which the provision and
the council are runs of one sign each: rules see the kind of a name and none of its spellings.
"""

import re
from collections.abc import Iterator

from loaders.documents.find.councils import councils_in
from loaders.documents.find.parties import PartyFound
from loaders.documents.find.people import named_people
from loaders.documents.layout.blocks import Block, DocumentReading

_SIGNS = {
    "council": "\ue100",
    "other-council": "\ue101",
    "commissioner": "\ue102",
    "adviser": "\ue103",
    "office": "\ue104",
    "organisation": "\ue105",
    "day": "\ue106",
    "person": "\ue107",
    "provision": "\ue108",
}
"""Private characters, which no view has: one for each kind of name."""

MARKS = {kind: f"{sign}+" for kind, sign in _SIGNS.items()}
MARKS["post"] = f"[{_SIGNS['commissioner']}{_SIGNS['adviser']}]+"
MARKS["bearer"] = f"[{_SIGNS['council']}{_SIGNS['commissioner']}{_SIGNS['adviser']}]+"
MARKS["bearer-signs"] = "\ue100-\ue108"
MARKS["word"] = "[\\w ',\ue100-\ue108-]"
"""What a rule may name in braces, as patterns of marked words."""

# takes: "services in "
# leaves: "First, "
_PLACE = re.compile(
    r"\b(?:in|of|for|across|within|from|near|around|outside|serving|residents) (?:the )?$",
    re.IGNORECASE,
)
"""Words before the name of a council that stands for the place."""

BEARERS = frozenset({"council", "commissioner", "adviser"})
"""The kinds of names that can bear a duty in a record."""

_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)
_ADVISING = re.compile(r"-(?:adviser|improvement-partner)$")
_KIND_OF_SIGN = {sign: kind for kind, sign in _SIGNS.items()}


def marked_words(reading: DocumentReading, block: Block) -> str:
    """Return the words of a block with the names in them marked over.

    Guarantee: as long as the words themselves.
    """
    words = list(block.text)
    taken = [False] * len(words)
    for start, end, kind in _named(reading, block):
        if end > start and not any(taken[start:end]):
            words[start:end] = _SIGNS[kind] * (end - start)
            taken[start:end] = [True] * (end - start)
    return "".join(words)


def kinds_in(marked: str) -> Iterator[tuple[int, int, str]]:
    """Yield each marked name: its range and its kind."""
    for match in re.finditer("|".join(f"{sign}+" for sign in _SIGNS.values()), marked):
        yield match.start(), match.end(), _KIND_OF_SIGN[match[0][0]]


def _named(reading: DocumentReading, block: Block) -> Iterator[tuple[int, int, str]]:
    """Yield what the words name, with what counts where two overlap first."""
    for party in reading.parties_in(block):
        article = _ARTICLE.search(block.text[: party.start])
        yield article.start() if article else party.start, party.end, _kind(reading, party)
    for council in councils_in(block.view):
        body = council.on(reading.day)
        own = body is not None and body.code == reading.council and not council.is_full
        if own and not _PLACE.search(block.text[: council.start]):
            yield council.start, council.end, "council"
    for date in block.dates:
        yield date.start, date.end, "day"
    for provision in reading.provisions(block):
        yield provision.start, provision.end, "provision"
    for person in named_people(block.view):
        yield person.start, person.end, "person"


def _kind(reading: DocumentReading, party: PartyFound) -> str:
    """Return the kind of a party as rules know it."""
    if party.kind == "council":
        own = party.name in {reading.council, *reading.parties.others}
        return "council" if own else "other-council"
    if party.kind == "post":
        return "adviser" if _ADVISING.search(party.name) else "commissioner"
    return party.kind
