"""Find a SERVICE clause in the text of a query, wherever it hides from a tokenizer.

What `<` and `#` mean depends on the grammar: `?a<1#>` compares and then comments. So a tokenizer
can be led to take a clause for a comment or a string. Here nothing is taken for anything: each
place is looked at that could begin a clause, in comments and strings too. What looks like a whole
clause there is refused with the others, which is seldom and harmless.
"""

import re

_PLACE = re.compile(r"[?$]\w++|(?P<word>SERVICE)", re.IGNORECASE)
"""The word, but not within the name of a variable, which no reader of SPARQL can take apart."""

_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
# takes (match): " SILENT <http://x/> # there\n {"
# leaves (match): "s are listed {"
_CLAUSE = re.compile(
    rf"""
    {_GAP} (?:SILENT{_GAP})?
    (?: <[^<>"{{}}|^`\\\x00-\x20]*+(?:>|\Z)
      | [?$][^\s{{}}<>"'\#\\:]*+
      | [^\s{{}}<>"'\#\\:]*+(?: :(?:\\.|[^\s{{}}<>"\#\\])*+ | \Z)
    )
    {_GAP} (?:\{{|\Z)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What follows the word: perhaps SILENT, an address, variable or short name, and a bracket."""
_LOOKED_AT = 600
"""Characters that are looked at; what goes on longer is taken for a clause, so that the time grows
with the length of the text and no faster."""


def asks_elsewhere(query: str) -> bool:
    r"""Return whether a query has, or may have, a SERVICE clause.

    >>> asks_elsewhere("PREFIX : <http://example.org/> ASK { SERVICE:x { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?service a <http://example.org/services#Service> }")
    False
    """
    for place in _PLACE.finditer(query):
        if place["word"]:
            found = _CLAUSE.match(query, place.end(), place.end() + _LOOKED_AT)
            if found and (found.group().endswith("{") or found.end() < len(query)):
                return True
    return False
