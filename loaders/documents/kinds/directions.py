"""Read a statutory direction, under the Education Act 1996 or the Local Government Act 1999."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from loaders.documents.facts.background import background_of
from loaders.documents.facts.directions.duties import Duties, duties_of
from loaders.documents.facts.directions.instrument import Addressees, InstrumentFound, addressed_in
from loaders.documents.facts.directions.revocations import ends_of
from loaders.documents.facts.directions.signature import date_of, signature_of, unread_date
from loaders.documents.facts.findings import cited_conclusions
from loaders.documents.facts.names import names_in
from loaders.documents.facts.posts import Posts, posts_of
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties, secretary_named
from loaders.documents.kinds.recognition import DocumentKind
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import Proposals, document_slug
from loaders.documents.text.view import view_of
from ontology.dates import bounds
from ontology.errors import UnreadableDocument

_OF_HOUSING = re.compile(
    r"\blocal government act 1999\b|\bhousing,? communities (?:and|&) local government\b",
    re.IGNORECASE,
)
_ONLY_TELLS = (
    "This letter or memorandum tells of a direction and is not the direction itself: what it says "
    "of it is reported; read the direction too."
)
_NO_SIGNATURE = "No signature follows these words; the end of the document may be cut off."


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a direction.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    signed = date_of(blocks, tree)
    day = _day(signed)
    addressees = addressed_in(blocks, day, tree.document.name)
    parties = _parties(addressees, day, blocks, tree.document.name)
    code = parties.council
    reading = DocumentReading(tree, parties, day)
    proposals = Proposals()
    background = background_of(reading, proposals)
    documents, directions = background.documents, background.directions
    published = _published(tree)
    issued = (published or {}).get("date")
    time = str(day) if day else issued
    identifier = proposals.next("direction", code, time)
    posts = posts_of(reading, proposals, directions, identifier)
    conclusions = cited_conclusions(reading, documents)
    latest = posts.appointments[-1]["id"] if posts.appointments else None
    duties = duties_of(reading, identifier, latest)
    signature = signature_of(reading, documents, signed, issued)
    instrument = InstrumentFound(reading, documents, directions, addressees)
    ends = ends_of(reading, directions)
    block = DocumentBlock(
        "direction-document",
        document_slug(code, "direction", time),
        instrument.title(),
        f"office/{parties.issuer}",
        [published] if published else (),
        [time_in(*signed)] if signed and day else (),
    )
    own = {
        **instrument.entry(identifier, signature, published),
        **ends.own,
        "requirements": duties.requirements,
        "tasks": duties.tasks,
        "embodied_in": [instrument.title_said(block.slug)],
    }
    signatory = signature.signatory
    is_new = signatory is not None and signatory["id"] not in posts.people
    return candidate_of(
        reading,
        block,
        {
            "documents": background.document_entries(),
            "inspections": [inspection.entry for inspection in background.inspections],
            "directions": [*background.direction_entries(ends.others), own],
            "posts": list((posts.posts | _given(posts, parties, duties)).values()),
            "people": [*posts.people.values(), *([signatory] if is_new else [])],
            "appointments": posts.appointments,
            "names": names_in(reading, documents, directions),
            "findings": conclusions.findings,
            "recommendations": conclusions.recommendations,
            "requests": conclusions.requests,
        },
        after=_notes(reading),
    )


def _given(posts: Posts, parties: Parties, duties: Duties) -> dict[str, dict[str, Any]]:
    """Return the post of the commissioner with the functions that the duties give to it, if any."""
    name = f"{parties.council}-{parties.commissioner}"
    if name not in posts.posts or not duties.functions:
        return {}
    return {name: {**posts.posts[name], "functions_exercised": duties.functions}}


def _notes(reading: DocumentReading) -> Iterator[dict[str, Any]]:
    """Yield what a reviewer must know of the document as a whole."""
    if reading.directing is not None and TELLS.search(reading.directing.text):
        yield {**reading.directing.place(), "reason": _ONLY_TELLS}
    if not reading.section("signature"):
        yield {**reading.blocks[-1].place(), "reason": _NO_SIGNATURE}
    yield from unread_date(reading)


def _published(tree: Tree) -> dict[str, Any] | None:
    """Return the date of publication that the pages bear, if any."""
    for furniture in tree.furniture:
        if furniture.kind == "published":
            view = view_of(tree.document.text, [(furniture.start, furniture.end)])
            for date in dates_in(view):
                whole = DateFound(0, len(view.text), date.edtf, date.status)
                return whole.time(view, "page furniture").model_dump(exclude_defaults=True)
    return None


def _parties(
    addressees: Addressees, day: date | None, blocks: Sequence[Block], name: str
) -> Parties:
    """Return who is who in a direction: the councils that it is to, its office, its commissioner.

    Raises: UnreadableDocument if the first council's name does not say which one it is.
    """
    bodies = [named.on(day) for _, named in addressees]
    if bodies[0] is None:
        raise UnreadableDocument(f"{name}: several councils have had its name; say which")
    code, *others = (body.code for body in bodies if body)
    issuer = _issuer(blocks)
    commissioner = "best-value" if issuer == "sos-hclg" else "childrens"
    return Parties(code, issuer, commissioner, tuple(others))


def _day(signed: tuple[Block, DateFound] | None) -> date | None:
    """Return the day of a signature, if it is certain."""
    if signed is None or not signed[1].is_day or signed[1].edtf is None:
        return None
    return bounds(signed[1].edtf)[0]


def _issuer(blocks: Sequence[Block]) -> str:
    """Return the office that issues: the one signed for, else the first one named."""
    ordered = sorted(blocks, key=lambda block: block.section != "signature")
    for block in ordered:
        if office := secretary_named(block.text):
            return office
    # Each of the two powers to direct belongs to one office.
    housing = any(_OF_HOUSING.search(block.text) for block in ordered)
    return "sos-hclg" if housing else "sos-education"


KIND = DocumentKind("direction", "statutory direction", read_tree, read)
