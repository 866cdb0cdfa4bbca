"""The frameworks of inspections as reports made up for tests print them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

GRADE_NAMES = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires-improvement": "Requires improvement",
    "adequate": "Adequate",
    "inadequate": "Inadequate",
}
NEW_SCALE = ("outstanding", "good", "requires-improvement", "inadequate")
OLD_SCALE = ("outstanding", "good", "adequate", "inadequate")
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
IN_CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
WHOLE = "Overall effectiveness"


@dataclass
class MadeUp:
    """A report made up, and what must be read of it."""

    text: str
    council: str
    framework: str
    days: str
    grades: dict[str, str] = field(default_factory=dict)
    published: str = ""
    inspector: str = ""


@dataclass(frozen=True)
class Framework:
    """A framework: when it was in use, its areas as printed, and its scale."""

    name: str
    first: date
    last: date
    areas: dict[str, str]
    scale: tuple[str, ...]


FRAMEWORKS = (
    Framework(
        "sif",
        date(2013, 11, 4),
        date(2018, 1, 5),
        {
            "sif-1": "1. Children who need help and protection",
            "sif-2": "2. Children looked after and achieving permanence",
            "sif-2.1": "2.1 Adoption performance",
            "sif-2.2": "2.2 Experiences and progress of care leavers",
            "sif-3": "3. Leadership, management and governance",
        },
        NEW_SCALE,
    ),
    Framework(
        "ilacs-2018",
        date(2018, 1, 22),
        date(2022, 12, 5),
        {
            "ilacs-leaders": LEADERS,
            "ilacs-help": HELP,
            "ilacs-in-care-and-care-leavers": f"{IN_CARE} and care leavers",
            "ilacs-overall": WHOLE,
        },
        NEW_SCALE,
    ),
    Framework(
        "ilacs-2023",
        date(2023, 1, 16),
        date(2026, 3, 9),
        {
            "ilacs-leaders": LEADERS,
            "ilacs-help": HELP,
            "ilacs-in-care": IN_CARE,
            "ilacs-care-leavers": LEAVERS,
            "ilacs-overall": WHOLE,
        },
        NEW_SCALE,
    ),
    Framework(
        "ilacs-2026",
        date(2026, 4, 13),
        date(2027, 3, 1),
        {
            "ilacs-leaders": "The impact of leaders on practice with children and families",
            "ilacs-help": HELP,
            "ilacs-in-care": IN_CARE,
            "ilacs-care-leavers": LEAVERS,
        },
        NEW_SCALE,
    ),
    Framework(
        "safeguarding-and-looked-after-2009",
        date(2009, 6, 1),
        date(2012, 5, 1),
        {"slas-safeguarding": "Safeguarding services", "slas-looked-after": "Looked after"},
        OLD_SCALE,
    ),
    Framework(
        "protection-of-children-2012",
        date(2012, 6, 4),
        date(2013, 9, 2),
        {
            "cp-overall": WHOLE,
            "cp-help": "The effectiveness of the help and protection provided to children, "
            "young people, families and carers",
            "cp-quality": "The quality of practice",
            "cp-leadership": "Leadership and governance",
        },
        OLD_SCALE,
    ),
    Framework(
        "looked-after-2013",
        date(2013, 5, 6),
        date(2013, 9, 30),
        {
            "lac-overall": WHOLE,
            "lac-capacity": "Capacity to improve",
            "lac-outcomes": "Outcomes for looked after children and care leavers",
            "lac-quality": "Quality of provision",
            "lac-leadership": "Leadership and management",
        },
        OLD_SCALE,
    ),
    Framework(
        "adoption-2012",
        date(2012, 5, 7),
        date(2013, 10, 7),
        {
            "adoption-overall": WHOLE,
            "adoption-outcomes": "Outcomes for children and young people",
            "adoption-quality": "Quality of service",
            "adoption-safeguarding": "Safeguarding children and young people",
            "adoption-leadership": "Leadership and management",
        },
        OLD_SCALE,
    ),
)
FRAMEWORK_OF = {one.name: one for one in FRAMEWORKS}
