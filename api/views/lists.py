"""The lists: one entry per resource; filters are the parameters of its query."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from api.views import fields
from api.views.claims import (
    CLAIM_COLUMNS,
    DISCREPANCY_COLUMNS,
    ClaimReader,
)
from api.views.description import (
    Description,
    describe,
    describe_claims,
    describe_discrepancies,
)
from api.views.legislation import PROVISION, STATUTE, describe_legislation
from api.views.passages import Documents
from api.views.serialisers import FieldTable, Json, inside, referred
from queries.catalogue import CatalogueQuery, internal_query
from queries.engine.interface import Engine
from queries.parameters import Parameter

Objects = tuple[Description, list[dict[str, Json]]]
"""The description of some things, and the things as objects."""
Ask = Callable[[Engine, Sequence[str]], Awaitable[Description]]
"""What asks the graph for things of one kind, all together."""


@dataclass(frozen=True)
class Described:
    """Describes things of one kind together, and makes an object of each.

    In: `columns` are those of a table of such objects, by the key that they show; `kind` names
    the objects in the contract, and `table` is their form where they have a table of fields.
    """

    ask: Ask
    reader: Callable[[Description, Documents], Callable[[str], dict[str, Json]]]
    columns: Mapping[str, tuple[str, ...]] = field(hash=False)
    kind: str
    table: FieldTable | None = None

    async def __call__(
        self, engine: Engine, documents: Documents, items: Sequence[str], ask: Ask | None = None
    ) -> Objects:
        """Return what is known of some things, and the things; `ask` takes the place of its own."""
        known = await (ask or self.ask)(engine, items)
        read = self.reader(known, documents)
        # In a thread, so that other requests need not wait.
        return known, await asyncio.to_thread(lambda: [read(iri) for iri in items])


def described_by(table: FieldTable, ask: Ask = describe) -> Described:
    """Return what describes things by a table of fields."""
    return Described(
        ask, lambda known, _: partial(table.of, known), table.columns_by_key, table.cls, table
    )


AS_OF = "as_of"
"""The filter by which a list shows what was so on a day."""
KNOWN_AT = "known_at"
"""The filter by which a list shows what had been published by a day."""
CLOCKS = (
    Parameter(AS_OF, "date", True, "only what was so on that day, such as 2018-01-01"),
    Parameter(KNOWN_AT, "date", True, "only what sources published by that day tell"),
)
"""The two clocks, as filters."""
_SUMS = "financial-support"
ALSO_ASKED = "with"
"""The filter by which a list for a day shows what it leaves out else."""


_SIGN_COLUMNS = "day", *referred("source"), *referred("claim")
ON_DAY: dict[str, tuple[str, ...]] = {
    "certainty": ("certainty",),
    "because": ("because",),
    "last_sign": inside("last_sign", _SIGN_COLUMNS),
    "read_up_to": ("read_up_to",),
}
"""Keys that tell how certain a thing is on a day, with columns that stay empty for no day."""
_STATE_COLUMNS: dict[str, tuple[str, ...]] = {
    key: (key,)
    for key in (
        *("power", "people", "people_not_heard_of", "power_basis", "stage_on_day", "read_up_to"),
    )
}
"""Columns of a state on a day beside those of its form, which tells its certainty itself."""


@dataclass(frozen=True)
class OnDay:
    """A filter that asks what was so on a day, and how certainly.

    In: the name of the filter, the file of the query that answers it, and the column that names
    the items.
    """

    name: str
    file: tuple[str, ...]
    column: str

    @property
    def query(self) -> CatalogueQuery:
        """The query that answers it."""
        return internal_query(*self.file)


@dataclass(frozen=True)
class Resource:
    """A list: its address, what it lists, and how its items are described.

    In: `topics` are the topics of coverage that tell what an empty list means; `columns` the keys
    that its page shows as a table, in one text; `today` is the filter that means today if it is
    not given; `of_council` is the query that finds those of one council, where that of the list
    would look at all; `known_as` is the column of `acts_as_known` that tells what was so on a day,
    as known on another; `related` is the path of the list that tells the rest of the same matter.
    """

    path: str
    title: str
    describe: Described
    on_day: OnDay | None = None
    topics: tuple[str, ...] = ()
    columns: str = ""
    today: str = ""
    known_as: str = ""
    of_council: str = ""
    related: str = ""

    @property
    def query(self) -> CatalogueQuery:
        """The query that finds the items; its parameters are the filters."""
        return internal_query("lists", self.path.replace("-", "_"))

    def asked(self, given: Mapping[str, str]) -> CatalogueQuery:
        """Return the query that finds the items for some filters."""
        if self.of_council and "council" in given:
            return internal_query("lists", self.of_council)
        return self.query

    @property
    def is_of_councils(self) -> bool:
        """Whether it lists councils or authorities, which are found by any of their names."""
        return self.path in ("councils", "authorities")

    @property
    def filters(self) -> tuple[Parameter, ...]:
        """The filters that the list accepts."""
        own = self.query.parameters
        if self.on_day is not None:
            of_day = {parameter.name: parameter for parameter in self.on_day.query.parameters}
            day = Parameter(self.on_day.name, of_day["day"].type, True, of_day["day"].meaning)
            own = *own, day, of_day[ALSO_ASKED]
        names = {parameter.name for parameter in own}
        clocks = CLOCKS if self.known_as else ()
        return *own, *(clock for clock in clocks if clock.name not in names)

    @property
    def shows_what_was_known(self) -> bool:
        """Whether its items can be shown as known on a day.

        Sums have a query of their own; of states the query of the list finds those that were known.
        """
        return self.describe.ask is describe and self.path != _SUMS and not self.today

    @property
    def csv_columns(self) -> tuple[str, ...]:
        """The columns of its CSV, the same for every request."""
        return tuple(name for names in self.columns_by_key.values() for name in names)

    @property
    def columns_by_key(self) -> dict[str, tuple[str, ...]]:
        """The columns of its CSV by the key of the items that they show."""
        more = ON_DAY if self.on_day else _STATE_COLUMNS if self.today else {}
        return {**self.describe.columns, **more}

    @property
    def day(self) -> str:
        """The filter by which the list is asked for a day, if there is one."""
        return self.on_day.name if self.on_day else self.today


_JUDGEMENTS = ("childrens-inspections",)
_INSPECTIONS = *_JUDGEMENTS, "focused-visits", "joint-inspections", "send-area-inspections"
_INTERVENTIONS = (
    "childrens-interventions",
    "best-value-interventions",
    "best-value-notices",
    "send-interventions",
    "planning-interventions",
)

RESOURCES: tuple[Resource, ...] = (
    Resource(
        "councils",
        "Councils",
        described_by(fields.COUNCIL),
        OnDay("under_direction_on", ("directions_in_force",), "council"),
        _INTERVENTIONS,
    ),
    Resource(
        "authorities",
        "Combined authorities and the Greater London Authority",
        described_by(fields.AUTHORITY),
        columns="name region_label established_on dissolved_on successors councils",
    ),
    Resource(
        "inspections",
        "Inspections",
        described_by(fields.INSPECTION),
        topics=_INSPECTIONS,
        columns="council framework_label on_site outcome_label areas_for_priority_action grades",
    ),
    Resource(
        "judgements",
        "Judgements",
        described_by(fields.JUDGEMENT),
        topics=_JUDGEMENTS,
        columns="council inspection area_label grade not_judged",
    ),
    Resource(
        "directions",
        "Directions",
        described_by(fields.DIRECTION),
        OnDay("in_force_on", ("directions_in_force",), "direction"),
        _INTERVENTIONS,
        known_as="act",
    ),
    Resource(
        "notices",
        "Improvement notices and best value notices",
        described_by(fields.NOTICE),
        topics=_INTERVENTIONS,
        columns="council ended planned_end issued_by interventions",
    ),
    Resource(
        "section-114-reports",
        "Section 114 reports",
        described_by(fields.SECTION_114_REPORT),
        topics=("section-114",),
        columns="council dated ground_label powers grounds",
    ),
    Resource(
        "financial-support",
        "Exceptional financial support",
        described_by(fields.SUPPORT_AMOUNT),
        topics=("financial-support",),
        columns="council year amount_gbp status_label stated supersedes source",
    ),
    Resource(
        "transfers",
        "Services moved to other bodies",
        described_by(fields.TRANSFER),
        topics=("service-transfers",),
        columns="council operated_by delivery_models happened ended summaries",
    ),
    Resource(
        "interventions",
        "Interventions",
        described_by(fields.INTERVENTION),
        OnDay("under_way_on", ("lists", "interventions_under_way"), "intervention"),
        _INTERVENTIONS,
        "council regime began ended ending_label highest_stage_label links_certainty",
        known_as="intervention",
    ),
    Resource(
        "under-intervention",
        "Councils under intervention on a day",
        described_by(fields.STATE_PERIOD),
        topics=_INTERVENTIONS,
        columns="council regime since power people planned_end because last_sign",
        today="on",
    ),
    Resource("requirements", "Requirements", described_by(fields.REQUIREMENT), related="tasks"),
    Resource("tasks", "Tasks of commissioners", described_by(fields.TASK), related="requirements"),
    Resource(
        "commissioners",
        "Commissioners, advisers and improvement partners",
        described_by(fields.COMMISSIONER),
        topics=_INTERVENTIONS,
        columns="council regime holders created_by",
    ),
    Resource(
        "appointments",
        "Appointments",
        described_by(fields.APPOINTMENT),
        OnDay(AS_OF, ("office_holders_on_a_day",), "appointment"),
        _INTERVENTIONS,
        "council holder post titles held planned_end under renews",
        known_as="act",
    ),
    Resource(
        "pay",
        "Pay and cost of those sent in",
        described_by(fields.REMUNERATION),
        topics=_INTERVENTIONS,
        columns="council paid_to paid_for pay_kind_label basis_label amount_gbp days period "
        "sources",
    ),
    Resource(
        "statutes",
        "Statutes",
        described_by(STATUTE, describe_legislation),
        columns="name year provisions",
    ),
    Resource(
        "provisions",
        "Provisions",
        described_by(PROVISION, describe_legislation),
        columns="name statute regime definition used_by",
    ),
    Resource(
        "documents",
        "Documents",
        described_by(fields.DOCUMENT),
        columns="kind council source_kind attestation",
    ),
    Resource(
        "claims",
        "Claims",
        Described(
            describe_claims,
            lambda known, documents: ClaimReader(known, documents).claim,
            CLAIM_COLUMNS,
            "Claim",
        ),
        of_council="claims_of_council",
    ),
    Resource(
        "discrepancies",
        "Discrepancies",
        Described(
            describe_discrepancies,
            lambda known, documents: ClaimReader(known, documents).discrepancy,
            DISCREPANCY_COLUMNS,
            "Discrepancy",
        ),
    ),
    Resource(
        "coverage",
        "What has been read",
        described_by(fields.COVERAGE),
        columns="council topic_label from to status_label found last_checked",
    ),
)
BY_PATH: dict[str, Resource] = {resource.path: resource for resource in RESOURCES}
