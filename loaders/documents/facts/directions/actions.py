"""Find the actions of a duty, and word it: summary, object, standard clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from loaders.documents.layout.blocks import Block
from loaders.documents.text import words_beside


@dataclass(frozen=True)
class ActionFound:
    """An action in a text, and the range of the words for it."""

    action: str
    start: int
    end: int


@dataclass(frozen=True)
class ActionRules:
    """The words for actions, in the order in which they are named, and a summary of each."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    summaries: dict[str, str]


@cache
def action_rules() -> ActionRules:
    """Return the rules of actions.toml."""
    content = words_beside(__name__)
    patterns = (
        (rule["action"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in content["rules"]
    )
    return ActionRules(tuple(patterns), content["summaries"])


# takes: "any relevant premises"
# leaves: "the plan for its premises"
_ACCESS_OBJECT = re.compile(
    r"^(?:to )?(?:any|all|such|the|its)?\s*(?:relevant )?"
    r"(?:premises|documents?|employees?|members?|records?|information|data|staff|officers?|systems?)\b",
    re.IGNORECASE,
)
# takes: "put in place robust arrangements for monitoring"
# leaves: "monitor the arrangements in place"
_SETTING_OUT = re.compile(
    r"\b(?:put|putting) in place (?:\w+ )?arrangements for monitoring", re.IGNORECASE
)

_CLAUSES = {
    "comply": re.compile(r"\bcomply\b.*\binstructions?\b", re.IGNORECASE),
    "access": re.compile(r"\baccess\b", re.IGNORECASE),
    "amenities": re.compile(r"\bamenities\b|\badministrative support\b", re.IGNORECASE),
}
_MAKINGS = "prepare-plan", "prepare-business-case", "prepare-options-analysis", "implement"
_HELPS = "advise", "co-operate", "lead-review", "monitor"


def actions_in(text: str, inherited: list[str]) -> list[ActionFound]:
    """Return the actions of a duty, each once, in the order of its words.

    In: the actions of the item above, which an item without a verb of its own takes over.
    """
    named: dict[str, ActionFound] = {}
    for action, pattern in action_rules().patterns:
        match = pattern.search(text)
        if match and action not in named:
            named[action] = ActionFound(action, *match.span())
    if "access" not in text.casefold() and _ACCESS_OBJECT.match(text):
        return [ActionFound("give-access", 0, len(text))]
    # What comes after co-operation or advice only tells what it is for.
    for less, more in (("implement", "co-operate"), ("oversee", "advise")):
        if less in named and more in named and named[more].start < named[less].start:
            del named[less]
    _drop_means(text, named)
    if not named and inherited:
        return [ActionFound(inherited[0], 0, len(text))]
    return sorted(named.values(), key=attrgetter("start"))


def _drop_means(text: str, named: dict[str, ActionFound]) -> None:
    """Drop actions that only tell how another is done."""
    if _SETTING_OUT.search(text) and "monitor" in named:
        named.pop("implement", None)
        named.pop("prepare-plan", None)
    if "prepare-plan" in named and re.match(r"an? ", text):
        named.pop("monitor", None)
    first = min((other.start for other in named.values()), default=0)
    for making in _MAKINGS:
        others = (other for action, other in named.items() if action != making)
        leader = next((other.action for other in others if other.start == first), None)
        # Advice on a plan, or help with one, is not the making of it.
        if leader in _HELPS:
            named.pop(making, None)
    if "comply-with-instructions" in named:
        for action in set(named) - {"comply-with-instructions", "co-operate"}:
            del named[action]
    if "give-access" in named and "co-operate" in named:
        del named["give-access"]


def standard_clause(text: str, inherited: str | None) -> str | None:
    """Return which of the clauses that most directions share a duty is, if any."""
    named = (clause for clause, pattern in _CLAUSES.items() if pattern.search(text))
    return next(named, inherited)


# Verbs by their stems, so that "developing" and "develops" are taken too.
_VERBS = (
    "(?:develop|prepar|produc|draft|provid|implement|deliver|report|advis|support|lead|manag|attend"
    "|participat|monitor|establish|agree|publish|submit|tak|put|set|allow|giv|comply|follow"
    "|challeng|issu|recommend|mak|work|bring|undertak|ensur|consider|review)(?:e|es|ing|ting|s)?\\b"
    "(?: (?:with|up|to|in place|in)\\b)?"
)
# takes (match): "The Council shall develop and publish "
# leaves (fullmatch): "The Council's plan"
_VERB = re.compile(
    r"(?:that )?(?:the (?:local )?(?:council|authority) )?(?:(?:shall|must|is|will) )?(?:to )?"
    rf"(?:{_VERBS}(?:(?:,| and| or) {_VERBS})* ?)?",
    re.IGNORECASE,
)
_SHORTEST_OBJECT = 8
_LONGEST_SUMMARY = 200


def object_of(block: Block, actions: Sequence[ActionFound], end: int) -> dict[str, Any] | None:
    """Return what a duty is about: its words without the verb that they begin with."""
    verb = _VERB.match(block.text, 0, end)
    begin = verb.end() if verb else 0
    words = block.text[begin:end]
    if actions[0].action == "co-operate" or len(words) < _SHORTEST_OBJECT:
        return None
    return block.said(f"{words[:1].upper()}{words[1:_LONGEST_SUMMARY]}", begin, end)


def action_statements(block: Block, actions: Sequence[ActionFound]) -> list[dict[str, Any]]:
    """Return actions as statements; the first has the place of the duty itself."""
    further = [block.said(named.action, named.start, named.end) for named in actions[1:]]
    return [{"value": actions[0].action}, *further]


def summary_of(actions: Sequence[ActionFound], text: str) -> str:
    """Return a summary to be reworded: what is to be done, and the words that say it."""
    summaries = action_rules().summaries
    done = " and ".join(summaries[named.action].casefold() for named in actions)
    if len(text) > _LONGEST_SUMMARY:
        text = f"{text[:_LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"
    return f"{done[:1].upper()}{done[1:]}: {text}"


def as_sentence(text: str) -> str:
    """Return words as a sentence.

    >>> as_sentence(" unless she agrees; ")
    'Unless she agrees.'
    """
    plain = text.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:]}."
