"""Read findings: what a document says that others concluded, and what its author concludes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.arrangements import UNDECIDED, models_in
from loaders.documents.facts.citations import CitedDocuments, DocumentCitation
from loaders.documents.facts.recommendations import ADVISES, WANTED
from loaders.documents.find.parties import Party
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.proposals import as_sentence, numbered_name, short_name
from loaders.documents.text import words_beside

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
_REQUESTS = re.compile(r"request|ask", re.IGNORECASE)
_FAILURES: list[re.Pattern[str]] = [
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
    requests: list[dict[str, Any]] = field(default_factory=list)


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
                entry["id"] = str(numbers[document.slug])
                asks = "requested_by" in entry
                (conclusions.requests if asks else conclusions.recommendations).append(entry)
        for pattern in _FAILURES:
            for match in pattern.finditer(block.text):
                # The failure in law is told apart.
                if not re.match(r"to perform\b", match["words"], re.IGNORECASE):
                    conclusions.findings.append(
                        {
                            "id": short_name(match["words"]),
                            **block.place(*match.span()),
                            "summary": as_sentence(match[0]),
                        }
                    )
    return conclusions


def _concluded(
    block: Block, span: tuple[int, int], document: DocumentCitation, author: Party
) -> Iterator[dict[str, Any]]:
    match = _CONCLUDED.search(block.text, *span)
    if match:
        yield {
            "id": short_name(match["what"]),
            "document": document.slug,
            **block.place(*match.span("what")),
            "voice": author.reference,
            "summary": as_sentence(match["what"]),
        }


def _proposal(
    council: str, block: Block, match: re.Match[str], document: DocumentCitation, author: Party
) -> dict[str, Any]:
    """Return one proposal or request of a document; what is asked for is not yet done."""
    group = "duty" if match["duty"] else "what"
    begin = match.start("whom") - len("the ") if match["whom"] else match.start()
    entry: dict[str, Any] = {
        "document": document.slug,
        **block.place(begin, match.end(group)),
        "voice": author.reference,
        "summary": as_sentence(match[group]),
        "requested_by" if _REQUESTS.match(match[0]) else "recommended_by": author.reference,
        "about": council,
    }
    if "requested_by" in entry:
        return entry
    if match["whom"]:
        entry["recommended_to"] = f"council/{council}"
    models = [found.model for found in models_in(match[group])]
    if models:
        # One that is named says more than that another one is wanted.
        entry["delivery_model"] = min(models, key=UNDECIDED.__eq__)
    return entry


_WHO = r"(?:I|we|(?:the )?(?:lead )?commissioners?)"
_WHOSE = r"(?:my|our|(?:the )?commissioner(?:s'|'s|s))"
_VIEW = (
    r"(?:(?:overall|firm|considered|own|clear) )*(?:view|judge?ment|conclusion|assessment|opinion)"
)
_SAYS_THAT = [
    rf"\b{_WHO} (?:(?:have|has|had|also|therefore|can only|must) )*(?:conclud|f(?:ind|ound)"
    r"|consider|judg|believe)(?:ed?|s)? (?:that )",
    rf"\b(?:it (?:is|remains) )?{_WHOSE} {_VIEW}(?: is| remains)? that ",
    rf"\bin {_WHOSE} {_VIEW},? ",
]
"""Words with which an author begins a judgement; what was judged follows them."""

_JUDGES = [
    *_SAYS_THAT,
    rf"\b{_WHOSE} {_VIEW} (?:is|remains) ",
    rf"\b{_WHO} (?:(?:have|has|also) )*found (?!out\b)",
    rf"\b{_WHO} (?:do|does|did)(?: not|n't) (?:consider|believe|think|find)\b",
    rf"\b{_WHO} (?:am|are|is|remain|remains)(?: (?:not|now|also|still|very|deeply|fully|yet"
    r"|increasingly|particularly))* (?:concerned|confident|convinced|satisfied|persuaded|assured"
    r"|reassured|encouraged|pleased|impressed)\b",
    r"\bit (?:is|remains) (?:a (?:matter|source|cause) )?(?:of|for) (?:\w+ )?concern that\b",
]
"""Words with which an author judges."""

_WORDS: dict[str, list[str]] = words_beside(__name__)
_SIGNS = [*_JUDGES, *_WORDS["weak"], *_WORDS["strong"]]
_SIGN = re.compile("|".join(f"(?:{words})" for words in _SIGNS), re.IGNORECASE)
_OWN = re.compile("|".join(f"(?:{words})" for words in _JUDGES), re.IGNORECASE)
# Words by which a sentence tells what others found, or what was only hoped for.
# takes: "Ofsted found weak management"
# takes: "staff I met said that caseloads are lower"
# takes: "I was told that visits are late"
# leaves: "Management is weak"
_OTHERS = re.compile(
    r"\b(?:were|was|are|is) (?:said|reported|identified|noted|found|judged|rated|inspected)\b"
    r"|\bOfsted (?:found|said|noted|judged|reported)\b|\bexpectations?\b|\bhad .{0,40}\bwould\b"
    r"|\black of [^.;]*\bidentified\b|\bcriticisms?\b|\baccording to\b|\bsuggests? that\b"
    r"|\b(?:I|we) (?:was|were|am|are|have been) told\b"
    r"|\b(?:staff|partners|managers|workers|members|officers|families|inspectors)\b[^.;]{0,40}\b"
    r"(?:said|told|reported|felt|described)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:if|unless|whether|were)\b[^.;]*\bwould\b|\bwould\b[^.;]*\bif\b", re.I)
# takes (match): "However, in my view, leadership is fragile"
# leaves (fullmatch): "Leadership is fragile"
_LEAD = re.compile(
    r"^(?:(?:however|in particular|firstly|secondly|generally|overall|but|and|also|therefore"
    r"|I observe(?:d)? that|it is clear that|the simple fact is that|put simply)\b,? ?)*"
    rf"(?:{'|'.join(_SAYS_THAT)})?",
    re.IGNORECASE,
)
_PART = re.compile(r", (?:although|but) |; |, (?=the )")


def findings_in(reading: DocumentReading) -> list[dict[str, Any]]:
    """Return what the author of a report concludes, sentence by sentence."""
    findings: list[dict[str, Any]] = []
    for block, start, end in reading.sentences("body"):
        if not _concludes(block.text, start, end):
            continue
        for begin, stop in _parts(block.text, start, end):
            if _SIGN.search(block.text, begin, stop):
                lead = _LEAD.match(block.text[begin:stop])
                begin += lead.end() if lead else 0
                words = block.text[begin:stop].rstrip(" .;,")
                name = numbered_name(words, findings)
                place = block.place(begin, begin + len(words))
                findings.append({"id": name, **place, "summary": as_sentence(words)})
    return findings


def _concludes(text: str, start: int, end: int) -> bool:
    """Return whether a sentence may conclude: it is nobody else's, and supposes nothing.

    Guarantee: what the author wants done, or who shall run a service, is advice, no finding.
    """
    if ADVISES.search(text, start, end):
        return False
    if _OWN.search(text, start, end) is None:
        return _OTHERS.search(text, start, end) is None
    wanted = WANTED.search(text, start, end) or models_in(text[start:end])
    return not (wanted or _SUPPOSED.search(text, start, end))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence that can be conclusions of their own."""
    place = start
    for match in _PART.finditer(text, start, end):
        before = _SIGN.search(text, place, match.start())
        after = _SIGN.search(text, match.end(), end)
        if before and after:
            yield place, match.start()
            place = match.end()
    yield place, end
