"""The sentence about a council says how sure it is, and no more than the data."""

import pytest

from api.pages.story import story_of
from api.views.serialisers import Json


def time(edtf: str) -> dict[str, Json]:
    """Return a time statement of one day."""
    return {"edtf": edtf, "words": edtf, "earliest": edtf, "latest": edtf, "status": "valid"}


def state(certainty: str, regime: str = "best-value", sign: str = "2026-02", **more: Json) -> Json:
    """Return a state of a day as the service answers it."""
    return {
        **{"certainty": certainty, "regime": regime, "regime_label": regime.replace("-", " ")},
        **{"since": time("2021-12-01"), "planned_end": None, "last_sign": {"day": sign}},
        **more,
    }


def council(**more: Json) -> dict[str, Json]:
    """Return the answer about a council as far as the sentence needs it."""
    empty: dict[str, Json] = {"interventions": [], "directions": [], "notices": []}
    return {
        **{"id": "SLG", "name": "Slough", "dissolved_on": None, "successors": []},
        **empty,
        **more,
    }


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("certain", "is under intervention on best value, since 1 December 2021"),
        ("planned", "By plan, Slough is under intervention on best value until"),
        ("possible", "may still be under intervention on best value"),
        ("not-heard-of", "No source has spoken of the intervention in Slough on best value since"),
        ("ended", "No intervention in Slough is known of on 30 November 2026"),
    ],
)
def test_the_sentence_is_as_sure_as_the_state(certainty: str, words: str) -> None:
    """Each certainty has words of its own."""
    story = story_of(council(), [state(certainty)], "2026-11-30")
    assert words in story.sentence and story.certainty == certainty
    assert ("is under intervention" in story.sentence) is (certainty in ("certain", "planned"))


def test_the_surest_state_leads_and_of_two_the_one_heard_of_last() -> None:
    """The others stand beside it."""
    states = [
        state("not-heard-of", "planning", "2026-03"),
        state("possible", "send", "2024"),
        state("possible", "best-value", "2026-02"),
        state("none-known", "childrens-services"),
    ]
    story = story_of(council(), states, "2026-11-30")
    assert [one["regime"] for one in story.told] == ["best-value", "send", "planning"]
    assert "Beside it: send (possible), planning (not heard of since)." in story.sentence
    assert story.last_sign == "February 2026"


def test_of_nothing_known_and_of_a_dissolved_council_it_says_so() -> None:
    """With those that followed."""
    assert story_of(council(), [state("none-known")], "2026-11-30").sentence == (
        "No intervention in Slough is known: no source that was read tells of any."
    )
    gone = council(dissolved_on="2021-04-01", successors=[{"id": "A", "label": "North"}])
    assert story_of(gone, [], "2026-11-30").sentence == (
        "Slough was abolished on 1 April 2021. North followed. No intervention in it is known."
    )


def test_who_decides_is_who_issued_the_newest_act() -> None:
    """By the name of that day."""
    acts = [
        {"iri": day, "interventions": [{"id": "i"}], "issued_by": {"id": who, "label": who}}
        | {"signed": time(day), "published": None, "effective_from": None}
        for day, who in (("2024-11-20", "Secretary of State B"), ("2021-12-01", "A"))
    ]
    body = council(directions=acts, interventions=[{"id": "i", "regime": "best-value"}])
    story = story_of(body, [state("possible")], "2026-11-30")
    assert story.sentence.endswith("The Secretary of State B decides when it ends.")
