"""Read what a report recommends, to whom, and what it advises against."""

import re
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.arrangements import ModelFound, models_in
from loaders.documents.find.councils import councils_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.proposals import as_sentence
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
ADVISES = _PATTERNS["advises"]
_DENIES = _PATTERNS["denies"]
_VIEW = _PATTERNS["view"]
_LIST = re.compile(
    r"(?:\d[\d.]* )?(?:(?:summary|list|my|our|the|key|main|of) )*recommendations\b.{0,40}",
    re.IGNORECASE,
)
"""A heading under which each paragraph that wants something is a recommendation."""

_KEEPS = _PATTERNS["keeps"]
WANTED = re.compile(
    r"\b(?:should|would benefit from|will need|needs? to|must|ought to)\b", re.IGNORECASE
)
_INSTEAD = _PATTERNS["instead"]
_OBLIGED = r",?(?: who| which| and)? (?:should|must|needs? to|ought to|will need to)\b"
_FOR_NOW = re.compile(r"\bat (?:this|the present) (?:time|stage|point)\b|\bat present\b", re.I)
_GOVERNING = {"external-organisation", "trust", "undecided-alternative", "council-owned-company"}


def recommendations_in(
    reading: DocumentReading, by: str, to: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Return the recommendations of a report.

    In: `by` is the author, `to` whom the report is given to, with the words for it.
    """
    extractor = _RecommendationExtractor(reading, by, to)
    extractor.read()
    return list(extractor.found.values())


@dataclass
class _RecommendationExtractor:
    reading: DocumentReading
    by: str
    to: dict[str, Any] | None
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        """Read the recommendations that are set apart, then those within paragraphs."""
        for block in self.reading.section("recommendation"):
            self._set_apart(block)
        listed = False
        for block in self.reading.blocks:
            if block.section == "heading":
                listed = _LIST.fullmatch(block.text.strip("#* :")) is not None
            elif block.section == "body" and listed and WANTED.search(block.text):
                self._listed(block)
            elif block.section == "body":
                for start, end in block.sentences():
                    self._within(block, start, end)

    def _set_apart(self, block: Block) -> None:
        """Keep a recommendation under a heading of its own, which may have several paragraphs."""
        number = block.label.rpartition(" ")[2].replace(".", "-")
        entry = self.found.get(number)
        if entry is None:
            entry = self.found[number] = self._entry(number, block, 0, len(block.text))
            self.starts[number] = block.start
        else:
            last = block.view.span(0, len(block.text))[1]
            words = self.reading.tree.document.text[self.starts[number] : last].split()
            entry["chars"] = f"{self.starts[number]}-{last}"
            entry["words"] = f"{' '.join(words[:4])} … {' '.join(words[-3:])}"
        if "recommended_to" not in entry:
            self._addressed(entry, block, 0, len(block.text))
        for model in models_in(block.text)[:1]:
            if model.model in _GOVERNING and re.search(
                r"\b(?:establish|create|set up|move to|transfer)", block.text[: model.start]
            ):
                entry["delivery_model"] = [block.said(model.model, model.start, model.end)]

    def _listed(self, block: Block) -> None:
        """Keep a paragraph or a bullet in a list of recommendations."""
        entry = self._add(block, 0, len(block.text))
        self._addressed(entry, block, 0, len(block.text))

    def _within(self, block: Block, start: int, end: int) -> None:
        """Keep what a sentence advises, wants or advises against, in the author's own person."""
        models = [model for model in models_in(block.text) if start <= model.start < end]
        denied = _DENIES.search(block.text, start, end)
        advised = ADVISES.search(block.text, start, end)
        view = _VIEW.search(block.text, start, end)
        if denied and models and denied.start() < models[0].start:
            self._against(block, denied.start(), end, models[0])
        elif advised and not denied:
            entry = self._add(block, advised.start(), end)
            self._addressed(entry, block, advised.end(), end)
        elif view and _INSTEAD.search(block.text, start, end):
            note = "Support is set against a different model, so the council goes on by itself."
            self._direct(self._add(block, view.start(), end), note)
        elif view and not models and _KEEPS.search(block.text, view.end(), end):
            note = "The council keeps its responsibility, so nobody else is to run the services."
            self._direct(self._add(block, view.start(), end), note)
        elif view and models and WANTED.search(block.text, view.end(), end):
            before = block.text[start : view.start()]
            begin = start if len(before) < 80 else view.start()
            entry = self._add(block, begin, end)
            entry["delivery_model"] = [{"value": models[0].model}]
            if models[0].model in _GOVERNING:
                self._given(entry)
        elif view and not denied and WANTED.search(block.text, view.end(), end):
            self._addressed(self._add(block, view.start(), end), block, view.end(), end)

    def _direct(self, entry: dict[str, Any], note: str) -> None:
        """Keep that the council is to run its services by itself, as far as the words imply it."""
        entry["delivery_model"] = [{"value": "direct", "modality": "inferred", "note": note}]
        self._given(entry)

    def _against(self, block: Block, start: int, end: int, model: ModelFound) -> None:
        """Keep what the author advises against: the denial stands with the model."""
        entry = self._add(block, start, end)
        entry["summary"] = as_sentence(f"Advised against: {block.text[start:end]}")
        said: dict[str, Any] = {"value": model.model, "polarity": "negative"}
        if _FOR_NOW.search(block.text, start, end):
            said["condition"] = "At the time of the report."
        entry["delivery_model"] = [said]
        self._given(entry)

    def _add(self, block: Block, start: int, end: int) -> dict[str, Any]:
        local = re.sub(r"[^a-z0-9]+", "-", f"paragraph-{block.label}".casefold()).strip("-")
        local = local.replace("paragraph-paragraph", "paragraph")
        number, name = 2, local
        while name in self.found:
            name, number = f"{local}-{number}", number + 1
        entry = self.found[name] = self._entry(name, block, start, end)
        return entry

    def _entry(self, name: str, block: Block, start: int, end: int) -> dict[str, Any]:
        return {
            "id": name,
            **block.place(start, start + len(block.text[start:end].rstrip(" .;"))),
            "summary": as_sentence(block.text[start:end]),
            "recommended_by": self.by,
            "about": self.reading.council,
        }

    def _given(self, entry: dict[str, Any]) -> None:
        """Take who runs a service to be advice to whom the report is given to."""
        if self.to:
            entry["recommended_to"] = [self.to]

    def _addressed(self, entry: dict[str, Any], block: Block, start: int, end: int) -> None:
        """Keep who should do it: the first party of which the words say so."""
        own = self.reading.council
        parties = [
            (party.start, party.end, party.reference)
            for party in self.reading.parties_in(block)
            if start <= party.start < end
        ]
        # In its own report a place stands for its council.
        for place in councils_in(block.view):
            body = place.on(self.reading.day)
            if body and start <= place.start < end and body.code == own:
                parties.append((place.start, place.end, f"council/{own}"))
        advised = start > 0
        for begin, stop, reference in sorted(parties):
            obliged = re.match(_OBLIGED, block.text[stop:])
            named = advised and not block.text[start:begin].strip()
            if obliged or named:
                entry["recommended_to"] = [block.said(reference, begin, stop)]
                return
