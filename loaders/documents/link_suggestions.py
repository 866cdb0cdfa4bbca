"""Say which things of the register those of a candidate may be; a reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from data.records.files import RecordFile, read_records
from data.records.form import Record
from data.registry.identifiers import REGISTERS, registry_folder
from data.tables.table import RegistryRow, read_rows, text_of
from loaders.claims.claim import read_times
from loaders.identifiers.windows import Window, near, windows_of_things
from ontology.identifiers import kind_and_local, ordinal

_KINDS = "inspection", "direction"


@cache
def known_windows() -> Mapping[str, Window]:
    """Return when the things of the project's records happened."""
    return windows_of_things(claim for file in read_records() for claim in read_times(file))


@cache
def registered() -> Mapping[str, str]:
    """Return every inspection and direction of the registers, with its description."""
    folder = registry_folder()
    return {
        f"{kind}/{row.id}": row.description
        for kind in _KINDS
        for row in read_rows(
            text_of(folder / REGISTERS[kind]), f"registry/{REGISTERS[kind]}", RegistryRow
        )
    }


def _is_alike(thing: str, kind: str, holder: str) -> bool:
    other, local = kind_and_local(thing)
    return other == kind and ordinal(local).holder == holder


def hints_of(record: Record, name: str) -> Iterator[str]:
    """Yield a line for each thing of a candidate that the register may hold already."""
    own = windows_of_things(read_times(RecordFile(name, "", record)))
    for thing, window in sorted(own.items()):
        kind, local = kind_and_local(thing)
        if kind not in _KINDS:
            continue
        holder = ordinal(local).holder
        known = {
            other: span for other, span in known_windows().items() if _is_alike(other, kind, holder)
        }
        hinted = near(kind, window, known)
        for other in hinted:
            yield f"{thing} may be {other} of the register."
        # Most things are registered for a row of a table, which tells no more than a year.
        alike = f"{thing.rpartition('-')[0]}-"
        for other in sorted(registered()) if not hinted else ():
            if other.startswith(alike):
                yield f"{thing} may be {other} of the register: {registered()[other]}"
