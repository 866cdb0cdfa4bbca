"""Write the reference layer: councils and their changes, legislation, offices, our documents."""

from collections.abc import Iterable
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DC, DCAT, DCTERMS, ORG, PROV, RDF, RDFS, SDO, SKOS, VOID, XSD

from data.councils.bodies import Area, Body
from data.councils.register import Register, read_register
from data.councils.rows import MembershipRow, StructuralChangeRow
from data.publication import DATASET, dataset_triples, publication
from data.records.files import RecordFile
from data.records.form import Document, Published
from data.tables.metadata import read_metadata, source_names
from data.tables.table import (
    OfficeRow,
    OrganisationRow,
    PowerRuleRow,
    ProvisionRow,
    RangeMemberRow,
    StatuteRow,
    read_table,
)
from loaders.claims.entities import CLASSES
from loaders.claims.writer import BUILD
from loaders.release.names import name_graph
from ontology import CI
from ontology.errors import UnreadableTable
from ontology.identifiers import concept, reference, thing
from ontology.namespaces import ONS, WIKIDATA

LICENCES: dict[str, URIRef] = {
    "ogl-3": URIRef("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    "cc-by-4": URIRef("https://creativecommons.org/licenses/by/4.0/"),
    "crown-copyright": concept("licence", "crown-copyright"),
    "mit": URIRef("https://opensource.org/license/mit"),
    "not-stated": concept("licence", "not-stated"),
    "parliament-3": URIRef(
        "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/"
    ),
    "press-copyright": concept("licence", "press-copyright"),
}

_ORGANISATION_CLASSES: dict[str, URIRef] = {
    "association": ORG.FormalOrganization,
    "charity": ORG.FormalOrganization,
    "delivery-body": ORG.FormalOrganization,
    "department": CI.Department,
    "firm": ORG.FormalOrganization,
    "inspectorate": CI.Inspectorate,
    "legislature": ORG.FormalOrganization,
    "list-keeper": ORG.Organization,
    "newspaper": ORG.FormalOrganization,
    "personal-page": ORG.Organization,
}

_OFFICE_CLASSES: dict[str, URIRef] = {
    "minister": CI.MinisterialOffice,
    "council-officer": ORG.Post,
    "official": ORG.Post,
}


def reference_graphs(
    records: Iterable[RecordFile], register: Register | None = None
) -> dict[str, Graph]:
    """Return the reference graphs by name.

    In: the register of councils, if it is not that of the project's own tables.
    """
    files = list(records)
    return {
        "councils": council_graph(register),
        "dataset": dataset_graph(files),
        "documents": document_graph(files),
        "legislation": legislation_graph(),
        "organisations": organisation_graph() + name_graph(),
    }


def dataset_graph(records: Iterable[RecordFile]) -> Graph:
    """Return what is said of the data as a whole: its licence, its sources, and whose they are."""
    graph, whole = Graph(), URIRef(DATASET)
    lines = (f"{triple} .\n" for triple in dataset_triples(DATASET))
    graph.parse(data="".join(lines), format="nt")
    graph.add((whole, RDF.type, VOID.Dataset))
    _label(graph, whole, publication().title)
    for file in records:
        graph.add((whole, DCTERMS.source, thing("document", file.record.document.slug)))
    for name in source_names():
        _add_source_of_tables(graph, whole, name)
    return graph


def _add_source_of_tables(graph: Graph, whole: URIRef, name: str) -> None:
    """Add what is known of a source: its title, whose it is, and under which licence."""
    known, node = read_metadata(name), URIRef(f"{whole}#{name}")
    graph.add((whole, DCTERMS.source, node))
    graph.add((node, RDF.type, DCAT.Dataset))
    _label(graph, node, known.title)
    graph.add((node, DCTERMS.title, Literal(known.title, lang="en")))
    graph.add((node, DCTERMS.description, Literal(" ".join(known.note.split()), lang="en")))
    graph.add((node, DC.publisher, Literal(known.publisher)))
    graph.add((node, DCTERMS.license, URIRef(known.licence)))
    if known.address:
        graph.add((node, DCAT.landingPage, URIRef(known.address)))
    _add_day(graph, node, DCTERMS.dateAccepted, known.retrieved_on)


def legislation_graph() -> Graph:
    """Return the Acts, orders and provisions that the documents name."""
    graph = Graph()
    for statute in read_table("legislation", "statutes.csv", StatuteRow):
        node = reference(statute.id)
        graph.add((node, RDF.type, CI.Statute))
        _label(graph, node, statute.title)
        graph.add((node, DCTERMS.date, Literal(str(statute.year), datatype=XSD.gYear)))
    for provision in read_table("legislation", "provisions.csv", ProvisionRow):
        node, whole = reference(provision.id), reference(provision.statute)
        if (whole, RDF.type, CI.Statute) not in graph:
            raise UnreadableTable(
                f"legislation/provisions.csv: {provision.id} is part of {provision.statute}, which "
                "statutes.csv does not hold; add it there"
            )
        graph.add((node, RDF.type, CI.Provision))
        if node != whole:
            _label(graph, node, provision.label)
            graph.add((node, DCTERMS.isPartOf, whole))
        if provision.first and provision.last:
            graph.add((node, CI.firstProvision, reference(provision.first)))
            graph.add((node, CI.lastProvision, reference(provision.last)))
    for row in read_table("legislation", "range_members.csv", RangeMemberRow):
        _add_member(graph, row)
    for rule in read_table("legislation", "power_rules.csv", PowerRuleRow):
        _add_power_rule(graph, rule)
    return graph


def _add_member(graph: Graph, row: RangeMemberRow) -> None:
    """Add a provision of a range; both are provisions that the table of provisions has."""
    whole, member = reference(row.range), reference(row.member)
    for column, node, text in (("range", whole, row.range), ("member", member, row.member)):
        if (node, RDF.type, CI.Provision) not in graph:
            raise UnreadableTable(
                f"legislation/range_members.csv, {row.range}, {row.member}: column {column}: "
                f"{text!r}; expected a provision of provisions.csv; add it there"
            )
    graph.add((whole, CI.hasMember, member))
    _add_day(graph, member, CI.inUseFrom, row.in_force_from)


def _add_power_rule(graph: Graph, rule: PowerRuleRow) -> None:
    """Add the rule by which the power of a direction is inferred where no source states it."""
    node = thing("power-rule", rule.key)
    graph.add((node, RDF.type, CI.PowerRule))
    _label(graph, node, f"Power rule {rule.key}")
    graph.add((node, CI.regime, concept("regime", rule.regime or "")))
    graph.add((node, CI.ruleOffice, thing("office", rule.office)))
    graph.add((node, CI.infersPower, reference(rule.power)))
    if rule.applied_by:
        graph.add((node, CI.infersAppliedBy, reference(rule.applied_by)))
    _add_day(graph, node, CI.inUseFrom, rule.in_use_from)
    _add_day(graph, node, CI.inUseUntil, rule.in_use_until)
    graph.add((node, CI.explanation, Literal(rule.reason, lang="en")))


def organisation_graph() -> Graph:
    """Return the offices, departments, inspectorates and other bodies."""
    graph = Graph()
    for office in read_table("organisations", "offices.csv", OfficeRow):
        node = thing("office", office.id)
        graph.add((node, RDF.type, _OFFICE_CLASSES[office.kind]))
        _label(graph, node, office.name)
        if office.department:
            graph.add((node, ORG.postIn, thing("organisation", office.department)))
        if office.regime:
            graph.add((node, CI.regime, concept("regime", office.regime)))
    for organisation in read_table("organisations", "organisations.csv", OrganisationRow):
        node = thing("organisation", organisation.id)
        graph.add((node, RDF.type, _ORGANISATION_CLASSES[organisation.kind]))
        _label(graph, node, organisation.name)
    return graph


def document_graph(records: Iterable[RecordFile]) -> Graph:
    """Return the documents that we hold, each with its hash, length, tier and licence."""
    graph = Graph()
    graph.add((BUILD, RDF.type, CI.ExtractionRun))
    _label(graph, BUILD, "The build that made the claims of this release from the reviewed records")
    graph.add((BUILD, RDF.type, PROV.Activity))
    for file in records:
        document = file.record.document
        node = thing("document", document.slug)
        graph.add((node, RDF.type, CI.SourceDocument))
        graph.add((node, RDF.type, CLASSES[document.kind]))
        graph.add((node, DCTERMS.title, Literal(document.title, lang="en")))
        _label(graph, node, document.title)
        graph.add((node, CI.sourceTier, Literal(document.tier)))
        graph.add((node, CI.licence, LICENCES[document.licence]))
        if isinstance(document, Document):
            _add_text(graph, node, document)
        else:
            _add_published(graph, node, document)
    return graph


def _add_text(graph: Graph, node: URIRef, document: Document) -> None:
    graph.add((node, CI.fileName, Literal(document.file)))
    graph.add((node, CI.contentHash, Literal(document.sha256)))
    graph.add((node, CI.characters, Literal(document.characters)))
    graph.add((node, CI.aboutCouncil, thing("council", document.council)))
    graph.add((node, CI.attestation, concept("attestation", "in-corpus")))


def _add_published(graph: Graph, node: URIRef, document: Published) -> None:
    """Add what is known of a table that we hold, or of a page whose facts we hold."""
    held = "in-corpus" if document.sha256 else "known-by-reference"
    graph.add((node, CI.attestation, concept("attestation", held)))
    graph.add((node, CI.sourceKind, concept("source-kind", document.source_kind)))
    if document.address:
        graph.add((node, CI.address, Literal(document.address, datatype=XSD.anyURI)))
    if document.seen_in:
        graph.add((node, CI.seenIn, Literal(document.seen_in, lang="en")))
    if document.sha256 and document.file:
        graph.add((node, CI.fileName, Literal(document.file)))
        graph.add((node, CI.contentHash, Literal(document.sha256)))


def _label(graph: Graph, node: URIRef, text: str) -> None:
    graph.add((node, RDFS.label, Literal(text, lang="en")))


def council_graph(register: Register | None = None) -> Graph:
    """Return the councils and authorities, their areas, and the changes between them."""
    register = register or read_register()
    graph = Graph()
    for body in register.bodies.values():
        _add_body(graph, register, body)
    for change in register.changes:
        _add_change(graph, register, change)
    return graph


def _body_iri(body: Body) -> URIRef:
    return thing("council" if body.is_council else "authority", body.code)


def _add_body(graph: Graph, register: Register, body: Body) -> None:
    """Add one body: what it is, what it is called, where and when it serves."""
    node, row = _body_iri(body), body.row
    graph.add((node, CI.registerCode, Literal(row.code)))
    graph.add((node, CI.region, concept("region", row.region)))
    if body.is_council:
        graph.add((node, RDF.type, CI.Council))
        graph.add((node, CI.councilType, concept("council-type", row.type)))
    else:
        graph.add((node, RDF.type, CI.StrategicAuthority))
    _add_names(graph, node, body)
    _add_day(graph, node, CI.vestedOn if body.is_council else CI.establishedOn, row.began_on)
    _add_day(graph, node, CI.dissolvedOn, row.ended_on)
    if row.county:
        graph.add((node, CI.withinCounty, _body_iri(register.by_code(row.county))))
    if row.authority:
        graph.add((node, CI.constituentOf, _body_iri(register.by_code(row.authority))))
    for membership in body.memberships:
        _add_membership(graph, register, membership)
    for successor in register.successors(row.code):
        graph.add((_body_iri(successor), CI.succeeds, node))
    _add_identifiers(graph, node, body)
    _add_areas(graph, node, body.areas)


def _add_membership(graph: Graph, register: Register, row: MembershipRow) -> None:
    """Add that a council was a constituent of an authority, with the days that are known."""
    node = thing("membership", f"{row.council}-{row.authority}")
    council, authority = register.by_code(row.council), register.by_code(row.authority)
    graph.add((node, RDF.type, CI.ConstituentMembership))
    _label(graph, node, f"{council.name}, constituent of {authority.name}")
    graph.add((node, CI.constituent, _body_iri(council)))
    graph.add((node, CI.inAuthority, _body_iri(authority)))
    graph.add((node, CI.explanation, Literal(row.reason, lang="en")))
    _add_day(graph, node, CI.memberFrom, row.held_from)
    _add_day(graph, node, CI.memberUntil, row.held_until)
    for body in (council, authority):
        graph.add((_body_iri(body), CI.hasMembership, node))


def _add_names(graph: Graph, node: URIRef, body: Body) -> None:
    """Add the official name, and the others as names or as mere spellings."""
    graph.add((node, RDFS.label, Literal(body.name, lang="en")))
    for name in (body.row.short_name, *body.names):
        if name != body.name:
            graph.add((node, SKOS.altLabel, Literal(name, lang="en")))
    for name in body.former_names:
        graph.add((node, CI.formerName, Literal(name, lang="en")))
    for name in body.spellings:
        graph.add((node, SKOS.hiddenLabel, Literal(name, lang="en")))


def _add_identifiers(graph: Graph, node: URIRef, body: Body) -> None:
    """Add by what numbers and addresses others know the body; none of them names an area."""
    for urn in body.ofsted_urns:
        graph.add((node, CI.ofstedUrn, Literal(urn)))
    for number in body.dfe_numbers:
        graph.add((node, CI.dfeNumber, Literal(number)))
    if body.wikidata:
        graph.add((node, SDO.sameAs, WIKIDATA[body.wikidata]))
    if body.open_data_communities:
        graph.add((node, RDFS.seeAlso, URIRef(body.open_data_communities)))


def _add_areas(graph: Graph, node: URIRef, areas: tuple[Area, ...]) -> None:
    """Add the area, and the areas whose codes it superseded; an area is never a body."""
    current, *former = areas
    graph.add((node, CI.governs, ONS[current.gss_code]))
    for area in former:
        graph.add((node, CI.formerArea, ONS[area.gss_code]))
        graph.add((ONS[area.gss_code], DCTERMS.isReplacedBy, ONS[current.gss_code]))
    for area in areas:
        graph.add((ONS[area.gss_code], RDF.type, CI.CouncilArea))
        graph.add((ONS[area.gss_code], CI.gssCode, Literal(area.gss_code)))
        _add_day(graph, ONS[area.gss_code], CI.codeInUseFrom, area.valid_from)
        _add_day(graph, ONS[area.gss_code], CI.codeInUseUntil, area.valid_until)


def _add_change(graph: Graph, register: Register, change: StructuralChangeRow) -> None:
    """Add one change, and link the bodies that ended and began by it."""
    node = thing("change", change.id)
    graph.add((node, RDF.type, CI.StructuralChange))
    graph.add((node, RDFS.label, Literal(change.name, lang="en")))
    graph.add((node, DCTERMS.date, Literal(change.happened_on)))
    if change.order:
        graph.add((node, CI.changeOrder, reference(change.order)))
    for body in map(register.by_code, change.original_codes):
        graph.add((node, ORG.originalOrganization, _body_iri(body)))
        graph.add((_body_iri(body), ORG.changedBy, node))
    for body in map(register.by_code, change.resulting_codes):
        graph.add((node, ORG.resultingOrganization, _body_iri(body)))
        graph.add((_body_iri(body), ORG.resultedFrom, node))


def _add_day(graph: Graph, node: URIRef, prop: URIRef, day: date | None) -> None:
    if day:
        graph.add((node, prop, Literal(day, datatype=XSD.date)))
