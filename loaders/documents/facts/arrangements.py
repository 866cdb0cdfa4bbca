"""Read the ways of running a service that a text names, for which council, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from data.councils.bodies import Body
from data.councils.register import plain_name, read_register
from data.tables.table import OrganisationRow, read_table
from loaders.documents.find.councils import WORD, CouncilFound, councils_in
from loaders.documents.find.grades import grades_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import words_beside
from loaders.documents.text.view import View

UNDECIDED = "undecided-alternative"
_MODELS: dict[str, str] = words_beside(f"{__package__}.delivery_models")
_NAMES = list(_MODELS)
_MODEL = re.compile(
    r"\b(?:" + "|".join(f"(?P<m{i}>{words})" for i, words in enumerate(_MODELS.values())) + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ModelFound:
    """A way of running a service in a text: its range and its notation."""

    start: int
    end: int
    model: str


def models_in(text: str) -> list[ModelFound]:
    """Return the ways of running a service that a text names, in order."""
    return [
        ModelFound(*match.span(), _NAMES[int((match.lastgroup or "m0")[1:])])
        for match in _MODEL.finditer(text)
    ]


_POSSIBLE = re.compile(
    r"\b(?P<words>(?:the )?(?:possibility|option|prospect) of (?:an? )?$)", re.IGNORECASE
)
# takes: "the council could be stripped of its children's services"
# leaves: "the council was stripped of its services"
_TAKEN_AWAY = re.compile(
    r"\b(?:could|may|might) (?:yet |also |still )?(?:be |lose |have )(?:stripped|removed|taken "
    r"(?:over|away)|transferred|control)\b(?:(?: of)? (?:its|their|the)(?: \w+)? services)?",
    re.IGNORECASE,
)
_VIA = re.compile(r"\s*\((?:via|through|by way of) [^)]*\)", re.IGNORECASE)
# takes: "both of which are currently rated"
# leaves: "which were rated"
_RATED = re.compile(
    r"\b(?:(?:both|all)(?: of (?:which|whom))? )?(?:councils?|authorit(?:y|ies)|which|they)? ?"
    r"(?:is|are|being) (?:currently |both |all )*(?:rated|judged|graded)\b",
    re.IGNORECASE,
)


@cache
def _organisations() -> dict[str, str]:
    """Return the organisations that can run services, by name."""
    rows = read_table("organisations", "organisations.csv", OrganisationRow)
    return {row.name: row.id for row in rows if row.kind in {"charity", "delivery-body"}}


@dataclass(frozen=True)
class Arrangements:
    """The arrangements that a document mentions, and the ratings of other councils."""

    arrangements: list[dict[str, Any]]
    councils: list[dict[str, Any]]


def arrangements_in(reading: DocumentReading) -> Arrangements:
    """Return how services are run, or could be, by what a document says."""
    extractor = _ArrangementExtractor(reading)
    extractor.read()
    return Arrangements(extractor.arrangements, list(extractor.councils.values()))


@dataclass
class _ArrangementExtractor:
    reading: DocumentReading
    arrangements: list[dict[str, Any]] = field(default_factory=list)
    councils: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self) -> None:
        """Read every paragraph."""
        sections = ("title", "body", "recommendation", "recitals", "caption")
        for block in self.reading.section(*sections):
            self._taken_away(block)
            models = models_in(block.text)
            for number, found in enumerate(models):
                end = block.sentence_at(found.start)[1]
                if number + 1 < len(models):
                    end = min(end, models[number + 1].start)
                self._elsewhere(block, found, end)
                self._possible(block, found)
            for start, end in block.sentences():
                self._rated(block, start, end)

    def _taken_away(self, block: Block) -> None:
        """Keep that services could be taken from the council: a possibility, never a fact."""
        for match in _TAKEN_AWAY.finditer(block.text):
            said = block.said(UNDECIDED, *match.span())
            same = [known for known in self.arrangements if known["id"] == "services-taken-away"]
            if same:
                same[0]["delivery_model"].append(said)
                continue
            self.arrangements.append(
                {
                    "id": "services-taken-away",
                    **block.place(*match.span()),
                    "modality": "possible",
                    "council": self.reading.council,
                    "delivery_model": [said],
                }
            )

    def _possible(self, block: Block, found: ModelFound) -> None:
        """Keep an arrangement that is talked of for the council itself."""
        match = _POSSIBLE.search(block.text, 0, found.start)
        if match is None:
            return
        entry: dict[str, Any] = {
            "id": f"possible-{found.model}",
            **block.place(match.start(), found.end),
            "modality": "possible",
            "council": self.reading.council,
            "delivery_model": [{"value": found.model}],
        }
        start, end = block.sentence_at(found.start)
        for name, identifier in _organisations().items():
            at = block.text.find(name, start, end)
            if at >= 0:
                entry["operated_by"] = [
                    block.said(f"organisation/{identifier}", at, at + len(name))
                ]
        self.arrangements.append(entry)

    def _elsewhere(self, block: Block, found: ModelFound, end: int) -> None:
        """Keep how other councils run their services: a model, then the places that have it."""
        between = re.match(r"\s(?:in|at)\s", block.text[found.end : end])
        if between is None:
            return
        places = _places_in(block.view, found.end + between.end(), end)
        index = 0
        while index < len(places):
            place = places[index]
            pair = places[index + 1] if index + 1 < len(places) else None
            if pair is not None and block.text[place.end : pair.start] == "/":
                self._pair(block, found, place, pair)
                index += 2
                continue
            self._add(block, found, place, (found.start, place.end))
            index += 1

    def _pair(self, block: Block, found: ModelFound, first: _Place, other: _Place) -> None:
        """Keep two councils of which one runs the other, or of which one body runs both."""
        via = _VIA.match(block.text, other.end)
        span = (first.start, via.end() if via else other.end)
        if via or found.model != "council-to-council":
            for place in (first, other):
                self._add(block, found, place, span)
            return
        note = "The two are printed as a pair; it is not said which of them runs the other."
        guess = {"modality": "inferred", "note": note}
        self._add(block, found, other, span)
        entry = self.arrangements[-1]
        entry["council"] = [{"value": other.body.code, **guess}]
        entry["operated_by"] = [{"value": f"council/{first.body.code}", **guess}]

    def _add(self, block: Block, found: ModelFound, place: _Place, span: tuple[int, int]) -> None:
        self.arrangements.append(
            {
                "id": f"{place.body.code.casefold()}-{found.model}",
                **block.place(*span),
                "council": place.body.code,
                "delivery_model": [{"value": found.model}],
            }
        )

    def _rated(self, block: Block, start: int, end: int) -> None:
        """Keep how a sentence says that other councils are rated."""
        match = _RATED.search(block.text, start, end)
        grades = grades_in(block.text[match.end() : end]) if match else []
        if match is None or not grades or grades[0].start > 8:
            return
        stop = match.end() + grades[0].end
        for place in _places_in(block.view, start, match.start()):
            if place.body.code != self.reading.council:
                self.councils.setdefault(
                    place.body.code,
                    {
                        "id": place.body.code,
                        **block.place(place.start, stop),
                        "stated_rating": [{"value": grades[0].grade}],
                    },
                )


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    body: Body


def _places_in(view: View, start: int, end: int) -> list[_Place]:
    """Return the councils that a list of places stands for, in order."""
    part = view.part(start, end)
    named: list[CouncilFound] = councils_in(part)
    found = [
        _Place(start + council.start, start + council.end, body)
        for council in named
        if (body := council.on(None)) is not None
    ]
    found += _shortened(part.text, start, found)
    return sorted(found, key=lambda place: place.start)


def _shortened(text: str, start: int, known: Sequence[_Place]) -> Iterator[_Place]:
    """Yield the councils named by the first word of a name such as Richmond upon Thames."""
    first: dict[str, list[Body]] = {}
    for body in read_register().councils:
        word, _, rest = plain_name(body.name).partition(" upon ")
        if rest and body.is_upper_tier:
            first.setdefault(word.rpartition(" of ")[2], []).append(body)
    words = [
        match
        for match in WORD.finditer(text)
        if match[0][0].isupper()
        and match[0].casefold() in first
        and not any(place.start <= start + match.start() < place.end for place in known)
    ]
    certain = [bodies[0] for word in words if len(bodies := first[word[0].casefold()]) == 1]
    for match in words:
        bodies = first[match[0].casefold()]
        # Of two councils of a name, the one that is of the kind of those beside it.
        beside = [
            body for body in bodies if any(body.row.type == other.row.type for other in certain)
        ]
        if len(bodies) == 1 or len(beside) == 1:
            body = bodies[0] if len(bodies) == 1 else beside[0]
            yield _Place(start + match.start(), start + match.end(), body)
