"""The catalogue as linked data: each question as SPARQL editors read examples of queries.

The vocabulary is that of SHACL and schema.org, as collections of example queries use it: the text
under `sh:select`, its prefixes under `sh:prefixes`, the endpoint under `schema:target`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

from queries.catalogue import CatalogueQuery
from queries.columns import columns_of
from queries.parameters import Parameter

_SCHEMA = "https://schema.org/"
# takes: "PREFIX ci: <https://w3id.org/council-interventions/ns#>"
# leaves: "SELECT ?act", "PREFIX ci:"
_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]+)>\n", re.MULTILINE)
# takes: "first day, such as 2018-01-01", "regime, such as send; another word"
# leaves: "any text"
_EXAMPLE = re.compile(r"such as ([^ ,;]+)")

Node = ox.NamedNode | ox.BlankNode


def example_of(parameter: Parameter) -> str | None:
    """Return the example of a value that the meaning of a parameter names.

    >>> example_of(Parameter("day", "date", False, "the day asked about, such as 2018-01-01"))
    '2018-01-01'
    """
    match = _EXAMPLE.search(parameter.meaning)
    return match.group(1) if match else None


def runnable(query: CatalogueQuery) -> str:
    """Return the text of a question that can be run as it is, without the lines of its header.

    Out: what has to be given is the example that its meaning names; what is optional is open.
    """
    needed = {
        parameter.name: example_of(parameter) or ""
        for parameter in query.parameters
        if not parameter.optional
    }
    lines = query.bind(needed).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#")).strip() + "\n"


def catalogue_triples(origin: str, queries: Sequence[CatalogueQuery]) -> list[ox.Triple]:
    """Return the triples that describe questions.

    In: what the addresses of the service begin with; the questions.
    """
    prefixes = {name: iri for query in queries for name, iri in _PREFIX.findall(query.text)}
    declared = ox.NamedNode(f"{origin}/queries#prefixes")
    found = list(_declarations(declared, prefixes.items()))
    for query in queries:
        found += _question(origin, declared, query)
    return found


def _declarations(node: ox.NamedNode, prefixes: Iterable[tuple[str, str]]) -> Iterator[ox.Triple]:
    """Yield the prefixes of all questions."""
    yield ox.Triple(node, _term(RDF.type), _term(OWL.Ontology))
    for name, iri in sorted(prefixes):
        declaration = ox.BlankNode(f"prefix{name}")
        value = ox.Literal(iri, datatype=_term(XSD.anyURI))
        yield ox.Triple(node, _term(SH.declare), declaration)
        yield ox.Triple(declaration, _term(SH.prefix), ox.Literal(name))
        yield ox.Triple(declaration, _term(SH.namespace), value)


def _question(origin: str, declared: Node, query: CatalogueQuery) -> Iterator[ox.Triple]:
    """Yield what is said of one question; each of its columns is a part of its description."""
    node = ox.NamedNode(f"{origin}/queries/{query.name}")
    for kind in (SH.SPARQLExecutable, SH.SPARQLSelectExecutable):
        yield ox.Triple(node, _term(RDF.type), _term(kind))
    yield ox.Triple(node, _term(RDFS.label), _english(query.title))
    yield ox.Triple(node, _term(RDFS.comment), _english(query.question))
    yield ox.Triple(node, _term(SH.prefixes), declared)
    yield ox.Triple(node, _term(SH.select), ox.Literal(runnable(query)))
    yield ox.Triple(node, _schema("target"), ox.NamedNode(f"{origin}/sparql"))
    for topic in query.topics:
        yield ox.Triple(node, _schema("keywords"), ox.Literal(topic))
    told = [
        f"{column.name}: {column.meaning}{f' ({column.unit})' if column.unit else ''}."
        for column in columns_of(query)
    ]
    yield ox.Triple(node, _term(DCTERMS.description), _english(" ".join(told)))
    for note in query.notes:
        yield ox.Triple(node, _term(SKOS.note), _english(note))


def _schema(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SCHEMA + name)


def _term(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


def _english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
