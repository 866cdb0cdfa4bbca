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
