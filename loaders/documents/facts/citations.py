"""Find the reports and letters that a document cites, with author and date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loaders.documents.find.dates import DateFound
from loaders.documents.find.parties import Party
from loaders.documents.find.people import people_in
from loaders.documents.layout.blocks import Block, DocumentReading, mentions, time_in
from loaders.documents.text import patterns_beside

# "the Ofsted inspection report", "its letter", "The Improvement Panel's report (second)"
_NOUN = r"(?P<noun>(?:inspection |best value )*(?:reports?|letters?|review))"
_AUTHOR = r"(?:(?:an? |the )(?P<by>(?-i:Ofsted)) )?"
_OWNER = r"(?:(?P<owner>(?:the )?(?-i:[A-Z])[a-z]+(?: (?-i:[A-Z])[a-z]+(?:'s)?)*)'s? )?"
# "on its services (the review), dated": a subject may stand between the noun and the date, but
# no second document with a date of its own.
_SUBJECT = (
    r"(?:(?:on|into|of|about|to|from) "
    r"(?![^.;]*\b(?:dated|published)\b[^.;]*\b(?:dated|published)\b)"
    r"[^.;]{3,90}?(?:\([^()]*\))?,? (?=(?:and |was |which was )*(?:dated|published|issued)))?"
)
_DATED = r"(?:(?:and )?(?:(?:which )?was )?(?:of|dated|from|in|published(?: on| in)?|issued on|on))"
# takes: "the Ofsted inspection report on the Council's services, published on "
# takes: "its letter of "
# leaves: "The report says that on "
_BEFORE_DATE = re.compile(
    rf"{_AUTHOR}{_OWNER}(?P<the>the |its |an? )?(?:inspection )?"
    rf"{_NOUN},? ?(?:\([^()]*\),? )?{_SUBJECT}{_DATED} $",
    re.IGNORECASE,
)
_PATTERNS = patterns_beside(__name__)
_PUBLISHED = _PATTERNS["published"]
_ON_DAY = _PATTERNS["on-day"]
_OFSTED_DID = _PATTERNS["ofsted-did"]
# "the Ofsted inspectors", "its section 151 officer", "Jane Doe CBE", each perhaps with a post
# between commas after it.
_WHO = (
    r"(?P<by>(?-i:Ofsted)|(?:the |an? |its |his |her )?(?:\w+'s )?(?:[\w' ]+ )?(?:commissioners?"
    r"|advis[eo]rs?|inspectors?|panel|auditors?|section 151 officer|chief finance officer)\b"
    r"|(?-i:[A-Z])\w+(?:[ -](?-i:[A-Z])[\w'-]+)+(?: [CODM]BE)?)(?:,[^,.;]{3,70},)? "
)
_UNDER_114 = r"under section 114(?:\(\d\))? of[^.;]{0,50}?"
# How a text tells that somebody reported or wrote on a day, without calling it a report.
# takes: "the commissioner has also reported to the Secretary of State on "
# takes: "her report of the visit was delivered on "
# takes: "the inspection of May 2015 was reported on "
# takes: "sent a letter to the council on "
# takes: "the reports that Ofsted published on "
# takes: "the report by Ofsted, which was published on "
# takes: "the letter from the minister, of "
# takes: "made a report under section 114 of the Act in "
# leaves: "the council reported that on "
_TOLD_BY = re.compile(
    rf"{_WHO}(?:(?:has|had|then|also) )*reported"
    rf"(?: (?:again|back|to [\w ]{{3,40}}?|in \w+))?(?: {_UNDER_114})? on $"
    r"|\b(?P<noun>report)\b(?: of it| of that inspection| thereof| of the visit|,[^.;]{3,90},)? "
    r"(?:was|which was|being) (?:published|delivered|received)(?: by him| by her)?(?: on| in) $"
    r"|\binspection\b[^.;]{0,80}(?:was|were) (?P<reported>reported) on $"
    r"|\bsent (?:an? |the )?(?P<sent>letter)\b[^.;]{0,90}? on $"
    r"|\breport(?:s)? (?:that|which) (?P<owner>(?-i:Ofsted)) published on $"
    r"|\breport by (?P<author>(?-i:Ofsted)),? (?:which was )?published on $"
    r"|\b(?P<written>letter) (?:of|from) [^.;]{3,60}, of $"
    r"|\b(?:made|issued) (?:a |the )?report under section 114[^.;]{0,70}? (?:on|in) $",
    re.IGNORECASE,
)
_SEND_INSPECTED = re.compile(
    r"\b(?:Ofsted\b[^.;]*\binspection|(?:SEND|area|joint) (?:\w+ )?inspection)\b", re.IGNORECASE
)
"""An inspection whose report the next sentence tells of."""

_DAY_FIRST = _PATTERNS["day-first"]
_TO_COME = _PATTERNS["to-come"]


def _words_around(block: Block, date: DateFound) -> re.Match[str] | None:
    before = block.text[: date.start]
    match = _BEFORE_DATE.search(before) or _PUBLISHED.search(before)
    if match is None:
        match = _TOLD_BY.search(before)
    if match is None and re.search(r"(?:^|[\s(])(?:on|in) $", before, re.IGNORECASE):
        match = _ON_DAY.match(block.text, date.end) or _DAY_FIRST.match(block.text, date.end)
    if match is None or _TO_COME.search(before[block.sentence_at(date.start)[0] :]):
        return None
    return match


def _noun_of(match: re.Match[str]) -> str:
    """Return what a document is called; of the words of telling, those of a letter make one."""
    groups = match.groupdict()
    if groups.get("noun"):
        return match["noun"].casefold().split()[-1].rstrip("s")
    return "letter" if groups.get("written") or groups.get("sent") else "report"


_OFSTED = Party("organisation", "ofsted")
_RECEIVED = {"modality": "inferred", "note": "The day on which it was received."}
_SUBJECTS = {
    "looked after": "looked-after",
    "adoption": "adoption",
    "protection of": "protection",
    "best value": "best-value",
}
_NEXT_DATE = re.compile(r"\s*(?:,|and|,\s*and)\s*(?:of\s+)?")
# takes: ", prepared by the panel of advisers, which"
# leaves: ", which was prepared in haste"
_AUTHOR_AFTER = re.compile(
    r"^,? ?(?:from|by|submitted by|prepared by|written by|produced by|of) (?P<author>(?:the "
    r")?[^,;(]{3,90})"
)


@dataclass
class DocumentCitation:
    """A document that another cites.

    In: `noun` is report, letter or review.
    """

    slug: str
    noun: str
    author: Party | None
    date: DateFound
    block: Block
    start: int
    end: int
    dated: list[tuple[Block, DateFound]] = field(default_factory=list)
    by_commissioner: bool = False
    received: bool = False

    @property
    def kind(self) -> str:
        """The kind of document, as records name it."""
        if self.noun in {"letter", "representation", "response", "submission"}:
            return "letter"
        return "commissioner-report" if self.is_commissioners else "inspection-report"

    @property
    def is_ofsted(self) -> bool:
        """Whether Ofsted is the author."""
        return self.author == _OFSTED

    @property
    def is_commissioners(self) -> bool:
        """Whether a commissioner is the author."""
        return self.by_commissioner or (self.author is not None and self.author.kind == "post")

    @property
    def year(self) -> str:
        """The year of its date."""
        match = re.search(r"\d{4}", self.date.edtf or "")
        return match[0] if match else ""

    def entry(self, council: str, published: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
        """Return the document as it stands in a record, with more dates of its publication."""
        author = "Ofsted's " if self.is_ofsted else ""
        if self.is_commissioners:
            author = "The commissioner's "
        title = f"{author}{self.noun}{f' of {self.year}' if self.year else ''}"
        entry: dict[str, Any] = {
            "id": self.slug,
            **self.block.place(self.start, self.end),
            "kind": self.kind,
            "title": title[:1].upper() + title[1:],
            "council": council,
            "published" if self.is_ofsted and self.noun == "report" else "dated": [
                {**time_in(block, date), **(_RECEIVED if self.received else {})}
                for block, date in self.dated
            ],
        }
        if published:
            entry["published"] = list(published)
        if self.author:
            entry["author"] = self.author.reference
        return entry


class CitationPlace(NamedTuple):
    """Where a block cites a document."""

    start: int
    end: int
    document: DocumentCitation


@dataclass
class CitedDocuments:
    """The documents that a document cites, by slug, and the terms by which it calls them."""

    documents: dict[str, DocumentCitation] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[DocumentCitation]:
        """Yield the documents, in order."""
        return iter(self.documents.values())

    def in_block(self, block: Block) -> list[CitationPlace]:
        """Return where a block cites documents, by date or by term, in order."""
        places = [
            CitationPlace(document.start, document.end, document)
            for document in self
            if document.block is block
        ]
        for document in self:
            for other, date in document.dated[1:]:
                if other is block:
                    places.append(CitationPlace(max(0, date.start - 30), date.end, document))
        for start, end, slug in mentions(block, self.terms):
            if not any(start < place.end and place.start < end for place in places):
                places.append(CitationPlace(start, end, self.documents[slug]))
        return sorted(places, key=lambda place: place.start)


def cited_documents(reading: DocumentReading) -> CitedDocuments:
    """Return the documents that a document cites, in order."""
    cited = CitedDocuments()
    for block in reading.blocks:
        plural: tuple[int, re.Match[str]] | None = None
        for date in block.separate_dates:
            match = _words_around(block, date)
            listed = plural and _NEXT_DATE.fullmatch(block.text[plural[0] : date.start])
            if match is None and plural and listed:
                match = plural[1]
            many = match is not None and (match.groupdict().get("noun") or "").endswith("s")
            plural = (date.end, match) if match and many else None
            if match:
                _cite(reading, cited, block, date, match)
        _learn(cited, block)
    _learn_ofsteds(cited)
    return cited


def cite_paper(
    reading: DocumentReading,
    cited: CitedDocuments,
    block: Block,
    named: re.Match[str],
    date: DateFound,
) -> None:
    """Add a document that is called by any name for a paper, with the day that stands with it."""
    noun = re.sub(r"(?<=[a-z])s$", "", named["paper"].casefold())
    words = block.text[max(0, named.start() - 40) : date.start]
    author = _OFSTED if re.search(r"\bOfsted\b", words) else None
    slug = _slug(reading.council, author, noun, date, cited, "")
    document = DocumentCitation(slug, noun, author, date, block, named.start(), date.end)
    document.dated.append((block, date))
    document.received = re.search(r"\breceived\b[^.;]*$", words) is not None
    cited.documents[slug] = document


def _cite(
    reading: DocumentReading,
    cited: CitedDocuments,
    block: Block,
    date: DateFound,
    match: re.Match[str],
) -> None:
    """Add one citation; a second one of the same day and form is the same document."""
    groups = match.groupdict()
    noun = _noun_of(match)
    author = _author(reading, block, _owner(block, match, date.start), date.end)
    for known in cited:
        if known.noun == noun and known.date.edtf == date.edtf and date.edtf:
            known.dated.append((block, date))
            return
    start = match.start("owner") if groups.get("owner") else match.start()
    start = date.start if groups.get("reported") else min(start, date.start)
    slug = _slug(reading.council, author, noun, date, cited, block.text[date.end :])
    document = DocumentCitation(slug, noun, author, date, block, start, date.end)
    document.dated.append((block, date))
    if author is not None and author.kind == "person":
        after = block.view.part(date.end, len(block.text))
        commissioner = re.match(r"[^.;()]{0,90}\bcommissioner", after.text, re.IGNORECASE)
        document.by_commissioner = commissioner is not None
        document.end = date.end + next((person.end for person in people_in(after)), 0)
    cited.documents[slug] = document


def _owner(block: Block, match: re.Match[str], place: int) -> str:
    """Return whose a document is by the words around its date, or by what they tell of Ofsted."""
    groups = match.groupdict()
    if re.match(r"from ofsted\b", match[0][match[0].find("from") :], re.IGNORECASE):
        return "Ofsted"
    above = block.text[: match.start()]
    if groups.get("the") == "its " and re.search(r"\bOfsted\b[^.;]*$", above):
        return "Ofsted"
    owner = groups.get("owner") or groups.get("by") or groups.get("author") or ""
    sentence = block.text[block.sentence_at(place)[0] : place]
    its = "noun" in groups and re.match(r"report\b", match[0], re.IGNORECASE)
    if not owner and (_OFSTED_DID.search(sentence) or (its and _SEND_INSPECTED.search(above))):
        return "Ofsted"
    return str(owner)


def _author(reading: DocumentReading, block: Block, owner: str, after: int) -> Party | None:
    if "ofsted" in owner.casefold():
        return _OFSTED
    if "commissioner" in owner.casefold():
        return Party("post", f"{reading.council}-{reading.parties.commissioner}")
    match = _AUTHOR_AFTER.match(block.text[after:])
    if not match:
        return None
    begin, end = after + match.start("author"), after + match.end("author")
    people = people_in(block.view.part(after, len(block.text)))
    if people and people[0].start <= match.end("author"):
        return Party("person", people[0].slug)
    for party in reading.parties_in(block):
        if begin <= party.start < end and party.kind != "council":
            return Party(party.kind, party.name)
    return None


def _slug(
    council: str,
    author: Party | None,
    noun: str,
    date: DateFound,
    cited: CitedDocuments,
    after: str,
) -> str:
    """Return the identifier of a cited document: council, author, subject, form and year."""
    by = ""
    if author is not None and author.kind != "person":
        by = author.name.replace(f"{council}-", "").replace("childrens", "commissioner")
    low = after[:120].casefold()
    subject = next((name for words, name in _SUBJECTS.items() if words in low), "")
    year = re.search(r"\d{4}", date.edtf or "") or re.search(r"\d{4}", "".join(date.candidates))
    parts = [council.casefold(), by, subject, noun, year[0] if year else "undated"]
    plain = re.sub(r"[^a-z0-9]+", "-", "-".join(part for part in parts if part).casefold())
    slug, number = plain, 2
    while slug in cited.documents:
        slug, number = f"{plain}-{number}", number + 1
    return slug


def _learn_ofsteds(cited: CitedDocuments) -> None:
    """Where one report of Ofsted's is cited, it is what Ofsted's report means."""
    for noun in ("report", "letter"):
        of_form = [document for document in cited if document.is_ofsted and document.noun == noun]
        if len(of_form) == 1:
            for term in (f"ofsted's {noun}", f"ofsted {noun}", f"ofsted inspection {noun}"):
                cited.terms.setdefault(term, of_form[0].slug)


def _learn(cited: CitedDocuments, block: Block) -> None:
    """Take in the terms that a block defines for documents: the last one of that form before."""
    for definition in block.definitions:
        noun = definition.key.split()[-1] if definition.key else ""
        before = [
            (date.start, document)
            for document in cited
            for other, date in document.dated
            if other is block and date.start < definition.opens and document.noun == noun
        ]
        if before:
            cited.terms[definition.key] = max(before, key=lambda pair: pair[0])[1].slug
