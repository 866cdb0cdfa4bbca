"""Read the report of a commissioner for children's services."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from loaders.documents.facts.arrangements import arrangements_in
from loaders.documents.facts.background import background_of, council_of_prose
from loaders.documents.facts.figures import figures_in
from loaders.documents.facts.findings import findings_in
from loaders.documents.facts.inspections.earlier_inspections import earlier_inspections
from loaders.documents.facts.milestones import milestones_in
from loaders.documents.facts.posts import Posts, posts_of
from loaders.documents.facts.recommendations import recommendations_in
from loaders.documents.find.parties import Parties
from loaders.documents.find.people import people_in
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import prose_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import Proposals, document_slug
from ontology.dates import bounds

TREE = prose_tree

_FRAMEWORK = re.compile(r"single (?:inspection|assessment) framework(?: \(SIF\))?", re.IGNORECASE)
_OWN_TITLE = re.compile(
    r"\b(?:as|I am|myself as) (?P<name>the Children's (?:Services )?Commissioner)", re.IGNORECASE
)
_GIVEN_TO = re.compile(
    r"\breport (?:for|to) (?:the )?(?:secretary of state|minister)[\w ]*?(?= by\b|,|$)",
    re.IGNORECASE,
)
_FRONT_BLOCKS = 8
"""How many of the first titles and headings may be of the title page."""


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a commissioner's report.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    front = [block for block in blocks if block.section in {"title", "heading"}][:_FRONT_BLOCKS]
    dated = next(((block, date) for block in front for date in block.dates if date.edtf), None)
    time = dated[1].edtf if dated else None
    day = bounds(time)[0] if time else None
    code = council_of_prose(blocks, day, tree.document.name)
    reading = DocumentReading(tree, Parties(code, "sos-education", "childrens"), day)
    slug = document_slug(code, "commissioner-report", time)
    proposals = Proposals()
    background = background_of(reading, proposals)
    inspections = earlier_inspections(reading, background.inspections, proposals)

    def inspection_meant(words: str) -> str | None:
        inspection = inspections.meant_by(words)
        return f"inspection/{inspection.id}" if inspection else None

    arrangements = arrangements_in(reading)
    posts = posts_of(reading, proposals, background.directions)
    post = _own_post(posts, code)
    block = DocumentBlock(
        "commissioner-report",
        slug,
        f"Report of the commissioner for children's services, {code}",
        post,
        dated=[time_in(*dated)] if dated else (),
    )
    return candidate_of(
        reading,
        block,
        {
            "documents": background.document_entries(),
            "inspections": [inspection.entry for inspection in inspections.found],
            "directions": background.direction_entries(),
            "notices": background.notice_entries(),
            "posts": list(posts.posts.values()),
            "people": list(posts.people.values()),
            "appointments": [*posts.appointments, *_holders(reading, front, proposals)],
            "names": _names(reading),
            "findings": findings_in(reading),
            "recommendations": recommendations_in(reading, post, _recipient(reading, front)),
            "figures": figures_in(reading, time, inspection_meant),
            "milestones": milestones_in(reading, f"document/{slug}", inspection_meant),
            "arrangements": arrangements.arrangements,
            "councils": arrangements.councils,
        },
    )


def _own_post(posts: Posts, council: str) -> str:
    commissioners = (
        name for name, post in posts.posts.items() if "commissioner" in post["kind"].casefold()
    )
    return f"post/{next(commissioners, f'{council}-childrens')}"


def _holders(
    reading: DocumentReading, front: Sequence[Block], proposals: Proposals
) -> Iterator[dict[str, Any]]:
    """Yield who holds a post by the title page: a name, then directly the post."""
    for block in front:
        for party in reading.parties_in(block):
            if party.kind != "post":
                continue
            for person in people_in(block.view):
                if re.fullmatch(r",? (?:the )?", block.text[person.end : party.start]):
                    day = str(reading.day or "")
                    yield {
                        "id": proposals.next("appointment", reading.council, day),
                        **block.place(person.start, party.end),
                        "member": [{"value": f"person/{person.slug}"}],
                        "to_post": [{"value": party.reference}],
                    }
                    break


def _recipient(reading: DocumentReading, front: Sequence[Block]) -> dict[str, Any] | None:
    """Return whom the report is given to, with the words for it."""
    for block in front:
        match = _GIVEN_TO.search(block.text)
        for party in reading.parties_in(block) if match else []:
            if match and party.kind == "office":
                return block.said(party.reference, match.start(), party.end)
    return None


def _names(reading: DocumentReading) -> list[dict[str, Any]]:
    """Return the names that the report uses for its post and for frameworks, each once."""
    names: dict[tuple[str, str], dict[str, Any]] = {}
    own_post = f"post/{reading.council}-childrens"
    for block in reading.blocks:
        places = [
            *((*match.span(), "scheme/framework/sif") for match in _FRAMEWORK.finditer(block.text)),
            *(
                (party.start, party.end, party.reference)
                for party in reading.parties_in(block)
                if party.kind == "post" and " for " in block.text[party.start : party.end]
            ),
            *((*match.span("name"), own_post) for match in _OWN_TITLE.finditer(block.text)),
        ]
        for start, end, thing in places:
            name = block.text[start:end]
            entry = {"thing": thing, **block.place(start, end), "name": name}
            names.setdefault((thing, name.casefold()), entry)
    return list(names.values())
