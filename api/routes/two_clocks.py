"""The two clocks of a request: the day asked about, and the day by which it was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from urllib.parse import urlencode

from fastapi import Request

from api.hosting.items import earlier_day, find_rows, objects
from api.hosting.state import Service
from api.routes.reference.choice import CLAIMS, WITH, Choice
from api.views.as_known import is_of_register, known_from
from api.views.description import describe
from api.views.lists import ALSO_ASKED, AS_OF, KNOWN_AT, Objects, Resource
from api.views.serialisers import local_id
from ontology.errors import NotFound, WrongParameter
from ontology.identifiers import short
from queries.engine.interface import Row
from queries.parameters import ALSO

_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)
_COUNCIL = "addressedTo|forCouncil|ofCouncil|toPost/forCouncil"
"""What leads from a thing to the council that it belongs to."""


@dataclass(frozen=True)
class Clocks:
    """The days of a request about one thing: of what was so, and of what had been published."""

    as_of: str | None = None
    known_at: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Clocks":
        """Return the days that a request gives."""
        return cls(given.get(AS_OF), given.get(KNOWN_AT))

    @property
    def told(self) -> dict[str, str]:
        """The days that are given, by their names."""
        named = {AS_OF: self.as_of, KNOWN_AT: self.known_at}
        return {name: day for name, day in named.items() if day is not None}

    @property
    def query(self) -> str:
        """The days as they stand in an address, for links that keep them; nothing for none."""
        return f"?{urlencode(self.told)}" if self.told else ""

    @property
    def words(self) -> str:
        """The day of publication in words, for the end of a sentence."""
        return f", by what had been published until {self.known_at}" if self.known_at else ""


async def thing_then(service: Service, resource: Resource, iri: str, clocks: Clocks) -> Objects:
    """Return one thing of a list, as it was on a day and as it was known on another.

    Raises: NotFound for what was not known by then, or not so on the day.
    """
    row: Row = {"item": {"type": "uri", "value": iri}}
    await check_known(service, iri, clocks)
    if clocks.as_of is not None:
        council = (await describe(service.engine, [iri])).text(iri, _COUNCIL)
        given = {resource.day: clocks.as_of, ALSO_ASKED: ALSO[0]}
        given |= {"council": local_id(council)} if council else {}
        given |= {KNOWN_AT: clocks.known_at} if clocks.known_at else {}
        found = await find_rows(service, resource, given)
        rows = [one for one in found.rows if one["item"]["value"] == iri]
        if not rows:
            raise NotFound(
                f"{short(iri)} was not so on {clocks.as_of}{clocks.words}: it had not begun, or "
                f"was over; expected a day of its own, or no {AS_OF}",
                clocks.as_of,
                [f"no {AS_OF}"],
            )
        row = rows[0]
    return await objects(service, resource, [row], clocks.known_at)


async def check_known(service: Service, iri: str, clocks: Clocks) -> None:
    """Check that a source that had been published by then speaks of a thing.

    Raises: NotFound, telling from which day on the thing was known.
    """
    known_at = await earlier_day(service, clocks.known_at)
    if known_at is None or is_of_register(iri):
        return
    since = (await known_from(service.engine, [iri])).get(iri)
    if since is None or since > known_at:
        first = f"the first that speaks of it is of {since}" if since else "none tells its day"
        raise NotFound(
            f"{short(iri)} was not known by then: of the sources published until {known_at} none "
            f"speaks of it, and {first}; expected a later day",
            known_at,
            [f"from {since} on" if since else f"no {KNOWN_AT}"],
        )


def on_one_day(resource: Resource, given: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a list with the day asked about under the one name that it has there.

    Raises: WrongParameter for two names with different days.
    """
    asked = dict(given)
    if AS_OF not in asked or not resource.known_as or resource.day == AS_OF:
        return asked
    day = asked.pop(AS_OF)
    if asked.setdefault(resource.day, day) != day:
        raise WrongParameter(
            f"{AS_OF}: {day} is not the day of {resource.day}, {asked[resource.day]}; "
            "they mean the same, so give one of them",
            day,
            [asked[resource.day]],
        )
    return asked


def clocks_of(resource: Resource, given: Mapping[str, str]) -> Clocks:
    """Return the days of a list of things that can be asked for them one by one; else none."""
    if not resource.known_as and not resource.is_of_councils:
        return Clocks()
    day = given.get(AS_OF) or (given.get(resource.day) if resource.day else None)
    return Clocks(day, given.get(KNOWN_AT))


def check_claims_of_today(choice: Choice, given: Mapping[str, str]) -> None:
    """Check that no request asks for claims, which are those of today, as of another day.

    Raises: WrongParameter.
    """
    if choice.has_claims and KNOWN_AT in given:
        raise WrongParameter(
            f"{WITH}: {CLAIMS} are those of today, and {KNOWN_AT} asks for another day; give one",
            CLAIMS,
            [f"{WITH} without {CLAIMS}"],
        )


def clock_headers(request: Request, known_at: str | None) -> dict[str, str]:
    """Return the headers of an answer as known on a day: a memento of the one without it.

    Source: RFC 7089.
    """
    if known_at is None:
        return {}
    end = datetime.combine(date.fromisoformat(known_at), _LAST_SECOND)
    others = [(name, text) for name, text in request.query_params.multi_items() if name != KNOWN_AT]
    query = f"?{urlencode(others)}" if others else ""
    original = f"{request.scope['asked_path']}{query}"
    return {
        "Memento-Datetime": format_datetime(end, usegmt=True),
        "Link": f'<{original}>; rel="original"',
    }
