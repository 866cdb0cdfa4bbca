"""Questions in ordinary English: the right answer with what was understood, or none."""

import asyncio
import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from api.routes.finding.ask import prepare_understanding
from loaders.__main__ import cli
from ontology.errors import WrongParameter
from queries.ask.evidence.examples import evidence
from queries.ask.matcher import NotUnderstood, Understood, understand
from queries.ask.names import Names
from queries.ask.vocabulary import phrases
from queries.catalogue import catalogue
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES
from tests.fixtures.published_questions import EXAMPLES, example_of, published
from tests.integration.api.test_errors import assert_problem

_TODAY = date(2026, 11, 29)
_KEYS = ["answered", "understood", "question", "parameters", "columns", "items", "nearest"]
_NONE = "none"
_LEAST_RIGHT = 0.98
_MUCH_REFUSED = {"formal_and_legal.csv": 0.75, "on_air_and_at_home.csv": 0.78}
"""Sets of which much is refused still, and the least share that is understood rightly."""
_MOST_WRONG = 0.015
"""The share of those that are understood as something else."""
_SETS = (
    "by_another_writer.csv",
    "many_voices.csv",
    "terse_and_formal.csv",
    "plain_speech.csv",
    "asked_in_passing.csv",
    "everyday.csv",
    "in_brief_and_at_length.csv",
)
_IN_PLACE: tuple[tuple[str, str, str], ...] = (
    ("council", r"a council or combined authority|a council\b", "Norfolk"),
    ("day", r"a day\b", "1 January 2024"),
    ("known_at", r"a day\b", "1 January 2024"),
    ("known_at", r"until another\b", "until 1 March 2024"),
    ("from", r"between two days", "in 2018"),
    ("from", r"of a time", "of 2018"),
    ("direction", r"a direction\b", "WOR-2017-02"),
    ("year", r"a financial year", "2024-25"),
    ("provision", r"a provision", "section 24 of the Children Act 1989"),
    ("thing", r"a thing", "direction/WOR-2017-02"),
    ("regime", r"came out of intervention", "came out of intervention in best value"),
)
"""What a person says in place of the words for a parameter of a question."""


@pytest.fixture(scope="module")
def names(england: TestClient) -> Names:
    """Return the names that the national release knows."""
    application: Any = england.app
    found: Names = application._current().names
    return found


