"""Directions of every power and layout: two councils, annexes, changes, signatures, time limits."""

from __future__ import annotations

import pytest

from tests.fixtures.documents.small_documents import candidate, direction, facts
from tests.fixtures.guards import not_empty, replaced

BEST_VALUE = """\
Guidance

Woking Borough Council: Directions made under the Local Government Act 1999 (25 May 2023)

Published 25 May 2023

Directions under section 15(5) and (6) of the Local Government Act 1999

1. The Secretary of State for Levelling Up, Housing and Communities (“the Secretary of State”) \
has looked at these matters in respect of Woking Borough Council (“the Authority”):

i. The size of what the Authority owes.

ii. What officials heard from it.

2. The Secretary of State is satisfied that the Authority is failing to comply with the \
requirements of Part I of the Local Government Act 1999 (“the 1999 Act”).

3. The matter is urgent enough to do without representations under section 15(9), as section \
15(11) of the 1999 Act allows. He thinks it expedient, in accordance with his powers under \
section 15(5) and (6) of the 1999 Act, to direct the Authority as set out below, in particular:

- To close the gap in its budget.
- To mend the management of its land.

4. Pursuant to his powers under section 15(5) and (6) of the 1999 Act, the Secretary of State \
directs:

a. The Authority to take the actions set out in Annex A to these Directions.

b. That the functions of the Authority specified in Annex B shall be exercised from the date of \
these Directions by Commissioners.

5. These Directions shall remain in force until 25 May 2028 unless they are amended or revoked at \
an earlier date.

Signed on behalf of the Secretary of State for Levelling Up, Housing and Communities.

Max Example

A Senior Civil Servant in the Department for Levelling Up, Housing and Communities

26 May 2023

Annex A

Action the Authority is required to take

1. Within six months of the date of these Directions, to agree an improvement plan with:

a. a part on debt, by 31 March 2025.

2. To report to the Commissioners at six-monthly intervals.

Annex B

Functions of the Authority to be exercised by the Commissioners

1. All functions associated with the governance of strategic decision making.
"""

TWO_COUNCILS = """\
STATUTORY DIRECTION TO {title} IN RELATION TO CHILDREN'S SERVICES UNDER SECTION 497A (4B) OF THE \
EDUCATION ACT 1996

WHEREAS:

1. On 30 November 2018 the Secretary of State for Education (“the Secretary of State”) issued a \
direction to Northamptonshire County Council under section 497A(4B) of the Education Act 1996 \
(“the 1996 Act”).
2. The Secretary of State is satisfied that {title} (“the Councils”) are failing to perform \
functions to which section 497A of the 1996 Act is applied by section 50 of the Children Act 2004.

NOW THEREFORE:

3. Under section 497A(4B) of the 1996 Act, the Secretary of State directs the Councils:

(a) to comply with any instructions of the Secretary of State; and

(b) to report within six weeks of the date of this direction.

4. The direction dated 30 November 2018 is revoked with effect from 1 July 2021.

Dated 22 June 2021
"""

AMENDING = """\
DIRECTION UNDER SECTION 15(5), (6) AND (11) OF THE LOCAL GOVERNMENT ACT 1999

LONDON BOROUGH OF CROYDON

The Secretary of State for Housing, Communities and Local Government, in exercise of the powers \
conferred by sections 15(5) and 15(6) of the Local Government Act 1999, makes the following \
Directions:

1. These Directions may be cited as the Croydon Directions 2024 and come into force on 22 January \
2024.

2.1 The Directions dated 20 July 2023 (“the 2023 Directions”) are amended as follows.

2.2 Paragraph 3 of the 2023 Directions is revoked.

3. The Directions given on 11 June 2019 and 8 May 2020 are revoked with effect from 1 March 2024.

Dated this 19th
day of January 2024
"""

CHILDCARE = """\
DIRECTION TO MEDWAY COUNCIL UNDER SECTION 497A(4) AND (4A) OF THE EDUCATION ACT 1996

Whereas

A. Medway Council (“the Council”) has duties under section 6 of the Childcare Act 2006 (“the 2006 \
Act”).
B. The Secretary of State for Education is satisfied that the Council is failing in them.

Now, therefore

1.1 Under section 497A(4), (4A) and section 497B of the Education Act 1996 (“the 1996 Act”), as \
applied by section 15(3) of the 2006 Act and section 50 of the Children Act 2004, the Secretary \
of State hereby directs that:
1.2 the Council shall publish a plan not later than 30th June 2020; and
1.3 the Council must give the nominee access to its premises.
2.1 This Direction comes into force on the 1st of April 2020 and expires at the end of 31st March \
2022.
2.2 The Secretary of State revokes the earlier direction, given under section 497A(4B) of the \
1996 Act on the 5th day of May, 2018.

MINISTER OF STATE
Department for Education

27 March 2020

SCHEDULE
Functions
1. To assess childcare provision.
"""


