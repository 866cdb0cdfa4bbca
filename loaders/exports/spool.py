"""Rows in an order, of which memory holds a part at a time."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any

Cells = dict[str, str]
"""The cells of a row by their columns; an empty one is left out."""


@dataclass
class Spool:
    """Rows that are put away in groups and given back in one order.

    In: a folder for them; how their files begin; what gives the order.
    """

    place: Path
    name: str
    key: Callable[[Cells], Any] = itemgetter("iri")
    _files: list[Path] = field(default_factory=list)

    def add(self, rows: Iterable[Cells]) -> None:
        """Put rows away."""
        path = self.place / f"{self.name}.{len(self._files)}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in sorted(rows, key=self.key):
                file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
        self._files.append(path)

    def rows(self) -> Iterator[Cells]:
        """Yield all rows in their order, and let go of them."""
        with ExitStack() as open_files:
            files = [open_files.enter_context(path.open(encoding="utf-8")) for path in self._files]
            yield from merge(*(map(json.loads, file) for file in files), key=self.key)
        while self._files:
            self._files.pop().unlink()
