"""What directions say in words that differ from those the reader was written for."""

from __future__ import annotations

import pytest

from loaders.documents.find.people import people_in, signatory_in
from loaders.documents.kinds.recognition import recognise
from loaders.documents.text.recognition_slips import mended
from loaders.documents.text.view import view_of
from tests.fixtures.documents.small_documents import candidate, facts
from tests.fixtures.documents.varied_directions import (
    HEAD,
    ONE,
    SIGNED,
    document,
    paragraphs,
    values,
)


def test_nominations_in_a_list() -> None:
    """Each person of a list of nominations holds the post."""
    text = (
        "DIRECTIONS UNDER SECTION 15(6) OF THE LOCAL GOVERNMENT ACT 1999 TO SLOUGH BOROUGH COUNCIL"
        "\n\n1. The Secretary of State directs that functions be exercised by Commissioners.\n\n"
        "2. The Secretary of State nominates:\n\nGavin Jones, as Lead Commissioner\nDenise Murray "
        "- Finance Commissioner\n\nDated 4 March 2022\n"
    )
    assert values(text, "member") == {"person/gavin-jones", "person/denise-murray"}


@pytest.mark.parametrize(
    "words",
    [
        "Eleanor Brazil was appointed as Commissioner",
        "Eleanor Brazil is nominated as Lead Commissioner",
        "the report of the Commissioner, Eleanor Brazil, dated 1 May 2019",
        '"the Commissioners" means Eleanor Brazil and another',
    ],
)
def test_people_in_new_places(words: str) -> None:
    """A commissioner is found wherever the words name the office."""
    assert [person.name for person in people_in(view_of(words, [(0, len(words))]))] == [
        "Eleanor Brazil"
    ]


def test_role_is_no_name() -> None:
    """The role of who signs is nobody's name; a name may stand in the line that signs."""
    for words, name in (
        ("A Senior Civil Servant", None),
        ("Name: SUZANNE LUNN", "Suzanne Lunn"),
        ("Signed by SUZANNE LUNN on behalf of the Secretary of State", "Suzanne Lunn"),
    ):
        found = signatory_in(view_of(words, [(0, len(words))]))
        assert (found.name if found else None) == name


def test_variation_revokes_nothing() -> None:
    """A direction that varies another one cites it with its date, and revokes nothing."""
    first = '1. The Secretary of State issued a direction on 1 May 2021 ("the 2021 Direction").'
    text = document(first, "a. to report;\n\n3. The 2021 Direction is varied as in the Annex.")
    assert (
        "direction/DEV-2021-51",
        "signed",
        "2021-05-01",
    ) in facts(text)
    assert not values(text, "revokes")


def test_report_that_is_still_to_be_written() -> None:
    """A report that the council must produce in a month is no document that is cited."""
    text = document(ONE, "a. to produce a progress report in April 2023;\nb. to keep a plan;")
    assert not candidate(text).record.documents


@pytest.mark.parametrize(
    "words",
    [
        "Ofsted published a report on 17 February 2016.",
        "On 17 February 2016 Ofsted published a report.",
        "Ofsted's report on Devon County Council, published on 17 February 2016, was poor.",
        "There is a letter from Ofsted dated 17 February 2016.",
    ],
)
def test_documents_in_new_words(words: str) -> None:
    """A report or letter is cited whether its date stands before or after."""
    documents = candidate(document(f"1. {words}", "a. to keep a plan;")).record.documents
    times = [time.date for one in documents for time in (*one.dated, *one.published)]
    assert set(times) == {"2016-02-17"}


def test_several_reports_by_their_dates() -> None:
    """Reports named together are as many as their dates."""
    words = (
        "1. He has considered Ofsted's reports of 5 March 2010, 8 February 2013 and 5 June 2015."
    )
    documents = candidate(document(words, "a. to keep a plan;")).record.documents
    assert len(documents) == 3