def values(text: str, name: str) -> set[tuple[str, str]]:
    """Return the things and values that a text gives for a property."""
    return {(thing, value) for thing, prop, value in facts(text) if prop == name}


def only(text: str, name: str) -> set[str]:
    """Return the values that a text gives for a property, of whatever thing."""
    return {value for _, value in values(text, name)}


def test_best_value_direction_as_a_web_page() -> None:
    """No heads, roman recitals, annexes with actions and functions: all of it is read."""
    own = "direction/WOI-2023-51"
    assert values(BEST_VALUE, "madeUnder") == {
        (own, "ukpga/1999/27/section/15/5"),
        (own, "ukpga/1999/27/section/15/6"),
    }
    cited = {"15/9", "15/11"}
    assert set(not_empty(f"ukpga/1999/27/section/{one}" for one in cited)) <= only(
        BEST_VALUE, "cites"
    )
    assert values(BEST_VALUE, "plannedEnd") == {(own, "2028-05-25")}
    assert values(BEST_VALUE, "endCondition") == set()
    assert values(BEST_VALUE, "signed") == {(own, "2023-05-26")}
    assert (own, "2023-05-25") in values(BEST_VALUE, "published")
    assert {thing.partition("51/")[2] for thing, _ in values(BEST_VALUE, "action")} == {
        *("4.a", "annex-A.1", "annex-A.1.a", "annex-A.2"),
    }
    (post,) = candidate(BEST_VALUE).record.posts
    assert len(post.functions_exercised) == 1


@pytest.mark.parametrize(
    "title",
    [
        "NORTH NORTHAMPTONSHIRE COUNCIL AND WEST NORTHAMPTONSHIRE COUNCIL",
        "North Northamptonshire and West Northamptonshire Councils",
        "North Northamptonshire Council,\nand\nWest Northamptonshire Council",
    ],
)
def test_direction_to_two_councils(title: str) -> None:
    """Each council is directed and bears each duty; the first direction was to the one before."""
    text = TWO_COUNCILS.format(title=title)
    both = {"council/NNT", "council/WNT"}
    own = {value for thing, value in values(text, "addressedTo") if "2021" in thing}
    assert own == both
    assert {value for _, value in values(text, "bearer")} == both
    old = "direction/NTH-2018-51"
    assert (old, "council/NTH") in values(text, "addressedTo")
    assert values(text, "revokes") == {("direction/NNT-2021-51", old)}
    assert values(text, "ended") == {(old, "2021-07-01")}


def test_one_council_is_not_joined_by_another_that_is_only_named() -> None:
    """A council that helps is not one that is directed."""
    text = direction(council='Suffolk County Council ("it"), which Essex County Council helps')
    assert {value for thing, value in values(text, "addressedTo")} == {"council/SFK"}


def test_amendment_revokes_nothing_but_what_it_says() -> None:
    """Decimal numbers, two revoked directions, and a change of another that is left unread."""
    own = "direction/CRY-2024-51"
    assert only(AMENDING, "revokes") == {"direction/CRY-2019-51", "direction/CRY-2020-51"}
    assert values(AMENDING, "effectiveFrom") == {(own, "2024-01-22")}
    assert (own, "2024-01-19") in values(AMENDING, "signed")
    assert values(AMENDING, "action") == set()
    varied = [passage for passage in candidate(AMENDING).unread if "varies" in passage.reason]
    assert [duty.at for duty in varied] == ["2.1", "2.2"]


