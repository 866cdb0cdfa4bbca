"""What leads up to a question and says nothing of what it asks: who asks, and words of asking.

"I sit on Croydon's scrutiny committee and should be grateful to know which ..."
"""

import re
from collections.abc import Sequence

from queries.ask.vocabulary import opening_words
from queries.ask.words import Word, read_words

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
      | (?:(?:an?|the)\ )?(?:\w+\ )?{_WHO}\ here\b
      | (?:speaking\ |writing\ )?as\ (?:an?|the)\ (?=(?:\w+\ ){{0,3}}{_WHO}\b)
    )\ ?
    (?P<about>[^,;:.?!]{{0,80}}?)
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
# takes: "a reporter on the Express"
# takes: "write for the Liverpool Echo"
# leaves: "live in the Wirral"
_PAPER = re.compile(
    r"(?:write|report|journalist|correspondent|edit)\w*\ (?:on|for|at|with|of)\ the\ [A-Z]"
)
# takes: "For the Commons library: "
# takes: "For my dissertation, "
# leaves: "For the Isle of Wight: "
_PURPOSE = re.compile(
    r"^\s*(?:for|re|regarding)\ (?:the|my|our|an?)\ (?:[\w'\u2019]+\ ){0,3}"
    r"(?:library|committee|briefing|debate|essay|dissertation|meeting|article|piece|story|paper|thesis"
    r"|programme|team|file|newsroom|seminar|coursework|board|panel|minister|editor)\s*[:,]\s*",
    re.IGNORECASE,
)
_WISHES = re.compile(r"(?:would|should|want|need|wish)\b", re.IGNORECASE)


def without_opening(text: str) -> str:
    """Return a question without the words that lead up to it, which say nothing of what it asks.

    >>> without_opening("I should be grateful to know which directions Norfolk has received")
    'which directions Norfolk has received'
    >>> without_opening("To ask the Secretary of State how many directions were made")
    'how many directions were made'
    >>> without_opening("Dear team, I would like every direction in force")
    'every direction in force'
    >>> without_opening("Should the department list councils in trouble")
    'Should the department list councils in trouble'
    """
    words = read_words(text)
    place = _after_opening(words)
    return text[words[place].start :] if 0 < place < len(words) else text


def _after_opening(words: Sequence[Word]) -> int:
    """Return the place of the first word of the question itself."""
    known = opening_words()
    asks = known["asking"] | known["asking-before-a-question"]
    led = known["leading"] | asks | known["own-asking"]
    if not words or words[0].plain in known["never-first"]:
        return 0
    after, selves = 0, known["selves"]
    for place, word in enumerate(words):
        if word.plain not in led:
            break
        following = words[place + 1].plain if place + 1 < len(words) else ""
        begins = following in known["beginning"]
        is_own = word.plain in known["own-asking"] and selves & {one.plain for one in words[:place]}
        if is_own and begins:
            after = place + 1
        if word.plain in asks and (begins or word.plain in known["asking"]):
            after = place + 1
    while 0 < after < len(words) and words[after].plain in known["trailing"]:
        after += 1
    return after


def without_asker(text: str) -> str:
    """Return a question without who asks it; the place that asks stands in place of "us".

    >>> without_asker("I work for Norfolk County Council; which directions have we received?")
    'which directions have Norfolk County Council received?'
    >>> without_asker("As a student, which councils have commissioners?")
    'which councils have commissioners?'
    >>> without_asker("I'm a reporter on the Bradford Star: which councils have commissioners?")
    'which councils have commissioners?'
    >>> without_asker("I live in Norfolk. Who has commissioners?")
    'I live in Norfolk. Who has commissioners?'
    """
    text = _PURPOSE.sub("", text)
    match = _ASKER.match(text)
    if match is None or match.end() == len(text):
        return text
    rest = text[match.end() :]
    place = None if _PAPER.search(match.group()) else _PLACE.search(match["about"])
    if place is not None:
        if not _SELF.search(rest):
            # Whether the place is asked about or only lived in, nobody can tell.
            return text
        rest = _SELF.sub(lambda self: _named(self, place.group()), rest)
    return f"I {rest}" if _WISHES.match(rest) else rest


def _named(self: re.Match[str], place: str) -> str:
    is_owner = self.group().lower() == "our" or self["of"]
    return f"{place}'s" if is_owner else place
