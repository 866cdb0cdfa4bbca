"""Set the record beside what others say of several councils: lists, counts, answers of ministers.

Which question of the catalogue answers a list, with which parameters, is data. What explains a
difference is found in the record: a claim about the council, or the gap in what was read of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import pyoxigraph as ox

from ontology.identifiers import short
from queries.agreement import Agreement, Answered, agreement, counted, differences
from queries.catalogue import bind_rows, find_query, internal_query, without_columns
from queries.council_lists import CouncilList, read_lists
from queries.explanation import (
    Cells,
    Difference,
    Held,
    Reason,
    council_address,
    council_code,
    held_of,
    why_uncounted,
)

READINGS, EVIDENCE = "list readings", "list evidence"
"""Names of two answers: what was read of each council, and what is claimed of some."""
_UNASKED = "power", "power_basis", "people"
"""Columns of the answers that no comparison looks at, and that take long."""
_COUNCIL_COLUMNS = "council", "of_council"
_FIXED = "parliamentary_questions", "council_lists", "told_by_lists"


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
    own_source_of: tuple[str, ...] = ()
    """Of which names the source of the list itself is among the sources of the record."""

    @property
    def speaks_of(self) -> str:
        """Return `all` for a source that counts what it speaks of, else `some`."""
        return "some" if self.said_number is None else "all"

    @property
    def own_source(self) -> bool:
        """Return whether what the record says rests, too, on the source of the list itself."""
        return bool(self.own_source_of)

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
        return all(part.agreement.is_exact for part in self.measured)


def texts(pairings: Sequence[Pairing]) -> dict[str, str]:
    """Return the queries that a comparison needs first, by a name of their own.

    Raises: UnknownQuery, WrongParameter for a pairing that the catalogue cannot answer.
    """
    asked = {pairing.about: find_query(pairing.query) for pairing in pairings if pairing.query}
    given = {pairing.about: pairing.given for pairing in pairings}
    return {
        **{f"list {name}": internal_query("lists", name).text for name in _FIXED},
        **{
            about: without_columns(query.bind(given[about]), _UNASKED)
            for about, query in asked.items()
        },
    }


def evidence_text(
    pairings: Sequence[Pairing],
    answers: Mapping[str, Sequence[Cells]],
    own: Sequence[CouncilList] | None = None,
) -> str:
    """Return the query for what is claimed of the councils that either side names.

    In: the answers to the queries of `texts`, by their names.
    """
    named = {council for one in _lists(answers, own) for council in one.councils}
    for pairing in pairings:
        for row in answers.get(pairing.about, ()):
            named |= {council_code(row[name]) for name in _COUNCIL_COLUMNS if name in row}
    terms = [ox.NamedNode(str(council_address(code))) for code in sorted(named)]
    return bind_rows(internal_query("lists", "evidence").text, "council", terms)


def compare(
    pairings: Sequence[Pairing],
    answers: Mapping[str, Sequence[Cells]],
    own: Sequence[CouncilList] | None = None,
) -> list[ComparedQuestion]:
    """Return each question and each list beside what the record says.

    In: the answers to the queries of `texts`, by their names, with those of `READINGS` and
    `EVIDENCE`; lists of one's own, which are taken in place of all that the record holds.
    """
    held = held_of(answers[EVIDENCE], answers[READINGS], answers["list told_by_lists"])
    by_about = {pairing.about: pairing for pairing in pairings}
    parts: dict[str, list[Comparison]] = defaultdict(list)
    for one in _lists(answers, own):
        parts[one.question or one.key].append(
            _comparison(one, by_about.get(one.key), held, answers)
        )
    found = [
        _question(row, parts, by_about.get(short(row["question"]).partition("/")[2]))
        for row in (answers["list parliamentary_questions"] if own is None else ())
    ]
    known = {question.key for question in found}
    return [*found, *(_alone(part) for key in parts if key not in known for part in parts[key])]


def _lists(
    answers: Mapping[str, Sequence[Cells]], own: Sequence[CouncilList] | None
) -> Sequence[CouncilList]:
    return read_lists(answers["list council_lists"]) if own is None else own


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
    agreed = Agreement.NONE
    differing: tuple[Difference, ...] = ()
    own_source_of: tuple[str, ...] = ()
    if pairing and question_class is QuestionClass.COUNTABLE:
        agreed = agreement(one, found)
        answer = Answered(found, _things(answers[pairing.about], pairing), pairing.topic)
        differing, gap = _explained(one, answer, agreed, held)
        own_source_of = _told_by_itself(one, found, pairing.topic, held)
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
        agreed,
        differing,
        gap,
        own_source_of,
    )


def _explained(
    one: CouncilList, answer: Answered, agreed: Agreement, held: Held
) -> tuple[tuple[Difference, ...], Reason | None]:
    """Return each difference with its reason, and the gap where fewer are known than counted."""
    if agreed not in (Agreement.WITH_POSSIBLE, Agreement.UNDECIDED, Agreement.DIFFERS):
        return (), None
    several = tuple(differences(one, answer, held))
    nameless = one.number is not None and len(answer.found.keys() | one.councils) < one.number
    if not nameless and several:
        return several, None
    return several, why_uncounted(answer.topic, held, one.first or "0000", one.last or "9999")


def _told_by_itself(
    one: CouncilList, found: Mapping[str, str], topic: str, held: Held
) -> tuple[str, ...]:
    """Return the names, of both sides if the source gives any, that it is itself a source of."""
    names = one.councils & found.keys() if one.councils else counted(found)
    first, last = one.first or "0000", one.last or "9999"
    return tuple(
        name for name in sorted(names) if held.is_told_by(one.source, name, topic, first, last)
    )


def _found(rows: Sequence[Cells], pairing: Pairing) -> dict[str, str]:
    """Return the different values of a column with the best certainty of each."""
    found: dict[str, str] = {}
    for row in rows:
        value = row.get(pairing.column)
        if value is None:
            continue
        name, certainty = council_code(value), row.get("certainty", "")
        if name not in found or counted({name: certainty}):
            found[name] = certainty
    return dict(sorted(found.items()))


def _things(rows: Sequence[Cells], pairing: Pairing) -> dict[str, frozenset[str]]:
    """Return the values of a column, each with all that stands in its rows."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if pairing.column in row:
            found[council_code(row[pairing.column])] |= set(row.values())
    return {name: frozenset(values) for name, values in found.items()}


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
