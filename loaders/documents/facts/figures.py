"""Read the numbers that a report states about a council's service, and when they held."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.find.dates import DateFound
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.record.proposals import short_name
from loaders.documents.text.numbers import CARDINAL, whole_number

_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?!one\b(?!.hundred)){CARDINAL})"
_SMALL = 12
"""Numbers up to this are said so often that the same one need not be the same figure."""

_PERCENT = re.compile(r"\b(?P<number>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)")
# takes: "the backlog of assessments has been reduced to 12"
# leaves: "the backlog has been reduced by half"
_BACKLOG = re.compile(
    r"\bbacklogs?\b[^.;,]{0,40}?\b(?:reduced|cut|fallen|brought down|risen|grown) to "
    r"(?P<number>zero|nil|\d[\d,]*)\b",
    re.IGNORECASE,
)
# takes: "employs 45 permanent social workers"
# takes: "three assistant directors"
# leaves: "most social workers"
_PEOPLE = re.compile(
    rf"\b{_NUMBER} (?:\w+ ){{0,2}}?(?P<noun>young people|children|care leavers|heads of [a-z]+"
    r"(?: [a-z]+)?|assistant directors|social workers|foster carers|families|team managers)\b",
    re.IGNORECASE,
)
_AREAS = re.compile(
    rf"\b{_NUMBER} (?:geographical |locality |local )(?:areas|localities|districts)\b",
    re.IGNORECASE,
)
_SAID_AGAIN = r"\b(?:the )?(?:missing )?{number}\b(?!\s?(?:%|per))"
# takes: "this figure proved to be inaccurate"
# leaves: "this figure proved to be high"
_DENIED = re.compile(
    r"\b(?:in fact )?(?:the |this |that )?(?:data|figures?|numbers?) (?:proved|turned out|was found"
    r"|were found|was shown) to be (?:in|un)(?:accurate|correct|reliable)\b",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(r"(?:[,;:] (?:and |but |with )?|\. | - )")
_CLAUSE_END = re.compile(r"[,;:.](?: |$)| and (?=\w+ing\b|\d)| - ")
_PRESENT = re.compile(r"\b(?:is|are|has been|have been|now)\b(?: \w+){0,2}", re.IGNORECASE)
# takes: "at the time of the Ofsted inspection"
# leaves: "at the time of my visit"
_AT_INSPECTION = re.compile(
    r"\bat the (?:beginning|start|time|end) of the (?:Ofsted )?(?:SIF|(?:single )?inspection)\b",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(r"\b(?:would|should|could|target|aim\w*|expect\w*|up to|at least|if)\b")
_DATED = re.compile(r"(?:at|by|in|as at|as of|on)? ?(?:the )?(?:end of |beginning of )?$", re.I)


def figures_in(
    reading: DocumentReading, dated: str | None, inspection: Callable[[str], str | None]
) -> list[dict[str, Any]]:
    """Return the figures of a report, each with a name of its own.

    In: `dated` is when the report was given; `inspection` names the inspection that words mean.
    """
    extractor = _FigureExtractor(reading, dated, inspection)
    extractor.read()
    names: Counter[str] = Counter()
    for entry in extractor.found.values():
        names[entry["id"]] += 1
        count = names[entry["id"]]
        entry["id"] += f"-{count}" if count > 1 else ""
    return list(extractor.found.values())


@dataclass
class _FigureExtractor:
    reading: DocumentReading
    dated: str | None
    inspection: Callable[[str], str | None]
    found: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    starts: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self) -> None:
        """Read every paragraph."""
        for block, start, end in self.reading.sentences("body", "footnote"):
            if _NO_FIGURE.search(block.text, start, end):
                continue
            for match in _PERCENT.finditer(block.text, start, end):
                self._add(block, match, (start, end), "percent")
            for match in _BACKLOG.finditer(block.text, start, end):
                self._add(block, match, (start, end), "people", inferred=True)
            for match in _PEOPLE.finditer(block.text, start, end):
                self._add(block, match, (start, end), "people", match.start())
            for match in _AREAS.finditer(block.text, start, end):
                self._add(block, match, (start, end), "areas", match.start())
        for key, entry in self.found.items():
            amount, unit = key
            if unit == "people" and amount.isdecimal() and int(amount) > _SMALL:
                self._again(amount, entry, self.starts[key])

    def _add(
        self,
        block: Block,
        match: re.Match[str],
        sentence: tuple[int, int],
        unit: str,
        begin: int | None = None,
        inferred: bool = False,
    ) -> None:
        """Add one figure, or another place for one that is known; a year is no figure."""
        if any(date.start < match.end() and match.start() < date.end for date in block.dates):
            return
        printed = match["number"].casefold().replace(",", "")
        in_words = whole_number(printed) if printed[0].isalpha() else None
        amount = {"zero": "0", "nil": "0"}.get(printed, str(in_words or printed))
        start, end = _clause(block.text, match, sentence)
        start = start if begin is None else begin
        if begin is not None and in_words:
            end = match.end()
        key = (amount, unit)
        # The same share of two things is two figures, the same count of one thing is one.
        if unit == "percent":
            key = (amount, f"percent of {block.start + start}")
        if key in self.found:
            self.found[key]["amount"].append(block.said(amount, *match.span()))
            return
        words = block.text[start:end]
        entry: dict[str, Any] = {
            "id": short_name(re.sub(r"^\W*\d[\d,.%]*", "", words)),
            **block.place(start, end),
            "council": self.reading.council,
            "measure": [{"value": words}],
            "amount": [{"value": amount}],
            "unit": [{"value": unit}],
        }
        if inferred:
            note = "No unit is printed; each case is taken to be of one person."
            entry["unit"] = [{"value": unit, "modality": "inferred", "note": note}]
        times = self._as_of(block, sentence, (start, end), unit)
        if times:
            entry["as_of"] = times
        self.found[key] = entry
        self.starts[key] = block.view.span(start, end)[0]

    def _as_of(
        self, block: Block, sentence: tuple[int, int], clause: tuple[int, int], unit: str
    ) -> list[dict[str, Any]]:
        """Return when a figure held: a date, the inspection, or the time of the report."""
        dates = [
            date for date in block.dates if sentence[0] <= date.start < sentence[1] and date.edtf
        ]
        if dates and (unit == "percent" or dates[0].end <= clause[1]):
            lead = _DATED.search(block.text, sentence[0], dates[0].start)
            start = lead.start() if lead else dates[0].start
            found = DateFound(start, dates[0].end, dates[0].edtf)
            return [time_in(block, found)]
        present = _PRESENT.search(block.text, *clause) or _PRESENT.search(block.text, *sentence)
        counted = unit == "percent" or _BACKLOG.search(block.text, *clause)
        if self.dated and present and counted:
            place = block.place(*present.span())
            reason = "The present tense of a report with this date."
            manner = {"status": "inferred", "modality": "inferred", "reason": reason}
            return [{**place, "date": self.dated, **manner}]
        return []

    def _again(self, amount: str, entry: dict[str, Any], own: int) -> None:
        """Keep where a number is spoken of again: when it held, and that it was wrong."""
        pattern = re.compile(_SAID_AGAIN.format(number=amount))
        for block, start, end in self.reading.sentences("body", "footnote"):
            match = pattern.search(block.text, start, end)
            held = _AT_INSPECTION.search(block.text, start, end)
            inspection = self.inspection(held[0]) if held else None
            if match and held and inspection:
                place = block.place(*held.span())
                relative = {"status": "relative", "relative_to": inspection}
                reason = "Told by the inspection, whose time stands with it."
                entry.setdefault("as_of", []).append({**place, **relative, "reason": reason})
            denied = _DENIED.search(block.text, start, end)
            if denied and block.start <= own <= block.view.origin[-1]:
                note = "The report says that the number was wrong; it gives no other."
                said = block.said(amount, *denied.span(), polarity="negative", note=note)
                entry["amount"].append(said)


def _clause(text: str, match: re.Match[str], sentence: tuple[int, int]) -> tuple[int, int]:
    starts = [clause.end() for clause in _CLAUSE_START.finditer(text, sentence[0], match.start())]
    end = _CLAUSE_END.search(text, match.end(), sentence[1])
    return (starts[-1] if starts else sentence[0]), (end.start() if end else sentence[1])
