"""Compare records with the documents themselves, where these are at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from data.records.form import Document
from data.records.reading import RecordFile, passages
from ontology.errors import WrongSetting


def misquoted(records: Iterable[RecordFile], folder: Path) -> list[str]:
    """Return a message for each record that does not fit its document.

    In: a folder that holds documents under the file names of the records; a missing document is no
    fault.
    """
    if not folder.is_dir():
        raise WrongSetting(f"the folder of documents {folder} does not exist; name one that does")
    return [message for record in records for message in _misquoted(record, folder)]


def _misquoted(file: RecordFile, folder: Path) -> Iterator[str]:
    """Yield a message for each passage of one record whose words do not stand at its place."""
    document = file.record.document
    if not isinstance(document, Document):
        return
    place = f"{file.name}, line {document.line}: {document.file}"
    path = folder / document.file
    if not path.is_file():
        return
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        yield f"{place} is not the file that was read; its SHA-256 differs"
        return
    text = content.decode("utf-8")
    if len(text) != document.characters:
        yield f"{place} has {len(text)} characters, not {document.characters}"
    for passage in passages(file.record):
        if not passage.matches(text):
            found = text[passage.start : passage.end]
            yield (
                f"{file.name}, line {passage.line}: paragraph {passage.at}, "
                f"characters {passage.chars}: expected {passage.printed!r}, found {found[:60]!r}"
            )
