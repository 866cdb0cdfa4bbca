"""Count what a release holds, figure by figure, and say where a number is not the expected one.

Each figure is a query in queries/figures that lists the things counted, so that a number can be
opened. The numbers expected of the sources stand with their reasons in data/tables/coverage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.tables.coverage import ExpectedRow, read_expected
from loaders.release.layers import Layers, answer_to
from ontology.errors import UnreadableTable
from queries.catalogue import CatalogueQuery, folder, queries_in

_PARTS_SHOWN = 6


@dataclass(frozen=True)
class Count:
    """A number of things: of a figure as a whole, or of one part of it."""

    part: str
    number: int
    expected: int | None = None
    reason: str = ""

    @property
    def differs(self) -> bool:
        """True if another number was expected."""
        return self.expected not in (None, self.number)


@dataclass(frozen=True)
class ReleaseFigure:
    """One figure of the report: how many things in all, each counted once, and in each part."""

    name: str
    title: str
    question: str
    total: Count
    parts: tuple[Count, ...]

    @property
    def differences(self) -> list[Count]:
        """The numbers that are not the expected ones."""
        return [count for count in (self.total, *self.parts) if count.differs]


def coverage_report(layers: Layers) -> list[ReleaseFigure]:
    """Return every figure, in the order of the query files.

    In: all layers, coverage included.
    Raises: UnreadableTable for an expected number of a figure that there is not.
    """
    queries = queries_in(folder("figures"))
    expected = read_expected()
    unknown = {row.figure for row in expected} - {figure_name(query) for query in queries}
    if unknown:
        raise UnreadableTable(
            f"coverage/expected.csv: no figure {min(unknown)!r}; "
            f"there are: {', '.join(figure_name(query) for query in queries)}"
        )
    return [_figure(layers, query, expected) for query in queries]


def figure_name(query: CatalogueQuery) -> str:
    """Return the name of a figure: that of its file without the number that orders it."""
    return query.name.partition("_")[2]


def _figure(
    layers: Layers, query: CatalogueQuery, expected: Sequence[ExpectedRow]
) -> ReleaseFigure:
    """Return one figure, counted."""
    name = figure_name(query)
    wanted = {row.part: row for row in expected if row.figure == name}
    items: dict[str, set[str]] = {part: set() for part in wanted if part}
    for row in answer_to(layers, query):
        items.setdefault(row["part"], set()).add(row["item"])
    total = _count("", set().union(*items.values()), wanted.get(""))
    parts = tuple(_count(part, items[part], wanted.get(part)) for part in sorted(items))
    return ReleaseFigure(name, query.title, query.question, total, parts)


def _count(part: str, items: set[str], wanted: ExpectedRow | None) -> Count:
    """Return one number beside the expected one."""
    if wanted is None:
        return Count(part, len(items))
    return Count(part, len(items), wanted.expected, wanted.reason)


def report_lines(figures: Sequence[ReleaseFigure]) -> Iterator[str]:
    """Yield the report as lines of text: each figure, and below it what is not as expected."""
    for figure in figures:
        yield f"{figure.total.number:>7,}  {figure.title}{_parts(figure)}"
        for count in figure.differences:
            of = f" of {count.part}" if count.part else ""
            yield f"{'':9}{count.number:,} and not {count.expected:,}{of}: {count.reason}"


def _parts(figure: ReleaseFigure) -> str:
    """Return the parts of a figure in words, if there are few."""
    if len(figure.parts) < 2:
        return ""
    if len(figure.parts) > _PARTS_SHOWN:
        return f", in {len(figure.parts)} parts"
    return ": " + "; ".join(f"{count.number:,} {count.part}" for count in figure.parts)
