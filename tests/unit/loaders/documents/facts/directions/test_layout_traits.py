"""Directions of layouts that differ from those the reader was written for, a trait each."""

from __future__ import annotations

import pytest

from loaders.documents.files.fixed_text import text_of
from loaders.documents.layout.furniture import furniture_of
from tests.fixtures.documents.small_documents import candidate, facts
from tests.fixtures.documents.varied_directions import (
    HEAD,
    ONE,
    OWN,
    SIGNED,
    document,
    paragraphs,
    values,
)
from tests.fixtures.guards import replaced


@pytest.mark.parametrize(
    "duties",
    [
        "a .to keep a plan ;\nb .to report ;",
        "a, To keep a plan;\nb, To report;",
        "( a ) to keep a plan;\n( b ) to report;",
        "(a) to keep a plan; (b) to report;",
    ],
)
def test_labels_set_apart(duties: str) -> None:
    """A label is one with a space or a comma by its stop, or with spaces in its brackets."""
    assert paragraphs(document(ONE, duties)) == {"2.a", "2.b"}


def test_glued_labels() -> None:
    """Items without a space or a line between them are items of their own."""
    glued = (
        f"{HEAD}\n1.The Secretary of State has noted a report.2.He is satisfied of it.\n\n"
        "NOW THEREFORE:\n\n3.The Secretary of State directs Devon County Council:a.to keep a plan;"
        f"b.to report.\n{SIGNED}"
    )
    assert paragraphs(glued) == {"3.a", "3.b"}


def test_annex_with_its_letter_in_the_labels() -> None:
    """A2 in Annex A is its second item; functions to be exercised are no task of anybody."""
    end = (
        f"{SIGNED}\nAnnex A\nA1. The Council must set a budget by 11 March 2023.\n"
        "A2. The Council must report.\n\nAnnex B\nB1. All functions associated with finance.\n"
    )
    text = document(ONE, "a. to take the steps in Annex A;\nb. to report;", end)
    assert paragraphs(text) == {"2.a", "2.b", "annex-A.1", "annex-A.2"}
    assert not any(direction.tasks for direction in candidate(text).record.directions)


def test_numbers_after_lettered_recitals() -> None:
    """The operative part counts from one, and no item of it is part of the last recital."""
    text = (
        f"{HEAD}\nWHEREAS\n(A) the Secretary of State for Education has had a report;\n"
        "(B) it is poor;\n\nNOW the Secretary of State, under section 497A(4B) of the Education "
        "Act 1996, DIRECTS Devon County Council as follows:\n\n1. To keep a plan.\n2. To report.\n"
        f"{SIGNED}"
    )
    assert paragraphs(text) == {"1", "2"}


def test_headings_between_items() -> None:
    """A short heading between two items belongs to neither."""
    text = (
        f"{HEAD}\nDirection\n\nThe Secretary of State directs Devon County Council:\n\n"
        f"1) to keep a plan.\n\nReports\n\n2) to report each quarter.\n{SIGNED}"
    )
    own = candidate(text).record.directions[0]
    assert [duty.words for duty in own.requirements] == ["to keep a plan", "to report each quarter"]


def test_double_spaced_lines() -> None:
    """Where every line is followed by a blank one, a sentence goes on over them."""
    lines = [
        "THE EDUCATION ACT 1996: DIRECTION TO DEVON COUNTY COUNCIL",
        "",
        "WHEREAS the Secretary of State for Education issued a direction to Devon",
        'County Council on 7 October 2014 ("the 2014 Direction"), which the council has',
        "since been found to have followed only in part;",
        "",
        "NOW THEREFORE, in exercise of his powers under section 497A(4B) of the Education",
        "Act 1996, the Secretary of State directs that:",
        "",
        "1. The council shall keep a plan for its services to children and their",
        "families.",
        "",
        "2. The 2014 Direction is hereby revoked.",
        "",
        "Dated 4 March 2022",
    ]
    text = "\n\n".join(lines) + "\n"
    assert (OWN, "revokes", "direction/DEV-2014-51") in facts(text)
    assert values(text, "madeUnder") == {"ukpga/1996/56/section/497A/4B"}


