"""Read the report of a commissioner for children's services."""

from __future__ import annotations

import re
from typing import Any

from loaders.documents.facts.background import background_of
from loaders.documents.facts.delivery_models import arrangements_in
from loaders.documents.facts.figures import figures_in
from loaders.documents.facts.findings import findings_in
from loaders.documents.facts.inspections.earlier_inspections import earlier_inspections
from loaders.documents.facts.milestones import milestones_in
from loaders.documents.facts.posts import Posts, posts_of
from loaders.documents.facts.recommendations import recommendations_in
from loaders.documents.facts.subject import council_of_prose
from loaders.documents.find.parties import Parties, PartyFound
from loaders.documents.find.people import people_in
from loaders.documents.kinds.recognition import DocumentKind, Sign
from loaders.documents.layout.blocks import Block, DocumentReading, blocks_of, time_in
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.layout.prose_tree import prose_tree
from loaders.documents.record.builder import DocumentBlock, candidate_of
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.identifiers import Proposals, document_slug
from ontology.dates import bounds

_SIGNS = [
    Sign(
        r"^.{0,900}\breport\b.{0,300}\bcommissioner(?:s|'s)?\b",
        3,
        "begins as a report with a commissioner",
    ),
    Sign(
        r"\breport (?:for|to) (?:the )?(?:secretary of state|minister|department|parliamentary)",
        3,
        "is a report for the Secretary of State",
    ),
    Sign(r"\brecommendation \d", 2, "numbers its recommendations"),
    Sign(
        r"\bI (?:(?:would|have|strongly) )*(?:recommend|advise|consider|observe|conclude|believe)",
        2,
        "speaks in the first person and advises",
    ),
    Sign(r"\b(?:I was|my) appoint(?:ed|ment)\b[^.]{0,80}\bcommissioner", 3, "tells of its author"),
    Sign(r"^.{0,500}\bstatutory direction", -3, "is titled a direction"),
]
_FRAMEWORK = re.compile(r"single (?:inspection|assessment) framework(?: \(SIF\))?", re.IGNORECASE)
_OWN_TITLE = re.compile(
    r"\b(?:as|I am|myself as) (?P<name>the Children's (?:Services )?Commissioner)", re.IGNORECASE
)


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a commissioner's report.

    Raises: UnreadableDocument if no council of the register is named.
    """
    blocks = blocks_of(tree)
    front = [one for one in blocks if one.section in {"title", "heading"}][:8]
    dated = next(((one, found) for one in front for found in one.dates if found.edtf), None)
    day = bounds(dated[1].edtf)[0] if dated and dated[1].edtf else None
    code = council_of_prose(blocks, day, tree.document.name)
    reading = DocumentReading(tree, Parties(code, "sos-education", "childrens"), day)
    return _Report(reading, dated).candidate()


class _Report:
    """One report while it is read."""

    def __init__(self, reading: DocumentReading, dated: tuple[Block, Any] | None) -> None:
        """Start before its facts are read."""
        self.reading = reading
        self.dated = dated
        self.proposals = Proposals()
        time = dated[1].edtf if dated else None
        self.slug = document_slug(reading.council, "commissioner-report", time)

    def candidate(self) -> Candidate:
        """Return the candidate record."""
        reading = self.reading
        background = background_of(reading, self.proposals)
        inspections = earlier_inspections(reading, background.inspections, self.proposals)

        def meant(words: str) -> str | None:
            found = inspections.meant_by(words)
            return f"inspection/{found.id}" if found else None

        dated = self.dated[1].edtf if self.dated else None
        arrangements = arrangements_in(reading)
        posts = posts_of(reading, self.proposals, background.directions)
        self._author(posts)
        return candidate_of(
            reading,
            self._block(posts),
            {
                "documents": background.document_entries(),
                "inspections": [one.entry for one in inspections.found],
                "directions": background.direction_entries(),
                "posts": list(posts.posts.values()),
                "people": list(posts.people.values()),
                "appointments": posts.appointments,
                "names": list(self._names()),
                "findings": findings_in(reading),
                "recommendations": recommendations_in(reading, self._post(posts), self._given_to()),
                "figures": figures_in(reading, dated, meant),
                "milestones": milestones_in(reading, f"document/{self.slug}", meant),
                "arrangements": arrangements.arrangements,
                "councils": arrangements.councils,
            },
        )

    def _front(self) -> list[Block]:
        """Return the title page."""
        return [one for one in self.reading.blocks if one.section in {"title", "heading"}][:8]

    def _post(self, posts: Posts) -> str:
        """Return the post that the report is of."""
        own = next(
            (one for one in posts.posts if "commissioner" in posts.posts[one]["kind"].casefold()),
            None,
        )
        return f"post/{own or f'{self.reading.council}-childrens'}"

    def _author(self, posts: Posts) -> None:
        """Keep who holds the post by the title page: a name, then the post."""
        for block in self._front():
            people = people_in(block.view)
            for party in self.reading.parties_in(block):
                if party.kind == "post":
                    self._holder(posts, block, party, people)

    def _holder(self, posts: Posts, block: Block, party: PartyFound, people: list[Any]) -> None:
        """Keep the holder of a post who is named directly before it."""
        for person in people:
            between = block.text[person.end : party.start]
            if re.fullmatch(r",? (?:the )?", between):
                posts.appointments.append(
                    {
                        "id": self.proposals.next(
                            "appointment", self.reading.council, str(self.reading.day or "")
                        ),
                        **block.place(person.start, party.end),
                        "member": [{"value": f"person/{person.slug}"}],
                        "to_post": [{"value": party.reference}],
                    }
                )
                return

    def _given_to(self) -> dict[str, Any] | None:
        """Return whom the report is given to, with the words for it."""
        for block in self._front():
            match = block.search(
                r"\breport (?:for|to) (?:the )?(?:secretary of state|minister)[\w ]*?(?= by\b|,|$)"
            )
            for party in self.reading.parties_in(block) if match else []:
                if party.kind == "office":
                    start = match.start() if match else party.start
                    return block.said(party.reference, start, party.end)
        return None

    def _names(self) -> list[dict[str, Any]]:
        """Return the names that the report uses for its post and for frameworks, each once."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for block in self.reading.blocks:
            places = [
                (match.start(), match.end(), "scheme/framework/sif")
                for match in _FRAMEWORK.finditer(block.text)
            ]
            for party in self.reading.parties_in(block):
                words = block.text[party.start : party.end]
                if party.kind == "post" and " for " in words:
                    places.append((party.start, party.end, party.reference))
            for match in _OWN_TITLE.finditer(block.text):
                post = f"post/{self.reading.council}-childrens"
                places.append((*match.span("name"), post))
            for start, end, thing in places:
                name = block.text[start:end]
                entry = {"thing": thing, **block.place(start, end), "name": name}
                found.setdefault((thing, name.casefold()), entry)
        return list(found.values())

    def _block(self, posts: Posts) -> DocumentBlock:
        """Return what the record says of the document itself."""
        return DocumentBlock(
            "commissioner-report",
            self.slug,
            f"Report of the commissioner for children's services, {self.reading.council}",
            self._post(posts),
            dated=[time_in(*self.dated)] if self.dated else (),
        )


KIND = DocumentKind("commissioner-report", "report of a commissioner", _SIGNS, prose_tree, read)
