"""What is served at this moment: the engine on one release, and what that release covers."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from api.http.cache import Answer, Cache
from api.observation.observer import Observer
from api.views.passages import Documents
from api.views.serialisers import Json
from data.settings import Settings
from queries.ask.names import Names
from queries.engine.interface import Engine, Row
from queries.engine.limits import QueryLimits
from queries.lookups.table import LookupTable
from queries.pool.isolation import Isolation
from queries.reach import Coverage
from queries.search.matcher import CouncilMatcher
from queries.search.search_index import Search
from queries.sparql.text_limits import TextLimits, text_limits_of

NEWEST_KNOWN = "newest_known"
"""The list that tells on which day the newest of the sources was known."""


@dataclass(frozen=True)
class Release:
    """What is served: its identifier, and when it was built if that is known.

    In: `figures` is what the build counted, with the numbers expected of the sources and why.
    """

    id: str
    built_at: str | None = None
    figures: Sequence[Mapping[str, Json]] = ()


@dataclass(frozen=True)
class Service:
    """The engine with what the routes know of its content.

    In: `engine` answers what the service asks for its pages, `visitors` what a visitor asks;
    `limits` are those of one query; `answers` keeps what visitors asked. `known` has the values
    that each type of parameter accepts;
    `councils` finds the council that a name means, `search` everything by its words,
    `names` what a question in ordinary English names;
    `whole_lists` the rows of the lists without filters that were asked for, which cannot change;
    `stories` the events of each council, once they were asked for;
    `newest` and `counts` what the start page shows; `isolation` is what holds for the processes
    that run queries here; `lookups` is what look-ups are answered from, once it has been made.
    Until it is complete only queries are answered; `hindrance` tells what went wrong with it.
    """

    engine: Engine
    visitors: Engine
    limits: QueryLimits
    answers: Cache[Answer]
    settings: Settings
    release: Release
    documents: Documents
    graphs: Sequence[str]
    observer: Observer
    reach: Coverage = field(default_factory=Coverage)
    notations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    search: Search = field(default_factory=lambda: Search(CouncilMatcher(())))
    names: Names = field(default_factory=lambda: Names(CouncilMatcher(())))
    is_complete: bool = False
    data_file: Path | None = None
    data_version: str = ""
    whole_lists: dict[str, list[Row]] = field(default_factory=dict)
    stories: dict[str, list[Row]] = field(default_factory=dict)
    newest: Sequence[Mapping[str, object]] = ()
    isolation: Isolation | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    lookups: LookupTable | None = None
    hindrance: str | None = None

    @cached_property
    def text_limits(self) -> TextLimits:
        """Return the limits of the text of one query."""
        return text_limits_of(self.settings)

    @property
    def newest_day(self) -> str | None:
        """Return the day on which the newest of the sources was known, once it has been asked."""
        rows = self.whole_lists.get(NEWEST_KNOWN, ())
        return next((row["newest"]["value"] for row in rows if "newest" in row), None)

    @property
    def councils(self) -> CouncilMatcher:
        """Return what finds the council that a name means."""
        return self.search.councils

    def coverage(self, council: str | None = None, topics: Sequence[str] = ()) -> dict[str, Json]:
        """Return what an answer rests on, and what it cannot tell.

        In: the topics that the answer is about, or none for all.
        """
        return self.reach.envelope(council, topics)


Prepare = Callable[[Service], Awaitable[None]]
"""What a page does before anybody has asked for it, so that the first who asks need not wait."""


@dataclass
class Hosting:
    """The service as of now; each request takes it once and keeps it.

    In: `prepares` is called once for each release, after its start, and may ask what is then kept.
    """

    answers: Cache[Answer]
    observer: Observer
    service: Service | None = None
    prepares: Sequence[Prepare] = ()

    @property
    def engine(self) -> Engine | None:
        """Return what answers the questions of the pages now; None before the start has ended."""
        return None if self.service is None else self.service.engine


def get_service(request: Request) -> Service:
    """Return the service as it was when the request came, whatever release is current by now."""
    service: Service = request.scope["service"]
    return service


Shared = Annotated[Service, Depends(get_service)]
