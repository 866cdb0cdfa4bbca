"""The ways of asking speak of what there is, and each question of the catalogue has one."""

import re
import tomllib
from pathlib import Path

import ontology
from queries.ask.vocabulary import FILLER, Way, fillers, phrases, restricting, vocabulary
from queries.ask.words import plain
from queries.catalogue import catalogue, folder
from queries.parameters import read_term
from tests.fixtures.guards import not_empty

_BOUNDING = (
    "Wales Scottish north Labour female older over more most least fewest highest than not never"
    " except unless only alone should will likely could why better versus county fire recently"
)


def test_every_question_of_the_catalogue_can_be_asked_or_says_why_not() -> None:
    """A new question takes one entry in `phrases.toml`."""
    askable = {way.question for way in phrases().ways}
    assert askable & set(phrases().not_askable) == set()
    assert askable | set(phrases().not_askable) == set(catalogue())
    assert all(phrases().not_askable.values())


def test_every_way_names_notions_and_parameters_that_there_are() -> None:
    """A name with a slip would make a way that nobody can say."""
    notions = {one.name for readings in vocabulary().values() for one in readings if not one.value}
    unknown = {
        (way.question, name)
        for way in not_empty(phrases().ways)
        for item in way.items
        for name in item.names
        if name not in (_parameters(way) if item.is_slot else notions - {FILLER})
    }
    assert unknown == set()


def _parameters(way: Way) -> set[str]:
    names = {parameter.name for parameter in catalogue()[way.question].parameters}
    return names | ({"period", "span"} if {"from", "to"} <= names else set())


def test_what_columns_tell_names_columns_and_questions_that_there_are() -> None:
    """A name with a slip would let nothing be asked for."""
    read = tomllib.loads(folder("ask").joinpath("columns.toml").read_text(encoding="utf-8"))
    columns = [column for query in catalogue().values() for column in query.columns]
    words = {word for column in columns for word in column.split("_")} | {"*"}
    told = {word for some in read["told_by"].values() for word in some.split()}
    assert set(not_empty(told)) - words == set()
    assert set(not_empty(read["untold"])) - set(read["told_by"]) == set()
    listed = [read["given_by_ministers"], *read["untold"].values()]
    yields = not_empty(phrases().yields.values())
    named = {name for text in listed for name in text.split()}.union(*yields)
    assert set(not_empty(named)) - set(catalogue()) == set()


def test_every_way_gives_what_its_question_needs() -> None:
    """A way without a needed parameter would be refused by the question whatever is said."""
    for way in not_empty(phrases().ways):
        said = {name for item in way.items if item.is_slot for name in item.names} | set(way.fixed)
        said |= {"from", "to"} if said & {"period", "span"} else set()
        assert {one.name for one in catalogue()[way.question].missing(said)} == set(), way


def test_every_value_is_one_that_its_parameter_takes() -> None:
    """The values of phrases and ways are those of the types of parameters."""
    values = {(one.name, one.value) for some in vocabulary().values() for one in some if one.value}
    parameters = {one.type: one for query in catalogue().values() for one in query.parameters}
    for name, value in not_empty(values):
        assert read_term(parameters[name], value)


def test_every_topic_and_addition_can_be_said() -> None:
    """A value without words would be passed over, and the answer tell of all."""
    scheme = Path(ontology.__file__).parent / "schemes" / "coverage-topic.ttl"
    topics = set(re.findall(r'skos:notation "([^"]+)"', scheme.read_text(encoding="utf-8")))
    told = {(one.name, one.value) for some in vocabulary().values() for one in some}
    wanted = {("topic", topic) for topic in not_empty(topics)}
    assert set(not_empty(wanted)) <= told
    assert ("also", "not-heard-of") in told


def test_what_bounds_a_question_is_never_a_word_that_says_nothing() -> None:
    """Nor is a name of a nation, a party or a number one, whoever adds to the lists."""
    assert len(not_empty(fillers())) > 600
    assert set(not_empty(restricting())) & fillers() == set()
    for word in not_empty(plain(_BOUNDING)):
        assert (word,) in restricting(), word
