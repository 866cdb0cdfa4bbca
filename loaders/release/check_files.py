"""Check RDF files that anybody brings against our shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from loaders.release.council_reference import council_graph
from loaders.release.layers import as_rdflib
from loaders.release.reference import legislation_graph, organisation_graph
from ontology.errors import UnreadableGraph
from queries.engine.formats import RDF_FORMATS
from shapes import Finding, validate


def check_files(files: Iterable[Path]) -> list[Finding]:
    """Return what is wrong in some RDF files together.

    In: what the files do not describe themselves (councils, offices, provisions) comes from our
    reference layer.
    Raises: UnreadableGraph, naming the file. Nothing is fetched, also no JSON-LD context.
    """
    data = Graph()
    for file in files:
        data += read_graph(file)
    described = set(data.subjects())
    reference = Graph()
    for graph in (council_graph(), legislation_graph(), organisation_graph()):
        for triple in graph:
            if triple[0] not in described:
                reference.add(triple)
    return validate(data, reference)


def read_graph(file: Path) -> Graph:
    """Return the triples of an RDF file, whatever graphs they stand in."""
    file_format = RDF_FORMATS.get(file.suffix.removeprefix("."))
    if file_format is None:
        endings = ", ".join(f".{suffix}" for suffix in RDF_FORMATS)
        raise UnreadableGraph(f"{file.name}: expected a file that ends in {endings}")
    if file_format == ox.RdfFormat.RDF_XML and b"<!ENTITY" in file.read_bytes():
        raise UnreadableGraph(f"{file.name}: it defines entities, which can grow without limit")
    try:
        triples = [quad.triple for quad in ox.parse(path=str(file), format=file_format)]
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableGraph(f"{file.name}: {error}") from None
    return as_rdflib(triples)


def describe_findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a line for each finding and one for the whole."""
    for finding in findings:
        value = f" (found {finding.value})" if finding.value else ""
        yield f"{finding.severity}: {finding.message}{value} [{finding.focus}]"
    violations = sum(finding.severity == "violation" for finding in findings)
    yield f"{violations} violations, {len(findings) - violations} warnings"
