"""Find those whom a duty is towards, and the conditions under which it holds."""

from __future__ import annotations

import re
from typing import Any

from loaders.blocks import Block, DocumentReading
from loaders.parties_in_text import PartyFound

RECIPIENT = re.compile(
    r"\b(?:with|to|instructions of|views of|approved by|agreed by|instruct|provide|providing"
    r"|support and challenge|consult(?:ing)?|allow(?:ing)?) $",
    re.IGNORECASE,
)
ALSO = re.compile(
    r"(?:,? (?:and|or)(?: (?:with|to|of))? (?:(?:the|its|her|his|their) )?|, (?:the )?)$",
    re.IGNORECASE,
)
CONDITIONS: list[re.Pattern[str]] = [
    re.compile(
        r"\bshould the [^.;]*?\b(?:decide|decides|determine|consider)[^.;]*?(?=,| and in\b| "
        r"and on\b|[.;]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:^|, ?)(?P<words>(?:and, )?where (?:appropriate|necessary|relevant|possible)[^.;]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:if|unless|provided that|in the event)\b(?! requested)(?<!frequently if)[^.;,]*",
        re.IGNORECASE,
    ),
    re.compile(r"[\w' ]{0,60}\bas appropriate\b", re.IGNORECASE),
    re.compile(r"\bto be approved by[^.;,]*", re.IGNORECASE),
]


def counterparties(reading: DocumentReading, block: Block, bearer: str) -> list[dict[str, Any]]:
    """Return those whom a duty is towards: who is named after with, to or of, and with them."""
    parties = [one for one in reading.parties_in(block) if one.reference != bearer]
    found: dict[str, PartyFound] = {}
    previous: PartyFound | None = None
    condition = CONDITIONS[0].search(block.text)
    for party in parties:
        if previous is not None and _is_apposition(block.text, previous, party):
            continue
        if condition and condition.start() <= party.start < condition.end():
            continue
        # What belongs to somebody is not yet done towards them.
        if block.text[party.end : party.end + 2] == "'s":
            continue
        before = block.text[: party.start]
        before = re.sub(r"\b(?:the|her|his|its|their|any) $", "", before)
        joined = previous is not None and ALSO.fullmatch(block.text[previous.end : party.start])
        if RECIPIENT.search(before) or joined:
            previous = party
            found.setdefault(party.reference, party)
    if not found and bearer.startswith("post/"):
        council = f"council/{reading.council}"
        own = any(one.reference == council for one in parties)
        members = re.search(r"\bsenior members\b", block.text)
        return [{"value": council}] if own or members else []
    return [{"value": one} for one in found]


def _is_apposition(text: str, first: PartyFound, second: PartyFound) -> bool:
    """Return whether a council only says who the adviser just named is."""
    between = text[first.end : second.start]
    return (
        between == ", "
        and first.reference.startswith("post/")
        and second.reference.startswith("council/")
    )
