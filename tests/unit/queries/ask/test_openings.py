"""Who asks is left out, and is meant by "us" and "our"."""

import pytest

from queries.ask.openings import without_asker


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I am a journalist. Which councils are in trouble?", "Which councils are in trouble?"),
        ("As a new councillor in Kent, what were we sent?", "what were Kent sent?"),
        ("We are a charity in Leeds; what has our council had?", "what has Leeds had?"),
        (
            "I sit on Tower Hamlets' audit committee and would like our council's grades",
            "I would like Tower Hamlets's grades",
        ),
    ],
)
def test_who_asks_is_left_out(text: str, asked: str) -> None:
    """The place that asks stands where it is meant."""
    assert without_asker(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "I live in Slough. Who is the commissioner?",
        "As a rule, how long do interventions last?",
        "As the first of May approached, who was in post?",
        "As at 30 November 2017, which councils were inadequate?",
        "Which councils are in intervention?",
        "I am a journalist.",
    ],
)
def test_what_may_be_part_of_the_question_stays(text: str) -> None:
    """A place that is not referred to, a way of speaking, and a text that is nothing else."""
    assert without_asker(text) == text
