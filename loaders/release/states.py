"""Count how certain a release is of who was under intervention on a day, and tell why."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.release.answers import Answers
from queries.catalogue import internal_query
from queries.engine.interface import RESULTS_JSON, Question

DAYS = "2015-01-01", "2018-01-01", "2020-01-01", "2022-01-01", "2024-01-01", "2025-10-22"
"""The days on which releases are compared: one every two years or so, and that of an answer."""
ALL_REGIMES = "childrens-services", "best-value", "send", "planning"
"""The regimes of the scheme."""
REGIMES = ALL_REGIMES[:2]
"""The regimes that are compared: those of which most is known."""

_CERTAINTIES = "certain", "planned", "possible", "not-heard-of"
_ENDED = "ended"
_KNOWN = frozenset(("certain", "planned"))
_WIDTH = 20


@dataclass(frozen=True)
class State:
    """What is known of one council under one regime on a day, and because of what."""

    day: str
    regime: str
    council: str
    name: str
    certainty: str
    because: str


def states(ask: Answers, days: Sequence[str], regimes: Sequence[str]) -> list[State]:
    """Return what is known of every council on some days under some regimes.

    Raises: WrongParameter for what is no day or no regime.
    """
    query = internal_query("lists", "states_on_a_day")
    found = []
    for regime in regimes:
        for day in days:
            text = query.bind({"day": day, "regime": regime})
            rows = json.loads(ask(Question(text, RESULTS_JSON)))["results"]["bindings"]
            names = "council", "name", "certainty", "because"
            found += [State(day, regime, *(row[name]["value"] for name in names)) for row in rows]
    return found


def state_lines(found: Sequence[State]) -> Iterator[str]:
    """Yield a line for each council: the day, the regime, how certain, and why."""
    for one in found:
        yield f"{one.day}  {one.regime}  {one.council}  {one.certainty}  {one.name}: {one.because}"


def share_lines(
    found: Sequence[State], days: Sequence[str], regimes: Sequence[str]
) -> Iterator[str]:
    """Yield a table: answers by day, regime and certainty, with the share of those known.

    Out: the share is that of certain and planned in all answers but ended.
    """
    columns = *_CERTAINTIES, _ENDED
    yield _line("day", "regime", [*columns, "known"])
    for regime in regimes:
        for day in days:
            counted = Counter(
                one.certainty for one in found if (one.day, one.regime) == (day, regime)
            )
            yield _line(day, regime, [*(str(counted[name]) for name in columns), _share(counted)])
    counted = Counter(one.certainty for one in found)
    yield _line("in all", "", [*(str(counted[name]) for name in columns), _share(counted)])


def _line(day: str, regime: str, cells: Sequence[str]) -> str:
    return f"{day:<12}{regime:<{_WIDTH}}" + "".join(f"{cell:>14}" for cell in cells)


def _share(counted: Counter[str]) -> str:
    all_but_ended = sum(counted[name] for name in _CERTAINTIES)
    known = sum(counted[name] for name in _KNOWN)
    return f"{100 * known / all_but_ended:.0f} %" if all_but_ended else "none"
