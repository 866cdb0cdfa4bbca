"""The words by which the items of a direction are duties, functions, or neither."""

from __future__ import annotations

import re

NOT_A_DUTY = re.compile(
    r"\b(?:revok\w+|remains? in force|comes? into force|takes? effect|now,? therefore|expires?"
    r"|ceases? to have effect|directs the|directs as|directs that|directs:)",
    re.IGNORECASE,
)
ACTS_ITSELF = re.compile(
    r"\b(?:revok\w+|in(?:to)? force|expires?|takes? effect|may be cited|(?:is|are) (?:amended"
    r"|varied|replaced|withdrawn)|substituted?|ceases? to have effect)\b"
    r"|\b(?:was|were|has|have) considered\b|^(?:the|an?|on|ofsted)\b(?:(?!\bto [a-z]|:)[^.;])*"
    r"\b(?:was|were) (?:published|reported|judged)\b|^the (?:trust|company) (?:shall|must)\b"
    r"|\bin (?:this|these) directions?,? (?:the following|[\"'])|\bmay (?:amend|vary|revoke)\b",
    re.IGNORECASE,
)
"""What a direction does by being made: it asks nothing of the council."""

EXERCISED_BY = re.compile(
    r"(?:under [^;]{0,90}?, )?(?:that )?(?:the |all |any |those )*"
    r"(?:(?!secure|ensure|to\b)\w+ ){0,3}functions?\b[^.;]*?\b(?:be|is|are) "
    r"(?:to be )?(?:exercised|performed|exercisable)\b",
    re.IGNORECASE,
)
A_DUTY = re.compile(
    r"^(?:(?:that )?the (?:council|authority|local authority) "
    r"(?:shall|must|is to|is required to|will)|to \w"
    r"|shall\b|must\b)",
    re.IGNORECASE,
)
TABLE_HEAD = re.compile(
    r"(?:(?:ref(?:erence)?|no|number|steps?|actions?|requirements?|tasks?|by when|date|deadline|due"
    r"|by|timescale|owner|lead)\b[ .:|]*){2,}",
    re.IGNORECASE,
)
"""The heads of the columns of a table of duties."""

A_FUNCTION = re.compile(r"(?:all |any |the |those )*functions?\b", re.IGNORECASE)

TASKS_OF = re.compile(
    r"commissioner[\w ']{0,60}\b(?:shall|will|should|is expected|must|is to|has been)|terms of "
    r"reference",
    re.IGNORECASE,
)
INCLUDING = re.compile(
    r",? (?:this will include|including(?: by| through)?|such as|as follows|namely|by):?$|:$",
    re.IGNORECASE,
)
FUNCTIONS_OF = re.compile(
    r"functions [\w ]{0,60}exercised by|exercise the following functions"
    r"|^\W*(?:annex|schedule|appendix)?\W*(?:[A-Z]\b|\d{1,2}\b)?\W*(?:the |specified )*functions\b",
    re.IGNORECASE,
)
