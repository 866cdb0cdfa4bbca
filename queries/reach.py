"""How far the record reaches: what has been read, about whom and for which days.

Every answer carries it, so that "none is known" and "nobody has looked" never look alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from ontology.identifiers import parse

Json = Any
Rows = Sequence[Mapping[str, str]]

_SILENCE = (
    "What the sources do not say is not recorded: silence is no evidence that nothing happened."
)
_DIFFERS = "This differs between councils; /coverage tells of each. "
_OF_AUTHORITY = (
    "What was read is told for councils, and {name} is none: nobody has looked for everything that "
    "happened to it. " + _SILENCE
)
_COVERED, _PARTLY, _NOT_COVERED = "covered", "partly-covered", "not-covered"
_NOT_APPLICABLE = "not-applicable"
"""Status in an answer of a topic that a council has no function in, so that nothing can be read."""

LISTS = (
    "coverage_topics",
    "council_names",
    "held_documents",
    "readings",
    "districts",
    "authority_names",
)
"""The queries in `lists/` whose rows tell what a release covers."""

PHRASES: dict[str, str] = {
    "covered-found": "a list meant to be complete was read, and it holds {found} of all kinds",
    "covered-nothing-found": "a list meant to be complete was read, and it holds none",
    "partly-covered-found": (
        "only incomplete sources were read; they speak of {found} of all kinds, "
        "and there may be more"
    ),
    "partly-covered-nothing-found": (
        "only incomplete sources were read, and none speaks of one, "
        "which is no evidence that there was none"
    ),
    _NOT_COVERED: "nothing was read: nobody has looked, so nothing can be said",
    _NOT_APPLICABLE: "a district council has no such functions",
}
"""What each status of the scheme coverage-status means, in words for a page."""

WORDS: dict[str, str] = {
    "covered-found": "complete list read: something found",
    "covered-nothing-found": "complete list read: nothing found",
    "partly-covered-found": "incomplete sources read: something found, there may be more",
    "partly-covered-nothing-found": "incomplete sources read: nothing found, which proves nothing",
    _NOT_COVERED: "not read at all",
    _NOT_APPLICABLE: "not applicable: the council has no such function",
}
"""The same in a few words, for the cells of a table."""


@dataclass(frozen=True)
class Held:
    """A source: a text, a table, or a page; with its council, and latest day if it states one."""

    iri: str
    kind: str
    council: str | None
    latest: str | None


@dataclass(frozen=True)
class CoverageReading:
    """What was read of one topic about one council in one period; the ends are inclusive."""

    council: str
    topic: str
    regime: str | None
    status: str
    first: str | None
    last: str | None
    found: int
    last_checked: str | None


def spans(readings: Iterable[CoverageReading]) -> str:
    """Return the periods of readings in words; those that meet or follow each other are one."""
    periods: list[tuple[str | None, str | None]] = []
    ends = {(reading.first, reading.last) for reading in readings}
    for first, last in sorted(ends, key=lambda each: (each[0] or "", each[1] or "")):
        first_day = date.fromisoformat(first) if first else None
        if periods and first_day and (periods[-1][1] or "") >= str(first_day - timedelta(days=1)):
            periods[-1] = periods[-1][0], max(periods[-1][1] or "", last or "")
        else:
            periods.append((first, last))
    return ", ".join(
        f"{first or 'the beginning'} to {last or 'an unstated day'}" for first, last in periods
    )


def days(reading: CoverageReading) -> str:
    """Return the period of a reading in words."""
    return spans([reading])


def phrase(reading: CoverageReading) -> str:
    """Return what a reading found, in words."""
    checked = f" (last checked {reading.last_checked})" if reading.last_checked else ""
    known = PHRASES.get(reading.status, reading.status.replace("-", " "))
    return known.format(found=reading.found) + checked


@dataclass(frozen=True)
class Coverage:
    """What the release rests on.

    In: `councils`, `authorities` and `topics` have names by address and notation; `districts` the
    councils that hold no functions of children's services.
    """

    held: Sequence[Held] = ()
    readings: Sequence[CoverageReading] = ()
    councils: Mapping[str, str] = field(default_factory=dict)
    districts: frozenset[str] = frozenset()
    topics: Mapping[str, str] = field(default_factory=dict)
    authorities: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_council(self) -> Mapping[str, Sequence[CoverageReading]]:
        """The readings about each council, by its address."""
        found: dict[str, list[CoverageReading]] = defaultdict(list)
        for reading in self.readings:
            found[reading.council].append(reading)
        return found

    @cached_property
    def _by_topic(self) -> Mapping[str, Sequence[CoverageReading]]:
        """The readings of each topic, one for all councils of which the same was read."""
        alike = {(each.topic, each.status, each.first, each.last): each for each in self.readings}
        return _of_topics(alike.values())

    @cached_property
    def begins(self) -> Mapping[str, date]:
        """The first day that was read about, of each topic."""
        found: dict[str, date] = {}
        for reading in self.readings:
            if reading.first and reading.status != _NOT_COVERED:
                first = date.fromisoformat(reading.first)
                found[reading.topic] = min(first, found.get(reading.topic, first))
        return found

    @cached_property
    def in_all(self) -> dict[str, Json]:
        """The statement about the whole release, which many answers repeat."""
        return self._envelope(None)

    def held_about(self, council: str | None) -> list[Held]:
        """Return the texts that were read about a council, or all."""
        return [
            source
            for source in self.held
            if source.kind == "text" and council in (None, source.council)
        ]

    def read_up_to(self, council: str | None, topics: Sequence[str] = ()) -> str | None:
        """Return the latest day that was read about, of a council or of all.

        In: the topics that count, or none for all. Without a table there are no lists that reach
        further than the documents.
        """
        days = [source.latest for source in self.held_about(council)]
        if any(source.kind == "table" for source in self.held):
            days += [
                reading.last
                for reading in self._readings(council)
                if reading.status != _NOT_COVERED and (not topics or reading.topic in topics)
            ]
        return max((day for day in days if day), default=None)

    def was_read(self, council: str, topics: Sequence[str], day: str) -> bool:
        """Return whether anything was read, be it incomplete, of any of some topics on a day."""
        return any(
            (each.first or "") <= day <= (each.last or "9999")
            for each in self._readings(council)
            if each.topic in topics and each.status not in (_NOT_COVERED, _NOT_APPLICABLE)
        )

    def envelope(self, council: str | None = None, topics: Sequence[str] = ()) -> dict[str, Json]:
        """Return what an answer rests on, and what it cannot tell.

        In: the topics that the answer is about, or none for all.
        """
        if council is None and not topics:
            return self.in_all
        return self._envelope(council, frozenset(topics))

    def caveat(self, topics: Sequence[str], council: str | None = None) -> str:
        """Return in sentences what an answer about some topics rests on, and what it cannot tell.

        In: the topics, or none for everything; the council that the answer is about, if it is one.
        """
        known = self._by_topic if council is None else _of_topics(self._readings(council))
        readings = [reading for topic in topics for reading in known.get(topic, ())]
        if not readings:
            envelope = self.in_all if council is None else self._envelope(council)
            return str(envelope["statement"])
        differs = "" if council else _DIFFERS
        return f"{self._topics_read(readings)} {differs}{_SILENCE}"

    def absence(self, council: str, topics: Sequence[str]) -> list[str]:
        """Return in plain sentences what it means that nothing of some topics is known."""
        readings = self.by_council.get(council, ())
        if not readings:
            return [self._statement(council, len(self.held_about(council)), readings)]
        found: list[str] = []
        for topic in topics:
            name = self.topics.get(topic, topic)
            label = name[:1].upper() + name[1:]
            periods = [reading for reading in readings if reading.topic == topic]
            if not periods and council in self.districts:
                found.append(f"{label}: {PHRASES[_NOT_APPLICABLE]}.")
            elif not periods:
                found.append(f"{label}: {PHRASES[_NOT_COVERED]}.")
            found += [f"{label}, {days(reading)}: {phrase(reading)}." for reading in periods]
        return found or [_SILENCE]

    def _readings(self, council: str | None) -> Sequence[CoverageReading]:
        return self.readings if council is None else self.by_council.get(council, ())

    def _envelope(
        self, council: str | None, topics: frozenset[str] = frozenset()
    ) -> dict[str, Json]:
        texts = self.held_about(council)
        readings = [
            reading for reading in self._readings(council) if not topics or reading.topic in topics
        ]
        code = parse(council)[1] if council else None
        return {
            "statement": self._statement(council, len(texts), readings),
            "documents": len(texts),
            "tables": sum(source.kind == "table" for source in self.held),
            "pages": sum(source.kind == "page" for source in self.held),
            "latest_date": self.read_up_to(council),
            "topics": [
                *(self._row(rows) for rows in _grouped(readings, code)),
                *self._without_function(council, topics or frozenset(self.topics)),
            ],
            "details": f"/coverage?council={code}" if code else "/coverage",
        }

    def _without_function(
        self, council: str | None, topics: frozenset[str]
    ) -> list[dict[str, Json]]:
        if council is None or council not in self.districts:
            return []
        read = {reading.topic for reading in self._readings(council)}
        return [
            self._row([CoverageReading(council, topic, None, _NOT_APPLICABLE, None, None, 0, None)])
            for topic in sorted(topics)
            if topic not in read
        ]

    def _row(self, rows: Sequence[CoverageReading]) -> dict[str, Json]:
        first = rows[0]
        return {
            "topic": first.topic,
            "topic_label": self.topics.get(first.topic, first.topic),
            "regime": first.regime,
            "status": first.status,
            "from": min((reading.first for reading in rows if reading.first), default=None),
            "to": max((reading.last for reading in rows if reading.last), default=None),
            "found": sum(reading.found for reading in rows),
            "councils": len({reading.council for reading in rows}),
            "last_checked": max(reading.last_checked or "" for reading in rows) or None,
        }

    def _statement(
        self, council: str | None, texts: int, readings: Sequence[CoverageReading]
    ) -> str:
        if council and (authority := self.authorities.get(council)):
            return _OF_AUTHORITY.format(name=authority)
        name = self.councils.get(council, council) if council else None
        about = f" about {name}" if name else ""
        read = any(reading.status != _NOT_COVERED for reading in readings)
        if not (texts or read or (self.held and not council)):
            return (
                f"No document{about} has been read, so nothing can be said here; "
                "an empty answer does not mean that nothing happened."
            )
        sentences = [self._topics_read(readings)] if council and read else []
        if texts or not council:
            latest = max((source.latest or "" for source in self.held_about(council)), default="")
            sources = _counted(self.held_about(council) if council else self.held)
            reach = f", the latest of {latest}; nothing later has been read" if latest else ""
            has_tables = any(source.kind == "table" for source in self.held)
            sentences.insert(0, f"This rests on {sources}{about}{'' if has_tables else reach}.")
        return " ".join([*sentences, _SILENCE])

    def _topics_read(self, readings: Iterable[CoverageReading]) -> str:
        words = {
            _COVERED: "complete lists of",
            _PARTLY: "incomplete sources on",
            _NOT_COVERED: "nothing on",
        }
        found: dict[str, dict[str, list[CoverageReading]]] = {
            start: defaultdict(list) for start in words
        }
        for reading in readings:
            start = next((start for start in words if reading.status.startswith(start)), _PARTLY)
            found[start][self.topics.get(reading.topic, reading.topic)].append(reading)
        parts = [
            f"{words[start]} "
            + ", ".join(f"{label} ({spans(several)})" for label, several in labels.items())
            for start, labels in found.items()
            if labels
        ]
        return f"Read: {'; '.join(parts)}."


def _of_topics(readings: Iterable[CoverageReading]) -> dict[str, list[CoverageReading]]:
    found: dict[str, list[CoverageReading]] = defaultdict(list)
    for reading in readings:
        found[reading.topic].append(reading)
    return found


def _grouped(
    readings: Iterable[CoverageReading], council: str | None
) -> list[list[CoverageReading]]:
    """Return readings in groups: each alone for one council, else by topic and status."""
    if council is not None:
        return [[reading] for reading in readings]
    found: dict[tuple[str, str], list[CoverageReading]] = defaultdict(list)
    for reading in readings:
        found[reading.topic, reading.status].append(reading)
    return [found[key] for key in sorted(found)]


def _counted(held: Iterable[Held]) -> str:
    kinds = [source.kind for source in held]
    numbers = {
        word: kinds.count(kind)
        for kind, word in (("text", "document"), ("table", "table"), ("page", "page"))
    }
    parts = [f"{count} {word}{'s' * (count != 1)}" for word, count in numbers.items() if count]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def coverage_of(lists: Mapping[str, Rows]) -> Coverage:
    """Return what a release covers, by the rows of the queries of `LISTS`."""
    topics = {row["topic"]: row["label"] for row in lists["coverage_topics"]}
    return Coverage(
        [
            Held(row["document"], row["kind"], row.get("council"), row.get("latest"))
            for row in lists["held_documents"]
            if "document" in row
        ],
        [_reading(row) for row in lists["readings"]],
        {row["council"]: row["name"] for row in lists["council_names"]},
        frozenset(row["council"] for row in lists["districts"]),
        {_notation(topic): label for topic, label in topics.items()},
        {row["authority"]: row["name"] for row in lists["authority_names"]},
    )


def _reading(row: Mapping[str, str]) -> CoverageReading:
    return CoverageReading(
        row["council"],
        _notation(row["topic"]),
        _notation(row["regime"]) if "regime" in row else None,
        _notation(row["status"]),
        row.get("first"),
        row.get("last"),
        int(row.get("found", 0)),
        row.get("checked"),
    )


def _notation(iri: str) -> str:
    return iri.rpartition("/")[2]
