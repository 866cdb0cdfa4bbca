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
