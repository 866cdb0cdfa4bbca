"""Check data of others: read it in any format of RDF; say what the rules find and cannot see."""

import pyoxigraph as ox
from rdflib import Graph

from ontology.rdf_text import read_triples
from shapes import STAGES, ValidationFinding, shapes_graph, validate
from shapes.portions import Watch, unwatched
from shapes.vocabulary import vocabulary_findings


def parse_graph(content: bytes, rdf_format: ox.RdfFormat, name: str) -> Graph:
    """Return the triples of an RDF text, whatever graphs they stand in.

    In: what the text is called in messages.
    Raises: UnreadableGraph. Nothing is fetched, also no JSON-LD context.
    """
    triples = read_triples(content, rdf_format, name)
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines, format="nt")


def check_graph(data: Graph, known: Graph, watch: Watch = unwatched) -> list[ValidationFinding]:
    """Return what is wrong in data, and what of it no rule can see.

    In: what it may refer to (councils, offices, provisions); what the data describes itself counts
    in its place; what is told how far the check has come, and may end it by an error.
    Raises: UnreadableGraph if it holds what RDF does not allow.
    """
    described = set(data.subjects())
    reference = Graph()
    for triple in known:
        if triple[0] not in described:
            reference.add(triple)
    unseen = vocabulary_findings(data, (shapes_graph(stage.name) for stage in STAGES))
    findings = [*unseen, *validate(data, reference, watch)]
    return sorted(findings, key=lambda finding: finding.sort_key)
