"""Read what a newspaper article says of the direction that it reports on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from loaders.documents.facts.article_posts import posts_in
from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.facts.directions.duties import DutyFound, DutyReader
from loaders.documents.facts.directions.instrument import SOCIAL_CARE
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import MONTH

_PATTERNS = patterns_beside(__name__)
_DIRECTION = _PATTERNS["direction"]
_TO_COUNCIL = _PATTERNS["to-council"]
_ISSUERS = (
    r"Department for Education|DfE|education secretary|secretary of state(?: for education)?"
    r"|government"
)
# takes: "issued by the Department for Education"
# leaves: "issued by the council"
_ISSUED_BY = re.compile(
    rf"\b(?:issued|made|given|signed) by (?:the )?(?P<who>{_ISSUERS})\b"
    rf"|\bthe (?P<acting>{_ISSUERS})"
    rf" (?:has |have )?(?:issued|made|gave|given|signed) (?={_DIRECTION.pattern})",
    re.IGNORECASE,
)
_FOLLOWS = _PATTERNS["follows"]
_ORDERS = _PATTERNS["orders"]
_LISTED = _PATTERNS["listed"]
_SAID = _PATTERNS["said"]
_DAY_OF_MONTH = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
# takes: "is to report by the end of June 30"
# leaves: "is to report by 30 June 2016"
_REPORT_DUE = re.compile(
    rf"\breport\b[^.;]{{0,60}}?(?P<due>\bby (?:the end of )?{_DAY_OF_MONTH})(?!,? (?:19|20)\d\d)",
    re.IGNORECASE,
)
_CARE_FUNCTIONS = re.compile(r"children's social care functions|children's social care")
_SIGNED = _PATTERNS["signed"]
"""What may stand between the direction and the day of it: to whom it is, and no other act."""


@dataclass(frozen=True)
class PressAccount:
    """What one article tells of a direction, whose number and day are often wanting.

    In: `document` is the identifier of the article.
    """

    reading: DocumentReading
    cited: CitedDocuments
    document: str

    def entry(self, identifier: str) -> dict[str, Any] | None:
        """Return the direction as it stands in a record, or None if the article tells of none."""
        block, match = next(self._mentions(), (None, None))
        if block is None or match is None:
            return None
        entry = {
            "id": identifier,
            **block.place(*match.span()),
            "kind": "Direction",
            "addressed_to": self._addressed(),
            "issued_by": self._issued(),
            "in_domain": self._domain(),
            "prompted_by": list(self._prompted()),
            "signed": list(self._signed()),
            "requirements": self._requirements(identifier),
            "tasks": self._tasks(identifier),
        }
        return {name: value for name, value in entry.items() if value}

    def is_of(self, start: int, end: int) -> bool:
        """Return whether the direction that the article reports on is the one told of at a place.

        Guarantee: one that a newer one follows, or that is quoted, is another.
        """
        mentions = list(self._mentions())
        if not mentions or any("new" in match[0].casefold().split() for _, match in mentions[1:]):
            return False
        block, match = mentions[0]
        first, last = block.view.span(*match.span())
        return first < end and start < last

    @cached_property
    def quoted(self) -> list[Block]:
        """The paragraphs that quote the direction, also those that go on quoting."""
        quoted: list[Block] = []
        quoting = False
        for block in self.reading.section("recitals"):
            goes_on = quoting and block.text[:1] in "'\""
            quoting = goes_on or _SAID.search(block.text) is not None
            if quoting:
                quoted.append(block)
        return quoted

    @cached_property
    def _own(self) -> list[Block]:
        """The paragraphs in which the paper itself speaks."""
        blocks = self.reading.section("recitals", "item")
        return [block for block in blocks if block not in self.quoted]

    def _first(self, pattern: re.Pattern[str]) -> Iterator[tuple[Block, re.Match[str]]]:
        """Yield the paper's own paragraphs that a pattern takes, each with its first match."""
        for block in self._own:
            if match := pattern.search(block.text):
                yield block, match

    def _mentions(self) -> Iterator[tuple[Block, re.Match[str]]]:
        """Yield where the paper speaks of the direction."""
        for block in self._own:
            for match in _DIRECTION.finditer(block.text):
                yield block, match

    def _addressed(self) -> list[dict[str, Any]]:
        """Return the council that is directed, with the words that say so if there are any."""
        own = self.reading.parties.own_council
        for block in self._own:
            for party in self.reading.parties_in(block):
                before = _TO_COUNCIL.search(block.text[: party.start])
                if party.reference == own.reference and before:
                    return [block.said(own.name, before.start(), party.end)]
        return [{"value": own.name}]

    def _issued(self) -> list[dict[str, Any]]:
        """Return who issued it; a department stands for its minister."""
        issuer = self.reading.parties.issuer
        for block, match in self._first(_ISSUED_BY):
            if "secretary" in (match["who"] or match["acting"]).casefold():
                return [block.said(issuer, *match.span())]
            note = "The paper names the department; the power is its minister's."
            return [block.said(issuer, *match.span(), modality="inferred", note=note)]
        return []

    def _domain(self) -> list[dict[str, Any]]:
        for part in self._orders():
            match = _CARE_FUNCTIONS.search(part.text) or SOCIAL_CARE.search(part.text)
            if match:
                return [part.said("childrens-social-care", *match.span())]
        return []

    def _prompted(self) -> Iterator[dict[str, Any]]:
        for block, match in self._first(_FOLLOWS):
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
                time = time_in(block, date)
                if date.status == "relative":
                    reason = "Counts from the day of the article, which its text does not give."
                    time |= {"relative_to": f"document/{self.document}", "reason": reason}
                yield time
                return

    def _orders(self) -> Iterator[Block]:
        """Yield what the council is ordered to do, as blocks of their own."""
        for number, (block, match) in enumerate(self._first(_ORDERS), 1):
            yield _part(block, match.end(), block.sentence_at(match.start())[1], number)

    def _requirements(self, identifier: str) -> list[dict[str, Any]]:
        """Return the duties of the council, with whose instructions it must follow."""
        reader, duties = DutyReader(self.reading, identifier), list[DutyFound]()
        for part in self._orders():
            duty = reader.duty(part, self.reading.parties.own_council, duties)
            towards = self._towards(part)
            duties.append(duty.with_facts(counterparty=towards) if towards else duty)
        return [duty.entry for duty in duties]

    def _towards(self, part: Block) -> list[dict[str, Any]]:
        offices = [party for party in self.reading.parties_in(part) if party.kind == "office"]
        towards: dict[str, dict[str, Any]] = {}
        for party in [*posts_in(self.reading, part), *offices]:
            said = part.said(party.reference, party.start, party.end)
            towards.setdefault(party.reference, said)
        return list(towards.values())

    def _tasks(self, identifier: str) -> list[dict[str, Any]]:
        """Return the tasks of the commissioner, which the direction gives."""
        reader, duties = DutyReader(self.reading, identifier), list[DutyFound]()
        for part in self._listed():
            duty = reader.duty(part, self.reading.parties.commissioner_post, duties)
            # Where the tasks are only told, the council in their words is what they are about.
            towards = [
                {"value": party.reference}
                for party in duty.counterparties
                if party.kind != "council"
            ]
            duties.append(duty.with_facts(voice=voice_of(identifier), counterparty=towards))
        advice = [number for number, duty in enumerate(duties) if "recommend" in duty.actions]
        due = self._due() if advice else []
        if due:
            duties[advice[-1]] = duties[advice[-1]].with_facts(deadlines=due)
        return [duty.entry for duty in duties]

    def _listed(self) -> Iterator[Block]:
        """Yield the items of a list that is said to be of tasks."""
        listing, number = False, 0
        for block in self.reading.blocks:
            if block.section == "item" and listing:
                number += 1
                end = len(re.sub(r"[;,. ]+(?:and|or)?[;,. ]*$", "", block.text))
                yield _part(block, 0, end, number)
            elif block.section in {"item", "recitals"}:
                listing = bool(_LISTED.search(block.text))

    def _due(self) -> list[dict[str, Any]]:
        for block, match in self._first(_REPORT_DUE):
            place = block.place(*match.span("due"))
            reason = "No year is printed; the first such day after the article."
            day = {"status": "relative", "relative_to": f"document/{self.document}"}
            note = "The paper tells when the report is due; that it holds the advice is inferred."
            inferred = {"modality": "inferred", "note": note, "kind": "fixed"}
            return [{**place, **inferred, "due": [{**place, **day, "reason": reason}]}]
        return []


def voice_of(identifier: str) -> str:
    """Return who speaks where an article quotes a direction."""
    return f"direction/{identifier}"


def _part(block: Block, start: int, end: int, number: int) -> Block:
    """Return a part of a paragraph as the item of a direction; the paper prints no number."""
    end = start + len(block.text[start:end].rstrip(" .;"))
    label = f"unnumbered.{number}"
    item = replace(block.item, label=label)
    return Block(label, "operative", block.view.part(start, end), item)
