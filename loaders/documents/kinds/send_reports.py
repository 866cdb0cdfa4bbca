"""Read a report on an area's provision for special educational needs: an outcome, never a grade."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from loaders.documents.facts.background import council_of_prose
from loaders.documents.facts.inspections.cover import stay_of
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import prose_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import Proposals, as_sentence, document_slug, short_name
from loaders.documents.text import words_beside
from loaders.documents.text.view import View, report_view_of

_OFSTED = "organisation/ofsted"
_FRAMEWORK = "area-send-2023"
"""The rules whose inspections end with one of three outcomes."""
_OUTCOMES: dict[str, list[dict[str, str]]] = words_beside(__name__)
"""What a first visit finds, and a second one; that recalls the first outcome, not its own."""

_REVISIT = re.compile(r"\bre-?visit(?:ed)?\b", re.IGNORECASE)
_OUTCOME = re.compile(r"\binspection outcome\b", re.IGNORECASE)
_AFTER_OUTCOME = re.compile(r"\binformation about the local area\b", re.IGNORECASE)
_TITLE = 1500
_LONGEST_TITLE = 600
# takes: "Inspectors looked at whether leaders "
# takes: "At the previous inspection the area "
# leaves: "Leaders "
_ASKED = re.compile(
    r"\b(?:whether|if|how far|(?:to|the) (?:what|which|the)? ?extent|until|unless)\b[^.;]*$"
    r"|\b(?:previous|last|initial|first|earlier) (?:\w+ )?inspection\b[^.;]*$",
    re.IGNORECASE,
)

TREE = prose_tree
_PUBLISHED = re.compile(r"\b(?:report )?published\b|\bdate (?:published|of publication)\b", re.I)
_PRIORITY = re.compile(r"\bareas? for priority action\b|\bsignificant (?:areas of )?weakness", re.I)
_IMPROVE = re.compile(r"\bareas? for improvement\b", re.IGNORECASE)
# takes: "Leaders across the area should work faster"
# takes: "Kent and Medway ICB must publish its plan"
# leaves: "Parents should write to us"
_SHOULD = re.compile(
    r"\b(?:leaders|the (?:local area )?partnership|partners|the (?:local authority|council"
    r"|ICB|NHS)|(?:[A-Z]\w+ )+(?:council|ICB|integrated care board))\b"
    r"[^.;]{0,80}?\b(?:should|must|need to)\b",
    re.IGNORECASE,
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a report on an area.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    view = report_view_of(tree.document.text, [(0, len(tree.document.text))])
    stay = stay_of(view)
    printed = _printed(blocks)
    dated = _dated(view)
    day = stay.first if stay else None
    code = council_of_prose(blocks, day, tree.document.name)
    reading = DocumentReading(tree, Parties(code, "sos-education", "send"), day)
    dates = (stay.found if stay else None, printed[1] if printed else None, dated)
    year = next((date.edtf for date in dates if date is not None and date.edtf), None)
    findings = list(_findings(reading, view.text))
    entry: dict[str, Any] = {
        "id": Proposals().next("inspection", code, year),
        **_title(reading),
        "kind": "AreaSendInspection",
        "council": code,
        "conducted_by": _OFSTED,
        **_reached(findings),
        "findings": findings,
    }
    slug = document_slug(code, "send-report", year)
    title = f"Report on special educational needs in an area ({code})"
    block = DocumentBlock("inspection-report", slug, title, _OFSTED)
    if stay is not None:
        entry["on_site"] = [_time(tree, view, stay.found)]
    if printed:
        entry["report_published"] = [time_in(*printed)]
        block = replace(block, published=entry["report_published"])
    elif dated is not None:
        entry["letter_dated"] = [_time(tree, view, dated)]
        block = replace(block, kind="letter", dated=entry["letter_dated"])
    entry["report"] = slug
    return candidate_of(reading, block, {"inspections": [entry]})


def _reached(findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the outcome on the scale of 2023, with its framework, where a finding states one."""
    named = {known["summary"]: known.get("outcome") for known in _OUTCOMES["first"]}
    for finding in findings:
        notation = named.get(finding["summary"]) if finding["id"] == "outcome" else None
        if notation:
            place = {key: finding[key] for key in ("at", "chars", "words")}
            framework = {"value": _FRAMEWORK, **place, "modality": "inferred"}
            return {"framework": [framework], "outcome": [{"value": notation, **place}]}
    return {}


