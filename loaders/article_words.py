"""The words by which an article tells of a direction: who gave it, to whom, what and until when."""

from __future__ import annotations

import re

from loaders.month_names import MONTH

DIRECTION = re.compile(
    r"\b(?:the|a|new) (?:(?:new|statutory|formal|legal|legally[- ]binding|government) )*"
    r"direction\b",
    re.IGNORECASE,
)
TO_COUNCIL = re.compile(
    r"\b(?:(?:instructions?|orders?|directions?) to (?:the )?$|(?:orders?|ordered|directs?|directed"
    r"|requires?|tells?|told) (?:the )?$)",
    re.IGNORECASE,
)
ISSUERS = (
    r"Department for Education|DfE|education secretary|secretary of state(?: for education)?"
    r"|government"
)
ISSUED_BY = re.compile(
    rf"\b(?:issued|made|given|signed) by (?:the )?(?P<who>{ISSUERS})\b|\bthe (?P<acting>{ISSUERS})"
    rf" (?:has |have )?(?:issued|made|gave|given|signed) (?={DIRECTION.pattern})",
    re.IGNORECASE,
)
FOLLOWS = re.compile(
    r"\b(?:it|this|the (?:statutory )?direction(?:, which [^,]{3,60},)?|the move)"
    r" (?:follows|comes after|came after"
    r"|was (?:issued|made) (?:after|following))\b",
    re.IGNORECASE,
)
ORDERS = re.compile(
    r"\b(?:orders?|ordered|requires?|instructs?|directs?|tells?|told|obliges?)\s+(?:the )?"
    r"(?:county |city |borough )?(?:council|authority) (?=to\b)",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?:steps?|tasks?|duties|things|aims|roles?|objectives)\b[^.]*:\s*$", re.IGNORECASE
)
SAID = re.compile(
    r"\bthe (?:statutory )?direction (?:said|says|states|stated|reads|added)\b:?", re.IGNORECASE
)
DAY_OF_MONTH = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})"
REPORT_DUE = re.compile(
    rf"\breport\b[^.;]{{0,60}}?(?P<due>\bby (?:the end of )?{DAY_OF_MONTH})(?!,? (?:19|20)\d\d)",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?: (?:to|for|against|on) (?:(?!report\b|letter\b|after\b|follow|inspect)[^,.;]){3,80}?)?"
    r",?(?: (?:which|that))?(?: (?:was|is|has been|had been))?(?: formally)? "
    r"(?:signed|issued|made|given)\b",
    re.IGNORECASE,
)
"""What may stand between the direction and the day of it: to whom it is, and no other act."""
