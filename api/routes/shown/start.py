"""The start page: a map of a day by what is chosen, who is under intervention, what is newest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.hosting.items import find_rows, objects
from api.hosting.state import Service
from api.pages.days import day_words
from api.pages.entries import HUES
from api.pages.hexagons import HexagonMap, Told, hexagon_map
from api.pages.money import pounds
from api.pages.story import BADGES
from api.views.lists import BY_PATH
from api.views.serialisers import Json, local_id
from ontology.identifiers import parse
from queries.catalogue import internal_query
from queries.engine.interface import Row, select

STATES = "intervention"
_GRADES, _SUPPORT = "grade", "support"
SHOWS: Mapping[str, str] = {
    STATES: "Intervention, and how sure",
    _GRADES: "Overall grade of children's services",
    _SUPPORT: "Exceptional financial support",
}
"""What the map can show, and what it is called."""
_UNDER = BY_PATH["under-intervention"]
_ALSO = "not-heard-of"
_NEWEST = 8
_EVENTS, _OVERALL, SUMS = _KEPT = "newest_events", "overall_grades", "sums_by_council"
"""Queries without parameters."""


@dataclass(frozen=True)
class Start:
    """What the start page shows of a day."""

    chosen: str
    day: str
    map: HexagonMap
    legend: Sequence[tuple[Told, int]]
    states: Sequence[Mapping[str, Json]]
    shown: Mapping[str, str]
    read_to: str | None


async def states_on(service: Service, day: str) -> list[dict[str, Json]]:
    """Return every state of a council on a day, also of those not heard of for long."""
    found = await find_rows(service, _UNDER, {_UNDER.today: day, "with": _ALSO})
    return (await objects(service, _UNDER, found.rows))[1]


async def start_of(service: Service, chosen: str, day: str) -> Start:
    """Return what the start page shows.

    In: what the map shall show, and the day.
    """
    states = await states_on(service, day)
    read_to = service.reach.read_up_to(None, _UNDER.topics)
    told, otherwise = await _TOLD[chosen](service, states, day)
    names = {local_id(iri): name for iri, name in service.reach.councils.items()}
    shown = hexagon_map(names, told, otherwise)
    return Start(chosen, day, shown, _legend(shown), states, SHOWS, read_to)


def _legend(shown: HexagonMap) -> list[tuple[Told, int]]:
    """Return each state that the map shows, with the number of its hexagons."""
    counts = Counter(one.told.state for one in shown.hexagons)
    first = {one.told.state: one.told for one in shown.hexagons}
    order = [*BADGES, "inadequate", "requires-improvement", "good", "outstanding", "money"]
    states = sorted(counts, key=lambda one: order.index(one) if one in order else len(order))
    return [(first[state], counts[state]) for state in states]


async def _told_of_states(
    service: Service, states: Sequence[Mapping[str, Json]], day: str
) -> tuple[dict[str, Told], Told]:
    """Return the surest state of each council; where several go on, the words tell all.

    Out: of days after all that was read, whether anybody has looked is asked of the last one read.
    """
    order = list(BADGES)
    by_council: dict[str, list[Mapping[str, Json]]] = {}
    for one in states:
        by_council.setdefault(one["council"]["id"], []).append(one)
    told = {}
    for code, several in by_council.items():
        several.sort(key=lambda one: order.index(one["certainty"]))
        words = [_state_words(one) for one in several]
        hue = HUES.get(several[0]["regime"], "pe")
        told[code] = Told(several[0]["certainty"], ", ".join(words), hue)
    read_to = service.reach.read_up_to(None, _UNDER.topics)
    is_late = read_to is not None and day > read_to
    late = f"; nothing was read of after {day_words(read_to)}" if is_late else ""
    looked = read_to if is_late and read_to else day
    for iri in service.reach.councils if service.reach.readings else ():
        if not service.reach.was_read(iri, _UNDER.topics, looked):
            told.setdefault(local_id(iri), Told("not-looked", "nobody has looked"))
    return told, Told("none-known", f"none known{late}")


def _state_words(state: Mapping[str, Json]) -> str:
    certainty = BADGES[state["certainty"]].lower()
    return f"{state['regime_label'] or state['regime']}: {certainty}"


async def _told_of_grades(
    service: Service, _: Sequence[Mapping[str, Json]], day: str
) -> tuple[dict[str, Told], Told]:
    """Return the last overall grade of each council that was published by a day."""
    told = {}
    for row in await kept_rows(service, _OVERALL):
        if row["day"]["value"] <= day:
            grade = row["grade"]["value"]
            words = f"{grade.replace('-', ' ')}, {day_words(row['day']['value'])}"
            told[local_id(row["council"]["value"])] = Told(grade, words, grade)
    return told, Told("not-looked", "no overall grade of before is held")


async def _told_of_support(
    service: Service, _: Sequence[Mapping[str, Json]], day: str
) -> tuple[dict[str, Told], Told]:
    """Return the support of each council as told by a day: of each year the sum told last."""
    sums: dict[str, dict[str, float]] = {}
    for row in await kept_rows(service, SUMS):
        if row["day"]["value"] <= day:
            years = sums.setdefault(local_id(row["council"]["value"]), {})
            years[row["year"]["value"]] = float(row["amount_gbp"]["value"])
    told = {code: Told("money", _sum_words(years), "money") for code, years in sums.items()}
    return told, Told("none-known", "none known by then")


def _sum_words(years: Mapping[str, float]) -> str:
    number = f"{len(years)} year{'s' if len(years) != 1 else ''}"
    return f"{pounds(sum(years.values()))} for {number}"


_TOLD = {STATES: _told_of_states, _GRADES: _told_of_grades, _SUPPORT: _told_of_support}


async def newest_events(service: Service) -> list[dict[str, Json]]:
    """Return the newest events of all councils; those of one day, kind and council are one."""
    found: dict[tuple[str, ...], dict[str, Json]] = {}
    for row in await kept_rows(service, _EVENTS):
        value = {key: term["value"] for key, term in row.items()}
        kind, local = parse(value["thing"])
        event: dict[str, Json] = {
            "day": value["day"],
            "council": {"id": local_id(value["council"]), "label": value.get("council_name")},
            "kind": value["kind"],
            "detail": value.get("detail"),
            "thing": {"kind": kind, "id": local, "iri": value["thing"]},
        }
        key = (value["day"], value["kind"], value["council"])
        found.setdefault(key, event)
    return list(found.values())[:_NEWEST]


async def prepare_start(service: Service) -> None:
    """Ask for the rows that the start page shows of every day, which are kept."""
    for name in _KEPT:
        await kept_rows(service, name)


async def kept_rows(service: Service, name: str) -> list[Row]:
    """Return the rows of a query without parameters, which is asked once for all pages."""
    if name not in service.whole_lists:
        text = internal_query("lists", name).text
        service.whole_lists[name] = (await select(service.engine, text))[1]
    return service.whole_lists[name]
