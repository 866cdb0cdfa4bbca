"""JSON Schemas of what tools take and give."""

from collections.abc import Mapping, Sequence

from api.contract.schemas import STRING, Schema, array, perhaps, record, texts
from api.hosting.state import Service
from api.routes.filters import known_values
from api.tools.arguments import LONGEST_CHARACTERS
from queries.parameters import FORMS, Parameter

_MOST_VALUES = 100
"""Types with more values than these are described in words; the list would fill the reader."""
_NAMES = "any of its names and numbers will do, with a day where several bore it: Somerset, 2018"
_MEANINGS: dict[str, str] = {"council": _NAMES, "integer": "a whole number"}
"""What a value of a type looks like, where neither a list nor a form says it."""
_NUMBER: Schema = {"type": "integer", "minimum": 0}
ROWS = array({"type": "object"})
NAMES = array(STRING)


def arguments(properties: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """Return the schema of the arguments of a tool, which takes no others."""
    return {**record(properties), "required": list(required), "additionalProperties": False}


def described(schema: Schema, meaning: str) -> Schema:
    """Return a schema with what it means."""
    return {**schema, "description": meaning}


def count(meaning: str, default: int, most: int) -> Schema:
    """Return the schema of a number of items or rows."""
    return {
        "type": "integer",
        "minimum": 1,
        "maximum": most,
        "default": default,
        "description": meaning,
    }


def value_schema(service: Service, parameter: Parameter) -> Schema:
    """Return the schema of the values that a parameter takes on this release, with its meaning."""
    form = FORMS.get(parameter.type)
    known = sorted(known_values(service, parameter.type) or ())
    hint = f"; {form}" if form and form != "*" else ""
    hint = f"; {_MEANINGS[parameter.type]}" if parameter.type in _MEANINGS else hint
    schema: Schema = {"type": "string", "description": f"{parameter.meaning}{hint}"}
    if parameter.type == "date":
        schema["format"] = "date"
    elif parameter.type == "integer":
        schema["type"] = ["string", "integer"]
    if known and len(known) <= _MOST_VALUES:
        schema["enum"] = known
    else:
        schema["maxLength"] = LONGEST_CHARACTERS
    return schema


_RELEASE = record({**texts("id"), **perhaps("built_at")})
_CITATION = record(texts("text", "address", "licence"))
_COVERAGE = record({**texts("statement", "details"), **perhaps("latest_date"), "absence": NAMES})
_COUNT: Schema = {**_NUMBER, "type": ["integer", "null"]}
_CUT = record(
    {
        "total": described(_COUNT, "null: more than were counted"),
        "left_off": described(_COUNT, "null: some, and nobody counted how many"),
        **texts("rest"),
        **perhaps("cursor"),
    }
)


def answer_schema(found: Mapping[str, Schema]) -> Schema:
    """Return the schema of what a tool gives: what it finds, and what every answer says beside."""
    beside = {
        "cut": described(_CUT, "how much of what was found is left off, and how to get it"),
        "coverage": described(_COVERAGE, "what was read, and what it means that nothing is known"),
        "citation": described(_CITATION, "how to cite this answer, and under which licence"),
        "release": described(_RELEASE, "the release of the data that answered"),
    }
    return record({**found, **beside})
