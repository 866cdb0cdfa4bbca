"""The namespaces of the graph, each written once."""

from rdflib import Namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, TIME, XSD

BASE = "https://w3id.org/council-interventions/"
"""Base of every address we mint."""

NS = Namespace(BASE + "ns#")
SCHEME = Namespace(BASE + "scheme/")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")
SHAPES = Namespace(BASE + "shapes#")
RULE = Namespace(BASE + "scheme/resolution-rule/")
LEGISLATION = Namespace("http://www.legislation.gov.uk/id/")
ONS = Namespace("http://statistics.data.gov.uk/id/statistical-geography/")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")
OA = Namespace("http://www.w3.org/ns/oa#")
_ELI = Namespace("http://data.europa.eu/eli/ontology#")
_CV = Namespace("http://data.europa.eu/m8g/")
_SCHEMA = Namespace("https://schema.org/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

PREFIXES: dict[str, str] = {
    "ci": str(NS),
    "cv": str(_CV),
    "dcterms": str(DCTERMS),
    "edtf": str(EDTF),
    "eli": str(_ELI),
    "foaf": str(FOAF),
    "id": str(ID),
    "leg": str(LEGISLATION),
    "oa": str(OA),
    "ons": str(ONS),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "s": str(SCHEME),
    "schema": str(_SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "time": str(TIME),
    "xsd": str(XSD),
}
"""Prefixes of every Turtle file we write and of the query page."""
