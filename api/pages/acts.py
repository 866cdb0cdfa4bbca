"""Directions and notices as a page lists them: their regime, power, duties and deadlines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.pages.days import time_words
from api.pages.entries import begun, regime_of_act
from api.views.serialisers import Json

Body = Mapping[str, Json]
# takes: "section 15(5) of the Local Government Act 1999"
# leaves: "section 497A"
_OF_AN_ACT = re.compile(r"^section (?P<number>\S+) of (?P<law>the .+)$")


@dataclass(frozen=True)
class Act:
    """A direction or notice of a council, with what it lays upon it."""

    act: Body
    regime: str
    duties: Sequence[Body]

    @property
    def deadlines(self) -> Sequence[str]:
        """When its duties fall due, each day once, in their printed order; days come first."""
        found = [one for duty in self.duties for one in duty["deadlines"]]
        found.sort(key=lambda one: not (one["due"] or one["first_due"]))
        return list(dict.fromkeys(deadline_words(one) for one in found))


def acts_of(body: Body, duties: Sequence[Body]) -> list[Act]:
    """Return the directions and notices of a council with their regimes, the newest first.

    In: the answer about it, and its duties under any direction.
    """
    labels = {one["regime"]: one["regime_label"] or one["regime"] for one in body["interventions"]}
    laid: dict[str, list[Body]] = {}
    for duty in duties:
        laid.setdefault(duty["direction"]["iri"], []).append(duty)
    acts = [*body["directions"], *body["notices"]]
    acts.sort(key=lambda act: (begun(act).last or begun(act).first or "", act["id"]), reverse=True)
    return [
        Act(act, labels.get(regime_of_act(act, body), ""), laid.get(act["iri"], ())) for act in acts
    ]


def deadline_words(deadline: Body) -> str:
    """Return when a duty falls due in words: the day, else what sets it off, else its kind.

    >>> deadline_words({"due": None, "first_due": None, "triggers": ["The adviser asks."]})
    'when the adviser asks'
    """
    for key, before in (("due", "by "), ("first_due", "first by ")):
        if words := time_words(deadline[key]):
            return words if words.startswith("by ") else before + words
    if deadline["triggers"]:
        told = deadline["triggers"][0].rstrip(".")
        return f"when {told[:1].lower()}{told[1:]}"
    return ", ".join(kind.replace("-", " ") for kind in deadline["deadline_kinds"])


def by_law(provisions: Iterable[Body]) -> list[tuple[str, list[tuple[str, Body]]]]:
    """Return provisions under the Act that they are of, each with the number of its section.

    Out: one that is named otherwise stands alone, without an Act.

    >>> by_law([{"label": "section 15(5) of the Local Government Act 1999", "id": "a"}])[0][0]
    'the Local Government Act 1999'
    """
    found: dict[str, list[tuple[str, Body]]] = {}
    for one in provisions:
        name = str(one["label"] or one["id"])
        read = _OF_AN_ACT.match(name)
        law, number = (read["law"], read["number"]) if read else ("", name)
        found.setdefault(law, []).append((number, one))
    return list(found.items())
