"""A release in DCAT: its files, how it was made (PROV), and how good it is (DQV).

Source: W3C, Data Catalog Vocabulary, version 3; PROV-O; Data Quality Vocabulary.
"""

from collections.abc import Iterator

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from data.publication import DATASET, dataset_triples
from loaders.exports.facts import DescribedFile, Facts
from ontology.namespaces import ID

# rdflib's own namespace of DCAT lacks the terms of version 3.
_DCAT = Namespace("http://www.w3.org/ns/dcat#")
_DQV = Namespace("http://www.w3.org/ns/dqv#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_MEDIA = "https://www.iana.org/assignments/media-types/"
Statement = tuple[URIRef | BNode, URIRef, URIRef | BNode | Literal]


def dcat(facts: Facts) -> str:
    """Return the description of a release in DCAT, as Turtle."""
    graph = Graph()
    prefixes = ("dcat", _DCAT), ("dqv", _DQV), ("spdx", _SPDX), ("prov", PROV), ("dcterms", DCTERMS)
    for prefix, namespace in prefixes:
        graph.bind(prefix, namespace)
    for triple in (*dataset_triples(facts.address), *dataset_triples(DATASET)):
        graph.parse(data=f"{triple} .", format="nt")
    for statement in (*_version(facts), *_build(facts), *_quality(facts)):
        graph.add(statement)
    for file in facts.files:
        for statement in _distribution(facts, file):
            graph.add(statement)
    return graph.serialize(format="turtle")


def _version(facts: Facts) -> Iterator[Statement]:
    """Yield what makes a release one version of a series."""
    told = facts.publication
    series, release = URIRef(DATASET), URIRef(facts.address)
    publisher = BNode("publisher")
    yield series, RDF.type, _DCAT.DatasetSeries
    yield release, _DCAT.inSeries, series
    yield release, _DCAT.version, Literal(facts.release)
    yield series, _DCAT.hasVersion, release
    yield release, DCTERMS.identifier, Literal(facts.release)
    yield release, DCTERMS.issued, Literal(facts.built_on, datatype=XSD.date)
    yield release, DCTERMS.bibliographicCitation, Literal(facts.citation, lang=told.language)
    yield release, DCTERMS.publisher, publisher
    yield publisher, RDF.type, FOAF.Agent
    yield publisher, FOAF.name, Literal(told.publisher)
    for licence in facts.licences:
        yield release, DCTERMS.accessRights, URIRef(licence)
    first, last = facts.covered
    if first:
        period = BNode("period")
        yield release, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, _DCAT.startDate, Literal(first, datatype=XSD.date)
        yield period, _DCAT.endDate, Literal(last, datatype=XSD.date)


def _distribution(facts: Facts, file: DescribedFile) -> Iterator[Statement]:
    """Yield what is said of a file."""
    told = facts.publication
    node, checksum = URIRef(f"{facts.address}#{file.name}"), BNode()
    yield URIRef(facts.address), _DCAT.distribution, node
    yield node, RDF.type, _DCAT.Distribution
    yield node, DCTERMS.title, Literal(file.name)
    yield node, DCTERMS.description, Literal(file.kind.description, lang=told.language)
    yield node, _DCAT.downloadURL, URIRef(facts.address_of(file.name))
    yield node, _DCAT.mediaType, URIRef(_MEDIA + file.kind.media_type)
    yield node, _DCAT.byteSize, Literal(file.size_bytes, datatype=XSD.nonNegativeInteger)
    yield node, DCTERMS.license, URIRef(told.licence)
    yield node, _SPDX.checksum, checksum
    yield checksum, RDF.type, _SPDX.Checksum
    yield checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256
    yield checksum, _SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)


def _build(facts: Facts) -> Iterator[Statement]:
    """Yield how the release came about."""
    release, build, software = URIRef(facts.address), BNode("build"), BNode("software")
    yield release, RDF.type, PROV.Entity
    yield release, PROV.wasGeneratedBy, build
    yield release, PROV.generatedAtTime, Literal(facts.built_at, datatype=XSD.dateTime)
    yield build, RDF.type, PROV.Activity
    yield build, PROV.endedAtTime, Literal(facts.built_at, datatype=XSD.dateTime)
    yield build, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(facts.software)
    for source in facts.sources:
        document = ID[f"document/{source['document']}"]
        yield build, PROV.used, document
        yield release, DCTERMS.source, document


def _quality(facts: Facts) -> Iterator[Statement]:
    """Yield how good the release is, in shares from 0 to 1."""
    told, release = facts.publication, URIRef(facts.address)
    for figure in facts.quality:
        metric, node = URIRef(f"{DATASET}#{figure.name}"), URIRef(f"{facts.address}#{figure.name}")
        yield release, _DQV.hasQualityMeasurement, node
        yield node, RDF.type, _DQV.QualityMeasurement
        yield node, _DQV.isMeasurementOf, metric
        yield node, _DQV.computedOn, release
        yield node, _DQV.value, Literal(f"{figure.share:.4f}", datatype=XSD.decimal)
        yield metric, RDF.type, _DQV.Metric
        yield metric, SKOS.definition, Literal(figure.definition, lang=told.language)
        yield metric, _DQV.expectedDataType, XSD.decimal
