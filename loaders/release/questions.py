"""Answer a question in ordinary English on the command line."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from loaders.release.answers import Answers, table_of
from ontology.errors import WrongParameter
from ontology.identifiers import short, thing
from queries.ask.answer import answered, not_answered, with_reach
from queries.ask.matcher import LONGEST_CHARACTERS, NotUnderstood, Understood, understand
from queries.ask.names import Names
from queries.catalogue import internal_query
from queries.engine.interface import RESULTS_JSON, Question, Row
from queries.json_values import plain_rows
from queries.parameters import CLOSED, read_term
from queries.reach import LISTS, coverage_of
from queries.search.councils import entries_of
from queries.search.matcher import CouncilMatcher

OUTPUTS = "text", "json"


def ask_in_english(
    ask: Answers, lists: Answers, release: str, text: str, today: date
) -> dict[str, Any]:
    """Return the answer to a question in ordinary English, as the service gives it at `/ask`.

    In: what answers queries, and those that every such question needs; the identifier of their
    release, and the day on which is asked.
    """
    reach = coverage_of({name: _values(lists, name) for name in LISTS})
    councils = CouncilMatcher(entries_of(_values(lists, "council_entries")))
    things = [row for row in _values(lists, "searchable") if "label" in row]
    known = {short(row["thing"]) for row in _values(lists, "known_things")}
    directions = _values(lists, "signed_directions")
    found = understand(text, Names(councils, things, known, reach.begins, directions), today)
    if isinstance(found, Understood):
        found = _checked(found, known)
    if not isinstance(found, Understood):
        return with_reach(not_answered(found), release, reach)
    columns, rows = _select(ask, found.query.bind(found.given))
    answer = answered(found, found.given, columns, plain_rows(columns, rows))
    code = found.given.get("council")
    kind = "council" if code and f"council/{code}" in known else "authority"
    about = str(thing(kind, code)) if code else None
    return with_reach(answer, release, reach, about, found.query.topics)


def _checked(found: Understood, known: Collection[str]) -> Understood | NotUnderstood:
    """Return what was understood, if each value is one that the release knows, as the service does.

    In: the short references of all that the release knows.
    """
    for parameter in found.query.parameters:
        value = found.given.get(parameter.name)
        if value is None:
            continue
        try:
            term = read_term(parameter, value)
        except WrongParameter as error:
            return NotUnderstood(f"Cannot answer that: {error}.", (found.query,))
        is_kept = isinstance(term, ox.NamedNode) and parameter.type not in CLOSED
        if is_kept and short(term.value) not in known:
            reason = f"{parameter.name}: the release does not know {value!r}"
            return NotUnderstood(f"Cannot answer that: {reason}.", (found.query,))
    return found


def answer_lines(answer: Mapping[str, Any], is_cut: bool = True) -> Iterator[str]:
    """Yield the lines of an answer for people.

    In: whether long cells are cut to fit a terminal.
    """
    yield answer["understood"]
    if answer["answered"]:
        yield f"This is the question {answer['question']} of the catalogue."
        yield table_of(answer["columns"], answer["items"], is_cut)
        yield answer["coverage"]["statement"]
        return
    yield "The nearest questions:"
    for one in answer["nearest"]:
        yield f"  {one['id']}: {one['question']}"


def answer_json(answer: Mapping[str, Any]) -> str:
    """Return an answer as JSON, with the fields of the service."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_number)


def is_too_long(text: str) -> bool:
    """Return whether a question is longer than any that can be understood."""
    return len(text) > LONGEST_CHARACTERS


def _number(value: object) -> float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no form in JSON; expected a number or a text")
    return int(value) if value == value.to_integral_value() else float(value)


def _select(ask: Answers, text: str) -> tuple[list[str], list[Row]]:
    body = json.loads(ask(Question(text, RESULTS_JSON)))
    return body["head"]["vars"], body["results"]["bindings"]


def _values(ask: Answers, name: str) -> list[dict[str, str]]:
    _, rows = _select(ask, internal_query("lists", name).text)
    return [{key: term["value"] for key, term in row.items()} for row in rows]
