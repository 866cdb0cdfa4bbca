"""Find the directions that a document tells of, what each required, and what led to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from data.councils.register import read_register
from loaders.documents.facts.citations import CitedDocuments
from loaders.documents.find.councils import councils_in, likenesses_in
from loaders.documents.find.dates import DateFound
from loaders.documents.find.provisions import DEFINITION, ProvisionFound, term_key
from loaders.documents.layout.blocks import Block, DocumentReading, mentions, time_in
from loaders.documents.record.proposals import Proposals
from loaders.documents.text import patterns_beside
from ontology.dates import bounds

# That one is made: "issued a statutory direction".
_MADE = (
    r"(?:issu(?:e|ed|ing)|g[ai]ven?|made?|making)\s[^.;]{0,40}?(?P<direction>(?:an? |the )?"
    r"(?:statutory |further |revised |new )?directions?)\b"
)
# That a minister directed, but not "directed that", which is how a direction itself speaks.
_DIRECTED = r"secretary of state\b[^.;]{0,70}? (?:has |had )?(?P<verb>directed)\b(?! (?:as|that)\b)"
# One known by its date: "the earlier direction dated", "directions which were issued".
_DATED = (
    r"(?P<definite>(?:(?:the|an?|his|her|its|their|those|my|our) (?:[\w,()-]+ ){0,4}?)?"
    r"(?:(?:earlier|previous) )?(?<!this )(?<!these )(?:directions?|(?P<notice>notices?))"
    r"(?: (?:19|20)\d\d)?,? (?:which |that )?"
    r"(?:(?:was|were|ha\w+ been) )?(?:issued|given|made|dated|signed"
    r"|of(?= (?:\d|the same|that)))|those given)\b"
)
# takes: "gave the Council a further direction"
# takes: "The Secretary of State has directed the Council to improve"
# takes: "under the earlier direction dated 3 May 2014"
# leaves: "The Secretary of State directed that this direction lasts a year"
_CITED = re.compile(rf"{_MADE}|{_DIRECTED}|{_DATED}", re.IGNORECASE)
_PATTERNS = patterns_beside(__name__)
_REQUIRING = _PATTERNS["requiring"]
_LED = re.compile(r"failure[^.;]*? led the secretary of state to issue", re.IGNORECASE)
_IDENTIFIED = _PATTERNS["identified"]
_FARTHEST = 90
"""Characters between a direction and its date, besides the provisions cited there."""

_JOINED_DATE = _PATTERNS["joined-date"]
# takes: "gave a direction; it was varied"
# takes: "a direction was given, and on "
# leaves: "a direction was given on "
_ANOTHER_ACT = re.compile(
    r"[,;] (?:and|but) (?:again |then )?on $"
    r"|\b(?:varied|amended|extended|revoked|withdrawn|replaced)\b",
    re.IGNORECASE,
)
"""Words after which a day is that of something else, as in: and on … those were varied."""

_SAME_DAY = re.compile(r"\s*(?:(?:of|dated|on) )?(?:the|that) same (?:date|day)", re.IGNORECASE)
_LEADS_IN = re.compile(r"\W*on ", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:this|these|an?|another|any|earlier|previous|former|new|further|other) $", re.IGNORECASE
)
"""Words before a term by which another direction is meant than the term stands for."""

_MEANS = re.compile(r"[\"'](?P<term>[^\"']{3,60}\bdirections?)[\"']\s+means?\b", re.IGNORECASE)
_PROMPT = _PATTERNS["prompt"]


@dataclass(frozen=True)
class CitedDirection:
    """A direction that a document tells of, as it stands in a record.

    In: `failure_in` is the place that tells only the year of the inspection that led to it.
    """

    entry: dict[str, Any]
    date: DateFound
    block: Block
    failure_in: re.Match[str] | None = None

    @property
    def id(self) -> str:
        """The identifier."""
        return str(self.entry["id"])

    @property
    def is_notice(self) -> bool:
        """Whether it is a notice, which has no force of law."""
        return bool(self.entry["kind"] != "Direction")

    @property
    def name(self) -> str:
        """How records refer to it: a number by itself is that of a direction."""
        return f"notice/{self.id}" if self.is_notice else self.id


@dataclass
class CitedDirections:
    """The directions that a document tells of, and the terms by which it calls them."""

    found: list[CitedDirection] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)

    def mentions_in(self, block: Block, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return where a stretch of a block names directions, by term or by date, in order."""
        named = [
            place
            for place in mentions(block, self.terms)
            if start <= place[0]
            and place[1] <= end
            and not _ANOTHER.search(block.text, 0, place[0])
        ]
        for date in block.separate_dates:
            direction = self.known(date)
            within = any(first <= date.start < last for first, last, _ in named)
            if direction and not within and start <= date.start and date.end <= end:
                named.append((date.start, date.end, direction.name))
        return sorted(named)

    def known(self, date: DateFound) -> CitedDirection | None:
        """Return the direction of a date; a year by itself is that of the only one in it."""
        edtf = date.edtf or "-"
        same = [one for one in self.found if one.date.edtf == edtf]
        of_year = [one for one in self.found if (one.date.edtf or "").startswith(edtf)]
        return next(iter(same or (of_year if len(of_year) == 1 and len(edtf) == 4 else [])), None)

    def meant(self, block: Block, start: int) -> tuple[str, int] | None:
        """Return the direction that the words after a place mean, and where they end."""
        named = self.mentions_in(block, start, len(block.text))
        return (named[0][2], named[0][1]) if named else None

    def entries(self, *facts: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the directions as they stand in a record.

        In: what was read of them elsewhere, by identifier.
        """
        entries = [dict(direction.entry) for direction in self.found]
        for direction, entry in zip(self.found, entries, strict=True):
            for fact in facts:
                entry.update(fact.get(direction.name, {}))
        return entries


def cited_directions(
    reading: DocumentReading, cited: CitedDocuments, proposals: Proposals
) -> CitedDirections:
    """Return the directions that a document tells of, in the order of its words."""
    extractor = _CitedDirectionExtractor(reading, cited, proposals)
    for block in reading.blocks:
        heads = block.section == "title" and not block.item.is_numbered
        heads = heads and not re.search(r"[.;:]$|,$", block.text)
        if block.section == "signature" or (heads and not reading.is_operative(block)):
            continue
        for match in _CITED.finditer(block.text):
            extractor.cite(block, match)
        extractor.learn(block)
    return extractor.directions


@dataclass
class _CitedDirectionExtractor:
    reading: DocumentReading
    cited: CitedDocuments
    proposals: Proposals
    directions: CitedDirections = field(default_factory=CitedDirections)

    def cite(self, block: Block, match: re.Match[str]) -> None:
        """Add one direction, unless it has no date or is known by it."""
        start, end = block.sentence_at(match.start())
        date = self._date(block, match, start, end)
        if date is None or (
            self.reading.day is not None
            and date.edtf == str(self.reading.day)
            and self.reading.tells
        ):
            return
        known = self.directions.known(date)
        if known is not None:
            known.entry["signed"].append(time_in(block, date))
            return
        group = next(name for name in ("direction", "verb", "definite") if match[name])
        begin, stop = min(match.start(group), date.start), max(match.end(group), date.end)
        if date.end < match.start():
            begin, stop = match.span()
        addressee = self._addressee(block, match, date, end)
        facts = {
            **self._issuer(block, start, match),
            **self._powers(block, match.end(), end),
            **_requirements(self.reading, block, stop, end),
            **_prompts(self.cited, block),
        }
        led = _LED.search(block.text) and not _PROMPT.search(block.text)
        failure = _IDENTIFIED.search(block.text) if led else None
        kind = self._kind(match)
        if kind != "Direction":
            facts = {name: said for name, said in facts.items() if name != "requirements"}
        self._add(block, date, block.place(begin, stop), addressee, kind, facts, failure)
        for other in _dates_joined(block, date, end):
            if self.directions.known(other) is None:
                self._add(block, other, block.place(other.start, other.end), addressee, kind)

    def _kind(self, match: re.Match[str]) -> str:
        """Return the class of what is told of: a direction, or the notice of this office."""
        if not match["notice"]:
            return "Direction"
        words = match[0].casefold()
        housing = self.reading.parties.issuer == "sos-hclg" and "improvement" not in words
        return "BestValueNotice" if housing or "best value" in words else "ImprovementNotice"

    def _add(
        self,
        block: Block,
        date: DateFound,
        place: dict[str, Any],
        addressee: tuple[str, dict[str, Any]],
        kind: str,
        facts: Mapping[str, Any] = MappingProxyType({}),
        failure: re.Match[str] | None = None,
    ) -> None:
        entry = {
            "id": self.proposals.next(
                "direction" if kind == "Direction" else "notice", addressee[0], date.edtf
            ),
            **place,
            "kind": kind,
            "addressed_to": [addressee[1]],
            "signed": [time_in(block, date)],
            **facts,
        }
        self.directions.found.append(CitedDirection(entry, date, block, failure))

    def _date(self, block: Block, match: re.Match[str], start: int, end: int) -> DateFound | None:
        """Return the date of a direction: the next one after it, else one that leads in."""
        dates, text = block.separate_dates, block.text
        earlier = [date for date in dates if date.end <= match.start()]
        same = _SAME_DAY.match(text, match.end())
        if same and earlier:
            return replace(earlier[-1], start=match.end(), end=same.end())
        led = earlier and _LEADS_IN.fullmatch(text[start : earlier[0].start])
        provisions = self.reading.provisions(block)
        for date in dates:
            between = text[match.end() : date.start]
            if led and _ANOTHER_ACT.search(between):
                break
            if not match.end() <= date.start < end or "report" in between:
                continue
            if _distance(block, provisions, match.end(), date.start) < _FARTHEST:
                return date
        for date in dates:
            if start <= date.start < match.start() and _LEADS_IN.fullmatch(
                text[start : date.start]
            ):
                return date
        return None

    def _addressee(
        self, block: Block, match: re.Match[str], date: DateFound, end: int
    ) -> tuple[str, dict[str, Any]]:
        """Return the council that a direction told of is to, and the statement of it."""
        own = self.reading.council
        for named in [*councils_in(block.view), *likenesses_in(block.view)]:
            to = re.search(r"\b(?:to|directing) (?:the )?$", block.text[: named.start])
            body = named.on(None) or named.on(self.reading.day)
            if named.is_full and body and to and match.start() <= named.start < end:
                return body.code, block.said(body.code, named.start, named.end)
        day = bounds(date.edtf)[1] if date.edtf else None
        if day and not read_register().by_code(own).existed_on(day):
            note = "This council did not exist then; the direction was to one before it."
            return own, {"value": own, "modality": "inferred", "note": note}
        return own, {"value": own}

    def _issuer(self, block: Block, start: int, match: re.Match[str]) -> dict[str, Any]:
        """Return who issued it: the last office before; else the office of this document."""
        offices = [
            party
            for party in self.reading.parties_in(block)
            if party.kind == "office" and start <= party.start < match.start()
        ]
        facts: dict[str, Any] = {}
        if offices and (not match["definite"] or re.search(r"\bby\b", match[0])):
            office = offices[-1]
            facts["issued_by"] = [block.said(office.name, office.start, match.end())]
        elif not match["definite"]:
            note = "The sentence does not say who; it stands in a direction of this office."
            issuer = self.reading.parties.issuer
            facts["issued_by"] = [{"value": issuer, "modality": "inferred", "note": note}]
        if not match["definite"]:
            housing = offices and offices[-1].name == "sos-hclg"
            domain = "corporate" if housing else "childrens-social-care"
            note = "From who issued it and what it was to improve."
            facts["in_domain"] = [{"value": domain, "modality": "inferred", "note": note}]
        return facts

    def _powers(self, block: Block, start: int, end: int) -> dict[str, Any]:
        """Return the powers that the same sentence names after it."""
        powers = [
            block.said(reference, provision.start, provision.end)
            for provision in self.reading.provisions(block)
            if start <= provision.start < end
            for reference in provision.references
        ]
        return {"made_under": powers} if powers else {}

    def learn(self, block: Block) -> None:
        """Take in the terms that a block defines for directions."""
        here = [known for known in self.directions.found if known.block is block]
        for definition in block.definitions:
            if here and re.search(r"\b(?:directions?|notices?)$", definition.key):
                # Of several directions the last one before the term is meant.
                before = [known for known in here if known.date.start < definition.opens]
                nearest = max(before, key=lambda known: known.date.start, default=here[-1])
                self.directions.terms[definition.key] = nearest.name
        for match in _MEANS.finditer(block.text):
            meant = next((known for known in here if known.date.start >= match.end()), None)
            if meant:
                self.directions.terms[term_key(match["term"])] = meant.name


def _distance(block: Block, provisions: list[ProvisionFound], start: int, end: int) -> int:
    """Return how far apart two places are, without provisions and what stands in brackets."""
    words, place = "", start
    for provision in provisions:
        if start <= provision.start < end:
            words, place = words + block.text[place : provision.start], provision.end
    return len(re.sub(r"\([^()]*\)", "", words + block.text[place:end]))


def _dates_joined(block: Block, first: DateFound, end: int) -> Iterator[DateFound]:
    """Yield the dates joined to that of a direction: those of more directions."""
    place = first.end
    for date in block.separate_dates:
        between = DEFINITION.sub("", block.text[place : date.start])
        if place <= date.start < end and _JOINED_DATE.fullmatch(between):
            place = date.end
            yield date


def _requirements(reading: DocumentReading, block: Block, start: int, end: int) -> dict[str, Any]:
    """Return what the sentence says that a direction required, and of whom."""
    match = _REQUIRING.search(block.text, start, end)
    if not match:
        return {}
    own = {
        "paragraph": "unnumbered.1",
        **block.place(*match.span("what")),
        "summary": "Take the steps told of here to improve.",
        "bearer": f"council/{reading.council}",
        "action": "implement",
    }
    further = re.search(r"including to (?P<what>[^.;,]*)", block.text[match.end() : end])
    duties = [own]
    if further:
        begin, stop = (match.end() + place for place in further.span("what"))
        part = {
            **own,
            "paragraph": "unnumbered.2",
            **block.place(begin - len("to "), stop),
            "summary": "Work with the commissioner.",
            **_counterparty(reading, block, begin, stop),
            "action": "co-operate",
            "part_of": "unnumbered.1",
        }
        duties.append(part)
    addressed = [block.said(reading.council, *match.span("what"))]
    return {"addressed_to": addressed, "requirements": duties}


def _counterparty(reading: DocumentReading, block: Block, start: int, end: int) -> dict[str, Any]:
    """Return with whom the council had to work: a person stands for the post after the name."""
    last = block.sentence_at(start)[1]
    for party in reading.parties_in(block):
        if start <= party.start < min(last, end + 60) and party.kind == "post":
            return {"counterparty": party.reference}
    return {}


def _prompts(cited: CitedDocuments, block: Block) -> dict[str, Any]:
    """Return the reports that led to a direction, where the block says which."""
    match = _PROMPT.search(block.text)
    if match is None:
        return _failure_before(cited, block)
    if match["year"]:
        slugs = [report.slug for report in cited if report.year == match["year"]]
        place = match.span()
    else:
        after = [report for report in cited.in_block(block) if report[0] >= match.end()]
        slugs = [report.slug for _, _, report in after[:1]]
        place = (match.start(), after[0][1]) if after else match.span()
    return {"prompted_by": [block.said(f"document/{slug}", *place) for slug in slugs]}


def _failure_before(cited: CitedDocuments, block: Block) -> dict[str, Any]:
    """Return the report behind a failure that led to a direction: the first cited elsewhere."""
    match = _LED.search(block.text)
    reports = [report for report in cited if report.is_ofsted and report.block is not block]
    if match is None or _IDENTIFIED.search(block.text) or not reports:
        return {}
    note = "The failure is taken to be the one that this report found."
    value = f"document/{reports[0].slug}"
    return {"prompted_by": [block.said(value, *match.span(), modality="inferred", note=note)]}
