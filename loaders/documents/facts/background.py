"""Read what a document tells of what came before it: documents, directions and inspections.

Each is read by itself; what one says of another is put together here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.record.identifiers import Proposals


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
        return self.directions.entries(self.prompts, *facts)

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
