"""Set a text as other programs do, and misread it as text recognition does."""

from __future__ import annotations

import re
from random import Random

LIGATURES = {"ffi": "\ufb03", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
MISREAD = (("I", "l"), ("O", "0"), ("m", "rn"), ("l", "1"), ("o", "0"), ("i", "1"), ("e", "c"))
"""Letters and what text recognition makes of them."""


def typeset(random: Random, text: str) -> str:
    """Return a text as another program may set it: the same words with other signs."""
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        changed = [
            _soft(random, word) if len(word) > 7 and random.random() < 0.1 else word
            for word in words
        ]
        between = random.choice((" ", " ", " ", "  ", "\u00a0"))
        lines.append(between.join(changed) + random.choice(("", "", " ", "\t")))
        if random.random() < 0.04:
            lines += random.choice((["\f", ""], [" 3 "], ["Page 3 of 12"], [""], ["", " "]))
    found = "\n".join(lines)
    if random.random() < 0.3:
        for plain, joined in LIGATURES.items():
            found = found.replace(plain, joined)
    if random.random() < 0.3:
        found = found.replace("\n", "\r\n")
    return found


def _soft(random: Random, word: str) -> str:
    """Return a word with a sign in it that is not seen."""
    place = random.randint(2, len(word) - 3)
    return word[:place] + random.choice(("\u00ad", "\u200b", "\u00ad")) + word[place:]


def noisy(random: Random, text: str, share: float = 0.03) -> str:
    """Return a text with some words misread, split, or run together, as after recognition."""
    return re.sub(r"\S+", lambda match: _misread(random, match[0], share), typeset(random, text))


def _misread(random: Random, word: str, share: float) -> str:
    """Return a word, a few times with one letter misread or with a gap."""
    if random.random() >= share or len(word) < 4:
        return word
    if random.random() < 0.35:
        place = random.randint(1, len(word) - 1)
        return f"{word[:place]} {word[place:]}"
    letter, other = random.choice(MISREAD)
    return word.replace(letter, other, 1)
