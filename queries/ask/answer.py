"""The answer to a question in ordinary English, as the service and the command line give it."""

from collections.abc import Mapping, Sequence
from typing import Any

from queries.ask.matcher import NotUnderstood, Understood
from queries.catalogue import CatalogueQuery
from queries.reach import Coverage

Json = Any


def answered(
    found: Understood,
    given: Mapping[str, str],
    columns: Sequence[str],
    items: Sequence[Mapping[str, Json]],
) -> dict[str, Json]:
    """Return the answer of a question of the catalogue, with what was understood."""
    return {
        "answered": True,
        "understood": found.words,
        "question": found.query.name,
        "parameters": dict(given),
        "columns": list(columns),
        "items": list(items),
        "nearest": [],
    }


def not_answered(found: NotUnderstood) -> dict[str, Json]:
    """Return why a question is not answered, and the questions nearest to it."""
    return {
        "answered": False,
        "understood": found.words,
        "question": None,
        "parameters": {},
        "columns": [],
        "items": [],
        "nearest": [_offered(query) for query in found.nearest],
    }


def with_reach(
    answer: dict[str, Json],
    release: str,
    reach: Coverage,
    council: str | None = None,
    topics: Sequence[str] = (),
) -> dict[str, Json]:
    """Return an answer with the release it is from, and what that covers.

    In: the address of the council that it is about; the topics, or none for all.
    """
    return answer | {"release": release, "coverage": reach.envelope(council, topics)}


def _offered(query: CatalogueQuery) -> dict[str, str]:
    return {
        "id": query.name,
        "title": query.title,
        "question": query.question,
        "address": f"/queries/{query.name}",
    }
