"""Read who signed a direction, in which role, and when; where it has no signature, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.find.dates import DateFound, blank_dates, dates_in
from loaders.documents.find.people import PersonFound, signatory_in
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading
from ontology.dates import bounds

SIGNED_FOR = re.compile(r"(?:on behalf|by authority) of the secretary of state[^.]*", re.IGNORECASE)
_SIGNED_AS = re.compile(
    r"(?:an? )?(?:senior )?(?:civil servant|official)|minister|director|secretary of state for",
    re.IGNORECASE,
)


@dataclass
class Signature:
    """The signature of one direction."""

    reading: DocumentReading
    cited: CitedDocuments
    signed: tuple[Block, DateFound] | None

    def signed_time(self, published: dict[str, Any] | None) -> dict[str, Any]:
        """Return when it was signed; a blank date lies between what it cites and its issue."""
        if self.signed is None:
            return {}
        block, found = self.signed
        label = re.search(
            r"\b(?:dated?|on)\b[ :]*(?:this |the )*$", block.text[: found.start], re.IGNORECASE
        )
        start = label.start() if label and found.status != "blank" else found.start
        time = found.time(block.view, block.label).model_dump(exclude_defaults=True)
        time.update(block.place(start, found.end))
        if found.status == "blank":
            days = [
                bounds(one.date.edtf)[1] for one in self.cited if one.date.edtf and one.date.is_day
            ]
            earliest = max((day for day in days if day), default=None)
            latest = (published or {}).get("date")
            if latest and "date" not in time:
                time["date"] = f"../{latest}"
                time["latest"] = latest
            elif "date" not in time:
                time.pop("date", None)
            inside = earliest and time.get("date") and _is_inside(earliest, time["date"])
            if inside and (latest is None or str(earliest) <= latest):
                time["earliest"] = str(earliest)
            if "earliest" in time or "latest" in time:
                time["reason"] = (
                    "Left blank: not before the latest document that it cites, not after its "
                    "publication."
                )
        return time

    def signatory(self) -> dict[str, Any] | None:
        """Return who signed, as an entry of a record."""
        found = self._signing_person()
        if found is None:
            return None
        block, person = found
        entry: dict[str, Any] = {
            "id": person.slug,
            **block.place(person.start, person.end),
            "name": person.name,
        }
        if person.honours:
            entry["honours"] = person.honours
        role = self._role()
        if role and re.search(r"department for education", role.text, re.IGNORECASE):
            entry["employer"] = [role.said("organisation/department-for-education")]
        return entry

    def _signing_person(self) -> tuple[Block, PersonFound] | None:
        """Return the person who signs, and the block that prints the name."""
        for block in self.reading.section("signature"):
            person = signatory_in(block.view)
            if person is not None:
                return block, person
        return None

    def _role(self) -> Block | None:
        """Return the block that prints the role of who signs."""
        for block in self.reading.section("signature"):
            if _SIGNED_AS.search(block.text) and not SIGNED_FOR.search(block.text):
                return block
        return None

    def signature(self) -> dict[str, Any]:
        """Return who signed and in which role."""
        found, role = self._signing_person(), self._role()
        entry: dict[str, Any] = {}
        if found:
            block, person = found
            entry["signed_by"] = [block.said(person.slug, person.start, person.end)]
        if role:
            entry["signed_as"] = [role.said(role.text)]
        return entry


def _is_inside(day: date, edtf: str) -> bool:
    """Return whether a day is one of those that a date allows."""
    first, last = bounds(edtf)
    return (first is None or first <= day) and (last is None or day <= last)


_NOT_SIGNED = re.compile(
    r"\W*(?:(?:last |first )?(?:updated|published|printed|received|reviewed)|©)", re.IGNORECASE
)
_HEAD_DATE = re.compile(
    r"\W*(?:(?:date(?: of (?:issue|signature|(?:this |the )?directions?))?|dated|made|given|issued"
    r"|signed)(?: on)?\W*)?",
    re.IGNORECASE,
)
_HEAD_LABEL = re.compile(
    r"(?:^|\s)(?:date of (?:issue|signature|(?:this |the )?directions?)|dated?|made|given|issued"
    r"|signed)(?: on)?\s*:\s*$",
    re.IGNORECASE,
)


def date_of(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of a direction, which may be blank, and the block that holds it."""
    signature = [block for block in blocks if block.section == "signature"]
    return signature_date(signature) or head_date(blocks) or told_date(blocks)


def signature_date(signature: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of a signature, which may be blank, and the block that holds it."""
    own = [block for block in signature if not _NOT_SIGNED.match(block.text)]
    found = [(block, one) for block in own for one in dates_in(block.view)]
    days = [pair for pair in found if pair[1].is_day or pair[1].candidates]
    blank = [(block, one) for block in own for one in blank_dates(block.view)]
    # A month by itself may be all that is printed around a day that nobody filled in.
    months = [pair for pair in found if pair[1].edtf]
    return next(iter([*days, *blank, *months]), None)


def head_date(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date that stands by itself at the head of a document that is not signed."""
    for block in blocks:
        if block.section != "title" or block.item.is_numbered:
            continue
        for found in dates_in(block.view):
            before, after = block.text[: found.start], block.text[found.end :].strip(" .")
            alone = not after and _HEAD_DATE.fullmatch(before)
            if found.is_day and (alone or _HEAD_LABEL.search(before)):
                return block, found
    return None


def told_date(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of the directions that a memorandum explains."""
    for block in blocks:
        told = TELLS.search(block.text)
        if told and "today" in told[0].casefold():
            return _first_at_end(blocks[: blocks.index(block)])
        for found in block.dates if told and "circumstances" in told[0].casefold() else ():
            if told and found.is_day and told.end() < found.start and found.lead != "until":
                return block, found
    return None


def _first_at_end(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the first day that ends a line of a letterhead, as that of the letter does."""
    for block in blocks:
        for found in block.dates:
            if found.is_day and not block.text[found.end :].strip(" ."):
                return block, found
    return None
