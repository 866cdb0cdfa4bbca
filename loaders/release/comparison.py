"""Set a release beside what others say of councils, and say it as lines, rows or JSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

import pyoxigraph as ox

from data.tables.comparisons import read_pairings
from loaders.claims.writer import concept_node, described, english, node
from loaders.release.layers import Layers, ask, at_once
from ontology import CI
from ontology.errors import WrongParameter
from ontology.identifiers import digest, reference, thing
from queries.agreement import Agreement
from queries.catalogue import internal_query
from queries.comparison import (
    EVIDENCE,
    READINGS,
    ComparedQuestion,
    Comparison,
    Pairing,
    compare,
    evidence_text,
    texts,
)
from queries.comparison_views import NAMED_BY, summary
from queries.contradictions import Contradiction, contradictions
from queries.council_lists import CouncilList
from queries.engine.interface import RESULTS_JSON, Question
from queries.explanation import Cells, council_address, plain_rows

_NOTHING = "–"
_DIFFERENT = Agreement.DIFFERS, Agreement.UNDECIDED, Agreement.WITH_POSSIBLE


def compared(
    ask: Callable[[Question], bytes],
    pairings: Sequence[Pairing],
    lists: Sequence[CouncilList] | None = None,
) -> list[ComparedQuestion]:
    """Return each question and list beside what the record says.

    In: lists of one's own, in place of those that the release holds.
    Raises: UnknownQuery, WrongParameter for a pairing that the catalogue cannot answer.
    """
    if lists is not None:
        _check_paired(lists, pairings)

    def rows(text: str) -> list[Cells]:
        body = json.loads(ask(Question(text, RESULTS_JSON)))
        return [*plain_rows(body["results"]["bindings"])]

    asked = {**texts(pairings), READINGS: internal_query("lists", "readings").text}
    different = [*dict.fromkeys(asked.values())]
    found = dict(zip(different, at_once(rows, different), strict=True))
    answers = {name: found[text] for name, text in asked.items()}
    answers[EVIDENCE] = rows(evidence_text(pairings, answers, lists))
    return compare(pairings, answers, lists)


def _check_paired(lists: Sequence[CouncilList], pairings: Sequence[Pairing]) -> None:
    """Check that each list of one's own is paired with a question of the catalogue."""
    paired = {pairing.about for pairing in pairings}
    for one in lists:
        if one.key not in paired:
            raise WrongParameter(
                f"the list {one.key} has no pairing; add a row with about={one.key} that names a "
                "question of the catalogue, or what the record lacks",
                one.key,
            )


def contradiction_triples(layers: Layers) -> Iterator[str]:
    """Yield each contradiction between the record and a list as a discrepancy, as N-Triples.

    In: all other layers, what is derived and what was read among them; a record without lists has
    no contradiction, and is asked nothing.
    """
    stated = {
        (row["list"].partition("/")[2], row.get("council", "").removeprefix("council/")): row
        for row in ask(layers, "lists", "claims_of_lists")
    }
    listed = {key for key, _ in stated}
    pairings = [pairing for pairing in read_pairings() if pairing.about in listed]
    if not pairings:
        return

    def answer(question: Question) -> bytes:
        found = cast(ox.QuerySolutions, layers.query(question.text))
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return cast(bytes, body)

    for one in contradictions(compared(answer, pairings)):
        yield from _discrepancy(one, stated)


def _discrepancy(one: Contradiction, stated: Mapping[tuple[str, str], Cells]) -> Iterator[str]:
    """Yield a contradiction between what the list states and the claims that the record rests on.

    The claim of the list is that of the name, or that of its number where it leaves a name out.
    """
    about = council_address(one.council) if one.council else thing("council-list", one.list_key)
    names = one.council if one.is_named_by_list else ""
    said = reference(stated[one.list_key, names]["claim"])
    used = [reference(claim) for claim in one.claims]
    subject = node(thing("discrepancy", digest(str(said), str(about), *map(str, used))))
    kind = "different-scope" if one.is_gap else "contradiction"
    yield described(
        subject,
        ("type", node(CI.Discrepancy)),
        ("about", node(about)),
        ("discrepancyType", concept_node("discrepancy-type", kind)),
        ("comparedList", node(thing("council-list", one.list_key))),
        ("recordAnswer", english(one.record_answer)),
        ("explanation", english(one.explanation)),
        ("between", node(said)),
    )
    for claim in used:
        yield described(subject, ("between", node(claim)), ("usedClaim", node(claim)))


def report(questions: Sequence[ComparedQuestion]) -> Iterator[str]:
    """Yield the comparison as lines of text: each question, its parts, and each difference."""
    for question in questions:
        yield f"{question.key}: {question.question_class}"
        for part in question.parts:
            yield from _lines(part)
    yield ""
    yield from (f"{name:<76}{value}" for name, value in summary(questions).items())


def _lines(part: Comparison) -> Iterator[str]:
    if not part.query:
        if part.gap:
            yield f"    {part.said}: {part.gap.text}"
        return
    given = " ".join(f"{name}={value}" for name, value in part.given.items())
    yield f"    {part.said} ({part.day}): {part.agreement}"
    yield f"        said   {_names(part.said_number, part.said_councils)}{_not_held(part)}"
    yield f"        record {_names(len(part.found), _with_certainty(part.found))}"
    yield f"        by     {part.query} {given}"
    for difference in part.differences:
        reason = difference.reason
        source = f" [{reason.source}, {reason.claim}]" if reason.claim else ""
        who = f"{difference.council} {NAMED_BY[difference.named_by]}"
        yield f"        {who}: {reason.text}{source}"
    if part.own_source:
        yield f"        own source: tells itself of {' '.join(part.own_source_of)}"
    if part.gap:
        yield f"        {part.gap.text}"


def _not_held(part: Comparison) -> str:
    return f"; {part.not_held}" if part.not_held else ""


def _with_certainty(found: Mapping[str, str]) -> list[str]:
    return [name if sure in ("", "certain") else f"{name} ({sure})" for name, sure in found.items()]


def _names(number: int | None, names: Sequence[str]) -> str:
    return f"{_NOTHING if number is None else number}: {' '.join(names) or _NOTHING}"


def is_whole(questions: Sequence[ComparedQuestion]) -> bool:
    """Return whether every difference is explained by a claim or a gap."""
    reasons = [
        reason
        for question in questions
        for part in question.parts
        for reason in [*(one.reason for one in part.differences), part.gap]
        if reason is not None and part.agreement in _DIFFERENT
    ]
    return all(reason.kind != "none" for reason in reasons)
