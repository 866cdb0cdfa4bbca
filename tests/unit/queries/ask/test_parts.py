"""A phrase is taken apart where its parts say as much as it does, and no further."""

from datetime import date

import pytest

from queries.ask.names import Names
from queries.ask.parts import Span, take_apart, ways_apart
from queries.ask.vocabulary import COLOURING, COLOURING_NOUNS, vocabulary
from queries.search.matcher import CouncilMatcher
from tests.fixtures.guards import not_empty

_NAMES = Names(CouncilMatcher(()))
_TODAY = date(2026, 11, 29)


def spans(text: str) -> list[Span]:
    """Return the parts of a text in which nothing is named."""
    return take_apart(text, _NAMES, _TODAY)


def test_a_phrase_can_be_read_in_shorter_parts() -> None:
    """A best value notice is a notice, and one under best value."""
    (span,) = spans("best value notice")
    assert [part.words for part in span.parts] == ["best value", "notice"]


@pytest.mark.parametrize(
    "text",
    ["without end", "each council", "what is a", "at least", "north west", "in post"],
)
def test_a_phrase_that_says_more_than_its_parts_stays_whole(text: str) -> None:
    """Who is in post holds no "post"; what bounds a question does so as a whole."""
    (span,) = spans(text)
    assert span.is_understood and span.parts == ()


def test_a_word_that_is_listed_in_another_form_is_understood() -> None:
    """Unless it is written as a name: Reading is no form of "read"."""
    (span,) = spans("contradicting")
    assert "differ" in span.notions
    *_, name = spans("was Contradicting")
    assert not name.is_understood


@pytest.mark.parametrize(
    ("text", "word", "is_nothing"),
    [
        ("which scathing reports", "scathing", True),
        ("which reports were scathing", "scathing", False),
        ("how scathing reports", "scathing", False),
        ("the most scathing report", "scathing", False),
        ("famously struggled", "famously", True),
        ("how famously", "famously", False),
    ],
)
def test_a_colour_says_nothing_only_where_it_colours(
    text: str, word: str, is_nothing: bool
) -> None:
    """Before a noun it bounds nothing; asked for or stated, it is what nobody can answer."""
    (span,) = (span for span in spans(text) if word in span.words)
    assert span.is_filler == is_nothing


def test_a_word_that_colours_means_nothing_else() -> None:
    """A word of another list would lose its weight, and what bounds a question its bound."""
    colours = {COLOURING, COLOURING_NOUNS}
    mixed = {
        phrase: {one.name for one in readings}
        for phrase, readings in not_empty(vocabulary().items())
        if colours & {one.name for one in readings}
    }
    assert {phrase for phrase, names in mixed.items() if names - colours} == set()


def test_what_stands_in_brackets_after_a_law_says_what_it_is() -> None:
    """Unless it bounds the question."""
    label = "section 24 of the Children Act 1989"
    law = {"kind": "power", "thing": "https://example.test/id/section/24", "label": label}
    names = Names(CouncilMatcher(()), [law])
    (span,) = take_apart(f"{label} (care leavers)", names, _TODAY)
    assert span.words == label
    assert len(take_apart(f"{label} (only leavers)", names, _TODAY)) > 1


@pytest.mark.parametrize(
    ("text", "notion"),
    [
        ("directions never came to an end", "unknown-end"),
        ("directions that did not ever end", "unknown-end"),
        ("what was not really looked at", "not-covered"),
        ("what you could not obtain", "not-held"),
    ],
)
def test_what_is_negated_says_the_opposite(text: str, notion: str) -> None:
    """Where there are words for it."""
    assert notion in spans(text)[-1].notions


def test_a_negation_of_anything_else_bounds_the_question() -> None:
    """Nobody is asked for who was not appointed."""
    assert any(span.notions == {"restricting"} for span in spans("who was not appointed"))


def test_a_phrase_ends_where_one_that_says_more_begins() -> None:
    """So "which kinds of" says nothing, and "kinds of councils" asks for each kind."""
    assert [span.words for span in spans("which kinds of councils")][-1] == "kinds of councils"


def test_a_question_has_other_ways_to_be_taken_apart() -> None:
    """The words are always the same, and each of them is in one part."""
    found = [*ways_apart("Which commissioners lead to better grades", _NAMES, _TODAY)]
    assert len(found) > 1
    assert {" ".join(span.words for span in one) for one in found} == {
        "Which commissioners lead to better grades"
    }
    assert any("lead to" in [span.words for span in one] for one in found)
