"""Say which things of the register those of a candidate may be; a reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from data.reading import RecordFile, read_records
from data.record import Record
from loaders.claims import read_times
from loaders.matching import Window, council_of, near, windows_of_things

KINDS = "inspection", "direction"


@cache
def known_windows() -> Mapping[str, Window]:
    """Return when the things of the project's records happened."""
    return windows_of_things(claim for file in read_records() for claim in read_times(file))


def hints_of(record: Record, name: str) -> Iterator[str]:
    """Yield a line for each thing of a candidate that the register may hold already."""
    own = windows_of_things(read_times(RecordFile(name, "", record)))
    for thing, window in sorted(own.items()):
        kind = thing.partition("/")[0]
        if kind not in KINDS:
            continue
        known = {
            other: span
            for other, span in known_windows().items()
            if other.startswith(f"{kind}/") and council_of(other) == council_of(thing)
        }
        for other in near(kind, window, known):
            yield f"{thing} may be {other} of the register."
