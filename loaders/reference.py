"""Write the reference layer: councils and their changes, legislation, offices, our documents."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, XSD

from data.reading import RecordFile
from data.tables import (
    CouncilRow,
    OfficeRow,
    OrganisationRow,
    ProvisionRow,
    StatuteRow,
    StructuralChangeRow,
    read_table,
)
from loaders.claim_graph import BUILD
from loaders.entities import CLASSES
from ontology import CI
from ontology.errors import UnreadableTable
from ontology.identifiers import concept, reference, thing
from ontology.namespaces import ONS

LICENCES: dict[str, URIRef] = {
    "ogl-3": URIRef("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    "crown-copyright": concept("licence", "crown-copyright"),
    "press-copyright": concept("licence", "press-copyright"),
}

ORGANISATION_CLASSES: dict[str, URIRef] = {
    "charity": ORG.FormalOrganization,
    "department": CI.Department,
    "inspectorate": CI.Inspectorate,
    "newspaper": ORG.FormalOrganization,
}

OFFICE_CLASSES: dict[str, URIRef] = {"minister": CI.MinisterialOffice, "official": ORG.Post}


def reference_graphs(records: Iterable[RecordFile]) -> dict[str, Graph]:
    """Return the reference graphs by name."""
    return {
        "councils": council_graph(),
        "documents": document_graph(records),
        "legislation": legislation_graph(),
        "organisations": organisation_graph(),
    }


def council_graph() -> Graph:
    """Return the councils, their areas, and the changes that ended or began them."""
    graph = Graph()
    for row in read_table("councils", "councils.csv", CouncilRow):
        _add_council(graph, row)
    for change in read_table("councils", "structural_changes.csv", StructuralChangeRow):
        node = thing("change", change.id)
        graph.add((node, RDF.type, CI.StructuralChange))
        _label(graph, node, change.name)
        graph.add((node, DCTERMS.date, Literal(change.happened_on)))
        graph.add((node, CI.madeUnder, reference(change.order)))
        for code in change.original_codes:
            graph.add((node, ORG.originalOrganization, thing("council", code)))
            graph.add((thing("council", code), ORG.changedBy, node))
        for code in change.resulting_codes:
            graph.add((node, ORG.resultingOrganization, thing("council", code)))
            graph.add((thing("council", code), ORG.resultedFrom, node))
    return graph


def _add_council(graph: Graph, row: CouncilRow) -> None:
    """Add one council and its area; the two are never the same thing."""
    council, area = thing("council", row.code), ONS[row.gss_code]
    graph.add((council, RDF.type, CI.Council))
    _label(graph, council, row.name)
    graph.add((council, CI.registerCode, Literal(row.code)))
    graph.add((council, CI.councilType, concept("council-type", row.type)))
    graph.add((council, CI.governs, area))
    graph.add((area, RDF.type, CI.CouncilArea))
    graph.add((area, CI.gssCode, Literal(row.gss_code)))
    days = (
        (CI.establishedOn, row.established_on),
        (CI.vestedOn, row.vested_on),
        (CI.dissolvedOn, row.dissolved_on),
    )
    for prop, day in days:
        if day:
            graph.add((council, prop, Literal(day)))


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
    return graph


def organisation_graph() -> Graph:
    """Return the offices, departments, inspectorates and other bodies."""
    graph = Graph()
    for office in read_table("organisations", "offices.csv", OfficeRow):
        node = thing("office", office.id)
        graph.add((node, RDF.type, OFFICE_CLASSES[office.kind]))
        _label(graph, node, office.name)
        graph.add((node, ORG.postIn, thing("organisation", office.department)))
        if office.regime:
            graph.add((node, CI.regime, concept("regime", office.regime)))
    for organisation in read_table("organisations", "organisations.csv", OrganisationRow):
        node = thing("organisation", organisation.id)
        graph.add((node, RDF.type, ORGANISATION_CLASSES[organisation.kind]))
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
        graph.add((node, CI.fileName, Literal(document.file)))
        graph.add((node, CI.contentHash, Literal(document.sha256)))
        graph.add((node, CI.characters, Literal(document.characters)))
        graph.add((node, CI.sourceTier, Literal(document.tier)))
        graph.add((node, CI.licence, LICENCES[document.licence]))
        graph.add((node, CI.aboutCouncil, thing("council", document.council)))
        graph.add((node, CI.attestation, concept("attestation", "in-corpus")))
    return graph


def _label(graph: Graph, node: URIRef, text: str) -> None:
    """Add the name of a thing for people."""
    graph.add((node, RDFS.label, Literal(text, lang="en")))
