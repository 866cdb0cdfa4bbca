"""The form of a record: what one document says, entity by entity, each statement with its passage.

Each field carries the property it states and the kind of its values (`Claims`), so that the record
form and the mapping to the graph are the same table.
"""

import datetime
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF

from data.records.acts import (
    ORDINAL,
    Designation,
    Direction,
    Finding,
    Measure,
    MindedToLetter,
    Notice,
    Section114Report,
    Sighting,
    Transfer,
)
from data.records.money import Remuneration, SupportAmount
from data.records.parliament import CouncilList, ParliamentaryQuestion
from data.records.statements import Claims, Entity, Model, Passage, Statements, Times
from ontology.terms import CI

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


RecordedKind = Literal[
    "direction-document", "commissioner-report", "inspection-report", "letter", "press-article"
]
CitedKind = Literal["unusable-document", "adviser-report", "review-report", "minister-response"]
"""Kinds of documents that only tables and pages tell of."""


class Origin(Model):
    """What every source says of itself, document, table or page."""

    slug: str = Field(pattern=_SLUG)
    title: str
    tier: int = Field(ge=1, le=5, description="1 report or instrument of its own act … 5 press.")
    voice: str = Field(description="Who speaks in the document: a reference.")


ReviewerRole = Literal["records officer", "subject expert", "second reader", "editor"]
"""In which role somebody decides on a candidate; nobody is named."""


class Reviewed(Model):
    """Who decided on the statements of a candidate, by role, when, and how often in which way."""

    by: ReviewerRole
    on: datetime.date
    accepted: int
    corrected: int
    refused: int


class Document(Origin):
    """The document itself, as a file and as a publication."""

    kind: RecordedKind
    file: str = Field(
        pattern=r"^[^/\\]+$",
        description="Name of the text file that every character range counts in.",
    )
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    characters: int = Field(gt=0, description="Length of the text in characters (code points).")
    licence: Literal["ogl-3", "crown-copyright", "press-copyright"]
    council: str = Field(
        pattern=r"^[A-Z]{3}$", description="Register code of the council it is about."
    )
    published: Annotated[Times, Claims(CI.published, "time")] = []
    dated: Annotated[Times, Claims(CI.dated, "time")] = []
    reviewed: list[Reviewed] = []


class Published(Origin):
    """A table, or a page that a row of a table was read from; it is read by a loader of its own."""

    kind: Literal["table", "web-page"]
    address: str | None = None
    seen_in: str | None = Field(None, description="The copy that was read, in words.")
    source_kind: str = Field(description="Notation of the scheme source-kind.")
    licence: str = Field(description="Key of the table of licences.")
    review: Literal["reviewed", "unreviewed"]
    file: str | None = None
    sha256: str | None = None


