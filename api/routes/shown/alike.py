"""Councils with a like story: the same power, and about the same length."""

from collections.abc import Mapping
from functools import partial

from api.hosting.state import Service
from api.pages.days import length_words
from api.views.serialisers import Json, local_id
from queries.catalogue import find_query
from queries.engine.interface import Row, select

_LENGTHS = "lengths_of_interventions"
_MOST = 4


async def alike(service: Service, body: Mapping[str, Json]) -> list[Json]:
    """Return other councils whose course of action under a power lasted about as long.

    In: the answer about a council.
    Out: for each of its courses whose length is known the nearest ones; for one without a known end
    nothing, for its length is not known.
    """
    rows = await _lengths(service)
    mine = {one["iri"] for one in body["interventions"]}
    labels = {one["iri"]: one["regime_label"] or one["regime"] for one in body["interventions"]}
    found: dict[str, Json] = {}
    for own in (row for row in rows if row["intervention"]["value"] in mine):
        others = sorted((row for row in rows if _is_like(own, row)), key=partial(_apart, own))
        regime = labels[own["intervention"]["value"]]
        for row in others[:_MOST]:
            council = local_id(row["council"]["value"])
            name = service.reach.councils.get(row["council"]["value"], council)
            words = f"{length_words(_days(row))}, here {length_words(_days(own))}"
            like = {"council": council, "name": name, "regime": regime, "words": words}
            found.setdefault(council, like)
    return list(found.values())[:_MOST]


def _is_like(own: Row, other: Row) -> bool:
    is_same_power = own["regime"]["value"] == other["regime"]["value"]
    return is_same_power and own["council"]["value"] != other["council"]["value"]


def _apart(own: Row, other: Row) -> tuple[int, str]:
    return abs(_days(other) - _days(own)), other["intervention"]["value"]


def _days(row: Row) -> int:
    return int(float(row["days"]["value"]))


async def _lengths(service: Service) -> list[Row]:
    """Return how long each intervention lasted; it is asked once for all pages."""
    if _LENGTHS not in service.whole_lists:
        query = find_query(_LENGTHS)
        service.whole_lists[_LENGTHS] = (await select(service.engine, query.bind({}), query.text))[
            1
        ]
    return service.whole_lists[_LENGTHS]
