"""What sources say of several councils on a day, as the record holds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.identifiers import short
from queries.explanation import Cells, council_code, grouped


@dataclass(frozen=True)
class CouncilList:
    """What one source says of several councils on a day.

    In: with a number it speaks of all such councils, without one of some.
    """

    key: str
    question: str
    said: str
    day: str
    first: str
    last: str
    number: int | None
    councils: frozenset[str]
    not_held: str
    source: str

    @property
    def names_all(self) -> bool:
        """Return whether it names every council that it counts."""
        return self.number is not None and self.number == len(self.councils)


def read_lists(rows: Iterable[Cells]) -> list[CouncilList]:
    """Return the lists of councils, in the order of their keys."""
    by_key = grouped(rows, lambda row: short(row["list"]).partition("/")[2])
    return [
        CouncilList(
            key,
            short(some[0].get("question", "")).partition("/")[2],
            some[0]["said"],
            some[0]["day"],
            some[0].get("first", ""),
            some[0].get("last", ""),
            int(some[0]["number"]) if "number" in some[0] else None,
            frozenset(council_code(row["council"]) for row in some if "council" in row),
            some[0].get("not_held", ""),
            min(row["source"] for row in some),
        )
        for key, some in by_key.items()
    ]
