"""Read the duties of a direction: what the council must do, and the tasks of a commissioner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.documents.clauses.bearers import bound_by
from loaders.documents.clauses.bound import Bound
from loaders.documents.clauses.frames import COMMISSIONER, COUNCIL, MIGHT_MOVE, MOVES, OFFICE, OTHER
from loaders.documents.facts.directions.actions import (
    ActionFound,
    action_statements,
    actions_in,
    as_sentence,
    object_of,
    standard_clause,
    summary_of,
)
from loaders.documents.facts.directions.deadlines import deadlines_in, without_year
from loaders.documents.facts.directions.functions import functions_in
from loaders.documents.find.parties import Party, PartyFound
from loaders.documents.find.people import person_slug
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_INCLUDING = _PATTERNS["including"]
_RECIPIENT = _PATTERNS["recipient"]
_ALSO = _PATTERNS["also"]
_IF_DECIDED = _PATTERNS["if-decided"]
# takes: "To adopt, before 1 July 2015 -"
# leaves: "an improvement plan, including:"
_OPENS_LIST = re.compile(
    r"(?<!including)(?<!including by)(?<!include)(?<!minimum)(?<!namely)(?<!access)(?<!access to)"
    r"(?<!which)(?<!covering)(?<!as follows)\s?[:-]$",
    re.IGNORECASE,
)
"""How an item ends whose parts are what is to be done, and not only what is in it."""

_CONDITIONS = (
    _IF_DECIDED,
    # takes: "report, and, where appropriate, publish"
    # leaves: "report where children are placed"
    re.compile(
        r"(?:^|, ?)(?P<words>(?:and, )?where (?:appropriate|necessary|relevant|possible)[^.;]*)",
        re.IGNORECASE,
    ),
    # takes: "unless the Secretary of State agrees"
    # leaves: "to report if requested"
    re.compile(
        r"\b(?:if|unless|provided that|in the event)\b(?! requested)(?<!frequently if)[^.;,]*",
        re.IGNORECASE,
    ),
)
_CONDITIONS_BUT_OF_PLANS = (
    re.compile(r"[\w' ]{0,60}\bas appropriate\b", re.IGNORECASE),
    re.compile(r"\bto be approved by[^.;,]*", re.IGNORECASE),
)
"""Conditions of a duty; in the words of a plan they say what is in it."""


@dataclass(frozen=True)
class DutyFound:
    """A duty as it stands in a record, and what its parts take from it.

    In: `deadlines_of_parts` are those that hold for each of its parts.
    """

    entry: dict[str, Any]
    actions: tuple[str, ...]
    clause: str | None
    counterparties: tuple[Party, ...]
    deadlines_of_parts: tuple[dict[str, Any], ...]
    words: str = ""

    def with_facts(self, **facts: list[dict[str, Any]] | str) -> DutyFound:
        """Return the duty with facts that were read elsewhere."""
        return replace(self, entry={**self.entry, **facts})


@dataclass(frozen=True)
class Duties:
    """What a direction asks of the council, of commissioners and of others, and functions moved.

    In: all of them as they stand in a record; functions go to the commissioner, or to others.
    """

    requirements: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    others: list[dict[str, Any]]
    functions: list[dict[str, Any]]
    functions_of_others: list[dict[str, Any]]


def duties_of(reading: DocumentReading, direction: str, appointment: str | None) -> Duties:
    """Return the duties in the operative part of a direction and in its annexes.

    In: the identifiers of the direction and of the appointment from which time limits count.
    """
    reader = DutyReader(reading, direction, appointment)
    duties: dict[str, list[DutyFound]] = {COUNCIL: [], "post": [], OTHER: []}
    functions: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for bound in bound_by(reading):
        if bound.frame in {MOVES, MIGHT_MOVE}:
            functions[bound.bearer == COMMISSIONER] += functions_in(bound)
            continue
        party = _party(reading, bound)
        same = duties[party.kind if party.kind in duties else OTHER]
        same.append(reader.duty(bound.block, party, same, bound))
    asked, tasks, others = ([duty.entry for duty in found] for found in duties.values())
    return Duties(asked, tasks, others, functions[True], functions[False])


def _party(reading: DocumentReading, bound: Bound) -> Party:
    """Return who is bound; whoever the record has no thing for goes by the words as printed."""
    if bound.bearer == COUNCIL:
        return reading.parties.own_council
    if bound.bearer == OFFICE:
        return Party("office", reading.parties.issuer)
    if bound.bearer != OTHER or bound.said is None:
        adviser = Party("post", f"{reading.council}-adviser")
        return adviser if bound.bearer == "adviser" else reading.parties.commissioner_post
    block, start, end = bound.said
    words = re.sub(
        r"^(?:the|an?|each|every|any|its|their|that|both) ", "", block.text[start:end].casefold()
    )
    return Party("other", person_slug(words))


@dataclass(frozen=True)
class DutyReader:
    """Reads one duty of a direction at a time."""

    reading: DocumentReading
    direction: str
    appointment: str | None = None

    def duty(
        self,
        block: Block,
        bearer: Party,
        earlier: Sequence[DutyFound],
        bound: Bound | None = None,
    ) -> DutyFound:
        """Return the duty of one item, which takes from the item above what it does not say."""
        above = _above(block, earlier)
        actions = actions_in(block.text, list(above.actions) if above else [])
        actions = actions or [ActionFound("implement", 0, len(block.text))]
        end = _end(block)
        parties = _counterparties(self.reading, block, bearer)
        if not parties and above and "prepare-plan" not in above.actions:
            parties = list(above.counterparties)
        clause = standard_clause(block.text, above.clause if above else None)
        deadlines, of_parts = self._deadlines(block, clause, above, bound)
        about = object_of(block, actions, end)
        facts = {
            "object": about and [about],
            "counterparty": [{"value": party.reference} for party in parties],
            "part_of": above and above.entry["paragraph"],
            "standard_clause": clause,
            "conditions": self._conditions(block, actions),
            "deadlines": deadlines,
            "rule": bound.rule if bound else None,
        }
        entry = {
            "paragraph": block.label,
            **block.place(0, end),
            "summary": summary_of(actions, block.text[:end]),
            "bearer": self._bearers(bearer, bound),
            "action": action_statements(block, actions),
            **{name: fact for name, fact in facts.items() if fact},
        }
        names = tuple(named.action for named in actions)
        return DutyFound(entry, names, clause, tuple(parties), tuple(of_parts), block.text)

    def _bearers(self, bearer: Party, bound: Bound | None) -> list[dict[str, Any]]:
        """Return who bears a duty: the council, and the others that the direction is to."""
        others = self.reading.parties.others if bearer.kind == "council" else ()
        bearers = [bearer, *(Party("council", code) for code in others)]
        if bound is None or bound.is_certain:
            return [{"value": party.reference} for party in bearers]
        printed = bound.said if bearer.kind in {"office", "other"} else None
        place = printed[0].place(*printed[1:]) if printed else {}
        return [{"value": party.reference, "modality": "inferred", **place} for party in bearers]

    def _conditions(self, block: Block, actions: Sequence[ActionFound]) -> list[dict[str, Any]]:
        """Return the conditions of a duty, also those printed after the whole list."""
        conditions = []
        is_plan = actions[0].action == "prepare-plan" and not block.item.children
        for pattern in (*_CONDITIONS, *(() if is_plan else _CONDITIONS_BUT_OF_PLANS)):
            match = pattern.search(block.text)
            if match and "more frequently" not in block.text[: match.start()]:
                start, end = match.span("words" if "words" in pattern.groupindex else 0)
                conditions.append(block.said(as_sentence(block.text[start:end]), start, end))
                break
        for tail in self.reading.blocks:
            if tail.is_tail and tail.item is block.item.parent:
                end = len(tail.text.rstrip(" .;,"))
                conditions.append(tail.said(as_sentence(tail.text[:end]), 0, end))
        return conditions

    def _deadlines(
        self, block: Block, clause: str | None, above: DutyFound | None, bound: Bound | None
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the deadlines of a duty and those of its parts: what stands before a list."""
        anchor = self.appointment and f"appointment/{self.appointment}"
        own = deadlines_in(block, anchor, f"direction/{self.direction}")
        own += without_year(block, self.reading.day) if not own else []
        before_list: list[dict[str, Any]] = []
        if clause == "access" and block.item.children:
            before_list, own = own, []
        elif above and not own and above.clause in {"access", "amenities"}:
            own = list(above.deadlines_of_parts)
        elif above and not own and _OPENS_LIST.search(above.words):
            own = [dict(limit) for limit in above.entry.get("deadlines", ())]
        if bound is not None and bound.is_tabled:
            # What is in the other cells tells what is to be done, and not by when.
            own = _day_in_table(block) or own
        if bound is not None and bound.lead is not None and not own and above is None:
            own = _doubted(deadlines_in(bound.lead, anchor, f"direction/{self.direction}"))
        if bound is not None and bound.limit is not None and not own:
            own = deadlines_in(bound.limit, anchor, f"direction/{self.direction}")
        return own, before_list or own