def test_letter_tells_of_a_direction() -> None:
    """A letter about a direction made today reports it; it does not make it."""
    text = (
        "Devon County Council\n\n22 February 2024\n\nDear Chief Executive,\n\nSTATUTORY DIRECTIONS"
        "\n\nThe Secretary of State for Education has today issued a statutory direction to Devon "
        "County Council under section 497A(4B) of the Education Act 1996.\n\nYours sincerely,\n"
    )
    own = candidate(text).record.directions[0]
    assert own.force == "reportive"
    assert [day.date for day in own.signed] == ["2024-02-22"]
    assert values(text, "madeUnder") == {"ukpga/1996/56/section/497A/4B"}


def test_statute_before_its_section() -> None:
    """A section may follow the title of its Act; parts count as the Act does."""
    text = document(
        "1. See the Children Act 2004, s.50 and Part 1 of the Local Government Act 1999.",
        "a. to keep a plan;",
    )
    assert {"ukpga/2004/31/section/50", "ukpga/1999/27/part/I"} <= values(text, "cites")


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("to report by the last day of each month", "p1m"),
        ("to hold an annual review", "p1y"),
        ("to meet after 3, 6 and 9 months", "p9m"),
        ("to meet after three, nine and twenty-one months", "p1y9m"),
        ("to report within fourteen days", "p14d"),
        ("to report within Twenty-eight days of this direction", "p28d"),
        ("to report within twenty eight days", "p28d"),
        ("to report within thirty days", "p30d"),
        ("to report within eleven months", "p11m"),
        ("to report within one hundred days", "p100d"),
        ("to report within one hundred and twenty days", "p120d"),
        ("to report every fifteen months", "p1y3m"),
    ],
)
def test_deadlines_in_new_words(words: str, period: str) -> None:
    """Times that come again, or are listed, are read."""
    text = document(ONE, f"a. {words};\nb. to keep a plan;")
    assert period in values(text, "period") | values(text, "offset")


@pytest.mark.parametrize(
    ("words", "kind", "amount"),
    [
        ("to report within 10 working days", "relative", "10"),
        ("to report within twenty-one working days of this direction", "relative", "21"),
        ("to report every five working days", "recurring", "5"),
    ],
)
def test_working_days_are_no_days(words: str, kind: str, amount: str) -> None:
    """Ten working days are about two weeks: the number keeps its unit and gives no length."""
    text = document(ONE, f"a. {words};\nb. to keep a plan;")
    assert not values(text, "offset") | values(text, "period")
    assert values(text, "deadlineKind") == {f"scheme/deadline-kind/{kind}"}
    assert values(text, "amount") == {amount}
    assert values(text, "unit") == {"scheme/unit/working-days"}


def test_table_of_steps() -> None:
    """The rows of a table are duties, and the last column gives the day."""
    text = (
        f"{HEAD}\nThe Secretary of State for Education hereby directs Devon County Council to take "
        "the steps in the table.\n\nRef   Step               By when\n1     Appoint a chair    14 "
        f"March 2023\n2     Publish a strategy  30 April 2023\n{SIGNED}"
    )
    assert paragraphs(text) == {"1", "2"}
    assert values(text, "due") == {"2023-03-14", "2023-04-30"}


def test_council_by_its_own_term() -> None:
    """Without a word that directs, what the council shall do binds it by the term for it."""
    text = (
        'DIRECTION\n\nThe Secretary of State for Education wrote to Devon County Council ("Devon").'
        "\n\n1) Devon shall keep a plan.\n2) This Direction is given under section 497A(4B) of the "
        f"Education Act 1996.\n{SIGNED}"
    )
    assert paragraphs(text) == {"1"}


@pytest.mark.parametrize(
    "text",
    [
        "DIRECTION\nTO: Somerset County Council\nEducation Act 1996, s.497A(4B)\n1. Shall report.",
        "SLOUGH BOROUGH COUNCIL - NOMINATION OF COMMISSIONERS\nLOCAL GOVERNMENT ACT 1999, SECTION "
        "15(6)\nThe Secretary of State nominates the following persons:",
    ],
)
def test_kind_is_recognised(text: str) -> None:
    """A power to direct with the heading of a direction, or a nomination, is enough."""
    assert recognise(text, "a.txt").kind.name == "direction"


def test_capital_that_stands_off() -> None:
    """A capital parted from its word is joined to it; the article is not."""
    words = "S igned on A day, N0W"
    assert view_of(words, [(0, len(words))]).text == "Signed on A day, NOW"
    assert mended("now") == "now"
