"""Schemas of the answers about columns, and about what the rules found."""

from api.contract.bodies import FOUND, RELEASE, whole
from api.contract.schemas import BOOLEAN, INTEGER, STRING, nullable, record, shared, texts

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
FINDING = record({**FOUND, **RELEASE})
CHECKED = whole(shared("ValidationFinding"), conforms=BOOLEAN, violations=INTEGER, warnings=INTEGER)
"""What the rules find in data that is sent."""
