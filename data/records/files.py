"""Open the records and check each by itself; every message names the file and the line."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError

from data.records.form import Listing, Record
from data.records.statements import Passage
from data.records.yaml_lines import fault_messages, read_yaml
from ontology.errors import UnreadableRecord


@dataclass(frozen=True)
class RecordFile:
    """What a source says, and the name and the text of the file it was read from."""

    name: str
    text: str
    record: Record | Listing


_SCHEMA_FILE = "record.schema.json"


def records_folder() -> Traversable:
    """Return the folder of the project's own records."""
    return files(__name__.partition(".")[0]).joinpath("records")


def _is_of_the_form(name: str) -> bool:
    """Return whether a file of the folder is the schema, or the Python that reads records."""
    return name == _SCHEMA_FILE or name.endswith(".py") or name == "__pycache__"


def read_records(folder: Traversable | None = None) -> list[RecordFile]:
    """Return all records of a folder, by file name.

    Raises: UnreadableRecord for the first file that cannot be used, or if the folder holds none.
    """
    place = folder or records_folder()
    names = sorted(entry.name for entry in place.iterdir() if not _is_of_the_form(entry.name))
    stray = [name for name in names if not name.endswith(".yaml")]
    if stray:
        raise UnreadableRecord(f"{stray[0]} is not a record; a record's file ends in .yaml")
    if not names:
        raise UnreadableRecord(
            f"no record (*.yaml) in the folder {place.name}; expected one file per document"
        )
    records = [read_record(place.joinpath(name).read_bytes(), name) for name in names]
    for entry in records:
        if entry.name != f"{entry.record.document.slug}.yaml":
            raise UnreadableRecord(
                f"{entry.name}, line {entry.record.document.line}: the document's slug is "
                f"{entry.record.document.slug!r}; name the file {entry.record.document.slug}.yaml"
            )
    return records


def read_record(content: bytes, name: str) -> RecordFile:
    """Return the record in one file.

    Raises: UnreadableRecord, naming file and line, for anything that is not a complete record.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableRecord(
            f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        ) from None
    raw = read_yaml(text, name)
    try:
        record = Record.model_validate(raw)
    except ValidationError as error:
        raise UnreadableRecord("\n".join(fault_messages(error, raw, name))) from None
    for passage in passages(record):
        if passage.end > record.document.characters:
            raise UnreadableRecord(
                f"{name}, line {passage.line}: the passage {passage.chars} of paragraph "
                f"{passage.at} lies beyond the end of the document, which has "
                f"{record.document.characters} characters; count its characters again"
            )
    return RecordFile(name, text, record)


def passages(part: Any) -> Iterator[Passage]:
    """Yield every passage inside a record, in the order of the form."""
    if isinstance(part, list):
        for item in part:
            yield from passages(item)
    elif hasattr(type(part), "model_fields"):
        if isinstance(part, Passage) and part.is_given:
            yield part
        for field in type(part).model_fields:
            yield from passages(getattr(part, field))


def record_schema() -> str:
    """Return the JSON Schema of the record form, as published beside the records."""
    return json.dumps(Record.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(record_schema())
