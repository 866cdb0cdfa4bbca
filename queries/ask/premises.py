"""What a question takes for granted: who gives to whom, of what time is known, whom "it" means."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from queries.ask.names import Names
from queries.ask.parts import Span
from queries.ask.vocabulary import Way, asking_words, phrases
from queries.ask.words import plain
from queries.catalogue import catalogue, folder

_GIVING, _MINISTER = "to-issue", "minister"
_OWN_REPORT = "section-114"
_DECIDED, _SUPPORTED = "councils_with_support_decided_in", "financial_support_by_year"
_PASSIVE = "been"
_HAVING = frozenset(("has", "have", "had"))
_DOING = frozenset(("did", "does", "do"))
_BEING = frozenset(("was", "were"))
_SOMEBODY = "commissioner", "adviser", "envoy"
_COVERED = "covered"
_GIVEN_AWAY = frozenset(
    plain(
        "issued sent written wrote published made provided imposed served signed granted approved"
        " appointed agreed awarded handed proposed supplied announced ordered"
    )
)
"""What ministers have done, never a council, where the verb comes right after its name."""

_GIVE_AWAY = frozenset(
    plain("send submit supply publish object complain lobby write reply propose")
)
"""What a council that does it does itself."""
_COUNCILS = frozenset(plain("council authority"))
_MINISTERS = frozenset(plain("minister government ministry"))
_ADDRESSING = frozenset(plain("asked sent wrote told invited requested urged lobbied begged gave"))
"""What a council does to a minister, where the verb comes right after it."""
_ADVISING = frozenset(plain("recommended proposed suggested advised"))
"""What those whom ministers sent in do, and no council does to them."""
_NAMES = frozenset(
    ("council", "person", "direction", "reference", "provision", "statute", "office")
)
"""What a value has to be for a pronoun to stand for it."""
_HOLDERS = frozenset(
    plain(
        "council authority borough district county city area place unitary neighbour"
        " anyone everyone anybody everybody whoever who whom whose people person"
        " minister government ministry department visit each source record"
    )
)
"""Words for those that a pronoun can stand for, though they name nobody."""
_BREAKS = frozenset(("and", "that", "but", "then", "if", "when", "yet", "while"))
"""Words after which a pronoun can stand for what was said of acts before them."""
_PRONOUNS = frozenset(("it", "its", "they", "them", "their", "he", "she", "him", "her", "his"))
_SUBJECTS = frozenset(("it", "they"))
_FEWEST_BEFORE = 3
_LEADING_TO_OTHERS = frozenset(
    plain("did do does have has had was were is are can could will would what which who how when")
)
"""Words after which "they" are others than those who were named: when were they sent."""
_THINGS = frozenset(
    plain("hall commissioner post fact value date direction document source intervention")
)
_SEVERAL = frozenset(
    plain(
        "documents directions facts dates reports letters notices visits inspections acts grades"
        " statements values figures claims"
    )
)
"""What "them" stands for where it is named before: which documents are cited without holding them.
"They" can be others: which directions did they get."""
_COURSES = frozenset(("intervention",))
"""What "their council" can belong to: an intervention can outlive its council."""
_WRITERS = frozenset(plain("commissioner adviser inspector envoy"))
_INSPECTING = frozenset(("ofsted", "inspector", "hmi"))
"""Those whom "their" stands for right before them: on which of their visits Ofsted found."""
_QUANTIFIED = frozenset(("each", "every", "any"))
"""Words after which "that council" is the one of each: after each report, until that council."""
_LEARNING = frozenset(("learn", "learnt", "learned", "know", "find"))
"""What all of us do: what did we learn."""
_OF_ONE = frozenset((("the", "county"), ("the", "borough"), ("the", "city"), ("the", "district")))
"""Words for a council that has to be named elsewhere."""
_INSIDE = frozenset(("in", "behind"))
"""Words after which a pronoun stands for a thing that was named before: the claims behind it."""
_POINTING = frozenset(("that", "this", "our", "my", "your"))
_ASKING = frozenset(("are", "am", "were", "was", "have", "did"))
_SELVES = frozenset(("we", "i"))
"""Those who ask, of whom nothing is known: are we under intervention."""
_NOBODY = frozenset(("take", "took", "known", "certain", "possible", "rule", "true", "that"))
"""Words before which "it" stands for nothing: how long does it take."""
_THEN = frozenset(plain("next then led until before became become preceded"))
"""Words between two things of which the one that is named first came first."""
# takes: "which council have"
# takes: "list of council"
# leaves: "by type of council"
# leaves: "how many council"
_NAMES_ASKED = re.compile(
    r"^(?:\S+ ){0,4}?(?:which|(?:name|list)(?: of)?)(?: (?:the|all|those|every))*"
    r" (?:council|authority)\b"
)
_PLACES = frozenset(("council", "authority", "borough", "county", "city", "town", "area", "place"))
_BEING_THERE = frozenset(plain("is are was were be been has have had isn't aren't wasn't weren't"))


def false_premise(way: Way, spans: Sequence[Span], names: Names, today: date) -> str:
    """Return in words what a way of asking cannot take for true of a question, or nothing."""
    return (
        _giver(way, spans)
        or _council_gives(way, spans)
        or _deed(spans)
        or _other_year(way, spans)
        or _untold_names(way, spans)
        or _other_regime(way, spans)
        or _out_of_reach(way, spans, names, today)
        or _turned_round(way, spans)
    )


def says(span: Span, notion: str) -> bool:
    """Return whether a part of a question can mean a notion."""
    return any(one.name == notion for one in span.readings)


def _giver(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that somebody else gives than the ministers of a way of asking, if so.

    "Which directions did ministers send" has them before the verb; a council there is the giver.
    """
    if not {_GIVING, _MINISTER} <= way.needed:
        return ""
    before = ""
    for span in spans:
        if says(span, _GIVING) and before != _MINISTER:
            return f"it does not say that ministers {span.words}"
        if not span.is_filler or says(span, _MINISTER):
            before = _MINISTER if says(span, _MINISTER) else span.words
    return ""


