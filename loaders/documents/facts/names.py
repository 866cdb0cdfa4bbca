"""Find the names that a document uses for councils, offices, posts, reports and directions."""

import re
from collections.abc import Iterator
from typing import Any

from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.parties import CHILDRENS_POST, PARTNER, PartyFound
from loaders.documents.find.provisions import Definition
from loaders.documents.layout.blocks import Block, DocumentReading
from ontology.dates import folded

_ADVISERS = re.compile(r"improvement adviser|the Secretary of State's advisers", re.IGNORECASE)
_FRAMEWORKS = re.compile(r"single (?:inspection|assessment) framework", re.IGNORECASE)
_GENERIC = frozenset(
    {"council", "authority", "secretary of state", "terms of reference", "commissioner", "adviser"}
    | {"commissioners", "advisers", "direction", "directions", "report", "letter"}
)
"""Terms that are ordinary words: they name nothing outside their document."""


_Name = tuple[str, str, int, int]
"""A reference, a name for it, and where the name stands in a block."""


def names_in(
    reading: DocumentReading, cited: CitedDocuments, directions: CitedDirections
) -> list[dict[str, Any]]:
    """Return the names that a document uses, each once: full names, and terms it defines."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for block in reading.blocks:
        names = (
            *_full(reading, block),
            *_defined(reading, block, cited, directions),
            # Whose an adviser is, is not asked.
            *_matches(block, _ADVISERS, f"post/{reading.council}-adviser"),
            *_matches(block, _FRAMEWORKS, "scheme/framework/sif"),
        )
        for reference, name, start, end in names:
            plain = re.sub(r"[^\w ]", "", folded(name)).removeprefix("the ")
            entry = {"thing": reference, **block.place(start, end), "name": name}
            found.setdefault((reference, plain), entry)
    return list(found.values())


def _full(reading: DocumentReading, block: Block) -> Iterator[_Name]:
    for party in reading.parties_in(block):
        words = block.text[party.start : party.end]
        if not words.isupper() and _is_full(party, words):
            yield party.reference, words, party.start, party.end


def _matches(block: Block, pattern: re.Pattern[str], reference: str) -> Iterator[_Name]:
    for match in pattern.finditer(block.text):
        yield reference, match[0], *match.span()


def _is_full(party: PartyFound, words: str) -> bool:
    kind = party.kind
    if kind == "council":
        return not re.match(r"the (?:local |county )?(?:council|authority)$", words, re.IGNORECASE)
    if kind == "office":
        return " for " in words or bool(re.search(r"\bmanager$", words, re.IGNORECASE))
    match = CHILDRENS_POST.fullmatch(words)
    if match:
        return " of " in words or " for " in words
    return kind == "post" and bool(PARTNER.fullmatch(words))


def _defined(
    reading: DocumentReading, block: Block, cited: CitedDocuments, directions: CitedDirections
) -> Iterator[_Name]:
    """Yield the terms that a block defines for things that have an identifier."""
    for definition in block.definitions:
        if definition.key in _GENERIC:
            continue
        reference = _referent(reading, block, definition, cited, directions)
        if reference:
            yield reference, definition.term, definition.start, definition.end


def _referent(
    reading: DocumentReading,
    block: Block,
    definition: Definition,
    cited: CitedDocuments,
    directions: CitedDirections,
) -> str:
    """Return what a term stands for; empty for what has no identifier."""
    if definition.key in cited.terms:
        return f"document/{cited.terms[definition.key]}"
    if definition.key in directions.terms:
        return f"direction/{directions.terms[definition.key]}"
    if re.search(r"(?:commissioners?|advisers?|partners?)$", definition.key):
        for party in reading.parties_in(block):
            if party.kind == "post" and party.start <= definition.start < party.end + 6:
                return party.reference
            if party.kind == "post" and definition.start <= party.start < definition.end:
                return party.reference
    return ""
