"""The words that lead up to a question: "I should be grateful to know which ..."."""

from collections.abc import Sequence

from queries.ask.vocabulary import opening_words
from queries.ask.words import Word, read_words


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
