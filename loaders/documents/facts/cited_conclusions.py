"""Read what a document says that others concluded and proposed, and what it concludes itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.citations import CitationExtractor, DocumentCitation
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
_MODELS: dict[str, str] = {
    r"alternative (?:delivery )?model|alternative model of delivery|alternative (?:way"
    r"|arrangement)": "undecided-alternative",
    r"\b(?:independent |children's )trust\b": "trust",
    r"council[- ]owned company": "council-owned-company",
}
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


@dataclass
class ConclusionExtractor:
    """The conclusions and proposals that a document tells of."""

    reading: DocumentReading
    cited: CitationExtractor
    findings: list[dict[str, Any]] = field(default_factory=list)
    recommendations: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read every recital: first what others concluded, then what it says itself."""
        for block in self.reading.section("recitals", "title"):
            documents = [one for one in self.cited.in_block(block) if not one[2].is_ofsted]
            for number, (start, end, document) in enumerate(documents):
                if any(one[2] is document for one in documents[:number]) or not document.author:
                    continue
                self._told(block, max(start, end), document)
            for pattern in _OWN:
                for match in pattern.finditer(block.text):
                    self._own(block, match)

    def _told(self, block: Block, start: int, document: DocumentCitation) -> None:
        """Read what one sentence says that a document concluded and proposed."""
        end = block.sentence_at(start)[1]
        concluded = _CONCLUDED.search(block.text, start, end)
        if concluded:
            self.findings.append(
                {
                    "id": finding_name(concluded["what"]),
                    "document": document.slug,
                    **block.place(*concluded.span("what")),
                    "voice": document.author,
                    "summary": sentence(concluded["what"]),
                }
            )
        for match in _PROPOSED.finditer(block.text, start, end):
            self._proposed(block, match, document)

    def _proposed(self, block: Block, match: re.Match[str], document: DocumentCitation) -> None:
        """Keep one proposal of a document; what is asked for is not yet done."""
        words = match["duty"] or match["what"]
        group = "duty" if match["duty"] else "what"
        begin = match.start("whom") - len("the ") if match["whom"] else match.start()
        number = sum(one["document"] == document.slug for one in self.recommendations) + 1
        entry: dict[str, Any] = {
            "id": str(number),
            "document": document.slug,
            **block.place(begin, match.end(group)),
            "voice": document.author,
            "summary": sentence(words),
            "recommended_by": document.author,
            "about": self.reading.council,
        }
        if match["whom"]:
            entry["recommended_to"] = f"council/{self.reading.council}"
        for pattern, model in _MODELS.items():
            if re.search(pattern, words, re.IGNORECASE):
                entry["delivery_model"] = model
        self.recommendations.append(entry)

    def _own(self, block: Block, match: re.Match[str]) -> None:
        """Keep what the document itself says went wrong; the failure in law is told apart."""
        if re.match(r"to perform\b", match["words"], re.IGNORECASE):
            return
        self.findings.append(
            {
                "id": finding_name(match["words"]),
                **block.place(*match.span()),
                "summary": sentence(match[0]),
            }
        )


def finding_name(words: str) -> str:
    """Return a short name for a finding."""
    kept = [word for word in re.findall(r"[a-z0-9]+", words.casefold()) if len(word) > 2]
    return "-".join(kept[:4]) or "finding"


def sentence(words: str) -> str:
    """Return words as a sentence, for a reviewer to put in other words."""
    plain = words.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:240]}."
