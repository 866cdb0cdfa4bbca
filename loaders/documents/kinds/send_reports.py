"""Read a report on an area's provision for special educational needs: an outcome, never a grade."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from loaders.documents.facts.inspections.cover import stay_of
from loaders.documents.facts.subject import council_of_prose
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties
from loaders.documents.kinds.recognition import DocumentKind
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import prose_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.identifiers import Proposals, as_sentence, document_slug, short_name
from loaders.documents.text.view import View, report_view_of

_OFSTED = "organisation/ofsted"
_OUTCOMES: list[tuple[str, str]] = [
    (
        r"\btypically lead to positive experiences and outcomes\b",
        "Arrangements typically lead to positive experiences and outcomes.",
    ),
    (
        r"\blead to inconsistent experiences and outcomes\b",
        "Arrangements lead to inconsistent experiences and outcomes.",
    ),
    (
        r"\bwidespread and(?:/| ?/ ?)or systemic failings\b|\bsystemic failings\b",
        "There are widespread or systemic failings.",
    ),
    (
        r"\bwritten statement of action (?:is|was) required\b",
        "A written statement of action is required.",
    ),
]
_REVISITED: list[tuple[str, str]] = [
    (
        r"\b(?:has|have) not made (?:sufficient|enough) progress\b",
        "Progress on at least one weakness is not sufficient.",
    ),
    (
        r"\b(?:has|have) made (?:sufficient|enough) progress (?:in|against|on|with)? ?"
        r"(?:addressing )?(?:all|each|every|the \w+)\b",
        "Progress on the weaknesses is sufficient.",
    ),
]
"""What a second visit finds; it recalls the outcome of the first, which is not its own."""

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
    printed = next(_dates(blocks, _PUBLISHED, None), None)
    dated = _dated(view)
    day = stay.first if stay else None
    code = council_of_prose(blocks, day, tree.document.name)
    reading = DocumentReading(tree, Parties(code, "sos-education", "send"), day)
    known = (stay.found if stay else None, printed[1] if printed else None, dated)
    year = next((one.edtf for one in known if one is not None and one.edtf), None)
    entry: dict[str, Any] = {
        "id": Proposals().next("inspection", code, year),
        **_title(reading),
        "kind": "Inspection",
        "council": code,
        "conducted_by": _OFSTED,
        "findings": list(_findings(reading, view.text)),
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


def _dated(view: View) -> DateFound | None:
    """Return the date of a letter: the day that stands before it addresses anyone."""
    dear = re.search(r"\bdear\b", view.text[: 2 * _TITLE], re.IGNORECASE)
    dates = dates_in(view.part(0, dear.start())) if dear else []
    return next((one for one in dates if one.is_day and "/" not in (one.edtf or "/")), None)


def _time(tree: Tree, view: View, found: DateFound) -> dict[str, Any]:
    """Return a date as a statement, by its page."""
    number = bisect_right(tree.document.page_starts, view.span(found.start, found.end)[0])
    return found.time(view, f"page {number}").model_dump(exclude_defaults=True)


def _title(reading: DocumentReading) -> dict[str, Any]:
    """Return the passage that is headed an inspection of an area.

    Out: of a block that holds the whole letter, only the sentence.
    """
    found = (one for one in reading.blocks if one.search(r"\binspection\b"))
    block = next(found, reading.blocks[0])
    said = block.search(r"\binspection\b")
    if len(block.text) < _LONGEST_TITLE:
        return block.place()
    return block.place(*block.sentence_at(said.start() if said else 0))


def _dates(
    blocks: list[Block], wanted: re.Pattern[str], other: re.Pattern[str] | None
) -> Iterator[tuple[Block, DateFound]]:
    """Yield the dates that stand after the words for them, on the same line or the next."""
    before = ""
    for block in blocks:
        for date in block.dates:
            lead = f"{before} {block.text[: date.start]}"[-90:]
            said = wanted.search(lead) or wanted.search(block.text[: date.start])
            nearer = other.search(lead[-30:]) if other else None
            if said and not nearer and date.edtf and date.is_day:
                yield block, date
        before = block.text[-60:]


def _findings(reading: DocumentReading, text: str) -> Iterator[dict[str, Any]]:
    """Yield the outcome, then the areas for priority action and for improvement."""
    found: set[str] = set()
    heading = ""
    outcomes = _REVISITED if _REVISIT.search(text[:_TITLE]) else _OUTCOMES
    stated = _outcome_stated(reading.tree.document.text)
    for block in reading.blocks:
        if block.section == "heading":
            heading = block.text
        for pattern, summary in outcomes if block.start in stated else ():
            match = _said(block, pattern)
            if match and not found & {one[1] for one in outcomes}:
                found.add(summary)
                place = block.place(*block.sentence_at(match.start()))
                yield {"id": "outcome", **place, "voice": _OFSTED, "kind": "Finding",
                       "summary": summary}  # fmt: skip
        own = _PRIORITY.search(heading) or _IMPROVE.search(heading)
        if own is None or block.section == "heading":
            continue
        for start, end in block.sentences():
            should = _SHOULD.search(block.text, start, end)
            name = short_name(block.text[should.end() : end]) if should else ""
            if should and name not in found:
                found.add(name)
                priority = _PRIORITY.search(heading) is not None
                yield {
                    "id": name,
                    **block.place(should.start(), end),
                    "voice": _OFSTED,
                    "kind": "AreaForPriorityAction" if priority else "Finding",
                    "summary": as_sentence(block.text[should.start() : end]),
                }


def _said(block: Block, pattern: str) -> re.Match[str] | None:
    """Return where a block says an outcome, and does not only say what was to be found out."""
    said = re.compile(pattern, re.IGNORECASE).finditer(block.text)
    return next((one for one in said if not _ASKED.search(block.text[: one.start()])), None)


def _outcome_stated(text: str) -> range:
    """Return where the outcome is stated: under its heading, if there is one, else anywhere."""
    heading = _OUTCOME.search(text)
    after = _AFTER_OUTCOME.search(text, heading.end()) if heading else None
    return range(heading.start() if heading else 0, after.start() if after else len(text))


KIND = DocumentKind("area-send-report", "report on an area's SEND provision", prose_tree, read)
