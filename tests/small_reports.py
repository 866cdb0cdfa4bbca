"""Small inspection reports and letters, in words of our own, for tests of every layout."""

from __future__ import annotations

from typing import Any

from data.record import Inspection
from loaders.extraction import extract_text
from loaders.text_of_file import text_of

Facts = dict[str, Any]

COVER = """Inspection of {council} local authority
children's services
Inspection dates: {dates}
Lead inspector: {inspector}, His Majesty's Inspector
"""
AREAS = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
    "Overall effectiveness",
)
GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
REST = """
Workers know their families. A few plans were late, and some were unclear at the time.
The last inspection, in 2012, was held by another team of Ofsted.
"""


def report(
    council: str = "Kirklees Council",
    dates: str = "5 to 16 June 2023",
    inspector: str = "Robin Example",
    grades: tuple[str, ...] = ("Good", "Good", "Inadequate", "Outstanding", "Good"),
    table: str = "",
) -> str:
    """Return a report with a table of five judgements, or with a table as given."""
    rows = "".join(f"{area}\n{grade} \n" for area, grade in zip(AREAS, grades, strict=False))
    cover = COVER.format(council=council, dates=dates, inspector=inspector)
    return cover + (table or f"Judgement Grade \n{rows}") + REST


SINGLE = """Windsor and Maidenhead
Inspection of services for children in need of help and
protection, children looked after and care leavers
and
Review of the effectiveness of the Local Safeguarding Children
Board1
Inspection date: 3 March 2015 \u2013 25 March 2015
Report published: 13 May 2015
The overall judgement is that children\u2019s services require
improvement
1. Children who need help and protection
Requires
Improvement
2. Children looked after and achieving Good
permanence
2.1 Adoption performance
Not judged
2.2 Experiences and progress of care leavers Inadequate
3. Leadership, management and governance
1
Outstanding
1 This is a note at the foot of the page.
The Local Safeguarding Children Board is inadequate
The inspection team
Lead inspector: Robin Example HMI
Deputy lead inspector: Another Person HMI
"""

FOUR_POINT_2009 = """Inspection of safeguarding and looked after children services
Leicester City Council
Inspection dates: 13 \u2013 24 June 2011
Reporting inspector Robin Example HMI
Age group: All
Published: 22 July 2011
Safeguarding services
Overall effectiveness Grade 3 (Adequate)
Capacity for improvement Grade 2 (Good)
Services for looked after children
Overall effectiveness
Good (Grade 2)
5. The overall effectiveness of services for looked after children in the city is good.
"""

PROTECTION_2012 = """Inspection of local authority arrangements for the protection of children
Doncaster Metropolitan Borough Council
Inspection dates: 9 \u2013 17 October 2012
Lead inspector Robin Example HMI
Published: 16 November 2012
4. The overall effectiveness of the arrangements to protect children is judged to be inadequate.
The effectiveness of the help and protection provided to children, families and carers
Inadequate
The quality of practice
Adequate
Leadership and governance is inadequate.
"""

LOOKED_AFTER_2013 = """Inspection of services for looked after children
Somerset County Council
Inspection dates: 8\u201319 July 2013
Lead inspector: Robin Example
Overall effectiveness: grade 4
Capacity to improve: 3 (adequate)
Outcomes for looked after children and care leavers is judged to be adequate.
Quality of provision is inadequate.
Leadership and management: Grade 4 (inadequate)
"""

ADOPTION_2012 = """Inspection report for local authority adoption agency
Blackpool Council adoption service
Inspection date 13/05/2013 to 17/05/2013
Inspector Robin Example
Overall effectiveness
Judgement outcome: good
Outcomes for children and young people
Judgement outcome: good
Quality of service
Judgement outcome: outstanding
Safeguarding children and young people
Judgement outcome: adequate
Leadership and management
Judgement outcome: good
"""

FOCUSED = """13 November 2018
A. Person
Director of Children's Services
Rutland County Council
Dear A. Person
Focused visit to Rutland County Council children's services
This letter summarises the findings of a focused visit to Rutland children's services on
17 and 18 October 2018. Inspectors looked at the front door. Practice there is good.
The last inspection judged services inadequate overall.
Areas for priority action

Leaders must act swiftly on these points:

\u25fc Late assessments of children at risk,
among them those not seen.
\u25fc Weak oversight by managers.

Findings
\u25fc Thresholds are good.
Yours sincerely
Robin Example
Her Majesty's Inspector
"""

MONITORING = """4 March 2020
A. Person, Director
Sefton Metropolitan Borough Council
Dear A. Person
Monitoring visit to Sefton children's services
This letter summarises the findings of the monitoring visit to Sefton children's services on
4 and 5 February 2020. It was the second monitoring visit since the council was
judged inadequate in May 2019. Practice remains inadequate in places.
No areas for priority action were identified.
Yours sincerely
Robin Example
Her Majesty's Inspector
"""


def inspection(text: str, name: str = "a.txt") -> Inspection:
    """Return the inspection that a text is about: the last one of its candidate."""
    return extract_text(text_of(text.encode(), name)).record.inspections[-1]


def facts(text: str) -> Facts:
    """Return what is read of a text, place by place left out."""
    one = inspection(text)
    grades = {(j.area, said.value) for j in one.judgements for said in [*j.grade, *j.not_judged]}
    return {
        "kind": one.kind[0].value,
        "council": [said.value for said in one.council],
        "framework": [said.value for said in one.framework],
        "days": [time.date for time in one.on_site],
        "published": [time.date for time in [*one.report_published, *one.letter_dated]],
        "inspector": [said.value for said in one.lead_inspector_named],
        "grades": dict(sorted(grades)) if len(dict(grades)) == len(grades) else sorted(grades),
    }
