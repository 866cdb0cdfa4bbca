"""Say for every council, topic and period what was read, so that silence is never taken for news.

The tables in data/tables/coverage say what each source covers; what was found is counted in the
resolved layer. A source counts only in a release that holds its documents.

The figures of the report are counted beside it: each is a query in queries/figures that lists the
things counted, so that a number can be opened. The numbers expected of the sources stand with their
reasons in data/tables/coverage.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from rdflib import URIRef
from rdflib.namespace import SKOS, XSD

from data.councils.register import read_register
from data.tables.coverage import (
    ExpectedRow,
    PeriodRow,
    ScopeRow,
    read_expected,
    read_periods,
    read_scopes,
)
from loaders.claims.writer import concept_node, described, document_node, english, literal, node
from loaders.release.layers import Layers, answer_to, ask, at_once
from ontology import CI, ontology_graph
from ontology.errors import UnreadableTable
from ontology.identifiers import concept, thing
from queries.catalogue import CatalogueQuery, folder, queries_in

_PARTS_SHOWN = 6
_ONE_DAY = timedelta(days=1)
_NOTHING_READ = "No list of these events was read for this council and period."


@dataclass(frozen=True)
class Life:
    """A council, from its first to its last day as far as these are known."""

    code: str
    name: str
    is_upper_tier: bool
    first_day: date
    last_day: date


@dataclass(frozen=True)
class CountedThing:
    """A thing of a council and topic: the day that it counts on, and the documents that name it."""

    day: date | None
    documents: frozenset[str]


@dataclass(frozen=True)
class Span:
    """What can be said of one council and topic in one period."""

    life: Life
    period: PeriodRow
    first_day: date
    last_day: date
    scopes: tuple[ScopeRow, ...]
    things: tuple[CountedThing, ...]

    @cached_property
    def status(self) -> str:
        """The notation of the coverage status.

        Out: single documents in which nothing was found cover nothing.
        """
        ending = "found" if self.things else "nothing-found"
        if any(self._holds_whole(scope) for scope in self.scopes):
            return f"covered-{ending}"
        if self.things or any(scope.completeness != "single" for scope in self.scopes):
            return f"partly-covered-{ending}"
        return "not-covered"

    def _holds_whole(self, scope: ScopeRow) -> bool:
        whole = scope.covered_from <= self.first_day and self.last_day <= scope.covered_to
        return whole and scope.completeness == "complete"


def coverage_triples(layers: Layers) -> Iterator[str]:
    """Yield the coverage of every council, topic and period, for graph/reference/coverage.

    In: all other layers, derived facts included.
    Out: lines of N-Triples, those of one council, topic and period together.
    Raises: UnreadableTable for a council that no register holds.
    """
    for span in spans(layers):
        subject = node(thing("coverage", f"{span.life.code}-{span.period.period}"))
        yield described(subject, *_statements(span))


def spans(layers: Layers) -> list[Span]:
    """Return what can be said of every council, topic and period.

    Raises: UnreadableTable for a council that no register holds.
    """
    lives = _lives(layers)
    held = frozenset(row["document"] for row in ask(layers, "lists", "coverage_documents"))
    scopes = [scope for scope in read_scopes() if held.issuperset(scope.documents)]
    _check_codes(scopes)
    things = _things(layers)
    return [
        span
        for life in lives
        for period in read_periods()
        if (span := _span(life, period, scopes, things.get(_key(life, period), ())))
    ]


def _lives(layers: Layers) -> list[Life]:
    return [
        Life(
            row["code"],
            row["name"],
            row["holds_childrens_functions"] == "true",
            _day(row, "first_day") or date.min,
            (_day(row, "first_day_after") or date.max) - _ONE_DAY,
        )
        for row in ask(layers, "lists", "coverage_councils")
    ]


def _things(layers: Layers) -> Mapping[tuple[str, str], Sequence[CountedThing]]:
    """Return what was found, by the references of its council and topic."""
    documents: dict[str, set[str]] = defaultdict(set)
    for row in ask(layers, "lists", "coverage_sources"):
        documents[row["thing"]].add(row["document"].removeprefix("document/"))
    things: dict[tuple[str, str], list[CountedThing]] = defaultdict(list)
    for row in ask(layers, "lists", "coverage_found"):
        known = frozenset(documents.get(row["thing"], ()))
        things[row["council"], row["topic"]].append(CountedThing(_day(row, "day"), known))
    return things


def _key(life: Life, period: PeriodRow) -> tuple[str, str]:
    return f"council/{life.code}", f"scheme/coverage-topic/{period.topic}"


def _span(
    life: Life, period: PeriodRow, scopes: Sequence[ScopeRow], things: Sequence[CountedThing]
) -> Span | None:
    """Return the part of a period in which a council lived, or None if the topic is not its."""
    first = max(period.first_day, life.first_day)
    last = min(period.last_day, life.last_day)
    if first > last or (period.councils == "upper-tier" and not life.is_upper_tier):
        return None
    touching = tuple(
        scope
        for scope in scopes
        if scope.topic == period.topic
        and _is_meant(life, scope)
        and scope.covered_from <= last
        and first <= scope.covered_to
    )
    # An act can bear a day before or after the council's own, and still is one of the period.
    inside = tuple(
        thing for thing in things if thing.day and period.first_day <= thing.day <= period.last_day
    )
    return Span(life, period, first, last, touching, inside)


def _is_meant(life: Life, scope: ScopeRow) -> bool:
    if life.code in scope.except_councils:
        return False
    if scope.councils == "upper-tier":
        return life.is_upper_tier
    return scope.councils == "all" or life.code in scope.councils


def _statements(span: Span) -> Iterator[tuple[str, str]]:
    """Yield what is said of one council, topic and period: property by short name, value."""
    scopes = span.scopes if span.status != "not-covered" else ()
    name, regime = _topic(span.period.topic)
    days = f"{span.first_day} to {span.last_day}"
    yield "type", node(CI.Coverage)
    yield "label", english(f"Coverage of {span.life.name}: {name}, {days}")
    yield "forCouncil", node(thing("council", span.life.code))
    yield "coverageTopic", concept_node("coverage-topic", span.period.topic)
    if regime:
        yield "regime", node(regime)
    yield "coveredFrom", _date(span.first_day)
    yield "coveredTo", _date(span.last_day)
    yield "coverageStatus", concept_node("coverage-status", span.status)
    yield "found", literal(str(len(span.things)), XSD.integer)
    reasons = dict.fromkeys(scope.reason for scope in scopes)
    yield "explanation", english(" ".join(reasons) or _NOTHING_READ)
    if scopes:
        yield "lastChecked", _date(max(scope.last_checked for scope in scopes))
    named = {slug for scope in scopes for slug in scope.documents}
    for slug in named.union(*(counted.documents for counted in span.things)):
        yield "restsOn", document_node(slug)


@cache
def _topic(notation: str) -> tuple[str, URIRef | None]:
    graph, topic = ontology_graph(), concept("coverage-topic", notation)
    regime = graph.value(topic, CI.regime)
    return str(graph.value(topic, SKOS.prefLabel)), regime if isinstance(regime, URIRef) else None


def _date(day: date) -> str:
    return literal(day.isoformat(), XSD.date)


def _check_codes(scopes: Sequence[ScopeRow]) -> None:
    """Check that every council that a scope names is in the register."""
    for scope in scopes:
        named = [] if isinstance(scope.councils, str) else scope.councils
        for code in [*named, *scope.except_councils]:
            if code not in read_register().bodies:
                raise UnreadableTable(
                    f"coverage/scope.csv: {scope.scope}: no council {code!r} in the register"
                )


def _day(row: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(row[name]) if name in row else None


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
    return at_once(lambda query: _figure(layers, query, expected), queries)


def figure_name(query: CatalogueQuery) -> str:
    """Return the name of a figure: that of its file without the number that orders it."""
    return query.name.partition("_")[2]


def _figure(
    layers: Layers, query: CatalogueQuery, expected: Sequence[ExpectedRow]
) -> ReleaseFigure:
    name = figure_name(query)
    wanted = {row.part: row for row in expected if row.figure == name}
    items: dict[str, set[str]] = {part: set() for part in wanted if part}
    for row in answer_to(layers, query):
        items.setdefault(row["part"], set()).add(row["item"])
    total = _count("", set().union(*items.values()), wanted.get(""))
    parts = tuple(_count(part, items[part], wanted.get(part)) for part in sorted(items))
    return ReleaseFigure(name, query.title, query.question, total, parts)


def _count(part: str, items: set[str], wanted: ExpectedRow | None) -> Count:
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
