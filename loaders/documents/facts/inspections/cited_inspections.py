"""Read what a document tells of inspections: kind, days, report, grades and areas for action."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from loaders.documents.facts.citations import CitationPlace, CitedDocuments, DocumentCitation
from loaders.documents.facts.inspections.cited_grades import EARLIER, cited_findings, graded_areas
from loaders.documents.find.dates import DateFound
from loaders.documents.find.frameworks import FrameworkFound, framework_of
from loaders.documents.find.grades import AREAS_OF, areas_in, grades_in
from loaders.documents.find.people import people_in
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.record.proposals import Proposals

OFSTED = "organisation/ofsted"
# takes: "following a focussed visit to"
# takes: "the reinspection of services"
# leaves: "the inspection report of May"
_EVENT = re.compile(
    r"(?P<kind>focus+ed visit|monitoring visit|best value inspection|joint targeted area inspection"
    r"|(?:re-?)?inspection(?! report| framework))",
    re.IGNORECASE,
)
# takes: "which inspected the Council's services between "
# leaves: "the inspection, whose report was published on "
_VISIT_DATE = re.compile(
    r"(?:inspections?|visits?|inspected)\b(?:(?!\bpublished\b|\breport\b|\bletter\b)[^.;"
    r"()]){0,140}? ?\(?"
    r"(?:\bon|\bof|\bbetween|\bfrom|\bin|\bduring)? ?$",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"\b(?:inspected|inspections?|re-?visit)\b[^.;]*?(?: (?:from|between|on|during|of) | ?\()$",
    re.IGNORECASE,
)
_ENDED = re.compile(r",? and (?:was )?(?:finished|ended|closed|concluded|completed) on ")
_SUBJECT_WITH_DATE = re.compile(r"(?P<subject>[^(),]{8,110}?) ?\((?P<date>[^()]{4,40}\d{4})\)")
_CLASSES = {
    "monitoring": "MonitoringVisit",
    "best value": "BestValueInspection",
    "focus": "FocusedVisit",
}


@dataclass
class InspectionMention:
    """An inspection that a document tells of, as its entry in a record grows.

    In: `time` is the one that its identifier has; `document` the slug of its report, of which
    `published` are more dates.
    """

    entry: dict[str, Any]
    time: str
    framework: str = ""
    document: str = ""
    published: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The identifier."""
        return str(self.entry["id"])

    @property
    def is_graded(self) -> bool:
        """Whether it gives grades, as no visit does."""
        return bool(self.entry["kind"] == "GradedInspection")

    @property
    def year(self) -> str:
        """The year of its time; empty if that has none."""
        match = re.search(r"[0-9]{4}", self.time)
        return match[0] if match else ""


def cited_inspections(
    reading: DocumentReading, cited: CitedDocuments, proposals: Proposals
) -> list[InspectionMention]:
    """Return the inspections that a document tells of, with what they found."""
    extractor = _CitedInspectionExtractor(reading, cited, proposals)
    extractor.read()
    return extractor.found


def latest(inspections: Sequence[InspectionMention]) -> InspectionMention | None:
    """Return the inspection of the latest year; of several the one that is told of last."""
    return max(reversed(inspections), key=lambda inspection: inspection.year, default=None)


