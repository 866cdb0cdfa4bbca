"""The words by which documents tell of directions, and a direction that is told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loaders.documents.find.dates import DateFound
from loaders.documents.find.provisions import ProvisionFound
from loaders.documents.layout.blocks import Block

DIRECTION = re.compile(
    r"(?:(?:a|the|an|earlier|previous|first|second|revised|further|statutory|original) )*"
    r"\bdirections?\b(?! under section [^.]{0,60}is)",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"(?:issu(?:e|ed|ing)|g[ai]ven?|made?|making)\s[^.;]{0,40}?(?P<direction>(?:an? |the )?"
    r"(?:statutory |further |revised |new )?directions?)\b"
    r"|secretary of state\b[^.;]{0,70}? (?:has |had )?(?P<verb>directed)\b(?! (?:as|that)\b)"
    r"|(?P<definite>(?:(?:the|an?|his|her|its|their|those) (?:[\w,]+ ){0,3}?)?"
    r"(?:(?:earlier|previous) )?(?<!this )(?<!these )directions?,? (?:which |that )?"
    r"(?:(?:was|were|ha\w+ been) )?(?:issued|given|made|dated|signed|of))\b",
    re.IGNORECASE,
)
REQUIRING = re.compile(
    r",? ?(?P<what>requiring the (?:council|authority)\b[^.;]*?)(?=, including|[.;]|$)",
    re.IGNORECASE,
)
LED = re.compile(r"failure[^.;]*? led the secretary of state to issue", re.IGNORECASE)
IDENTIFIED = re.compile(
    r"(?:weaknesses |failings |concerns )?identified by Ofsted in (?P<year>\d{4})", re.IGNORECASE
)
FARTHEST = 90
"""Characters between a direction told of and its date, besides the provisions cited there."""

JOINED_DATE = re.compile(
    r"\s*(?:,\s*)?(?:(?:and|or)\s+)?(?:(?:the|a)\s+)?(?:(?:further|second|other)\s+)?"
    r"(?:(?:ones?|directions?)\s+)?(?:(?:issued|given|made)\s+)?(?:(?:of|dated|on)\s+)?",
    re.IGNORECASE,
)
ANOTHER_ACT = re.compile(r"[,;] (?:and|but) (?:again |then )?on $", re.IGNORECASE)
"""Words after which a day is that of something else, as in: and on … those were varied."""

SAME_DAY = re.compile(r"\s*(?:(?:of|dated|on) )?(?:the|that) same (?:date|day)", re.IGNORECASE)
MEANS = re.compile(r"[\"'](?P<term>[^\"']{3,60}\bdirections?)[\"']\s+means?\b", re.IGNORECASE)
WITH_EFFECT = re.compile(r"\bwith effect (?:from|on) (?:and including )?$", re.IGNORECASE)
PROMPT = re.compile(
    r"(?:these|the|this) directions? (?:followed|was made following|were made following)"
    r"|following (?:these|those|the) (?P<year>\d{4})? ?reports?",
    re.IGNORECASE,
)


@dataclass
class DirectionMention:
    """A direction that a document tells of, as its entry in a record grows."""

    entry: dict[str, Any]
    date: DateFound | None
    block: Block

    @property
    def id(self) -> str:
        """The identifier."""
        return str(self.entry["id"])


def dates_apart(block: Block) -> list[DateFound]:
    """Return the dates of a block; two whole days joined by and are two, not the time between."""
    found: list[DateFound] = []
    for date in block.dates:
        text = block.text[date.start : date.end]
        two = re.fullmatch(r"(?P<first>.*\d{4}) and (?P<last>.*\d{4})", text)
        if two is None or not date.edtf or "/" not in date.edtf:
            found.append(date)
            continue
        first, last = date.edtf.split("/")
        found.append(DateFound(date.start, date.start + two.end("first"), first))
        found.append(DateFound(date.start + two.start("last"), date.end, last))
    return found


def plain_gap(block: Block, provisions: Sequence[ProvisionFound], start: int, end: int) -> str:
    """Return the words between two places without provisions and what stands in brackets."""
    kept, place = "", start
    for provision in provisions:
        if start <= provision.start < end:
            kept, place = kept + block.text[place : provision.start], provision.end
    return re.sub(r"\([^()]*\)", "", kept + block.text[place:end])
