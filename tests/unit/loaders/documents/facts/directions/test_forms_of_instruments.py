"""The facts of an instrument itself, in forms that differ: each text is made up, its names too."""

from __future__ import annotations

import pytest

from data.records.acts import WrittenInstrument
from data.records.form import Record
from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of

HEAD = "DIRECTION TO SUFFOLK COUNTY COUNCIL UNDER SECTION 497A(4B) OF THE EDUCATION ACT 1996\n\n"
ACTS = "1. The Secretary of State for Education directs the Council to keep a plan.\n\n"


def record_of(text: str) -> Record:
    """Return what is read of a text."""
    return extract_text(text_of(text.encode(), "a.txt")).record


def own(record: Record) -> WrittenInstrument:
    """Return the instrument that a record is about."""
    return next(
        act for act in (*record.directions, *record.notices, *record.letters) if act.embodied_in
    )


@pytest.mark.parametrize(
    ("signature", "name", "day"),
    [
        ("Given under the hand of one authorised this fifth day of July 2019.\n\nAnn Other\nHead",
         "ann-other", "2019-07-05"),
        ("Ann Other MP, Parliamentary Under Secretary of State\n5 July 2019", "ann-other",
         "2019-07-05"),
        ("5 July 2019\n\nAnn Other-Bloggs, for the Secretary of State", "ann-other-bloggs",
         "2019-07-05"),
        ("Signed:\nAnn Other, Deputy Director, Safeguarding\nDate: 5 July 2019", "ann-other",
         "2019-07-05"),
        ("By authority of the Secretary of State\nAnn Other (Director of Improvement)\n05/07/2019",
         "ann-other", "2019-07-05"),
        ("Given on 5 July 2019\nAnn Other\nDirector, Department for Education", "ann-other",
         "2019-07-05"),
    ],
)  # fmt: skip
def test_who_signs_and_when(signature: str, name: str, day: str) -> None:
    """A name with an office or a day below all is a signature, whatever leads it in."""
    act = own(record_of(f"{HEAD}{ACTS}{signature}\n"))
    assert [said.value for said in act.signed_by] == [name]
    assert [time.date for time in act.signed] == [day]


def test_people_in_a_list_sign_nothing() -> None:
    """A list of commissioners with their offices is no signature; the list goes on below it."""
    listed = "The commissioners are:\n\nAnn Other, Director of Finance\n\n2. They shall report.\n\n"
    act = own(record_of(f"{HEAD}{ACTS}{listed}Signed by Jo Bloggs\n4 May 2019\n"))
    assert [said.value for said in act.signed_by] == ["jo-bloggs"]


def test_a_letter_has_its_own_day_and_the_direction_another() -> None:
    """What explains a direction is dated by itself; the direction by the day that it tells."""
    record = record_of(
        "Suffolk County Council\n12 December 2018\n\nDear Councillor,\n\n"
        "This letter explains the direction which the Secretary of State for Education gave to "
        "Suffolk County Council on 30 November 2018 under section 497A(4B) of the Education Act "
        "1996.\n\nYours ever\n\nAnn Other\n"
    )
    assert [time.date for time in record.document.dated] == ["2018-12-12"]
    assert [time.date for time in own(record).signed] == ["2018-11-30"]
    assert own(record).force == "reportive"


SIGNED = "\nSigned on behalf of the Secretary of State\n\nANN OTHER\n4 May 2019\n"


@pytest.mark.parametrize(
    ("words", "powers"),
    [
        ("Acting under section 15(5) of the Local Government Act 1999, the Secretary of State "
         "directs the Council to keep a plan.", {"ukpga/1999/27/section/15/5": None}),
        ("Pursuant to section 15(13) of the Local Government Act 1999 the Secretary of State "
         "hereby directs the Council.", {"ukpga/1999/27/section/15/13": None}),
        ("The Council is failing in its duty under section 3 of the Local Government Act 1999. In "
         "exercise of the powers conferred on him by section 15(5) of that Act, the Secretary of "
         "State directs the Council to keep a plan.", {"ukpga/1999/27/section/15/5": None}),
        ("The Secretary of State hereby directs the Council in exercise of his powers under "
         "section 15(5) of the Local Government Act 1999 and section 16(2) of the Local "
         "Government Act 2003.",
         {"ukpga/1999/27/section/15/5": None, "ukpga/2003/26/section/16/2": "inferred"}),
    ],
)  # fmt: skip
def test_every_power_that_is_used(words: str, powers: dict[str, str | None]) -> None:
    """A power is what the minister acts by; a section that is only mentioned is none."""
    act = own(record_of(f"DIRECTIONS TO SUFFOLK COUNTY COUNCIL\n\n1. {words}\n{SIGNED}"))
    assert {said.value: said.modality for said in act.made_under} == powers