@dataclass
class _CitedInspectionExtractor:
    reading: DocumentReading
    cited: CitedDocuments
    proposals: Proposals
    found: list[InspectionMention] = field(default_factory=list)
    years: list[tuple[Block, DateFound]] = field(default_factory=list)

    def read(self) -> None:
        """Read every block, first for the inspections and then for what they found."""
        for block in self.reading.blocks:
            self._earlier(block)
        for block in self.reading.blocks:
            for place in self.cited.in_block(block):
                if place.document.is_ofsted or _reports_inspection(place.document):
                    self._report(block, place)
        self._place_years()
        self._follow_up()
        for block in self.reading.blocks:
            self._findings(block)

    def _place_years(self) -> None:
        """Give a bare year to the one inspection of that year, if there is one."""
        for block, date in self.years:
            same = [inspection for inspection in self.found if inspection.year == date.edtf]
            if len(same) == 1:
                same[0].entry.setdefault("on_site", []).append(time_in(block, date))

    def _follow_up(self) -> None:
        """Say which graded inspection a monitoring visit follows: such visits follow one."""
        before = latest([inspection for inspection in self.found if inspection.is_graded])
        for visit in self.found:
            if visit.entry["kind"] == "MonitoringVisit" and before:
                note = "Such visits follow an inadequate judgement; the text does not say which."
                visit.entry["follows_up"] = [
                    {"value": before.id, "modality": "inferred", "note": note}
                ]

    def _by_document(self, slug: str) -> InspectionMention | None:
        return next((inspection for inspection in self.found if inspection.document == slug), None)

    def _findings(self, block: Block) -> None:
        documents = self.cited.in_block(block)
        for start, end in block.sentences():
            # The last document before is the one whose inspection a sentence tells of.
            near = [self._by_document(at.document.slug) for at in documents if at.start < end]
            inspection = next((mention for mention in reversed(near) if mention is not None), None)
            if inspection is None:
                continue
            text, entry = block.text[start:end], inspection.entry
            areas = AREAS_OF.get(inspection.framework, {})
            for grade in graded_areas(text, areas) if inspection.is_graded else ():
                place = (start + grade.start, start + grade.end)
                if grade.area:
                    judge(inspection, block, grade.grade, grade.area, place)
                else:
                    said = block.said(grade.grade, *place, voice=OFSTED)
                    entry["all_areas_graded"] = [said]
            for finding in cited_findings(text, inspection.is_graded):
                entry.setdefault("findings", []).append(
                    {
                        "id": finding.name,
                        **block.place(start + finding.start, start + finding.end),
                        "voice": OFSTED,
                        "kind": finding.kind,
                        "summary": finding.summary,
                    }
                )

    def _earlier(self, block: Block) -> None:
        """Read judgements told with their subjects and months: 'inadequate' … for A (May 2013)."""
        match = EARLIER.search(block.text)
        grades = [
            grade for grade in grades_in(block.text) if match and grade.start >= match.start()
        ]
        if match is None or not grades:
            return
        for subject in _SUBJECT_WITH_DATE.finditer(block.text, grades[0].end):
            date = next(
                (dated for dated in block.dates if dated.start == subject.start("date")), None
            )
            words = re.sub(r"^.*?\b(?:for|of|and for) (?=\w)", "", subject["subject"])
            framework = framework_of(words, (date.edtf or "") if date else "")
            if date is None or framework is None:
                continue
            start = subject.end("subject") - len(words)
            inspection = self._new(block, start, subject.end(), "GradedInspection", date.edtf)
            add_framework(inspection, framework, block, 0)
            inspection.entry["report_published"] = [time_in(block, date)]
            area = AREAS_OF.get(framework.framework, {}).get(_main_area(words), "")
            if area:
                judge(inspection, block, grades[0].grade, area, (grades[0].start, subject.end()))

    def _report(self, block: Block, place: CitationPlace) -> None:
        """Read what a block tells of the inspection that a document reports."""
        document = place.document
        inspection = self._by_document(document.slug)
        # Only the block that dates a document has it at the document's own place.
        cited = document if block is document.block else place
        end = min(place.end, document.date.end) if block is document.block else place.end
        sentence_end = block.sentence_at(end - 1)[1]
        rest = block.text[end:sentence_end]
        event = _EVENT.search(rest) if inspection is None or block is document.block else None
        visit = self._visit_date(block, end, self._until(block, document))
        if visit is None and block is document.block and document.is_ofsted:
            visit = self._visit_before(block, document)
        month = (visit.edtf if visit and visit.edtf else "") or document.date.edtf or ""
        if inspection is None:
            kind = _kind(event["kind"] if event else "", document)
            start = end + event.start() if event else cited.start
            stop = end + event.end() if event else cited.end
            span = (start, visit.end if event and visit else stop)
            words = block.text[cited.start : sentence_end]
            inspection = self._reported_by(place, block, span, kind, month, words)
        if visit is not None and len(visit.edtf or "") == len("2016"):
            self.years.append((block, visit))
        elif visit is not None:
            inspection.entry.setdefault("on_site", []).append(time_in(block, visit))
        if inspection.entry["kind"] == "BestValueInspection":
            self._lead(inspection, block, end, sentence_end)

    def _reported_by(
        self,
        place: CitationPlace,
        block: Block,
        span: tuple[int, int],
        kind: str,
        month: str,
        words: str,
    ) -> InspectionMention:
        """Begin the entry of the inspection that a document reports, as words from it on say."""
        document = place.document
        cited = document if block is document.block else place
        time = month or "".join(document.date.candidates)
        inspection = self._new(block, *span, kind, time)
        inspection.document = document.slug
        entry = inspection.entry
        entry["report"] = [block.said(document.slug, cited.start, cited.end)]
        if document.is_ofsted:
            dated = "letter_dated" if document.noun == "letter" else "report_published"
            entry[dated] = [time_in(document.block, document.date)]
            entry["conducted_by"] = [block.said(OFSTED, cited.start, cited.end)]
        framework = framework_of(words, month[:7])
        if kind == "FocusedVisit" and framework and not framework.is_named:
            framework = framework_of("", month[:7])
        if framework:
            add_framework(inspection, framework, block, cited.start)
        return inspection

    def _until(self, block: Block, document: DocumentCitation) -> int:
        """Return where a block goes over to another document; until then it tells of this one."""
        places = self.cited.in_block(block)
        others = (place.start for place in places if place.document is not document)
        return min((start for start in others if start > document.start), default=len(block.text))

    def _visit_date(self, block: Block, start: int, end: int) -> DateFound | None:
        for date in block.dates:
            if start <= date.start < end and _VISIT_DATE.search(block.text[start : date.start]):
                return date
        return None

    def _visit_before(self, block: Block, document: DocumentCitation) -> DateFound | None:
        """Return the date of the visit that the words before a report tell of, if it is one."""
        first = all(place.start >= document.start for place in self.cited.in_block(block))
        start = 0 if first else block.sentence_at(document.start)[0]
        found = [
            date
            for date in block.dates
            if start <= date.start < document.start
            and _VISITED.search(block.text[start : date.start])
        ]
        if len(found) == 2 and _ENDED.fullmatch(block.text[found[0].end : found[1].start]):
            # "It began on one day and finished on another" prints one stretch of days.
            days = f"{found[0].edtf}/{found[1].edtf}"
            return replace(found[0], end=found[1].end, edtf=days)
        return found[0] if len(found) == 1 else None

    def _lead(self, inspection: InspectionMention, block: Block, start: int, end: int) -> None:
        """Read who led an inspection that a person was appointed to make."""
        for person in people_in(block.view.part(start, end)):
            place = (start + person.start, start + person.end)
            inspection.entry.setdefault("lead_inspector", [block.said(person.slug, *place)])
        for date in block.dates:
            if (
                re.search(r"published[^.;]*$", block.text[start : date.start])
                and start <= date.start < end
            ):
                inspection.entry["report_published"] = [time_in(block, date)]
                inspection.published.append(time_in(block, date))

    def _new(
        self, block: Block, start: int, end: int, kind: str, time: str | None
    ) -> InspectionMention:
        entry: dict[str, Any] = {
            "id": self.proposals.next("inspection", self.reading.council, time),
            **block.place(start, end),
            "kind": kind,
            "council": self.reading.council,
        }
        inspection = InspectionMention(entry, time or "")
        self.found.append(inspection)
        return inspection


