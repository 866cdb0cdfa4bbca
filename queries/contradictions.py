"""Where the record and a list of councils cannot both be right: one contradiction for each council.

What the record holds possible only contradicts nothing. Where names differ, each council stands by
itself; where only the number does, the list as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from queries.agreement import Agreement, counted
from queries.comparison import ComparedQuestion, Comparison
from queries.explanation import Difference, Reason

_SEVERAL = 3
"""Claims that an explanation tells in words; of more, the first of them."""


@dataclass(frozen=True)
class Contradiction:
    """What a list says and the record denies, with what explains it.

    In: the code of the council; nothing where only a number differs.
    """

    list_key: str
    council: str
    is_named_by_list: bool
    record_answer: str
    explanation: str
    is_gap: bool
    claims: tuple[str, ...]
    """The claims that the record rests on, as short references."""


def contradictions(questions: Iterable[ComparedQuestion]) -> Iterator[Contradiction]:
    """Yield each contradiction between a list and the record, at least one for a list that differs.

    In: a comparison of lists that the record holds.
    """
    for question in questions:
        for part in question.parts:
            if part.agreement is Agreement.DIFFERS:
                yield from _of_names(part)
                yield from _of_number(part)


def _of_names(part: Comparison) -> Iterator[Contradiction]:
    """Yield each council that only one side names, where the list is to name it or to leave it."""
    names_all = part.said_number == len(part.said_councils)
    for one in part.differences:
        if one.named_by == "source" or (one.named_by == "record" and names_all):
            yield _of_council(part, one)


def _of_council(part: Comparison, one: Difference) -> Contradiction:
    is_named = one.named_by == "source"
    said = "names this council" if is_named else f"names all {part.said_number}, and not this one"
    certainty = part.found.get(one.council) or "without reserve"
    answer = "not named" if is_named else f"named ({certainty})"
    reason = _reason([one.reason])
    return Contradiction(
        part.about,
        one.council,
        is_named,
        f"{_asked(part)}: {answer}",
        f"A list ({part.said}; {part.day}) {said}; by the record it is {answer}. {reason}",
        one.reason.kind == "gap",
        _claims([one.reason]),
    )


def _of_number(part: Comparison) -> Iterator[Contradiction]:
    """Yield the contradiction of a number that the record cannot reach, or passes for sure."""
    number = part.said_number
    sure = len(counted(part.found))
    if number in (None, len(part.said_councils)) or sure <= (number or 0) <= len(part.found):
        return
    possible = len(part.found) - sure
    answer = str(sure) + (f", and {possible} possible" if possible else "")
    reasons = [part.gap] if part.gap else []
    reasons += [one.reason for one in part.differences if one.named_by == "record"]
    yield Contradiction(
        part.about,
        "",
        True,
        f"{_asked(part)}: {answer}",
        f"A list ({part.said}; {part.day}) counts {number}; by the record there are {answer}. "
        f"{_reason(reasons)}",
        part.gap is not None and part.gap.kind == "gap",
        _claims(reasons),
    )


def _asked(part: Comparison) -> str:
    """Return which question of the catalogue the record was asked, and with what."""
    given = " ".join(f"{name}={value}" for name, value in part.given.items())
    return f"{part.query} {given}".strip()


def _reason(reasons: Sequence[Reason]) -> str:
    """Return in a sentence or two what explains a difference."""
    gaps = [one.text for one in reasons if one.kind == "gap"]
    told = [one.text for one in reasons if one.kind == "claim"]
    more = f"; and {len(told) - _SEVERAL} more" if len(told) > _SEVERAL else ""
    words = [f"It is explained by a gap of coverage: {text}." for text in gaps]
    words += [f"The record rests on: {'; '.join(told[:_SEVERAL])}{more}."] if told else []
    return " ".join(words) or "Nothing in the record explains it."


def _claims(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(sorted({one.claim for one in reasons if one.claim}))
