"""Build the record of a document: its own block, the things it tells of, and what was not read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.records.form import Document, LeftOut, Record, RecordedKind
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.checks import checked
from loaders.documents.record.unread import asides_in, unread_in

_TIERS: Mapping[RecordedKind, int] = {
    "inspection-report": 1,
    "letter": 1,
    "direction-document": 2,
    "commissioner-report": 3,
    "press-article": 5,
}
"""From the inspector of its own inspection, 1, to who only tells of the acts of others, 5."""

_Statement = Mapping[str, Any]


@dataclass(frozen=True)
class DocumentBlock:
    """What a record says of the document itself, as far as its file does not tell it.

    In: `voice` is who speaks in it; the times are statements of the record.
    """

    kind: RecordedKind
    slug: str
    title: str
    voice: str
    published: Sequence[_Statement] = ()
    dated: Sequence[_Statement] = ()

    def document(self, reading: DocumentReading) -> Document:
        """Return the block of a document, with its file and its licence."""
        fixed = reading.tree.document
        is_open = "open government licence" in " ".join(fixed.text.casefold().split())
        licence = "ogl-3" if is_open else "crown-copyright"
        return Document.model_validate(
            {
                "slug": self.slug,
                "kind": self.kind,
                "title": self.title,
                "file": fixed.file,
                "sha256": fixed.sha256,
                "characters": len(fixed.text),
                "tier": _TIERS[self.kind],
                "licence": "press-copyright" if self.kind == "press-article" else licence,
                "voice": self.voice,
                "council": reading.council,
                "published": list(self.published),
                "dated": list(self.dated),
            }
        )


def candidate_of(
    reading: DocumentReading,
    block: DocumentBlock,
    content: Mapping[str, Any],
    *,
    before: Iterable[_Statement] = (),
    after: Iterable[_Statement] = (),
) -> Candidate:
    """Return the candidate with some content, and with the list of what was not read.

    In: what its kind tells a reviewer besides, before and after the sentences that were not read.
    """
    record = Record.model_validate({"document": block.document(reading), **content})
    first, last = ([LeftOut.model_validate(note) for note in notes] for notes in (before, after))
    fixed = reading.tree.document
    marked, doubts = checked(record, fixed.text)
    left_out = [*first, *doubts, *asides_in(reading), *unread_in(reading, record), *last]
    return Candidate(fixed, marked.model_copy(update={"left_out": left_out}))
