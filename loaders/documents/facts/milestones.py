"""Read the dated steps in a council's service that a report tells of."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.inspections.earlier_inspections import INSPECTED, NO_EVENT
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.record.proposals import as_sentence, numbered_name
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import CARDINAL

_PATTERNS = patterns_beside(__name__)
_STEP = _PATTERNS["step"]
_NOW_DONE = _PATTERNS["now-done"]
_NOW = re.compile(r"\b(?:has|have) now been \w+", re.IGNORECASE)
_AFTER_INSPECTION = _PATTERNS["after-inspection"]
# takes: "six months after the SIF"
# leaves: "six months after my appointment"
_RELATIVE = re.compile(
    rf"\b(?:several|some|a few|\d+|{CARDINAL}) (?:days|weeks|months|years) (?:after|before)"
    r" the (?:Ofsted )?(?:SIF|(?:single )?inspection)\b",
    re.IGNORECASE,
)
_NEWLY = re.compile(r"\b(?P<stem>\w*structur)\w*")


def milestones_in(
    reading: DocumentReading, document: str, inspection: Callable[[str], str | None]
) -> list[dict[str, Any]]:
    """Return the dated steps that a report tells of.

    In: `document` is the report's reference, `inspection` names the inspection that words mean.
    """
    extractor = _MilestoneExtractor(reading, document, inspection)
    for sentence in reading.sentences("body", "footnote"):
        block, start, end = sentence
        if not INSPECTED.search(block.text, start, end):
            extractor.add_dated(*sentence)
            extractor.add_done(*sentence)
            extractor.add_after_inspection(*sentence)
    return extractor.found


@dataclass
class _MilestoneExtractor:
    reading: DocumentReading
    document: str
    inspection: Callable[[str], str | None]
    found: list[dict[str, Any]] = field(default_factory=list)

    def add_dated(self, block: Block, start: int, end: int) -> None:
        """Keep a step that a sentence tells of with its date."""
        step = _STEP.search(block.text, start, end)
        dates = [date for date in block.dates if start <= date.start < end and date.edtf]
        if step is None or not dates or NO_EVENT.search(block.text, start, step.start()):
            return
        date = dates[0]
        time = time_in(block, date)
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
        times = [time]
        meant = self.inspection(relative[0]) if relative else None
        if relative and meant:
            times.append(_relative(block, relative.span(), meant))
        self._add(block, words, begin, times)

    def _same(self, words: str, date: str) -> dict[str, Any] | None:
        """Return a step of the same time that is named by the same word."""
        stem = _NEWLY.search(words.casefold())
        for known in self.found:
            times = [time.get("date") for time in known["happened"]]
            if stem and date in times and stem["stem"] in known["summary"].casefold():
                return known
        return None

    def add_done(self, block: Block, start: int, end: int) -> None:
        """Keep what is done by the time of the report."""
        match = _NOW_DONE.search(block.text, start, end)
        if match is None:
            return
        now = _NOW.search(block.text, start, end)
        done = re.search(r"\b(?:has|have) (?:\w+ )?been \w+$", match["what"])
        at = match.start("what")
        span = now.span() if now else (at + done.start(), at + done.end()) if done else match.span()
        name = re.sub(r"[\d-]+", " ", match["what"])
        time = _relative(block, span, self.document)
        self._add(block, match["what"], match.start("what"), [time], name)

    def add_after_inspection(self, block: Block, start: int, end: int) -> None:
        """Keep what was done after the inspection."""
        match = _AFTER_INSPECTION.match(block.text, start, end)
        meant = self.inspection(match["when"]) if match else None
        if match is None or meant is None:
            return
        time = _relative(block, match.span("when"), meant)
        name = re.sub(r"\d+", "", match["what"])
        self._add(block, match["what"], match.start("what"), [time], name)

    def _add(
        self, block: Block, words: str, begin: int, times: list[dict[str, Any]], name: str = ""
    ) -> None:
        self.found.append(
            {
                "id": numbered_name(name or words, self.found),
                **block.place(begin, begin + len(words)),
                "council": self.reading.council,
                "summary": as_sentence(words),
                "happened": times,
            }
        )


def _relative(block: Block, span: tuple[int, int], event: str) -> dict[str, Any]:
    reason = "Told by another event, whose time stands with it."
    place = block.place(*span)
    return {**place, "status": "relative", "relative_to": event, "reason": reason}
