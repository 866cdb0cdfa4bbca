"""The words in which reports look back on inspections, their grades and their findings."""

from __future__ import annotations

import re

INSPECTED = re.compile(
    r"\b(?:was|were|been)(?: (?:also|previously|last|then|first|again|jointly))* "
    r"(?P<verb>inspected|rated|judged|graded)\b(?P<by> by Ofsted)?",
    re.IGNORECASE,
)
NO_EVENT = re.compile(
    r"\b(?:expect\w*|would|could|should|will|might|if|unless|hope[sd]?|aims?|ambition|road to"
    r"|designed to|leading to|minimum|target|over a number of years|journey to|towards)\b",
    re.IGNORECASE,
)
"""Words by which a grade is hoped for, feared or aimed at, and not given."""

COMPARED = re.compile(
    r"(?:\d{4} (?:judgements?|inspections?|ratings?)(?: of)?|not|above|below|than)\W*$",
    re.IGNORECASE,
)
"""Words before a grade that only compare with another one."""

SINGLE = re.compile(r"\bSIF\b|single (?:inspection|assessment)", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:earlier|previous|prior) (?:inspections?|judgements?)", re.IGNORECASE)
NAMELY = re.compile(
    r"[^.;]{0,40}?\b(?:namely|including|in respect of|in relation to|for)\b", re.IGNORECASE
)
COUNTED = re.compile(
    r"\b(?P<number>one|two|three|four|[1-4]) (?:other |further |remaining )?"
    r"(?:areas?|judgements?)\b[^.;,]{0,40}?\b(?:rated|judged|graded|found)\b",
    re.IGNORECASE,
)
NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4"}
CRITICISED = re.compile(
    r"\b(?:criticisms?|weaknesses|failings|concerns|shortcomings)\b[^.;,]{0,60}?\bby Ofsted\b",
    re.IGNORECASE,
)
LACKING = re.compile(
    r"\b(?:the (?:lack|absence) of|poor|weak|insufficient|delays? in) [^,.;]+?"
    r"(?=, | and (?:the (?:lack|absence)|poor|weak|insufficient|delays? in)\b|[.;]|$)",
    re.IGNORECASE,
)
