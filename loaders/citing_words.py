"""The words by which documents cite reports and letters, around a date."""

from __future__ import annotations

import re

from loaders.blocks import Block
from loaders.dates_in_text import DateFound

NOUN = r"(?P<noun>(?:inspection |best value )*(?:reports?|letters?|review))"
BEFORE_DATE = re.compile(
    r"(?:(?:an? |the )(?P<by>(?-i:Ofsted)) )?"
    r"(?:(?P<owner>(?:the )?(?-i:[A-Z])[a-z]+(?: (?-i:[A-Z])[a-z]+(?:'s)?)*)'s? )?(?P<the>the "
    r"|its |an? )?(?P<form>inspection )?"
    rf"{NOUN},? ?(?:\([^()]*\),? )?"
    r"(?:(?:on|into|of|about|to|from) "
    r"(?![^.;]*\b(?:dated|published)\b[^.;]*\b(?:dated|published)\b)"
    r"(?P<about>[^.;]{3,90}?)(?:\([^()]*\))?,? "
    r"(?=(?:and |was |which was )*(?:dated|published|issued)))?"
    r"(?:(?:and )?(?:(?:which )?was )?(?:of|dated|from|in|published(?: on| in)?|issued on|on)) $",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?P<by>(?-i:Ofsted)|(?-i:Ofsted) and [^.;]{3,40}) (?:has |had |then )?(?:published|issued) "
    r"(?:an?|its|the) (?P<noun>(?:inspection )?(?:report|letter))\b[^.;]{0,90}? on $",
    re.IGNORECASE,
)
ON_DAY = re.compile(
    r",? (?P<by>(?-i:Ofsted)(?: and [^.;]{3,40}?)?|it) (?:has |had )?(?:published|issued) "
    r"(?:an?|its|the) (?P<noun>(?:inspection )?(?:report|letter))\b",
    re.IGNORECASE,
)
"""Where the date comes before the words, as in: On 1 May 2020 Ofsted published a report."""

OFSTED_DID = re.compile(
    r"\bOfsted(?:'s|'s? last|'s? latest)?(?: and [^.;]{3,40}?)? (?:re-?)?inspect"
    r"|\binspected by Ofsted\b",
    re.IGNORECASE,
)
TOLD_BY = re.compile(
    r"(?P<by>(?-i:Ofsted)|(?:the |an? |its |his |her )?(?:\w+'s )?(?:[\w' ]+ )?(?:commissioners?"
    r"|advis[eo]rs?|inspectors?|panel|auditors?|section 151 officer|chief finance officer)\b"
    r"|(?-i:[A-Z])\w+(?:[ -](?-i:[A-Z])[\w'-]+)+(?: [CODM]BE)?)(?:,[^,.;]{3,70},)? "
    r"(?:(?:has|had|then|also) )*(?P<reported>reported"
    r"(?: (?:again|back|to [\w ]{3,40}?|in \w+))?(?: under section 114(?:\(\d\))? of[^.;]{0,50}?)?)"
    r" on $|\b(?P<noun>report)\b(?: of it| of that inspection"
    r"| thereof| of the visit|,[^.;]{3,90},)? "
    r"(?:was|which was|being) (?:published|delivered|received)(?: by him| by her)?(?: on| in) $"
    r"|\binspection\b[^.;]{0,80}(?:was|were) (?P<told>reported) on $"
    r"|\bsent (?:an? |the )?(?P<sent>letter)\b[^.;]{0,90}? on $"
    r"|\breport(?:s)? (?:that|which) (?P<owner>(?-i:Ofsted)) published on $"
    r"|\breport by (?P<author>(?-i:Ofsted)),? (?:which was )?published on $"
    r"|\b(?P<written>letter) (?:of|from) [^.;]{3,60}, of $"
    r"|\bmade (?:a |the )?(?P<made>report) under section 114[^.;]{0,70}? (?:on|in) $"
    r"|\bissued (?:a |the )?(?P<issued>report) under section 114[^.;]{0,70}? (?:on|in) $",
    re.IGNORECASE,
)
"""How a text tells that somebody reported or wrote on a day, without calling it a report."""

SEND_INSPECTED = re.compile(
    r"\b(?:Ofsted\b[^.;]*\binspection|(?:SEND|area|joint) (?:\w+ )?inspection)\b", re.IGNORECASE
)
"""An inspection whose report the next sentence tells of."""

DAY_FIRST = re.compile(
    r",? (?P<by>[\w'& ]{3,70}?) (?:issued|made) (?:a |the )?(?P<noun>report) under section 114\b",
    re.IGNORECASE,
)
TO_COME = re.compile(
    r"(?:\b(?:to|shall|must|will)|^) ?(?:\w+ ){0,2}?(?:produce|prepare|provide|submit|publish|write"
    r"|send"
    r"|deliver|make)\b[^.;]*$",
    re.IGNORECASE,
)
"""Words of a duty: the report is still to be written."""


def words_around(block: Block, date: DateFound) -> re.Match[str] | None:
    """Return the words before or after a date that make it that of a document."""
    before = block.text[: date.start]
    match = BEFORE_DATE.search(before) or PUBLISHED.search(before)
    if match is None:
        match = TOLD_BY.search(before)
    if match is None and re.search(r"(?:^|[\s(])(?:on|in) $", before, re.IGNORECASE):
        match = ON_DAY.match(block.text, date.end) or DAY_FIRST.match(block.text, date.end)
    if match is None or TO_COME.search(before[block.sentence_at(date.start)[0] :]):
        return None
    return match


def noun_of(match: re.Match[str]) -> str:
    """Return what a document is called; of the words of telling, those of a letter make one."""
    groups = match.groupdict()
    if groups.get("noun"):
        return match["noun"].casefold().split()[-1].rstrip("s")
    return "letter" if groups.get("written") or groups.get("sent") else "report"
