"""What the descriptions of an export tell of a release."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.publication import Publication, release_address
from loaders.exports.layers import Layers
from loaders.exports.rows import Cells
from loaders.exports.tables import Content
from queries.tables.declaration import FURTHER
from queries.tables.files import FileKind


@dataclass(frozen=True)
class DescribedFile:
    """A file of an export, with its size and hash."""

    name: str
    size_bytes: int
    sha256: str
    kind: FileKind

    @property
    def is_table(self) -> bool:
        """Whether it holds one table as CSV."""
        return self.name.startswith("tables/") and self.name.endswith(".csv")

    @property
    def table(self) -> str:
        """The table that it holds."""
        return self.name.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True)
class Quality:
    """A figure about how good the data is: what is measured, and the share from 0 to 1."""

    name: str
    definition: str
    share: float


@dataclass(frozen=True)
class Facts:
    """What is told of a release.

    In: its identifier, when it was built and by what; its files; its content.
    """

    publication: Publication
    release: str
    built_at: str
    software: str
    files: tuple[DescribedFile, ...]
    layers: Layers
    content: Content
    sources: Sequence[Mapping[str, str]]

    @property
    def address(self) -> str:
        """The address of the release."""
        return release_address(self.release)

    def address_of(self, file: str) -> str:
        """Return the address of a file of the release."""
        return f"{self.address}/{file}"

    @property
    def built_on(self) -> str:
        """The day on which it was built."""
        return self.built_at[:10]

    @property
    def citation(self) -> str:
        """How the release is cited."""
        return self.publication.citation(self.release, self.built_on)

    @property
    def covered(self) -> tuple[str, str]:
        """The first and the last day of what was read; twice nothing where nothing was."""
        rows = self.content.rows["coverage"]
        days = [(row["covered_from"], row["covered_to"]) for row in rows]
        return (min(a for a, _ in days), max(b for _, b in days)) if days else ("", "")

    @property
    def licences(self) -> list[str]:
        """The licences and terms of the sources, as the documents name them."""
        rows = self.content.rows["documents"]
        return sorted({row["licence"] for row in rows if "licence" in row})

    @property
    def quality(self) -> list[Quality]:
        """What can be told of how good the data is."""
        return list(_quality(self.content.rows))


_SURE = {"certain", "ended"}
"""The answers to whether a council is under intervention that leave no doubt."""


def _quality(rows: Mapping[str, Sequence[Cells]]) -> Iterator[Quality]:
    statements = rows["statements"]
    states = [row for row in rows["periods"] if row["kind"] == "StatePeriod"]
    if statements:
        facts = {row["fact"] for row in statements}
        disputed = _disputed(rows)
        differing = {row["fact"] for row in statements if row["iri"] in disputed}
        yield Quality(
            "claims-with-passage",
            "share of the statements that name the characters or the row of their source",
            _share(statements, lambda row: "first_character" in row or "source_row" in row),
        )
        yield Quality(
            "reviewed",
            "share of the statements that a person has checked",
            _share(statements, lambda row: row.get("review_status") == "reviewed"),
        )
        yield Quality(
            "disagreement",
            "share of the facts about which sources differ",
            len(differing) / len(facts),
        )
    if states:
        yield Quality(
            "certain-answers",
            "share of the periods for which it is certain whether the council is under "
            "intervention",
            _share(states, lambda row: row.get("certainty") in _SURE),
        )


def _share(rows: Sequence[Cells], holds: Callable[[Cells], bool]) -> float:
    return sum(1 for row in rows if holds(row)) / len(rows)


def _disputed(rows: Mapping[str, Sequence[Cells]]) -> set[str]:
    """Return the statements that some difference is about."""
    return {
        row["thing"]
        for row in rows[FURTHER]
        if (row["table"], row["column"]) == ("discrepancies", "claims")
    }
