"""What a report and a letter of Ofsted have in common: council, days, inspector, the document."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from loaders.documents.facts.inspections.cover import (
    CouncilNamed,
    council_of_report,
    inspectors_of,
    published_of,
    stay_of,
)
from loaders.documents.facts.inspections.days_on_site import Stay
from loaders.documents.facts.inspections.judgement_tables import GRADE, LABEL
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.frameworks import ReportFramework
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.furniture import furniture_of
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import Proposals, document_slug
from loaders.documents.text.view import View, passage, report_view_of
from ontology.dates import bounds
from ontology.errors import UnreadableDocument

_TITLE_CHARACTERS = 700
_OFSTED = "organisation/ofsted"
# A page number; the grade below its label is no page number.
# takes: "first line\n 12 \nnext line"
# leaves: "Overall grade\n2\n"
_LONE_NUMBER = re.compile(
    r"(?<![\w ]grade)(?<!grade:)(?:^|[\n\f\r])[ \t\xa0]*(?P<number>\d{1,3})"
    r"(?=[ \t\xa0]*(?:[\n\f\r]|$))",
    re.IGNORECASE,
)
_TABLE_WORDS = re.compile(rf"{GRADE.pattern}|^ ?(?:{LABEL.pattern}) ?$", re.IGNORECASE)
"""What is kept of a line that stands on several pages: a grade, or the name of an area alone."""

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")


@dataclass
class InspectionReading:
    """A report or letter while it is read: its text as one line, and what its cover says."""

    reading: DocumentReading
    view: View
    form: str
    council: CouncilNamed
    stay: Stay | None
    published: DateFound | None
    identifier: str = ""
    proposals: Proposals = field(default_factory=Proposals)
    page_starts: Sequence[int] = ()

    @property
    def code(self) -> str:
        """The register code of the council."""
        return self.council.body.code

    @property
    def last_day(self) -> date | None:
        """The last day on site, or the day of publication, if either is certain."""
        if self.stay is not None and self.stay.last is not None:
            return self.stay.last
        if self.published is not None and self.published.edtf and self.published.is_day:
            return bounds(self.published.edtf)[0]
        return None

    @property
    def title_end(self) -> int:
        """Where the title must have ended: at the days on site, if those are on the cover."""
        place = self.stay.found.start if self.stay is not None else _TITLE_CHARACTERS
        return min(place, _TITLE_CHARACTERS)

    @cached_property
    def body(self) -> View:
        """The text without what only stands on its pages, which may break a table."""
        beside = [
            (furniture.start, furniture.end)
            for furniture in furniture_of(self.reading.tree.document)
        ]
        beside += [number.span("number") for number in _LONE_NUMBER.finditer(self.view.fixed)]
        return self.view.without(sorted(beside), _TABLE_WORDS)

    @property
    def title(self) -> View:
        """The text before the days on site, where the title must stand."""
        last = min(self.title_end, len(self.view.text)) - 1
        end = self.view.origin[last] if last >= 0 else 0
        return self.body.part(0, bisect_right(self.body.origin, end))

    def place(self, start: int, end: int, view: View | None = None) -> dict[str, Any]:
        """Return a passage of a view, or of the whole text, by its page."""
        view = view or self.view
        while start < end - 1 and view.text[start] == " ":
            start += 1
        while end > start + 1 and view.text[end - 1] == " ":
            end -= 1
        first, last = view.span(start, end)
        number = bisect_right(self.page_starts, first)
        found = passage(self.view.fixed, f"page {number}", first, last)
        return {"at": found.at, "chars": found.chars, "words": found.words}

    def time(self, found: DateFound, note: str = "", certain: bool = True) -> dict[str, Any]:
        """Return a date as a statement."""
        place = self.place(found.start, found.end)
        manner = {"note": note} if note else {}
        manner |= {} if certain else {"modality": "inferred"}
        stated = found.time(self.view, place["at"], **manner)
        return stated.model_dump(exclude_defaults=True)

    def framework(self, chosen: ReportFramework) -> dict[str, Any]:
        """Return the framework as a statement; an edition that is not named is inferred."""
        said = {"value": chosen.framework, **self.place(chosen.start, chosen.end, self.body)}
        return {**said, "modality": "inferred", "note": chosen.note} if chosen.note else said

    def entry(self) -> dict[str, Any]:
        """Return what the cover says of the inspection."""
        named = self.council
        council = {"value": self.code, **self.place(named.start, named.end)}
        if named.note:
            council |= {"modality": "inferred", "note": named.note}
        whole = (0, min(len(self.view.text), max(named.end, self._end_of_cover())))
        entry: dict[str, Any] = {
            "id": self.identifier,
            **self.place(min(named.start, whole[1] - 1), whole[1]),
            "council": [council],
            "conducted_by": [{"value": _OFSTED}],
            "report": [{"value": self.slug}],
        }
        if self.stay is not None:
            entry["on_site"] = [self.time(self.stay.found, self.stay.note, self.stay.is_certain)]
        if self.published is not None:
            field_name = "report_published" if self.form == "report" else "letter_dated"
            entry[field_name] = [self.time(self.published)]
        inspectors = inspectors_of(self.view)
        if inspectors:
            entry["lead_inspector_named"] = [
                {"value": inspector.name, **self.place(inspector.start, inspector.end)}
                for inspector in inspectors
            ]
        return entry

    def _end_of_cover(self) -> int:
        """Return the end of what introduces the inspection: the council's name or the days."""
        return self.stay.found.end if self.stay is not None else self.council.end

    @property
    def slug(self) -> str:
        """A name for the document."""
        day = self.last_day
        return document_slug(self.code, f"ofsted-{self.form}", str(day) if day else None)

    def block(self) -> DocumentBlock:
        """Return what the record says of the document itself."""
        printed = [self.time(self.published)] if self.published is not None else []
        named = f"children's services of {self.council.body.name}"
        slug, voice = self.slug, _OFSTED
        if self.form == "report":
            title = f"Inspection report on {named}"
            return DocumentBlock("inspection-report", slug, title, voice, published=printed)
        return DocumentBlock("letter", slug, f"Letter of Ofsted on {named}", voice, dated=printed)

    def hint(self) -> list[dict[str, Any]]:
        """Return the date in the file's name as a hint, where the document prints none."""
        named = _DAY_IN_NAME.search(self.reading.tree.document.name)
        if named is None or self.published is not None:
            return []
        reason = (
            f"The file's name has the date {'-'.join(named.groups())}, perhaps of its publication; "
            "the document prints none, so none is recorded."
        )
        return [{**self.place(self.council.start, self.council.end), "reason": reason}]


