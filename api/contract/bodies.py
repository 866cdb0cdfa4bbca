"""Schemas of the answers: pages of a list, single things, and what has a form of its own."""

from collections.abc import Sequence

from api.contract.schemas import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    REFERENCE,
    SOURCE,
    STRING,
    TIME,
    Schema,
    array,
    chosen_from,
    nullable,
    perhaps,
    record,
    shared,
    table_schema,
    tables_within,
    texts,
)
from api.routes.councils import SECTIONS
from api.routes.reference.choice import IDENTITY
from api.routes.resources import ITEMS
from api.views import fields
from api.views.context import CONTEXT_KEY
from api.views.lists import AS_OF, BY_PATH, KNOWN_AT, RESOURCES, Resource
from api.views.serialisers import FieldTable
from queries.columns import Column

RELEASE: dict[str, Schema] = {"release": STRING}
_LINKED: dict[str, Schema] = {CONTEXT_KEY: STRING}
_COVERED: dict[str, Schema] = {**RELEASE, "coverage": shared("Reach")}
_COVERAGE = record(
    {
        "statement": STRING,
        **dict.fromkeys(("documents", "tables", "pages"), INTEGER),
        "latest_date": nullable(STRING),
        "topics": array(shared("CoverageTopic")),
        "details": STRING,
    }
)
_TOPIC = record(
    {
        **texts("topic", "topic_label"),
        "regime": nullable(STRING),
        "status": STRING,
        **perhaps("from", "to"),
        **dict.fromkeys(("found", "councils"), nullable(INTEGER)),
        "last_checked": nullable(STRING),
    }
)
_PLACE = record(
    {
        "paragraph": nullable(STRING),
        "characters": nullable({"type": "array", "items": INTEGER}),
        **perhaps("row", "column", "iri"),
    }
)
_SAID: dict[str, Schema] = {
    **texts("id", "iri", "property"),
    "value": nullable(ANYTHING),
    "document": nullable(shared("Reference")),
    "tier": nullable(INTEGER),
    **perhaps("source_kind", "seen_in"),
    "place": shared("Place"),
    "words": nullable(STRING),
    "words_from_document": BOOLEAN,
    "voice": nullable(ANYTHING),
    **perhaps("modality", "polarity", "condition"),
    "is_used": BOOLEAN,
}
_CLAIM = record(
    {
        **_SAID,
        "kind": STRING,
        "about": nullable(ANYTHING),
        "derived_from": nullable(ANYTHING),
        **perhaps("compared_as", "force", "note", "review_status"),
        "resolution": nullable(shared("Resolution")),
    }
)
_USED = record(
    {
        "about": nullable(ANYTHING),
        "property": STRING,
        **perhaps("claim", "value", "rule", "reason"),
    }
)
_DISCREPANCY = record(
    {
        **texts("id", "iri"),
        "kind": nullable(STRING),
        "about": nullable(shared("Reference")),
        "properties": array(STRING),
        "compared_list": nullable(shared("Reference")),
        "record_answer": nullable(STRING),
        "explanation": nullable(STRING),
        "claims": array(shared("Claim")),
        "used": array(shared("UsedValue")),
    }
)
_EVENT = record(
    {
        "id": STRING,
        "council": shared("Reference"),
        **texts("whose", "kind"),
        "thing": shared("Reference"),
        "detail": nullable(STRING),
        "time": record(perhaps("words", "earliest", "latest")),
        "precision": STRING,
        "claims": nullable(STRING),
    }
)
_PARAMETER = record({**texts("name", "type", "meaning", "values"), "optional": BOOLEAN})
_COLUMN = record(texts("name", "kind", "unit", "meaning"))
QUESTION: dict[str, Schema] = {
    **texts("id", "title", "question", "address", "sparql", "caveat"),
    "number": nullable(INTEGER),
    "parameters": array(shared("QuestionParameter")),
    "columns": array(STRING),
    "column_meanings": array(shared("QuestionColumn")),
    "notes": array(STRING),
    "topics": array(STRING),
}
_COUNT = record(
    {
        "part": STRING,
        "number": INTEGER,
        "expected": nullable(INTEGER),
        "reason": nullable(STRING),
    }
)
_FIGURE = record(
    {
        **texts("name", "title", "question"),
        "total": shared("FigureCount"),
        "parts": array(shared("FigureCount")),
    }
)
_PROBLEM = record(
    {
        **texts("type", "title"),
        "status": INTEGER,
        **texts("detail", "instance"),
        "value": nullable(STRING),
        "accepted": array(STRING),
    },
    {"limits": {"type": "object"}},
)
_SIGN_OF_LIFE = record(
    {
        "day": nullable(STRING),
        "source": nullable(shared("Source")),
        "claim": nullable(shared("Reference")),
    }
)
_ON_A_DAY: dict[str, Schema] = {
    **texts("certainty", "because"),
    "last_sign": shared("SignOfLife"),
    "read_up_to": nullable(STRING),
}
_STATE: dict[str, Schema] = {
    "power": array(shared("Reference")),
    "people": array(shared("Reference")),
    "people_not_heard_of": INTEGER,
    **perhaps("power_basis", "stage_on_day", "read_up_to"),
}
_GRAPH = record({"iri": STRING, "triples": nullable(INTEGER), "address": STRING})
_COMPARED = record(
    {
        **texts("key", "house", "number", "answered", "summary", "answer", "source"),
        "question_class": STRING,
        "parts": array({"type": "object"}),
    }
)
FOUND: dict[str, Schema] = {
    **texts("id", "iri", "kind", "rule", "severity", "about"),
    **perhaps("about_iri", "path", "value", "message"),
}
_FIXED: dict[str, Schema] = {
    "Claim": _CLAIM,
    "ClaimExcerpt": record(_SAID),
    "ComparedQuestion": _COMPARED,
    "Reach": _COVERAGE,
    "CoverageTopic": _TOPIC,
    "Discrepancy": _DISCREPANCY,
    "Event": _EVENT,
    "Figure": _FIGURE,
    "FigureCount": _COUNT,
    "Graph": _GRAPH,
    "Place": _PLACE,
    "Problem": _PROBLEM,
    "Question": record(QUESTION),
    "QuestionColumn": _COLUMN,
    "QuestionParameter": _PARAMETER,
    "Reference": REFERENCE,
    "NewestEvent": record(
        {
            **texts("day", "kind"),
            "council": record({"id": STRING, "label": nullable(STRING)}),
            "detail": nullable(STRING),
            "thing": record(texts("kind", "id", "iri")),
        }
    ),
    "Resolution": record({"slot": STRING, **perhaps("used_claim", "rule", "reason")}),
    "SignOfLife": _SIGN_OF_LIFE,
    "Source": SOURCE,
    "StatedBy": record(
        {
            **texts("id", "iri"),
            "tier": nullable(INTEGER),
            **perhaps("label", "source_kind", "seen_in"),
            "paragraphs": array(STRING),
        }
    ),
    "Time": TIME,
    "UsedValue": _USED,
    "ValidationFinding": record(FOUND),
}
"""Schemas of what has no table of fields, by their names."""


