"""What may be left over bounds nothing, and is told for questions and notions that there are."""

import tomllib

from queries.ask.forms import stem
from queries.ask.tolerance import general_words
from queries.ask.vocabulary import restricting, vocabulary
from queries.ask.words import plain
from queries.catalogue import catalogue, folder
from tests.fixtures.guards import not_empty

_WEIGHTY = (
    "not never more most than only why should will without two several first last again"
    " tax debt staff school party mayor north Wales budget reason success recently before since"
    " commissioner council direction inspection trust grade report year"
)
"""What bounds, negates, compares or counts, and names of things."""


def _read() -> dict[str, dict[str, str]]:
    read = folder("ask").joinpath("general.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(read)
    return found


def test_general_words_bound_nothing() -> None:
    """Whoever adds to the list."""
    bounding = {stem(phrase[0]) for phrase in restricting() if len(phrase) == 1}
    assert len(not_empty(general_words())) > 300
    assert general_words() & bounding == set()
    assert general_words() & {stem(word) for word in plain(_WEIGHTY)} == set()


def test_what_is_left_over_is_told_for_questions_and_notions_that_there_are() -> None:
    """A name with a slip would change nothing, and nobody would see it."""
    read = _read()
    notions = {one.name for readings in vocabulary().values() for one in readings if not one.value}
    listed = not_empty(read["told_apart"]["questions"].split())
    assert {*listed, *not_empty(read["bounds"])} - set(catalogue()) == set()
    assert set(not_empty(read["told_apart"]["notions"].split())) - notions == set()