def test_a_power_that_is_proposed_is_not_used() -> None:
    """What a minister is minded to do rests on a power that is only planned."""
    act = own(
        record_of(
            "4 May 2019\n\nDear Leader,\n\nSuffolk County Council\n\nThe Secretary of State is "
            "minded to exercise his powers under section 15(5) of the Local Government Act 1999. "
            "You may make representations by 1 June 2019.\n\nYours sincerely\n\nAnn Other\n"
        )
    )
    assert [(said.value, said.modality) for said in act.made_under] == [
        ("ukpga/1999/27/section/15/5", "planned")
    ]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("It comes into force on 1 June 2019 and ceases to have effect at the end of 31 May 2021.",
         "2019-06-01", "2021-05-31"),
        ("This Direction begins on the day I sign it and ends on 30 November 2020.",
         "2019-05-04", "2020-11-30"),
        ("These Directions take effect at once and expire on 31 March 2022.",
         "2019-05-04", "2022-03-31"),
        ("This direction shall continue in force for two years, that is to say until 3 May 2021.",
         None, "2021-05-03"),
        ("The direction of 1 March 2018 is replaced by this one, which will be in force from 1 "
         "June 2019.", "2019-06-01", None),
        ("The functions are exercisable from 1 June 2019 until 1 July 2020.", None, None),
        ("The Commissioner is Jo Bloggs, whose term ends on 30 April 2020.", None, None),
        ("It would come into force on 1 June 2019.", None, None),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day(words: str, first: str | None, last: str | None) -> None:
    """A day is that of the subject of its sentence: a term of office is none of the direction."""
    act = own(record_of(f"{HEAD}{ACTS}2. This direction is short.\n\n3. {words}\n{SIGNED}"))
    assert [time.date for time in act.effective_from] == ([first] if first else [])
    assert [time.date for time in act.planned_end] == ([last] if last else [])


@pytest.mark.parametrize(
    ("words", "revoked"),
    [
        ("The Suffolk (Care) Direction 2015, given on 14th June 2015, is revoked.", "direction"),
        ("My direction of 14 June 2015 no longer has effect.", "direction"),
        ("The improvement notice of 14 June 2015 is revoked.", "notice"),
        ("On 14 June 2015 the Secretary of State gave a direction; it was varied on 3 May 2016. "
         "The Secretary of State hereby withdraws those directions.", "direction"),
        ("The direction of 14 June 2015 is superseded by this direction.", "direction"),
        ("This direction follows a report of 4 May 2016 and supersedes the notice of 14 June 2015.",
         "notice"),
        ("The improvement notice of 14 June 2015 was lifted two years later.", None),
        ("Paragraph 3 of the direction of 14 June 2015 is revoked.", None),
    ],
)  # fmt: skip
def test_what_is_revoked(words: str, revoked: str | None) -> None:
    """A direction or a notice that is at an end by this one; not what ended before, nor a part."""
    record = record_of(f"{HEAD}{ACTS}2. {words}\n{SIGNED}")
    told = [*record.directions, *record.notices]
    days = {act.id: [time.date for time in act.signed] for act in told}
    found = [said.value for said in own(record).revokes]
    assert [days[value.rpartition("/")[2]] for value in found] == (
        [["2015-06-14"]] if revoked else []
    )
    assert [value.startswith("notice/") for value in found] == (
        [revoked == "notice"] if revoked else []
    )


DIRECTS = "The Secretary of State for Education directs the Council."


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("The Secretary of State has considered the Audit Commission's corporate assessment of "
         "October 2006 and the report dated 6th November 2006.", {"2006-10", "2006-11-06"}),
        ("She took into account Ofsted's letter following its monitoring visit of 15 and 16 "
         "October 2018, published 7 November 2018.", {"2018-11-07"}),
        ("The Secretary of State took account of Ofsted's report (November 2016) and the "
         "Council's representations of 3 May 2017.", {"2016-11", "2017-05-03"}),
        ("The Secretary of State has considered the adviser's stocktake of April 2018. The "
         "Council had fallen behind since a good review in June 2014.", {"2018-04"}),
        ("The Council shall consider the review of 3 May 2017.", set()),
    ],
)  # fmt: skip
def test_papers_that_were_considered(words: str, days: set[str]) -> None:
    """Any kind of paper with its day; neither the day of a visit nor what is only told."""
    record = record_of(f"{HEAD}1. {words}\n\n2. {DIRECTS}\n{SIGNED}")
    told = {paper.id: [*paper.dated, *paper.published] for paper in record.documents}
    found = [said.value.removeprefix("document/") for said in own(record).considered]
    assert {time.date for name in found for time in told[name]} == days


def test_the_day_on_which_a_report_came_is_not_its_own() -> None:
    """A paper known by the day on which it was received has that day with a doubt."""
    words = "She has considered the adviser's report, which she received on 6 January 2019."
    record = record_of(f"{HEAD}1. {words}\n\n2. {DIRECTS}\n{SIGNED}")
    days = [(time.date, time.modality) for paper in record.documents for time in paper.dated]
    assert days == [("2019-01-06", "inferred")]


def test_an_earlier_direction_is_not_the_one_that_a_term_stands_for() -> None:
    """Where "the direction" is defined, "an earlier direction" is another one."""
    first = '2. On 9 January 2017 the Secretary of State gave a direction ("the direction").'
    last = "3. An earlier direction, dated 5 May 2016, is rescinded."
    record = record_of(f"{HEAD}{ACTS}{first}\n\n{last}\n{SIGNED}")
    days = {act.id: act.signed[0].date for act in record.directions if act.signed}
    assert [days[said.value] for said in own(record).revokes] == ["2016-05-05"]
