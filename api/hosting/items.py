"""The items of a list: which there are, what describes them, and how certain each is on a day."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pyoxigraph as ox

from api.hosting.state import NEWEST_KNOWN, Service
from api.views.as_known import describe_known, is_of_register, known_from, told_then
from api.views.description import Description, describe_as_known, gather
from api.views.fields import STATE_PERIOD
from api.views.lists import ALSO_ASKED, BY_PATH, KNOWN_AT, Objects, Resource
from api.views.serialisers import Json, ref, source
from ontology.identifiers import concept, thing
from queries.catalogue import CatalogueQuery, find_query, internal_query
from queries.engine.interface import Row, select

_NEWEST = 5
_AS_KNOWN = "acts_as_known"
_NEVER = "9999"
"""Stands after every day."""
_OF_NOTICE = "signed", "effectiveFrom", "published"
_FILTERED_BY: dict[str, dict[str, tuple[str, ...]]] = {
    "directions": {
        "issued_by": ("issuedBy",),
        "power": ("madeUnder",),
        "from": ("signed",),
        "to": ("signed",),
    },
    "notices": {"issued_by": ("issuedBy",), "from": _OF_NOTICE, "to": _OF_NOTICE},
}
"""Filters of the acts of a list by what a source may have told later than the act itself."""
_NOT_HEARD_OF = "not-heard-of"
"""The certainty of what a list for a day leaves out unless it is asked for."""
_NONE_KNOWN = (
    "It was there on this day, but nothing is known of it for then: no act, appointment or "
    "sighting of before it."
)
_NOT_YET = "It was not there on this day: it began on {}."
_NO_LONGER = (
    "It was not there on this day: it was abolished on {}, and no act, appointment or "
    "sighting of before it is known."
)
_NAMED = "q"
"""The filter of councils and authorities by any name, which is no matter for the engine."""
_IDENTITY = "id", "iri", "kind"
_SIGN_COLUMNS = "last_sign_source", "last_sign_claim"
_THING_COLUMNS = {"power": "powers", "people": "people_heard_of"}
"""Columns of an answer about a day: one thing each, and by their key several things each."""
_WORD_COLUMNS = "power_basis", "stage_on_day"
"""Columns of an answer about a day that have one notation each."""


class Found(NamedTuple):
    """The rows of a list, and how many were left out as not heard of; none of no day."""

    rows: list[Row]
    not_heard_of: int | None = None


async def newest_directions(service: Service) -> list[dict[str, Json]]:
    """Return the directions that were signed last, the newest first."""
    resource = BY_PATH["directions"]
    found = await find_rows(service, resource, {})
    _, directions = await objects(service, resource, found.rows)
    directions.sort(key=lambda item: (item["signed"] or {}).get("latest") or "", reverse=True)
    return directions[:_NEWEST]


async def find_rows(service: Service, resource: Resource, given: Mapping[str, str]) -> Found:
    """Return a row per item, in order; for a day, with the certainty and its reason."""
    known_at = await earlier_day(service, given.get(KNOWN_AT))
    own = {parameter.name for parameter in resource.query.parameters}
    asked = {name: value for name, value in given.items() if name != KNOWN_AT or name in own}
    if known_at is None or not resource.shows_what_was_known:
        return await _found(service, resource, asked)
    if resource.known_as and resource.day in given:
        found = await _found_as_known(service, resource, asked, known_at)
    else:
        found = await _found(service, resource, asked)
    rows = await known_rows(service, found.rows, known_at)
    filtered_by = _FILTERED_BY.get(resource.path, {})
    for name in filtered_by.keys() & given.keys():
        items = [row["item"]["value"] for row in rows]
        told = await told_then(service.engine, items, filtered_by[name], known_at)
        rows = [row for row in rows if row["item"]["value"] in told]
    return Found(rows, found.not_heard_of)


async def known_later(
    service: Service, resource: Resource, given: Mapping[str, str], rows: Sequence[Row]
) -> int:
    """Return how many items more a list would have that was not asked as known on a day.

    In: the filters, the day among them, and the rows that were found for them.
    """
    today = {name: value for name, value in given.items() if name != KNOWN_AT}
    found = (await _found(service, resource, today)).rows
    return len({_matter(resource, row) for row in found} - {_matter(resource, row) for row in rows})


def _matter(resource: Resource, row: Row) -> tuple[str, ...]:
    """Return what a row of a list is about, by whatever was known of it."""
    if not resource.today:
        return (row["item"]["value"],)
    return row["council"]["value"], row["regime"]["value"]


async def ask_whole_lists(service: Service) -> None:
    """Ask for the rows of each list without filters, which are kept for all who ask."""
    for resource in BY_PATH.values():
        if not resource.today and not resource.query.missing({}):
            await _rows(service, resource, {})


async def earlier_day(service: Service, known_at: str | None) -> str | None:
    """Return the day by which sources shall have been published, unless all of them had been."""
    if known_at is None:
        return None
    newest = await newest_day(service)
    return None if newest is not None and newest <= known_at else known_at


async def newest_day(service: Service) -> str | None:
    """Return the day on which the newest of the sources was known."""
    if NEWEST_KNOWN not in service.whole_lists:
        rows = (await select(service.engine, internal_query("lists", NEWEST_KNOWN).text))[1]
        service.whole_lists[NEWEST_KNOWN] = rows
    return service.newest_day


async def known_rows(service: Service, rows: Sequence[Row], day: str) -> list[Row]:
    """Return the rows of things that a source published by a day speaks of.

    Out: what a register tells of is known on every day.
    """
    items = [row["item"]["value"] for row in rows]
    since = await known_from(service.engine, items)
    return [row for row in rows if _is_known(row["item"]["value"], since, day)]


def _is_known(item: str, since: Mapping[str, str], day: str) -> bool:
    return is_of_register(item) or since.get(item, _NEVER) <= day


async def _found_as_known(
    service: Service, resource: Resource, given: Mapping[str, str], known_at: str
) -> Found:
    """Return a row per item that was so on a day, as known on another, with its certainty."""
    apart = resource.day, ALSO_ASKED
    others = {name: value for name, value in given.items() if name not in apart}
    rows = await _rows(service, resource, others)
    asked = {"as_of": given[resource.day], KNOWN_AT: known_at, ALSO_ASKED: _NOT_HEARD_OF}
    if "council" in given:
        asked["council"] = given["council"]
    answers = await _answers(service, find_query(_AS_KNOWN), asked)
    # The surest of several acts comes first, and stands for the course of action.
    best = {
        row[resource.known_as]["value"]: row
        for row in reversed(answers)
        if resource.known_as in row
    }
    known = [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]
    return _heard_of(known, given)


async def _found(service: Service, resource: Resource, given: Mapping[str, str]) -> Found:
    """Return a row per item, as all sources tell."""
    if not resource.day or resource.day not in given:
        others = {name: value for name, value in given.items() if name != ALSO_ASKED}
        return Found(await _rows(service, resource, others))
    if resource.on_day is None:
        asked = {**given, ALSO_ASKED: _NOT_HEARD_OF}
        rows = await _answers(service, resource.query, asked)
        return _heard_of(rows, given)
    apart = resource.on_day.name, ALSO_ASKED
    rows = await _rows(
        service, resource, {name: value for name, value in given.items() if name not in apart}
    )
    day = {"day": given[apart[0]], ALSO_ASKED: _NOT_HEARD_OF}
    answers = await _answers(service, resource.on_day.query, day)
    best = {row[resource.on_day.column]["value"]: row for row in reversed(answers)}
    known = [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]
    return _heard_of(known, given)


async def _answers(service: Service, query: CatalogueQuery, given: Mapping[str, str]) -> list[Row]:
    """Return the rows that answer a query of ours."""
    return (await select(service.engine, query.bind(given), query.text))[1]


def _heard_of(rows: list[Row], given: Mapping[str, str]) -> Found:
    """Return the rows that are asked for, and how many are left out as not heard of."""
    silent = [row for row in rows if row["certainty"]["value"] == _NOT_HEARD_OF]
    if ALSO_ASKED in given or ("council" in given and "on" in given):
        return Found(rows, len(silent))
    return Found([row for row in rows if row not in silent], len(silent))


async def _rows(service: Service, resource: Resource, given: Mapping[str, str]) -> list[Row]:
    """Return a row per item, in order; those of the whole list are asked for once."""
    if not given and resource.path in service.whole_lists:
        return service.whole_lists[resource.path]
    if _NAMED in given and resource.is_of_councils:
        others = {name: value for name, value in given.items() if name != _NAMED}
        found = set(service.councils.containing(given[_NAMED]))
        rows = await _rows(service, resource, others)
        return [row for row in rows if row["item"]["value"].rpartition("/")[2] in found]
    rows = await _answers(service, resource.asked(given), given)
    if not given:
        service.whole_lists[resource.path] = rows
    return rows


async def objects(
    service: Service, resource: Resource, rows: Sequence[Row], known_at: str | None = None
) -> Objects:
    """Return the description of a page of items, and the items as objects.

    In: the day by which what is shown had been published, or none for all.
    """
    day = await earlier_day(service, known_at) if resource.shows_what_was_known else known_at
    as_known = describe_known if resource.shows_what_was_known else describe_as_known
    # A state is told by the period as it was known, and needs nothing left out.
    ask = partial(as_known, day=day) if day and not resource.today else None
    known, items = await resource.describe(
        service.engine, service.documents, [row["item"]["value"] for row in rows], ask
    )
    told = [one for row in rows for name in _SIGN_COLUMNS for one in _things(row, name)]
    told += [one for row in rows for name in _THING_COLUMNS.values() for one in _things(row, name)]
    unknown = [one for one in dict.fromkeys(told) if not known.knows(one)]
    names = Description(await gather(service.engine, "names_of", unknown))
    if told:
        names.include(known)
    certain = [_certainty(service, row, resource.topics, names) for row in rows]
    for more in certain:
        if known_at and more.get("read_up_to"):
            more["read_up_to"] = min(str(more["read_up_to"]), known_at)
    for row, item, more in zip(rows, items, certain, strict=True):
        if "apart" in row:
            more["because"] = f"{row['apart']['value']} {item['because']}"
    return known, [{**item, **more} for item, more in zip(items, certain, strict=True)]


async def none_known(
    service: Service, given: Mapping[str, str], rows: Sequence[Row]
) -> list[dict[str, Json]]:
    """Return an answer for each regime of which nothing is known of the council asked about."""
    told = {row["regime"]["value"].rpartition("/")[2] for row in rows}
    asked = [given["regime"]] if "regime" in given else service.notations.get("regime", ())
    kind = "authority" if given["council"] in service.known.get("authority", ()) else "council"
    iri = str(thing(kind, given["council"]))
    bodies = {regime: str(concept("regime", regime)) for regime in asked if regime not in told}
    known = Description(await gather(service.engine, "triples_of", [iri, *bodies.values()]))
    because = _why_nothing_is_known(known, iri, given["on"])
    empty = dict.fromkeys(key for key in STATE_PERIOD.of(known, iri) if key not in _IDENTITY)
    topics = BY_PATH["under-intervention"].topics
    read_up_to = service.reach.read_up_to(iri, topics)
    return [
        {"id": None, "iri": None, "kind": STATE_PERIOD.cls}
        | empty
        | {"council": ref(known, ox.NamedNode(iri)), "regime": regime}
        | {"regime_label": known.label(body), "certainty": "none-known", "because": because}
        | {"power": [], "people": [], "people_not_heard_of": 0, "power_basis": None}
        | {"stage_on_day": None}
        | {"read_up_to": read_up_to}
        for regime, body in bodies.items()
    ]


def _why_nothing_is_known(known: Description, council: str, day: str) -> str:
    """Return why nothing is known of a council on a day: perhaps it was not there."""
    began = known.text(council, "vestedOn") or known.text(council, "establishedOn")
    dissolved = known.text(council, "dissolvedOn")
    if began and day < began:
        return _NOT_YET.format(began)
    return _NO_LONGER.format(dissolved) if dissolved and day >= dissolved else _NONE_KNOWN


def _certainty(
    service: Service, row: Row, topics: Sequence[str], known: Description
) -> dict[str, Json]:
    """Return how certain an item is on the day, why, and what was the last sign of it."""
    if "certainty" not in row:
        return {}
    found: dict[str, Json] = {"certainty": row["certainty"]["value"]}
    if "because" in row:
        told_by, claim = ([*_things(row, name), None][0] for name in _SIGN_COLUMNS)
        day = (row.get("last_sign_day") or row.get("last_sign", {})).get("value")
        last_sign = {
            "day": day,
            "source": source(known, ox.NamedNode(told_by)) if told_by else None,
            "claim": ref(known, ox.NamedNode(claim)) if claim else None,
        }
        found |= {"because": row["because"]["value"], "last_sign": last_sign}
    else:
        found |= {key: _refs(known, row, name) for key, name in _THING_COLUMNS.items()}
        found["people_not_heard_of"] = int(row.get("people_not_heard_of", {}).get("value", 0))
        found |= {name: row.get(name, {}).get("value") for name in _WORD_COLUMNS}
    council = row.get("council", {}).get("value")
    return {**found, "read_up_to": service.reach.read_up_to(council, topics)}


def _refs(known: Description, row: Row, name: str) -> list[Json]:
    return [ref(known, ox.NamedNode(one)) for one in _things(row, name)]


def _things(row: Row, name: str) -> list[str]:
    return sorted(row.get(name, {}).get("value", "").split())