ABOUT_DAY: dict[str, Schema] = {
    **texts("as_of"),
    "cut_off_date": nullable(STRING),
    "not_heard_of": nullable(INTEGER),
    "by_certainty": {"type": "object", "additionalProperties": INTEGER},
}
"""What a list for a day says of the day."""
_KNOWN_AT: dict[str, Schema] = {**texts("known_at"), "known_later": INTEGER}
_CLOCKS: dict[str, Schema] = texts("as_of", "known_at")


def page(items: Schema, more: dict[str, Schema] | None = None) -> Schema:
    """Return the schema of a page of a list, with what every list says beside its items."""
    paging = {"items": array(items), "total": INTEGER, "next": nullable(STRING)}
    return record({**paging, **_COVERED}, more)


def list_page(resource: Resource) -> Schema:
    """Return the schema of a page of one of the lists."""
    names = {parameter.name for parameter in resource.filters}
    more = ABOUT_DAY if resource.day else texts("as_of") if AS_OF in names else {}
    more = more | (_KNOWN_AT if KNOWN_AT in names else {})
    return page(shared(resource.describe.kind), more | _LINKED)


def whole(items: Schema, **more: Schema) -> Schema:
    """Return the schema of a list that has one page only."""
    return record({"items": array(items), "total": INTEGER, **more, **RELEASE})


_CLAIMS: Schema = {"anyOf": [STRING, array(shared("ClaimExcerpt")), {"type": "null"}]}
"""Where the claims about a thing are, or with `with=claims` the claims."""


def one(table: FieldTable, *, is_clocked: bool = False) -> Schema:
    """Return the schema of the answer about one thing, which may be asked for a day."""
    answer = table_schema(table)
    beside: dict[str, Schema] = {"stated_by": array(shared("StatedBy"))}
    beside |= {"claims": _CLAIMS, **_COVERED}
    more = texts("says") if table is fields.DOCUMENT else {}
    more |= {**_ON_A_DAY, **_CLOCKS} if is_clocked else {}
    if table is fields.AUTHORITY:
        more = texts("events", "notices", "interventions")
    required = {key: answer["properties"][key] for key in answer["required"]}
    rare = {key: kept for key, kept in answer["properties"].items() if key not in required}
    whole_answer = record(
        {**required, **beside, **more}, {k: v for k, v in rare.items() if k not in beside}
    )
    return chosen_from(
        {**whole_answer, "properties": whole_answer["properties"] | _LINKED}, *_COVERED
    )


