"""Tables of words for actions and deadlines: each rule takes its example, each action has words."""

from __future__ import annotations

import tomllib

import pytest

from loaders.documents.facts.directions.actions import action_rules, actions_in, summary_of
from loaders.documents.facts.directions.deadlines import compiled
from tests.fixtures.paths import ROOT

RULES = tomllib.loads(
    ROOT.joinpath("loaders/documents/facts/directions/actions.toml").read_text("utf-8")
)["rules"]
DEADLINES = tomllib.loads(
    ROOT.joinpath("loaders/documents/facts/directions/deadlines.toml").read_text("utf-8")
)


@pytest.mark.parametrize("number", range(len(RULES)))
def test_a_rule_takes_its_example(number: int) -> None:
    """What stands beside a pattern is true of it."""
    action, pattern = action_rules().patterns[number]
    assert action == RULES[number]["action"]
    assert pattern.search(RULES[number]["takes"])


@pytest.mark.parametrize("kind", ["relative", "recurring", "on-request"])
def test_a_rule_for_deadlines_takes_its_example(kind: str) -> None:
    """What stands beside a pattern is true of it, and it has a period if it comes again."""
    assert DEADLINES[kind]
    for rule in DEADLINES[kind]:
        match = compiled(rule["pattern"]).search(rule["takes"])
        assert match, rule
        assert "leaves" not in rule or not compiled(rule["pattern"]).search(rule["leaves"])
        assert (
            {"number", "list"} & set(match.groupdict())
            or kind != "recurring"
            or "period" in rule
            or match["unit"] in DEADLINES["units"]
        )


def test_every_action_has_a_summary() -> None:
    """A duty of any action can be worded."""
    assert {rule["action"] for rule in RULES} == set(action_rules().summaries)


def test_actions_stand_in_the_order_of_the_words() -> None:
    """Not in the order of the rules."""
    text = "report to the Secretary of State and agree an improvement plan"
    actions = actions_in(text, [])
    assert [found.action for found in actions] == ["report", "prepare-plan"]
    assert summary_of(actions, text) == f"Report and prepare a plan: {text}"


def test_advice_on_a_plan_is_not_its_making() -> None:
    """The commissioner advises; the council makes the plan."""
    text = "advise the Council to agree an improvement plan"
    assert [found.action for found in actions_in(text, [])] == ["advise"]
