"""A phrase is known in its forms, with other words in place of its own, and others inside it."""

import pytest

from queries.ask.forms import head, light_words, stem
from queries.ask.senses import as_said, in_any_form, in_other_forms
from queries.ask.vocabulary import vocabulary
from queries.ask.words import read_words
from tests.fixtures.guards import not_empty


def notions(text: str) -> set[str]:
    """Return the notions of a text as a whole."""
    words = read_words(text)
    found = in_any_form(words, 0, len(words)).get(len(words), [])
    return {one.name for one in found if not one.value}


@pytest.mark.parametrize(
    ("text", "notion"),
    [
        ("stepping in", "intervention"),
        ("taking back", "returned"),
        ("went insolvent", "section-114"),
        ("got all its powers back", "nothing"),
        ("got its own powers back", "returned"),
        ("declared themselves bankrupt", "section-114"),
    ],
)
def test_a_phrase_is_known_in_another_form(text: str, notion: str) -> None:
    """What stands inside it may say nothing, but not how much or how many."""
    assert (notion in notions(text)) == (notion != "nothing")


def test_a_form_that_is_listed_keeps_its_own_meaning() -> None:
    """As it is said, a phrase means what the list says, whatever its stem means."""
    words = read_words("graded inadequate")
    assert in_any_form(words, 0, 2)[2] == as_said(words, 0, 2)[2]
    assert 2 in in_other_forms(words, 0, 2)


def test_a_word_that_takes_the_place_of_another_is_in_no_list() -> None:
    """A listed word has a meaning of its own: a fee is no charge where one is in charge."""
    listed = {phrase[0] for phrase in not_empty(vocabulary()) if len(phrase) == 1}
    assert {word for word in listed if head(word) != stem(word)} == set()


def test_what_may_stand_inside_a_phrase_bounds_nothing() -> None:
    """Neither a negation nor a number, nor what only some are."""
    bounding = {"no", "not", "never", "only", "without", "all", "any", "most", "two", "or", "and"}
    assert bounding.isdisjoint(not_empty(light_words()))
