"""Read the posts of a document, and the people and councils that hold them."""

import re
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.appointments import AppointmentFound, appointments_in, times_in
from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.facts.directions.time_limits import time_limits_of
from loaders.documents.find.councils import councils_in
from loaders.documents.find.parties import CHILDRENS_POST, Party, PartyFound
from loaders.documents.find.people import PersonFound, people_in
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.record.proposals import Proposals

POST_CLASSES = {
    "childrens": "Commissioner",
    "best-value": "Commissioner",
    "send": "Commissioner",
    "adviser": "AdviserRole",
    "improvement-partner": "AdviserRole",
    "board-chair": "AdviserRole",
}
# takes: "exercise functions of the Council relating to finance, housing and audit"
# leaves: "advise the Council in relation to finance"
_FUNCTIONS = re.compile(
    r"\bfunctions of the (?:council|authority) (?:associated with|relating to|in relation to"
    r"|in respect of) (?P<list>[^.;]*)",
    re.IGNORECASE,
)
_IS_APPOINTED = re.compile(
    r"\b(?:has been|is|have been|was|be) (?:hereby )?(?:re-?)?appointed as\b", re.IGNORECASE
)
_APPOINTS = re.compile(r"\b(?:re-?)?appoint(?:s|ed)?\b[^.;,]*$", re.IGNORECASE)
_AS = re.compile(r" as (?:the )?(?:[\w']+ ){0,3}", re.IGNORECASE)
_TYPES = {"non-executive": "non-executive", "executive": "executive"}


