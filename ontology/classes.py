"""Every class of the ontology, for Python; a test keeps it equal to the Turtle."""

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace

from ontology.namespaces import NS


class Classes(DefinedNamespace):
    """The classes of the Council interventions ontology; an undeclared one is an error."""

    _NS = NS
    _fail = True

    AdviserReportDocument: URIRef
    AdviserRole: URIRef
    Appointment: URIRef
    AreaForPriorityAction: URIRef
    AreaNotJudged: URIRef
    AreaSendInspection: URIRef
    AssuranceReview: URIRef
    BestValueInspection: URIRef
    BestValueNotice: URIRef
    Claim: URIRef
    Commissioner: URIRef
    CommissionerReportDocument: URIRef
    CommissionerTask: URIRef
    ConstituentMembership: URIRef
    Council: URIRef
    CouncilArea: URIRef
    CouncilList: URIRef
    CouncilType: URIRef
    CouncilUnderRegime: URIRef
    Coverage: URIRef
    Deadline: URIRef
    DeliveryArrangement: URIRef
    DeliveryModel: URIRef
    Department: URIRef
    Direction: URIRef
    DirectionDocument: URIRef
    DirectionPower: URIRef
    Discrepancy: URIRef
    Duty: URIRef
    Evidence: URIRef
    ExtractionRun: URIRef
    Figure: URIRef
    Finding: URIRef
    FocusedVisit: URIRef
    FormerChoice: URIRef
    FormerStatePeriod: URIRef
    Grade: URIRef
    GradeScale: URIRef
    GradedInspection: URIRef
    ImprovementNotice: URIRef
    InformalIntervention: URIRef
    Inspection: URIRef
    InspectionFramework: URIRef
    InspectionReportDocument: URIRef
    Inspectorate: URIRef
    Intervention: URIRef
    InterventionStage: URIRef
    InterventionStep: URIRef
    JointTargetedAreaInspection: URIRef
    Judgement: URIRef
    JudgementArea: URIRef
    LegalInstrument: URIRef
    LetterDocument: URIRef
    Measure: URIRef
    Milestone: URIRef
    MindedToLetter: URIRef
    MinisterialOffice: URIRef
    MonitoringVisit: URIRef
    NameInUse: URIRef
    OfficerRole: URIRef
    ParliamentaryQuestion: URIRef
    Person: URIRef
    PilotInspection: URIRef
    PlanningDesignation: URIRef
    PowerRule: URIRef
    PressArticle: URIRef
    Provision: URIRef
    Recommendation: URIRef
    Remuneration: URIRef
    Request: URIRef
    Requirement: URIRef
    RequirementAction: URIRef
    ResponseDocument: URIRef
    ReviewReportDocument: URIRef
    ReviewerRole: URIRef
    SafeguardingBoardReview: URIRef
    Section114Report: URIRef
    ServiceDomain: URIRef
    ServiceTransfer: URIRef
    Sighting: URIRef
    Sign: URIRef
    Slot: URIRef
    SourceDocument: URIRef
    StatePeriod: URIRef
    StateSpan: URIRef
    StatementOfAction: URIRef
    Statute: URIRef
    StrategicAuthority: URIRef
    StructuralChange: URIRef
    SupportAmount: URIRef
    Table: URIRef
    TimeStatement: URIRef
    UnusableDocument: URIRef
    WebPage: URIRef
