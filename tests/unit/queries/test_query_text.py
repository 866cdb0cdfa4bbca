"""Whatever text comes as a query, looking at it takes no longer than its length accounts for."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from api.routes.sparql import _LOOKED_AT_BESIDE_CHARACTERS
from data.settings import Settings
from ontology.errors import QueryRefused
from queries.engine.merged_graphs import counts_repeats
from queries.engine.projection import with_columns
from queries.remote.refusals import checked
from queries.sparql.query_inspection import inspect_query
from queries.sparql.standard_functions import standard_query
from queries.sparql.text_limits import TextLimits, text_limits_of
from tests.fixtures.guards import not_empty
from tests.fixtures.hostile_texts import HOSTILE_TEXTS
from tests.fixtures.stopwatch import processor_s

SHORT, LONG = 8_000, 32_000
GROWTH = LONG // SHORT
MOST_GROWTH = 2 * GROWTH
"""What grows with the length takes 4 times as long, what grows with its square 16 times."""
TOO_SHORT_TO_TELL_S = 0.002
MEASUREMENTS = 5
LOOKS: dict[str, Callable[[str], object]] = {
    "inspection": inspect_query,
    "functions": standard_query,
    "repeats": counts_repeats,
    "columns": lambda text: with_columns(text, 7, ["x", "s"]),
    "remote": checked,
}
UNLIMITED = TextLimits(10**9, 10**9, 10**9, 10**9)
OUTGROWING = "relative base", "long base", "many under a long base"
"""Texts whose addresses, resolved, are longer than they are; only a limit can hold them."""


def looked_at(look: Callable[[str], object], text: str) -> float:
    """Return how long it takes to look at a text, whether it is refused or not."""

    def refused_or_not() -> None:
        try:
            look(text)
        except QueryRefused as refusal:
            assert str(refusal)

    return processor_s(refused_or_not)


def growth(look: Callable[[str], object], kind: str) -> float:
    """Return how many times as long a text takes that is so much longer; the least of several."""
    make = HOSTILE_TEXTS[kind]
    least = float("inf")
    for _ in range(MEASUREMENTS):
        short_s = max(looked_at(look, make(SHORT)), TOO_SHORT_TO_TELL_S)
        least = min(least, looked_at(look, make(LONG)) / short_s)
        if least <= MOST_GROWTH:
            break
    return least


@pytest.mark.parametrize("kind", HOSTILE_TEXTS)
def test_time_grows_with_the_length(kind: str) -> None:
    """Four times the text takes about four times as long, in everything that looks at it."""
    grown = {name: growth(look, kind) for name, look in LOOKS.items()}
    assert max(not_empty(grown.values())) <= MOST_GROWTH, grown


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE_TEXTS if kind not in OUTGROWING])
def test_time_grows_with_the_length_without_limits(kind: str) -> None:
    """The limits are not what holds it."""
    assert growth(lambda query: inspect_query(query, UNLIMITED), kind) <= MOST_GROWTH


def test_no_mixture_of_them_takes_long_or_breaks_what_looks() -> None:
    """Pieces of all of them, in any order, are looked at or refused in the time of their length."""
    chance = random.Random(12)
    pieces = [make(60) for make in not_empty(HOSTILE_TEXTS.values())]
    plain = "ASK FROM <a> { " + "?s ?p ?o . " * (LONG // 11) + "}"
    most_s = MOST_GROWTH * max(looked_at(inspect_query, plain), TOO_SHORT_TO_TELL_S)
    for _ in range(40):
        text = ""
        while len(text) < SHORT:
            piece = chance.choice(pieces)
            start = chance.randrange(len(piece))
            text += piece[start : start + chance.randrange(1, 60)] * chance.choice((1, 1, 5, 50))
        for look in LOOKS.values():
            assert any(looked_at(look, text) <= most_s for _ in range(MEASUREMENTS)), text


@pytest.mark.parametrize(
    ("query", "value", "accepted"),
    [
        ("PREFIX a: <x:> " * 501 + "ASK {}", "501", "at most 500 lines of PREFIX and BASE"),
        ("BASE <x:a/> " * 501 + "ASK {}", "501", "at most 500 lines of PREFIX and BASE"),
        ("SELECT * " + "FROM <x:a> " * 201 + "{}", "201", "at most 200 graphs"),
        ("SELECT * " + "FROM NAMED <x:a> " * 201 + "{}", "201", "at most 200 graphs"),
        ("ASK " + "{" * 101 + "}" * 101, "101", "at most 100"),
        ("ASK { FILTER" + "(" * 100 + "1" + ")" * 100 + "}", "101", "at most 100"),
        ("ASK { ?s ?p " + "[ ?p " * 100 + "]" * 100 + "}", "101", "at most 100"),
        (
            f"BASE <http://x/{'a/' * 2_000}> SELECT * FROM <a>"
            + "".join(f" FROM <{number}>" for number in range(30))
            + " {}",
            None,
            "at most 100,000 characters",
        ),
    ],
)
def test_what_is_above_a_limit_is_told_the_limit(
    query: str, value: str | None, accepted: str
) -> None:
    """With the number that was found, and what is accepted."""
    with pytest.raises(QueryRefused) as refused:
        inspect_query(query)
    assert refused.value.accepted == (accepted,)
    assert accepted in str(refused.value)
    assert value is None or refused.value.value == value


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX a: <x:> " * 500 + "ASK {}",
        "SELECT * " + "FROM <x:a> " * 200 + "{}",
        "ASK " + "{" * 100 + "}" * 100,
    ],
)
def test_what_reaches_a_limit_is_read(query: str) -> None:
    """The limits are the most that is accepted."""
    assert inspect_query(query).form in ("ASK", "SELECT")


def test_the_limits_are_those_of_the_settings() -> None:
    """Without settings of their own, the command line and the service read the same."""
    assert text_limits_of(Settings()) == TextLimits()
    given = Settings(query_prologue=3, query_graphs=2, query_depth=4)
    with pytest.raises(QueryRefused, match="at most 3 lines"):
        inspect_query("BASE <x:> " * 4 + "ASK {}", text_limits_of(given))
    assert TextLimits().characters > _LOOKED_AT_BESIDE_CHARACTERS


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * FROM <graph/all> {}", ["graph/all"], []),
        (
            "BASE <http://x/y> SELECT * FROM <z> FROM NAMED <../w> {}",
            ["http://x/z"],
            ["http://x/w"],
        ),
        ("BASE <x:a/b> ASK FROM <c> {}", ["x:a/c"], []),
        ("PREFIX a: <b/> ASKFROM<c>FROM a:d FROM <c> {}", None, None),
        ("PREFIX a: <b/> ASK FROM a:d FROM <b/d> FROM a:\\-e {}", ["b/d", "b/-e"], []),
        ("PREFIX from: <x:> DESCRIBE from:a FROM from:b", ["x:b"], []),
        ("PREFIX : <x:> ASK FROM NAMED:b {}", None, None),
        ("PREFIX a: <x:> ASK FROMa:b {}", None, None),
        ("ASK FROM a:b {}", None, None),
        ("ASK FROM { ?s ?p ?o }", None, None),
        ("SELECT (1<2#>\n AS ?x) FROM <a> {}", None, None),
        ("ASK FROM <\\u0061> {}", ["a"], []),
    ],
)
def test_graphs_are_those_that_the_engine_would_take(
    query: str, default: list[str] | None, named: list[str] | None
) -> None:
    """Relative to what the query declares, or to the address of the service, as with GRAPH."""
    if default is None or named is None:
        with pytest.raises(QueryRefused, match="expected"):
            inspect_query(query)
        return
    seen = inspect_query(query)
    home = "https://w3id.org/council-interventions/"
    whole = [name if ":" in name else home + name for name in default]
    assert (list(seen.default_graphs), list(seen.named_graphs)) == (whole, named)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(DISTINCTNOW()) AS ?n) {}",
        "SELECT (COUNT(DISTINCTRAND()) AS ?n) {}",
        "SELECT * { ?s ?p ?o } ORDER BYRAND()",
        "SELECT (NOW() AS ?x) {}",
        "SELECT (now () AS ?x) {}",
        "SELECT (RAND#\n() AS ?x) {}",
        "ASK { FILTER(?a<NOW()&&?b>1) }",
        "ASK { FILTERRAND() }",
        "SELECT (IF(1<2,UUID(),2) AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (BNODE('a') AS ?x) {}",
        "SELECT (YEAR(NOW\n\t()) AS ?x) FROM <a> {}",
        "SELECT ('a'@en AS ?l) (1<2#>\n+RAND() AS ?x) {}",
    ],
)
def test_what_changes_each_time_is_seen_however_it_is_written(query: str) -> None:
    """Such an answer is nobody else's."""
    assert not inspect_query(query).is_lasting


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?now ?rand { ?now ?rand 'UUID' }",
        "PREFIX now: <x:> SELECT * { ?s now:now ?bnode }",
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x ?p ?o FILTER(ISBLANK(?o)) }",
    ],
)
def test_other_words_change_nothing(query: str) -> None:
    """Names that look like those functions may be kept."""
    assert inspect_query(query).is_lasting
