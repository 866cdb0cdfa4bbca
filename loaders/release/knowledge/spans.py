"""The days between which all that is told of a council under a regime stays the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from loaders.release.layers import Answer, Layers, ask

_LISTS = "lists"
_RUNNING = frozenset(f"scheme/certainty/{one}" for one in ("certain", "planned", "possible"))
_ENDED = "scheme/certainty/ended"
_NONE = "~"
"""Stands for the basis of an act under no power that is known; after every basis that there is."""
_ALWAYS = "9999-12-31"
Row = dict[str, str]


@dataclass(frozen=True)
class Span:
    """What is told of a council under a regime from a day until before another.

    In: `until` is empty where nothing changes again; `silent` are people in office of whom nothing
    had been heard for long.
    """

    period: str
    first: str
    until: str
    stage: str
    powers: tuple[str, ...]
    basis: str
    people: tuple[str, ...]
    silent: tuple[str, ...]


def spans_of(layers: Layers) -> dict[str, list[Span]]:
    """Return for each council under a regime its spans, in their order."""
    courses, acts, offices = (
        _by_track(ask(layers, _LISTS, name))
        for name in ("courses_through_time", "acts_through_time", "offices_through_time")
    )
    stages = _stages(layers)
    return {
        track: _joined(_spans(rows, acts.get(track, []), offices.get(track, []), stages))
        for track, rows in sorted(courses.items())
    }


def _stages(layers: Layers) -> dict[str, str]:
    """Return the stages of interventions by their severity."""
    return {row["severity"]: row["stage"] for row in ask(layers, _LISTS, "stages")}


def _by_track(rows: Answer) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["track"]].append(row)
    return found


def _spans(
    courses: Sequence[Row],
    acts: Sequence[Row],
    offices: Sequence[Row],
    stages: Mapping[str, str],
) -> Iterator[Span]:
    """Yield what is told on each day on which anything may change, until the next such day."""
    days = {day for row in (*courses, *acts) for day in (row["from"], row.get("until", ""))}
    days |= {day for row in offices for day in _changes(row)}
    for day, following in pairwise([*sorted(days - {""}), ""]):
        course = next((row for row in courses if _lasts(row, day)), None)
        if course is not None:
            span = _span(course, acts, offices, day, following)
            yield replace(span, stage=stages.get(span.stage, ""))


def _changes(office: Row) -> Iterator[str]:
    """Yield the days on which an office begins to count, is over, or falls silent."""
    yield office["from"]
    yield office.get("next_from", "")
    for name in ("over", "left", "heard_until"):
        if name in office:
            yield _after(office[name])


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _lasts(row: Row, day: str) -> bool:
    return row["from"] <= day < row.get("until", _ALWAYS)


def _span(
    course: Row, acts: Sequence[Row], offices: Sequence[Row], day: str, following: str
) -> Span:
    """Return what is told on a day: of the acts in force, else of those nothing was heard of."""
    then = [row for row in acts if _lasts(row, day)]
    running = [row for row in then if row["certainty"] in _RUNNING]
    begun = course.get("begun", _ALWAYS)
    silent = [row for row in then if row not in running and begun <= row.get("begun_by", "")]
    heights = (_height(running), course.get("attested", ""), _height(silent))
    severity = next(filter(None, heights), "")
    named = running if _powers(running) else silent
    holders = [row for row in offices if _is_held(row, day)]
    heard = {row["holder"] for row in holders if day <= row.get("heard_until", _ALWAYS)}
    return Span(
        course["period"],
        day,
        following,
        "" if course["certainty"] == _ENDED else severity,
        _powers(named),
        _basis(named),
        tuple(sorted(heard)),
        tuple(sorted({row["holder"] for row in holders} - heard)),
    )


def _height(acts: Iterable[Row]) -> str:
    return max((row["height"] for row in acts), default="")


def _powers(acts: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row["power"] for row in acts if "power" in row}))


def _basis(acts: Iterable[Row]) -> str:
    """Return whether the powers are stated or inferred: inferred if that of one of them is."""
    told = (row.get("basis", "") if "power" in row else _NONE for row in acts)
    least = min(told, default="")
    return "" if least == _NONE else least


def _is_held(office: Row, day: str) -> bool:
    ends = (office.get("over", _ALWAYS), office.get("left", _ALWAYS))
    return office["from"] <= day <= min(ends) and day < office.get("next_from", _ALWAYS)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans without the days on which nothing changed after all."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if (
            last
            and last.until == span.first
            and replace(last, first=span.first, until=span.until) == span
        ):
            found[-1] = replace(last, until=span.until)
        else:
            found.append(span)
    return found
