"""What was told of councils under regimes, on which days, by what had been published until when."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyoxigraph as ox
from rdflib import XSD

from loaders.claims.known_from import SlotHistory
from loaders.claims.writer import described, literal, node
from loaders.release.knowledge.spans import Span, spans_of
from loaders.release.knowledge.worlds import Worlds, groups_of, reports_of, unmarked, world_of
from loaders.release.layers import (
    ONTOLOGY,
    RESOLVED,
    Layers,
    add_measures,
    at_once,
    derivations,
    derive,
    measures,
    reference_name,
)
from ontology import CI
from ontology.identifiers import reference, short, source_graph
from ontology.namespaces import ID

_WORLDS_AT_ONCE = 64
"""So many worlds share a store: some rules take the square of the time for twice as many."""
_REGISTERS = "dataset", "legislation", "organisations"
"""What rules need of the reference layer beside the councils and reports of a world."""
_NOT_OF_STATES = "4_", "5_", "6_", "9_1_", "9_2_", "9_3_", "9_7_7_endings_", "9_9_2_", "9_9_3_"
"""Rules about pay, money, names and whole interventions, which tell nothing of a state on a day."""
_SOURCES = source_graph("worlds")
_SIGNS = "lastSign", "nextSign", "firstSign"
_OF_TRACKS = frozenset(node(CI[name]) for name in ("signOf", "closes", "afterEnd"))
"""What a sign tells of, which depends on all that is known."""
_FORMERLY = {
    node(CI.StatePeriod): node(CI.FormerStatePeriod),
    node(CI.stateOf): node(CI.formerStateOf),
}
"""Class and property of what was told of a period before, in place of those of today."""
_OPEN = 9999
"""Stands among the years of a span for every year, where nothing ends it."""
Content = tuple[tuple[str, str], ...]
"""What is told of a thing: properties and values as N-Triples, in order."""


@dataclass(frozen=True)
class _Version:
    """A span as it was known from one day until before another; empty where it still is."""

    span: Span
    known_from: str
    known_until: str


def knowledge_triples(layers: Layers, facts: Sequence[SlotHistory]) -> list[str]:
    """Return the spans of days of every council under a regime, of today and as known before.

    In: the layers with all that follows from today's choices, and the choices through time.
    Out: also what was told of a period, or of a sign, and is no longer.
    """
    days: dict[str, Sequence[str]] = {}
    tasks: list[tuple[Worlds, date]] = []
    for group in groups_of(facts, reports_of(layers.seen)):
        known = group.days()
        worlds = Worlds(group, layers.seen)
        tasks += [(worlds, day) for day in known[:-1]]
        days |= {short(council): tuple(map(str, known)) for council in group.councils}
    former = _Former(layers)
    then: dict[str, dict[str, list[Span]]] = defaultdict(dict)
    for world in _derived(layers, tasks):
        for track, spans in spans_of(world).items():
            then[unmarked(track)][world_of(track)] = [former.here(world, one) for one in spans]
    lines = []
    for track, spans in spans_of(layers).items():
        known_on = days.get(_council_of(layers, track), [])
        by_day = then[track] | dict.fromkeys(known_on[-1:], spans)
        lines += [_triples(track, one) for one in _versions(known_on, by_day)]
    return [*lines, *former.lines]


def _derived(layers: Layers, tasks: Sequence[tuple[Worlds, date]]) -> Iterator[Layers]:
    """Yield layers with some of the worlds each, and with what the rules find in them."""
    starts = range(0, len(tasks), _WORLDS_AT_ONCE)
    batches = [tasks[start : start + _WORLDS_AT_ONCE] for start in starts]
    names = (ONTOLOGY, *map(reference_name, _REGISTERS))
    common = {name: layers.lines_of(name) for name in names}
    measured = {rule.name for rule in measures()}
    rules = [
        rule
        for rule in derivations()
        if rule.name not in measured and not rule.name.startswith(_NOT_OF_STATES)
    ]

    def derived(batch: Sequence[tuple[Worlds, date]]) -> Layers:
        world = Layers()
        for name, lines in common.items():
            world.add_lines(name, [lines])
        world.add_lines(RESOLVED, [worlds.facts(day) for worlds, day in batch])
        world.add_lines(_SOURCES, [worlds.sources(day) for worlds, day in batch])
        add_measures(world, layers)
        derive(world, rules)
        return world

    # Of as many as there are processors, so that no more stand in memory at once.
    at_a_time = os.cpu_count() or 1
    for start in range(0, len(batches), at_a_time):
        yield from at_once(derived, batches[start : start + at_a_time])


def _council_of(layers: Layers, track: str) -> str:
    found = layers.seen.quads_for_pattern(_address(track), ox.NamedNode(CI.forCouncil), None)
    (quad,) = found
    return short(str(quad.object)[1:-1])


def _address(path: str) -> ox.NamedNode:
    return ox.NamedNode(ID[path])


def _versions(days: Sequence[str], by_day: Mapping[str, Sequence[Span]]) -> Iterator[_Version]:
    """Yield each span with the days between which it was known, in the order of their ends."""
    since: dict[Span, str] = {}
    for day in days:
        now = by_day.get(day, ())
        for span in [one for one in since if one not in now]:
            yield _Version(span, since.pop(span), day)
        since |= {span: day for span in now if span not in since}
    for span, day in since.items():
        yield _Version(span, day, "")


def _triples(track: str, version: _Version) -> str:
    """Return a span as N-Triples."""
    span = version.span
    path = f"span/{track.removeprefix('state/')}/{span.first}"
    if version.known_until:
        path = f"{path}/{version.known_from}"
    dates = (
        ("spanFrom", span.first),
        ("spanUntil", span.until),
        ("knownFrom", version.known_from),
        ("knownUntil", version.known_until),
    )
    things = (
        ("spanOf", (span.period,)),
        ("spanState", (track,)),
        ("stageOnDay", filter(None, (span.stage,))),
        ("powerOnDay", span.powers),
        ("basisOnDay", filter(None, (span.basis,))),
        ("inOfficeOnDay", span.people),
        ("notHeardOfOnDay", span.silent),
    )
    return described(
        node(str(reference(path))),
        ("type", node(CI.StateSpan)),
        *((name, literal(day, XSD.date)) for name, day in dates if day),
        *((name, node(reference(one))) for name, some in things for one in some),
        *(("spanYear", literal(str(year), XSD.integer)) for year in _years(span)),
    )


def _years(span: Span) -> Sequence[int]:
    """Return the years that a span touches; of one without end the sign of all later ones."""
    if not span.until:
        return (_OPEN,)
    last = date.fromisoformat(span.until) - timedelta(1)
    return range(int(span.first[:4]), last.year + 1)


class _Former:
    """What was told of periods and signs, where it is not what is told today."""

    def __init__(self, layers: Layers) -> None:
        self._today = layers
        self._found: dict[tuple[str, Content], str] = {}
        self.lines: list[str] = []

    def here(self, world: Layers, span: Span) -> Span:
        """Return a span of a world with the things that stand for those of the world here."""
        return replace(
            span,
            period=self._period(world, span.period),
            people=tuple(sorted(map(unmarked, span.people))),
            silent=tuple(sorted(map(unmarked, span.silent))),
        )

    def _period(self, world: Layers, path: str) -> str:
        """Return the period of today that tells the same, or a former one."""
        signs = {name: node(CI[name]) for name in _SIGNS}
        told = []
        for name, value in _content(world, path):
            if name in signs.values():
                value = node(ID[self._sign(world, short(value[1:-1]))])
            told.append((name, unmarked(value)))
        return self._one(path, tuple(told), f"{unmarked(path)}/{world_of(path)}")

    def _sign(self, world: Layers, path: str) -> str:
        """Return the sign of today that tells the same, or a former one."""
        told = [(name, unmarked(value)) for name, value in _content(world, path)]
        return self._one(path, tuple(told), f"{unmarked(path)}-known-{world_of(path)}")

    def _one(self, path: str, told: Content, name: str) -> str:
        """Return the thing of today of which the same is told, or a former one by a name."""
        today = unmarked(path)
        if _content(self._today, today) == told:
            return today
        if (today, told) not in self._found:
            self._found[today, told] = name
            subject = node(reference(name))
            for prop, value in told:
                former = _FORMERLY.get(prop, prop)
                self.lines.append(f"{subject} {former} {_FORMERLY.get(value, value)} .\n")
        return self._found[today, told]


def _content(layers: Layers, path: str) -> Content:
    """Return what layers tell of a period or sign, but not of what else the sign tells."""
    quads = layers.seen.quads_for_pattern(_address(path), None, None)
    told = ((str(quad.predicate), str(quad.object)) for quad in quads)
    return tuple(sorted((name, value) for name, value in told if name not in _OF_TRACKS))
