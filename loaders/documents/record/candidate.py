"""A candidate record: what was read of a document, and plainly what was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from data.records.form import LeftOut, Record
from data.records.reading import passages
from data.records.statements import Model
from loaders.documents.files.fixed_text import FixedText
from loaders.documents.find.grades import grades_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.record.identifiers import as_written

_DUTY_WORDS = re.compile(
    r"\b(?:shall|must|is required to|are required to|directs?|revok\w+|appoint\w*)\b", re.IGNORECASE
)
_VARIES = re.compile(
    r"\b(?:var(?:y|ies|ied)|amends?|amended by|modif(?:y|ies|ied))\b[^.;]{0,60}\bdirections?\b"
    r"|\bdirections?\b(?:(?!\bunless\b|\buntil\b|\bif\b)[^.;]){0,60}\b(?:is|are) (?:hereby )?"
    r"(?:varied|amended|modified|replaced|substituted)\b|\b(?:paragraph|annex|schedule)\b[^.;]{0,40}\bdirections?\b[^.;]{0,60}"
    r"\brevoked\b|\brevokes (?:paragraph|annex|schedule)\b",
    re.IGNORECASE,
)
_STATUTE = re.compile(
    r"\b(?:the )?(?P<title>(?:[A-Z][\w'-]+,? (?:(?:and|of|for|in|\([\w ]+\)),? )*)+Act,? (?:19"
    r"|20)\d{2})"
)
_WIDTH = 110
FIRST = {
    "document": 0,
    "slug": 0,
    "id": 0,
    "paragraph": 0,
    "area": 0,
    "thing": 0,
    "value": 0,
    "date": 0,
}
"""Keys that stand before the others, for whoever reads the record."""

_HEADER = """\
# A candidate made by `interventions extract` from {name}; nothing here is reviewed.
# Kind: {kind} ({reasons}).
# Give the identifiers with a question mark their numbers, reword the summaries, check each passage;
# what could not be read is listed at the end under left_out.
"""


@dataclass(frozen=True)
class Candidate:
    """A record that nobody has reviewed, and the fixed text that its passages count in."""

    document: FixedText
    record: Record
    kind: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def unread(self) -> list[LeftOut]:
        """The sentences that bear a date, a grade, a power or a duty and gave no fact."""
        return self.record.left_out


def candidate_of(reading: DocumentReading, content: dict[str, Any]) -> Candidate:
    """Return the candidate with some content, and with the list of what was not read."""
    record = Record.model_validate(content)
    left_out = list(_unread(reading, record))
    whole = record.model_copy(update={"left_out": left_out})
    return Candidate(reading.tree.document, whole)


def with_note(candidate: Candidate, place: dict[str, Any], reason: str) -> Candidate:
    """Return a candidate that also tells a reviewer what is wrong at a place."""
    note = LeftOut.model_validate({**place, "reason": reason})
    left_out = [*candidate.record.left_out, note]
    return replace(candidate, record=candidate.record.model_copy(update={"left_out": left_out}))


def _unread(reading: DocumentReading, record: Record) -> Iterator[LeftOut]:
    """Yield each sentence with a sign of a fact of which no fact was read."""
    read = sorted((one.start, one.end) for one in passages(record))
    for block in reading.blocks:
        for start, end in block.sentences():
            if end <= start:
                continue
            first, last = block.view.span(start, end)
            reason = _sign(reading, block, start, end)
            touched = [one for one in read if one[0] < last and first < one[1]]
            for place in _unknown_statutes(reading, block, start, end):
                told = "Not read: a statute that the reference data does not hold."
                yield LeftOut.model_validate({**place, "reason": told})
            if _VARIES.search(block.text, start, end):
                place = block.place(start, end)
                told = "Not read: it varies another direction, for which records have no form."
                yield LeftOut.model_validate({**place, "reason": told})
            if reason and not touched:
                place = block.place(start, end)
                yield LeftOut.model_validate({**place, "reason": f"Not read: it has {reason}."})
            elif touched:
                yield from _unused_dates(block, start, end, read)
                yield from _unused_grades(block, start, end, read)


def _unknown_statutes(
    reading: DocumentReading, block: Block, start: int, end: int
) -> Iterator[dict[str, Any]]:
    """Yield the places of statutes that the reference data does not hold."""
    for match in _STATUTE.finditer(block.text, start, end):
        title = match["title"].casefold()
        if not any(
            known.endswith(title) or title.endswith(known) for known in reading.statutes.titles
        ):
            yield block.place(*match.span("title"))


def _unused_dates(
    block: Block, start: int, end: int, read: list[tuple[int, int]]
) -> Iterator[LeftOut]:
    """Yield the dates of a sentence that stand in no passage."""
    for date in block.dates:
        if start <= date.start < end:
            first, last = block.view.span(date.start, date.end)
            if not any(one[0] < last and first < one[1] for one in read):
                place = block.place(date.start, date.end)
                yield LeftOut.model_validate(
                    {**place, "reason": "Not read: a date without a fact."}
                )


def _unused_grades(
    block: Block, start: int, end: int, read: list[tuple[int, int]]
) -> Iterator[LeftOut]:
    """Yield the grades of a sentence that stand in no passage."""
    for grade in grades_in(block.text[start:end]):
        first, last = block.view.span(start + grade.start, start + grade.end)
        if not any(one[0] < last and first < one[1] for one in read):
            place = block.place(start + grade.start, start + grade.end)
            yield LeftOut.model_validate({**place, "reason": "Not read: a grade without a fact."})


def _sign(reading: DocumentReading, block: Block, start: int, end: int) -> str:
    """Return which sign of a fact a sentence has; empty if none."""
    if any(start <= date.start < end for date in block.dates):
        return "a date"
    if grades_in(block.text[start:end]):
        return "a grade"
    if any(start <= one.start < end for one in reading.provisions(block)):
        return "a power"
    if _DUTY_WORDS.search(block.text, start, end):
        return "the word of a duty or an act"
    named = [one for one in reading.parties_in(block) if one.kind == "council"]
    if any(
        start <= one.start < end and one.end - one.start > len("the authority") for one in named
    ):
        return "a council"
    return ""


def candidate_yaml(candidate: Candidate, hints: Sequence[str] = ()) -> str:
    """Return a candidate in the form of the project's records, ready for a reviewer.

    In: what the reviewer should know besides, one line each.
    """
    content = _plain(candidate.record)
    head = _HEADER.format(
        name=candidate.document.name,
        kind=candidate.kind or "not said",
        reasons="; ".join(candidate.reasons) or "as asked for",
    )
    body = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    told = "".join(f"# {hint}\n" for hint in hints)
    return head + as_written(told + body)


class _Dumper(yaml.SafeDumper):
    """Writes lists inside mappings with an indent, as the records have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent every list."""
        super().increase_indent(flow, False)


def _plain(part: Any) -> Any:
    """Return a part of a record as plain values, in the short forms where they say the same."""
    if isinstance(part, list):
        values = [_plain(one) for one in part]
        bare = [set(one) == {"value"} if isinstance(one, dict) else False for one in values]
        values = [
            one["value"] if is_bare else one for one, is_bare in zip(values, bare, strict=True)
        ]
        return values
    if isinstance(part, Model):
        found = {}
        fields = list(type(part).model_fields)
        for name in sorted(fields, key=lambda one: FIRST.get(one, len(FIRST))):
            value = getattr(part, name)
            if name != "line" and value not in (None, [], ""):
                found[name] = _shortened(_plain(value))
        return found
    return part if isinstance(part, int | str) else str(part)


def _shortened(value: Any) -> Any:
    """Return the one statement of a list of bare statements in place of the list."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else None
    return one if isinstance(one, str) else value
