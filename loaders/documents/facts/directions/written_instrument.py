"""Read an instrument with a text of its own: a direction, a notice, a letter that proposes an act.

The kinds of document differ in what the instrument is and in whether it binds; how its dates,
powers, grounds, people and duties are said is the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data.records.form import RecordedKind
from loaders.documents.facts.background import background_of
from loaders.documents.facts.directions.duties import Duties, duties_of
from loaders.documents.facts.directions.instrument import Addressees, InstrumentFound, addressed_in
from loaders.documents.facts.directions.revocations import ends_of
from loaders.documents.facts.directions.signature import (
    Signature,
    date_of,
    signature_of,
    told_date,
    unread_date,
)
from loaders.documents.facts.findings import cited_conclusions
from loaders.documents.facts.names import names_in
from loaders.documents.facts.posts import Posts, posts_of
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties, secretary_named
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree
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


@dataclass(frozen=True)
class InstrumentForm:
    """What an instrument is, as records name it.

    In: `classes` by the office that issues; what is `proposed` is neither in force nor a duty.
    """

    family: Literal["direction", "notice", "letter"]
    document: RecordedKind
    title: str
    classes: Mapping[str, str]
    proposed: bool = False

    @property
    def section(self) -> str:
        """The section of a record that holds such instruments."""
        return f"{self.family}s"


def read_instrument(tree: Tree, form: InstrumentForm) -> Candidate:
    """Return the candidate record of an instrument of a form.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    signed = date_of(blocks, tree, form.proposed)
    day = _day(signed)
    addressees = addressed_in(blocks, day, tree.document.name)
    parties = _parties(addressees, day, blocks, tree.document.name)
    reading = DocumentReading(tree, parties, day)
    # A letter has its own day; the direction that it explains may have another.
    made = (told_date(reading) if reading.tells else None) or signed
    reading.day = _day(made)
    proposals = Proposals()
    background = background_of(reading, proposals)
    published = _published(tree)
    issued = (published or {}).get("date")
    time = str(reading.day) if reading.day else issued
    identifier = proposals.next(form.family, parties.council, time)
    posts = posts_of(reading, proposals, background.directions, identifier)
    latest = posts.appointments[-1]["id"] if posts.appointments else None
    duties = duties_of(reading, identifier, latest)
    signature = signature_of(reading, background.documents, made, issued)
    instrument = InstrumentFound(reading, background.documents, background.directions, addressees)
    ends = ends_of(reading, background.directions)
    title = f"{form.title} to {instrument.to()}"
    block = DocumentBlock(
        form.document,
        document_slug(parties.council, form.family, time),
        title,
        f"office/{parties.issuer}",
        [published] if published else (),
        [time_in(*signed)] if signed and day else (),
    )
    own = {
        **instrument.entry(identifier, signature, published),
        "kind": form.classes[parties.issuer],
        **({} if form.proposed else ends.own),
        **_duties(duties, posts, parties, form),
        "embodied_in": [instrument.title_said(block.slug)],
    }
    conclusions = cited_conclusions(reading, background.documents)
    content: dict[str, Any] = {
        "documents": background.document_entries(),
        "inspections": [inspection.entry for inspection in background.inspections],
        "directions": background.direction_entries(ends.others),
        "notices": background.notice_entries(ends.others),
        "posts": list((posts.posts | _given(posts, parties, duties)).values()),
        "people": list(_people(posts, signature)),
        "appointments": posts.appointments,
        "names": names_in(reading, background.documents, background.directions),
        "findings": conclusions.findings,
        "recommendations": conclusions.recommendations,
        "requests": conclusions.requests,
    }
    content[form.section] = [*content.get(form.section, []), own]
    named = _of_family(content, identifier, form.family)
    return candidate_of(reading, block, named, after=_notes(reading))


def _duties(duties: Duties, posts: Posts, parties: Parties, form: InstrumentForm) -> dict[str, Any]:
    """Return the duties of an instrument, and functions that no post of the document is given."""
    given = _given(posts, parties, duties)
    moved = {
        "functions_of_others": duties.functions_of_others + ([] if given else duties.functions)
    }
    if form.proposed:
        return moved
    asked = {"requirements": duties.requirements, "tasks": duties.tasks}
    return {**asked, "duties_of_others": duties.others, **moved}


def _people(posts: Posts, signature: Signature) -> Iterator[dict[str, Any]]:
    """Yield the people that the document names, and who signs it if it does not."""
    yield from posts.people.values()
    signatory = signature.signatory
    if signatory is not None and signatory["id"] not in posts.people:
        yield signatory


def _of_family(part: Any, identifier: str, family: str) -> Any:
    """Return content in which what refers to the instrument says of which family it is."""
    if isinstance(part, dict):
        return {name: _of_family(value, identifier, family) for name, value in part.items()}
    if isinstance(part, list):
        return [_of_family(value, identifier, family) for value in part]
    return f"{family}/{identifier}" if part == f"direction/{identifier}" else part


def _given(posts: Posts, parties: Parties, duties: Duties) -> dict[str, dict[str, Any]]:
    """Return the post of the commissioner with the functions that the duties give to it, if any."""
    name = f"{parties.council}-{parties.commissioner}"
    if name not in posts.posts or not duties.functions:
        return {}
    return {name: {**posts.posts[name], "functions_exercised": duties.functions}}


def _notes(reading: DocumentReading) -> Iterator[dict[str, Any]]:
    """Yield what a reviewer must know of the document as a whole."""
    if reading.tells:
        yield {**(reading.directing or reading.blocks[0]).place(), "reason": _ONLY_TELLS}
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
