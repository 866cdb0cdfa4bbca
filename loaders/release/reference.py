"""Write the reference layer: councils and their changes, legislation, offices, our documents."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, XSD

from data.councils.register import Register
from data.records.form import Document, Published
from data.records.reading import RecordFile
from data.tables.reading import OfficeRow, OrganisationRow, ProvisionRow, StatuteRow, read_table
from loaders.claims.entities import CLASSES
from loaders.claims.writer import BUILD
from loaders.release.council_reference import council_graph
from ontology import CI
from ontology.errors import UnreadableTable
from ontology.identifiers import concept, reference, thing

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
    "charity": ORG.FormalOrganization,
    "delivery-body": ORG.FormalOrganization,
    "department": CI.Department,
    "inspectorate": CI.Inspectorate,
    "legislature": ORG.FormalOrganization,
    "list-keeper": ORG.Organization,
    "newspaper": ORG.FormalOrganization,
    "personal-page": ORG.Organization,
}

_OFFICE_CLASSES: dict[str, URIRef] = {"minister": CI.MinisterialOffice, "official": ORG.Post}


def reference_graphs(
    records: Iterable[RecordFile], register: Register | None = None
) -> dict[str, Graph]:
    """Return the reference graphs by name.

    In: the register of councils, if it is not that of the project's own tables.
    """
    return {
        "councils": council_graph(register),
        "documents": document_graph(records),
        "legislation": legislation_graph(),
        "organisations": organisation_graph(),
    }


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
        graph.add((node, RDF.type, _OFFICE_CLASSES[office.kind]))
        _label(graph, node, office.name)
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
    """Add what is known of a document whose text we hold."""
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
    if document.sha256 and document.file:
        graph.add((node, CI.fileName, Literal(document.file)))
        graph.add((node, CI.contentHash, Literal(document.sha256)))


def _label(graph: Graph, node: URIRef, text: str) -> None:
    """Add the name of a thing for people."""
    graph.add((node, RDFS.label, Literal(text, lang="en")))