COUNCIL: Schema = {
    **(_council := table_schema(fields.COUNCIL)),
    "properties": {
        **_council["properties"],
        **{key: array(shared(BY_PATH[path].describe.kind)) for key, path in SECTIONS.items()},
        **{"events": STRING, "claims": array(shared("ClaimExcerpt"))},
        **{**_CLOCKS, **_LINKED, **_COVERED},
    },
    "required": [*(key for key in _council["required"] if key in IDENTITY), *_COVERED],
}
"""The answer about one council."""
CLAIM_ANSWER = record({**_CLAIM["properties"], **perhaps("first_seen"), **RELEASE}, _LINKED)
START = record(
    {
        "title": STRING,
        "counts": {"type": "object", "additionalProperties": INTEGER},
        "councils": array(
            record({**texts("id", "name"), "documents": INTEGER, "read_up_to": nullable(STRING)})
        ),
        "newest_directions": array(shared("Direction")),
        "newest_events": array(shared("NewestEvent")),
        "addresses": array(STRING),
        "built_at": nullable(STRING),
        **_COVERED,
    }
)
FIGURES = whole(shared("Figure"), coverage=shared("Reach"))
PARLIAMENT = whole(
    shared("ComparedQuestion"),
    summary={"type": "object", "additionalProperties": STRING},
    coverage=shared("Reach"),
)
TERMS = whole(record(texts("id"), texts("label", "definition", "example")))
GRAPHS = whole(shared("Graph"), default=record({"triples": nullable(INTEGER), "address": STRING}))
QUESTIONS = whole(shared("Question"))
THING = record(
    {
        **texts("id", "iri"),
        **perhaps("kind", "label"),
        "properties": {"type": "object", "additionalProperties": array(ANYTHING)},
        "mentioned_by": array(record({"property": STRING, "thing": shared("Reference")})),
        "claims": nullable(STRING),
        **RELEASE,
    }
)
HIT = record(
    {
        **texts("kind", "id", "label", "address"),
        "score": {"type": "number"},
        "because": nullable(STRING),
    }
)
"""What a search finds."""
ASKED = record(
    {
        "answered": BOOLEAN,
        "understood": STRING,
        "question": nullable(STRING),
        "parameters": {"type": "object", "additionalProperties": STRING},
        "columns": array(STRING),
        "items": array({"type": "object", "additionalProperties": nullable(ANYTHING)}),
        "nearest": array(record(texts("id", "title", "question", "address"))),
        **_COVERED,
    }
)
"""The answer to a question in ordinary English, or why there is none and what is nearest."""
LIVE = record(texts("status"))
READY = record(
    {
        **texts("status", "release"),
        "built_at": nullable(STRING),
        "documents": INTEGER,
        "hindrance": nullable(STRING),
        "isolation": nullable({"type": "object"}),
    }
)


_CELLS: dict[str, Schema] = {
    "day": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "truth": BOOLEAN,
}
"""Schema of the cells of each kind of column; all other kinds are texts."""


def answer_to(columns: Sequence[Column]) -> Schema:
    """Return the schema of the answer to a question, or of what it asks where it is not answered.

    In: the columns of the question.
    """
    row = record({column.name: _cell(column) for column in columns})
    asked: dict[str, Schema] = {
        "given": {"type": "object", "additionalProperties": STRING},
        "items": array(row),
        "total": INTEGER,
        **_COVERED,
    }
    return record(QUESTION, asked)


def _cell(column: Column) -> Schema:
    """Return the schema of a cell, with its meaning and unit; any may be empty."""
    unit = f" (unit: {column.unit})" if column.unit else ""
    cell = nullable(_CELLS.get(column.kind, STRING))
    return cell | {"description": f"{column.meaning}{unit}"}


def components() -> dict[str, Schema]:
    """Return every schema that has a name: the objects of the lists, and what they hold."""
    tables = [item.describe.table for item in RESOURCES if item.describe.table is not None]
    tables += [table for _, table in ITEMS.values()]
    within = {name: inner for table in tables for name, inner in tables_within(table).items()}
    schemas = _FIXED | {name: table_schema(table) for name, table in within.items()}
    for resource in RESOURCES:
        more = _ON_A_DAY if resource.on_day else _STATE if resource.today else {}
        of_kind = schemas[resource.describe.kind]
        claims = {"claims": array(shared("ClaimExcerpt"))}
        properties = claims | of_kind["properties"] | more
        schemas[resource.describe.kind] = chosen_from(of_kind) | {"properties": properties}
    return dict(sorted(schemas.items()))
