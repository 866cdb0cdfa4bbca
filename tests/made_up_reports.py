"""Inspection reports made up by chance over councils, frameworks and layouts, in our own words."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from data.council_bodies import Body
from data.councils import read_register
from tests.made_up_cells import days_printed, grade_printed, table
from tests.made_up_frameworks import (
    GRADE_NAMES,
    OLD_SCALE,
    WHOLE,
    Framework,
    MadeUp,
)


def council_names(body: Body) -> list[str]:
    """Return the forms in which a report may print the name of a council."""
    found = [body.name]
    place = body.row.short_name
    if body.row.type == "london" and body.name.startswith("London Borough of "):
        found += [f"{place} Council", f"The London Borough of {place}", place]
    elif body.row.type == "county":
        found += [place, f"{place} Council"]
    elif body.row.type == "metropolitan":
        found += [place, f"{place} Metropolitan Borough Council", f"{place} Council"]
    elif not place.startswith("City of"):
        found += [place, place.replace(" and ", " & ")]
    return list(dict.fromkeys(found))


def any_council(random: Random, day: date) -> tuple[Body, str]:
    """Return a council with children's services that existed on a day, and a form of its name."""
    bodies = [one for one in read_register().councils if one.is_upper_tier and one.existed_on(day)]
    body = random.choice(bodies)
    return body, random.choice(council_names(body))


PROSE = (
    "Workers know the families well and most visits happen on time.",
    "Plans are mostly good, though some are late and a few are not yet good enough.",
    "Since the last inspection in 2009, when services were judged to be inadequate, much has "
    "changed.",
    "The previous inspection judged overall effectiveness to be adequate.",
    "A good authority would not have left children in inadequate housing.",
    "Outstanding actions of the last plan remain to be done.",
    "The Local Safeguarding Children Board requires improvement.",
    "Too few foster carers come forward, and adoption takes longer than it should.",
    "Four of the schools that children attend are good or outstanding.",
    "The children's home of the council was judged outstanding in June 2008.",
)


def prose(random: Random) -> str:
    """Return some sentences that give no judgement of this inspection."""
    return " ".join(random.sample(PROSE, random.randint(2, 6)))


def stay(random: Random, framework: Framework) -> tuple[date, date]:
    """Return the days on site of an inspection under a framework."""
    span = (framework.last - framework.first).days
    first = framework.first + timedelta(days=random.randint(0, span))
    return first, first + timedelta(days=random.choice((1, 4, 8, 11, 18, 24)))


def inspector(random: Random) -> str:
    """Return a name that nobody bears."""
    given = random.choice(("Robin", "Alex", "Jo", "Kim-Marie"))
    family = random.choice(("Example", "O\u2019Sample", "Specimen", "de Modell"))
    return f"{given} {family}"


def made_up(random: Random, framework: Framework) -> MadeUp:
    """Return a report made up under a framework."""
    first, last = stay(random, framework)
    body, name = any_council(random, first)
    while not body.existed_on(last):
        body, name = any_council(random, first)
    days = days_printed(random, first, last)
    grades = {area: random.choice(framework.scale) for area in framework.areas}
    person = inspector(random)
    found = MadeUp("", body.code, framework.name, f"{first}/{last}", grades, inspector=person)
    writer = {"sif": sif, "safeguarding-and-looked-after-2009": slas, "adoption-2012": adoption}
    published = last + timedelta(days=40)
    if framework.name.startswith("ilacs"):
        found.text = ilacs(random, framework, found, name, days)
    else:
        one = writer.get(framework.name, thematic)
        found.text = one(random, framework, found, name, days, published)
    return found


def ilacs(random: Random, framework: Framework, one: MadeUp, name: str, days: str) -> str:
    """Return a report of 2018 and after."""
    rows = [
        (words, grade_printed(random, framework.name, one.grades[area]))
        for area, words in framework.areas.items()
    ]
    if random.random() < 0.2:
        random.shuffle(rows)
    title = random.choice(
        (
            f"{name}\n\nInspection of children\u2019s social care services",
            f"Inspection of {name} local authority children\u2019s services",
            f"Inspection of {name} local\nauthority children\u2019s services",
            f"Inspection of {name} children\u2019s services",
            f"{name}\nInspection of local authority children\u2019s services",
        )
    )
    role = random.choice(
        (", His Majesty\u2019s Inspector", "\nHer Majesty\u2019s Inspector", " HMI")
    )
    heading = random.choice(("Judgement Grade", "Judgement\nGrade", ""))
    label = random.choice(("Inspection dates:", "Inspection dates", "Dates of inspection:"))
    return (
        f" \n \n{title}\n{label} {days}\nLead inspector: {one.inspector}{role}\n"
        f"{heading}\n{table(random, rows)}\n\n{prose(random)}\n\n"
        f"What needs to improve\n\u25fc The quality of plans.\n{prose(random)}\n"
    )