def _council_gives(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that a council is said to give what ministers give, if it is.

    "Which directions has Slough issued" is not "which has it been issued"; reports of its finance
    officer are its own.
    """
    if _OWN_REPORT in way.needed:
        return ""
    for before, council, verb in zip(spans, spans[1:], spans[2:], strict=False):
        is_council = any(one.name == "council" and one.value for one in council.readings)
        is_any_council = not council.plain.isdisjoint(_COUNCILS)
        is_having = before.words.split()[-1].lower() in _HAVING
        is_given = not verb.plain.isdisjoint(_GIVEN_AWAY) and _PASSIVE not in verb.plain
        if _COVERED in way.needed:
            # What was read is read here, and not by the council.
            is_having |= before.words.split()[-1].lower() in _DOING
            is_given = says(verb, _COVERED) and _PASSIVE not in verb.plain
        # What a council knows or looks at is its own, whatever else is asked.
        is_own = verb.is_filler and verb.plain <= asking_words() and bool(verb.plain)
        is_doing = before.words.split()[-1].lower() in _DOING
        is_sending = is_doing and not verb.plain.isdisjoint(_GIVE_AWAY)
        if (is_council or is_any_council) and is_sending:
            return f"it says that {council.words} {verb.words}"
        is_asking = not verb.plain.isdisjoint(_ADDRESSING) and before.words.lower() not in _BEING
        if (is_council or is_any_council) and is_asking and any(map(_is_minister, spans)):
            return f"it says that {council.words} {verb.words}"
        is_advising = is_having and not verb.plain.isdisjoint(_ADVISING)
        if is_any_council and is_advising and _PASSIVE not in verb.plain:
            return f"it says that {council.words} {verb.words}"
        if is_council and ((is_having and is_given) or (is_doing and is_own)):
            return f"it says that {council.words} {verb.words}"
    return ""


def _is_minister(span: Span) -> bool:
    return says(span, _MINISTER) or not span.plain.isdisjoint(_MINISTERS)


def _deed(spans: Sequence[Span]) -> str:
    """Return in words that somebody's doings are asked for, if nothing else is.

    "What did commissioners find in Slough" is not who they were, nor is "what did Slough read".
    """
    words = [word for span in spans[:3] for word in plain(span.words)]
    told = [span for span in spans if not _is_plain(span)]
    if words[:1] != ["what"] or not words[1:] or words[1] not in _HAVING | _DOING | _BEING:
        return ""
    is_somebody = bool(told) and any(says(told[0], who) for who in _SOMEBODY)
    if is_somebody and all(_names_only(span) for span in told[1:]):
        return f"it asks what {told[0].words} did"
    return ""


def _is_plain(span: Span) -> bool:
    return span.is_filler and not any(says(span, who) for who in _SOMEBODY)


def _names_only(span: Span) -> bool:
    return span.time is not None or any(
        one.name == "council" and one.value for one in span.readings
    )


def _other_year(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that a year is not the one that a question of financial support takes.

    Support for a year may have been agreed in another one, and "agreed in" tells of that.
    """
    is_agreed = any(says(span, "agreed") for span in spans)
    is_whatever = any(says(span, "whatever-year") for span in spans)
    for span in spans if is_agreed and not is_whatever else ():
        if span.time is None or span.time.kind != "financial-year":
            continue
        first = span.words.split()[0].lower()
        if way.question == _DECIDED and first == "for":
            return f"{span.words!r} is the year that the support is for"
        if way.question == _SUPPORTED and first in ("in", "during"):
            return f"{span.words!r} is the year of the decision"
    return ""


def _other_regime(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that a regime is named that a question is not about, if one is."""
    about = phrases().regimes.get(way.question)
    for span in spans if about is not None else ():
        named = {one.value for one in span.readings if one.name == "regime" and one.value}
        if named and named.isdisjoint(about or ()):
            return f"it is not about {span.words}"
    return ""


def _untold_names(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that councils are asked for where an answer only counts, if so."""
    query = catalogue()[way.question]
    is_told = any("council" in column for column in query.columns)
    is_told |= any(one.type in ("council", "direction") for one in query.parameters)
    words = " ".join(word for span in spans for word in plain(span.words))
    return "" if is_told or not _NAMES_ASKED.search(words) else "its answer names no council"


def _out_of_reach(way: Way, spans: Sequence[Span], names: Names, today: date) -> str:
    """Return in words why a time is one of which the record can tell nothing, if it is."""
    topics = catalogue()[way.question].topics
    begins = [names.begins[one] for one in topics if one in names.begins]
    for span in spans:
        if span.time is None:
            continue
        first, last = span.time.first, span.time.last
        if first > today or (last > today and last.year > today.year + 1):
            return f"{span.words!r} lies in the future"
        if begins and last < min(begins):
            return f"nothing was read of the time before {min(begins)}"
    return ""


def _turned_round(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that a question has the later of two things before the earlier, if so.

    "Directions followed by a notice" are not "notices followed by a direction", and "from a
    direction to the next report" is not the time that a direction took.
    """
    earlier, later = phrases().in_order.get(way.question, (frozenset(), frozenset()))
    places = [
        next((place for place, span in enumerate(spans) if span.notions & one), None)
        for one in (earlier, later)
    ]
    first, second = places
    if first is None or second is None or first < second:
        return ""
    words = [word for span in spans[second + 1 : first] for word in plain(span.words)]
    is_then = not _THEN.isdisjoint(words) or ("followed", "by") in pairwise(words)
    return f"it has {spans[second].words} before {spans[first].words}" if is_then else ""


def not_told(spans: Sequence[Span], words: Sequence[str]) -> str:
    """Return in words what a question asks for that no question of the catalogue tells, or "".

    In: the parts of a question; its words as they are compared.
    """
    told, of_all = _not_told()
    is_of_one = any(one.name == "council" and one.value for span in spans for one in span.readings)
    text = " ".join(words)
    patterns = dict(told) if is_of_one else {**told, **of_all}
    return next((what for what, pattern in patterns.items() if pattern.search(text)), "")


@cache
def _not_told() -> tuple[Mapping[str, re.Pattern[str]], Mapping[str, re.Pattern[str]]]:
    read = tomllib.loads(folder("ask").joinpath("general.toml").read_text(encoding="utf-8"))
    told, of_all = (
        {what: re.compile(pattern) for what, pattern in read[kind].items()}
        for kind in ("not_told", "not_told_of_all")
    )
    return told, of_all


def unsaid(spans: Sequence[Span], words: Sequence[str]) -> str:
    """Return the words that stand for what is not named, or nothing.

    In: the parts of a question; its words as they are compared.
    """
    names = any(one.name in _NAMES and one.value for span in spans for one in span.readings)
    return "" if names else _pointing(words) or _pronoun(words) or _there(words)


def _pointing(words: Sequence[str]) -> str:
    for place, (one, two) in enumerate(pairwise(words)):
        is_bound = one == "that" and not _QUANTIFIED.isdisjoint(words[:place])
        if (one in _POINTING and two in _PLACES and not is_bound) or (one, two) in _OF_ONE:
            return f"{one} {two}"
        if one in _ASKING and two in _SELVES and _LEARNING.isdisjoint(words[place + 2 : place + 3]):
            return two
    return ""


def _pronoun(words: Sequence[str]) -> str:
    """Return a pronoun that has nothing before it to stand for.

    >>> _pronoun("what direction did it receive".split())
    'it'
    >>> _pronoun("which council had it and when".split())
    ''
    """
    for place, word in enumerate(words):
        before = set(words[:place])
        if words[place - 1] in _INSIDE and before & _THINGS:
            continue
        if word == "their" and before & _COURSES and "council" in words[place + 1 : place + 2]:
            continue
        if word == "their" and before & _WRITERS:
            continue
        if word == "their" and _INSPECTING.intersection(words[place + 1 : place + 3]):
            continue
        if word == "it" and _NOBODY.intersection(words[place + 1 : place + 3]):
            continue
        if word == "them" and before & _SEVERAL:
            continue
        if word in _SUBJECTS and _is_led(words, place):
            continue
        if word in _PRONOUNS and not before & (_HOLDERS | _BREAKS):
            return word
    return ""


def _is_led(words: Sequence[str], place: int) -> bool:
    """Return whether a pronoun stands for what the question itself named before it.

    "Which sums were changed after they were stated" has the sums; "when were they" has nobody.
    """
    is_led = place >= _FEWEST_BEFORE and words[place - 1] not in _LEADING_TO_OTHERS
    return is_led and not _BEING_THERE.isdisjoint(words[place + 1 : place + 2])


def _there(words: Sequence[str]) -> str:
    """Return "there" where it means a place and none is named.

    >>> _there("who was there".split()), _there("how many direction were there".split())
    ('there', '')
    """
    for place, word in enumerate(words):
        beside = {*words[max(place - 2, 0) : place], *words[place + 1 : place + 2]}
        is_who = bool({"who", "whom"} & set(words[max(place - 2, 0) : place]))
        if word == "there" and (is_who or not beside & _BEING_THERE):
            return word
    return ""
