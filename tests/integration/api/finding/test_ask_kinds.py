"""Kinds of questions: with something said beside them, by what is meant, and what nothing tells."""

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from queries.ask.matcher import Understood, understand
from queries.ask.names import Names

_TODAY = date(2026, 11, 29)
_NONE = "none"


@pytest.fixture(scope="module")
def names(england: TestClient) -> Names:
    """Return the names that the national release knows."""
    application: Any = england.app
    found: Names = application._current().names
    return found


def read(text: str, names: Names) -> tuple[str, dict[str, str]]:
    """Return the question of the catalogue and the parameters that a text is understood as."""
    found = understand(text, names, _TODAY)
    return (found.query.name, dict(found.given)) if isinstance(found, Understood) else (_NONE, {})


@pytest.mark.parametrize(
    ("text", "asked", "given"),
    [
        ("I teach law. Which councils are under intervention now?", "under_intervention", ""),
        ("My tutor asks which directions Norfolk has received", "directions_of_council", "NFK"),
        ("Slough is on my list. Which directions has it received?", "directions_of_council", "SLG"),
        ("I live in Slough. Which councils are under intervention now?", _NONE, ""),
        ("I look at London alone. Which councils are under intervention now?", _NONE, ""),
        ("Commissioners are news. Which councils have these?", _NONE, ""),
    ],
)
def test_what_is_said_beside_a_question_is_set_aside_and_told(
    text: str, asked: str, given: str, names: Names
) -> None:
    """But not what bounds it, what it points back to, or a council of which it may ask."""
    found, values = read(text, names)
    assert (found, values.get("council", "")) == (asked, given)
    if found != _NONE:
        assert "Set aside" in understand(text, names, _TODAY).words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What must be done under the Worcestershire direction of 19 September 2017?", True),
        ("What must be done under the September 2017 direction to Worcestershire?", True),
        ("What must be done under the direction of 2017 to Worcestershire?", False),
        ("What must be done under the Worcestershire direction of March 1999?", False),
    ],
)
def test_a_direction_is_known_by_its_council_and_time(text: str, asked: bool, names: Names) -> None:
    """If there is one of them; of two none is picked."""
    found, values = read(text, names)
    assert values.get("direction") == ("WOR-2017-02" if asked else None)
    assert (found != _NONE) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What does minded to mean?", _NONE),
        ("What does best value mean?", _NONE),
        ("Where do I send a letter to the commissioners in Liverpool?", _NONE),
        ("How can I become a commissioner in Liverpool?", _NONE),
        ("Which posts are vacant today? I'm looking for a job", _NONE),
        ("I'm looking for a job. Which posts are vacant today?", _NONE),
        ("Which posts are vacant today?", "posts_vacant_on_day"),
        ("Write me a press release about the directions to Norfolk", _NONE),
        ("How many commissioners were appointed altogether since 2010?", _NONE),
        ("How many commissioners were appointed since 2010?", "commissioners_appointed_between"),
        ("Total days billed by all commissioners", _NONE),
        ("Names of councils whose directions have no known end", _NONE),
        ("How many directions have no known end?", "directions_without_end"),
        ("What have councils recommended to commissioners?", _NONE),
        ("Which councils were under planning and best value intervention at once?", _NONE),
        ("Which directions were given in the spring of 2019?", _NONE),
    ],
)
def test_what_no_question_tells_is_refused(text: str, asked: str, names: Names) -> None:
    """Meanings, jobs, letters, sums over all, names that an answer does not hold."""
    assert read(text, names)[0] == asked


def test_those_not_heard_of_are_told_where_they_are_asked_for(names: Names) -> None:
    """They only add rows, in whatever way a question is put."""
    asked = "Which councils were under intervention on 1 July 2021, including those gone quiet?"
    given = {"day": "2021-07-01", "with": "not-heard-of"}
    assert read(asked, names) == ("under_intervention", given)