def sif(
    random: Random, framework: Framework, one: MadeUp, name: str, days: str, published: date
) -> str:
    """Return a report of the single inspection."""
    overall = random.choice(framework.scale)
    one.grades["sif-overall"] = overall
    one.published = str(published)
    one.inspector = ""
    rows = [
        (words, grade_printed(random, framework.name, one.grades[area]))
        for area, words in framework.areas.items()
    ]
    whole = GRADE_NAMES[overall].casefold()
    verb = "require improvement" if "requires" in whole else f"are {whole}"
    told = random.choice(
        (
            f"Children\u2019s services in {name} {verb}",
            f"The overall judgement is that children\u2019s services {verb}",
            f"The overall judgement is {whole}",
            f"Overall judgement: {whole}",
            f"Children\u2019s services in {name} {verb}".replace("require ", "requires "),
        )
    )
    again = random.choice(("Inspection", "Inspection", "Re-inspection"))
    board = "and\nReview of the effectiveness of the Local Safeguarding Children\nBoard1\n"
    label = random.choice(("Inspection date:", "Inspection dates:"))
    return (
        f"1\n{name}\n{again} of services for children in need of help and\nprotection, children "
        f"looked after and care leavers\n{board if again == 'Inspection' else ''}"
        f"{label} {days}\nReport published: {published.day} {published:%B %Y}\n\n{told}\n"
        f"Not all children get the help that they need.\n{table(random, rows)}\n\n"
        "1 The report is made under two Acts.\nThe local authority\nSummary of findings\n"
        f"{prose(random)}\n\nThe Local Safeguarding Children Board is inadequate\n{prose(random)}\n"
    )


def cover(title: str, name: str, days: str, one: MadeUp, published: date) -> str:
    """Return the cover of a report of 2009 to 2013."""
    one.published = str(published)
    return (
        f"{title}\n{name}\n\nInspection dates: {days}\nLead inspector {one.inspector} HMI\n\n"
        f"Age group: All\nPublished: {published.day} {published:%B %Y}\n\n"
        "Contents\nOverall effectiveness 2\nLeadership and governance 9\n\n"
        "What the judgements mean\nOutstanding a service far above what is asked\n"
        "Good a service above what is asked\nAdequate a service that does what is asked\n"
        "Inadequate a service that does less than is asked\n\n"
    )


def slas(
    random: Random, framework: Framework, one: MadeUp, name: str, days: str, published: date
) -> str:
    """Return a report on safeguarding and looked after children."""
    title = "Inspection of safeguarding and\nlooked after children services"
    text = cover(title, name, days, one, published)
    numbers = {grade: number for number, grade in enumerate(OLD_SCALE, 1)}
    for area, heading in (
        ("slas-safeguarding", "Safeguarding services"),
        ("slas-looked-after", "Services for looked after children"),
    ):
        grade, other = one.grades[area], random.choice(OLD_SCALE)
        told = random.choice(
            (
                f"Grade {numbers[grade]} ({GRADE_NAMES[grade]})",
                f"{GRADE_NAMES[grade]} (Grade {numbers[grade]})",
                GRADE_NAMES[grade],
            )
        )
        text += (
            f"{heading}\n\nOverall effectiveness {told}\n\n{random.randint(5, 60)}. The overall "
            f"effectiveness of {heading.casefold()} in {name} is {grade}. {prose(random)}\n\n"
            f"Capacity for improvement Grade {numbers[other]} ({GRADE_NAMES[other]})\n"
            f"{prose(random)}\nStaying safe Grade 2 (Good)\n\n"
        )
    return text


def thematic(
    random: Random, framework: Framework, one: MadeUp, name: str, days: str, published: date
) -> str:
    """Return a report on the protection of children or on looked-after children."""
    title, subject = {
        "protection-of-children-2012": (
            "Inspection of local authority arrangements\nfor the protection of children",
            "the arrangements to protect children",
        ),
        "looked-after-2013": (
            "Inspection of services for looked after\nchildren",
            "services for looked after children",
        ),
    }[framework.name]
    text = cover(title, name, days, one, published)
    record = random.random() < 0.5
    for area, heading in framework.areas.items():
        grade = one.grades[area]
        verb = "are" if heading.startswith("Outcomes") else "is"
        of = f" of {subject} in {name}" if heading == WHOLE else ""
        sentence = f"{heading}{of} {verb} judged to be {grade}."
        text += f"{heading}\n\n{random.randint(5, 60)}. {sentence} {prose(random)}\n\n"
    if record:
        text += f"Record of main findings\n{name}\n"
        rows = [(words, GRADE_NAMES[one.grades[area]]) for area, words in framework.areas.items()]
        text += table(random, rows) + "\n"
    return text


def adoption(
    random: Random, framework: Framework, one: MadeUp, name: str, days: str, published: date
) -> str:
    """Return a report on the adoption service of a council."""
    text = (
        "Inspection report for local authority adoption agency\n\n"
        f"Unique reference number SC000000\nInspection dates {days}\nInspector {one.inspector}\n"
        f"Type of inspection Full\n\nSetting address {name}\nDate of last inspection 12/01/2009\n\n"
        "Outstanding: a service far above what is asked\nGood: a service above what is asked\n\n"
    )
    for area, heading in framework.areas.items():
        text += f"{heading}\n\nJudgement outcome: {one.grades[area]}.\n\n{prose(random)}\n\n"
    one.inspector = ""
    return text
