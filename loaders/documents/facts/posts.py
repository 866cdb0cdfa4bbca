"""Find posts, the people and councils that hold them, and the names that a document uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.councils import councils_in
from loaders.documents.find.parties import CHILDRENS_POST, PartyFound
from loaders.documents.find.people import PersonFound, people_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.identifiers import Proposals

_KINDS = {
    "childrens": "Commissioner",
    "best-value": "Commissioner",
    "send": "Commissioner",
    "adviser": "AdviserRole",
    "improvement-partner": "AdviserRole",
}
# takes: "exercise functions of the Council relating to finance, housing and audit"
# leaves: "advise the Council in relation to finance"
_FUNCTIONS = re.compile(
    r"\bfunctions of the (?:council|authority) (?:associated with|relating to|in relation to"
    r"|in respect of) (?P<list>[^.;]*)",
    re.IGNORECASE,
)
_TYPES = {"non-executive": "non-executive", "executive": "executive"}


@dataclass
class PostExtractor:
    """The posts, people and appointments that a document tells of."""

    reading: DocumentReading
    proposals: Proposals
    direction: str
    told: CitedDirections
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    appointments: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read every block."""
        for block in self.reading.blocks:
            for party in self.reading.parties_in(block):
                if party.kind == "post":
                    self._post(block, party)
        for block in self.reading.blocks:
            if block.section != "signature":
                for person in people_in(block.view):
                    self._person(block, person)
            self._council_as_adviser(block)

    def _post(self, block: Block, party: PartyFound) -> None:
        """Keep a post, at the first place that speaks of it, and its types."""
        local = party.name
        name = local.partition("-")[2]
        words = block.text[party.start : party.end]
        post = self.posts.get(local)
        if post is None:
            regime = "best-value" if name == "best-value" else self._regime()
            post = self.posts[local] = {
                "id": local,
                **block.place(party.start, party.end),
                "kind": _KINDS[name],
                "for_council": [
                    {"value": one} for one in (self.reading.council, *self.reading.parties.others)
                ],
                "regime": regime,
            }
            if _KINDS[name] == "Commissioner" and name != "send":
                kind = "best-value" if name == "best-value" else "childrens-services"
                post["commissioner_type"] = [{"value": kind}]
        match = CHILDRENS_POST.search(words)
        executive = _TYPES.get((match["type"] or "").casefold()) if match else None
        types = post.get("commissioner_type", [])
        if executive and all(one["value"] != executive for one in types):
            types.append(block.said(executive, party.start, party.end))
        self._functions(block, post, party)
        self._created(block, post, party)

    def _functions(self, block: Block, post: dict[str, Any], party: PartyFound) -> None:
        """Keep the functions that commissioners exercise in place of the council."""
        match = _FUNCTIONS.search(block.text, party.end)
        if match is None or post["kind"] != "Commissioner" or "functions_exercised" in post:
            return
        start = match.start("list")
        found = []
        for part in re.split(r", and |, | and (?=\w+ (?:\w+ )?management)", match["list"]):
            begin = block.text.index(part, start)
            start = begin + len(part)
            found.append(block.said(part, begin, start))
        post["functions_exercised"] = found

    def _created(self, block: Block, post: dict[str, Any], party: PartyFound) -> None:
        """Keep what created a post, where the sentence says so."""
        if "created_by" in post:
            return
        begin = block.sentence_at(party.start)[0]
        before = block.text[begin : party.start]
        provided = re.search(
            r"directions? (?:provided|provide|provides) for (?:the )?$", before, re.IGNORECASE
        )
        meant = self.told.meant(block, begin) if provided else None
        if meant and meant[1] <= party.start:
            post["created_by"] = [block.said(f"direction/{meant[0]}", begin, party.end)]
            return
        chosen = re.search(r"(?:has|have) (?:chosen|decided|agreed) to appoint (?:an? )?$", before)
        if chosen and self.direction:
            note = (
                "The sentence tells of the choice; the direction that tells of it makes the post."
            )
            manner = {"modality": "inferred", "note": note}
            value = f"direction/{self.direction}"
            post["created_by"] = [block.said(value, begin + chosen.start(), party.end, **manner)]

    def _regime(self) -> str:
        """Return the regime of the document's own posts."""
        return "best-value" if self.reading.parties.issuer == "sos-hclg" else "childrens-services"

    def _person(self, block: Block, person: PersonFound) -> None:
        """Keep a person, and the post if the sentence gives one."""
        post = self._post_after(block, person)
        if person.role in {"listed", "meant"} and not self.direction:
            return
        if person.role == "honoured" and post is None and person.slug in self.people:
            return
        entry = self.people.get(person.slug)
        if entry is None:
            entry = self.people[person.slug] = {
                "id": person.slug,
                **block.place(person.start, person.end),
                "name": person.name,
            }
            if person.honours:
                entry["honours"] = person.honours
        if post is None:
            return
        start, end = min(person.start, post.start), max(person.end, post.end)
        self._appoint(block, f"person/{person.slug}", post, start, end, person.role)

    def _post_after(self, block: Block, person: PersonFound) -> PartyFound | None:
        """Return the post that the words after a person name, in the same sentence."""
        end = block.sentence_at(person.start)[1]
        for party in self.reading.parties_in(block):
            if party.kind != "post" or not person.end <= party.start < end:
                continue
            between = block.text[person.end : party.start]
            listed = self.direction and re.fullmatch(r"\s*[,:(-]\s*(?:the )?", between)
            named = re.search(r"\bas\b|\brole\b|\bcapacity\b", between) and len(between) < 60
            if listed or named:
                return party
        return None

    def _appoint(
        self, block: Block, member: str, post: PartyFound, start: int, end: int, role: str
    ) -> None:
        """Keep an appointment; the second of a person to a post is a new one if it says so."""
        same = [
            one
            for one in self.appointments
            if one["member"][0]["value"] == member and one["to_post"][0]["value"] == post.reference
        ]
        if same and role != "reappointed":
            return
        day = self.reading.day
        identifier = self.proposals.next("appointment", self.reading.council, str(day or ""))
        entry: dict[str, Any] = {
            "id": identifier,
            **block.place(start, end),
            "member": [{"value": member}],
            "to_post": [{"value": post.reference}],
        }
        if role == "reappointed" and same:
            entry["renews"] = [{"value": same[-1]["id"]}]
        if role in {"appointed", "reappointed", "listed"}:
            self._by_and_under(block, entry, start)
        else:
            self._under_told(block, entry)
        self.appointments.append(entry)

    def _under_told(self, block: Block, entry: dict[str, Any]) -> None:
        """Take an appointment told beside a direction to be one under it."""
        here = [one for one in self.told.found if one.block is block]
        if here:
            note = "The sentence tells of both; it does not say that one is under the other."
            office = self.reading.parties.issuer
            entry["under"] = [{"value": here[-1].id, "modality": "inferred", "note": note}]
            entry["appointed_by"] = [{"value": office, "modality": "inferred", "note": note}]
            self._made(entry, here[-1].id)

    def _made(self, entry: dict[str, Any], direction: str) -> None:
        """Take the first direction with an appointment to a post to have created the post."""
        local = entry["to_post"][0]["value"].partition("/")[2]
        post = self.posts.get(local)
        if post is not None and "created_by" not in post:
            note = "The first direction that speaks of the post; no sentence says what created it."
            value = f"direction/{direction}"
            post["created_by"] = [{"value": value, "modality": "inferred", "note": note}]

    def _by_and_under(self, block: Block, entry: dict[str, Any], start: int) -> None:
        """Keep who appointed, and under which direction, where the sentence says so."""
        sentence, end = block.sentence_at(start)
        for party in self.reading.parties_in(block):
            if sentence <= party.start < start and party.kind == "office":
                value = party.name
                entry["appointed_by"] = [block.said(value, party.start, start)]
        terms = re.search(r"(?:in accordance with|for the purposes of)[^.]*", block.text[start:end])
        if terms:
            place = (start + terms.start(), start + terms.end())
            entry["under"] = [block.said(self.direction, *place)]
            self._made(entry, self.direction)

    def _council_as_adviser(self, block: Block) -> None:
        """Keep a council that advises another one."""
        match = re.search(
            r"\b(?:has been|is|have been|was|be) (?:re-?)?appointed as\b", block.text, re.IGNORECASE
        )
        if match is None:
            return
        for council in councils_in(block.view):
            body = council.on(self.reading.day)
            if body is None or body.code == self.reading.council or council.end > match.start():
                continue
            for party in self.reading.parties_in(block):
                if party.start >= match.end() and party.kind == "post":
                    member = f"council/{body.code}"
                    self._appoint(block, member, party, council.start, party.end, "by")
                    break
