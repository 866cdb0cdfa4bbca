"""Causes for which reports and letters were once read wrongly, one test each."""

from __future__ import annotations

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.facts.inspections.judgement_tables import GRADE
from loaders.documents.files.fixed_text import text_of
from loaders.documents.text.view import report_view_of
from tests.fixtures.documents.small_reports import facts, inspection
from tests.fixtures.guards import replaced

ROWS = """The impact of leaders on social work practice with children and families Good
The experiences and progress of children who need help and protection Good
The experiences and progress of children in care Good
The experiences and progress of care leavers Outstanding
"""
COVER = """Inspection of Tower Hamlets local authority
children\u2019s services
Inspection dates: 29 June to 10 July 2026
Lead inspector: Tara Geere, His Majesty\u2019s Inspector
Judgement Grade
"""
OFFICE = "Ofsted\nPiccadilly Gate\nStore Street\nManchester\nM1 2WD\n"
VISIT = """14 August 2018
Director of Children\u2019s Services
Slough Borough Council
Dear Director
Focused visit to Slough Borough Council children\u2019s services
This letter summarises the findings of a focused visit to Slough Borough Council children\u2019s
services on 17 and 18 July 2018.
"""
REVISIT = """13 November 2019
Dear colleagues
Joint area SEND revisit in Slough
Between 30 September 2019 and 2 October 2019, Ofsted and the Care Quality Commission revisited
the area of Slough to decide whether the local area has made sufficient progress in addressing
the areas of significant weakness detailed in the written statement of action.
"""


@pytest.mark.parametrize(
    "prose",
    [
        "The overall effectiveness of early help is good.",
        "The overall effectiveness of these services is inadequate.",
        "Overall effectiveness: requires improvement to be good was the judgement in 2023.",
    ],
)
def test_prose_gives_no_grade_that_the_table_leaves_out(prose: str) -> None:
    """A report of the edition without an overall grade is not given one by its prose."""
    found = facts(f"{COVER}{ROWS}{prose}\nLeaders listen to children.")
    assert found["framework"] == ["ilacs-2026"]
    assert "ilacs-overall" not in dict(found["grades"])
    assert len(found["grades"]) == 4


def test_the_table_still_gives_the_overall_grade() -> None:
    """Where the table has the overall grade, it is read, and prose does not put it in doubt."""
    prose = "The overall effectiveness of early help is inadequate."
    found = facts(f"{replaced(COVER, '2026', '2024')}{ROWS}Overall effectiveness Good\n{prose}")
    assert dict(found["grades"])["ilacs-overall"] == "good"


def test_address_of_an_office_is_no_council() -> None:
    """The town in the letterhead of Ofsted is not the council that a letter is about."""
    letter = f"""{OFFICE}17 March 2017
To: The Director of Children\u2019s Services, Liverpool City Council
Dear local partnership
Joint targeted area inspection of the multi-agency response to neglect in Liverpool
Between 16 January and 20 January 2017, Ofsted and others undertook a joint inspection.
Yours sincerely
"""
    assert facts(letter)["council"] == ["LIV"]


def test_date_of_a_letter_after_a_page_number() -> None:
    """The passage of a letter's date is the date, also where a number stands on the page."""
    text = f"1\n{VISIT}Yours sincerely"
    dated = inspection(text).letter_dated[0]
    assert (dated.date, text[slice(*map(int, str(dated.chars).split("-")))]) == (
        "2018-08-14",
        "14 August 2018",
    )


def test_joint_letter_that_names_an_inspector_is_a_letter() -> None:
    """A lead inspector and grades in the prose do not make a joint letter a report."""
    letter = """21 November 2019
Dear local partnership
Joint targeted area inspection of the multi-agency response to neglect in Slough
Between 30 September and 4 October 2019, Ofsted and the CQC carried out a joint inspection.
The lead inspector was Tara
Geere. Work since overall effectiveness was judged inadequate is good.
Yours sincerely
"""
    candidate = extract_text(text_of(letter.encode(), "a.txt"))
    assert candidate.kind == "ofsted-letter"
    assert facts(letter)["inspector"] == ["Tara Geere"]


def outcome(text: str) -> list[str]:
    """Return the outcomes read of a text on an area."""
    return [said.value for finding in inspection(text).findings for said in finding.summary]


