"""Read the duties of a direction: what the council must do, and the tasks of a commissioner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.blocks import Block, DocumentReading, time_in
from loaders.councils_in_text import councils_in
from loaders.document_sections import ANNEX
from loaders.duty_actions import ActionFound, actions_in, standard_clause
from loaders.duty_deadlines import deadlines_in
from loaders.duty_parties import CONDITIONS, counterparties
from loaders.duty_patterns import (
    A_DUTY,
    A_FUNCTION,
    ACTS_ITSELF,
    EXERCISED_BY,
    FUNCTIONS_OF,
    INCLUDING,
    NOT_A_DUTY,
    TABLE_HEAD,
    TASKS_OF,
)
from loaders.duty_words import action_statements, as_sentence, object_of, summary_of
from loaders.numbered_tree import Item


@dataclass
class Duties:
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
                is_function = A_FUNCTION.match(block.text) and not re.search(
                    r"\b(?:shall|must)\b", block.text
                )
                if is_function or FUNCTIONS_OF.search(self._lead(block)):
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
                self._tabled = TABLE_HEAD.fullmatch(block.text) is not None
                over = over or not self._tabled
            if block.start < directing.start or not item.is_numbered:
                continue
            # Where the words that direct bear no number, the list after them is theirs.
            below = directing.item in item.ancestors() or not (directing.item.is_numbered or over)
            if EXERCISED_BY.match(block.text):
                continue
            own = not NOT_A_DUTY.search(block.text) and self._is_bound(item)
            nested = item.parent is not None and item.parent is not directing.item
            nested = nested and item.parent is not None and item.parent.is_numbered
            if own or (below and (nested or not ACTS_ITSELF.search(block.text))):
                yield block

    def _binding(self) -> Iterator[Block]:
        """Yield the items that bind the council by their own words, where none direct it."""
        for block in self.reading.section("title", "operative"):
            item = block.item
            bound = item.is_numbered and not block.is_tail and self._is_bound(item)
            if bound and not ACTS_ITSELF.search(block.text):
                yield block

    def _is_bound(self, item: Item) -> bool:
        """Return whether an item, or one around it, says that the council must do something."""
        return any(
            A_DUTY.search(text) or self._own_name().match(text)
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
        return binds is not None and not TASKS_OF.search(lead)

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
            end = len(INCLUDING.sub("", text).rstrip(" ,;:.")) or end
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
        for pattern in CONDITIONS[: -2 if is_plan else None]:
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
