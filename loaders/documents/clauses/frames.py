"""Tell what a sentence does: bind somebody, move functions, open a list, or act by itself."""

import re
from dataclasses import dataclass
from itertools import islice

from loaders.documents.clauses.rules import Rule, rule_file

BINDS, MOVES, OPENS, ACTS, ASKS_NOTHING = "binds", "moves", "opens", "acts", "considered"
GOES_ON, UNOWNED, ASKS, DOES, MIGHT_MOVE = "goes-on", "unowned", "asks", "does", "might-move"
"""What a sentence does: one that goes on takes its bearer from those before it, one that is unowned
names nobody, one that asks binds in a notice only, one that tells what somebody does binds below
words that direct; of functions that might move nothing is sure.
"""

COUNCIL, COMMISSIONER, BEFORE = "council", "commissioner", "before"
OFFICE, OTHER = "office", "other"
"""Bearers: a minister or department, and whoever else is named, such as a board or a trust."""

# takes (fullmatch): "take the following steps:"
# leaves (fullmatch): "take the bus:"
_FOLLOWING = re.compile(
    r"[\s,:-]*(?:(?:take|do|comply with|carry out|complete|undertake|meet|perform|deliver|secure"
    r"|achieve) )?"
    r"(?:(?:each|all) of )?(?:the |these )?(?:as follows|following)?"
    r"(?: (?:actions?|steps|things|requirements?|measures|tasks|matters))?"
    r"(?:,? (?:which are )?(?:set out )?below)?[\s:.-]*"
)
# takes: "carry out the actions in Annex A"
# takes: "take each of the steps set out in the Schedule"
# leaves: "report on the actions in Annex A"
_SENDS_TO = re.compile(
    r"\b(?:take|takes|carry(?:ing)? out|do|comply with|perform|undertake|implement|complete|fulfil"
    r"|meet|deliver|exercised?|(?:secure|ensure|achieve|attain|reach)(?: that)?)\b"
    r" (?:each of |all of |all |every )?(?:the |those |these )?"
    r"(?:\w+ )??(?:actions?|steps|things|requirements?|measures|tasks?|duties|functions"
    r"|directions?|obligations|milestones|standards|targets|outcomes)\b[^.;]*?"
    r"\b(?P<part>annex(?:e)?|schedule|table|appendix|part)\b"
    r"(?:\s*(?P<mark>[A-Z]|\d{1,2})\b)?",
    re.IGNORECASE,
)
# takes: "functions in Annex B"
# leaves: "partly"
_NAMES_PART = re.compile(
    r"\b(?P<part>annex(?:e)?|schedule|table|appendix|part)\b(?:\s*(?P<mark>(?-i:[A-Z])|\d{1,2})\b)?",
    re.IGNORECASE,
)
# takes (match): "SCHEDULE 2"
# leaves (match): "In the Schedule"
_HEADS_PART = re.compile(
    r"\W*(?P<part>annex(?:e)?|schedule|table|appendix|part)\b(?:\s*(?P<mark>[A-Z]|\d{1,2})\b)?",
    re.IGNORECASE,
)

_BINDING_SIGN = {"\ue100": "council", "\ue102": "commissioner", "\ue103": "adviser"}
_NAMES_BEARER = "bearer", "of", "who", "other"
"""Groups of a rule that hold the words for who is bound."""


@dataclass(frozen=True)
class Clause:
    """What a sentence does, and of whom.

    In: `bearer` is the kind of who is bound, and `named` where the words for it stand; `does` is
    where what is to be done begins, and `end` where its sentence ends; `rule` names the rule, its
    file and version; `is_certain` is false where the rule only makes it likely.
    """

    frame: str
    bearer: str
    rule: str
    start: int
    does: int
    end: int
    named: tuple[int, int] = (0, 0)
    is_certain: bool = True


def clause_in(marked: str, start: int, end: int, file: str = "frames") -> Clause | None:
    """Return the first clause of a sentence of marked words, if a rule takes it."""
    found = rule_file(file)
    matches = [
        (match.start() - len(match[0]) + len(match[0].lstrip()), order, rule, match)
        for order, rule in enumerate(found.rules)
        for match in _first(rule, marked[start:end])
    ]
    if not matches:
        return None
    _, _, rule, match = min(matches, key=lambda each: each[:2])
    bearer, (first, last) = _bearer(rule, match)
    return Clause(
        rule.frame, bearer, found.cited(rule), start + match.start(), start + match.end(), end,
        (start + first, start + last), rule.is_certain,
    )  # fmt: skip


def _first(rule: Rule, sentence: str) -> list[re.Match[str]]:
    return list(islice(rule.matches(sentence), 1))


def _bearer(rule: Rule, match: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """Return the kind of who is bound, by the words or else by the rule, and where it is named."""
    words = match.groupdict()
    group = next((group for group in _NAMES_BEARER if words.get(group)), None)
    if group is None:
        return rule.bearer, match.span()
    return _BINDING_SIGN.get(words[group][0], rule.bearer), match.span(group)


def only_opens(marked: str, clause: Clause) -> bool:
    """Return whether a clause asks nothing itself: what is to be done is all in the list after."""
    does = marked[clause.does : clause.end].casefold()
    # What is done by somebody, and ends with who that is, stands before it.
    whole = does.strip() == "." and clause.named[1] == clause.does
    return clause.frame == OPENS or bool(_FOLLOWING.fullmatch(does) and not whole)


def part_sent_to(text: str, clause: Clause) -> str | None:
    """Return the part of the document that says what is to be done, such as annex-a, if any."""
    moves = clause.frame in {MOVES, MIGHT_MOVE}
    pattern = _NAMES_PART if moves else _SENDS_TO
    match = pattern.search(text, clause.start if moves else clause.does - 1)
    return _part(match) if match else None


def part_headed(text: str) -> str | None:
    """Return which part of the document a heading begins, such as table-1, if any."""
    match = _HEADS_PART.match(text)
    return _part(match) if match else None


def _part(match: re.Match[str]) -> str:
    """Return the name of a part; a table is one by itself, all others are annexes.

    >>> _part(_HEADS_PART.match("SCHEDULE 2")), _part(_HEADS_PART.match("Table 1: actions"))
    ('annex-2', 'table-1')
    """
    kind = match["part"].casefold()
    kind = kind if kind in {"table", "part"} else "annex"
    mark = (match["mark"] or "").casefold()
    return f"{kind}-{mark}" if mark else kind
