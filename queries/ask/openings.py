"""What leads up to a question and says nothing of what it asks: who asks, and words of asking.

"I sit on Croydon's scrutiny committee and should be grateful to know which ..."
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from queries.ask.names import Names
from queries.ask.parts import Span, take_apart
from queries.ask.vocabulary import opening_words
from queries.ask.words import Word, plain, read_words
from queries.catalogue import CatalogueQuery

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
_FEWEST_WORDS = 3
"""A question of fewer words asks nothing without what stands before it."""
# takes (match): "asked? "
# takes: ". We"
# leaves: "s. 497A"
_END = re.compile(
    r"(?<![\s.](?:s|v))(?<!\bpara)(?<!\bvs)(?<!\bno)(?<!\b[A-Z])[.!?]+[\"\u201d')]*\s+(?=\S)"
)
_WH = r"(?:which|what|who|whom|whose|how|where|when|whether)"
_BEFORE_WH = r"(?:(?:by|to|for|on|in|from|under|at|of|with|since|until)\ )?"
_AUXILIARY = (
    r"(?:is|are|was|were|did|does|do|has|have|had|can|could|may|might|would|will|should|must)"
)
# takes: "Is"
# takes: "under which"
# takes: "Please"
# leaves: "Norfolk"
_ASKS = re.compile(
    rf"(?:{_BEFORE_WH}{_WH}|{_AUXILIARY}"
    r"|please|list|give|show|tell|name|set\ out|provide|find|identify|i\ (?:need|want|seek)"
    r"|(?:i|we)(?:['\u2019]d|\ would|\ should)\ (?:like|welcome|be\ grateful)"
    r"|we\ (?:need|want|seek))\b",
    re.IGNORECASE,
)
# takes: "I want to verify: how"
# takes: "My tutor asks which"
# leaves: "Which councils know who"
_LEAD = re.compile(
    rf"""
    ^(?!(?:{_BEFORE_WH}{_WH}|{_AUXILIARY})\b)
    (?:[^?]{{0,160}}?)
    (?:
        \b(?:know|see|asks?|asked|asking|tell|told|tells|establish|verify|check|find\ out|learn
          |say|wonder|wonders|wondering|explain|show|clarify|confirm|identify|understand|advise
          |state|set\ out)
        (?:\ (?:me|us|you|them))?(?:\ (?:exactly|precisely|simply|please))?[,:]?\ +
    )
    (?={_BEFORE_WH}{_WH}\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# takes (match): "Our allowances panel wants the "
# takes (match): "I am writing a chapter and need the "
# leaves (match): "Which council needs a "
_WANTS = re.compile(
    r"""
    ^(?:i|we|(?:our|my|the|an?)\ [^?.,;:]{1,60}?)\b[^?;:]{0,60}?
    (?:\ |^|['\u2019]d\ |['\u2019]m\ )
    (?:needs?|wants?|requires?|requests?|like|wish(?:es)?|welcome|after|seeks?|ask(?:s|ing)?\ for
      |looking\ for)
    (?:\ to\ (?:know|see|have|get|check|verify|establish|find|learn|identify|name|be\ told
      |ask\ for))?\ +
    """,
    re.VERBOSE | re.IGNORECASE,
)
# takes: "did this happen"
# leaves: "by this day"
_POINTING_BACK = re.compile(
    r"\b(?:these|those(?! (?:who|whom|that|which|of|in|with|under))|such|likewise|latter|so"
    r"|that (?:day|date|month|year|council|direction|office|power|act)"
    r"|this(?! (?:day|date|year|week|month|morning|record)))\b",
    re.IGNORECASE,
)
_PLACE_WORD = r"(?:council|authority|borough|county|city)(?:['\u2019]s)?"
_POINTED_AT = {
    "council": re.compile(
        rf"(?<!are )(?<!is )(?<!were )(?<!was )\b(?:it|its|there|(?:that|this)\ {_PLACE_WORD})\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\b(?:(?:on|at|in|by)\ )?(?:that|the same) (?:day|date|month|year|time)\b", re.IGNORECASE
    ),
    "direction": re.compile(r"\b(?:it|its|(?:that|this)\ (?:direction|order))\b", re.IGNORECASE),
}
"""Words that point to what was named, by the kind of that."""
_TIMES = frozenset(("date", "financialyear"))
_ONE_DIRECTION = (["direction"],)
_JOINING_DIRECTIONS = frozenset(
    plain("of to for on in dated given issued made signed against towards the at addressed from")
)
"""Words between a direction and its council or time."""
_WISHES = re.compile(r"(?:would|should|want|need|wish)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What is asked, and what was said beside it, which asks nothing."""

    question: str
    aside: str = ""

    @property
    def points_back(self) -> bool:
        """Whether the question says less than it means without what was said beside it."""
        return bool(self.aside) and bool(_POINTING_BACK.search(self.question))


def asked_parts(text: str) -> Iterator[Asked]:
    """Yield what a text may ask, the shortest part first, and the whole text last.

    >>> [one.question for one in asked_parts("I teach law. Which councils have commissioners?")]
    ['Which councils have commissioners?', 'I teach law. Which councils have commissioners?']
    >>> [*asked_parts("My tutor asks who was sent to Slough")][0]
    Asked(question='who was sent to Slough', aside='My tutor asks')
    >>> [*asked_parts("Who was sent to Slough?")]
    [Asked(question='Who was sent to Slough?', aside='')]
    """
    sentences = [
        one for one in _END.sub(lambda end: f"{end.group().strip()}\0", text).split("\0") if one
    ]
    asking = [one for one in sentences if _asks(one)]
    found = []
    if len(asking) == 1:
        aside = " ".join(one for one in sentences if one is not asking[0])
        for pattern in (_LEAD, _WANTS):
            lead = pattern.match(asking[0])
            if lead is not None:
                led = f"{aside} {lead.group().strip(' ,:-')}".strip()
                found.append(Asked(asking[0][lead.end() :], led))
        found.append(Asked(asking[0], aside))
    for one in dict.fromkeys(found):
        if one.aside and len(read_words(one.question)) >= _FEWEST_WORDS:
            yield one
    yield Asked(text)


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or any(one.match(sentence) for one in (_ASKS, _LEAD, _WANTS))


def is_bounding(aside: str) -> bool:
    """Return whether what was said beside a question bounds what is asked.

    >>> is_bounding("I teach law."), is_bounding("I look at London alone.")
    (False, True)
    """
    return not opening_words()["bounding"].isdisjoint(plain(aside))


def with_names(part: Asked, names: Names, today: date) -> str:
    """Return a question with the one thing that was named beside it for a word that points to it.

    "Slough is on my list. Which directions has it received?" asks of Slough.
    """
    named: dict[str, set[str]] = {}
    for span in take_apart(part.aside, names, today):
        for kind in _kinds_of(span):
            named.setdefault(kind, set()).add(span.words)
    asked = {kind for span in take_apart(part.question, names, today) for kind in _kinds_of(span)}
    question = part.question
    for kind, words in named.items():
        if len(words) == 1 and kind not in asked:
            (name,) = words
            put = partial(_in_place_of, name=name)
            question = _POINTED_AT[kind].sub(put, question, count=1)
    return question


def _kinds_of(span: Span) -> set[str]:
    """Return which kinds of what can be pointed at a part of a question names."""
    if span.time is not None:
        return {"time"} if span.time.kind in ("day", "period") else set()
    return {one.name for one in span.readings if one.value} & _POINTED_AT.keys()


def _in_place_of(word: re.Match[str], name: str) -> str:
    if word.group().lower() == "there":
        return f"at {name}"
    is_owner = word.group().lower() == "its" or word.group().endswith(("'s", "\u2019s"))
    return f"{name}'s" if is_owner else name


def could_say(
    part: Asked, query: CatalogueQuery, given: Mapping[str, str], names: Names, today: date
) -> bool:
    """Return whether what was said beside a question names what the question could have taken.

    "I live in Norfolk. Who has commissioners?" may ask of Norfolk, or not.
    """
    is_now = str(today) in given.values()
    empty = {one.type for one in query.parameters if one.name not in given}
    for span in take_apart(part.aside, names, today):
        is_time = span.time is not None and span.time.kind != "now"
        if is_time and (is_now or not empty.isdisjoint(_TIMES)):
            return True
        if any(one.value and one.name in empty for one in span.readings) or span.offered:
            return True
    return False


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


def with_direction(spans: Sequence[Span], names: Names) -> str:
    """Return a question with the identifier of the one direction that is told otherwise, or "".

    "The direction of 10 May 2018 to Northamptonshire" is the one of that council and time; without
    a time it is the only one that the council has received.
    """
    for place, span in enumerate(spans):
        if span.words.lower().split()[-1:] not in _ONE_DIRECTION or span.offered:
            continue
        beside = [*_told_beside(spans, place)]
        councils = {
            one.value
            for other in (beside if any(map(_council_of, beside)) else spans)
            for one in other.readings
            if one.name == "council" and one.value
        }
        times = [other.time for other in beside if other.time is not None]
        if len(councils) != 1 or len(times) > 1:
            continue
        first, last = (times[0].first, times[0].last) if times else (date.min, date.max)
        found = names.directions_of(councils.pop(), first, last)
        if len(found) == 1:
            kept = [one for one in spans if one not in beside or one is span]
            return " ".join(f"{one.words} {found[0]}" if one is span else one.words for one in kept)
    return ""


def _council_of(span: Span) -> bool:
    return any(one.name == "council" and one.value for one in span.readings)


def _told_beside(spans: Sequence[Span], place: int) -> Iterator[Span]:
    """Yield the council and the time that stand beside a direction, with words that join them."""
    for side in (spans[:place][::-1], spans[place + 1 :]):
        joining: list[Span] = []
        for one in side:
            is_time = one.time is not None and one.time.kind in ("day", "period")
            if is_time or _council_of(one):
                yield from (*joining, one)
                joining = []
            elif one.plain and one.plain <= _JOINING_DIRECTIONS:
                joining.append(one)
            else:
                break
