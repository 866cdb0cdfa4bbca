"""The items of a list: which there are, what describes them, and how certain each is on a day."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pyoxigraph as ox

from api.hosting.state import Service
from api.views.description import Description, describe_as_known, gather
from api.views.fields import STATE_PERIOD
from api.views.lists import ALSO_ASKED, BY_PATH, Objects, Resource
from api.views.serialisers import Json, ref, source
from ontology.identifiers import thing
from queries.engine.interface import Row, select

_NEWEST = 5
_NOT_HEARD_OF = "not-heard-of"
"""The certainty of what a list for a day leaves out unless it is asked for."""
_NONE_KNOWN = (
    "Nothing is known for this day: no act, appointment or sighting of before it, "
    "or the council was not there."
)
_IDENTITY = "id", "iri", "kind"
_SIGN_COLUMNS = "last_sign_source", "last_sign_claim"
_THING_COLUMNS = "power", "people"
"""Columns of an answer about a day: one thing each, and several things each."""


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
    if not resource.day or resource.day not in given:
        others = {name: value for name, value in given.items() if name != ALSO_ASKED}
        return Found(await _rows(service, resource, others))
    if resource.on_day is None:
        asked = {**given, ALSO_ASKED: _NOT_HEARD_OF}
        rows = (await select(service.engine, resource.query.bind(asked)))[1]
        return _heard_of(rows, given)
    apart = resource.on_day.name, ALSO_ASKED
    rows = await _rows(
        service, resource, {name: value for name, value in given.items() if name not in apart}
    )
    query = resource.on_day.query.bind({"day": given[apart[0]], ALSO_ASKED: _NOT_HEARD_OF})
    _, answers = await select(service.engine, query)
    best = {row[resource.on_day.column]["value"]: row for row in reversed(answers)}
    known = [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]
    return _heard_of(known, given)


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
    rows = (await select(service.engine, resource.query.bind(given)))[1]
    if not given:
        service.whole_lists[resource.path] = rows
    return rows


async def objects(
    service: Service, resource: Resource, rows: Sequence[Row], known_at: str | None = None
) -> Objects:
    """Return the description of a page of items, and the items as objects.

    In: the day by which what is shown had been published, or none for all.
    """
    ask = partial(describe_as_known, day=known_at) if known_at else None
    known, items = await resource.describe(
        service.engine, service.documents, [row["item"]["value"] for row in rows], ask
    )
    told = [one for row in rows for name in _SIGN_COLUMNS for one in _things(row, name)]
    told += [one for row in rows for name in _THING_COLUMNS for one in _things(row, name)]
    unknown = [one for one in dict.fromkeys(told) if not known.knows(one)]
    names = Description(await gather(service.engine, "names_of", unknown))
    names.add(known.triples)
    certain = [_certainty(service, row, resource.topics, names) for row in rows]
    return known, [{**item, **more} for item, more in zip(items, certain, strict=True)]


async def none_known(
    service: Service, given: Mapping[str, str], rows: Sequence[Row]
) -> list[dict[str, Json]]:
    """Return an answer for each regime of which nothing is known of the council asked about."""
    told = {row["regime"]["value"].rpartition("/")[2] for row in rows}
    asked = [given["regime"]] if "regime" in given else service.notations.get("regime", ())
    kind = "authority" if given["council"] in service.known.get("authority", ()) else "council"
    iri = str(thing(kind, given["council"]))
    known = Description(await gather(service.engine, "names_of", [iri]))
    empty = dict.fromkeys(key for key in STATE_PERIOD.of(known, iri) if key not in _IDENTITY)
    topics = BY_PATH["under-intervention"].topics
    read_up_to = service.reach.read_up_to(iri, topics)
    return [
        {"id": None, "iri": None, "kind": STATE_PERIOD.cls}
        | empty
        | {"council": ref(known, ox.NamedNode(iri)), "regime": regime}
        | {"certainty": "none-known", "because": _NONE_KNOWN}
        | {"power": [], "people": [], "power_basis": None, "read_up_to": read_up_to}
        for regime in asked
        if regime not in told
    ]


def _certainty(
    service: Service, row: Row, topics: Sequence[str], known: Description
) -> dict[str, Json]:
    """Return how certain an item is on the day, why, and what was the last sign of it."""
    if "certainty" not in row:
        return {}
    found: dict[str, Json] = {"certainty": row["certainty"]["value"]}
    if "because" in row:
        told_by, claim = ([*_things(row, name), None][0] for name in _SIGN_COLUMNS)
        day = row.get("last_sign_day", {}).get("value")
        last_sign = {
            "day": day,
            "source": source(known, ox.NamedNode(told_by)) if told_by else None,
            "claim": ref(known, ox.NamedNode(claim)) if claim else None,
        }
        found |= {"because": row["because"]["value"], "last_sign": last_sign}
    else:
        found |= {name: _refs(known, row, name) for name in _THING_COLUMNS}
        found["power_basis"] = row.get("power_basis", {}).get("value")
    council = row.get("council", {}).get("value")
    return {**found, "read_up_to": service.reach.read_up_to(council, topics)}


def _refs(known: Description, row: Row, name: str) -> list[Json]:
    return [ref(known, ox.NamedNode(one)) for one in _things(row, name)]


def _things(row: Row, name: str) -> list[str]:
    return sorted(row.get(name, {}).get("value", "").split())
