"""Read what a direction says of itself: its powers and grounds, what it revokes, its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from loaders.blocks import TELLS, Block, DocumentReading
from loaders.cited_directions import DirectionsTold
from loaders.cited_documents import CitedDocuments
from loaders.councils_in_text import CouncilFound
from loaders.direction_addressees import Addressees
from loaders.direction_ends import ends_of
from loaders.direction_powers import SATISFIED, Powers
from loaders.direction_signature import SIGNED_FOR, Signature
from loaders.parties_in_text import office_names

AS_DETAILED = re.compile(
    r"\b(?:as )?(?:detailed|set out|reported|described|found) in ", re.IGNORECASE
)
SOCIAL_CARE = re.compile(
    r"exercise of its children's social care functions|children's social care|children's services",
    re.IGNORECASE,
)


@dataclass
class DirectionFacts:
    """What one direction says of itself."""

    reading: DocumentReading
    cited: CitedDocuments
    told: DirectionsTold
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
            **Powers(self.reading, self.told).entries(),
            **self._grounds(),
            **ends_of(self.reading, self.told),
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
            detailed = AS_DETAILED.search(block.text)
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
