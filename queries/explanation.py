"""What in the record explains a difference: a claim about a council, or a gap in what was read."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ontology.identifiers import short
from ontology.namespaces import ID

K = TypeVar("K", bound=Hashable)

Cells = Mapping[str, str]
"""A row of an answer: the value of each variable that has one."""

_COUNCIL = f"{ID}council/"
_CLOSING = frozenset({"ended", "vacated"})
_ENDED_STATES = frozenset({"ended", "not-under-intervention"})
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


def plain_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the rows of an answer, as SPARQL writes them in JSON, with the values alone."""
    return [{name: term["value"] for name, term in row.items()} for row in rows]


@dataclass(frozen=True)
class Reason:
    """What explains a difference: a claim of the record, or a gap in what was read."""

    kind: str
    """`claim`, `gap` or `none`."""
    text: str
    claim: str = ""
    source: str = ""
    topic: str = ""
    first: str = ""
    last: str = ""
    status: str = ""


@dataclass(frozen=True)
class Difference:
    """A council, or another thing, on which the two sides differ, and why."""

    council: str
    named_by: str
    """`source` or `record`; `possible` for what the record holds possible only."""
    reason: Reason


@dataclass(frozen=True)
class Held:
    """What the record holds: dated claims by council and topic, and by thing; what was read.

    In: `told` has what each source tells of, as pairs of its address and that of the thing.
    """

    evidence: Mapping[tuple[str, str], Sequence[Cells]]
    things: Mapping[str, Sequence[Cells]]
    readings: Mapping[str, Sequence[Cells]]
    told: frozenset[tuple[str, str]] = frozenset()

    def about(self, name: str, topic: str) -> Sequence[Cells]:
        """Return the dated claims of a topic about a council, or those about another thing."""
        return self.evidence.get((name, topic)) or self.things.get(name, ())

    def is_told_by(self, source: str, name: str, topic: str, first: str, last: str) -> bool:
        """Return whether a source itself tells what the record holds of a name in some days."""
        return any(
            (source, row["thing"]) in self.told and _day(row) <= last and first <= _last_day(row)
            for row in self.about(name, topic)
        )

    def gap(self, council: str, topic: str, first: str, last: str) -> Reason | None:
        """Return what was not, or not wholly, read of a topic about a council then."""
        for row in self.readings.get(topic, ()):
            begins, ends = row.get("first", ""), row.get("last", _LAST_DAY)
            if council_code(row["council"]) == council and begins <= last and first <= ends:
                status = row["status"].rpartition("/")[2]
                if not status.startswith("covered"):
                    words = f"{topic} of {council}, {begins} to {ends}: {status}"
                    return Reason("gap", words, "", "", topic, begins, ends, status)
        return None

    def was_read(self, topic: str, first: str, last: str) -> bool:
        """Return whether anything was read of a topic about these days."""
        return any(
            row.get("first", "") <= last
            and first <= row.get("last", _LAST_DAY)
            and not row["status"].endswith("not-covered")
            for row in self.readings.get(topic, ())
        )


def why_missing(council: str, topic: str, first: str, last: str, held: Held) -> Reason:
    """Return why the record does not name a council: it ended, began later, or was not read."""
    rows = held.about(council, topic)
    ends = [row for row in rows if _is_end(row) and _day(row) <= last]
    begins = [row for row in rows if not _is_end(row) and _day(row) > last]
    if ends:
        return _claim(max(ends, key=_day))
    if begins:
        return _claim(min(begins, key=_day))
    return held.gap(council, topic, first, last) or Reason("none", "nothing explains it")


def why_named(
    council: str, topic: str, last: str, held: Held, things: Collection[str] = ()
) -> Reason:
    """Return why the record names a council: the newest claim of the topic by that day.

    In: the things that the answer names beside it, of which the claim is if there is one.
    """
    every = held.about(council, topic)
    rows = [row for row in every if row["thing"] in things or row["claim"] in things] or every
    told = [row for row in rows if not _is_end(row) and _day(row) <= last]
    if told:
        return _claim(max(told, key=_day))
    return _claim(min(rows, key=_day)) if rows else Reason("none", "nothing explains it")


def held_of(evidence: Iterable[Cells], readings: Iterable[Cells], told: Iterable[Cells]) -> Held:
    """Return what the record holds, from the rows of the queries that ask for it."""
    rows = list(evidence)
    return Held(
        grouped(rows, lambda row: (council_code(row["council"]), topic_of(row))),
        grouped(rows, lambda row: council_code(row["thing"])),
        grouped(readings, topic_of),
        frozenset((row["source"], row["thing"]) for row in told),
    )


def why_uncounted(topic: str, held: Held, first: str, last: str) -> Reason:
    """Return which councils were not wholly read, where only a number differs."""
    gaps = [
        row
        for row in held.readings.get(topic, ())
        if not row["status"].rpartition("/")[2].startswith("covered")
        and row.get("first", "") <= last
        and first <= row.get("last", _LAST_DAY)
    ]
    if not gaps:
        return Reason("none", "nothing explains it")
    councils = sorted({council_code(row["council"]) for row in gaps})
    begins, ends = min(row.get("first", "") for row in gaps), max(row["last"] for row in gaps)
    words = f"{topic}, {begins} to {ends}: not wholly read of {len(councils)} councils"
    return Reason("gap", words, "", "", topic, begins, ends, "partly-covered")


def _claim(row: Cells) -> Reason:
    prop = row["property"].rpartition("#")[2]
    state = row.get("state", "").rpartition("/")[2]
    words = f"{short(row['thing'])}, {state or prop}: {row['words']}"
    return Reason("claim", words, short(row["claim"]), short(row["source"]))


def _is_end(row: Cells) -> bool:
    state = row.get("state", "").rpartition("/")[2]
    return row["property"].rpartition("#")[2] in _CLOSING or state in _ENDED_STATES


def _day(row: Cells) -> str:
    return row.get("first") or row.get("last") or ""


def _last_day(row: Cells) -> str:
    return row.get("last") or _LAST_DAY


def council_code(value: str) -> str:
    """Return the code of a council, or another thing as a short reference."""
    return value.removeprefix(_COUNCIL) if value.startswith(_COUNCIL) else short(value)


def council_address(name: str) -> str:
    """Return the address of a council or authority: the inverse of `council_code`."""
    return f"{ID}{name}" if "/" in name else f"{_COUNCIL}{name}"


def topic_of(row: Cells) -> str:
    """Return the notation of the topic of a row."""
    return row["topic"].rpartition("/")[2]


def grouped(rows: Iterable[Cells], key: Callable[[Cells], K]) -> dict[K, list[Cells]]:
    """Return rows by a key, in their order."""
    found: dict[K, list[Cells]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
