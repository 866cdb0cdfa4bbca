"""Read the duties of a direction: what the council must do, and the tasks of a commissioner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.directions.actions import (
    ActionFound,
    action_statements,
    actions_in,
    as_sentence,
    object_of,
    standard_clause,
    summary_of,
)
from loaders.documents.facts.directions.deadlines import deadlines_in
from loaders.documents.find.councils import councils_in
from loaders.documents.find.parties import PartyFound
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.layout.numbered_tree import Item
from loaders.documents.layout.sections import ANNEX

_NOT_A_DUTY = re.compile(
    r"\b(?:revok\w+|remains? in force|comes? into force|takes? effect|now,? therefore|expires?"
    r"|ceases? to have effect|directs the|directs as|directs that|directs:)",
    re.IGNORECASE,
)
_ACTS_ITSELF = re.compile(
    r"\b(?:revok\w+|in(?:to)? force|expires?|takes? effect|may be cited|(?:is|are) (?:amended"
    r"|varied|replaced|withdrawn)|substituted?|ceases? to have effect)\b"
    r"|\b(?:was|were|has|have) considered\b|^(?:the|an?|on|ofsted)\b(?:(?!\bto [a-z]|:)[^.;])*"
    r"\b(?:was|were) (?:published|reported|judged)\b|^the (?:trust|company) (?:shall|must)\b"
    r"|\bin (?:this|these) directions?,? (?:the following|[\"'])|\bmay (?:amend|vary|revoke)\b",
    re.IGNORECASE,
)
"""What a direction does by being made: it asks nothing of the council."""

_EXERCISED_BY = re.compile(
    r"(?:under [^;]{0,90}?, )?(?:that )?(?:the |all |any |those )*"
    r"(?:(?!secure|ensure|to\b)\w+ ){0,3}functions?\b[^.;]*?\b(?:be|is|are) "
    r"(?:to be )?(?:exercised|performed|exercisable)\b",
    re.IGNORECASE,
)
_A_DUTY = re.compile(
    r"^(?:(?:that )?the (?:council|authority|local authority) "
    r"(?:shall|must|is to|is required to|will)|to \w"
    r"|shall\b|must\b)",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(
    r"(?:(?:ref(?:erence)?|no|number|steps?|actions?|requirements?|tasks?|by when|date|deadline|due"
    r"|by|timescale|owner|lead)\b[ .:|]*){2,}",
    re.IGNORECASE,
)
"""The heads of the columns of a table of duties."""

_A_FUNCTION = re.compile(r"(?:all |any |the |those )*functions?\b", re.IGNORECASE)

_TASKS_OF = re.compile(
    r"commissioner[\w ']{0,60}\b(?:shall|will|should|is expected|must|is to|has been)|terms of "
    r"reference",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r",? (?:this will include|including(?: by| through)?|such as|as follows|namely|by):?$|:$",
    re.IGNORECASE,
)
_FUNCTIONS_OF = re.compile(
    r"functions [\w ]{0,60}exercised by|exercise the following functions"
    r"|^\W*(?:annex|schedule|appendix)?\W*(?:[A-Z]\b|\d{1,2}\b)?\W*(?:the |specified )*functions\b",
    re.IGNORECASE,
)


_RECIPIENT = re.compile(
    r"\b(?:with|to|instructions of|views of|approved by|agreed by|instruct|provide|providing"
    r"|support and challenge|consult(?:ing)?|allow(?:ing)?) $",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:,? (?:and|or)(?: (?:with|to|of))? (?:(?:the|its|her|his|their) )?|, (?:the )?)$",
    re.IGNORECASE,
)
_CONDITIONS: list[re.Pattern[str]] = [
    re.compile(
        r"\bshould the [^.;]*?\b(?:decide|decides|determine|consider)[^.;]*?(?=,| and in\b| "
        r"and on\b|[.;]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|, ?)(?P<words>(?:and, )?where (?:appropriate|necessary|relevant|possible)[^.;]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:if|unless|provided that|in the event)\b(?! requested)(?<!frequently if)[^.;,]*",
        re.IGNORECASE,
    ),
    re.compile(r"[\w' ]{0,60}\bas appropriate\b", re.IGNORECASE),
    re.compile(r"\bto be approved by[^.;,]*", re.IGNORECASE),
]


def counterparties(reading: DocumentReading, block: Block, bearer: str) -> list[dict[str, Any]]:
    """Return those whom a duty is towards: who is named after with, to or of, and with them."""
    parties = [one for one in reading.parties_in(block) if one.reference != bearer]
    found: dict[str, PartyFound] = {}
    previous: PartyFound | None = None
    condition = _CONDITIONS[0].search(block.text)
    for party in parties:
        if previous is not None and _is_apposition(block.text, previous, party):
            continue
        if condition and condition.start() <= party.start < condition.end():
            continue
        # What belongs to somebody is not yet done towards them.
        if block.text[party.end : party.end + 2] == "'s":
            continue
        before = block.text[: party.start]
        before = re.sub(r"\b(?:the|her|his|its|their|any) $", "", before)
        joined = previous is not None and _ALSO.fullmatch(block.text[previous.end : party.start])
        if _RECIPIENT.search(before) or joined:
            previous = party
            found.setdefault(party.reference, party)
    if not found and bearer.startswith("post/"):
        council = f"council/{reading.council}"
        own = any(one.reference == council for one in parties)
        members = re.search(r"\bsenior members\b", block.text)
        return [{"value": council}] if own or members else []
    return [{"value": one} for one in found]


def _is_apposition(text: str, first: PartyFound, second: PartyFound) -> bool:
    """Return whether a council only says who the adviser just named is."""
    between = text[first.end : second.start]
    return between == ", " and first.kind == "post" and second.kind == "council"


@dataclass
class DutyExtractor:
    """The duties of one direction."""

    reading: DocumentReading
    direction: str
    appointment: str | None = None
    requirements: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    functions: list[dict[str, Any]] = field(default_factory=list)
    _named: re.Pattern[str] | None = None
    _tabled: bool = False

    def read(self) -> None:
        """Read the items of the operative part, and those of the annexes."""
        council = f"council/{self.reading.council}"
        for block in self._operative():
            self.add(block, self.requirements, council)
        post = f"post/{self.reading.council}-{self.reading.parties.commissioner}"
        for block in self.reading.section("annex"):
            if block.item.is_numbered and not block.is_tail:
                is_function = _A_FUNCTION.match(block.text) and not re.search(
                    r"\b(?:shall|must)\b", block.text
                )
                if is_function or _FUNCTIONS_OF.search(self._lead(block)):
                    self.functions.append(block.said(block.text.rstrip(" ;.,")))
                elif self._is_councils(block):
                    self.add(block, self.requirements, council)
                else:
                    self.add(block, self.tasks, post)

    def _operative(self) -> Iterator[Block]:
        """Yield the items that bind the council: those below the words that direct it, and more."""
        directing = self.reading.directing
        if directing is None:
            yield from self._binding()
            return
        over = False
        for block in self.reading.blocks:
            item = block.item
            if block.is_tail or block is directing or not self.reading.is_operative(block):
                continue
            if block.start > directing.start and not item.is_numbered:
                self._tabled = _TABLE_HEAD.fullmatch(block.text) is not None
                over = over or not self._tabled
            if block.start < directing.start or not item.is_numbered:
                continue
            # Where the words that direct bear no number, the list after them is theirs.
            below = directing.item in item.ancestors() or not (directing.item.is_numbered or over)
            if _EXERCISED_BY.match(block.text):
                continue
            own = not _NOT_A_DUTY.search(block.text) and self._is_bound(item)
            nested = item.parent is not None and item.parent is not directing.item
            nested = nested and item.parent is not None and item.parent.is_numbered
            if own or (below and (nested or not _ACTS_ITSELF.search(block.text))):
                yield block

    def _binding(self) -> Iterator[Block]:
        """Yield the items that bind the council by their own words, where none direct it."""
        for block in self.reading.section("title", "operative"):
            item = block.item
            bound = item.is_numbered and not block.is_tail and self._is_bound(item)
            if bound and not _ACTS_ITSELF.search(block.text):
                yield block

    def _is_bound(self, item: Item) -> bool:
        """Return whether an item, or one around it, says that the council must do something."""
        return any(
            _A_DUTY.search(text) or self._own_name().match(text)
            for text in (self._text(one) for one in (item, *item.ancestors()))
        )

    def _own_name(self) -> re.Pattern[str]:
        """Return the pattern of a duty whose bearer goes by the document's own term for it."""
        if self._named is None:
            terms = {
                definition.term
                for block in self.reading.blocks
                for council in councils_in(block.view)
                for definition in block.definitions
                if 0 <= definition.opens - council.end < len(" Council ")
            }
            names = "|".join(re.escape(one) for one in sorted(terms)) or "(?!)"
            self._named = re.compile(
                rf"(?:that )?(?:the )?(?:{names})(?: council)? "
                r"(?:shall|must|is to|is required to|will)\b",
                re.IGNORECASE,
            )
        return self._named

    def _text(self, item: Item) -> str:
        """Return an item's own words."""
        return self.reading.tree.view(item).text

    def _is_councils(self, block: Block) -> bool:
        """Return whether an item of an annex binds the council and not a commissioner."""
        if re.search(
            r"\b(?:council|authority) (?:shall|must|is to|will)\b", block.text[:80], re.IGNORECASE
        ):
            return True
        lead = self._lead(block)
        if ANNEX.fullmatch(lead or "Annex") and self._sends_to(block.label.split(".")[0]):
            return True
        binds = re.search(
            r"actions? (?:that )?the (?:council|authority) (?:is|are) required|(?:council"
            r"|authority) (?:shall|must|is to|is required)|required to take",
            lead,
            re.IGNORECASE,
        )
        return binds is not None and not _TASKS_OF.search(lead)

    def _sends_to(self, annex: str) -> bool:
        """Return whether the words that bind the council send it to an annex for what to do."""
        name = re.escape(annex.replace("-", " "))
        return any(
            re.search(
                rf"\b(?:shall|must|is to|to) (?:take|carry out|do|comply with) the "
                rf"(?:actions?|steps"
                rf"|things|requirements)\b[^.;]*\b{name}\b",
                block.text,
                re.IGNORECASE,
            )
            for block in self._operative()
        )

    def _lead(self, block: Block) -> str:
        """Return the words before the items of an annex."""
        return " ".join(
            one.text
            for one in self.reading.section("annex")
            if not one.item.is_numbered and one.label == block.label.split(".")[0]
        )

    def add(self, block: Block, duties: list[dict[str, Any]], bearer: str) -> None:
        """Add the duty of one item, which takes from the item above what it does not say."""
        above = next(
            (one for one in duties if one["paragraph"] == self._above(block, duties)), None
        )
        actions = actions_in(block.text, [one["value"] for one in above["action"]] if above else [])
        if not actions:
            actions = [ActionFound("implement", 0, len(block.text))]
        start, end = self._extent(block)
        duty: dict[str, Any] = {
            "paragraph": block.label,
            **block.place(start, end),
            "summary": summary_of(actions, block.text[start:end]),
            "bearer": self._bearers(bearer),
            "action": action_statements(block, actions, start, end),
        }
        about = object_of(block, actions, start, end)
        if about:
            duty["object"] = [about]
        parties = counterparties(self.reading, block, bearer)
        if parties:
            duty["counterparty"] = parties
        elif above and "counterparty" in above and not above["is_plan"]:
            duty["counterparty"] = above["counterparty"]
        if above:
            duty["part_of"] = above["paragraph"]
        clause = standard_clause(
            block.text, above["standard_clause"] if above and "standard_clause" in above else None
        )
        if clause:
            duty["standard_clause"] = clause
        self._conditions(block, duty, above)
        self._deadlines(block, duty, above)
        duty["is_plan"] = any(one.action == "prepare-plan" for one in actions)
        duties.append(duty)

    def _bearers(self, bearer: str) -> list[dict[str, Any]]:
        """Return who bears a duty: the council, and the others that the direction is to."""
        every = [bearer]
        if bearer.startswith("council/"):
            every += [f"council/{one}" for one in self.reading.parties.others]
        return [{"value": one} for one in every]

    def _above(self, block: Block, duties: Sequence[dict[str, Any]]) -> str | None:
        """Return the label of the duty that an item is part of."""
        labels = {one["paragraph"] for one in duties}
        return next((one.label for one in block.item.ancestors() if one.label in labels), None)

    def _extent(self, block: Block) -> tuple[int, int]:
        """Return the range of a duty's words, without the stop and the lead-in to its parts."""
        text = block.text
        end = len(re.sub(r"[;,.: ]*(?:\b(?:and|or))?[;,.: ]*$", "", text)) or len(text)
        if block.item.children:
            end = len(_INCLUDING.sub("", text).rstrip(" ,;:.")) or end
            last = text.rfind(". ", 0, end)
            # "This will include" is a sentence of its own.
            if last > 0 and re.match(
                r"\. (?:this|these|it) ", text[last : last + 8], re.IGNORECASE
            ):
                end = last
        return 0, end

    def _conditions(self, block: Block, duty: dict[str, Any], above: dict[str, Any] | None) -> None:
        """Keep the conditions of a duty, also those printed after the whole list."""
        found = []
        is_plan = duty["action"][0]["value"] == "prepare-plan" and not block.item.children
        for pattern in _CONDITIONS[: -2 if is_plan else None]:
            match = pattern.search(block.text)
            if match and "more frequently" not in block.text[: match.start()]:
                group = "words" if "words" in pattern.groupindex else 0
                start, end = match.span(group)
                found.append(block.said(as_sentence(block.text[start:end]), start, end))
                break
        tails = [
            one for one in self.reading.blocks if one.is_tail and one.item is block.item.parent
        ]
        for tail in tails:
            end = len(tail.text.rstrip(" .;,"))
            found.append(tail.said(as_sentence(tail.text[:end]), 0, end))
        if found:
            duty["conditions"] = found

    def _deadlines(self, block: Block, duty: dict[str, Any], above: dict[str, Any] | None) -> None:
        """Keep the deadlines of a duty; what stands before a list holds for each of its items."""
        anchor = self.appointment and f"appointment/{self.appointment}"
        found = deadlines_in(block, anchor, f"direction/{self.direction}")
        if duty.get("standard_clause") == "access" and block.item.children:
            duty["inherit"], found = found, []
        elif above and not found and above.get("standard_clause") in {"access", "amenities"}:
            found = above.get("inherit") or above.get("deadlines", [])
        last = block.dates[-1] if self._tabled and block.dates else None
        if last and not found and not block.text[last.end :].strip(" ."):
            # In a table the column says that the day is a limit.
            place = block.place(last.start, last.end)
            found = [{"kind": "fixed", "due": time_in(block, last), **place}]
        if found:
            duty["deadlines"] = found

    def entries(self, duties: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return duties as they stand in a record."""
        return [
            {name: value for name, value in duty.items() if name not in {"inherit", "is_plan"}}
            for duty in duties
        ]
