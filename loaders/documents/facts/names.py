"""Find the names that a document uses for councils, offices, posts, reports and directions."""

from __future__ import annotations

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


def names_in(
    reading: DocumentReading, cited: CitedDocuments, directions: CitedDirections
) -> list[dict[str, Any]]:
    """Return the names that a document uses, each once: full names, and terms it defines."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for block in reading.blocks:
        entries = (
            *_full(reading, block),
            *_defined(reading, block, cited, directions),
            *_advisers(reading, block),
            *_frameworks(block),
        )
        for entry in entries:
            plain = re.sub(r"[^\w ]", "", folded(entry["name"]))
            key = (entry["thing"], plain.removeprefix("the "))
            found.setdefault(key, entry)
    return list(found.values())


def _full(reading: DocumentReading, block: Block) -> Iterator[dict[str, Any]]:
    """Yield the full names of councils and offices, and the titles of posts."""
    for party in reading.parties_in(block):
        words = block.text[party.start : party.end]
        if words.isupper() or not _is_full(party, words):
            continue
        yield {
            "thing": party.reference,
            **block.place(party.start, party.end),
            "name": words,
        }


def _advisers(reading: DocumentReading, block: Block) -> Iterator[dict[str, Any]]:
    """Yield the names of advisers, without whose they are."""
    for match in _ADVISERS.finditer(block.text):
        yield {
            "thing": f"post/{reading.council}-adviser",
            **block.place(*match.span()),
            "name": match[0],
        }


def _frameworks(block: Block) -> Iterator[dict[str, Any]]:
    """Yield the names by which frameworks are called."""
    for match in _FRAMEWORKS.finditer(block.text):
        yield {
            "thing": "scheme/framework/sif",
            **block.place(*match.span()),
            "name": match[0],
        }


def _is_full(party: PartyFound, words: str) -> bool:
    """Return whether words name somebody in full."""
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
) -> Iterator[dict[str, Any]]:
    """Yield the terms that a block defines for things that have an identifier."""
    for definition in block.definitions:
        if definition.key in _GENERIC:
            continue
        reference = _referent(reading, block, definition, cited, directions)
        if reference:
            yield {
                "thing": reference,
                **block.place(definition.start, definition.end),
                "name": definition.term,
            }


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
