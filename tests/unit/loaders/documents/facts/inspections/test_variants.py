"""Inspection reports in layouts not seen before: what is read holds, nothing is invented."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures.documents import small_reports as small
from tests.fixtures.documents.made_up_frameworks import FRAMEWORKS, Framework, MadeUp
from tests.fixtures.documents.made_up_reports import made_up
from tests.fixtures.documents.report_noise import noisy, typeset
from tests.fixtures.documents.small_reports import facts, inspection
from tests.fixtures.guards import not_empty, replaced

CHANCE = st.randoms(use_true_random=False)
FRAMEWORK = st.sampled_from(FRAMEWORKS)


def wanted(report: MadeUp) -> dict[str, object]:
    """Return what must be read of a report made up."""
    return {
        "council": [report.council],
        "framework": [report.framework],
        "days": [report.days],
        "published": [report.published] if report.published else [],
        "grades": report.grades,
    }


@settings(max_examples=60, deadline=None)
@given(random=CHANCE, framework=FRAMEWORK)
def test_every_layout_of_every_framework(random: Random, framework: Framework) -> None:
    """Of a clean text every grade, day, council, framework and publication is read."""
    report = made_up(random, framework)
    found = facts(typeset(random, report.text) if random.random() < 0.3 else report.text)
    assert {name: found[name] for name in wanted(report)} == wanted(report)


def test_noise_costs_little_and_nothing_wrong_is_certain() -> None:
    """Of texts with misread words nearly all is read, and no grade or day is wrong yet certain."""
    grades = read = days = stays = 0
    for seed in range(80):
        random = Random(seed)
        report = made_up(random, FRAMEWORKS[seed % len(FRAMEWORKS)])
        one = inspection(noisy(random, report.text, 0.02))
        said = {(j.area, g.value) for j in one.judgements for g in j.grade if not g.modality}
        assert set(not_empty(said)) <= set(report.grades.items()), seed
        certain = {time.date for time in one.on_site if not time.modality}
        assert set(not_empty(certain)) <= {report.days}, seed
        grades, read = grades + len(report.grades), read + len(said)
        days, stays = days + 1, stays + len(certain)
    assert read >= 0.95 * grades
    assert stays >= 0.95 * days


RECALLED = {
    "a sentence": "At the last inspection, in 2012, services in {n} were judged inadequate.",
    "a sentence in the present": "The last inspection found that overall effectiveness is good.",
    "a list": "Previous judgements: overall effectiveness: inadequate (2012)",
    "a table": "Previous inspection in 2012\nOverall effectiveness Inadequate\nChildren who need "
    "help and protection Inadequate\nThe experiences and progress of care leavers Inadequate\n"
    "Leadership and management Inadequate\nCapacity to improve Inadequate\n"
    "Quality of provision Inadequate\n",
    "a board": "The effectiveness of the Local Safeguarding Children Board is inadequate.",
    "a home": "The overall effectiveness of the children\u2019s home is inadequate.",
    "a paragraph": "Care leavers\nInadequate housing remains a worry to some.",
}


@pytest.mark.parametrize("told", RECALLED.values(), ids=RECALLED.keys())
@pytest.mark.parametrize("framework", FRAMEWORKS, ids=[one.name for one in FRAMEWORKS])
def test_grades_that_a_report_recalls(framework: Framework, told: str) -> None:
    """A grade of an earlier inspection, or of another body, is no grade of this one."""
    for seed in range(3):
        report = made_up(Random(seed), framework)
        text = f"{report.text}\n\n{told.format(n='Norfolk')}\n\nThat is all."
        certain = {
            (j.area, g.value)
            for j in inspection(text).judgements
            for g in j.grade
            if not g.modality
        }
        assert certain <= set(report.grades.items())
        assert len(certain) >= len(report.grades) - 1


DAYS = {
    "4/2/19\u201315/2/19": "2019-02-04/2019-02-15",
    "04/02/2019 to 15/02/2019": "2019-02-04/2019-02-15",
    "04.02.2019 - 15.02.2019": "2019-02-04/2019-02-15",
    "28 November \u2013 9 December 2022": "2022-11-28/2022-12-09",
    "19 November\u201330 November 2018": "2018-11-19/2018-11-30",
    "10 June 2019 to 2 1 June 2019": "2019-06-10/2019-06-21",
    "10 to 21 June 201 9": "2019-06-10/2019-06-21",
    "l0 to 21 Junc 2019": "2019-06-10/2019-06-21",
    "8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019": (
        "{2019-07-08..2019-07-12,2019-08-07..2019-08-08}"
    ),
    "17, 18, 24 and 25 January 2023": "{2023-01-17..2023-01-18,2023-01-24..2023-01-25}",
    "Mon 7 Nov 2022 - Fri 18 Nov 2022": "2022-11-07/2022-11-18",
    "20\u00a0November\u00a02018 to 30\u00a0November\u00a02018.": "2018-11-20/2018-11-30",
}


@pytest.mark.parametrize(("printed", "days"), DAYS.items())
def test_forms_of_days(printed: str, days: str) -> None:
    """However days are printed or broken, they are the days on site."""
    assert facts(small.report(dates=printed))["days"] == [days]


def test_days_that_are_not_whole() -> None:
    """Days without a year give none; a stay of which one end is lost is not certain."""
    assert facts(small.report(dates="11-22 July"))["days"] == []
    one = inspection(small.report(dates="3 March 2023 to 17 Xarch"))
    assert [time.modality for time in one.on_site] in ([], ["inferred"])


def test_days_of_another_inspection() -> None:
    """The days of the inspection before are not those of this one, wherever they stand."""
    text = replaced(
        small.report(),
        "Inspection dates",
        "Previous inspection dates: 3 to 7 May 2018\nInspection dates",
    )
    assert facts(text)["days"] == ["2023-06-05/2023-06-16"]


COLUMNS = "Inspection dates:\nLead inspector:\n7 to 18 November 2022\nRobin Example\n"


def test_labels_before_all_values() -> None:
    """A cover whose labels were extracted before their values has the same facts."""
    text = small.report("Norfolk", "7 to 18 November 2022")
    before, _, after = text.partition("Inspection dates:")
    found = facts(before + COLUMNS + after.partition("Inspector\n")[2])
    assert (found["days"], found["inspector"]) == (["2022-11-07/2022-11-18"], ["Robin Example"])


def test_words_without_spaces() -> None:
    """A text that has lost its spaces has the same facts."""
    text = small.report("North Northamptonshire", "3 to 14 October 2023")
    assert facts(text.replace(" ", "")) == facts(text)


def test_grades_outside_the_scale() -> None:
    """A grade that the framework does not have is left out and told to the reviewer."""
    found = facts(small.report(grades=("Adequate", "Good", "Good", "Good", "Good")))
    assert "ilacs-leaders" not in found["grades"]
    assert len(found["grades"]) == 4


def test_grades_without_order() -> None:
    """Where a column of grades lacks one, none of them is given to a wrong area."""
    table = "\n".join(small.AREAS) + "\nGood\nInadequate\nOutstanding\nGood\n\nMore words.\n"
    assert facts(small.report(table=f"Judgement\nGrade\n{table}"))["grades"] == {}


NAMES = {
    "City of York Council": "YOR", "Royal Borough of Windsor and Maidenhead": "WNM",
    "Council of the Isles of Scilly": "IOS", "Stoke-on-Trent City Council": "STE",
    "Stockton-on-Tees Borough Council": "STT", "The London Borough of Camden": "CMD",
    "St. Helens Metropolitan Borough Council": "SHN", "County Durham": "DUR",
    "Bournemouth, Christchurch and Poole": "BPC", "Telford and Wrekin": "TFW",
    "Redcar & Cleveland": "RCC", "Kingston upon Hull": "KHL", "Cheshire West and Chester": "CHW",
}  # fmt: skip
FORMER = {
    "Northamptonshire County Council": "NTH", "Cumbria": "CMA", "Dorset": "DOR", "Poole": "POL",
    "Somerset Council": "SOM", "Bournemouth": "BMH", "Buckinghamshire County Council": "BKM",
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), [*NAMES.items(), *FORMER.items()])
def test_names_of_councils(name: str, code: str) -> None:
    """Every form of a name is the council that existed then, also beside a trust."""
    dates = "5 to 9 June 2017" if name in FORMER else "5 to 9 June 2023"
    text = small.report(name, dates)
    trust = "Birmingham Children\u2019s Trust works for Birmingham City Council.\n"
    assert facts(text + trust)["council"] == [code]
    below = replaced(text, f"Inspection of {name} local authority", f"{name}\nInspection of")
    assert facts(below)["council"] == [code]
