"""Read what a document says that others concluded and proposed, and what it concludes itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.citations import CitedDocuments, DocumentCitation
from loaders.documents.facts.delivery_models import UNDECIDED, models_in
from loaders.documents.find.parties import Party
from loaders.documents.layout.blocks import Block, DocumentReading

# takes: "The report found that services were weak, and recommends a trust"
# leaves: "The report was published in May"
_CONCLUDED = re.compile(
    r"\b(?:highlight(?:ed|s)|set out|sets out|identif(?:ied|ies)|rais(?:ed|es)|express(?:ed|es)"
    r"|not(?:ed|es)"
    r"|conclud(?:ed|es) that|found that|show(?:ed|s)) (?P<what>(?:an? |the |that |significant "
    r"|serious )?[^.;]*?)"
    r"(?=,? and (?:that|request|recommend)|, (?:which|who)\b|[.;]|$)",
    re.IGNORECASE,
)
# takes: "recommends that the council should appoint an adviser"
# takes: "and requested further support."
# leaves: "agreed that the council has improved"
_PROPOSED = re.compile(
    r"\b(?:(?:and |recommend(?:ed|s|ing) |propos(?:ed|es) |advis(?:ed|es) )that the "
    r"(?P<whom>council|authority)"
    r" should (?P<duty>[^.;]*)|(?:request(?:ed|s)|recommend(?:ed|s)|ask(?:ed|s) for|propos(?:ed"
    r"|es)) (?P<what>(?!that)[^.;]*))",
    re.IGNORECASE,
)
_OWN: list[re.Pattern[str]] = [
    re.compile(r"\bfailure to (?P<words>[^.;]*?)(?= led\b|[.;]|$)", re.IGNORECASE),
    re.compile(
        r"\b(?P<words>the actions? taken [^.;]*?\b(?:did not|has not|have not|failed to)[^.;]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<words>(?:progress|improvement) (?:has|had) (?:not|stalled|been slow)[^.;]*)",
        re.IGNORECASE,
    ),
]


@dataclass(frozen=True)
class CitedConclusions:
    """What a document says that others concluded and proposed, and what it concludes itself."""

    findings: list[dict[str, Any]] = field(default_factory=list)
    recommendations: list[dict[str, Any]] = field(default_factory=list)


def cited_conclusions(reading: DocumentReading, cited: CitedDocuments) -> CitedConclusions:
    """Return the conclusions and proposals in the recitals of a document."""
    conclusions = CitedConclusions()
    numbers: Counter[str] = Counter()
    for block in reading.section("recitals", "title"):
        seen: list[DocumentCitation] = []
        for start, end, document in cited.in_block(block):
            if document.is_ofsted or document.author is None or document in seen:
                continue
            seen.append(document)
            sentence_end = block.sentence_at(max(start, end))[1]
            span = (max(start, end), sentence_end)
            conclusions.findings.extend(_concluded(block, span, document, document.author))
            for match in _PROPOSED.finditer(block.text, *span):
                numbers[document.slug] += 1
                entry = _proposal(reading.council, block, match, document, document.author)
                conclusions.recommendations.append({"id": str(numbers[document.slug]), **entry})
        for pattern in _OWN:
            for match in pattern.finditer(block.text):
                # The failure in law is told apart.
                if not re.match(r"to perform\b", match["words"], re.IGNORECASE):
                    conclusions.findings.append(
                        {
                            "id": finding_name(match["words"]),
                            **block.place(*match.span()),
                            "summary": sentence(match[0]),
                        }
                    )
    return conclusions


def _concluded(
    block: Block, span: tuple[int, int], document: DocumentCitation, author: Party
) -> Iterator[dict[str, Any]]:
    match = _CONCLUDED.search(block.text, *span)
    if match:
        yield {
            "id": finding_name(match["what"]),
            "document": document.slug,
            **block.place(*match.span("what")),
            "voice": author.reference,
            "summary": sentence(match["what"]),
        }


def _proposal(
    council: str, block: Block, match: re.Match[str], document: DocumentCitation, author: Party
) -> dict[str, Any]:
    """Return one proposal of a document; what is asked for is not yet done."""
    group = "duty" if match["duty"] else "what"
    begin = match.start("whom") - len("the ") if match["whom"] else match.start()
    entry: dict[str, Any] = {
        "document": document.slug,
        **block.place(begin, match.end(group)),
        "voice": author.reference,
        "summary": sentence(match[group]),
        "recommended_by": author.reference,
        "about": council,
    }
    if match["whom"]:
        entry["recommended_to"] = f"council/{council}"
    models = [found.model for found in models_in(match[group])]
    if models:
        # One that is named says more than that another one is wanted.
        entry["delivery_model"] = min(models, key=UNDECIDED.__eq__)
    return entry


def finding_name(words: str) -> str:
    """Return a short name for a finding."""
    kept = [word for word in re.findall(r"[a-z0-9]+", words.casefold()) if len(word) > 2]
    return "-".join(kept[:4]) or "finding"


def numbered_name(words: str, named: Sequence[Mapping[str, Any]]) -> str:
    """Return a short name for one more finding, with a number if its name begins another's."""
    name = finding_name(words)
    number = sum(entry["id"].startswith(name) for entry in named)
    return f"{name}-{number + 1}" if number else name


def sentence(words: str) -> str:
    """Return words as a sentence, for a reviewer to put in other words."""
    plain = words.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:240]}."
