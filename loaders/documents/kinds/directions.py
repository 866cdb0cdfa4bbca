"""Read a statutory direction, under the Education Act 1996 or the Local Government Act 1999."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.background import background_of
from loaders.documents.facts.cited_conclusions import cited_conclusions
from loaders.documents.facts.directions.duties import duties_of
from loaders.documents.facts.directions.revocations import ends_of
from loaders.documents.facts.directions.signature import Signature, date_of
from loaders.documents.facts.directions.statement import (
    Addressees,
    StatementExtractor,
    addressed_in,
)
from loaders.documents.facts.names import names_in
from loaders.documents.facts.posts import posts_of
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties, office_names
from loaders.documents.kinds.recognition import DocumentKind, Sign
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.identifiers import Proposals, document_slug
from loaders.documents.text.view import view_of
from ontology.dates import bounds
from ontology.errors import UnreadableDocument

_SIGNS = [
    Sign(
        r"\b(?:statutory )?directions?\b[^.]{0,120}\b(?:under|pursuant to|in exercise of)\b"
        r"[^.]{0,40}\bs(?:ections? ?|s?\. ?)(?:497A|15)",
        4,
        "titled a direction under section 497A or 15",
    ),
    Sign(r"\bnow,? therefore\b", 2, "says NOW THEREFORE"),
    Sign(
        r"\bs(?:ections? ?|s?\. ?)497A ?\(4|\bs(?:ections? ?|s?\. ?)15 ?\([56]\)"
        r"|\bsection 15,? (?:of the )?local government act 1999",
        3,
        "names a power to direct",
    ),
    Sign(
        r"^\W*(?:[^.]{0,60}\b)?directions? (?:issued |given |made )?(?:to\W )?(?:the )?[^.]{3,60}"
        r"\b(?:council|borough)\b|^\W*direction\b",
        2,
        "is headed as a direction",
    ),
    Sign(
        r"\bnominations? of (?:the )?commissioners?\b|\bnominates the following persons?\b"
        r"|\bnotice of revocation\b|\bhereby revokes the directions?\b",
        3,
        "nominates commissioners, or revokes",
    ),
    Sign(
        r"\bsecretary of state(?: for [\w ,]{0,50}?)?(?: \w+){0,6} (?:hereby )?directs\b"
        r"|\bsecretaries of state\b[^.;]{0,40}\bdirect\b|\bhereby [^.;]{0,90}\bdirects the\b"
        r"|\b(?:gives|makes|issues) (?:this|these|the following) (?:statutory )?directions?\b",
        4,
        "the Secretary of State directs",
    ),
    Sign(
        r"\bhas today exercised (?:his|her|their) powers? under section (?:497A|15)\b",
        3,
        "tells of a power used today",
    ),
    Sign(
        r"\bin force until\b|\b(?:direction|it) (?:lasts|shall continue) until\b"
        r"|\bcomes? into force\b|\bdirections? takes? effect\b",
        1,
        "says how long it is in force",
    ),
    Sign(
        r"\bsigned (?:for and )?(?:on behalf|by authority) of the secretary of state\b",
        2,
        "is signed for the Secretary of State",
    ),
]
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
    signed = date_of(blocks)
    day = _day(signed)
    addressees = addressed_in(blocks, day, tree.document.name)
    bodies = [named.on(day) for _, named in addressees]
    if bodies[0] is None:
        raise UnreadableDocument(
            f"{tree.document.name}: several councils have had its name; say which"
        )
    code, *others = (body.code for body in bodies if body)
    issuer = _issuer(blocks)
    commissioner = "best-value" if issuer == "sos-hclg" else "childrens"
    reading = DocumentReading(tree, Parties(code, issuer, commissioner, tuple(others)), day)
    notes = []
    directing = reading.directing
    if directing is not None and TELLS.search(directing.text):
        notes.append({**directing.place(), "reason": _ONLY_TELLS})
    if not any(block.section == "signature" for block in blocks):
        notes.append({**blocks[-1].place(), "reason": _NO_SIGNATURE})
    return _Direction(reading, signed, addressees, notes).candidate()


def _day(signed: tuple[Block, DateFound] | None) -> date | None:
    """Return the day of a signature, if it is certain."""
    if signed is None or not signed[1].is_day or signed[1].edtf is None:
        return None
    return bounds(signed[1].edtf)[0]


def _issuer(blocks: list[Block]) -> str:
    """Return the office that issues: the one signed for, else the first one named."""
    ordered = sorted(blocks, key=lambda block: block.section != "signature")
    for block in ordered:
        low = block.text.casefold()
        for name, office in office_names():
            if name.casefold() in low and office.startswith("sos-"):
                return office
    # Each of the two powers to direct belongs to one office.
    housing = any(_OF_HOUSING.search(block.text) for block in ordered)
    return "sos-hclg" if housing else "sos-education"


@dataclass
class _Direction:
    """One direction while it is read."""

    reading: DocumentReading
    signed: tuple[Block, DateFound] | None
    addressees: Addressees
    notes: Sequence[dict[str, Any]]

    def candidate(self) -> Candidate:
        """Return the candidate record."""
        reading, proposals = self.reading, Proposals()
        background = background_of(reading, proposals)
        cited, told = background.documents, background.directions
        published = self._published()
        day = str(reading.day) if reading.day else (published or {}).get("date")
        identifier = proposals.next("direction", reading.council, day)
        posts = posts_of(reading, proposals, told, identifier)
        conclusions = cited_conclusions(reading, cited)
        latest = posts.appointments[-1]["id"] if posts.appointments else None
        duties = duties_of(reading, identifier, latest)
        signature = Signature(reading, cited, self.signed)
        facts = StatementExtractor(reading, cited, told, identifier, signature, self.addressees)
        ends = ends_of(reading, told)
        own = {**facts.entry(published), **ends.own}
        own["requirements"] = [duty.entry for duty in duties.requirements]
        post = posts.posts.get(f"{reading.council}-{reading.parties.commissioner}")
        if post is not None and duties.functions:
            post["functions_exercised"] = list(duties.functions)
        own["tasks"] = [duty.entry for duty in duties.tasks]
        slug = document_slug(reading.council, "direction", day)
        own["embodied_in"] = [facts.title_said(slug)]
        signatory = signature.signatory()
        people = list(posts.people.values())
        if signatory and signatory["id"] not in posts.people:
            people.append(signatory)
        return candidate_of(
            reading,
            self._block(slug, facts.title(), published),
            {
                "documents": background.document_entries(),
                "inspections": [one.entry for one in background.inspections],
                "directions": [*background.direction_entries(ends.others), own],
                "posts": list(posts.posts.values()),
                "people": people,
                "appointments": posts.appointments,
                "names": names_in(reading, cited, told),
                "findings": conclusions.findings,
                "recommendations": conclusions.recommendations,
            },
            after=self.notes,
        )

    def _published(self) -> dict[str, Any] | None:
        """Return the date of publication that the pages bear, if any."""
        tree = self.reading.tree
        for one in tree.furniture:
            if one.kind == "published":
                view = view_of(tree.document.text, [(one.start, one.end)])
                for found in dates_in(view):
                    whole = DateFound(0, len(view.text), found.edtf, found.status)
                    return whole.time(view, "page furniture").model_dump(exclude_defaults=True)
        return None

    def _block(self, slug: str, title: str, published: dict[str, Any] | None) -> DocumentBlock:
        """Return what the record says of the document itself."""
        return DocumentBlock(
            "direction-document",
            slug,
            title,
            f"office/{self.reading.parties.issuer}",
            [published] if published else (),
            [time_in(*self.signed)] if self.signed and self.reading.day else (),
        )


KIND = DocumentKind("direction", "statutory direction", _SIGNS, read_tree, read)
