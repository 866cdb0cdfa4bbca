"""Read a newspaper article on an intervention: what it tells, quotes and only fears."""

from __future__ import annotations

import re
from typing import Any

from loaders.documents.facts.article_posts import article_posts
from loaders.documents.facts.background import background_of
from loaders.documents.facts.cited_conclusions import cited_conclusions
from loaders.documents.facts.delivery_models import arrangements_in
from loaders.documents.facts.directions.press_account import PressAccount, voice_of
from loaders.documents.facts.inspections.earlier_inspections import with_counts
from loaders.documents.facts.subject import council_of_prose
from loaders.documents.find.parties import Parties
from loaders.documents.kinds.recognition import DocumentKind, Sign
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import article_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.identifiers import Proposals, document_slug

_SIGNS = [
    Sign(r"(?:-|\() ?(?:credit|picture|photo|image): ", 3, "has a picture with its credit"),
    Sign(
        r"\byou may also (?:want|like)\b|\bmost read\b|\bread more:|\bbecome a (?:supporter"
        r"|member|subscriber)\b|\bcomments powered\b|\bsubscribe\b",
        3,
        "bears the furniture of a news page",
    ),
    Sign(r"\b(?:yesterday|this (?:morning|afternoon|week)|last night)\b", 2, "tells of the day"),
    Sign(r"\b(?:said|added|told [\w ]{2,30}): ?['\"]", 2, "quotes people"),
    Sign(r"\bspokes(?:man|woman|person)\b", 2, "quotes a spokesman"),
    Sign(r"\b(?:councillors?|education secretary|council leader)\b", 1, "is of politics"),
    Sign(r"\bsigned (?:on behalf|by authority) of the secretary of state\b", -6, "is signed"),
    Sign(r"\brecommendation \d|\bunique reference number\b|\breporting inspector\b", -4, "reports"),
]  # fmt: skip
_KEPT = "id", "at", "chars", "words", "signed"
"""What an article says best where it tells the day of the direction that it reports on."""

_BEST_VALUE = re.compile(r"\bbest value\b|\bsection 114\b|\bcommunities secretary\b", re.IGNORECASE)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of an article.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    code = council_of_prose(blocks, None, tree.document.name)
    best_value = any(_BEST_VALUE.search(block.text) for block in blocks)
    issuer, post = ("sos-hclg", "best-value") if best_value else ("sos-education", "childrens")
    return _candidate(DocumentReading(tree, Parties(code, issuer, post)))


def _candidate(reading: DocumentReading) -> Candidate:
    """Return the candidate record of an article that has been parted into paragraphs."""
    proposals = Proposals()
    slug = document_slug(reading.council, "press", _year(reading))
    background = background_of(reading, proposals)
    cited, told = background.documents, background.directions
    account = PressAccount(reading, cited, slug)
    same = next((one.entry for one in told.found if account.is_of(*_span(one.entry))), None)
    identifier = same["id"] if same else proposals.next("direction", reading.council, None)
    own = account.entry(identifier)
    if same and own:
        same.update({**own, **{name: same[name] for name in _KEPT if name in same}})
    conclusions = cited_conclusions(reading, cited)
    posts = article_posts(reading, proposals, identifier if own else None)
    arrangements = arrangements_in(reading)
    directions = background.direction_entries()
    _give_voice(account.quoted, voice_of(identifier), [*conclusions.findings, *directions])
    if own and not same:
        directions.append(own)
    return candidate_of(
        reading,
        _block(reading, slug),
        {
            "documents": background.document_entries(),
            "inspections": [one.entry for one in with_counts(reading, background.inspections)],
            "findings": conclusions.findings,
            "directions": directions,
            "posts": list(posts.posts.values()),
            "people": list(posts.people.values()),
            "appointments": posts.appointments,
            "names": posts.names,
            "recommendations": conclusions.recommendations,
            "arrangements": arrangements.arrangements,
            "councils": arrangements.councils,
        },
    )


def _give_voice(quoted: list[Block], voice: str, entries: list[dict[str, Any]]) -> None:
    """Say of what the article quotes that the direction says it: the paper only carries it."""
    spans = [one.view.span(0, len(one.text)) for one in quoted]
    for entry in entries:
        place = int(str(entry["chars"]).partition("-")[0])
        if any(start <= place < end for start, end in spans):
            entry["voice"] = voice


def _span(entry: dict[str, Any]) -> tuple[int, int]:
    """Return the place of an entry."""
    first, _, last = str(entry["chars"]).partition("-")
    return int(first), int(last)


def _year(reading: DocumentReading) -> str:
    """Return the latest year that the article prints with a date, for its name."""
    years = [
        match[0]
        for block in reading.blocks
        for date in block.dates
        if (match := re.search(r"\d{4}", date.edtf or ""))
    ]
    return max(years, default="")


def _block(reading: DocumentReading, slug: str) -> DocumentBlock:
    """Return what the record says of the article itself; its own day is seldom in its text."""
    title = f"Newspaper article on an intervention ({reading.council})"
    return DocumentBlock("press-article", slug, title, "organisation/newspaper-not-named")


KIND = DocumentKind("press-article", "newspaper article", _SIGNS, article_tree, read)
