"""What several kinds of document begin with: the council they are about, and what they cite."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.citations import CitedDocuments, cited_documents
from loaders.documents.facts.directions.cited_directions import (
    CitedDirections,
    cited_directions,
)
from loaders.documents.facts.inspections.cited_inspections import (
    OFSTED,
    InspectionMention,
    cited_inspections,
)
from loaders.documents.find.councils import councils_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.proposals import Proposals
from ontology.errors import UnreadableDocument

_TITLE_BLOCKS = 8
_TITLE_WEIGHT = 10


def council_of_prose(blocks: Sequence[Block], day: date | None, name: str) -> str:
    """Return the council that a text is about: in its title, else the one it names most often.

    Raises: UnreadableDocument.
    """
    counts: Counter[str] = Counter()
    # The caption of a picture tells from where somebody comes.
    for number, block in enumerate(block for block in blocks if block.section != "caption"):
        is_title = block.section in {"title", "heading"} and number < _TITLE_BLOCKS
        for council in councils_in(block.view):
            body = council.on(day)
            if body is not None:
                weight = 2 if council.is_full else 1
                counts[body.code] += weight * (_TITLE_WEIGHT if is_title else 1)
    if not counts:
        raise UnreadableDocument(
            f"{name}: no council of the register is named; check the names in the document"
        )
    return max(counts, key=lambda code: counts[code])


@dataclass(frozen=True)
class Background:
    """The documents that a document cites, and the directions and inspections it tells of."""

    reading: DocumentReading
    documents: CitedDocuments
    directions: CitedDirections
    inspections: list[InspectionMention]
    prompts: Mapping[str, dict[str, Any]]

    def direction_entries(self, *facts: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the directions as they stand in a record, with what else was read of them."""
        told = self.directions.entries(self.prompts, *facts)
        return [entry for entry in told if entry["kind"] == "Direction"]

    def notice_entries(self, *facts: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the notices as they stand in a record, with what else was read of them."""
        told = self.directions.entries(*facts)
        return [entry for entry in told if entry["kind"] != "Direction"]

    def document_entries(self) -> list[dict[str, Any]]:
        """Return the cited documents as they stand in a record, with what inspections add."""
        published = {inspection.document: inspection.published for inspection in self.inspections}
        return [
            document.entry(self.reading.council, published.get(document.slug, []))
            for document in self.documents
        ]


def background_of(reading: DocumentReading, proposals: Proposals) -> Background:
    """Return what a document tells of what came before it."""
    documents = cited_documents(reading)
    directions = cited_directions(reading, documents, proposals)
    inspections = cited_inspections(reading, documents, proposals)
    prompts: dict[str, dict[str, Any]] = {}
    for direction in directions.found:
        # "failures identified by Ofsted in 2016" tells only the year of what led to a direction.
        block, match = direction.block, direction.failure_in
        if match is None:
            continue
        same = [inspection for inspection in inspections if inspection.year == match["year"]]
        led = [block.said(f"inspection/{inspection.id}", *match.span()) for inspection in same]
        prompts[direction.id] = {"prompted_by": led}
        for inspection in same:
            inspection.entry.setdefault("conducted_by", [block.said(OFSTED, *match.span())])
    return Background(reading, documents, directions, inspections, prompts)