def add_framework(
    inspection: InspectionMention, framework: FrameworkFound, block: Block, start: int
) -> None:
    """Keep the framework of an inspection, and whether the words from a place on name it."""
    inspection.framework = framework.framework
    if framework.is_named:
        place = (start + framework.start, start + framework.end)
        statement = block.said(framework.framework, *place)
    else:
        note = "From the subject and the time; the text names no framework."
        statement = {"value": framework.framework, "modality": "inferred", "note": note}
    inspection.entry["framework"] = [statement]


def judge(
    inspection: InspectionMention, block: Block, grade: str, area: str, place: tuple[int, int]
) -> None:
    """Add a judgement, or a second place for one that is known."""
    judgements = inspection.entry.setdefault("judgements", [])
    statement = block.said(grade, *place, voice=OFSTED)
    for judgement in judgements:
        if judgement["area"] == area:
            if all(stated["chars"] != statement["chars"] for stated in judgement["grade"]):
                judgement["grade"].append(statement)
            return
    judgements.append({"area": area, **block.place(*place), "voice": OFSTED, "grade": [statement]})


def _reports_inspection(document: DocumentCitation) -> bool:
    """Return whether a document is the report of an inspection that others than Ofsted made."""
    after = document.block.text[document.date.end :]
    return document.noun == "report" and bool(
        re.match(r"[^.;]{0,30}\binspection", after, re.IGNORECASE)
    )


def _kind(words: str, document: DocumentCitation) -> str:
    low = f"{words} {document.noun}".casefold()
    found = next((name for part, name in _CLASSES.items() if part in low), None)
    if found:
        return found
    return "FocusedVisit" if document.noun == "letter" and not words else "GradedInspection"


def _main_area(words: str) -> str:
    found = areas_in(words)
    return found[0].area if found else "overall"
