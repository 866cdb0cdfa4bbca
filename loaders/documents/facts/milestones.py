"""Read the dated steps in a council's service that a report tells of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.cited_conclusions import finding_name, sentence
from loaders.documents.facts.inspections.earlier_inspections import INSPECTED, NO_EVENT
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text.numbers import CARDINAL

# takes: "The trust was established in April 2017"
# takes: "The new structure came into effect in May 2018"
# leaves: "The trust will be established in April"
_STEP = re.compile(
    r"\b(?:(?:did not )?c[oa]me (?:in)?to (?:place|force|being|effect|operation)|went live|brought "
    r"into (?:place|being)|(?:was|were|has been|have been) (?:established|launched|introduced"
    r"|created|set up|opened|restructured|transferred|implemented|approved)"
    r"|took up (?:the )?post)\b",
    re.IGNORECASE,
)
# takes: "a sufficiency strategy has now been approved"
# leaves: "a sufficiency strategy is being written"
_NOW_DONE = re.compile(
    r"\b(?:an?|the) (?P<what>[^.;,]{0,50}?(?:strategy|plan|policy|framework|protocol) (?:has|have) "
    r"(?:now |since )?been (?:approved|agreed|adopted|signed off))",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:has|have) now been \w+", re.IGNORECASE)
# takes (match): "Since the Ofsted inspection, a new team has been created"
# leaves (match): "Since the election, a new team has been created"
_AFTER_INSPECTION = re.compile(
    r"(?P<when>\b(?:subsequent to|since|following|after) the (?:Ofsted )?(?:SIF|(?:single )?"
    r"inspection))\b,? (?P<what>[^.;]*?\b(?:has|have) been \w+(?: and \w+)?)",
    re.IGNORECASE,
)
# takes: "six months after the SIF"
# leaves: "six months after my appointment"
_RELATIVE = re.compile(
    rf"\b(?:several|some|a few|\d+|{CARDINAL}) (?:days|weeks|months|years) (?:after|before)"
    r" the (?:Ofsted )?(?:SIF|(?:single )?inspection)\b",
    re.IGNORECASE,
)
_NEWLY = re.compile(r"\b(?P<stem>\w*structur)\w*")


@dataclass
class MilestoneExtractor:
    """The dated steps of one report.

    In: `document` is the report's reference, `inspection` names the inspection that words mean.
    """

    reading: DocumentReading
    document: str
    inspection: Callable[[str], str | None]
    found: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read every paragraph."""
        for block in self.reading.section("body", "footnote"):
            for start, end in block.sentences():
                if INSPECTED.search(block.text, start, end):
                    continue
                self._dated(block, start, end)
                self._now(block, start, end)
                self._after(block, start, end)

    def _dated(self, block: Block, start: int, end: int) -> None:
        """Keep a step that a sentence tells of with its date."""
        step = _STEP.search(block.text, start, end)
        dates = [one for one in block.dates if start <= one.start < end and one.edtf]
        if step is None or not dates or NO_EVENT.search(block.text, start, step.start()):
            return
        date = dates[0]
        time = date.time(block.view, block.label).model_dump(exclude_defaults=True)
        begin = start if date.start > step.start() else date.end + 1
        relative = _RELATIVE.search(block.text, date.end, end)
        stop = (
            relative.end() if relative else max(date.end, end if date.start < step.start() else 0)
        )
        words = block.text[begin:stop].strip(" ,.")
        same = self._same(words, time["date"])
        if same:
            same["happened"].append(time)
            return
        begin = block.text.index(words, begin)
        entry: dict[str, Any] = {
            "id": finding_name(words),
            **block.place(begin, begin + len(words)),
            "council": self.reading.council,
            "summary": sentence(words),
            "happened": [time],
        }
        meant = self.inspection(relative[0]) if relative else None
        if relative and meant:
            entry["happened"].append(_relative(block, relative.span(), meant))
        self._keep(entry)

    def _same(self, words: str, date: str) -> dict[str, Any] | None:
        """Return a step of the same time that is named by the same word."""
        stem = _NEWLY.search(words.casefold())
        for known in self.found:
            times = [one.get("date") for one in known["happened"]]
            if stem and date in times and stem["stem"] in known["summary"].casefold():
                return known
        return None

    def _now(self, block: Block, start: int, end: int) -> None:
        """Keep what is done by the time of the report."""
        match = _NOW_DONE.search(block.text, start, end)
        if match is None:
            return
        now = _NOW.search(block.text, start, end)
        done = re.search(r"\b(?:has|have) (?:\w+ )?been \w+$", match["what"])
        at = match.start("what")
        span = now.span() if now else (at + done.start(), at + done.end()) if done else match.span()
        self._keep(
            {
                "id": finding_name(re.sub(r"[\d-]+", " ", match["what"])),
                **block.place(*match.span("what")),
                "council": self.reading.council,
                "summary": sentence(match["what"]),
                "happened": [_relative(block, span, self.document)],
            }
        )

    def _after(self, block: Block, start: int, end: int) -> None:
        """Keep what was done after the inspection."""
        match = _AFTER_INSPECTION.match(block.text, start, end)
        meant = self.inspection(match["when"]) if match else None
        if match is None or meant is None:
            return
        self._keep(
            {
                "id": finding_name(re.sub(r"\d+", "", match["what"])),
                **block.place(*match.span("what")),
                "council": self.reading.council,
                "summary": sentence(match["what"]),
                "happened": [_relative(block, match.span("when"), meant)],
            }
        )

    def _keep(self, entry: dict[str, Any]) -> None:
        """Keep a step under a name of its own."""
        number = sum(one["id"].startswith(entry["id"]) for one in self.found)
        entry["id"] += f"-{number + 1}" if number else ""
        self.found.append(entry)


def _relative(block: Block, span: tuple[int, int], event: str) -> dict[str, Any]:
    """Return a time that only counts from an event."""
    reason = "Told by another event, whose time stands with it."
    place = block.place(*span)
    return {**place, "status": "relative", "relative_to": event, "reason": reason}
