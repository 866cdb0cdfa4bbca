"""Read who is given which office, from when and until when: a name and a role in one clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.documents.clauses.frames import clause_in
from loaders.documents.clauses.marks import marked_words
from loaders.documents.find.dates import DateFound
from loaders.documents.find.parties import PartyFound
from loaders.documents.find.people import PersonFound, named_people
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_CHAIR = _PATTERNS["chair"]
_ANOTHER = _PATTERNS["another"]
_LEFT = _PATTERNS["left"]
_FROM = _PATTERNS["from"]
_UNTIL = _PATTERNS["until"]
_OF_DIRECTION = _PATTERNS["of-direction"]
_IN_FORCE = re.compile(r"\b(?:into (?:force|effect|operation)|takes? effect)\b", re.IGNORECASE)
_NEXT = _PATTERNS["next"]
_ON = re.compile(r"\W*on (?:the )?", re.IGNORECASE)
_APPOINTED = re.compile(r",? [^.;]{0,80}?\b(?:appointed|nominated)\b", re.IGNORECASE)
_FARTHEST = 120
"""Characters at most between a name and the role that it is given."""


@dataclass(frozen=True)
class AppointmentFound:
    """A person who is given an office, where both stand, and the days that stand with them.

    In: `from_direction` is where the words say that it counts from the day of the direction, or, if
    `in_force`, from that on which the direction comes into force.
    """

    block: Block
    person: PersonFound
    post: PartyFound
    begins: DateFound | None
    ends: DateFound | None
    from_direction: tuple[int, int] | None
    in_force: bool
    rule: str


def appointments_in(reading: DocumentReading) -> Iterator[AppointmentFound]:
    """Yield the appointments that a direction tells of, in the order of its words."""
    lead: Block | None = None
    for block in reading.blocks:
        if block.section == "signature":
            continue
        marked = marked_words(reading, block)
        clause = clause_in(marked, 0, len(marked), "appointments")
        if clause is not None and clause.frame == "lists":
            lead = block
            continue
        listed = lead is not None and (lead.item in block.item.ancestors() or _follows(lead, block))
        for start, end in block.sentences():
            own = clause_in(marked, start, end, "appointments")
            if own is None and not listed:
                continue
            yield from _paired(
                reading, block, (start, end), own.rule if own else "", lead if listed else None
            )
        if not listed:
            lead = None


def _follows(lead: Block, block: Block) -> bool:
    """Return whether a block stands in the list that another opens, though not below it."""
    return not lead.item.is_numbered and block.item.parent in {None, lead.item}


def _paired(
    reading: DocumentReading, block: Block, sentence: tuple[int, int], rule: str, lead: Block | None
) -> Iterator[AppointmentFound]:
    """Yield each person of a sentence with the role nearest to the name."""
    start, end = sentence
    people = [
        person
        for person in named_people(block.view)
        if start <= person.start < end
        and not _ANOTHER.search(block.text[start : person.start])
        and not _LEFT.match(block.text, person.end)
    ]
    roles = list(_roles(reading, block, start, end))
    shared = roles or (list(_roles(reading, lead, 0, len(lead.text))) if lead else [])
    for number, person in enumerate(people):
        after = people[number + 1].start if number + 1 < len(people) else end
        before = people[number - 1].end if number else start
        post = _nearest(roles, person, before, after) or next(reversed(shared), None)
        if post is None or any(
            post.start < person.end and person.start < post.end for post in roles
        ):
            continue
        if post not in roles:
            # The words before the list give the office; the item has only the name.
            post = replace(post, start=person.start, end=person.end)
        first, last = _stretch(block.text, person, (before, after), sentence)
        begins, ends = times_in(block, first, last)
        if number + 1 == len(people) or (begins is None and ends is None):
            from_day, until_day = times_in(block, people[-1].end, end)
            begins, ends = begins or from_day, ends or until_day
        if begins is None and ends is None:
            begins, ends = times_in(block, start, people[0].start)
        own = None if begins else _OF_DIRECTION.search(block.text, first, last)
        own = own or (None if begins else _OF_DIRECTION.search(block.text, people[-1].end, end))
        in_force = bool(own and _IN_FORCE.search(own[0]))
        yield AppointmentFound(
            block, person, post, begins, ends, own.span() if own else None, in_force, rule
        )


def _stretch(
    text: str, person: PersonFound, around: tuple[int, int], sentence: tuple[int, int]
) -> tuple[int, int]:
    """Return where the words about one person stand: to the next verb that appoints, or person.

    >>> _stretch("A B, and appoints C D", PersonFound(0, 3, "A B", "", ""), (0, 18), (0, 21))
    (0, 3)
    """
    before, after = around
    edges = [match.start() for match in _NEXT.finditer(text, *sentence)]
    first = max((edge for edge in edges if before <= edge <= person.start), default=before)
    last = min((edge for edge in edges if person.end <= edge < after), default=after)
    if first == before and before != sentence[0]:
        first = person.end
    return first, last


def _nearest(
    roles: Sequence[PartyFound], person: PersonFound, before: int, after: int
) -> PartyFound | None:
    """Return the role after a name, else the one before it, within its own stretch of words."""
    later = [role for role in roles if person.end <= role.start < after]
    earlier = [role for role in roles if before <= role.start < person.start]
    near = [role for role in later[:1] if role.start - person.end < _FARTHEST]
    return next(iter([*near, *earlier[-1:]]), None)


def _roles(reading: DocumentReading, block: Block, start: int, end: int) -> Iterator[PartyFound]:
    """Yield the offices that a stretch of words names, in order."""
    posts = [party for party in reading.parties_in(block) if party.kind == "post"]
    chairs = [
        PartyFound("post", f"{reading.council}-board-chair", *match.span())
        for match in _CHAIR.finditer(block.text)
    ]
    found = sorted([*posts, *chairs], key=lambda party: party.start)
    return (party for party in found if start <= party.start < end)


def times_in(block: Block, start: int, end: int) -> tuple[DateFound | None, DateFound | None]:
    """Return the day from which an office is held and the last day, as a stretch of words says."""
    begins: DateFound | None = None
    ends: DateFound | None = None
    for date in block.separate_dates:
        if not start <= date.start < end or not date.edtf:
            continue
        first, _, last = date.edtf.partition("/")
        before = block.text[start : date.start]
        if last:
            return DateFound(date.start, date.end, first), DateFound(date.start, date.end, last)
        if _UNTIL.search(before) or date.lead == "until":
            ends = ends or date
        elif _FROM.search(before) or (
            _ON.fullmatch(before) and _APPOINTED.match(block.text, date.end, end)
        ):
            begins = begins or date
    return begins, ends
