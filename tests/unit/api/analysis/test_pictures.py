"""Each picture draws what its rows say, and nothing more certain than they are."""

import re
import xml.etree.ElementTree as ElementTree
from importlib.resources import files
from typing import Any

import pytest

from api.analysis.pictures.all_pictures import PICTURES
from api.analysis.pictures.lengths import median_days, read_lengths
from api.analysis.takeaway import NARROW_PX, WIDE_PX, drawn, whole_svg
from queries.catalogue import find_query
from tests.fixtures.guards import not_empty

_BASE = "https://w3id.org/council-interventions/"
_REGIME = f"{_BASE}scheme/regime/best-value"
_HOSTILE = '<script>alert("1")</script>'
_QUARTER = {"quarter_begins": "2020-01-01", "regime": _REGIME}
_ENDED = {"regime": _REGIME, "council": "x/AAA", "began": "2010-01-01"}
_REPORT = {"council": "Slough Borough Council", "year": 2016}
_DAYS = ("days_from_publication_least", "days_from_publication_most")
_COURSE = {"council": "x/AAA", "began": "2016", "ended": None, "grade_before": "inadequate"}
_SUPPORT = {"council": "x/AAA", "year": "2024-25", "sums": 1}
_POST = {"person": "A Person", "councils": 2, "council": "Slough Council", "post": "commissioner"}
_GIVEN = {"year": 2016, "issued_by": "Secretary of State for Education"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "under-way": [
        _QUARTER | {"certainty": "certain", "councils": 3},
        _QUARTER | {"certainty": "possible", "councils": 2},
    ],
    "lengths": [
        _ENDED | {"ended": "2010-01-11", "days_least": 10, "days_most": 10},
        _ENDED | {"ended": "[2010-02..2011]", "days_least": 31, "days_most": 729},
        _ENDED | {"ended": None, "days_least": 20, "days_most": None},
    ],
    "days-to-direction": [
        _REPORT | dict(zip(_DAYS, (10, 10), strict=True)),
        _REPORT | dict(zip(_DAYS, (0, 900), strict=True)),
        _REPORT | dict(zip(_DAYS, (None, None), strict=True)),
    ],
    "grades-before-and-after": [
        _COURSE
        | {"grade_next": "good", "grade_after_end": None}
        | {"links_certainty": "certain", "order_certainty": "possible"},
        _COURSE
        | {"grade_next": "inadequate", "grade_after_end": None}
        | {"links_certainty": "certain", "order_certainty": "certain"},
    ],
    "financial-support": [
        _SUPPORT | {"amount_gbp": 12_000_000, "to_year": None},
        _SUPPORT | {"amount_gbp": 3_000_000, "to_year": "2025-26", "council": "x/BBB"},
        _SUPPORT | {"amount_gbp": 0, "to_year": None, "council": "x/CCC"},
    ],
    "people-in-several-councils": [
        _POST | {"held": "2016-05 to [2018..2019]"},
        _POST | {"held": "[2020..2021]", "council": "Norfolk County Council"},
        _POST | {"held": None, "council": "Kent County Council"},
    ],
    "directions-by-department": [
        _GIVEN | {"certainty": "certain", "directions": 4},
        _GIVEN | {"certainty": "possible", "directions": 2},
    ],
    "how-much-is-certain": [
        _QUARTER | {"certainty": "certain", "councils": 3},
        _QUARTER | {"certainty": "planned", "councils": 1},
    ],
}
"""Rows made up for this test, a few for each picture."""
FOUND: dict[str, str] = {
    "under-way": "best value 3 (1 January 2020)",
    "lengths": "0.1 years for 3 under best value",
    "days-to-direction": "Of 3 reports with an inadequate overall grade, 2 are known",
    "grades-before-and-after": "2 have a grade before and a next one: 1 better, 1 the same, 0",
    "financial-support": "£15 million for 2024-25, to 2 councils",
    "people-in-several-councils": "1 person held such an office",
    "directions-by-department": "Education 6 in all, most in 2016 (6)",
    "how-much-is-certain": "75 in 100",
}
"""Words of the sentence that those rows make."""
UNCERTAIN: dict[str, str] = {
    "under-way": "dotted-best-value",
    "lengths": "hatched-best-value",
    "days-to-direction": "hatched-childrens-services",
    "financial-support": "hatched-money",
    "people-in-several-councils": "hatched-people",
    "directions-by-department": "hatched-childrens-services",
    "how-much-is-certain": "hatched-people",
}
"""The texture that those rows must have somewhere; grades have hollow dots instead."""


