"""A slip in an ordinary word is mended and told; a word of its own never becomes another."""

from datetime import date

import pytest

from queries.ask.matcher import NotUnderstood, Understood, understand
from queries.ask.names import Names
from queries.ask.slips import Slip, without_slips
from queries.ask.vocabulary import vocabulary, words_beside
from queries.search.matcher import CouncilMatcher
from tests.fixtures.guards import not_empty

_NAMES = Names(CouncilMatcher(()))
_TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("comissioner", "commissioner"),
        ("comissioners", "commissioners"),
        ("commisioner", "commissioner"),
        ("intervnetion", "intervention"),
        ("interventon", "intervention"),
        ("on 1 Febuary 2024", "on 1 February 2024"),
        ("in Septmber 2023", "in September 2023"),
        ("inadequte", "inadequate"),
        ("exceptionl financal support", "exceptional financial support"),
        ("recomendations", "recommendations"),
    ],
)
def test_a_slip_is_read_as_the_word_beside_it(written: str, read: str) -> None:
    """A letter too few, too many, or in another place; a plural stays one."""
    text, slips = without_slips(f"which {written}", ())
    assert text == f"which {read}"
    assert not_empty(slips)


@pytest.mark.parametrize(
    "word",
    ["commission", "erection", "statue", "intersection", "councillor", "director", "minster"],
)
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    """However near it is to one that is known."""
    assert without_slips(f"which {word}", ()) == (f"which {word}", [])


def test_a_name_is_no_slip() -> None:
    """Neither what is written as one, nor a word of one that the release knows."""
    assert without_slips("of Inspecton", ())[1] == []
    assert without_slips("of inspecton", ())[1] == [Slip("inspecton", "inspection")]
    assert without_slips("of inspecton", {"inspecton"})[1] == []


def test_no_known_word_is_turned_into_another() -> None:
    """Whatever stands in the lists is what it is."""
    words = {word for phrase in not_empty(vocabulary()) for word in phrase} | words_beside()
    text = " ".join(sorted(not_empty(words)))
    assert without_slips(text, ())[1] == []


def test_what_was_mended_is_told() -> None:
    """With the answer, so that whoever asks can see it."""
    found = understand("Which inspectoins were betwen 2018 and 2019?", _NAMES, _TODAY)
    assert isinstance(found, Understood)
    assert "Read 'inspectoins' as 'inspections'; 'betwen' as 'between'." in found.words
    plain = understand("Which inspections were between 2018 and 2019?", _NAMES, _TODAY)
    assert isinstance(plain, Understood) and "Read '" not in plain.words
    other = understand("Which injections were between 2018 and 2019?", _NAMES, _TODAY)
    assert isinstance(other, NotUnderstood)
