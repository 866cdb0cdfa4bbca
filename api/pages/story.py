"""What is known of a council on a day, in one sentence written from the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.days import bounds, day_words, time_words
from api.pages.entries import begun, regime_of_act
from api.views.serialisers import Json

Body = Mapping[str, Json]
_NO_ANSWER = "none-known"
_OVER = "ended"
_ORDER = ("certain", "planned", "possible", "not-heard-of", "not-at-stage", _OVER, _NO_ANSWER)
_UNDER_WAY = ("certain", "planned", "possible")
_UNCLEAR = frozenset(("certain", "planned", "possible", "not-heard-of"))

BADGES: Mapping[str, str] = {
    "certain": "Certain",
    "planned": "Planned",
    "possible": "Possible",
    "not-heard-of": "Not heard of since",
    "not-at-stage": "At another stage",
    "ended": "Ended",
    "none-known": "None known",
}
"""What each certainty is called on a page."""


@dataclass(frozen=True)
class Story:
    """The sentence about a council on a day, and the states that it is written from.

    In: `certainty` is the one of the state that the sentence is about; `told` the states of which
    anything is known, the surest first; `decided_by` who decides under each regime.
    """

    sentence: str
    certainty: str
    told: Sequence[Body]
    decided_by: Mapping[str, str]
    last_sign: str


def story_of(body: Body, states: Sequence[Body], day: str) -> Story:
    """Return what is known of a council on a day, in words.

    In: the answer about the council, its states under each regime, and the day they are of.
    """
    told = [one for one in states if one["certainty"] != _NO_ANSWER]
    told.sort(key=_heard, reverse=True)
    told.sort(key=_standing)
    deciders = _deciders(body)
    name = body["name"] or body["id"]
    if not told:
        return Story(_nothing(name, body), _NO_ANSWER, (), deciders, "")
    main = told[0]
    sentences = [_of_state(name, main, deciders.get(main["regime"], ""), day)]
    sentences += _beside(told[1:])
    if body["dissolved_on"]:
        sentences.insert(0, _dissolved(name, body))
    sign = (main["last_sign"] or {}).get("day")
    return Story(" ".join(sentences), main["certainty"], told, deciders, day_words(sign))


def _standing(state: Body) -> int:
    return _ORDER.index(state["certainty"])


def _heard(state: Body) -> str:
    """Return the day of the last sign of a state; those heard of last come first."""
    sign = bounds((state["last_sign"] or {}).get("day") or "")
    return sign.last or sign.first or ""


def _deciders(body: Body) -> dict[str, str]:
    """Return who issued the newest act under each regime, by the name of that day."""
    found: dict[str, tuple[str, str]] = {}
    for act in [*body["directions"], *body["notices"]]:
        issuer = act["issued_by"]
        day = begun(act).any_day or ""
        regime = regime_of_act(act, body)
        if issuer and day >= found.get(regime, ("", ""))[0]:
            found[regime] = day, issuer["label"] or issuer["id"]
    return {regime: name for regime, (_, name) in found.items()}


def _regime(state: Body) -> str:
    return str(state["regime_label"] or state["regime"].replace("-", " "))


def _of_state(name: str, state: Body, decider: str, day: str) -> str:
    since, planned = time_words(state["since"]), time_words(state["planned_end"])
    sign = day_words((state["last_sign"] or {}).get("day"))
    begun_words = f"since {since}" if since else "since a day that no source tells"
    over = f" {_upper(decider)} decides when it ends." if decider else ""
    match state["certainty"]:
        case "certain":
            plan = f"; the plan is that it ends on {planned}" if planned else ""
            text = f"{name} is under intervention on {_regime(state)}, {begun_words}{plan}."
        case "planned":
            text = (
                f"By plan, {name} is under intervention on {_regime(state)} until "
                f"{planned or 'a later day'}, {begun_words}; the last source to "
                f"speak of it is of {sign or 'no known day'}."
            )
        case "possible":
            text = (
                f"{name} may still be under intervention on {_regime(state)}, {begun_words}: "
                "no source tells of an end, and the last that speaks of it is of "
                f"{sign or 'no known day'}."
            )
        case "not-heard-of":
            text = (
                f"No source has spoken of the intervention in {name} on {_regime(state)} since "
                f"{sign or 'its begin'}; it began {since or 'on a day that no source tells'}, "
                "and no end was found."
            )
        case "not-at-stage":
            text = f"{name} is under intervention on {_regime(state)} at another stage."
        case _:
            begin = since or "a day not told"
            last = f" The last source to speak of it is of {sign}." if sign else ""
            return (
                f"No intervention in {name} is known of on {day_words(day)}: that on "
                f"{_regime(state)}, from {begin}, had ended by then.{last}"
            )
    return text + (over if state["certainty"] in _UNDER_WAY else "")


def _upper(text: str) -> str:
    return f"The {text}" if not text.startswith("The ") else text


def _beside(states: Sequence[Body]) -> list[str]:
    """Return a sentence about the other regimes under which something may go on."""
    open_states = [one for one in states if one["certainty"] in _UNCLEAR]
    if not open_states:
        return []
    told = [f"{_regime(one)} ({BADGES[one['certainty']].lower()})" for one in open_states]
    return [f"Beside it: {', '.join(told)}."]


def _dissolved(name: str, body: Body) -> str:
    followed = [one["label"] or one["id"] for one in body["successors"]]
    after = f" {_and(followed)} followed." if followed else ""
    return f"{name} was abolished on {day_words(body['dissolved_on'])}.{after}"


def _and(names: Sequence[str]) -> str:
    """Return names as a sentence lists them.

    >>> _and(["A"]), _and(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _nothing(name: str, body: Body) -> str:
    if body["dissolved_on"]:
        return f"{_dissolved(name, body)} No intervention in it is known."
    return f"No intervention in {name} is known: no source that was read tells of any."
