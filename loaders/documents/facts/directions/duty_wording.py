"""Tell what a duty is to do, and word it: actions, standard clauses, summary, conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from loaders.documents.layout.blocks import Block

_PAPERS = (
    r"(?:improvement|action|delivery|implementation|recovery|long[- ]term|high[- ]level|written)"
)


@dataclass(frozen=True)
class ActionFound:
    """An action in a text, and the range of the words for it."""

    action: str
    start: int
    end: int


_RULES: list[tuple[str, str]] = [
    ("advise", r"^(?:to )?support and review\b"),
    ("monitor", r"^(?:to )?(?:support and )?review the (?:improvement|progress)\b"),
    (
        "lead-review",
        r"^(?:to )?assess the \w+(?:'s)? (?:leadership|management|capacity|capability)\b",
    ),
    (
        "comply-with-instructions",
        r"\b(?:comply|complies|complying) with any\b[^.;]*?\binstructions?\b",
    ),
    (
        "comply-with-instructions",
        r"\b(?:follow|comply with|act on)\b[^.;]*?\b(?:instructions?|directions?)\b",
    ),
    ("co-operate", r"\bco-?\s?operat(?:e|es|ing|ion)\b"),
    (
        "co-operate",
        r"^(?:to )?work(?:s|ing)? (?:in partnership |closely |together |collaboratively )*with\b",
    ),
    ("co-operate", r"\bprovid(?:e|ing) such (?:reasonable )?assistance\b"),
    ("co-operate", r"\bin (?:consultation|agreement)(?: and agreement)? with\b[^.;:]*:?$"),
    ("co-operate", r"\bengag(?:e|ing) (?:\w+ly )?with\b|\bsupport the work of\b"),
    (
        "give-access",
        r"\b(?:allow(?:ing)?|giv(?:e|ing)|provid(?:e|ing)|grant(?:ing)?)\b[^.;:]*?\baccess to "
        r"(?!:)\w",
    ),
    (
        "provide-facilities",
        r"\b(?:amenities|administrative support|office space|computer facilities|meeting rooms)\b",
    ),
    ("give-access", r"\b(?:allow|giv|grant|provid)(?:e|es|ing)?\b[^.;]*?\baccess\b"),
    ("provide-facilities", r"\bproviding officers'? time\b"),
    ("prepare-options-analysis", r"\boptions? (?:analysis|appraisal|paper)\b"),
    ("prepare-business-case", r"\bbusiness case\b"),
    (
        "prepare-plan",
        r"\b(?:develop|prepar|produc|draft|agree|updat|writ|publish|submit|draw up|devis|adopt"
        r"|set out)\w*\b"
        rf"[^.;]*?\b(?:{_PAPERS} )*(?:plans?|strateg(?:y|ies)|programmes?)\b",
    ),
    ("prepare-plan", rf"^an? (?:\w+ )?(?:{_PAPERS} )+plan\b"),
    ("implement", r"\b(?:and|or) (?:implement|deliver)\b"),
    (
        "implement",
        r"\b(?:implement|deliver|execut|carry out|undertak)(?:s|e|es|ing)? (?!(?:\w+[ -])*?"
        r"(?:updates?|reports?)\b)"
        r"(?:an?|the|its|any|all|this|that|these)\b",
    ),
    (
        "implement",
        r"\b(?:tak(?:e|ing)|put in place) (?:a number of |all |any |various |such |the )*"
        r"(?:steps|actions?|measures)\b",
    ),
    ("attend-review", r"\b(?:attend|participat)\w*\b[^.;]*?\breviews?\b"),
    (
        "attend-review",
        r"\battend(?:ing)? (?:and \w+ (?:in )?)?(?:meetings|the improvement board)",
    ),
    (
        "report",
        r"^(?:to )?report(?:s|ing)?\b|\breport(?:s|ing)? (?:to|on|back)\b(?! the findings)",
    ),
    (
        "report",
        r"\b(?:provid|deliver|submit|produc|mak)(?:e|es|ing)?\b(?! such\b)[^.;]{0,160}? "
        r"(?:reports?|updates?|assessments? of progress)\b",
    ),
    (
        "establish-body",
        r"\b(?:establish|set up|create|incorporat)\w* (?:an?|the) (?:\w+[ -]){0,4}(?:company"
        r"|trust|board|body|panel)\b",
    ),
    (
        "transfer-service",
        r"\btransfer(?:s|ring)? (?:the |its |responsib|all |deliver|operat)",
    ),
    ("monitor", r"\bmonitor(?:s|ing)? (?:progress|and (?:assurance|review)|the|its|and)\b"),
    ("monitor", r"\bongoing (?:monitoring|assurance)\b"),
    ("oversee", r"\boversight (?:to|of) the implementation\b|\boversee(?:s|ing)?\b"),
    ("oversee", r"^(?:to )?issu(?:e|ing) (?:any )?(?:necessary )?instructions\b"),
    ("advise", r"\b(?:provid(?:e|ing) (?:\w+ )?advice|^(?:to )?advis(?:e|ing))\b"),
    ("advise", r"^(?:to )?support and challenge\b|^(?:to )?challenge\b"),
    (
        "lead-review",
        r"^(?:to )?(?:lead|conduct|carry out|undertake)\b[^.;]*?\b(?:reviews?|discussions"
        r"|analysis|assessments?)\b",
    ),
    ("recommend", r"\brecommend(?:s|ing)?\b(?!ed)|\b(?:making|make|with) a recommendation\b"),
]
"""Words for each action, in the order in which actions are named."""

_COMPILED = [(action, re.compile(pattern, re.IGNORECASE)) for action, pattern in _RULES]

_ACCESS_OBJECT = re.compile(
    r"^(?:to )?(?:any|all|such|the|its)?\s*(?:relevant )?"
    r"(?:premises|documents?|employees?|members?|records?|information|data|staff|officers?|systems?)\b",
    re.IGNORECASE,
)
_SETTING_OUT = re.compile(
    r"\b(?:put|putting) in place (?:\w+ )?arrangements for monitoring", re.IGNORECASE
)

_ACCESS = re.compile(r"\baccess\b", re.IGNORECASE)
_COMPLY = re.compile(r"\bcomply\b.*\binstructions?\b", re.IGNORECASE)
_AMENITIES = re.compile(r"\bamenities\b|\badministrative support\b", re.IGNORECASE)


def actions_in(text: str, inherited: list[str]) -> list[ActionFound]:
    """Return the actions of a duty, each once, in the order of its words.

    In: the actions of the item above, which an item without a verb of its own takes over.
    """
    found: dict[str, ActionFound] = {}
    for action, pattern in _COMPILED:
        match = pattern.search(text)
        if match and action not in found:
            found[action] = ActionFound(action, *match.span())
    if "access" not in text.casefold() and _ACCESS_OBJECT.match(text):
        return [ActionFound("give-access", 0, len(text))]
    for less, more in (("implement", "co-operate"), ("oversee", "advise")):
        if less in found and more in found and found[more].start < found[less].start:
            del found[less]
    _drop_means(text, found)
    if not found and inherited:
        return [ActionFound(inherited[0], 0, len(text))]
    return sorted(found.values(), key=lambda one: one.start)


def _drop_means(text: str, found: dict[str, ActionFound]) -> None:
    """Drop actions that only tell how another is done."""
    if _SETTING_OUT.search(text) and "monitor" in found:
        found.pop("implement", None)
        found.pop("prepare-plan", None)
    if "prepare-plan" in found and re.match(r"an? ", text):
        found.pop("monitor", None)
    first = min((one.start for one in found.values()), default=0)
    for action in (
        "prepare-plan",
        "prepare-business-case",
        "prepare-options-analysis",
        "implement",
    ):
        if action not in found:
            continue
        leading = [one for one in found.values() if one.start == first and one.action != action]
        # Advice on a plan, or help with one, is not the making of it.
        if leading and leading[0].action in {"advise", "co-operate", "lead-review", "monitor"}:
            del found[action]
    if "comply-with-instructions" in found:
        for action in set(found) - {"comply-with-instructions", "co-operate"}:
            del found[action]
    if "give-access" in found and "co-operate" in found:
        del found["give-access"]


def standard_clause(text: str, inherited: str | None) -> str | None:
    """Return which of the clauses that most directions share a duty is, if any."""
    if _COMPLY.search(text):
        return "comply"
    if _ACCESS.search(text):
        return "access"
    if _AMENITIES.search(text):
        return "amenities"
    return inherited


_VERBS = (
    "(?:develop|prepar|produc|draft|provid|implement|deliver|report|advis|support|lead|manag|attend"
    "|participat|monitor|establish|agree|publish|submit|tak|put|set|allow|giv|comply|follow"
    "|challeng|issu|recommend|mak|work|bring|undertak|ensur|consider|review)(?:e|es|ing|ting|s)?\\b"
    "(?: (?:with|up|to|in place|in)\\b)?"
)
_VERB = re.compile(
    r"(?:that )?(?:the (?:local )?(?:council|authority) )?(?:(?:shall|must|is|will) )?(?:to )?"
    rf"(?:{_VERBS}(?:(?:,| and| or) {_VERBS})* ?)?",
    re.IGNORECASE,
)
_SHORTEST_OBJECT = 8
_LONGEST_SUMMARY = 200

_SUMMARIES: dict[str, str] = {
    "comply-with-instructions": "Follow instructions",
    "co-operate": "Co-operate",
    "give-access": "Give access",
    "provide-facilities": "Provide facilities",
    "prepare-plan": "Prepare a plan",
    "prepare-options-analysis": "Analyse options",
    "prepare-business-case": "Prepare a business case",
    "implement": "Carry out",
    "attend-review": "Take part in reviews",
    "report": "Report",
    "establish-body": "Set up a body",
    "transfer-service": "Transfer a service",
    "monitor": "Monitor",
    "advise": "Advise",
    "lead-review": "Lead a review",
    "recommend": "Recommend",
    "oversee": "Oversee",
}
"""What a duty is to do, in our words; what it is about follows as printed."""


def object_of(
    block: Block, actions: Sequence[ActionFound], start: int, end: int
) -> dict[str, Any] | None:
    """Return what a duty is about: its words without the verb that they begin with."""
    if actions[0].action == "co-operate":
        return None
    verb = _VERB.match(block.text, start, end)
    begin = verb.end() if verb else start
    words = block.text[begin:end]
    if len(words) < _SHORTEST_OBJECT:
        return None
    return block.said(f"{words[:1].upper()}{words[1:_LONGEST_SUMMARY]}", begin, end)


def action_statements(
    block: Block, actions: Sequence[ActionFound], start: int, end: int
) -> list[dict[str, Any]]:
    """Return actions as statements; the first has the place of the duty itself."""
    whole = [{"value": actions[0].action}]
    return whole + [block.said(one.action, one.start, one.end) for one in actions[1:]]


def summary_of(actions: Sequence[ActionFound], text: str) -> str:
    """Return a summary to be reworded: what is to be done, and the words that say it."""
    done = " and ".join(_SUMMARIES[one.action].casefold() for one in actions)
    words = (
        text if len(text) <= _LONGEST_SUMMARY else f"{text[:_LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"
    )
    return f"{done[:1].upper()}{done[1:]}: {words}"


def as_sentence(text: str) -> str:
    """Return words as a sentence."""
    plain = text.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:]}."
