"""Read the signature of a direction: who signed, in which role, and when, if that was filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.blocks import Block, DocumentReading
from loaders.cited_documents import CitedDocuments
from loaders.dates_in_text import DateFound
from loaders.people_in_text import PersonFound, signatory_in
from ontology.dates import bounds

SIGNED_FOR = re.compile(r"(?:on behalf|by authority) of the secretary of state[^.]*", re.IGNORECASE)
SIGNED_AS = re.compile(
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
                bounds(one.date.edtf)[1]
                for one in self.cited.found.values()
                if one.date.edtf and one.date.is_day
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
            if SIGNED_AS.search(block.text) and not SIGNED_FOR.search(block.text):
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
