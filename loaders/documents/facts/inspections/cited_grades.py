"""Read the grades and findings that a document tells of an inspection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.documents.facts.citations import DocumentCitation
from loaders.documents.facts.inspections.cited_inspections import (
    EARLIER,
    OFSTED,
    CitedInspectionExtractor,
    InspectionMention,
    judge,
)
from loaders.documents.find.grades import (
    ALL_AREAS,
    AREAS_OF,
    AreaFound,
    GradeFound,
    areas_in,
    grades_in,
)
from loaders.documents.layout.blocks import Block

_PRIORITY = re.compile(
    r"areas? for priority action\b(?: (?:around|on|in|about|relating to|regarding))?:? ",
    re.IGNORECASE,
)
_FOUND_THAT = re.compile(
    r"(?:which found that|found that|concluded that) (?P<what>[^.;,]*?)(?= and issued|[.;,]|$)",
    re.IGNORECASE,
)


@dataclass
class GradeExtractor:
    """The grades and findings of the inspections that a document tells of."""

    told: CitedInspectionExtractor

    def read(self) -> None:
        """Read every block."""
        for block in self.told.reading.blocks:
            self._read_block(block)

    def _read_block(self, block: Block) -> None:
        """Read the grades and the areas for action that a block tells of."""
        documents = self.told.cited.in_block(block)
        for start, end in block.sentences():
            near = [one for one in documents if one[0] < end]
            inspection = self._inspection(near)
            if inspection is None:
                continue
            if inspection.entry["kind"] == "GradedInspection":
                self._grades(block, inspection, start, end)
            self._ungraded(block, inspection, start, end)

    def _inspection(
        self, near: list[tuple[int, int, DocumentCitation]]
    ) -> InspectionMention | None:
        """Return the inspection that the last document before reports."""
        told = [self.told.by_document(document.slug) for _, _, document in reversed(near)]
        return next((one for one in told if one is not None), None)

    def _grades(self, block: Block, told: InspectionMention, start: int, end: int) -> None:
        """Read the grades of one sentence, each for the areas named before it."""
        areas = AREAS_OF.get(told.framework, {})
        text = block.text[start:end]
        earlier = EARLIER.search(text)
        place = 0
        for grade in grades_in(text):
            if earlier and grade.start <= earlier.end() + 2:
                bracket = text.find("),", grade.end)
                place = bracket + 1 if bracket > 0 else text.find(",", grade.end) + 1
                continue
            region = text[place : grade.start]
            named = [one for one in areas_in(region) if one.area in areas]
            universal = ALL_AREAS.match(text[grade.end :])
            overall = re.match(r" overall", text[grade.end :])
            for one, area in _own_areas(named, areas, overall is not None):
                begin = start + place + one.start
                stop = start + grade.end + (len(" overall") if overall else 0)
                judge(told, block, GradeFound(0, 0, grade.grade), area, (begin, stop))
            if universal:
                stop = start + grade.end + universal.end()
                told.entry["all_areas_graded"] = [
                    {**block.said(grade.grade, start + grade.start, stop), "voice": OFSTED}
                ]
            if (universal or overall) and "overall" in areas:
                stop = start + grade.end + (len(" overall") if overall else 0)
                area = areas["overall"]
                whole = (start + grade.start, stop)
                judge(told, block, GradeFound(0, 0, grade.grade), area, whole)
            place = grade.end

    def _ungraded(self, block: Block, told: InspectionMention, start: int, end: int) -> None:
        """Read the areas for priority action, and what a visit found without a grade."""
        findings = told.entry.setdefault("findings", [])
        text = block.text[start:end]
        match = _PRIORITY.search(text)
        if match:
            for begin, stop in _listed(text, match.end()):
                words = text[begin:stop]
                findings.append(
                    {
                        "id": _slug(words),
                        **block.place(start + match.start(), start + stop),
                        "voice": OFSTED,
                        "kind": "AreaForPriorityAction",
                        "summary": f"Priority action is needed on: {words}.",
                    }
                )
        found = _FOUND_THAT.search(text)
        if found and told.entry["kind"] != "GradedInspection":
            findings.append(
                {
                    "id": _slug(found["what"]),
                    **block.place(start + found.start("what"), start + found.end("what")),
                    "voice": OFSTED,
                    "kind": "Finding",
                    "summary": f"{found['what'][:1].upper()}{found['what'][1:]}."[:240],
                }
            )
        if not findings:
            del told.entry["findings"]


def _own_areas(
    named: list[AreaFound], areas: dict[str, str], overall: bool
) -> Iterator[tuple[AreaFound, str]]:
    """Yield the areas that a grade is for, each once.

    Where areas are listed, "children's services" before them only says what they are areas of.
    """
    last = named[-1:] if overall else named
    seen: set[str] = set()
    for one in last:
        area = areas["overall"] if overall and "overall" in areas else areas[one.area]
        if area not in seen:
            seen.add(area)
            yield one, area


def _listed(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the things of a list; a semicolon parts them, else the word and."""
    rest = text[start:].rstrip(" .;,")
    parts = re.split(r";(?: and)? ?", rest) if ";" in rest else [rest]
    place = start
    for part in parts:
        begin = text.find(part, place) if part else -1
        if begin >= 0:
            place = begin + len(part)
            yield begin, place


def _slug(words: str) -> str:
    """Return a short name for a finding."""
    kept = re.findall(r"[a-z0-9]+", words.casefold())[:4]
    return "-".join(kept) or "finding"
