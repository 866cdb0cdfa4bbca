"""Read a report on an area's provision for special educational needs: an outcome, never a grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loaders.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.candidate import Candidate, candidate_of
from loaders.commissioner_documents import council_of_prose
from loaders.conclusions_told import finding_name, sentence
from loaders.dates_in_text import DateFound
from loaders.document_kinds import DocumentKind, Sign
from loaders.identifiers_proposed import Proposals
from loaders.numbered_tree import Tree
from loaders.parties_in_text import Parties
from loaders.prose_tree import prose_tree
from ontology.dates import bounds

OFSTED = "organisation/ofsted"
SIGNS = [
    Sign(r"\barea send (?:full |monitoring )?inspection\b", 5, "is titled an area SEND inspection"),
    Sign(r"\blocal area partnership\b", 3, "speaks of the local area partnership"),
    Sign(
        r"\bjoint (?:local )?area (?:send |special educational needs)[^.]{0,60}inspection\b",
        5,
        "is titled a joint local area SEND inspection",
    ),
    Sign(r"\bwritten statement of action\b", 2, "speaks of a written statement of action"),
    Sign(r"\bcare quality commission\b|\bCQC\b", 2, "is also of the Care Quality Commission"),
]
OUTCOMES: list[tuple[str, str]] = [
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
ON_SITE = re.compile(
    r"\binspection (?:dates?|took place)|\binspected (?:on|between|from)\b|\bconducted (?:on"
    r"|between|from)\b|\bon site\b|^(?:from|between)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(r"\b(?:report )?published\b|\bdate (?:published|of publication)\b", re.I)
PRIORITY = re.compile(r"\bareas? for priority action\b|\bsignificant (?:areas of )?weakness", re.I)
IMPROVE = re.compile(r"\bareas? for improvement\b", re.IGNORECASE)
SHOULD = re.compile(
    r"\b(?:leaders|the (?:local area )?partnership|partners|the (?:local authority|council"
    r"|ICB|NHS)|(?:[A-Z]\w+ )+(?:council|ICB|integrated care board))\b"
    r"[^.;]{0,80}?\b(?:should|must|need to)\b",
    re.IGNORECASE,
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a report on an area.

    Raises: UnreadableDocument if no council of the register is named.
    """
    prose = prose_tree(tree.document)
    blocks = blocks_of(prose)
    visit = next(_dates(blocks, ON_SITE, PUBLISHED), None)
    printed = next(_dates(blocks, PUBLISHED, None), None)
    day = bounds(visit[1].edtf)[0] if visit and visit[1].edtf else None
    code = council_of_prose(blocks, day, tree.document.name)
    reading = DocumentReading(prose, Parties(code, "sos-education", "send"), day)
    year = (visit or printed)[1].edtf if visit or printed else None  # type: ignore[index]
    entry: dict[str, Any] = {
        "id": Proposals().next("inspection", code, year),
        **_title(reading).place(),
        "kind": "Inspection",
        "council": code,
        "conducted_by": OFSTED,
        "findings": list(_findings(reading)),
    }
    if visit:
        entry["on_site"] = [time_in(*visit)]
    if printed:
        entry["report_published"] = [time_in(*printed)]
    document = _document(reading, str(year or ""))
    if printed:
        document["published"] = [time_in(*printed)]
    entry["report"] = document["slug"]
    return candidate_of(reading, {"document": document, "inspections": [entry]})


def _title(reading: DocumentReading) -> Block:
    """Return the block that is headed an inspection of an area."""
    found = (one for one in reading.blocks if one.search(r"\binspection\b"))
    return next(found, reading.blocks[0])


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


def _findings(reading: DocumentReading) -> Iterator[dict[str, Any]]:
    """Yield the outcome, then the areas for priority action and for improvement."""
    found: set[str] = set()
    heading = ""
    for block in reading.blocks:
        if block.section == "heading":
            heading = block.text
        for pattern, summary in OUTCOMES:
            match = block.search(pattern)
            if match and summary not in found:
                found.add(summary)
                place = block.place(*block.sentence_at(match.start()))
                yield {"id": "outcome", **place, "voice": OFSTED, "kind": "Finding",
                       "summary": summary}  # fmt: skip
        own = PRIORITY.search(heading) or IMPROVE.search(heading)
        if own is None or block.section == "heading":
            continue
        for start, end in block.sentences():
            should = SHOULD.search(block.text, start, end)
            name = finding_name(block.text[should.end() : end]) if should else ""
            if should and name not in found:
                found.add(name)
                priority = PRIORITY.search(heading) is not None
                yield {
                    "id": name,
                    **block.place(should.start(), end),
                    "voice": OFSTED,
                    "kind": "AreaForPriorityAction" if priority else "Finding",
                    "summary": sentence(block.text[should.start() : end]),
                }


def _document(reading: DocumentReading, year: str) -> dict[str, Any]:
    """Return what the record says of the document itself."""
    fixed = reading.tree.document
    found = re.search(r"\d{4}", year)
    licensed = "open government licence" in fixed.text.casefold()
    return {
        "slug": f"{reading.council.casefold()}-send-report-{found[0] if found else 'undated'}",
        "kind": "inspection-report",
        "title": f"Report on special educational needs in an area ({reading.council})",
        "file": fixed.file,
        "sha256": fixed.sha256,
        "characters": len(fixed.text),
        "tier": 1,
        "licence": "ogl-3" if licensed else "crown-copyright",
        "voice": OFSTED,
        "council": reading.council,
    }


KIND = DocumentKind("area-send-report", "report on an area's SEND provision", SIGNS, read)
