"""Read what a direction says of itself: to whom it is, its powers and grounds, its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.facts.directions.powers import SATISFIED, PowerExtractor
from loaders.documents.facts.directions.signature import SIGNED_FOR, Signature
from loaders.documents.find.councils import CouncilFound, councils_in, likenesses_in
from loaders.documents.find.parties import office_names
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading
from ontology.errors import UnreadableDocument

_JOINED = re.compile(
    r"\s*(?:council|borough|metropolitan|unitary|district|county|city|\s)*"
    r"(?:\([^()]*\)\s*)?(?:,|;|and|&|,\s*and)\s*(?:to\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\s*(?:county|city|borough|metropolitan|unitary|district|\s)*(?:councils|authorities)\b",
    re.IGNORECASE,
)
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
                return [(block, one) for one in named] + _after_and(group[number + 1 :], block, day)
    raise UnreadableDocument(
        f"{name}: no council of the register is named as the one that the direction is to; "
        "check the name in the document"
    )


def _named_together(block: Block, day: date | None) -> list[CouncilFound]:
    """Return the first council that a block names, and those joined to it by commas and and."""
    every = [one for one in councils_in(block.view) if one.on(day)]
    plural = [one for one in every if _PLURAL.match(block.text, one.end)]
    for index, first in enumerate(every):
        chain = [first]
        for one in every[index + 1 :]:
            if not _JOINED.fullmatch(block.text[chain[-1].end : one.start]):
                break
            chain.append(one)
        if chain[-1] in plural and len(chain) > 1:
            return chain
        full = [one for one in chain if one.is_full]
        if first.is_full:
            return full
    return list(likenesses_in(block.view))[:1]


def _after_and(
    below: Sequence[Block], block: Block, day: date | None
) -> list[tuple[Block, CouncilFound]]:
    """Return the councils on the lines below, where an and on a line of the title adds them."""
    found: list[tuple[Block, CouncilFound]] = []
    joined = re.search(r"(?:\band|&|,)\s*$", block.text, re.IGNORECASE) is not None
    for other in below[:4]:
        begins = re.match(r"\s*(?:and|&)\s+", other.text, re.IGNORECASE) is not None
        if _JOINER.fullmatch(other.text):
            joined = True
            continue
        named = _named_together(other, day) if joined or begins else []
        if not named or not named[0].is_full or named[0].start > len("and the council of the "):
            break
        found += [(other, one) for one in named]
        joined = False
    return found


_AS_DETAILED = re.compile(
    r"\b(?:as )?(?:detailed|set out|reported|described|found) in ", re.IGNORECASE
)
SOCIAL_CARE = re.compile(
    r"exercise of its children's social care functions|children's social care|children's services",
    re.IGNORECASE,
)


@dataclass
class StatementExtractor:
    """What one direction says of itself."""

    reading: DocumentReading
    cited: CitedDocuments
    told: CitedDirections
    identifier: str
    signature: Signature
    addressees: Addressees

    def entry(self, published: dict[str, Any] | None) -> dict[str, Any]:
        """Return the direction as it stands in a record."""
        directing = self._directing()
        entry: dict[str, Any] = {
            "id": self.identifier,
            **directing.place(),
            "force": "reportive" if TELLS.search(directing.text) else "constitutive",
            "kind": "Direction",
            "addressed_to": [self._addressed(*one) for one in self.addressees],
            "issued_by": self._issued(directing),
            **PowerExtractor(self.reading, self.told).entries(),
            **self._grounds(),
        }
        if published:
            entry["published"] = [{**published, "force": "reportive"}]
        if self.signature.signed:
            entry["signed"] = [self.signature.signed_time(published)]
        entry.update(self.signature.signature())
        domain = self._domain()
        if domain:
            entry["in_domain"] = domain
        return {name: value for name, value in entry.items() if value}

    def title(self) -> str:
        """Return a title for the document, in our words."""
        bodies = [council.on(self.reading.day) for _, council in self.addressees]
        return f"Direction to {' and '.join(body.name for body in bodies if body)}"

    def title_said(self, value: str) -> dict[str, Any]:
        """Return a statement at the title of the document."""
        return self._title_block().said(value)

    def _title_block(self) -> Block:
        """Return the title, or what comes first."""
        return next((one for one in self.reading.section("title")), self.reading.blocks[0])

    def _directing(self) -> Block:
        """Return the block that directs, or the title."""
        return self.reading.directing or self._title_block()

    def _addressed(self, block: Block, council: CouncilFound) -> dict[str, Any]:
        """Return the council that is directed; a misread name is only likely."""
        body = council.on(self.reading.day)
        code = body.code if body else self.reading.council
        statement = block.said(code, council.start, council.end)
        if council.is_likeness:
            note = "The name is not in the register; this is the one most like it."
            return {**statement, "modality": "inferred", "note": note}
        return statement

    def _issued(self, directing: Block) -> list[dict[str, Any]]:
        """Return who issues the direction, where it directs and where it is signed."""
        issuer = self.reading.parties.issuer
        match = directing.search(r"the secretary of state[^.:;]*?\bdirects?\b[^.:;]*")
        found = [directing.said(issuer, *match.span())] if match else []
        for block in self.reading.section("signature"):
            signed = SIGNED_FOR.search(block.text)
            if signed:
                named = [
                    office
                    for name, office in office_names()
                    if name.casefold() in signed[0].casefold()
                ]
                mine = [one for one in named if one.startswith("sos-")][:1] or [issuer]
                found.append(block.said(mine[0], *signed.span()))
        return found or [{"value": issuer}]

    def _grounds(self) -> dict[str, Any]:
        """Return what the minister was satisfied of, considered and was prompted by."""
        satisfied: list[dict[str, Any]] = []
        considered: list[dict[str, Any]] = []
        prompted: list[dict[str, Any]] = []
        for block in self.reading.section("recitals", "title"):
            match = SATISFIED.search(block.text)
            if match:
                satisfied.append(self._satisfied(block, match.start(), len(satisfied)))
            around = " ".join([block.text, *self._texts_above(block)])
            weighed = re.search(r"\bconsider(?:ed|ing)\b", around, re.IGNORECASE)
            documents = self.cited.in_block(block)
            for start, end, document in documents if weighed else []:
                value = f"document/{document.slug}"
                if all(one["value"] != value for one in considered):
                    considered.append(block.said(value, start, end, force="reportive"))
            if weighed and self._texts_above(block):
                for one in self.told.found:
                    if one.block is block:
                        value = f"direction/{one.id}"
                        considered.append(block.said(value, force="reportive"))
            detailed = _AS_DETAILED.search(block.text)
            after = [one for one in documents if detailed and one[0] >= detailed.end() - 2]
            if detailed and after and not prompted:
                value = f"document/{after[0][2].slug}"
                place = (detailed.start(), after[0][1])
                prompted.append(block.said(value, *place, force="reportive"))
        return {"satisfied_of": satisfied, "considered": considered, "prompted_by": prompted}

    def _texts_above(self, block: Block) -> list[str]:
        """Return the words of the items around a block."""
        return [self.reading.tree.view(one).text for one in block.item.ancestors()]

    def _satisfied(self, block: Block, start: int, number: int) -> dict[str, Any]:
        """Return what the minister is satisfied of."""
        sentence = block.sentence_at(start)
        stop = block.text.find(' ("', start)
        applied = re.search(r"applied by section \w+ of the [A-Z][\w ]+? Act \d{4}", block.text)
        end = applied.end() if applied else (stop if stop > 0 else sentence[1])
        words = block.text[start:end]
        best_value = re.search(r"best value|1999 Act|Part (?:I|1)\b", words)
        still = "still " if " still " in words else ""
        what = (
            "meet its best value duty"
            if best_value
            else "perform some or all of the functions named well enough"
        )
        identifier = "failing" if not number else f"failing-{number + 1}"
        return {
            "id": identifier,
            **block.place(start, end),
            "force": "reportive",
            "kind": "Finding",
            "summary": f"The council {still}fails to {what}.",
        }

    def _domain(self) -> list[dict[str, Any]]:
        """Return the services in which the council is directed."""
        if self.reading.parties.issuer == "sos-hclg":
            return [{"value": "corporate", "modality": "inferred", "note": "From the power used."}]
        for block in self.reading.section("operative", "title"):
            match = SOCIAL_CARE.search(block.text)
            if match and block.section == "operative":
                return [block.said("childrens-social-care", *match.span())]
        title = self._title_block()
        if title.search(r"special educational needs|\bSEND\b"):
            return [title.said("send")]
        match = title.search(r"children'?s (?:social care|services)")
        return [title.said("childrens-social-care", *match.span())] if match else []
