"""The items of a list: which there are, what describes them, and how certain each is on a day."""

from collections.abc import Mapping, Sequence

from api.hosting.state import Service
from api.views.lists import BY_PATH, Objects, Resource
from api.views.serialisers import Json
from queries.engine.interface import Row, select

_NEWEST = 5


async def newest_directions(service: Service) -> list[dict[str, Json]]:
    """Return the directions that were signed last, the newest first."""
    resource = BY_PATH["directions"]
    _, directions = await objects(service, resource, await find_rows(service, resource, {}))
    directions.sort(key=lambda item: (item["signed"] or {}).get("latest") or "", reverse=True)
    return directions[:_NEWEST]


async def find_rows(service: Service, resource: Resource, given: Mapping[str, str]) -> list[Row]:
    """Return a row per item, in order; for a day, with the certainty and its reason."""
    asked = resource.on_day
    day = given.get(asked.name) if asked else None
    others = {name: value for name, value in given.items() if not asked or name != asked.name}
    rows = await _rows(service, resource, others)
    if asked is None or day is None:
        return rows
    _, answers = await select(service.engine, asked.query.bind({"day": day}))
    best = {row[asked.column]["value"]: row for row in reversed(answers)}
    return [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]


async def _rows(service: Service, resource: Resource, given: Mapping[str, str]) -> list[Row]:
    """Return a row per item, in order; those of the whole list are asked for once."""
    if not given and resource.path in service.whole_lists:
        return service.whole_lists[resource.path]
    rows = (await select(service.engine, resource.query.bind(given)))[1]
    if not given:
        service.whole_lists[resource.path] = rows
    return rows


async def objects(service: Service, resource: Resource, rows: Sequence[Row]) -> Objects:
    """Return the description of a page of items, and the items as objects."""
    known, items = await resource.describe(
        service.engine, service.documents, [row["item"]["value"] for row in rows]
    )
    certain = [_certainty(service, row, resource.topics) for row in rows]
    return known, [{**item, **more} for item, more in zip(items, certain, strict=True)]


def _certainty(service: Service, row: Row, topics: Sequence[str]) -> dict[str, Json]:
    if "certainty" not in row:
        return {}
    council = row.get("council", {}).get("value")
    reasons = {name: row[name]["value"] for name in ("certainty", "reason")}
    return {**reasons, "read_up_to": service.reach.read_up_to(council, topics)}
