"""Councils with a like story: the same power, and about the same length or begin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.hosting.state import Service
from api.pages.days import day_words, length_words
from api.views.serialisers import Json, local_id
from queries.catalogue import find_query, internal_query
from queries.engine.interface import Row, select

_LENGTHS, _BEGINS = "lengths_of_interventions", "courses_without_length"
_MOST = 4


@dataclass(frozen=True)
class _Likeness:
    """What makes two courses of action alike: a number to compare, and how it is told."""

    number: Callable[[Row], int]
    words: Callable[[Row], str]
    told: str


_LIKENESSES: Mapping[str, _Likeness] = {
    _LENGTHS: _Likeness(
        lambda row: int(float(row["days_least"]["value"])),
        lambda row: length_words(int(float(row["days_least"]["value"]))),
        "lasted here {}",
    ),
    _BEGINS: _Likeness(
        lambda row: date.fromisoformat(row["began"]["value"]).toordinal(),
        lambda row: day_words(row["began"]["value"]),
        "begun here by {}",
    ),
}
"""Courses whose length is known are compared by it, all others by the day they had begun."""


async def alike(service: Service, body: Mapping[str, Json], regime: str | None) -> Json:
    """Return other councils whose course of action under a power was most like one here.

    In: the answer about a council, and the regime that its page is mostly about, if any.
    Out: for a course whose length is known those that lasted about as long; for any other those
    of unknown length that began about then; nothing where no other is known.
    """
    here = {one["iri"]: one for one in body["interventions"]}
    for iri, one in sorted(here.items(), key=lambda item: item[1]["regime"] != regime):
        for name, likeness in _LIKENESSES.items():
            rows = await _rows(service, name)
            own = next((row for row in rows if row["intervention"]["value"] == iri), None)
            if own and (nearest := _nearest(own, rows, likeness)):
                return {
                    "regime": one["regime_label"] or one["regime"],
                    "here": likeness.told.format(likeness.words(own)),
                    "others": [_other(service, row, likeness) for row in nearest],
                }
    return None


def _council(row: Row) -> str:
    return row["council"]["value"]


def _other(service: Service, row: Row, likeness: _Likeness) -> Json:
    council = local_id(_council(row))
    name = service.reach.councils.get(_council(row), council)
    return {"council": council, "name": name, "words": likeness.words(row)}


def _nearest(own: Row, rows: Sequence[Row], likeness: _Likeness) -> list[Row]:
    """Return the courses of other councils under the same power that are most like one."""

    def apart(row: Row) -> tuple[int, str]:
        return abs(likeness.number(row) - likeness.number(own)), row["intervention"]["value"]

    nearest = sorted((row for row in rows if _is_like(own, row)), key=apart)
    return list({_council(row): row for row in reversed(nearest)}.values())[::-1][:_MOST]


def _is_like(own: Row, other: Row) -> bool:
    is_same_power = own["regime"]["value"] == other["regime"]["value"]
    return is_same_power and own["council"]["value"] != other["council"]["value"]


async def prepare_likenesses(service: Service) -> None:
    """Ask for the courses of action of all councils, which are kept."""
    for name in _LIKENESSES:
        await _rows(service, name)


async def _rows(service: Service, name: str) -> list[Row]:
    """Return the courses of action of all councils; they are asked for once for all pages."""
    if name not in service.whole_lists:
        query = find_query(name) if name == _LENGTHS else internal_query("lists", name)
        text = query.bind({}) if name == _LENGTHS else query.text
        service.whole_lists[name] = (await select(service.engine, text, query.text))[1]
    return service.whole_lists[name]
