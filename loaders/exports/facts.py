"""What the descriptions of an export tell of a release."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.publication import Publication, release_address
from loaders.exports.layers import Layers
from loaders.exports.spool import Cells
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
        first, last = "", ""
        for row in self.content.rows("coverage"):
            first = min(first or row["covered_from"], row["covered_from"])
            last = max(last, row["covered_to"])
        return first, last

    @property
    def licences(self) -> list[str]:
        """The licences and terms of the sources, as the documents name them."""
        rows = self.content.rows("documents")
        return sorted({row["licence"] for row in rows if "licence" in row})

    @property
    def quality(self) -> list[Quality]:
        """What can be told of how good the data is."""
        return list(_quality(self.content))


_SURE = {"certain", "ended"}
"""The answers to whether a council is under intervention that leave no doubt."""


def _quality(content: Content) -> Iterator[Quality]:
    if content.counts["statements"]:
        yield Quality(
            "claims-with-passage",
            "share of the statements that name the characters or the row of their source",
            _share("first_character" in row or "source_row" in row for row in _claims(content)),
        )
        yield Quality(
            "reviewed",
            "share of the statements that a person has checked",
            _share(row.get("review_status") == "reviewed" for row in _claims(content)),
        )
        disputed = _disputed(content)
        facts = {row["fact"]: False for row in _claims(content)}
        facts |= {row["fact"]: True for row in _claims(content) if row["iri"] in disputed}
        yield Quality(
            "disagreement",
            "share of the facts about which sources differ",
            _share(facts.values()),
        )
    states = [row for row in content.rows("periods") if row["kind"] == "StatePeriod"]
    if states:
        yield Quality(
            "certain-answers",
            "share of the periods for which it is certain whether the council is under "
            "intervention",
            _share(row.get("certainty") in _SURE for row in states),
        )


def _claims(content: Content) -> Iterator[Cells]:
    return content.rows("statements")


def _share(holds: Iterable[bool]) -> float:
    """Return the share of those that hold, of which there is at least one."""
    counted = Counter(holds)
    return counted[True] / counted.total()


def _disputed(content: Content) -> set[str]:
    """Return the statements that some difference is about."""
    return {
        row["thing"]
        for row in content.rows(FURTHER)
        if (row["table"], row["column"]) == ("discrepancies", "claims")
    }