@dataclass(frozen=True)
class Posts:
    """Posts and people by identifier, appointments, and what the posts are called."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)


def posts_of(
    reading: DocumentReading, proposals: Proposals, cited: CitedDirections, direction: str = ""
) -> Posts:
    """Return the posts, people and appointments that a document tells of.

    In: the directions that it tells of, and its own identifier if it is a direction itself.
    """
    extractor = _PostExtractor(reading, proposals, direction, cited)
    for block in reading.blocks:
        for party in reading.parties_in(block):
            if party.kind == "post":
                extractor.add_post(block, party)
    for block in reading.blocks:
        if block.section != "signature":
            for person in people_in(block.view):
                extractor.add_person(block, person)
        extractor.add_council_as_adviser(block)
    for appointment in appointments_in(reading) if direction else ():
        extractor.add_appointment(appointment)
    return extractor.posts


def post_kind(council: str, party: Party) -> str:
    """Return what kind of post at a council a party is, such as childrens or adviser."""
    return next(kind for kind in POST_CLASSES if party.name == f"{council}-{kind}")


@dataclass
class _PostExtractor:
    reading: DocumentReading
    proposals: Proposals
    direction: str
    cited: CitedDirections
    posts: Posts = field(default_factory=Posts)

    def add_post(self, block: Block, party: PartyFound) -> None:
        """Keep a post, at the first place that speaks of it, and its types."""
        post = self.posts.posts.get(party.name)
        if post is None:
            post = self.posts.posts[party.name] = self._new_post(block, party)
        match = CHILDRENS_POST.search(block.text[party.start : party.end])
        executive = _TYPES.get((match["type"] or "").casefold()) if match else None
        types = post.get("commissioner_type", [])
        if executive and all(stated["value"] != executive for stated in types):
            types.append(block.said(executive, party.start, party.end))
        self._functions(block, post, party)
        self._created(block, post, party)

    def _new_post(self, block: Block, party: PartyFound) -> dict[str, Any]:
        """Return the entry of a post; a regime that it does not have is that of the document."""
        kind = post_kind(self.reading.council, party)
        is_best_value = kind == "best-value"
        housing = is_best_value or self.reading.parties.issuer == "sos-hclg"
        councils = (self.reading.council, *self.reading.parties.others)
        post: dict[str, Any] = {
            "id": party.name,
            **block.place(party.start, party.end),
            "kind": POST_CLASSES[kind],
            "for_council": [{"value": council} for council in councils],
            "regime": "best-value" if housing else "childrens-services",
        }
        if POST_CLASSES[kind] == "Commissioner" and kind != "send":
            value = "best-value" if is_best_value else "childrens-services"
            post["commissioner_type"] = [{"value": value}]
        return post

    def _functions(self, block: Block, post: dict[str, Any], party: PartyFound) -> None:
        """Keep the functions that commissioners exercise in place of the council."""
        match = _FUNCTIONS.search(block.text, party.end)
        if match is None or post["kind"] != "Commissioner" or "functions_exercised" in post:
            return
        start = match.start("list")
        functions = []
        for part in re.split(r", and |, | and (?=\w+ (?:\w+ )?management)", match["list"]):
            begin = block.text.index(part, start)
            start = begin + len(part)
            functions.append(block.said(part, begin, start))
        post["functions_exercised"] = functions

    def _created(self, block: Block, post: dict[str, Any], party: PartyFound) -> None:
        """Keep what created a post, where the sentence says so."""
        if "created_by" in post:
            return
        begin = block.sentence_at(party.start)[0]
        before = block.text[begin : party.start]
        provided = re.search(
            r"directions? (?:provided|provide|provides) for (?:the )?$", before, re.IGNORECASE
        )
        meant = self.cited.meant(block, begin) if provided else None
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

    def add_person(self, block: Block, person: PersonFound) -> None:
        """Keep a person, and the post if the sentence gives one."""
        post = self._post_after(block, person)
        if person.role in {"listed", "meant"} and not self.direction:
            return
        if person.role == "honoured" and post is None and person.slug in self.posts.people:
            return
        entry = self.posts.people.get(person.slug)
        if entry is None:
            entry = self.posts.people[person.slug] = {
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

    def add_appointment(self, found: AppointmentFound) -> None:
        """Keep an appointment told by a name and a role in one clause, and its days."""
        block, person, post = found.block, found.person, found.post
        if post.name not in self.posts.posts:
            self.posts.posts[post.name] = self._new_post(block, post)
        member = f"person/{person.slug}"
        self.posts.people.setdefault(
            person.slug,
            {
                "id": person.slug,
                **block.place(person.start, person.end),
                "name": person.name,
                **({"honours": person.honours} if person.honours else {}),
            },
        )
        known = [
            entry
            for entry in self.posts.appointments
            if (entry["member"][0]["value"], entry["to_post"][0]["value"])
            == (member, post.reference)
        ]
        if not known and not any(
            entry["member"][0]["value"] == member for entry in self.posts.appointments
        ):
            start, end = min(person.start, post.start), max(person.end, post.end)
            self._appoint(block, member, post, start, end, "appointed")
            known = self.posts.appointments[-1:]
        for entry in known[-1:]:
            entry.setdefault("rule", found.rule or None)
            if found.begins:
                entry.setdefault("taken_up", [time_in(block, found.begins)])
            elif found.from_direction and (day := self._own_day(found.in_force)):
                inferred = {"date": day, "modality": "inferred"}
                entry.setdefault("taken_up", [block.place(*found.from_direction) | inferred])
            if found.ends:
                entry.setdefault("planned_end", [time_in(block, found.ends)])

    def _own_day(self, in_force: bool) -> str | None:
        """Return the day of the direction, or that on which it says that it comes into force."""
        if not in_force:
            return str(self.reading.day) if self.reading.day else None
        begins = time_limits_of(self.reading, self.cited).get("effective_from", ())
        return next((said["date"] for said in begins if said.get("date")), None)

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
        both = (member, post.reference)
        same = [
            known
            for known in self.posts.appointments
            if (known["member"][0]["value"], known["to_post"][0]["value"]) == both
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
            self._by_and_under(block, entry, post, start)
        else:
            self._under_cited(block, entry, post)
        self.posts.appointments.append(entry)

    def _under_cited(self, block: Block, entry: dict[str, Any], post: PartyFound) -> None:
        """Take an appointment told beside a direction to be one under it."""
        here = [direction for direction in self.cited.found if direction.block is block]
        if here:
            note = "The sentence tells of both; it does not say that one is under the other."
            office = self.reading.parties.issuer
            entry["under"] = [{"value": here[-1].id, "modality": "inferred", "note": note}]
            entry["appointed_by"] = [{"value": office, "modality": "inferred", "note": note}]
            self._made(post, here[-1].id)

    def _made(self, party: PartyFound, direction: str) -> None:
        """Take the first direction with an appointment to a post to have created the post."""
        post = self.posts.posts.get(party.name)
        if post is not None and "created_by" not in post:
            note = "The first direction that speaks of the post; no sentence says what created it."
            value = f"direction/{direction}"
            post["created_by"] = [{"value": value, "modality": "inferred", "note": note}]

    def _by_and_under(
        self, block: Block, entry: dict[str, Any], post: PartyFound, start: int
    ) -> None:
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
            self._made(post, self.direction)

    def add_council_as_adviser(self, block: Block) -> None:
        """Keep a council that is given an office, as an adviser or partner of another one."""
        for council in councils_in(block.view):
            body = council.on(self.reading.day)
            start, end = block.sentence_at(council.start)
            if body is None or body.code == self.reading.council:
                continue
            for party in self.reading.parties_in(block):
                between = block.text[council.end : party.start]
                if party.kind != "post" or not council.end <= party.start < end:
                    continue
                gives = _APPOINTS.search(block.text, start, council.start)
                if _IS_APPOINTED.search(between) or (gives and _AS.fullmatch(between)):
                    self._appoint(
                        block, f"council/{body.code}", party, council.start, party.end, "by"
                    )
                    begins, ends = times_in(block, start, end)
                    held = self.posts.appointments[-1]
                    held |= {"taken_up": [time_in(block, begins)]} if begins else {}
                    held |= {"planned_end": [time_in(block, ends)]} if ends else {}
                    break
