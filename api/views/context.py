"""The JSON of the service as linked data: a JSON-LD context for each table of fields.

A key stands for the property that it shows, and nothing where it shows more than one step or was
worked out; so what a context gives is said in the graph too.
"""

from typing import Any

from rdflib import RDF, RDFS, SDO, XSD, URIRef

from api.views import serialisers
from api.views.description import expand
from api.views.serialisers import Field, FieldTable, Reader, inner_table
from ontology import ontology_graph
from ontology.namespaces import NS, SCHEME

Context = dict[str, Any]

CONTEXT_KEY = "@context"
_NOTHING_BEFORE: None = None
"""At the beginning of an inner context: what the outer one says does not hold there."""
_ENGLISH = {"@language": "en"}
_IN_ENGLISH = frozenset(
    (
        *("dcterms:title", "foaf:name", "rdfs:label", "skos:altLabel", "skos:definition"),
        *("skos:scopeNote", "condition", "explanation", "formerName", "functionExercised"),
        *("honours", "namedAs", "object", "officeNamedThen", "officeTitle", "paidFor"),
        *("powerExplanation", "seenIn", "signedAs", "summary", "theme", "trigger"),
    )
)
"""Properties whose texts have a language, where no range in the ontology says so."""
_OF_SEVERAL_TYPES = "dcterms:date", "valueLiteral"
"""Properties whose literals are of one type here and of another there."""
_IDENTITY: Context = {
    "@version": 1.1,
    "iri": "@id",
    "kind": {
        "@id": str(RDF.type),
        "@type": "@vocab",
        "@context": [_NOTHING_BEFORE, {"@vocab": str(NS)}],
    },
}
_REFERENCE = [_NOTHING_BEFORE, {"@version": 1.1, "iri": "@id"}]
_SAID: Context = {
    "@version": 1.1,
    "iri": "@id",
    "about": {"@id": f"{NS}about", "@context": _REFERENCE},
    "document": {"@id": f"{NS}source", "@context": _REFERENCE},
}
"""Context of claims and of discrepancies."""
_REFERENCES: tuple[Reader, ...] = serialisers.ref, serialisers.source


def linked(path: str) -> dict[str, str]:
    """Return what makes an answer linked data: where its context is.

    In: the beginning of the address of the list, or of the thing.
    """
    return {CONTEXT_KEY: f"/context/{path}"}


def list_context(table: FieldTable | None) -> Context:
    """Return the context of a page of a list, or of one thing.

    In: the form of the items; none for claims and discrepancies.
    """
    return {**(_SAID if table is None else _table_context(table)), "items": "@included"}


def _table_context(table: FieldTable) -> Context:
    fields = {field.key: known for field in table.fields if (known := _field(field)) is not None}
    return {**_IDENTITY, **fields}


def _field(field: Field) -> Context | None:
    """Return what a key stands for; none for what is no value of one property."""
    if "|" in field.path or "/" in field.path:
        return None
    property_ = expand(field.path.removeprefix("^"))
    of = {"@reverse" if field.path.startswith("^") else "@id": property_}
    inner = inner_table(field.read)
    if inner is not None:
        return {**of, "@context": [_NOTHING_BEFORE, _table_context(inner)]}
    if field.read is serialisers.time:
        return {**of, "@context": [_NOTHING_BEFORE, _time()]}
    if field.read in _REFERENCES:
        return {**of, "@context": _REFERENCE}
    if field.read is serialisers.concept:
        return _concept(of, property_)
    if not field.is_literal or field.path in _OF_SEVERAL_TYPES:
        return None
    return {**of, **_literal(field.path, property_)}


def _concept(of: Context, property_: str) -> Context | None:
    """Return a notation as the concept of the scheme that the ontology names for its property."""
    named = ontology_graph().objects(URIRef(property_), RDFS.seeAlso)
    schemes = [str(one) for one in named if str(one).startswith(str(SCHEME))]
    if len(schemes) != 1:
        return None
    return {**of, "@type": "@vocab", "@context": [_NOTHING_BEFORE, {"@vocab": f"{schemes[0]}/"}]}


def _literal(path: str, property_: str) -> Context:
    """Return how literals of a property are written, by its range in the ontology."""
    if path in _IN_ENGLISH:
        return _ENGLISH
    ranges = {str(one) for one in ontology_graph().objects(URIRef(property_), SDO.rangeIncludes)}
    if ranges == {str(RDF.langString)}:
        return _ENGLISH
    if str(XSD.decimal) in ranges:
        return {"@type": str(XSD.decimal)}
    datatype = next(iter(ranges)) if len(ranges) == 1 else str(XSD.string)
    return {} if datatype in (str(XSD.string), str(XSD.integer)) else {"@type": datatype}


def _time() -> Context:
    """Return what the keys of a time statement stand for."""
    day = {"@type": str(XSD.date)}
    status = _concept({"@id": expand("dateStatus")}, expand("dateStatus"))
    return {
        "@version": 1.1,
        "iri": "@id",
        "words": expand("verbatim"),
        "earliest": {"@id": expand("earliest"), **day},
        "latest": {"@id": expand("latest"), **day},
        "status": status,
        "reason": {"@id": expand("boundReason"), **_ENGLISH},
        "relative_to": {"@id": expand("relativeTo"), "@context": _REFERENCE},
    }
