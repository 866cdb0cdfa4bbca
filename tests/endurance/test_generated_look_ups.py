"""A look-up answered from the table has the bytes of the engine's own answer, however it is asked.

Mutated look-ups are most of what is no look-up any more, and must be left to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from ontology.errors import QueryRefused
from queries.engine.interface import Question
from queries.lookups.answer import MEDIA_TYPES, answer
from tests.fixtures.datasets.made_up_lookups import Made, answered, made_graph, queries
from tests.fixtures.guards import not_empty

QUERIES = 100_000
SEED = 12
LOOK_UPS_SHARE = 0.2


def checked(made: Made, query: str, media_type: str) -> str:
    """Return who answers a query; from the table, the answer is that of the engine."""
    found = answer(made.table, query, media_type)
    if found is None:
        return "engine"
    try:
        expected = answered(made.dataset, Question(query, media_type))
    except QueryRefused as error:
        pytest.fail(f"answered what the engine refuses: {query!r}: {error}")
    assert found == expected, query
    return "table"


def test_every_answer_is_that_of_the_engine(share: Callable[[int], int]) -> None:
    """A refusal of the engine is an answer of none."""
    made = made_graph()
    media_types = sorted(not_empty(MEDIA_TYPES))
    asked = enumerate(queries(made, SEED, share(QUERIES)))
    seen = Counter(
        checked(made, query, media_types[number % len(media_types)]) for number, query in asked
    )
    assert seen.total() == share(QUERIES)
    assert seen["table"] > LOOK_UPS_SHARE * seen.total(), "most look-ups are left to the engine"
