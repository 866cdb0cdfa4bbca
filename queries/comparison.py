"""Set the record beside what others say of several councils: lists, counts, answers of ministers.

Which question of the catalogue answers a list, with which parameters, is data. What explains a
difference is found in the record: a claim about the council, or the gap in what was read of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from ontology.identifiers import short
from queries.catalogue import find_query, internal_query
from queries.council_lists import CouncilList, read_lists
from queries.explanation import (
    Cells,
    Held,
    Reason,
    council_code,
    grouped,
    topic_of,
    why_missing,
    why_named,
    why_uncounted,
)

_FIXED = "parliamentary_questions", "council_lists", "readings", "evidence"
_SURE = frozenset({"certain", "planned", ""})


class Pairing(Protocol):
    """Which question of the catalogue answers a list of councils, or why none does."""

    @property
    def about(self) -> str:
        """Key of a list, or of a question that has none."""

    @property
    def asks(self) -> str:
        """Return `councils`, `things`, or `no-fact`."""

    @property
    def topic(self) -> str:
        """Topic of coverage, or nothing where the record has no such topic."""

    @property
    def query(self) -> str:
        """Name in the catalogue, or nothing."""

    @property
    def given(self) -> Mapping[str, str]:
        """Parameters of the query."""

    @property
    def column(self) -> str:
        """Column whose different values are counted."""

    @property
    def lacking(self) -> str:
        """What the record would need to answer, where no query does."""


class QuestionClass(StrEnum):
    """Whether the record could answer."""

    COUNTABLE = "countable within our coverage"
    OUTSIDE = "outside our coverage"
    NO_FACT = "no question of fact"


class Agreement(StrEnum):
    """How what the record says stands to what the source says."""

    EXACT = "exact"
    UNDECIDED = "not contradicted"
    DIFFERS = "differs"
    HELD = "held here"
    """The source says that it does not hold or give it, and the record holds something."""
    NOT_HELD = "not held here either"
    NONE = "not compared"


@dataclass(frozen=True)
class Difference:
    """A council that only one side names, and why."""

    council: str
    named_by: str
    """`source` or `record`."""
    reason: Reason


@dataclass(frozen=True)
class Comparison:
    """A list of councils beside the answer of the record."""

    about: str
    question: str
    said: str
    day: str
    question_class: QuestionClass
    query: str
    given: Mapping[str, str]
    said_number: int | None
    said_councils: tuple[str, ...]
    not_held: str
    source: str
    found: Mapping[str, str]
    """What the record names, each with its certainty."""
    agreement: Agreement
    differences: tuple[Difference, ...] = ()
    gap: Reason | None = None

    @property
    def is_measured(self) -> bool:
        """Return whether the source gives names or a number that the record could give."""
        given = self.said_number is not None or bool(self.said_councils)
        countable = self.question_class is QuestionClass.COUNTABLE
        return countable and given and not self.not_held


@dataclass(frozen=True)
class ComparedQuestion:
    """A question in Parliament, or a list that answers none, with its parts."""

    key: str
    house: str
    number: str
    answered: str
    summary: str
    answer: str
    source: str
    parts: tuple[Comparison, ...] = ()

    @property
    def question_class(self) -> QuestionClass:
        """The class of the question: that of the part that can best be answered."""
        classes = {part.question_class for part in self.parts}
        return next(one for one in QuestionClass if one in classes)

    @property
    def measured(self) -> tuple[Comparison, ...]:
        """The parts in which the source gives names or a number that the record could give."""
        return tuple(part for part in self.parts if part.is_measured)

    @property
    def is_exact(self) -> bool:
        """Return whether the record gives the names or the number exactly, in every part."""
        return all(part.agreement is Agreement.EXACT for part in self.measured)


def texts(pairings: Sequence[Pairing]) -> dict[str, str]:
    """Return the queries that a comparison needs, by a name of their own.

    Raises: UnknownQuery, WrongParameter for a pairing that the catalogue cannot answer.
    """
    asked = {pairing.about: find_query(pairing.query) for pairing in pairings if pairing.query}
    given = {pairing.about: pairing.given for pairing in pairings}
    return {
        **{f"list {name}": internal_query("lists", name).text for name in _FIXED},
        **{about: query.bind(given[about]) for about, query in asked.items()},
    }


def compare(
    pairings: Sequence[Pairing],
    answers: Mapping[str, Sequence[Cells]],
    own: Sequence[CouncilList] | None = None,
) -> list[ComparedQuestion]:
    """Return each question and each list beside what the record says.

    In: the answers to the queries of `texts`, by their names; lists of one's own, which are taken
    in place of all that the record holds.
    """
    held = Held(
        grouped(
            answers["list evidence"], lambda row: (council_code(row["council"]), topic_of(row))
        ),
        grouped(answers["list readings"], topic_of),
    )
    by_about = {pairing.about: pairing for pairing in pairings}
    lists = read_lists(answers["list council_lists"]) if own is None else own
    parts: dict[str, list[Comparison]] = defaultdict(list)
    for one in lists:
        parts[one.question or one.key].append(
            _comparison(one, by_about.get(one.key), held, answers)
        )
    found = [
        _question(row, parts, by_about.get(short(row["question"]).partition("/")[2]))
        for row in (answers["list parliamentary_questions"] if own is None else ())
    ]
    known = {question.key for question in found}
    return [*found, *(_alone(part) for key in parts if key not in known for part in parts[key])]


def _comparison(
    one: CouncilList,
    pairing: Pairing | None,
    held: Held,
    answers: Mapping[str, Sequence[Cells]],
) -> Comparison:
    """Return a list beside the answer of the record, with what explains a difference."""
    first, last = one.first or "0000", one.last or "9999"
    found: dict[str, str] = {}
    question_class, gap = QuestionClass.OUTSIDE, None
    if pairing and pairing.asks == "no-fact":
        question_class = QuestionClass.NO_FACT
    elif pairing and pairing.query:
        read = held.was_read(pairing.topic, first, last)
        question_class = QuestionClass.COUNTABLE if read else QuestionClass.OUTSIDE
        found = _found(answers[pairing.about], pairing)
        gap = None if read else Reason("gap", f"{pairing.topic}: not read", topic=pairing.topic)
    else:
        lacking = pairing.lacking if pairing else "a pairing with a question of the catalogue"
        gap = Reason("gap", f"the record lacks {lacking}")
    agreement = (
        _agreement(one, found) if question_class is QuestionClass.COUNTABLE else Agreement.NONE
    )
    differs = agreement in (Agreement.DIFFERS, Agreement.UNDECIDED)
    differences: tuple[Difference, ...] = ()
    if differs and pairing:
        differences = tuple(_differences(one, found, pairing, held))
        if not differences:
            gap = why_uncounted(pairing.topic, held, first, last)
    return Comparison(
        one.key,
        one.question,
        one.said,
        one.day,
        question_class,
        pairing.query if pairing else "",
        pairing.given if pairing else {},
        one.number,
        tuple(sorted(one.councils)),
        one.not_held,
        short(one.source),
        found,
        agreement,
        differences,
        gap,
    )


def _found(rows: Sequence[Cells], pairing: Pairing) -> dict[str, str]:
    """Return the different values of a column with the best certainty of each."""
    found: dict[str, str] = {}
    for row in rows:
        value = row.get(pairing.column)
        if value is None:
            continue
        name, sure = council_code(value), row.get("certainty", "")
        if name not in found or sure in _SURE:
            found[name] = sure
    return dict(sorted(found.items()))


def _agreement(one: CouncilList, found: Mapping[str, str]) -> Agreement:
    """Return how the names or the number stand to those of the record.

    What is only possible may be counted or left out: it settles nothing.
    """
    sure = frozenset(name for name, certainty in found.items() if certainty in _SURE)
    if one.not_held:
        return Agreement.HELD if found else Agreement.NOT_HELD
    if one.number is None:
        if one.councils <= sure:
            return Agreement.EXACT
        return Agreement.UNDECIDED if one.councils <= found.keys() else Agreement.DIFFERS
    if one.number == len(one.councils):
        if one.councils in (sure, frozenset(found)):
            return Agreement.EXACT
        within = sure <= one.councils <= found.keys()
        return Agreement.UNDECIDED if within else Agreement.DIFFERS
    if one.councils <= found.keys() and one.number in (len(sure), len(found)):
        return Agreement.EXACT
    within = one.councils <= found.keys() and len(sure) <= one.number <= len(found)
    return Agreement.UNDECIDED if within else Agreement.DIFFERS


def _differences(
    one: CouncilList, found: Mapping[str, str], pairing: Pairing, held: Held
) -> Iterator[Difference]:
    """Yield the councils that one side names only; a list of some leaves the others open."""
    first, last = one.first or "0000", one.last or "9999"
    for council in sorted(one.councils - found.keys()):
        reason = why_missing(council, pairing.topic, first, last, held)
        yield Difference(council, "source", reason)
    if one.number is not None and one.number == len(one.councils):
        for council in sorted(found.keys() - one.councils):
            yield Difference(council, "record", why_named(council, pairing.topic, last, held))


def _question(
    row: Cells, parts: Mapping[str, Sequence[Comparison]], pairing: Pairing | None
) -> ComparedQuestion:
    key = short(row["question"]).partition("/")[2]
    own = parts.get(key) or [_without_list(key, row, pairing)]
    return ComparedQuestion(
        key,
        row["house"],
        row.get("number", ""),
        row.get("answered", ""),
        row["summary"],
        row["answer"],
        short(row["source"]),
        tuple(own),
    )


def _without_list(key: str, row: Cells, pairing: Pairing | None) -> Comparison:
    """Return a question whose answer names and counts nothing."""
    no_fact = pairing is not None and pairing.asks == "no-fact"
    chosen = QuestionClass.NO_FACT if no_fact else QuestionClass.OUTSIDE
    return Comparison(
        key, key, row["answer"], row.get("answered", ""), chosen, "", {}, None, (), "",
        short(row["source"]), {}, Agreement.NONE,
    )  # fmt: skip


def _alone(part: Comparison) -> ComparedQuestion:
    return ComparedQuestion(part.about, "", "", part.day, part.said, "", part.source, (part,))


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
        exact = sum(question.is_exact for question in measured)
        share = f" ({100 * exact // len(measured)} %)" if measured else ""
        found[f"{name} with names or a number, given exactly"] = (
            f"{exact} of {len(measured)}{share}"
        )
    parts = [part for question in questions for part in question.parts]
    held = sum(part.agreement is Agreement.HELD for part in parts)
    found["said not to be held or given, and held here"] = str(held)
    return found


def as_json(questions: Sequence[ComparedQuestion]) -> dict[str, Any]:
    """Return the comparison as JSON."""
    items = [
        {**asdict(question), "question_class": question.question_class} for question in questions
    ]
    return {"items": items, "total": len(items), "summary": summary(questions)}


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
            f"{one.council} only by the {one.named_by}: {one.reason.text}"
            for one in part.differences
        ),
        "gap": part.gap.text if part.gap else "",
        "source": part.source,
    }