def test_powers_that_are_carried_to_more_functions() -> None:
    """What applies a power is no power, nor is that of the direction that is revoked."""
    own = "direction/MDW-2020-51"
    powers = ("ukpga/1996/56/section/497A/4", "ukpga/1996/56/section/497A/4A")
    assert {pair for pair in values(CHILDCARE, "madeUnder") if pair[0] == own} == {
        (own, power) for power in powers
    }
    assert only(CHILDCARE, "appliedBy") == {
        "ukpga/2006/21/section/15/3",
        "ukpga/2004/31/section/50",
    }
    assert {thing.partition("51/")[2] for thing, _ in values(CHILDCARE, "action")} == {"1.2", "1.3"}
    assert values(CHILDCARE, "plannedEnd") == {(own, "2022-03-31")}
    assert values(CHILDCARE, "effectiveFrom") == {(own, "2020-04-01")}
    assert (own, "2020-03-27") in values(CHILDCARE, "signed")
    assert values(CHILDCARE, "revokes") == {(own, "direction/MDW-2018-51")}


SIGNATURES = {
    "Signed on behalf of the Secretary of State\n\nAl Example\nDated this 2nd day of June 2015": "",
    "Signed by authority of the Secretary of State\n\nAlex Example    Date: 02/06/2015": "",
    "2 June 2015\n\nAlex Example\nMinister of State for Children": "",
    "MINISTER OF STATE\nDepartment for Education\n\n2 June 2015": "",
    "Dated this 2nd\nday of June 2015\n\nAlex Example": "",
    "Dated this\n2nd\nday of June\n2015\n\nAlex Example": "",
    "Yours sincerely\n\nAlex Example\nDirector General\nTuesday, 2nd June, 2015": "",
    "Dated this the second day of June 2015\n\nAlex Example": "",
    "Signed: Alex Example                 Dated: 02.06.2015": "",
    "2nd June 2015": "",
    "Signed on behalf of the Secretary of State\nDate: 02/06/15": "",
    "Signed on behalf of the Secretary of State\nDated this      day of           2015": "blank",
    "Signed on behalf of the Secretary of State\nDated this __ day of June 2015": "blank",
    "Signed on behalf of the Secretary of State\n\nDated: ............\n\nAlex Example": "blank",
}


@pytest.mark.parametrize(
    "annex", ["", "\nANNEX\n\nTerms of Reference\n\n1. Advise by 3 May 2016.\n"]
)
@pytest.mark.parametrize("signature", SIGNATURES)
def test_signatures(signature: str, annex: str) -> None:
    """A date above, below or beside the name is read; a blank one stays blank."""
    body = direction().partition("Signed on behalf")[0]
    (signed,) = candidate(f"{body}{signature}\n{annex}").record.directions[-1].signed
    blank = SIGNATURES[signature] == "blank"
    assert (signed.status == "blank") == blank
    assert blank or signed.date == "2015-06-02"


@pytest.mark.parametrize(
    ("clause", "revoked"),
    [
        ("The direction dated 9 May 2014 is hereby revoked.", True),
        ("The Secretary of State withdraws the direction given on 9 May 2014.", True),
        ("The direction of 9 May 2014 ceases to have effect.", True),
        ("The direction dated 9 May 2014 remains in force until it is revoked.", False),
        ("The Secretary of State may revoke the direction dated 9 May 2014.", False),
        ("Paragraph 3 of the direction dated 9 May 2014 is revoked.", False),
        ("The Secretary of State does not revoke the direction dated 9 May 2014.", False),
    ],
)
def test_what_revokes_and_what_does_not(clause: str, revoked: bool) -> None:
    """Only words that revoke a whole direction now revoke it."""
    plain = "The Secretary of State revokes the direction issued to the Council dated 9 May 2014."
    assert bool(values(replaced(direction(), plain, clause), "revokes")) == revoked


@pytest.mark.parametrize(
    ("clause", "name", "day"),
    [
        ("takes effect from the date of this letter", "effectiveFrom", "2015-04-20"),
        ("takes effect on 1 May 2015", "effectiveFrom", "2015-05-01"),
        ("shall remain in force until 20 January 2017", "plannedEnd", "2017-01-20"),
        ("ceases to have effect at the end of 31 March 2017", "plannedEnd", "2017-03-31"),
        ("has effect from 1 May 2015", "effectiveFrom", "2015-05-01"),
    ],
)
def test_first_and_last_day(clause: str, name: str, day: str) -> None:
    """From when and until when, in each way of saying it."""
    plain = "will remain in force until it is revoked by the Secretary of State"
    text = replaced(direction(), plain, clause)
    assert values(text, name) == {("direction/SFK-2015-51", day)}
    assert values(text, "endCondition") == set()
