"""Read what the author of a report concludes in the report's own voice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loaders.blocks import Block, DocumentReading
from loaders.conclusions_told import finding_name, sentence

WEAK: list[str] = [
    r"\b(?:is|are|was|were) failing to\b",
    r"\b(?:is|are|was|were) (?:simply )?not (?:present|good enough|fit for purpose|effective)\b",
    r"\bin itself an indictment\b|\ban indictment of\b",
    r"\b(?:has|have) not delivered\b|\b(?:has|have) (?:failed|stalled|deteriorated|declined)\b",
    r"\btaken too long\b|\btoo slow\b",
    r"\ba lack of\b(?! [^.;]*\bwould\b)",
    r"\bthere is (?:some|much|considerable|significant)? ?(?:inconsistency|variability|drift)\b",
    r"\bcontinues? to (?:struggle|fail|have significant)\b",
    r"\bI am (?:very |deeply |also )*concerned (?:about|that|by)\b",
    r"\b(?:is|are|was|were|have been|has been) too (?!long|soon|early)['\"]?\w+",
]
STRONG: list[str] = [
    r"\b(?:is|are) now (?:a |an )?(?:much )?(?:more|better|fit for|stronger)\b",
    r"\bhas (?:progressed|improved|strengthened|developed) (?!since|a |and)(?=\w)",
    r"\bI (?:have )?(?:observed|saw|found|seen) (?!that)",
    r"\bseen (?:good|significant|strong|real|considerable|some) (?:progress|improvement)\b",
    r"\ball permanent\b",
]
SIGN = re.compile("|".join(f"(?:{one})" for one in [*WEAK, *STRONG]), re.IGNORECASE)
TOLD = re.compile(
    r"\b(?:were|was|are|is) (?:said|reported|identified|noted|found|judged|rated|inspected)\b"
    r"|\bOfsted (?:found|said|noted|judged|reported)\b|\bexpectations?\b|\bhad .{0,40}\bwould\b"
    r"|\black of [^.;]*\bidentified\b|\bcriticisms?\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells what others found, or what was only hoped for."""

LEAD = re.compile(
    r"^(?:however|in particular|firstly|secondly|generally|overall|but|and|also"
    r"|I observe(?:d)? that|it is clear that|the simple fact is that|put simply)\b,? ?",
    re.IGNORECASE,
)
PART = re.compile(r", (?:although|but) |; |, (?=the )")


@dataclass
class FindingsOfAuthor:
    """What the author of one report concludes."""

    reading: DocumentReading
    found: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read every paragraph, sentence by sentence."""
        for block in self.reading.section("body"):
            for start, end in block.sentences():
                if TOLD.search(block.text, start, end):
                    continue
                for begin, stop in _parts(block.text, start, end):
                    if SIGN.search(block.text, begin, stop):
                        self._add(block, begin, stop)

    def _add(self, block: Block, start: int, end: int) -> None:
        """Keep a conclusion, without the words that only lead to it."""
        lead = LEAD.match(block.text[start:end])
        start += lead.end() if lead else 0
        words = block.text[start:end].rstrip(" .;,")
        name = finding_name(words)
        number = sum(one["id"].startswith(name) for one in self.found)
        self.found.append(
            {
                "id": f"{name}-{number + 1}" if number else name,
                **block.place(start, start + len(words)),
                "summary": sentence(words),
            }
        )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence that can be conclusions of their own."""
    place = start
    for match in PART.finditer(text, start, end):
        before = SIGN.search(text, place, match.start())
        after = SIGN.search(text, match.end(), end)
        if before and after:
            yield place, match.start()
            place = match.end()
    yield place, end
