"""Colours of the pictures, each with the name by which the style sheet has its dark twin."""

from enum import StrEnum


class Tone(StrEnum):
    """What a colour stands for: hue says what, texture says how sure."""

    PAPER = "paper"
    INK = "ink"
    QUIET = "quiet"
    RULE = "rule"
    BEST_VALUE = "best-value"
    CHILDREN = "childrens-services"
    SEND = "send"
    PLANNING = "planning"
    PEOPLE = "people"
    MONEY = "money"
    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    INADEQUATE = "inadequate"


COLOURS: dict[Tone, str] = {
    Tone.PAPER: "#fdfdfb",
    Tone.INK: "#1a1e22",
    Tone.QUIET: "#525a61",
    Tone.RULE: "#d9dcda",
    Tone.BEST_VALUE: "#1d4f91",
    Tone.CHILDREN: "#6a3d98",
    Tone.SEND: "#0d6a70",
    Tone.PLANNING: "#4d6218",
    Tone.PEOPLE: "#4c5760",
    Tone.MONEY: "#7d5200",
    Tone.OUTSTANDING: "#0d6a70",
    Tone.GOOD: "#3b7536",
    Tone.REQUIRES_IMPROVEMENT: "#8a5a00",
    Tone.INADEQUATE: "#a1321c",
}
"""Colours on light paper, at least 4.5 to 1 where they carry a meaning."""


class Texture(StrEnum):
    """How sure the thing is that an area stands for."""

    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"


TEXTURE_OF: dict[str, Texture] = {
    "certain": Texture.SOLID,
    "planned": Texture.HATCHED,
    "possible": Texture.DOTTED,
}
"""Texture of each certainty, in the order in which they lie on each other."""