def inspection_reading(
    tree: Tree, form: str, dates: Callable[[View], Sequence[DateFound]] | None = None
) -> InspectionReading:
    """Return the reading of a report or a letter.

    In: for a letter, how its own dates are found in its text; the first one is meant.

    Raises: UnreadableDocument if no council of the register is named.
    """
    fixed = tree.document
    # The number of a page may stand within a date.
    numbers = (
        edge for number in _LONE_NUMBER.finditer(fixed.text) for edge in number.span("number")
    )
    edges = [0, *numbers, len(fixed.text)]
    view = report_view_of(fixed.text, zip(edges[::2], edges[1::2], strict=True))
    published = next(iter(dates(view)), None) if dates else published_of(view)
    written = bounds(published.edtf)[0] if dates and published and published.edtf else None
    stay = stay_of(view, written)
    day = stay.first if stay is not None else None
    if day is None and published is not None and published.edtf:
        day = bounds(published.edtf)[0]
    council = council_of_report(view, day)
    if council is None:
        raise UnreadableDocument(
            f"{fixed.name}: no council of the register is named as the one inspected; check the "
            "name in the document"
        )
    reading = DocumentReading(tree, Parties(council.body.code, "sos-education", "childrens"), day)
    found = InspectionReading(reading, view, form, council, stay, published)
    found.page_starts = fixed.page_starts
    found.identifier = found.proposals.next("inspection", found.code, str(day) if day else None)
    return found


