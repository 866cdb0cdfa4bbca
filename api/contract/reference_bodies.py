"""Schemas of the answers about pictures, columns, what the rules found, and reconciled names."""

from api.contract.bodies import FOUND, RELEASE, page, whole
from api.contract.schemas import (
    BOOLEAN,
    INTEGER,
    STRING,
    array,
    nullable,
    perhaps,
    record,
    shared,
    texts,
)

COLUMNS = whole(
    record(
        {
            **texts("list", "column", "label", "meaning", "type"),
            "unit": nullable(STRING),
            "several": BOOLEAN,
        }
    )
)
CSVW_TABLE = record(
    {
        **texts("@context", "url", "dc:title", "dc:description"),
        "tableSchema": {"type": "object"},
    }
)
"""The description of a table by CSV on the Web."""
EXPORTED = whole(
    record({**texts("name", "sha256", "media_type", "description", "address"), "bytes": INTEGER}),
    citation=STRING,
    licence=STRING,
    rights=STRING,
    question=STRING,
    recipes=array(record(texts("title", "before", "text"))),
)
_NEIGHBOUR = record({**texts("property"), **perhaps("other")})
TERM = record(
    {
        **texts("id", "iri", "kind", "label"),
        **perhaps("definition", "scope_note", "derivation", "replaced_by"),
        **dict.fromkeys(("examples", "broader", "narrower", "of", "to"), array(STRING)),
        "is_deprecated": BOOLEAN,
        **dict.fromkeys(("leads_on", "leads_here"), array(_NEIGHBOUR)),
        "example_of_release": nullable(shared("Reference")),
        "questions": array(record(texts("name", "question"))),
        **RELEASE,
    }
)
"""What a term of the ontology means, and what surrounds it."""
FINDING = record({**FOUND, **RELEASE})
CHECKED = whole(shared("ValidationFinding"), conforms=BOOLEAN, violations=INTEGER, warnings=INTEGER)
"""What the rules find in data that is sent."""
RECONCILED = {"type": "object"}
"""The candidates of each query by its name, rows of an extension, or the service itself; their
schemas are those of the Reconciliation API 0.2."""
SUGGESTED = record({"result": array({"type": "object"})})
PROPOSED = record({**texts("type"), "properties": array({"type": "object"})})
FLYOUT = record(texts("id", "html"))
_CHANGE = record(
    {
        **texts("id", "of", "day", "kind"),
        "thing": shared("Reference"),
        **perhaps("release", "council", "regime", "property", "before", "after"),
        **perhaps("source", "claim", "replaces", "reason"),
    }
)
_RECORDED = record(
    {**texts("release", "day", "note")}
    | dict.fromkeys(("claims", "new", "corrected", "withdrawn"), INTEGER)
)
CHANGED = page(_CHANGE, {**texts("note"), "releases": array(_RECORDED)})
"""What changed in the record, and in what sources told."""
_PICTURE = texts("id", "title", "shows", "finding", "key", "caveat", "question", "address")
PICTURE_LIST = whole(record(_PICTURE), coverage=shared("Reach"))
PICTURE = record(
    {
        **_PICTURE,
        "asked": record(
            {**texts("id", "title", "question", "address", "sparql", "caveat")}
            | {"given": {"type": "object", "additionalProperties": STRING}}
        ),
        "columns": array(STRING),
        "items": array({"type": "object"}),
        "total": INTEGER,
        "takeaway": record(texts("svg", "png", "csv", "embed")),
        "citation": STRING,
        **RELEASE,
        "coverage": shared("Reach"),
    }
)
"""A picture with the rows of its question; their columns are those of the question."""
