"""The lists: one entry per resource; filters are the parameters of its query."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from api.hosting.service import Service
from api.views import act_fields, council_fields, fields
from api.views.claims import claim_object, describe_discrepancies, discrepancy_object
from api.views.description import Description, describe, describe_claims
from api.views.serialisers import FieldTable, Json
from queries.catalogue import CatalogueQuery, find_query, internal_query
from queries.parameters import Parameter

Objects = tuple[Description, list[dict[str, Json]]]
"""The description of some things, and the things as objects."""


async def describe_claim_objects(service: Service, items: Sequence[str]) -> Objects:
    """Return claims, each with its words."""
    known = await describe_claims(service.engine, items)
    return known, await built(items, lambda iri: claim_object(known, iri, service.documents))


async def describe_discrepancy_objects(service: Service, items: Sequence[str]) -> Objects:
    """Return differences, each with its claims in full."""
    known = await describe_discrepancies(service.engine, items)
    return known, await built(items, lambda iri: discrepancy_object(known, iri, service.documents))


def framed(frame: FieldTable) -> Callable[[Service, Sequence[str]], Awaitable[Objects]]:
    """Return what describes things by a frame."""

    async def describe_framed(service: Service, items: Sequence[str]) -> Objects:
        known = await describe(service.engine, items)
        return known, await built(items, lambda iri: frame.of(known, iri))

    return describe_framed


async def built(
    items: Sequence[str], build: Callable[[str], dict[str, Json]]
) -> list[dict[str, Json]]:
    """Return the object of each thing, made in a thread so that other requests need not wait."""
    return await asyncio.to_thread(lambda: [build(iri) for iri in items])


@dataclass(frozen=True)
class OnDay:
    """A filter that asks what was so on a day, and how certainly.

    In: the name of the filter, the query that answers it, and the column that names the items.
    """

    name: str
    query: Callable[[], CatalogueQuery]
    column: str


@dataclass(frozen=True)
class Resource:
    """A list: its address, what it lists, and how its items are described.

    In: `topics` are the topics of coverage that tell what an empty list means; `columns` the keys
    that its page shows as a table.
    """

    path: str
    title: str
    describe: Callable[[Service, Sequence[str]], Awaitable[Objects]]
    on_day: OnDay | None = None
    topics: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def query(self) -> CatalogueQuery:
        """The query that finds the items; its parameters are the filters."""
        return internal_query("lists", self.path.replace("-", "_"))

    @property
    def filters(self) -> tuple[Parameter, ...]:
        """The filters that the list accepts."""
        if self.on_day is None:
            return self.query.parameters
        day = next(one for one in self.on_day.query().parameters if one.name == "day")
        return *self.query.parameters, Parameter(self.on_day.name, day.type, True, day.meaning)


def in_force_query() -> CatalogueQuery:
    """Return the query that says which directions were in force on a day."""
    return find_query("directions_in_force")


def under_way_query() -> CatalogueQuery:
    """Return the query that says which interventions were under way on a day."""
    return internal_query("lists", "interventions_under_way")


_INSPECTIONS = ("childrens-inspections",)
_INTERVENTIONS = "childrens-interventions", "best-value-interventions"

RESOURCES: tuple[Resource, ...] = (
    Resource(
        "councils",
        "Councils",
        framed(council_fields.COUNCIL),
        OnDay("under_direction_on", in_force_query, "council"),
        _INTERVENTIONS,
    ),
    Resource(
        "authorities",
        "Combined authorities and the Greater London Authority",
        framed(council_fields.AUTHORITY),
        columns=(
            "name",
            "region_label",
            "established_on",
            "dissolved_on",
            "successors",
            "councils",
        ),
    ),
    Resource(
        "inspections",
        "Inspections",
        framed(fields.INSPECTION),
        topics=_INSPECTIONS,
        columns=("council", "framework_label", "on_site", "report_published", "grades"),
    ),
    Resource(
        "judgements",
        "Judgements",
        framed(fields.JUDGEMENT),
        topics=_INSPECTIONS,
        columns=("council", "inspection", "area_label", "grade", "not_judged"),
    ),
    Resource(
        "directions",
        "Directions",
        framed(act_fields.DIRECTION),
        OnDay("in_force_on", in_force_query, "direction"),
        _INTERVENTIONS,
    ),
    Resource(
        "notices",
        "Improvement notices and best value notices",
        framed(act_fields.NOTICE),
        topics=_INTERVENTIONS,
        columns=("kind", "council", "signed", "ended", "planned_end", "issued_by", "interventions"),
    ),
    Resource(
        "section-114-reports",
        "Section 114 reports",
        framed(act_fields.SECTION_114_REPORT),
        topics=("section-114",),
        columns=("council", "dated", "grounds"),
    ),
    Resource(
        "transfers",
        "Services moved to other bodies",
        framed(act_fields.TRANSFER),
        columns=("council", "delivery_models", "happened", "ended", "summaries"),
    ),
    Resource(
        "interventions",
        "Interventions",
        framed(act_fields.INTERVENTION),
        OnDay("under_way_on", under_way_query, "intervention"),
        _INTERVENTIONS,
        (
            "council",
            "regime",
            "began",
            "ended",
            "ending_label",
            "highest_stage_label",
            "links_certainty",
        ),
    ),
    Resource("requirements", "Requirements", framed(act_fields.REQUIREMENT)),
    Resource("tasks", "Tasks of commissioners", framed(act_fields.TASK)),
    Resource(
        "commissioners",
        "Commissioners, advisers and improvement partners",
        framed(fields.COMMISSIONER),
        topics=_INTERVENTIONS,
        columns=("council", "kind", "names", "regime", "created_by", "holders"),
    ),
    Resource(
        "appointments",
        "Appointments",
        framed(fields.APPOINTMENT),
        topics=_INTERVENTIONS,
        columns=("council", "holder", "post", "held", "under", "renews"),
    ),
    Resource(
        "documents",
        "Documents",
        framed(fields.DOCUMENT),
        columns=("title", "kind", "council", "source_kind", "attestation", "tier"),
    ),
    Resource("claims", "Claims", describe_claim_objects),
    Resource("discrepancies", "Discrepancies", describe_discrepancy_objects),
    Resource(
        "coverage",
        "What has been read",
        framed(council_fields.COVERAGE),
        columns=("council", "topic_label", "from", "to", "status_label", "found", "last_checked"),
    ),
)
BY_PATH: dict[str, Resource] = {resource.path: resource for resource in RESOURCES}
