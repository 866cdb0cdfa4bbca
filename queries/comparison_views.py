"""A comparison of the record with what others say, as a summary, as JSON, and as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from queries.agreement import Agreement
from queries.comparison import ComparedQuestion, Comparison, QuestionClass

NAMED_BY: Mapping[str, str] = {
    "source": "only by the source",
    "record": "only by the record",
    "possible": "possibly, by the record",
}
"""Who names a council, in words."""
_RESERVATIONS: Mapping[str, Callable[[ComparedQuestion], bool]] = {
    "if what is only possible counts": lambda one: any(
        part.agreement is Agreement.WITH_POSSIBLE for part in one.measured
    ),
    "where the source itself is a source of the record": lambda one: any(
        part.own_source for part in one.measured
    ),
}
"""What is said beside an agreement, and when."""


def summary(questions: Sequence[ComparedQuestion]) -> dict[str, str]:
    """Return how many questions and lists are of each class, and the share that is exact."""
    asked = [question for question in questions if question.house]
    listed = [question for question in questions if not question.house]
    found: dict[str, str] = {}
    for name, several in (("questions", asked), ("lists", listed)):
        for one in QuestionClass:
            count = sum(question.question_class is one for question in several)
            found[f"{name}, {one}"] = str(count)
        measured = [question for question in several if question.measured]
        exact = [question for question in measured if question.is_exact]
        share = f" ({100 * len(exact) // len(measured)} %)" if measured else ""
        found[f"{name} with names or a number, given exactly"] = (
            f"{len(exact)} of {len(measured)}{share}"
        )
        for words, holds in _RESERVATIONS.items():
            found[f"{name} given exactly, {words}"] = str(sum(map(holds, exact)))
    parts = [part for question in questions for part in question.parts]
    held = sum(part.agreement is Agreement.HELD for part in parts)
    found["said not to be held or given, and held here"] = str(held)
    return found


def as_json(questions: Sequence[ComparedQuestion]) -> dict[str, Any]:
    """Return the comparison as JSON."""
    items = [
        {
            **asdict(question),
            "question_class": question.question_class,
            "parts": [
                {**asdict(part), "speaks_of": part.speaks_of, "own_source": part.own_source}
                for part in question.parts
            ],
        }
        for question in questions
    ]
    return {"items": items, "total": len(items), "summary": summary(questions)}


COLUMNS: tuple[str, ...] = (
    *("question", "about", "said", "day", "class", "agreement", "said_number", "said_councils"),
    *("not_held", "record_number", "record_councils", "query", "parameters", "differences", "gap"),
    *("source", "speaks_of", "own_source"),
)
"""Columns of the comparison as a table."""


def rows_of(questions: Sequence[ComparedQuestion]) -> list[dict[str, str]]:
    """Return the comparison as rows: each part, with its differences in words."""
    return [_row(question, part) for question in questions for part in question.parts]


def _row(question: ComparedQuestion, part: Comparison) -> dict[str, str]:
    number = "" if part.said_number is None else str(part.said_number)
    return {
        "question": question.key,
        "about": part.about,
        "said": part.said,
        "day": part.day,
        "class": part.question_class,
        "agreement": part.agreement,
        "said_number": number,
        "said_councils": " ".join(part.said_councils),
        "not_held": part.not_held,
        "record_number": str(len(part.found)) if part.query else "",
        "record_councils": " ".join(part.found),
        "query": part.query,
        "parameters": " ".join(f"{name}={value}" for name, value in part.given.items()),
        "differences": "; ".join(
            f"{one.council} {NAMED_BY[one.named_by]}: {one.reason.text}" for one in part.differences
        ),
        "gap": part.gap.text if part.gap else "",
        "source": part.source,
        "speaks_of": part.speaks_of,
        "own_source": " ".join(part.own_source_of),
    }
