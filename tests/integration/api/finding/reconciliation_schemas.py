"""What the Reconciliation API 0.2 says of the answers of a service, as JSON Schema in our words.

Source: Reconciliation Service API 0.2, sections 3 to 7, and its schemas.
"""

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TYPE: Schema = {"type": "object", "required": ["id"], "properties": {"id": _TEXT, "name": _TEXT}}
_TYPES: Schema = {"type": "array", "items": {"oneOf": [_TYPE, _TEXT]}}
_TEMPLATE: Schema = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
_PLACE: Schema = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": _TEXT,
        "service_path": _TEXT,
        "flyout_service_url": _TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}
MANIFEST: Schema = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": _TEXT, "contains": {"const": "0.2"}},
        "name": _TEXT,
        "identifierSpace": _TEXT,
        "schemaSpace": _TEXT,
        "documentation": _TEXT,
        "serviceVersion": _TEXT,
        "defaultTypes": {"type": "array", "items": _TYPE, "uniqueItems": True},
        "view": {"type": "object", "required": ["url"], "properties": {"url": _TEMPLATE}},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {
                "url": _TEMPLATE,
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "suggest": {
            "type": "object",
            "properties": {"entity": _PLACE, "property": _PLACE, "type": _PLACE},
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": _PLACE, "property_settings": {"type": "array"}},
        },
    },
}
_CANDIDATE: Schema = {
    "type": "object",
    "required": ["id", "name", "score"],
    "properties": {
        "id": _TEXT,
        "name": _TEXT,
        "description": _TEXT,
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": _TYPES,
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": _TEXT, "value": {"type": ["boolean", "number"]}},
            },
        },
    },
}
RESULTS: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": _CANDIDATE}},
    },
}
SUGGESTIONS: Schema = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": _TEXT, "name": _TEXT, "description": _TEXT, "notable": _TYPES},
            },
        }
    },
}


def _value(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": [name for name in properties if name != "description"],
        "properties": properties,
        "additionalProperties": False,
    }


_INSTANT: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}",
}
EXTENSION: Schema = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": _TEXT, "name": _TEXT, "type": _TYPE},
            },
        },
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "oneOf": [
                            _value(),
                            _value(id=_TEXT, name=_TEXT, description=_TEXT),
                            _value(str=_TEXT),
                            _value(float={"type": "number"}),
                            _value(int={"type": "integer"}),
                            _value(date=_INSTANT),
                        ]
                    },
                },
            },
        },
    },
}
PROPOSALS: Schema = {
    "type": "object",
    "required": ["properties"],
    "properties": {
        "type": _TEXT,
        "limit": {"type": "integer"},
        "properties": {"type": "array", "items": _TYPE | {"required": ["id", "name"]}},
    },
}
