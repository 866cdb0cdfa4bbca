"""What was left unread: sentences with a sign of a fact of which no fact was read."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from data.records.files import passages
from data.records.form import LeftOut, Record
from loaders.documents.find.grades import grades_in
from loaders.documents.find.provisions import unheld_statutes
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.report_signs import sign_in_report

_Span = tuple[int, int]

_DUTY_WORDS = re.compile(
    r"\b(?:shall|must|(?:is|are) required to|directs?|revok\w+|appoint\w*)\b", re.IGNORECASE
)
_BINDING_WORDS = re.compile(
    rf"{_DUTY_WORDS.pattern}|\b(?:is|are) (?:not )?to (?!be found)\w|\bwill\b", re.IGNORECASE
)
"""In what binds, is to and will are the words of duties; in prose they are not."""

_CLOSE_CHARACTERS = 30
"""Characters beside a date that a passage has at most which tells of that date."""

_DIRECTIONS = r"\bdirections?\b"
# takes: "This direction amends the direction of May"
# takes: "the directions of 2014 are hereby replaced"
# takes: "paragraph 4 of the direction given in May is revoked"
# leaves: "The direction is in force until it is varied"
_VARIES = re.compile(
    rf"\b(?:var(?:y|ies|ied)|amends?|amended by|modif(?:y|ies|ied))\b[^.;]{{0,60}}{_DIRECTIONS}"
    rf"|{_DIRECTIONS}(?:(?!\bunless\b|\buntil\b|\bif\b)[^.;]){{0,60}}\b(?:is|are) (?:hereby )?"
    r"(?:varied|amended|modified|replaced|substituted)\b"
    rf"|\b(?:paragraph|annex|schedule)\b[^.;]{{0,40}}{_DIRECTIONS}[^.;]{{0,60}}\brevoked\b"
    r"|\brevokes (?:paragraph|annex|schedule)\b",
    re.IGNORECASE,
)
# takes: "under the Care of Children (Wales) Act, 2010"
# leaves: "under the act of 2010"
_STATUTE = re.compile(
    r"\b(?:the )?(?P<title>(?:[A-Z][\w'-]+,? (?:(?:and|of|for|in|\([\w ]+\)),? )*)+"
    r"Act,? (?:19|20)\d{2})"
)


def unread_in(reading: DocumentReading, record: Record) -> Iterator[LeftOut]:
    """Yield each sentence with a sign of a fact of which no fact was read."""
    read = [(passage.start, passage.end) for passage in passages(record)]
    is_report = record.document.kind == "inspection-report"
    told: set[str] = set()
    for block in reading.blocks:
        for start, end in block.sentences():
            if end <= start:
                continue
            for place in _unknown_statutes(reading, block, start, end):
                # Once is enough for whoever looks it up.
                if (title := block.text[slice(*place)].casefold()) in told:
                    continue
                told.add(title)
                yield _left_out(block, place, "a statute that the reference data does not hold")
            if _VARIES.search(block.text, start, end):
                reason = "it varies another direction, for which records have no form"
                yield _left_out(block, (start, end), reason)
            if is_report:
                sign = sign_in_report(reading, record, block, start, end)
            else:
                sign = _sign(reading, block, start, end)
            if _is_read(block, (start, end), read):
                yield from _unused(block, start, end, read)
                yield from _unused_duty(reading, block, start, end, read)
            elif sign:
                yield _left_out(block, (start, end), f"it has {sign}")


def asides_in(reading: DocumentReading) -> Iterator[LeftOut]:
    """Yield what the file holds beside its text: at the words before it, as it has none itself."""
    blocks = sorted(reading.blocks, key=lambda block: block.start)
    for aside in reading.tree.document.asides:
        before = [block for block in blocks if block.start <= aside.place] or blocks[:1]
        for block in before[-1:]:
            at = max(bisect_left(block.view.origin, aside.place) - 1, 0)
            yield _left_out(block, block.sentence_at(at), aside.reason)


def _unused_duty(
    reading: DocumentReading, block: Block, start: int, end: int, read: Sequence[_Span]
) -> Iterator[LeftOut]:
    """Yield the sentence of a duty of which facts were read, but none of the words that bind."""
    if not _acts(reading, block):
        return
    for sign in _BINDING_WORDS.finditer(block.text, start, end):
        if not _is_read(block, sign.span(), read):
            yield _left_out(block, (start, end), "it has the word of a duty or an act")
            return


def _acts(reading: DocumentReading, block: Block) -> bool:
    """Return whether a block is of those parts of a direction that bind."""
    own = reading.directing is not None and reading.is_operative(block)
    return own or block.section == "annex"


def _unused(block: Block, start: int, end: int, read: Sequence[_Span]) -> Iterator[LeftOut]:
    """Yield the dates and the grades of a sentence that stand in no passage."""
    for date in block.dates:
        # A thing's own passage is all that tells of it, and no fact of the dates within.
        most = date.end - date.start + _CLOSE_CHARACTERS
        close = [(first, last) for first, last in read if last - first <= most]
        if start <= date.start < end and not _is_read(block, (date.start, date.end), close):
            yield _left_out(block, (date.start, date.end), "a date without a fact")
    for grade in grades_in(block.text[start:end]):
        place = (start + grade.start, start + grade.end)
        if not _is_read(block, place, read):
            yield _left_out(block, place, "a grade without a fact")


def _left_out(block: Block, place: _Span, reason: str) -> LeftOut:
    return LeftOut.model_validate({**block.place(*place), "reason": f"Not read: {reason}."})


def _is_read(block: Block, place: _Span, read: Sequence[_Span]) -> bool:
    """Return whether a fact was read of words that lie at a place, or reach into it."""
    first, last = block.view.span(*place)
    return any(start < last and first < end for start, end in read)


def _unknown_statutes(
    reading: DocumentReading, block: Block, start: int, end: int
) -> Iterator[_Span]:
    for match in _STATUTE.finditer(block.text, start, end):
        title = match["title"].casefold()
        held = reading.statutes.titles.keys() - unheld_statutes().keys()
        if not any(known.endswith(title) or title.endswith(known) for known in held):
            yield match.span("title")


def _sign(reading: DocumentReading, block: Block, start: int, end: int) -> str:
    """Return which sign of a fact a sentence has; empty if none."""
    if any(start <= date.start < end for date in block.dates):
        return "a date"
    if grades_in(block.text[start:end]):
        return "a grade"
    if any(start <= provision.start < end for provision in reading.provisions(block)):
        return "a power"
    words = _BINDING_WORDS if _acts(reading, block) else _DUTY_WORDS
    if words.search(block.text, start, end):
        return "the word of a duty or an act"
    named = any(
        start <= party.start < end and party.end - party.start > len("the authority")
        for party in reading.parties_in(block)
        if party.reference.startswith("council/")
    )
    return "a council" if named else ""
