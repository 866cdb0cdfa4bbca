"""Read who signed a direction, in which role, and when; where it has no signature, its date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.find.dates import DateFound, blank_dates, dates_in
from loaders.documents.find.people import signatory_in
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading, time_in
from loaders.documents.layout.numbered_tree import Tree
from loaders.documents.text import patterns_beside
from ontology.dates import bounds

SIGNED_FOR = re.compile(r"(?:on behalf|by authority) of the secretary of state[^.]*", re.IGNORECASE)
_PATTERNS = patterns_beside(__name__)
_SIGNED_AS = _PATTERNS["signed-as"]


@dataclass(frozen=True)
class Signature:
    """The signature of a direction.

    In: `facts` are its facts as a record names them; `signatory` is the entry of the person.
    """

    facts: dict[str, Any]
    signatory: dict[str, Any] | None


def signature_of(
    reading: DocumentReading,
    cited: CitedDocuments,
    signed: tuple[Block, DateFound] | None,
    published: str | None,
) -> Signature:
    """Return who signed a direction, in which role, and when.

    In: the date of the signature, which may be blank, and the day of publication if it is known.
    """
    blocks = reading.section("signature")
    people = ((block, signatory_in(block.view)) for block in blocks)
    block, person = next(((block, person) for block, person in people if person), (None, None))
    role = next((block for block in blocks if _is_role(block.text)), None)
    facts: dict[str, Any] = {}
    signatory: dict[str, Any] | None = None
    if signed:
        facts["signed"] = [_time(signed[0], signed[1], cited, published)]
    if role:
        facts["signed_as"] = [role.said(role.text)]
    if block and person:
        facts["signed_by"] = [block.said(person.slug, person.start, person.end)]
        place = block.place(person.start, person.end)
        signatory = {"id": person.slug, **place, "name": person.name}
        if person.honours:
            signatory["honours"] = person.honours
        if role and re.search(r"department for education", role.text, re.IGNORECASE):
            signatory["employer"] = [role.said("organisation/department-for-education")]
    return Signature(facts, signatory)


def _is_role(text: str) -> bool:
    return bool(_SIGNED_AS.search(text)) and not SIGNED_FOR.search(text)


def _time(
    block: Block, signed: DateFound, cited: CitedDocuments, published: str | None
) -> dict[str, Any]:
    """Return when it was signed; a blank date lies between what it cites and its issue."""
    label = re.search(
        r"\b(?:dated?|on)\b[ :]*(?:this |the )*$", block.text[: signed.start], re.IGNORECASE
    )
    start = label.start() if label and signed.status != "blank" else signed.start
    time = time_in(block, signed) | block.place(start, signed.end)
    if signed.status != "blank":
        return time
    if published and "date" not in time:
        time |= {"date": f"[..{published}]", "latest": published}
    dates = (document.date for document in cited)
    days = (bounds(date.edtf)[1] for date in dates if date.edtf and date.is_day)
    earliest = max((day for day in days if day), default=None)
    inside = earliest and time.get("date") and _is_inside(earliest, time["date"])
    if inside and (published is None or str(earliest) <= published):
        time["earliest"] = str(earliest)
    if "earliest" in time or "latest" in time:
        time["reason"] = (
            "Left blank: not before the latest document that it cites, not after its publication."
        )
    return time


def _is_inside(day: date, edtf: str) -> bool:
    """Return whether a day is one of those that a date allows."""
    first, last = bounds(edtf)
    return (first is None or first <= day) and (last is None or day <= last)


_NOT_SIGNED = _PATTERNS["not-signed"]
_HEAD_DATE = _PATTERNS["head-date"]
_HEAD_LABEL = _PATTERNS["head-label"]
_MADE_ON = _PATTERNS["made-on"]
_TOLD_ON = _PATTERNS["told-on"]


def date_of(
    blocks: list[Block], tree: Tree, is_proposed: bool = False
) -> tuple[Block, DateFound] | None:
    """Return the date of a document, which may be blank, and the block that holds it.

    In: whether it only proposes an act, whose draft may have a blank for the day.
    """
    if is_proposed and (head := _head_date(blocks, tree)):
        return head
    signature = [block for block in blocks if block.section == "signature"]
    signed = _signature_date(signature)
    if signed and signed[1].status == "blank" and _may_be_drawn(signature, tree):
        return None
    # A line left blank for the day says that no other day is that of the signature.
    if signed and (signed[1].is_day or signed[1].status):
        return signed
    return _head_date(blocks, tree) or _said_date(blocks) or signed


def _may_be_drawn(signature: list[Block], tree: Tree) -> bool:
    """Return whether something that is not read may show the date that seems to be left blank."""
    document = tree.document
    begin, end = signature[0].start, signature[-1].view.span(0, len(signature[-1].text))[1]
    page = max(start for start in document.page_starts if start <= begin)
    after = (start for start in document.page_starts if start > end)
    last = next(after, len(document.text) + 1)
    first = page if document.form == "pdf" else begin
    return any(each.is_drawn and first <= each.place <= last for each in document.asides)


_DATE_LABEL = re.compile(r"\bdate[ds]?\b(?:\s+this)?\W*(?=\w)", re.IGNORECASE)


def unread_date(reading: DocumentReading) -> Iterator[dict[str, Any]]:
    """Yield the line of a signature that says a date which could not be read."""
    signature = reading.section("signature")
    for block in signature:
        if _NOT_SIGNED.match(block.text):
            continue
        for label in _DATE_LABEL.finditer(block.text):
            near = [
                date
                for date in block.dates
                if date.start <= label.end() + 12 and date.end > label.end()
            ]
            if not near and not any(
                blank.start <= label.start() for blank in blank_dates(block.view)
            ):
                place = block.place(label.start(), min(label.end() + 40, len(block.text)))
                yield place | {"reason": "Not read: the date of the signature."}
    if signature and _may_be_drawn(signature, reading.tree):
        block = signature[-1]
        reason = "Not read: what is drawn beside the signature; it may show a date or a name."
        yield block.place() | {"reason": reason}


def _signature_date(signature: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the date of a signature, which may be blank, and the block that holds it."""
    own = [block for block in signature if not _NOT_SIGNED.match(block.text)]
    dates = [(block, date) for block in own for date in dates_in(block.view)]
    days = [(block, date) for block, date in dates if date.is_day or date.candidates]
    blank = [(block, date) for block in own for date in blank_dates(block.view)]
    # A month by itself may be all that is printed around a day that nobody filled in.
    months = [(block, date) for block, date in dates if date.edtf]
    return next(iter([*days, *blank, *months]), None)


