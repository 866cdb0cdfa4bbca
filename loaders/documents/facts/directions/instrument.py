"""Read a direction as the document that makes it: to whom it is, its powers and grounds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.facts.considered import considered_in
from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.facts.directions.powers import SATISFIED, powers_of
from loaders.documents.facts.directions.signature import SIGNED_FOR, Signature
from loaders.documents.find.councils import CouncilFound, councils_in, likenesses_in
from loaders.documents.find.parties import secretary_named
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import patterns_beside
from ontology.errors import UnreadableDocument

_PATTERNS = patterns_beside(__name__)
_CONSIDERED = _PATTERNS["considered"]
_JOINED = _PATTERNS["joined"]
_PLURAL = _PATTERNS["plural"]
_AS_DETAILED = _PATTERNS["as-detailed"]
SOCIAL_CARE = _PATTERNS["social-care"]
_JOINER = re.compile(r"\s*(?:and|&)\s*", re.IGNORECASE)

Addressees = Sequence[tuple[Block, CouncilFound]]


def addressed_in(blocks: Sequence[Block], day: date | None, name: str) -> Addressees:
    """Return the councils that a direction is to: in the title, else those first named.

    Raises: UnreadableDocument if no council of the register is named.
    """
    title = [block for block in blocks if block.section == "title"]
    heads = [block for block in title if not block.item.is_numbered]
    for group in (heads, title, blocks):
        for number, block in enumerate(group):
            named = _named_together(block, day)
            if named:
                below = _after_and(group[number + 1 :], block, day)
                return [*((block, council) for council in named), *below]
    raise UnreadableDocument(
        f"{name}: no council of the register is named as the one that the direction is to; "
        "check the name in the document"
    )


def _named_together(block: Block, day: date | None) -> list[CouncilFound]:
    """Return the first council that a block names, and those joined to it by commas and and."""
    councils = [council for council in councils_in(block.view) if council.on(day)]
    for number, first in enumerate(councils):
        chain = [first]
        for council in councils[number + 1 :]:
            if not _JOINED.fullmatch(block.text[chain[-1].end : council.start]):
                break
            chain.append(council)
        if len(chain) > 1 and _PLURAL.match(block.text, chain[-1].end):
            return chain
        if first.is_full:
            return [council for council in chain if council.is_full]
    return list(likenesses_in(block.view))[:1]


def _after_and(
    below: Sequence[Block], block: Block, day: date | None
) -> list[tuple[Block, CouncilFound]]:
    """Return the councils on the lines below, where an and on a line of the title adds them."""
    added: list[tuple[Block, CouncilFound]] = []
    joined = re.search(r"(?:\band|&|,)\s*$", block.text, re.IGNORECASE) is not None
    for other in below[:4]:
        begins = re.match(r"\s*(?:and|&)\s+", other.text, re.IGNORECASE) is not None
        if _JOINER.fullmatch(other.text):
            joined = True
            continue
        named = _named_together(other, day) if joined or begins else []
        if not named or not named[0].is_full or named[0].start > len("and the council of the "):
            break
        added += [(other, council) for council in named]
        joined = False
    return added


@dataclass(frozen=True)
class InstrumentFound:
    """A direction as the document that makes it."""

    reading: DocumentReading
    cited: CitedDocuments
    directions: CitedDirections
    addressees: Addressees

    def entry(
        self, identifier: str, signature: Signature, published: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Return the direction as it stands in a record."""
        directing = self.reading.directing or self._title
        entry: dict[str, Any] = {
            "id": identifier,
            **directing.place(),
            "force": "reportive" if self.reading.tells else "constitutive",
            "addressed_to": [self._addressed(*addressee) for addressee in self.addressees],
            "issued_by": list(self._issued(directing)) or [{"value": self.reading.parties.issuer}],
            **powers_of(self.reading, self.directions),
            "satisfied_of": list(self._satisfied()),
            "considered": list(self._considered()),
            "prompted_by": list(self._prompted()),
            "published": published and [{**published, "force": "reportive"}],
            **signature.facts,
            "in_domain": self._domain(),
        }
        return {name: value for name, value in entry.items() if value}

    def to(self) -> str:
        """Return the names of the councils that it is to, for a title in our words."""
        bodies = [council.on(self.reading.day) for _, council in self.addressees]
        return " and ".join(body.name for body in bodies if body)

    def title_said(self, value: str) -> dict[str, Any]:
        """Return a statement at the title of the document."""
        return self._title.said(value)

    @property
    def _title(self) -> Block:
        """The title, or what comes first."""
        return next(iter(self.reading.section("title")), self.reading.blocks[0])

    def _addressed(self, block: Block, council: CouncilFound) -> dict[str, Any]:
        """Return the council that is directed; a misread name is only likely."""
        body = council.on(self.reading.day)
        code = body.code if body else self.reading.council
        statement = block.said(code, council.start, council.end)
        if council.is_likeness:
            note = "The name is not in the register; this is the one most like it."
            return {**statement, "modality": "inferred", "note": note}
        return statement

    def _issued(self, directing: Block) -> Iterator[dict[str, Any]]:
        """Yield who issues the direction, where it directs and where it is signed."""
        issuer = self.reading.parties.issuer
        match = directing.search(r"the secretary of state[^.:;]*?\bdirects?\b[^.:;]*")
        if match:
            yield directing.said(issuer, *match.span())
        for block in self.reading.section("signature"):
            signed = SIGNED_FOR.search(block.text)
            if signed:
                yield block.said(secretary_named(signed[0]) or issuer, *signed.span())

    def _grounds(self) -> list[Block]:
        return self.reading.section("recitals", "title")

    def _considered(self) -> Iterator[dict[str, Any]]:
        """Yield what the minister considered, each document once; a list may say so above it."""
        for paper in considered_in(self.reading, self.cited):
            start, end, document = paper.place
            yield paper.block.said(f"document/{document.slug}", start, end, force="reportive")
        for direction in self.directions.found:
            ancestors = direction.block.item.ancestors()
            above = " ".join(self.reading.tree.view(item).text for item in ancestors)
            if _CONSIDERED.search(above) and not direction.is_notice:
                yield direction.block.said(f"direction/{direction.id}", force="reportive")

    def _prompted(self) -> Iterator[dict[str, Any]]:
        """Yield the first document in which something is said to be set out."""
        for block in self._grounds():
            detailed = _AS_DETAILED.search(block.text)
            for start, end, document in self.cited.in_block(block) if detailed else ():
                # The words of a citation may begin with the "in" before it.
                if detailed and start >= detailed.end() - 2:
                    value = f"document/{document.slug}"
                    yield block.said(value, detailed.start(), end, force="reportive")
                    return

    def _satisfied(self) -> Iterator[dict[str, Any]]:
        matches = ((block, SATISFIED.search(block.text)) for block in self._grounds())
        satisfied = [(block, match.start()) for block, match in matches if match]
        for number, (block, start) in enumerate(satisfied, 1):
            stop = block.text.find(' ("', start)
            applied = re.search(r"applied by section \w+ of the [A-Z][\w ]+? Act \d{4}", block.text)
            end = stop if stop > 0 else block.sentence_at(start)[1]
            end = applied.end() if applied else end
            words = block.text[start:end]
            still = "still " if " still " in words else ""
            what = "perform some or all of the functions named well enough"
            if re.search(r"best value|1999 Act|Part (?:I|1)\b", words):
                what = "meet its best value duty"
            yield {
                "id": "failing" if number == 1 else f"failing-{number}",
                **block.place(start, end),
                "force": "reportive",
                "kind": "Finding",
                "summary": f"The council {still}fails to {what}.",
            }

    def _domain(self) -> list[dict[str, Any]]:
        if self.reading.parties.issuer == "sos-hclg":
            return [{"value": "corporate", "modality": "inferred", "note": "From the power used."}]
        for block in self.reading.section("operative", "title"):
            match = SOCIAL_CARE.search(block.text)
            if match and block.section == "operative":
                return [block.said("childrens-social-care", *match.span())]
        title = self._title
        if title.search(r"special educational needs|\bSEND\b"):
            return [title.said("send")]
        match = title.search(r"children'?s (?:social care|services)")
        return [title.said("childrens-social-care", *match.span())] if match else []
