"""Small letters on inspections without grades, in words of our own, for tests of every kind."""

from __future__ import annotations

JOINT_LETTER = """18 October 2016
A. Person, Chief Executive, Salford City Council
B. Person, Chief Constable
Dear local partnership
Joint targeted area inspection of the multi-agency response to neglect in Salford
Between 5 and 9 September 2016, Ofsted and three other inspectorates made a joint inspection of
how agencies in Salford work together. The last inspection judged services to be inadequate.
The overall effectiveness of one service is good. Work at the front door requires improvement.
Areas for priority action
\u25fc The police must see every child.
Yours sincerely
Robin Example
"""

JOINT_REPORT = """Joint targeted area inspection of Leeds
Inspection dates: 28 November to 16 December 2022
Lead inspector: Robin Example, His Majesty\u2019s Inspector
Headline findings
Help is good.
Areas for priority action
Partners must write a plan together.
"""

CONTACT_2010 = """7 July 2010
A. Person
Director of Children\u2019s Services
Dear A. Person
Annual unannounced inspection of contact, referral and assessment arrangements in Salford City
Council children\u2019s services
This letter has the findings of the unannounced inspection which was conducted on 8 and 9 June
2010. Work is outstanding in places, and plans are inadequate in others. Ofsted thanks you.
Areas for priority action
\u2022 Visits are late.
Yours sincerely
"""

FOSTERING_2012 = """Inspection report for local authority fostering agency
Unique reference number SC000000
Inspection date 13/02/2012 to 17/02/2012
Inspector Robin Example
Setting address Norfolk County Council, 1 Some Street, NORWICH
Date of last inspection 12/01/2009
Overall effectiveness
The overall effectiveness is judged to be good.
Leadership and management
Judgement outcome: adequate.
"""

TARGETED_2016 = """Targeted local authority inspection of Kent County Council
Inspection dates: 4 to 8 April 2016
Lead inspector: Robin Example HMI
The front door is good.
"""

BOARD_2015 = """Surrey
Review of the effectiveness of the Local Safeguarding Children Board
Inspection date: 8 June 2015 to 12 June 2015
Report published: 4 August 2015
The Local Safeguarding Children Board requires improvement
"""

SEND_2016 = """20 December 2016
A. Person
Surrey County Council
Dear A. Person
Joint local area SEND inspection in Surrey
Between 17 October 2016 and 21 October 2016, Ofsted and the Care Quality Commission (CQC) made a
joint inspection of the local area of Surrey. Schools are good or outstanding.
The Chief Inspector has determined that a written statement of action is required.
Yours sincerely
"""

SEND_AGAIN = """24 June 2021
A. Person
St. Helens Borough Council
Dear A. Person
Joint area SEND revisit in St. Helens
Between 19 and 21 May 2021, Ofsted and the Care Quality Commission (CQC) revisited the area of
St. Helens to see what had become of the written statement of action issued on 29 November 2018.
At the first inspection it was found that a written statement of action was required.
The area {has} in addressing all of the weaknesses.
Yours sincerely
"""

SEND_2023 = """Area SEND inspection of Essex Local Area Partnership
Inspection dates: 19 January 2026 to 23 January 2026
Dates of previous inspection: 30 September to 4 October 2019
Inspection outcome
The partnership\u2019s arrangements lead to inconsistent experiences and outcomes for children.
Information about the local area partnership
Essex County Council works with three others. Widespread and/or systemic failings were found
in 2019.
"""
