"""The page of one council, and the picture of its story as a file."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from api.hosting.items import earlier_day, find_rows, objects
from api.hosting.state import Service
from api.pages.council import CouncilPage, council_page, council_pictures, empty_picture
from api.pages.days import day_words
from api.pages.timeline import WIDE
from api.routes.events import story
from api.routes.shown.alike import alike
from api.routes.two_clocks import Clocks
from api.views.claims import stated_by
from api.views.lists import BY_PATH, KNOWN_AT
from api.views.serialisers import Json
from ontology.identifiers import parse

Body = Mapping[str, Json]
_STATES, _DUTIES = "under-intervention", "requirements"
_TOLD_BY_ANSWER = frozenset(
    ("inspection", "direction", "notice", "section-114-report", "transfer", "support-amount")
)
"""Kinds of things of which the answer about a council tells who speaks of them."""


@dataclass(frozen=True)
class Around:
    """What is asked for a council's page beside the council itself.

    In: the day that it is about; its states on it, and its events, unless the page is of another
    day than that of all sources; the last day of which a source on interventions was read; who
    speaks of what the events are about, where the answer about the council does not tell that.
    """

    day: str
    states: Sequence[Body]
    events: Sequence[Body] | None
    read_to: str | None
    sources: Mapping[str, Sequence[Body]] = field(default_factory=dict)


async def around(service: Service, code: str, iri: str, clocks: Clocks) -> Around:
    """Return what is known around a council, for its page; it can be asked for beside the rest."""
    known_at = await earlier_day(service, clocks.known_at)
    day = clocks.as_of or clocks.known_at or datetime.now(UTC).date().isoformat()
    read_to = service.reach.read_up_to(iri, BY_PATH[_STATES].topics)
    if known_at is not None:
        return Around(day, (), None, read_to)
    if clocks.as_of is not None:
        return Around(day, await _states(service, code, day), None, read_to)
    states, (events, sources) = await asyncio.gather(
        _states(service, code, day), _events(service, iri)
    )
    return Around(day, states, events, read_to, sources)


async def shown_council(
    service: Service,
    body: Body,
    near: Around,
    absence: Mapping[str, Sequence[str]],
    clocks: Clocks,
) -> dict[str, Json]:
    """Return what the page of a council shows beside its answer.

    In: the answer about the council, what is known around it, and what it means that nothing is
    known of a part of it.
    """
    events = near.events or ()
    sources, duties = await asyncio.gather(
        _sources(service, body, near), _duties(service, body, clocks)
    )
    has_states = await earlier_day(service, clocks.known_at) is None
    missing = [(name.replace("_", " "), told) for name, told in absence.items() if not body[name]]
    page = council_page(body, near.states, events, sources, duties, near.day, near.read_to)
    today = datetime.now(UTC).date().isoformat()
    like = await alike(service, body, page.story.told[0]["regime"] if page.story.told else None)
    return {
        "view": _View(page, near, like, missing, has_states=has_states),
        "today": near.day,
        "day_name": "today" if near.day == today else day_words(near.day),
    }


class _View:
    """The page of a council, with what its template asks about it."""

    def __init__(
        self,
        page: CouncilPage,
        near: Around,
        like: Json,
        missing: Sequence[tuple[str, Sequence[str]]],
        *,
        has_states: bool,
    ) -> None:
        self.story = page.story if has_states else None
        self.lives = page.lives
        self.pictures = page.pictures if near.events is not None else {}
        self.has_story = near.events is not None
        self.events, self.coming, self.earlier = page.events, page.coming, page.earlier
        self.grades, self.total_gbp = page.grades, page.total_gbp
        self.acts, self.earlier_acts = page.acts, page.earlier_acts
        self.years, self.earlier_years = page.years, page.earlier_years
        self.holders, self.former = page.holders, page.former
        self.grades_used = page.grades.used if page.grades else ()
        self.has_duties = any(one.duties for one in (*page.acts, *page.earlier_acts))
        self.alike, self.missing = like, missing


async def drawn_council(service: Service, body: Body, near: Around) -> dict[str, Json]:
    """Return what the template of a council's picture needs."""
    found = council_pictures(body, near.states, near.events or (), near.day, near.read_to, (WIDE,))
    return {
        "picture": found.get("wide-only") or empty_picture(near.day, near.read_to),
        "kind": "alone",
        "title": body["name"] or body["id"],
        "day_name": day_words(near.day),
        "base": f"/councils/{body['id']}",
        "stands_alone": True,
    }


async def _states(service: Service, code: str, day: str) -> list[dict[str, Json]]:
    """Return what is known of a council under each regime on a day, the surest first."""
    resource = BY_PATH[_STATES]
    found = await find_rows(service, resource, {"council": code, resource.today: day})
    return (await objects(service, resource, found.rows))[1]


async def _duties(service: Service, body: Body, clocks: Clocks) -> list[dict[str, Json]]:
    """Return what a council must do by its directions, item by item, in the printed order."""
    resource = BY_PATH[_DUTIES]
    directions = {one["id"] for one in body["directions"]}
    given = {KNOWN_AT: clocks.known_at} if clocks.known_at else {}
    # The whole list is kept, and few directions have been read item by item.
    rows = (await find_rows(service, resource, given)).rows if directions else []
    own = [row for row in rows if _direction(row["item"]["value"]) in directions]
    return (await objects(service, resource, own, clocks.known_at))[1] if own else []


def _direction(duty: str) -> str:
    """Return the direction that imposes a duty."""
    return parse(duty)[1].partition("/")[0]


async def _events(
    service: Service, iri: str
) -> tuple[Sequence[Body], Mapping[str, Sequence[Body]]]:
    """Return the events of a council, and who speaks of the things that its answer does not have.

    Out: of those the answer tells it itself, so that all can be asked for at the same time.
    """
    _, events = await story(service, iri)
    told = dict.fromkeys(event["thing"]["iri"] for event in events if event["claims"])
    others = [iri for iri in told if parse(iri)[0] not in _TOLD_BY_ANSWER]
    return events, await stated_by(service.engine, others) if others else {}


async def _sources(service: Service, body: Body, near: Around) -> Mapping[str, Sequence[Body]]:
    """Return who speaks of each thing that an event is about; one query asks for those missing."""
    keys = ("inspections", "directions", "notices", "section_114_reports", "transfers")
    found = {one["iri"]: one["stated_by"] for key in keys for one in body[key]}
    found |= {one["iri"]: one["sources"] for one in body["financial_support"]}
    found |= near.sources
    told = dict.fromkeys(event["thing"]["iri"] for event in near.events or () if event["claims"])
    missing = [iri for iri in told if iri not in found]
    return found | (await stated_by(service.engine, missing) if missing else {})