def _head_date(blocks: list[Block], tree: Tree) -> tuple[Block, DateFound] | None:
    """Return the first day that stands by itself on a line at the head of a document."""
    for block in blocks:
        if block.section not in {"title", "recitals"} or block.item.is_numbered:
            continue
        for day in dates_in(block.view):
            before, after = block.text[: day.start], block.text[day.end :].strip(" .")
            alone = not after and _HEAD_DATE.fullmatch(before)
            labelled = _HEAD_LABEL.search(before)
            closed = before.rstrip().endswith("(") and after == ")" and block.section == "title"
            if day.is_day and (alone or labelled or closed or _is_own_line(block, day, tree)):
                return block, day
    return None


def _is_own_line(block: Block, day: DateFound, tree: Tree) -> bool:
    """Return whether a day has a line of the page to itself, or ends one beside an address."""
    text = tree.document.text
    begin, end = block.view.span(day.start, day.end)
    first, last = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
    before, after = text[first:begin], text[end : last if last >= 0 else len(text)]
    beside = re.search(r"\S\s{4,}$", before) is not None
    return not after.strip(" .") and (beside or _HEAD_DATE.fullmatch(before) is not None)


def _said_date(blocks: list[Block]) -> tuple[Block, DateFound] | None:
    """Return the day on which a document says of itself that it is made."""
    for block in blocks:
        for day in block.dates if block.section != "annex" else ():
            start = block.sentence_at(day.start)[0]
            if day.is_day and _MADE_ON.search(block.text[start : day.start]):
                return block, day
    return None


def told_date(reading: DocumentReading) -> tuple[Block, DateFound] | None:
    """Return the day of the direction that a letter or memorandum tells of, if it says so."""
    for block in reading.blocks:
        told = TELLS.search(block.text)
        begins = block.sentence_at(told.start())[0] if told else 0
        if told and "today" in block.text[begins : told.end()].casefold():
            return None
        for day in block.dates if block.section != "signature" else ():
            start = block.sentence_at(day.start)[0]
            if day.is_day and _TOLD_ON.search(block.text[start : day.start]):
                return block, day
    return None