def _dated(view: View) -> DateFound | None:
    """Return the date of a letter: the day that stands before it addresses anyone."""
    dear = re.search(r"\bdear\b", view.text[: 2 * _TITLE], re.IGNORECASE)
    dates = dates_in(view.part(0, dear.start())) if dear else []
    return next((date for date in dates if date.is_day and "/" not in (date.edtf or "/")), None)


def _time(tree: Tree, view: View, date: DateFound) -> dict[str, Any]:
    number = bisect_right(tree.document.page_starts, view.span(date.start, date.end)[0])
    return date.time(view, f"page {number}").model_dump(exclude_defaults=True)


def _title(reading: DocumentReading) -> dict[str, Any]:
    """Return the passage that is headed an inspection of an area.

    Out: of a block that holds the whole letter, only the sentence.
    """
    headed = ((block, block.search(r"\binspection\b")) for block in reading.blocks)
    block, match = next((pair for pair in headed if pair[1]), (reading.blocks[0], None))
    if len(block.text) < _LONGEST_TITLE:
        return block.place()
    return block.place(*block.sentence_at(match.start() if match else 0))


def _printed(blocks: Sequence[Block]) -> tuple[Block, DateFound] | None:
    """Return the day after the words for publication, on the same line or the next."""
    before = ""
    for block in blocks:
        for date in block.dates:
            lead = f"{before} {block.text[: date.start]}"[-90:]
            said = _PUBLISHED.search(lead) or _PUBLISHED.search(block.text[: date.start])
            if said and date.edtf and date.is_day:
                return block, date
        before = block.text[-60:]
    return None


def _findings(reading: DocumentReading, text: str) -> Iterator[dict[str, Any]]:
    """Yield the outcome, then the areas for priority action and for improvement."""
    names: set[str] = set()
    heading, is_told = "", False
    outcomes = _OUTCOMES["second" if _REVISIT.search(text[:_TITLE]) else "first"]
    stated = _outcome_stated(reading.tree.document.text)
    for block in reading.blocks:
        if block.section == "heading":
            heading = block.text
        outcome = _outcome(block, outcomes) if not is_told and block.start in stated else None
        if outcome is not None:
            is_told = True
            yield outcome
        if block.section != "heading":
            for area in _areas(block, heading):
                if area["id"] not in names:
                    names.add(area["id"])
                    yield area


def _areas(block: Block, heading: str) -> Iterator[dict[str, Any]]:
    """Yield what leaders should do, in a block under a heading that announces it."""
    is_priority = _PRIORITY.search(heading) is not None
    if not is_priority and not _IMPROVE.search(heading):
        return
    for start, end in block.sentences():
        if should := _SHOULD.search(block.text, start, end):
            yield {
                "id": short_name(block.text[should.end() : end]),
                **block.place(should.start(), end),
                "voice": _OFSTED,
                "kind": "AreaForPriorityAction" if is_priority else "Finding",
                "summary": as_sentence(block.text[should.start() : end]),
            }


def _outcome(block: Block, outcomes: Sequence[dict[str, str]]) -> dict[str, Any] | None:
    """Return the outcome that a block says, where it is not only what was to be found out."""
    for outcome in outcomes:
        for match in re.finditer(outcome["pattern"], block.text, re.IGNORECASE):
            if not _ASKED.search(block.text[: match.start()]):
                place = block.place(*block.sentence_at(match.start()))
                finding = {"id": "outcome", **place, "voice": _OFSTED, "kind": "Finding"}
                return {**finding, "summary": outcome["summary"]}
    return None


def _outcome_stated(text: str) -> range:
    """Return where the outcome is stated: under its heading, if there is one, else anywhere."""
    heading = _OUTCOME.search(text)
    after = _AFTER_OUTCOME.search(text, heading.end()) if heading else None
    return range(heading.start() if heading else 0, after.start() if after else len(text))