def candidate_with(
    reading: InspectionReading,
    inspections: list[dict[str, Any]],
    left_out: list[dict[str, Any]],
) -> Candidate:
    """Return the candidate, with what its kind could not read before the sentences not read."""
    notes = [*reading.hint(), *left_out]
    content = {"inspections": inspections}
    return candidate_of(reading.reading, reading.block(), content, before=notes)


_REINSPECTION = re.compile(r"\bre-?\s?inspection\b", re.IGNORECASE)
# takes: "At the last full inspection of services in "
# takes: "since the judgement of inadequate given in "
# leaves: "This inspection in 2015"
_EARLIER = re.compile(
    r"\b(?:last|previous|first) (?:(?:full|single|Ofsted) )?inspection\b[^.;]{0,90}?"
    r"\b(?=(?:in|of|during)\b)|\bjudge?ment of inadequate\b[^.;]{0,60}?\b(?=in\b)",
    re.IGNORECASE,
)
# takes: "the last inspection report for Anytown was published in "
# leaves: "the last inspection of Anytown was in "
_PUBLISHED_THEN = re.compile(r"\b(?:published|issued)\b[^.;]{0,20}$", re.IGNORECASE)
_REINSPECTION_TITLE_CHARACTERS = 600
_FRONT_CHARACTERS = 12_000
"""Characters from the start within which a report tells of the inspection that it repeats."""


@dataclass(frozen=True)
class PrecedingInspection:
    """An inspection that the one of a document follows: its entry, and the link to it."""

    entry: dict[str, Any]
    link: dict[str, Any]


def preceding_inspection(
    reading: InspectionReading,
    start: int,
    date: DateFound,
    words: tuple[int, int] | None = None,
    **manner: str,
) -> PrecedingInspection:
    """Return the inspection that a document dates, and the link to it.

    In: where the passage begins that tells of it and that ends with its date; the words for the
    link, if others; what is to be said of the date.
    """
    edtf = date.edtf or ""
    identifier = reading.proposals.next("inspection", reading.code, edtf)
    place = reading.place(start, date.end)
    published = _PUBLISHED_THEN.search(reading.view.text[start : date.start])
    entry = {
        "id": identifier,
        **place,
        "kind": "GradedInspection",
        "council": reading.code,
        "conducted_by": _OFSTED,
        "report_published" if published else "on_site": [
            {"date": edtf, **reading.place(date.start, date.end), **manner}
        ],
    }
    words_place = reading.place(*words) if words else place
    return PrecedingInspection(entry, {"value": identifier, **words_place, "modality": "inferred"})


def is_reinspection(reading: InspectionReading) -> re.Match[str] | None:
    """Return the word by which a report calls itself a re-inspection in its title, if it does."""
    return _REINSPECTION.search(reading.view.text, 0, _REINSPECTION_TITLE_CHARACTERS)


def inspection_repeated(
    reading: InspectionReading, title: re.Match[str]
) -> PrecedingInspection | None:
    """Return the inspection that a re-inspection repeats, if the report gives it a date."""
    view = reading.view
    for match in _EARLIER.finditer(view.text, title.end(), _FRONT_CHARACTERS):
        end = min(match.end() + 30, len(view.text))
        for printed in dates_in(view.part(match.end(), end))[:1]:
            year = int((printed.edtf or "0")[:4])
            if printed.edtf and reading.last_day and year <= reading.last_day.year:
                date_found = printed.moved(match.end())
                return preceding_inspection(reading, match.start(), date_found, title.span())
    return None