class CitedDocument(Entity):
    """A document that this one cites."""

    id: str = Field(pattern=_SLUG)
    kind: RecordedKind | SkipJsonSchema[CitedKind]
    title: Annotated[Statements, Claims(DCTERMS.title, "text")]
    council: Annotated[Statements, Claims(CI.aboutCouncil, "council")] = []
    author: Annotated[Statements, Claims(DCTERMS.creator, "reference")] = []
    dated: Annotated[Times, Claims(CI.dated, "time")] = []
    published: Annotated[Times, Claims(CI.published, "time")] = []
    address: Annotated[Statements, Claims(CI.address, "address")] = []
    regime: Annotated[Statements, Claims(CI.regime, "regime")] = []
    ordinal: Annotated[Statements, Claims(CI.reportOrdinal, "name")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []


class ReportFinding(Finding):
    """A conclusion that a document reaches outside any inspection or direction."""

    document: str | None = Field(
        None, description="Slug of the document that reaches it, if it is not this one."
    )


class Judgement(Entity):
    """The grade that the document reports for one area of one inspection, or why there is none."""

    area: str = Field(description="Notation of the judgement area, such as sif-2.2.")
    grade: Annotated[Statements, Claims(CI.grade, "grade")] = []
    not_judged: Annotated[Statements, Claims(CI.notJudged, "not-judged-reason")] = []


class Inspection(Entity):
    """An inspection or visit, as far as this document speaks of it."""

    id: str = Field(pattern=ORDINAL)
    kind: Annotated[Statements, Claims(RDF.type, "class")]
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    framework: Annotated[Statements, Claims(CI.underFramework, "framework")] = []
    conducted_by: Annotated[Statements, Claims(CI.conductedBy, "reference")] = []
    lead_inspector: Annotated[Statements, Claims(CI.leadInspector, "person")] = []
    lead_inspector_named: Annotated[Statements, Claims(CI.leadInspectorNamed, "name")] = []
    form: Annotated[Statements, Claims(CI.inspectionForm, "inspection-form")] = []
    ordered_under: Annotated[Statements, Claims(CI.orderedUnder, "provision")] = []
    summary: Annotated[Statements, Claims(CI.summary, "text")] = []
    announced: Annotated[Times, Claims(CI.announced, "time")] = []
    on_site: Annotated[Times, Claims(CI.onSite, "time")] = []
    report_published: Annotated[Times, Claims(CI.reportPublished, "time")] = []
    letter_dated: Annotated[Times, Claims(CI.letterDated, "time")] = []
    report: Annotated[Statements, Claims(CI.reportedIn, "document")] = []
    all_areas_graded: Annotated[Statements, Claims(CI.allAreasGraded, "grade")] = []
    areas_requiring_improvement: Annotated[
        Statements, Claims(CI.areasRequiringImprovement, "integer")
    ] = []
    outcome: Annotated[Statements, Claims(CI.outcome, "grade")] = []
    areas_for_priority_action: Annotated[
        Statements, Claims(CI.areasForPriorityAction, "integer")
    ] = []
    theme: Annotated[Statements, Claims(CI.theme, "text")] = []
    previous_inspection: Annotated[Times, Claims(CI.previousInspection, "time")] = []
    next_inspection_within: Annotated[Statements, Claims(CI.nextInspectionWithin, "duration")] = []
    reinspection_of: Annotated[Statements, Claims(CI.reinspectionOf, "inspection")] = []
    follows_up: Annotated[Statements, Claims(CI.followsUp, "inspection")] = []
    judgements: list[Judgement] = []
    findings: list[Finding] = []


class Post(Entity):
    """An office: commissioner, adviser, improvement partner."""

    id: str = Field(pattern=r"^[A-Z]{3,5}-[a-z-]+$")
    kind: Annotated[Statements, Claims(RDF.type, "class")]
    for_council: Annotated[Statements, Claims(CI.forCouncil, "council")]
    regime: Annotated[Statements, Claims(CI.regime, "regime")]
    office_kind: Annotated[Statements, Claims(CI.officeKind, "office-kind")] = []
    commissioner_type: Annotated[Statements, Claims(CI.commissionerType, "commissioner-type")] = []
    created_by: Annotated[Statements, Claims(CI.createdBy, "reference")] = []
    functions_exercised: Annotated[Statements, Claims(CI.functionExercised, "text")] = []
    purpose: Annotated[Statements, Claims(CI.summary, "text")] = []


class Appointment(Entity):
    """Somebody's time in an office; a council can hold one too."""

    id: str
    rule: str | None = Field(None, description="Rule and version that tell of it; in candidates.")
    member: Annotated[Statements, Claims(ORG.member, "reference")]
    to_post: Annotated[Statements, Claims(CI.toPost, "reference")]
    title: Annotated[Statements, Claims(CI.officeTitle, "text")] = []
    appointed_by: Annotated[Statements, Claims(CI.appointedBy, "office")] = []
    under: Annotated[Statements, Claims(CI.under, "direction")] = []
    renews: Annotated[Statements, Claims(CI.renews, "appointment")] = []
    taken_up: Annotated[Times, Claims(CI.takenUp, "time")] = []
    vacated: Annotated[Times, Claims(CI.vacated, "time")] = []
    planned_end: Annotated[Times, Claims(CI.plannedEnd, "time")] = []


class Person(Entity):
    """A person in a public capacity."""

    id: str = Field(pattern=_SLUG)
    name: Annotated[Statements, Claims(FOAF.name, "text")]
    honours: Annotated[Statements, Claims(CI.honours, "text")] = []
    employer: Annotated[Statements, Claims(CI.employer, "reference")] = []


class Name(Entity):
    """A name that the document uses for a thing."""

    thing: str = Field(description="What is named: a reference.")
    name: Annotated[Statements, Claims(CI.namedAs, "text")]


class Recommendation(Entity):
    """A proposal of a report; negative polarity for one that it advises against."""

    id: str
    document: str | None = Field(
        None, description="Slug of the report that makes it, if it is not this one."
    )
    summary: Annotated[Statements, Claims(CI.summary, "text")]
    recommended_by: Annotated[Statements, Claims(CI.recommendedBy, "reference")]
    recommended_to: Annotated[Statements, Claims(CI.recommendedTo, "reference")] = []
    about: Annotated[Statements, Claims(CI.aboutCouncil, "council")] = []
    delivery_model: Annotated[Statements, Claims(CI.deliveryModel, "delivery-model")] = []


class Request(Entity):
    """What a document asks for; it is no proposal of what would be best."""

    id: str
    document: str | None = Field(
        None, description="Slug of the letter or report that asks, if it is not this one."
    )
    summary: Annotated[Statements, Claims(CI.summary, "text")]
    requested_by: Annotated[Statements, Claims(CI.requestedBy, "reference")]
    about: Annotated[Statements, Claims(CI.aboutCouncil, "council")] = []


class Figure(Entity):
    """A number that the document states about a council's service."""

    id: str = Field(pattern=_SLUG)
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    measure: Annotated[Statements, Claims(CI.measure, "text")]
    amount: Annotated[Statements, Claims(CI.amount, "decimal")]
    unit: Annotated[Statements, Claims(CI.unit, "unit")]
    as_of: Annotated[Times, Claims(CI.asOf, "time")] = []


class Milestone(Entity):
    """A dated step in a council's service."""

    id: str = Field(pattern=_SLUG)
    council: Annotated[Statements, Claims(CI.ofCouncil, "council")]
    summary: Annotated[Statements, Claims(CI.summary, "text")]
    happened: Annotated[Times, Claims(CI.happened, "time")] = []


class Arrangement(Entity):
    """A way of running children's services that the document mentions for a council."""

    id: str = Field(pattern=_SLUG)
    council: Annotated[Statements, Claims(CI.forCouncil, "council")]
    delivery_model: Annotated[Statements, Claims(CI.deliveryModel, "delivery-model")]
    operated_by: Annotated[Statements, Claims(CI.operatedBy, "reference")] = []


class CouncilStatement(Entity):
    """What the document says of a council itself, without naming an inspection."""

    id: str = Field(pattern=r"^[A-Z]{3}$")
    stated_rating: Annotated[Statements, Claims(CI.statedRating, "grade")]


class LeftOut(Passage):
    """A passage that carries a fact and gave no claim, and why."""

    reason: str


class Content(Model):
    """The things that a source speaks of."""

    documents: list[CitedDocument] = []
    inspections: list[Inspection] = []
    findings: list[ReportFinding] = []
    directions: list[Direction] = []
    notices: list[Notice] = []
    letters: list[MindedToLetter] = []
    measures: list[Measure] = []
    designations: list[Designation] = []
    sightings: list[Sighting] = []
    questions: list[ParliamentaryQuestion] = []
    council_lists: list[CouncilList] = []
    section_114_reports: list[Section114Report] = []
    support_amounts: list[SupportAmount] = []
    remunerations: list[Remuneration] = []
    transfers: list[Transfer] = []
    posts: list[Post] = []
    people: list[Person] = []
    appointments: list[Appointment] = []
    names: list[Name] = []
    recommendations: list[Recommendation] = []
    requests: list[Request] = []
    figures: list[Figure] = []
    milestones: list[Milestone] = []
    arrangements: list[Arrangement] = []
    councils: list[CouncilStatement] = []
    left_out: list[LeftOut] = []


class Record(Content):
    """What one document says."""

    document: Document


class Listing(Content):
    """What the rows of a table say, or those rows that were read from one page."""

    document: Published
