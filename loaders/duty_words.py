"""Word a duty: its summary, what it is about without its verb, and its conditions as sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from loaders.blocks import Block
from loaders.duty_actions import ActionFound

VERBS = (
    "(?:develop|prepar|produc|draft|provid|implement|deliver|report|advis|support|lead|manag|attend"
    "|participat|monitor|establish|agree|publish|submit|tak|put|set|allow|giv|comply|follow"
    "|challeng|issu|recommend|mak|work|bring|undertak|ensur|consider|review)(?:e|es|ing|ting|s)?\\b"
    "(?: (?:with|up|to|in place|in)\\b)?"
)
VERB = re.compile(
    r"(?:that )?(?:the (?:local )?(?:council|authority) )?(?:(?:shall|must|is|will) )?(?:to )?"
    rf"(?:{VERBS}(?:(?:,| and| or) {VERBS})* ?)?",
    re.IGNORECASE,
)
SHORTEST_OBJECT = 8
LONGEST_SUMMARY = 200

SUMMARIES: dict[str, str] = {
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
    verb = VERB.match(block.text, start, end)
    begin = verb.end() if verb else start
    words = block.text[begin:end]
    if len(words) < SHORTEST_OBJECT:
        return None
    return block.said(f"{words[:1].upper()}{words[1:LONGEST_SUMMARY]}", begin, end)


def action_statements(
    block: Block, actions: Sequence[ActionFound], start: int, end: int
) -> list[dict[str, Any]]:
    """Return actions as statements; the first has the place of the duty itself."""
    whole = [{"value": actions[0].action}]
    return whole + [block.said(one.action, one.start, one.end) for one in actions[1:]]


def summary_of(actions: Sequence[ActionFound], text: str) -> str:
    """Return a summary to be reworded: what is to be done, and the words that say it."""
    done = " and ".join(SUMMARIES[one.action].casefold() for one in actions)
    words = (
        text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"
    )
    return f"{done[:1].upper()}{done[1:]}: {words}"


def as_sentence(text: str) -> str:
    """Return words as a sentence."""
    plain = text.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:]}."
