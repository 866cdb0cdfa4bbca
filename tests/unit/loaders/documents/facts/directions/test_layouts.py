"""Directions of other layouts: no numbers where others have them, lettered recitals, new duties."""

from __future__ import annotations

from tests.fixtures.documents.small_documents import candidate, facts

UNNUMBERED = """\
DIRECTION TO BIRMINGHAM CITY COUNCIL IN RELATION TO ITS SPECIAL EDUCATIONAL NEEDS AND DISABILITIES \
SERVICES UNDER SECTION 497A(4B) OF THE EDUCATION ACT 1996

Whereas:

The Secretary of State for Education ("the Secretary of State") is satisfied that Birmingham City \
Council ("the Council") is failing to perform, to an adequate standard, its functions under Part 1 \
of the Care Act 2014.

Now therefore:

The Secretary of State directs the Council, under section 497A(4B) of the Education Act 1996, to:

(i) comply with any instructions of the Secretary of State or the SEND Commissioner;
(ii) agree a progress plan with the Department by 30 November 2021;
(iii) not later than 3 months after the date of this direction, publish its strategy; and
(iv) provide quarterly reports.

This direction varies the direction given on 12 October 2021. It takes effect from the date below \
and expires on 31 March 2023 unless revoked before.

Dated this 1st day of November 2021

Baroness Example
Parliamentary Under-Secretary of State for the School System
"""

LETTERED = """\
DIRECTION UNDER SECTION 497A(4A) OF THE EDUCATION ACT 1996
TO SLOUGH BOROUGH COUNCIL

A.  Slough Borough Council ("the Council") has not done what it was asked to do.
B.  The Secretary of State for Education is satisfied as to the matters mentioned in section
497A(2) of the Education Act 1996.

1   The Secretary of State hereby directs that the functions of the Council be exercised by Jane
Sample CBE, who is appointed as Commissioner for Children's Services in Slough.
2   The Council shall comply with any instructions of the Commissioner.
3   The Council shall, by 30 September 2014, establish a company to deliver children's services.
4   The Council must report to the Secretary of State every two months.
5   This direction comes into force on 7 October 2014 and has effect until it is revoked.

Signed by authority of the Secretary of State for Education
Sam Example
Director, Department for Education
6 October 2014
"""


def values(text: str, name: str) -> set[tuple[str, str]]:
    """Return the things and values that a text gives for a property."""
    return {(thing, value) for thing, prop, value in facts(text) if prop == name}


def test_list_after_words_without_a_number() -> None:
    """A list that follows the unnumbered words that direct is what is directed."""
    own = "direction/BIR-2021-52"
    assert {thing.rpartition("/")[2] for thing, _ in values(UNNUMBERED, "action")} == {
        "i",
        "ii",
        "iii",
        "iv",
    }
    assert (own, "scheme/service-domain/send") in values(UNNUMBERED, "inDomain")
    assert values(UNNUMBERED, "plannedEnd") == {(own, "2023-03-31")}
    assert values(UNNUMBERED, "effectiveFrom") == {(own, "2021-11-01")}
    assert values(UNNUMBERED, "offset") == {("deadline/requirement/BIR-2021-52/iii/1", "p3m")}
    assert values(UNNUMBERED, "revokes") == set()


def test_what_records_cannot_hold_is_listed() -> None:
    """A variation, and a statute that the reference data does not hold, are said to be unread."""
    reasons = " ".join(passage.reason for passage in candidate(UNNUMBERED).unread)
    assert "varies another direction" in reasons
    assert "statute that the reference data does not hold" in reasons


def test_lettered_recitals_and_plain_numbers() -> None:
    """Numbers after lettered recitals begin at the top, and need no full stop."""
    own = "direction/SLG-2014-51"
    assert {thing for thing, _ in values(LETTERED, "action")} == {
        f"requirement/SLG-2014-51/{number}" for number in (2, 3, 4)
    }
    assert values(LETTERED, "madeUnder") == {(own, "ukpga/1996/56/section/497A/4A")}
    assert values(LETTERED, "effectiveFrom") == {(own, "2014-10-07")}
    assert values(LETTERED, "endCondition") == {(own, "scheme/end-condition/until-revoked")}
    assert values(LETTERED, "period") == {("deadline/requirement/SLG-2014-51/4/1", "p2m")}
    assert values(LETTERED, "member") == {("appointment/SLG-2014-51", "person/jane-sample")}
    assert values(LETTERED, "signed") == {(own, "2014-10-06")}


ROMAN = """\
STATUTORY DIRECTION

To: The Council of the London Borough of Croydon

The Secretary of State for Education (“the Secretary of State”) gives this direction under section \
497A(4B) of the Education Act 1996, to improve its special educational needs services.

Recitals

(A) A Commissioner for SEND in Croydon has been appointed.

(B) In the direction of 14 June 2021 the Council was told to:

• publish its strategy; and
• report by 1 May 2022.

Directions

I. The Council shall comply with any instructions of the SEND Commissioner.

II. The Council shall publish a plan which:

(i) sets targets; and

(ii) is agreed by the Department for Education.

III. This direction replaces the direction of 14 June 2021, which is revoked.

IV. This direction takes effect on the date on which it is signed and lapses on 31 December 2024.

Signed for and on behalf of the Secretary of State for Education

12th July, 2022

Page 1 of 2
"""

MEANINGS = """\
Department for Communities and Local Government
2 Marsham Street
LONDON SW1P 4DF

LOCAL GOVERNMENT ACT 1999, SECTION 15
Directions to Rotherham Metropolitan Borough Council

1. In these Directions—
"the Authority" means Rotherham Metropolitan Borough Council;
"the 1999 Act" means the Local Government Act 1999;
"the first Directions" means the Directions given to the Authority on 26 February 2015.

2. In exercise of the powers conferred on him by section 15(5) and (6)(a) of the 1999 Act, the \
Secretary of State for Communities and Local Government directs the Authority as follows.

3. The Authority shall:
  (1) prepare by 31 March 2016, and thereafter every 3 months, a report for the Commissioners;
  (2) within 14 days of the date of these Directions, publish them.

4. Paragraph 4 of the first Directions is revoked.

5. The first Directions otherwise continue in force until 31 March 2019.

By authority of the Secretary of State

11th February 2016
"""


def test_roman_capitals_after_lettered_recitals() -> None:
    """Roman capitals begin at the top; a replaced direction is both replaced and revoked."""
    own, old = "direction/CRY-2022-51", "direction/CRY-2021-51"
    assert {thing.rpartition("/")[2] for thing, _ in values(ROMAN, "action")} == {
        *("I", "II", "II.i", "II.ii"),
    }
    assert values(ROMAN, "replaces") == values(ROMAN, "revokes") == {(own, old)}
    assert values(ROMAN, "effectiveFrom") == {(own, "2022-07-12")}
    assert values(ROMAN, "plannedEnd") == {(own, "2024-12-31")}
    assert (own, "2022-07-12") in values(ROMAN, "signed")


def test_letterhead_and_meanings() -> None:
    """A street number is no item, and the end of another direction is not the end of this one."""
    own = "direction/ROT-2016-51"
    assert {thing.rpartition("/")[2] for thing, _ in values(MEANINGS, "action")} == {
        *("3.1", "3.2"),
    }
    assert values(MEANINGS, "madeUnder") == {
        (own, "ukpga/1999/27/section/15/5"),
        (own, "ukpga/1999/27/section/15/6"),
    }
    assert values(MEANINGS, "plannedEnd") == values(MEANINGS, "revokes") == set()
    assert (own, "2016-02-11") in values(MEANINGS, "signed")
