"""Read the posts and offices in an article, who holds them, and what names them.

An article names a post by its place and a person after an office, as no other document does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from loaders.documents.facts.posts import POST_CLASSES, Posts, post_kind
from loaders.documents.find.councils import councils_in
from loaders.documents.find.parties import PartyFound, office_names
from loaders.documents.find.people import NAME, NOT_NAMES, person_slug
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.proposals import Proposals

_NAMED = re.compile(
    rf"\b{NAME}(?=,|\s+of\b|\s*$|[.;:)'\"]|\s+(?:has|have|is|was|will|said|to|who)\b)"
)
_OF_COUNCIL = re.compile(r"\s+of\s+")
# What may stand between a name and the post: a comma, and how the post was come by.
# takes (fullmatch): ", who has been named as the new "
# leaves (fullmatch): ", who criticised the "
_APPOINTED = re.compile(
    r",? (?:who is |(?:who )?(?:has been|was) (?:named|appointed|made|sent in|brought in) )?"
    r"(?:as )?(?:an? |the )?(?:newly[- ]appointed |new |appointed )?",
    re.IGNORECASE,
)
_FOR_PLACE = re.compile(r" (?:for|in) (?P<place>[A-Z]\w+(?: [A-Z]\w+)*)")
_TURNED = re.compile(
    r"\bcommissioner for (?P<place>[A-Z]\w+(?: [A-Z]\w+)*) children's (?:social care )?services",
    re.IGNORECASE,
)
# takes: "A council spokesman said she will be 'a critical friend to the council'"
# leaves: "A council spokesman said 'we welcome the decision'"
_SPOKESMAN = re.compile(
    r"\b(?P<who>council|department|government) (?:spokes(?:man|woman|person)|leader) said (?:he"
    r"|she|they) (?:will|would) be '(?P<what>[^']*(?:'s [^']*)*)'",
    re.IGNORECASE,
)


def article_posts(reading: DocumentReading, proposals: Proposals, direction: str | None) -> Posts:
    """Return the posts, people, appointments and names of an article.

    In: the identifier of the direction that it reports on, if it does.
    """
    extractor = _ArticlePostExtractor(reading, proposals, direction)
    for block in reading.blocks:
        for party in posts_in(reading, block):
            extractor.add_post(block, party)
        extractor.add_people(block)
        extractor.add_purpose(block)
    names = list(extractor.names.values())
    return Posts(extractor.posts, extractor.people, extractor.appointments, names)


@dataclass
class _ArticlePostExtractor:
    reading: DocumentReading
    proposals: Proposals
    direction: str | None
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    names: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add_post(self, block: Block, party: PartyFound) -> None:
        """Keep a post, and the name by which the article calls it."""
        council = self.reading.council
        kind = post_kind(council, party)
        entry = self.posts.setdefault(
            party.name,
            {
                "id": party.name,
                **block.place(party.start, party.end),
                "kind": POST_CLASSES[kind],
                "for_council": council,
                "regime": "best-value" if kind == "best-value" else "childrens-services",
            },
        )
        if kind in {"childrens", "best-value"}:
            own = "childrens-services" if kind == "childrens" else kind
            entry.setdefault("commissioner_type", own)
        words = block.text[party.start : party.end]
        if " for " in words or " in " in words:
            self._name(block, party.reference, party.start, party.end)

    def _name(self, block: Block, reference: str, start: int, end: int) -> None:
        name = block.text[start:end]
        entry = {"thing": reference, **block.place(start, end), "name": name}
        self.names.setdefault((reference, name.casefold()), entry)

    def add_people(self, block: Block) -> None:
        """Keep those whom a paragraph names with a council, a post or an office."""
        for match in _NAMED.finditer(block.text):
            name = re.sub(r"\s+", " ", match["name"])
            if NOT_NAMES & {word.strip(".'s").casefold() for word in name.split()}:
                continue
            self._employed(block, match, name)
            for party in posts_in(self.reading, block):
                between = block.text[match.end("name") : max(match.end("name"), party.start)]
                if party.start > match.end("name") and _APPOINTED.fullmatch(between):
                    self._appoint(block, name, party, (match.start("name"), party.end))
        for phrase, office in office_names():
            pattern = re.compile(rf"\b(?i:{re.escape(phrase)}),? {NAME}(?=[\s.,;:'\")]|$)")
            for match in pattern.finditer(block.text):
                end = match.start() + len(phrase)
                party = PartyFound("office", office, match.start(), end)
                name = re.sub(r"\s+", " ", match["name"])
                self._appoint(block, name, party, (match.start(), match.end("name")))
                self._name(block, party.reference, party.start, end)

    def _employed(self, block: Block, match: re.Match[str], name: str) -> None:
        """Keep the council that a person comes from."""
        of = _OF_COUNCIL.match(block.text, match.end())
        for council in councils_in(block.view) if of else []:
            body = council.on(None)
            if body and of and council.start == of.end() and council.is_full:
                entry = self._person(block, name, match.start("name"), council.end)
                entry["employer"] = f"council/{body.code}"

    def _person(self, block: Block, name: str, start: int, end: int) -> dict[str, Any]:
        place = block.place(start, end)
        slug = person_slug(name)
        return self.people.setdefault(slug, {"id": slug, **place, "name": name})

    def _appoint(self, block: Block, name: str, party: PartyFound, span: tuple[int, int]) -> None:
        """Keep that a person holds a post or an office, once."""
        start = block.text.index(name.split()[0], span[0])
        person = self._person(block, name, start, min(span[1], start + len(name)))
        member = f"person/{person['id']}"
        if any(
            (known["member"], known["to_post"]) == (member, party.reference)
            for known in self.appointments
        ):
            return
        minister = party.kind == "office"
        council = self.reading.council
        local = self.proposals.next("appointment", council, None)
        entry: dict[str, Any] = {
            "id": f"{party.name}{local.removeprefix(council)}" if minister else local,
            **block.place(*span),
            "member": member,
            "to_post": party.reference,
        }
        if not minister and self.direction:
            note = "The direction speaks of the post; no sentence says that it appoints the holder."
            entry["under"] = [{"value": self.direction, "modality": "inferred", "note": note}]
        self.appointments.append(entry)

    def add_purpose(self, block: Block) -> None:
        """Keep what a spokesman says that the holder of the post will do: his words, not ours."""
        match = _SPOKESMAN.search(block.text)
        post = next(iter(self.posts.values()), None)
        if match is None or post is None or "purpose" in post:
            return
        voice = {"council": f"council/{self.reading.council}"}.get(
            match["who"].casefold(), "organisation/department-for-education"
        )
        post["purpose"] = [block.said(match["what"], *match.span("what"), voice=voice)]


def posts_in(reading: DocumentReading, block: Block) -> Iterator[PartyFound]:
    """Yield the posts and offices of a paragraph, with the place that a post is for."""
    for match in _TURNED.finditer(block.text):
        yield PartyFound("post", f"{reading.council}-childrens", *match.span())
    for party in reading.parties_in(block):
        place = _FOR_PLACE.match(block.text, party.end)
        if party.kind == "post" and not _TURNED.match(block.text, party.start):
            yield replace(party, end=place.end() if place else party.end)