def test_what_a_revisit_was_to_decide_is_no_outcome() -> None:
    """Whether progress is sufficient is the question; only an answer is a finding."""
    assert outcome(REVISIT) == []
    answer = "Leaders have made sufficient progress in addressing all of the weaknesses.\n"
    assert outcome(REVISIT + answer) == ["Progress on the weaknesses is sufficient."]


def test_letter_in_one_block_is_listed_as_not_read() -> None:
    """The passage of the inspection is its title, so that other sentences are told as unread."""
    more = "Work since 2017 is good. Leaders must act before 3 June 2020. " * 8
    candidate = extract_text(text_of((REVISIT + more).encode(), "a.txt"))
    assert len(candidate.record.left_out) >= 8


@pytest.mark.parametrize("mark", ["\u25a0", "\u25fc", "\u2022", "\uf0a7", "\u27a2"])
def test_each_priority_has_its_own_mark(mark: str) -> None:
    """Whatever sign of a list is printed, every item of it is one area for priority action."""
    items = f"{mark} visits to children\n{mark} oversight of decisions.\n"
    asked = f"Areas for priority action\nThe council must act on the following:\n{items}"
    text = f"{VISIT}{asked}What needs to improve\n{mark} Plans.\nYours sincerely"
    assert len(inspection(text).findings) == 2


def test_priority_in_a_paragraph_ends_with_it() -> None:
    """A paragraph ends where its last line is short, also where no empty line follows."""
    asked = """Areas for priority action
There is one area for priority action: the local authority must make sure that every child
is seen without delay.
The local authority knows itself well, and caseloads have come down since the last visit.
"""
    found = inspection(f"{VISIT}{asked}Yours sincerely").findings
    assert [passage.words for passage in found] == [
        "There is one area \u2026 is seen without delay."
    ]


@pytest.mark.parametrize(
    "told",
    [
        "The inspection of 2016 set areas for priority action.",
        "Both areas for priority action have been addressed.",
    ],
)
def test_priority_of_another_time_is_none(told: str) -> None:
    """What an earlier inspection asked for is not asked for by this letter."""
    assert inspection(f"{VISIT}{told}\nYours sincerely").findings == []


def test_report_on_an_agency() -> None:
    """The cover of an agency's report names its inspector; sentences grade the agency."""
    report = """Inspection report for Stockport Metropolitan Borough Council adoption service
Unique reference number SC055321
Inspection date 05/11/2012 to 09/11/2012
Inspector Helen Cawston
Date of last inspection 12/01/2009
Overall effectiveness
The overall effectiveness is judged to be good.
Outcomes for children, young people and families are outstanding.
The leadership and management of the adoption agency are adequate.
"""
    found = facts(report)
    assert found["inspector"] == ["Helen Cawston"]
    assert found["grades"] == {
        "adoption-leadership": "adequate",
        "adoption-outcomes": "outstanding",
        "adoption-overall": "good",
    }


def test_label_on_top_of_several_pages_is_kept() -> None:
    """The name of an area that stands on several pages is no running head."""
    pages = "Overall effectiveness\nStaff are well led.\fOverall effectiveness\nPlans are clear.\f"
    report = f"""Inspection of local authority
arrangements for the protection of children
Isle of Wight Council
Inspection dates: 26 November 2012 \u2013 5 December 2012
\f{pages}Overall effectiveness
The effectiveness of the help and protection
The quality of practice
Leadership and governance
Inadequate
Inadequate
Adequate
Inadequate
"""
    assert facts(report)["grades"] == {
        "cp-help": "inadequate",
        "cp-leadership": "inadequate",
        "cp-overall": "inadequate",
        "cp-quality": "adequate",
    }


@pytest.mark.parametrize(
    "right",
    [
        "the South end of the town",
        "it was good over all",
        "the Red car",
        "how it may out come",
    ],
)
def test_right_words_beside_each_other_stay(right: str) -> None:
    """Two right words are not joined to a name or to another word."""
    assert report_view_of(right, [(0, len(right))]).text == right


def test_view_without_lines_keeps_every_place() -> None:
    """What is left out of a mended view leaves one space, and places lead to the same letters."""
    text = "Overall\nrunning head\neffectiveness Go od"
    view = report_view_of(text, [(0, len(text))])
    left = view.without([(8, 20)], GRADE)
    assert left.text == "Overall effectiveness Good"
    assert [text[place] for place in left.origin[8:21]] == list("effectiveness")
    assert view.without([(21, len(text))], GRADE).text == view.text
