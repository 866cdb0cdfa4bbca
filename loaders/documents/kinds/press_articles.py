"""Read a newspaper article on an intervention: what it tells, quotes and only fears."""

import re
from collections.abc import Sequence
from typing import Any

from loaders.documents.facts.arrangements import arrangements_in
from loaders.documents.facts.article_posts import article_posts
from loaders.documents.facts.background import background_of, council_of_prose
from loaders.documents.facts.directions.press_account import PressAccount, voice_of
from loaders.documents.facts.findings import cited_conclusions
from loaders.documents.facts.inspections.earlier_inspections import with_counts
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import article_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import Proposals, document_slug

TREE = article_tree

_BETTER_TOLD = frozenset({"id", "at", "chars", "words", "signed"})
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
    reading = DocumentReading(tree, Parties(code, issuer, post))
    proposals = Proposals()
    slug = document_slug(code, "press", _year(blocks))
    background = background_of(reading, proposals)
    account = PressAccount(reading, background.documents, slug)
    same = next(
        (cited for cited in background.directions.found if account.is_of(*_span(cited.entry))), None
    )
    identifier = same.id if same else proposals.next("direction", code, None)
    own = account.entry(identifier)
    facts = {}
    if same and own:
        better = _BETTER_TOLD & same.entry.keys()
        facts[same.id] = {name: value for name, value in own.items() if name not in better}
    directions = background.direction_entries(facts)
    conclusions = cited_conclusions(reading, background.documents)
    posts = article_posts(reading, proposals, identifier if own else None)
    arrangements = arrangements_in(reading)
    return candidate_of(
        reading,
        DocumentBlock(
            "press-article",
            slug,
            f"Newspaper article on an intervention ({code})",
            # Its own day is seldom in its text, nor the name of the paper.
            "organisation/newspaper-not-named",
        ),
        {
            "documents": background.document_entries(),
            "inspections": [
                inspection.entry for inspection in with_counts(reading, background.inspections)
            ],
            "findings": _with_voice(conclusions.findings, account, identifier),
            "directions": [
                *_with_voice(directions, account, identifier),
                *([own] if own and not same else []),
            ],
            "notices": _with_voice(background.notice_entries(), account, identifier),
            "posts": list(posts.posts.values()),
            "people": list(posts.people.values()),
            "appointments": posts.appointments,
            "names": posts.names,
            "recommendations": conclusions.recommendations,
            "requests": conclusions.requests,
            "arrangements": arrangements.arrangements,
            "councils": arrangements.councils,
        },
    )


def _with_voice(
    entries: Sequence[dict[str, Any]], account: PressAccount, direction: str
) -> list[dict[str, Any]]:
    """Say of what the article quotes that the direction says it: the paper only carries it."""
    spans = [block.view.span(0, len(block.text)) for block in account.quoted]
    return [
        {**entry, "voice": voice_of(direction)}
        if any(start <= _span(entry)[0] < end for start, end in spans)
        else entry
        for entry in entries
    ]


def _span(entry: dict[str, Any]) -> tuple[int, int]:
    first, _, last = str(entry["chars"]).partition("-")
    return int(first), int(last)


def _year(blocks: Sequence[Block]) -> str:
    """Return the latest year that the article prints with a date, for its name."""
    times = (date.edtf or "" for block in blocks for date in block.dates)
    return max((match[0] for time in times if (match := re.search(r"\d{4}", time))), default="")