def test_foot_of_page_within_a_sentence() -> None:
    """A title with a page number at the far end breaks no sentence."""
    text = "a. To report to the Secretary\nDevon Direction                  3\nof State\n"
    assert [piece.kind for piece in furniture_of(text_of(text.encode(), "a.txt"))] == [
        "page number"
    ]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("DATE OF ISSUE: 30 January 2022", "2022-01-30"),
        ("Made: 14.07.2022\nComing into force: 1.10.2022", "2022-07-14"),
        ("30 January 2022", "2022-01-30"),
    ],
)
def test_date_only_at_the_head(head: str, day: str) -> None:
    """A direction without a signature has the date of its head."""
    text = replaced(document(ONE, "a. to keep a plan;", ""), HEAD, f"{HEAD}\n{head}\n")
    assert values(text, "signedOn") | values(text, "signed") == {day}


def test_day_of_force_at_the_head() -> None:
    """The line at the head that says from when it is in force is read."""
    head = f"{HEAD}\nMade: 14.07.2022\nComing into force: 1.10.2022\n"
    assert values(
        replaced(document(ONE, "a. to keep a plan;", ""), HEAD, head), "effectiveFrom"
    ) == {"2022-10-01"}


def test_revocation_from_the_day_of_signature() -> None:
    """That another direction is revoked from today does not say when this one begins."""
    first = (
        '1. The Secretary of State issued a Direction dated 22 September 2021 (the "First One").'
    )
    first = replaced(first, "First One", "Original Direction")
    text = document(
        first,
        "a. to keep a plan;\n\n3. The Original Direction is revoked with effect from the date of "
        "this Direction.",
    )
    assert values(text, "revokes") == {"direction/DEV-2021-51"}
    assert not values(text, "effectiveFrom")


def test_direction_of_the_same_date() -> None:
    """A date that stands for the one before it is that one."""
    first = (
        "1. A commissioner was appointed on 28 August 2019 under a direction of the same date "
        '("the first direction").'
    )
    text = document(first, "a. to keep a plan;\n\n3. The first direction is revoked.")
    assert values(text, "revokes") == {"direction/DEV-2019-51"}


def test_three_directions_with_terms() -> None:
    """Each of several terms means the direction whose date stands before it."""
    first = (
        "1. Directions were given to Devon County Council by the Secretary of State on 17 December "
        '2014 ("the First Directions"), on 29 April 2015 ("the Second Directions") and on 16 '
        'January 2017 ("the Third Directions").'
    )
    text = document(first, "a. to keep a plan;\n\n3. The Second Directions are revoked.")
    assert values(text, "revokes") == {"direction/DEV-2015-51"}


def test_functions_exercised_until_a_day() -> None:
    """Until when commissioners exercise functions is not until when the direction lasts."""
    text = document(
        ONE, "a. that the functions be exercised by the Commissioners until 5 May 2028;"
    )
    assert not values(text, "plannedEnd")


def test_joint_direction() -> None:
    """A direction signed for two ministers is issued by both."""
    text = document(
        ONE,
        "a. to keep a plan;",
        f"{SIGNED}\nSigned on behalf of the Secretary of State for Communities and Local "
        "Government\n\nDated: 4 March 2022\n",
    )
    offices = {value for thing, prop, value in facts(text) if (thing, prop) == (OWN, "issuedBy")}
    assert offices == {"office/sos-education", "office/sos-hclg"}


def test_office_by_the_act() -> None:
    """Where no minister is named the power tells whose direction it is."""
    text = (
        "DIRECTIONS UNDER SECTION 15(5) OF THE LOCAL GOVERNMENT ACT 1999 TO DEVON COUNTY COUNCIL\n"
        "\n"
        "1. The Secretary of State directs the council to keep a plan.\n\nDated 4 March 2022\n"
    )
    assert (OWN, "issuedBy", "office/sos-hclg") in facts(text)
