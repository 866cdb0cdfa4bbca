"""Read what a direction revokes, from when it is in force and until when."""

from __future__ import annotations

import re
from typing import Any

from loaders.blocks import DocumentReading, time_in
from loaders.cited_directions import DirectionsTold

REVOKES = re.compile(
    r"\b(?P<office>the secretary of state[\w ,]{0,60}? )?(?:hereby )?(?P<verb>revokes?|revoking"
    r"|is (?:hereby )?revoked|are (?:hereby )?revoked)\b(?! by)",
    re.IGNORECASE,
)
UNTIL_REVOKED = re.compile(
    r"(?:(?:this|these|the) directions? (?:\w+ ){0,3})?(?:remains?|continues?|is|are|be|has "
    r"effect|have effect) "
    r"(?:in force |to have effect |in effect )?until (?:it is|they are|such time as|further"
    r"|revoked)[^.;]*",
    re.IGNORECASE,
)
UNTIL_DAY = re.compile(
    r"\b(?:in force|in effect|have effect|expires?|cease[sd]? to have effect"
    r"|exercised)\b[^.;]{0,80}?(?:until|on|to) $",
    re.IGNORECASE,
)
EFFECT = re.compile(
    r"\b(?:comes?|coming|came) into (?:force|effect)|takes? effect|has effect from|have "
    r"effect from",
    re.IGNORECASE,
)


NEAR = 30
"""Characters between the words of coming into force and the day."""


def ends_of(reading: DocumentReading, told: DirectionsTold) -> dict[str, Any]:
    """Return what the direction revokes, until when it lasts and from when."""
    found: dict[str, Any] = {
        "revokes": [],
        "replaces": [],
        "end_condition": [],
        "planned_end": [],
        "effective_from": [],
    }
    for block in reading.section("operative", "recitals", "title"):
        for match in REVOKES.finditer(block.text):
            if not reading.is_operative(block) and not re.search(
                r"hereby|in consequence", block.text, re.IGNORECASE
            ):
                continue
            meant = told.meant(block, match.end())
            if meant:
                found["revokes"].append(block.said(meant[0], match.start(), meant[1]))
        until = UNTIL_REVOKED.search(block.text)
        if until and "revoked" in until[0].casefold() and reading.is_operative(block):
            found["end_condition"].append(block.said("until-revoked", *until.span()))
        for date in block.dates:
            before = block.text[: date.start]
            ends = UNTIL_DAY.search(before)
            begins = [match.end() for match in EFFECT.finditer(before)]
            # Of two such words before a date the nearer one is meant.
            if ends and ends.start() >= max(begins, default=0) and reading.is_operative(block):
                found["planned_end"].append(time_in(block, date))
            elif begins and len(before) - begins[-1] < NEAR and not ends:
                found["effective_from"].append(time_in(block, date))
    return found