def rows(name: str) -> list[dict[str, str]]:
    """Return the questions of a file, with what is to answer them."""
    with (FIXTURES / "questions" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read(text: str, names: Names) -> tuple[str, dict[str, str]]:
    """Return the question of the catalogue and the parameters that a text is understood as."""
    found = understand(text, names, _TODAY)
    return (found.query.name, dict(found.given)) if isinstance(found, Understood) else (_NONE, {})


def expected(row: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the question and the parameters that a row of a file tells."""
    return row["answered_by"], dict(pair.split("=", 1) for pair in row["parameters"].split())


@pytest.mark.parametrize("row", rows("development.csv"), ids=lambda row: row["question"])
def test_a_question_is_understood_or_refused(row: dict[str, str], names: Names) -> None:
    """Each as it was said by hand: by its question and parameters, or not at all."""
    assert read(row["question"], names) == expected(row)


@pytest.mark.parametrize("file", _SETS)
def test_nearly_all_questions_of_a_set_are_understood(file: str, names: Names) -> None:
    """Rightly; none as anything but what is asked."""
    questions = not_empty(rows(file))
    missed: list[str] = []
    wrong: list[str] = []
    for row in questions:
        found, given = read(row["question"], names)
        accepted, parameters = expected(row)
        if found == _NONE and _NONE not in accepted.split("|"):
            missed.append(row["question"])
        elif found != _NONE and (found not in accepted.split("|") or given != parameters):
            wrong.append(row["question"])
    assert wrong == []
    assert 1 - len(missed) / len(questions) >= _LEAST_RIGHT, missed


@pytest.mark.parametrize("file", _MUCH_REFUSED)
def test_of_hard_sets_most_is_understood_and_hardly_any_wrongly(file: str, names: Names) -> None:
    """Long, formal, or as people talk; what is not understood is refused."""
    right = wrong = 0
    questions = not_empty(rows(file))
    for row in questions:
        found, given = read(row["question"], names)
        accepted, parameters = expected(row)
        is_right = found in accepted.split("|") and given == parameters
        right += is_right
        wrong += found != _NONE and not is_right
    assert right / len(questions) >= _MUCH_REFUSED[file]
    assert wrong / len(questions) <= _MOST_WRONG


def test_hardly_any_near_miss_is_answered(names: Names) -> None:
    """By those who had not seen the matcher."""
    asked = [row["question"] for row in not_empty(rows("without_answer_by_others.csv"))]
    found = [text for text in asked if read(text, names)[0] != _NONE]
    assert len(found) / len(asked) <= _MOST_WRONG, found


def test_no_question_without_an_answer_is_answered(names: Names) -> None:
    """About neighbouring fields, the future, opinions, reasons, or on wrong premises."""
    asked = [row["question"] for row in not_empty(rows("without_answer.csv"))]
    assert [text for text in asked if read(text, names)[0] != _NONE] == []


def test_the_examples_are_the_published_questions(names: Names) -> None:
    """Each with the kinds of its names and times; one in ten is looked at."""
    with EXAMPLES.open(encoding="utf-8", newline="") as lines:
        known = {(row["answered_by"], row["asked"]) for row in csv.DictReader(lines)}
    asked = [*published()]
    assert {example_of(row, names) for row in not_empty(asked[::10])} - known == set()
    assert len(known) <= len(asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Has anywhere failed on protection yet come out with a passing overall mark?", True),
        ("Names the education department has had over the years", True),
        ("Who escaped children's services intervention in 2019 and has stayed clear?", True),
        ("How many days go by before a lawsuit follows an inadequate report?", False),
        ("Under each framework of inspection, how many inspectors were employed?", False),
        ("Which notices were followed by a lawsuit, and how many days later?", False),
        ("Which directions and notices were newly issued between May and August 2023?", False),
        ("Which best value directions were followed by a notice, and how many days later?", False),
        ("How long from a direction to the next inadequate report, council by council?", False),
        ("Which councils had a best value notice and an improvement notice at once?", False),
        ("How many requirements does a direction contain on average?", False),
        ("Which people served as commissioner in only one council?", False),
        ("Which councils asked the Secretary of State to intervene?", False),
        ("Which councils sent a letter to the minister proposing a commissioner?", False),
    ],
)
def test_what_no_way_of_asking_takes_is_known_by_its_likes(
    text: str, asked: bool, names: Names
) -> None:
    """But a word that no example has, of something else, is no likeness."""
    assert (read(text, names)[0] != _NONE) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which inspections are graded in Norfolk?", "grades_of_council"),
        ("Which directions did ministers send to Norfolk?", "directions_of_council"),
        ("I should be grateful to know which directions Norfolk got", "directions_of_council"),
        ("Which directions did Norfolk send to ministers?", _NONE),
        ("Which commissioners did Norfolk appoint?", _NONE),
        ("Which directions has Norfolk issued?", _NONE),
        ("Which directions has Norfolk been issued with?", "directions_of_council"),
        ("Which section 114 notices has Slough issued?", "section_114_reports_between"),
        ("Will the state intervene in Norfolk?", _NONE),
        ("What did commissioners find in Liverpool?", _NONE),
        ("What do commissioners in Liverpool cost?", "pay_of_commissioners"),
        ("What did Slough read about intervention?", _NONE),
        ("Who wrote Woking's section 114 report?", _NONE),
        ("Which councils were promised EFS for 2022-23?", "financial_support_by_year"),
        ("Which councils were promised EFS in 2022-23?", "councils_with_support_decided_in"),
        ("Should the committee know which directions Norfolk got?", _NONE),
    ],
)
def test_who_acts_and_what_leads_up_to_a_question_count(
    text: str, asked: str, names: Names
) -> None:
    """Ministers direct councils, and what is only polite says nothing."""
    assert read(text, names)[0] == asked


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Who is commissioner or envoy today?", {"day": "2026-11-29"}),
        ("Which envoys are in post today?", {"day": "2026-11-29", "office": "envoy"}),
        ("Which commissioners and envoys are in post today?", {}),
        ("What do Liverpool's commissioners cost?", {"council": "LIV"}),
        ("What did commissioners get in fees and expenses in Liverpool?", {"council": "LIV"}),
        ("rotherhams ofsted grades", {"council": "ROT"}),
    ],
)
def test_a_value_is_given_where_one_is_said(text: str, given: dict[str, str], names: Names) -> None:
    """One or another leaves it open where the answer tells which; one and another does not."""
    assert read(text, names)[1] == given


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How long did each council wait for a direction after a failing report?", True),
        ("How many directions did each council receive?", False),
        ("How many inspections did each council have in 2018?", False),
    ],
)
def test_one_row_for_each_is_asked_for_where_rows_tell_it(
    text: str, asked: bool, names: Names
) -> None:
    """But none counts them."""
    assert (read(text, names)[0] != _NONE) == asked


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("Which directions were Norfolk's in proper form?", "directions_of_council", "proper"),
        ("What do sources contradict each other on, row by row?", "disagreements", "row"),
        ("Which directions has Norfolk been the laughing stock of?", _NONE, "laughing"),
        ("Is a commissioner linked to improved grades in Wales?", _NONE, "Wales"),
        ("What do sources contradict each other on, Brexit by Brexit?", _NONE, "Brexit"),
        ("Which directions has Norfolk had more of?", _NONE, "more"),
    ],
)
def test_words_that_say_nothing_may_be_left_over(
    text: str, asked: str, told: str, names: Names
) -> None:
    """And are told; what bounds or names something never is."""
    found = understand(text, names, _TODAY)
    assert read(text, names)[0] == asked
    assert told in found.words


def test_of_two_questions_that_fit_equally_both_are_offered(names: Names) -> None:
    """And neither is answered."""
    found = understand("Which visits set areas for priority action?", names, _TODAY)
    assert isinstance(found, NotUnderstood) and "several questions fit" in found.words
    both = {"areas_for_priority_action", "visits_with_priority_areas"}
    assert {query.name for query in found.nearest[:2]} == both


def test_a_long_text_is_told_to_be_too_long(names: Names) -> None:
    """Before anything is looked for in it."""
    found = understand("to be or not " * 20, names, _TODAY)
    assert isinstance(found, NotUnderstood)
    assert "80 words" in found.words and "at most 60" in found.words


@pytest.mark.parametrize("name", sorted(catalogue().keys() - phrases().not_askable.keys()))
def test_the_catalogue_understands_itself(name: str, names: Names) -> None:
    """Every question as the catalogue puts it, with values in place of its parameters."""
    text = catalogue()[name].question
    for parameter, words, value in _IN_PLACE:
        if parameter in {one.name for one in catalogue()[name].parameters}:
            text = re.sub(words, value, text)
    assert read(text, names)[0] == name


@pytest.mark.parametrize(
    "words",
    ["Scotland", "not", "except Norfolk", "elections", "Wibbleshire", "council tax", "or Suffolk"],
)
def test_a_word_that_is_not_accounted_for_is_no_answer(words: str, names: Names) -> None:
    """Whatever else is understood."""
    asked = "Which councils were under intervention on 1 January 2018"
    assert read(asked, names)[0] == "under_intervention"
    assert read(f"{asked} {words}?", names)[0] == _NONE


def test_what_is_missing_or_may_be_several_is_told(names: Names) -> None:
    """The reason stands in words, with the nearest questions."""
    found = understand("Which councils were under intervention?", names, _TODAY)
    assert isinstance(found, NotUnderstood)
    assert "day" in found.words and found.nearest[0].name == "under_intervention"
    several = understand("Which directions has North West received?", names, _TODAY)
    assert isinstance(several, NotUnderstood) and "may mean" in several.words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What directions did it receive and when?", "it"),
        ("How many directions did they get?", "they"),
        ("Which directions did that council receive?", "that council"),
    ],
)
def test_a_word_for_what_is_not_named_is_no_answer(text: str, words: str, names: Names) -> None:
    """Told with the word."""
    found = understand(text, names, _TODAY)
    assert isinstance(found, NotUnderstood) and repr(words) in found.words


def test_a_word_for_what_is_named_before_it_is_plain(names: Names) -> None:
    """A council, or those that the question itself speaks of."""
    named = read("Norfolk: what directions did it receive and when?", names)
    assert named == ("directions_of_council", {"council": "NFK"})
    asked = "Which councils had an improvement notice hanging over them on 31 March 2014?"
    assert read(asked, names)[0] == "acts_in_force_on_day"


def test_the_answer_is_that_of_the_question(england: TestClient) -> None:
    """With what was understood, the release and what it covers."""
    asked = {"q": "Which directions has Norfolk received?"}
    answer = england.get("/ask", params=asked).json()
    same = england.get("/queries/directions_of_council?council=NFK").json()
    assert list(answer) == [*_KEYS, "release", "coverage"]
    assert answer["answered"] and answer["question"] == "directions_of_council"
    assert answer["parameters"] == {"council": "NFK"} and answer["nearest"] == []
    assert "Norfolk County Council" in answer["understood"]
    assert (answer["columns"], answer["items"]) == (same["columns"], not_empty(same["items"]))
    assert answer["release"] == same["release"]
    topics = {topic["topic"] for topic in answer["coverage"]["topics"]}
    assert "childrens-interventions" in topics


def test_the_first_question_waits_for_no_examples(england: TestClient) -> None:
    """They were read when the service started."""
    evidence.cache_clear()
    application: Any = england.app
    asyncio.run(prepare_understanding(application._current()))
    assert evidence.cache_info().currsize == 1


def test_no_answer_offers_the_nearest(england: TestClient) -> None:
    """Each of them can be asked."""
    response = england.get("/ask", params={"q": "Which councils in Wales have commissioners?"})
    answer = response.json()
    assert response.status_code == 200 and not answer["answered"]
    assert (answer["question"], answer["parameters"], answer["items"]) == (None, {}, [])
    assert "Wales" in answer["understood"]
    for one in not_empty(answer["nearest"]):
        assert england.get(one["address"]).status_code == 200


@pytest.mark.parametrize("asked", ["", "?q=", "?q=" + "a" * 301, "?q=a%00b", "?q=%ff", "?text=a"])
def test_what_is_no_question_is_refused(client: TestClient, asked: str) -> None:
    """With the parameter and what is accepted."""
    problem = assert_problem(client.get(f"/ask{asked}"), 400)
    assert "q" in problem["detail"] and problem["accepted"]


def test_the_page_shows_the_answer_or_what_is_nearest(england: TestClient) -> None:
    """And a form with examples where nothing was asked."""
    html = {"Accept": "text/html"}
    empty = england.get("/ask", headers=html)
    assert empty.status_code == 200 and 'name="q"' in empty.text and "For example" in empty.text
    asked = england.get("/ask?q=Which directions has Norfolk received?", headers=html).text
    assert "What was understood" in asked and "NFK-2016-02" in asked
    assert "/queries/directions_of_council?council=NFK" in asked
    refused = england.get("/ask?q=Who won the <b>election</b>?", headers=html).text
    assert "The nearest questions" in refused and "<b>election" not in refused


def test_the_command_prints_the_same(client: TestClient, release: Any) -> None:
    """The same fields and values as the service."""
    text = "Which directions has Norfolk received?"
    done = CliRunner().invoke(cli, ["ask", text, "-f", "json", "--release", str(release)])
    assert done.exit_code == 0, done.output
    assert done.stdout == client.get("/ask", params={"q": text}).text
    said = CliRunner().invoke(cli, ["ask", "Who won?", "--release", str(release)])
    assert "Cannot answer that" in said.stdout and "The nearest questions" in said.stdout


def test_the_command_refuses_a_value_that_the_release_does_not_know(
    england: TestClient, national: Any
) -> None:
    """As the service does: an authority that is no council has received nothing that is listed."""
    text = "Which directions has the Greater London Authority received?"
    answer = england.get("/ask", params={"q": text}).json()
    assert not answer["answered"] and "GLA" in answer["understood"]
    asked = ["ask", text, "-f", "json", "--release", str(national)]
    done = CliRunner().invoke(cli, asked)
    said = json.loads(done.stdout)
    assert (said["answered"], said["items"]) == (False, [])
    assert [one["id"] for one in said["nearest"]] == [one["id"] for one in answer["nearest"]]


@pytest.mark.parametrize("text", ["", "  ", "a" * 301, "a\x00b"])
def test_the_command_refuses_what_is_no_question(text: str) -> None:
    """As the service does."""
    done = CliRunner().invoke(cli, ["ask", text])
    assert done.exit_code != 0 and isinstance(done.exception, WrongParameter)
