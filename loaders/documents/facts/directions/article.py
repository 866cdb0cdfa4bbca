"""Read what an article says of the direction that it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from loaders.documents.facts.article_posts import posts_in
from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.facts.directions.duties import DutyExtractor
from loaders.documents.facts.directions.statement import SOCIAL_CARE
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text.numbers import MONTH

DIRECTION = re.compile(
    r"\b(?:the|a|new) (?:(?:new|statutory|formal|legal|legally[- ]binding|government) )*"
    r"direction\b",
    re.IGNORECASE,
)
_TO_COUNCIL = re.compile(
    r"\b(?:(?:instructions?|orders?|directions?) to (?:the )?$|(?:orders?|ordered|directs?|directed"
    r"|requires?|tells?|told) (?:the )?$)",
    re.IGNORECASE,
)
_ISSUERS = (
    r"Department for Education|DfE|education secretary|secretary of state(?: for education)?"
    r"|government"
)
_ISSUED_BY = re.compile(
    rf"\b(?:issued|made|given|signed) by (?:the )?(?P<who>{_ISSUERS})\b"
    rf"|\bthe (?P<acting>{_ISSUERS})"
    rf" (?:has |have )?(?:issued|made|gave|given|signed) (?={DIRECTION.pattern})",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:it|this|the (?:statutory )?direction(?:, which [^,]{3,60},)?|the move)"
    r" (?:follows|comes after|came after"
    r"|was (?:issued|made) (?:after|following))\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:orders?|ordered|requires?|instructs?|directs?|tells?|told|obliges?)\s+(?:the )?"
    r"(?:county |city |borough )?(?:council|authority) (?=to\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:steps?|tasks?|duties|things|aims|roles?|objectives)\b[^.]*:\s*$", re.IGNORECASE
)
_SAID = re.compile(
    r"\bthe (?:statutory )?direction (?:said|says|states|stated|reads|added)\b:?", re.IGNORECASE
)
_DAY_OF_MONTH = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
_REPORT_DUE = re.compile(
    rf"\breport\b[^.;]{{0,60}}?(?P<due>\bby (?:the end of )?{_DAY_OF_MONTH})(?!,? (?:19|20)\d\d)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?: (?:to|for|against|on) (?:(?!report\b|letter\b|after\b|follow|inspect)[^,.;]){3,80}?)?"
    r",?(?: (?:which|that))?(?: (?:was|is|has been|had been))?(?: formally)? "
    r"(?:signed|issued|made|given)\b",
    re.IGNORECASE,
)
"""What may stand between the direction and the day of it: to whom it is, and no other act."""


@dataclass
class ArticleDirectionExtractor:
    """The direction that one article reports on; its number and its day are often not told."""

    reading: DocumentReading
    cited: CitedDocuments
    identifier: str
    document: str
    quoted: list[Block] = field(default_factory=list)

    @property
    def voice(self) -> str:
        """Who speaks where the article quotes the direction."""
        return f"direction/{self.identifier}"

    def entry(self) -> dict[str, Any] | None:
        """Return the direction as it stands in a record, or None if the article tells of none."""
        self.quoted = list(self._quoted())
        first = next(self._mentions(), None)
        orders = list(self._orders())
        if first is None:
            return None
        block, match = first
        duties = DutyExtractor(self.reading, self.identifier)
        for part in orders:
            duties.add(part, duties.requirements, f"council/{self.reading.council}")
            self._towards(part, duties.requirements[-1])
        post = f"post/{self.reading.council}-{self.reading.parties.commissioner}"
        for part in self._tasks():
            duties.add(part, duties.tasks, post)
            task = duties.tasks[-1]
            task["voice"] = self.voice
            # Where the tasks are only told, the council in their words is what they are about.
            towards = [
                one for one in task.get("counterparty", []) if "council/" not in one["value"]
            ]
            task["counterparty"] = towards
        self._due(duties.tasks)
        entry = {
            "id": self.identifier,
            **block.place(*match.span()),
            "kind": "Direction",
            "addressed_to": self._addressed(),
            "issued_by": self._issued(),
            "in_domain": self._domain(),
            "prompted_by": list(self._prompted()),
            "signed": list(self._signed()),
            "requirements": duties.entries(duties.requirements),
            "tasks": duties.entries(duties.tasks),
        }
        return {name: value for name, value in entry.items() if value}

    def is_told_at(self, start: int, end: int) -> bool:
        """Return whether the direction that the article reports on is the one told of at a place.

        Guarantee: one that a newer one follows, or that is quoted, is another.
        """
        self.quoted = list(self._quoted())
        mentions = list(self._mentions())
        if not mentions or any("new" in match[0].casefold().split() for _, match in mentions[1:]):
            return False
        block, match = mentions[0]
        first, last = block.view.span(*match.span())
        return first < end and start < last

    def _own(self) -> Iterator[Block]:
        """Yield the paragraphs in which the paper itself speaks."""
        for block in self.reading.section("recitals", "item"):
            if block not in self.quoted:
                yield block

    def _mentions(self) -> Iterator[tuple[Block, re.Match[str]]]:
        """Yield where the paper speaks of the direction."""
        for block in self._own():
            for match in DIRECTION.finditer(block.text):
                yield block, match

    def _quoted(self) -> Iterator[Block]:
        """Yield the paragraphs that quote the direction, also those that go on quoting."""
        quoting = False
        for block in self.reading.section("recitals"):
            said = _SAID.search(block.text)
            goes_on = quoting and block.text[:1] in "'\""
            quoting = bool(said) or goes_on
            if quoting:
                yield block

    def _addressed(self) -> list[dict[str, Any]]:
        """Return the council that is directed, with the words that say so if there are any."""
        council = self.reading.council
        for block in self._own():
            for party in self.reading.parties_in(block):
                before = _TO_COUNCIL.search(block.text[: party.start])
                if party.reference == f"council/{council}" and before:
                    return [block.said(council, before.start(), party.end)]
        return [{"value": council}]

    def _issued(self) -> list[dict[str, Any]]:
        """Return who issued it; a department stands for its minister."""
        issuer = self.reading.parties.issuer
        for block in self._own():
            match = _ISSUED_BY.search(block.text)
            who = (match["who"] or match["acting"]).casefold() if match else ""
            if match and "secretary" in who:
                return [block.said(issuer, *match.span())]
            if match:
                note = "The paper names the department; the power is its minister's."
                return [block.said(issuer, *match.span(), modality="inferred", note=note)]
        return []

    def _domain(self) -> list[dict[str, Any]]:
        """Return the services that it is about."""
        for part in self._orders():
            match = re.search(r"children's social care functions|children's social care", part.text)
            match = match or SOCIAL_CARE.search(part.text)
            if match:
                return [part.said("childrens-social-care", *match.span())]
        return []

    def _prompted(self) -> Iterator[dict[str, Any]]:
        """Yield the report that it follows."""
        for block in self._own():
            match = _FOLLOWS.search(block.text)
            if match is None:
                continue
            end = block.sentence_at(match.start())[1]
            for start, stop, document in self.cited.in_block(block):
                if match.end() <= start < end:
                    yield block.said(f"document/{document.slug}", match.start(), stop)
                    return

    def _signed(self) -> Iterator[dict[str, Any]]:
        """Yield when it was signed, which may only count from the article."""
        for block, match in self._mentions():
            end = block.sentence_at(match.start())[1]
            verb = _SIGNED.match(block.text, match.end(), end)
            for date in block.dates if verb else ():
                if date.start >= end or not verb or not 0 <= date.end - verb.end() < 60:
                    continue
                time = date.time(block.view, block.label).model_dump(exclude_defaults=True)
                if date.status == "relative":
                    reason = "Counts from the day of the article, which its text does not give."
                    time |= {"relative_to": f"document/{self.document}", "reason": reason}
                yield time
                return

    def _orders(self) -> Iterator[Block]:
        """Yield what the council is ordered to do, as blocks of their own."""
        number = 0
        for block in self._own():
            match = _ORDERS.search(block.text)
            if match is None:
                continue
            number += 1
            end = block.sentence_at(match.start())[1]
            yield self._part(block, match.end(), end, number)

    def _part(self, block: Block, start: int, end: int, number: int) -> Block:
        """Return a part of a paragraph as the item of a direction; the paper prints no number."""
        end = start + len(block.text[start:end].rstrip(" .;"))
        view = block.view.part(start, end)
        item = replace(block.item, label=f"unnumbered.{number}")
        return Block(f"unnumbered.{number}", "operative", view, item)

    def _tasks(self) -> Iterator[Block]:
        """Yield the tasks of the commissioner: the items of a list that is said to be of them."""
        listing, number = False, 0
        for block in self.reading.blocks:
            if block.section == "item" and listing:
                number += 1
                end = len(re.sub(r"[;,. ]+(?:and|or)?[;,. ]*$", "", block.text))
                yield self._part(block, 0, end, number)
            elif block.section in {"item", "recitals"}:
                listing = bool(_LISTED.search(block.text))

    def _towards(self, part: Block, duty: dict[str, Any]) -> None:
        """Keep whose instructions the council must follow: posts and offices."""
        found: dict[str, dict[str, Any]] = {}
        offices = [one for one in self.reading.parties_in(part) if one.kind == "office"]
        for party in [*posts_in(self.reading, part), *offices]:
            said = part.said(party.reference, party.start, party.end)
            found.setdefault(party.reference, said)
        if found:
            duty["counterparty"] = list(found.values())

    def _due(self, tasks: list[dict[str, Any]]) -> None:
        """Keep by when the report is expected, with the task to recommend."""
        advice = [one for one in tasks if any(a["value"] == "recommend" for a in one["action"])]
        for block in self._own() if advice else []:
            match = _REPORT_DUE.search(block.text)
            if match is None:
                continue
            place = block.place(*match.span("due"))
            reason = "No year is printed; the first such day after the article."
            relative = {"status": "relative", "relative_to": f"document/{self.document}"}
            note = "The paper tells when the report is due; that it holds the advice is inferred."
            advice[-1]["deadlines"] = [
                {
                    **place,
                    "modality": "inferred",
                    "note": note,
                    "kind": "fixed",
                    "due": [{**place, **relative, "reason": reason}],
                }
            ]
            return