def _doubted(deadlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the deadlines of a lead-in; of several it is not certain which one a part has."""
    manner = {"modality": "inferred"} if len(deadlines) > 1 else {}
    return [{**deadline, **manner} for deadline in deadlines]


def _day_in_table(block: Block) -> list[dict[str, Any]]:
    """Return the day that ends a row of a table: the column says that it is a limit."""
    cells = [
        date
        for date in block.dates
        for start, end in block.cells
        if block.text[start:end].strip(" .") == block.text[date.start : date.end]
    ]
    last = next(iter([*cells[-1:], *block.dates[-1:]]), None)
    if cells:
        place = block.place(cells[-1].start, cells[-1].end)
        return [{"kind": "fixed", "due": time_in(block, cells[-1]), **place}]
    if last is None or block.text[last.end :].strip(" ."):
        return []
    place = block.place(last.start, last.end)
    return [{"kind": "fixed", "due": time_in(block, last), **place}]


def _counterparties(reading: DocumentReading, block: Block, bearer: Party) -> list[Party]:
    """Return those whom a duty is towards: who is named after with, to or of, and with them."""
    parties = [party for party in reading.parties_in(block) if party.reference != bearer.reference]
    towards: dict[str, Party] = {}
    previous: PartyFound | None = None
    condition = _IF_DECIDED.search(block.text)
    for party in parties:
        between = block.text[previous.end : party.start] if previous else None
        # "the adviser, Anytown Council" only says who the adviser is.
        if previous and between == ", " and (previous.kind, party.kind) == ("post", "council"):
            continue
        if condition and condition.start() <= party.start < condition.end():
            continue
        # What belongs to somebody is not yet done towards them.
        if block.text[party.end : party.end + 2] == "'s":
            continue
        before = re.sub(r"\b(?:the|her|his|its|their|any) $", "", block.text[: party.start])
        if _RECIPIENT.search(before) or (between is not None and _ALSO.fullmatch(between)):
            previous = party
            towards.setdefault(party.reference, party)
    if not towards and bearer.kind == "post":
        council = reading.parties.own_council
        named = any(party.reference == council.reference for party in parties)
        return [council] if named or re.search(r"\bsenior members\b", block.text) else []
    return list(towards.values())


def _above(block: Block, duties: Sequence[DutyFound]) -> DutyFound | None:
    labels = {duty.entry["paragraph"]: duty for duty in reversed(duties)}
    around = (item.label for item in block.item.ancestors())
    return next((labels[label] for label in around if label in labels), None)


def _end(block: Block) -> int:
    """Return where a duty's words end, without the stop and the lead-in to its parts."""
    text = block.text
    end = len(re.sub(r"[;,.: ]*(?:\b(?:and|or))?[;,.: ]*$", "", text)) or len(text)
    if block.item.children:
        end = len(_INCLUDING.sub("", text).rstrip(" ,;:.")) or end
        last = text.rfind(". ", 0, end)
        # "This will include" is a sentence of its own.
        if last > 0 and re.match(r"\. (?:this|these|it) ", text[last : last + 8], re.IGNORECASE):
            end = last
    return end
