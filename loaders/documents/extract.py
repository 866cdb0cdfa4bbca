"""Read one document into a candidate record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from loaders.documents.files.fixed_text import FixedText, read_document
from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.kinds.recognition import kind_named, recognise
from loaders.documents.record.candidate import Candidate
from ontology.errors import UnreadableDocument


def extract(path: Path, kind: str | None = None, limits: ReadingLimits = LIMITS) -> Candidate:
    """Return the candidate record of a file.

    In: the name of its kind, if it is not to be recognised.
    Raises: UnreadableDocument, saying what is wrong and what to do.
    """
    return extract_text(read_document(path, limits), kind)


def extract_text(document: FixedText, kind: str | None = None) -> Candidate:
    """Return the candidate record of a text that has been read."""
    if kind is None:
        recognised = recognise(document.text, document.name)
        chosen, reasons = recognised.kind, recognised.reasons
    else:
        chosen, reasons = kind_named(kind), ("as asked for",)
    try:
        candidate = chosen.read(chosen.tree(document))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UnreadableDocument(
            f"{document.name}: what was read does not make a record ({place}: {first['msg']}); "
            "report the document"
        ) from None
    return replace(candidate, kind=chosen.name, reasons=reasons)
