"""Who asks, where a question begins with it: "I sit on Croydon's scrutiny committee and ..."."""

import re

_ROLE = (
    r"(?:sit\ on|serve\ on|chair|work\ (?:for|at|in|on|with)|live\ in|come\ from|write\ for"
    r"|report\ (?:on|for)|represent|study|teach|advise|belong\ to|run"
    r"|(?:am|are)\ (?:an?|the|one|on|in|at|with|from)\b)"
)
_WHO = (
    r"(?:student|journalist|reporter|councillor|resident|researcher|officer|teacher|parent|worker|lawyer|solicitor"
    r"|member|clerk|charity|citizen|taxpayer|voter|carer|academic|analyst|director|manager|chair|governor|trustee"
    r"|adviser|auditor|candidate|mp|peer|historian|blogger|economist|consultant|beginner|newcomer|layman)"
)
# takes: "I sit on Croydon's scrutiny committee and would like the grades"
# takes: "As a councillor in Norfolk, what"
# leaves: "I would like the grades, and"
# leaves: "As a rule, how long"
_ASKER = re.compile(
    rf"""
    ^\s*(?:(?:dear\ [\w\ ]{{1,30}}|hello|hi|good\ \w+),?\ )?
    (?:
        (?:(?:I|we)\ {_ROLE}|(?:I'm|I\u2019m|we're|we\u2019re)\ an?)
      | (?:speaking\ |writing\ )?as\ (?:an?|the)\ (?=(?:\w+\ ){{0,3}}{_WHO}\b)
    )\ ?
    (?P<about>[^,;:.?!]{{1,80}}?)
    (?:[,;:.]\ (?:and\ )?|\ and\ (?=(?:I|we|would|should|want|need|wish)\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# takes: "Kingston upon Hull"
# leaves: "committee"
_PLACE = re.compile(
    r"[A-Z][^\W\d_]+(?:[ -](?:(?:of|and|upon|on|with|the)[ -])*[A-Z][^\W\d_]+)*"
    r"(?:\ (?:[Cc]ity|[Cc]ounty|[Bb]orough)?\ ?[Cc]ouncil)?"
)
# takes: "sent to us"
# takes: "our grades"
# leaves: "tell us"
_SELF = re.compile(
    r"(?<!tell )(?<!give )(?<!show )(?<!send )(?<!help )(?<!let )(?<!for )\b(us|our|we)\b"
    r"(?:(?<=our)\ (?:own\ )?(?:council|authority|borough|county|city)\b(?P<of>['\u2019]s)?)?",
    re.IGNORECASE,
)
_WISHES = re.compile(r"(?:would|should|want|need|wish)\b", re.IGNORECASE)


def without_asker(text: str) -> str:
    """Return a question without who asks it; the place that asks stands in place of "us".

    >>> without_asker("I work for Norfolk County Council; which directions have we received?")
    'which directions have Norfolk County Council received?'
    >>> without_asker("As a student, which councils have commissioners?")
    'which councils have commissioners?'
    >>> without_asker("I live in Norfolk. Who has commissioners?")
    'I live in Norfolk. Who has commissioners?'
    """
    match = _ASKER.match(text)
    if match is None or match.end() == len(text):
        return text
    rest, place = text[match.end() :], _PLACE.search(match["about"])
    if place is not None:
        if not _SELF.search(rest):
            # Whether the place is asked about or only lived in, nobody can tell.
            return text
        rest = _SELF.sub(lambda self: _named(self, place.group()), rest)
    return f"I {rest}" if _WISHES.match(rest) else rest


def _named(self: re.Match[str], place: str) -> str:
    is_owner = self.group().lower() == "our" or self["of"]
    return f"{place}'s" if is_owner else place