def _name(address: str) -> str:
    return address.rpartition("/")[2]


@pytest.mark.parametrize("name", PICTURES)
def test_the_sentence_follows_from_the_rows(name: str) -> None:
    """Nothing of a finding is written by hand."""
    chart = PICTURES[name].chart(ROWS[name], _name)
    assert FOUND[name] in chart.finding
    assert all(len(row) == len(chart.table.columns) for row in not_empty(chart.table.rows))


@pytest.mark.parametrize("name", UNCERTAIN)
def test_what_is_not_certain_is_not_drawn_solid(name: str) -> None:
    """The area of an uncertain row is filled with the pattern that stands for it."""
    svg = drawn(PICTURES[name], PICTURES[name].chart(ROWS[name], _name), WIDE_PX, "x").svg()
    assert f'fill="url(#{name}-x-{UNCERTAIN[name]})"' in svg


def test_a_grade_of_uncertain_order_is_a_hollow_dot() -> None:
    """One dot a course and panel; the one whose report may have come later is hollow."""
    picture = PICTURES["grades-before-and-after"]
    rows = ROWS["grades-before-and-after"]
    svg = drawn(picture, picture.chart(rows, _name), WIDE_PX, "x").svg()
    assert re.findall(r'class="(fill-\S+ stroke-\S+)"', svg) == [
        "fill-inadequate stroke-inadequate",
        "fill-paper stroke-good",
    ]


@pytest.mark.parametrize("name", PICTURES)
def test_without_rows_a_picture_says_so(name: str) -> None:
    """A release of which nothing is known has pictures too."""
    chart = PICTURES[name].chart([], _name)
    assert chart.finding.endswith(".") and list(chart.table.rows) == []
    assert ElementTree.fromstring(whole_svg(PICTURES[name], chart, "made up")) is not None


@pytest.mark.parametrize("width", [NARROW_PX, WIDE_PX])
@pytest.mark.parametrize("name", PICTURES)
def test_no_mark_leaves_the_paper(name: str, width: int) -> None:
    """Every bar and dot is on the paper, of a telephone as of a screen."""
    drawing = drawn(PICTURES[name], PICTURES[name].chart(ROWS[name], _name), width, "x")
    root = ElementTree.fromstring(drawing.svg())
    assert root.get("width") == str(width)
    for mark in not_empty(root.iter()):
        x, y = mark.get("x") or mark.get("cx"), mark.get("y") or mark.get("cy")
        if x is not None and y is not None and "pattern" not in mark.tag:
            assert -0.1 <= float(x) <= width + 0.1
            assert -0.1 <= float(y) <= drawing.height + 0.1


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    """Whatever a source calls a council, a person or an office."""
    texts = {"council", "person", "post", "issued_by"}
    rows = [
        {key: _HOSTILE if key in texts else value for key, value in row.items()}
        for row in ROWS[name]
    ]
    svg = whole_svg(PICTURES[name], PICTURES[name].chart(rows, lambda _: _HOSTILE), _HOSTILE)
    assert "<script" not in svg and "&lt;script&gt;" in svg


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_asks_a_question_of_the_catalogue(name: str) -> None:
    """With the parameters that it needs, and rows of its columns are what the picture reads."""
    query = find_query(PICTURES[name].question)
    assert not query.missing(dict(PICTURES[name].parameters))
    assert set(not_empty(ROWS[name][0])) <= set(query.columns)


def test_the_middle_length_is_that_of_the_least() -> None:
    """The end that is open counts with the days that are sure."""
    lengths = read_lengths(ROWS["lengths"], _name)
    assert median_days(lengths, "best-value") == 20
    assert [one.most_days for one in lengths] == [10, 729, None]
    assert [one.years for one in lengths] == ["0.0", "0.1 to 2.0", "0.1 or more"]


@pytest.mark.parametrize("name", PICTURES)
def test_a_size_of_text_is_kept_in_a_page(name: str) -> None:
    """The style sheet of the pages has one size for all texts of pictures, but for these."""
    svg = drawn(PICTURES[name], PICTURES[name].chart(ROWS[name], _name), NARROW_PX, "x").svg()
    styles = (files("api") / "static" / "analysis.css").read_text(encoding="utf-8")
    missing = {size for size in re.findall(r" (px-\d+)", svg) if f".{size} {{" not in styles}
    assert missing == set()
