"""What counts as read, and what a later page or a lead-in may not change; all is made up."""

from __future__ import annotations

import pytest

from data.records.form import Inspection
from tests.fixtures.documents.small_documents import candidate, direction
from tests.fixtures.guards import replaced

LETTER = """\
4 May 2021

Ann Other
Director of Children's Services
Suffolk County Council

Dear Ms Other

Focused visit to Suffolk children's services

This letter summarises the findings of a focused visit to Suffolk children's services on {days}. \
Her Majesty's Inspectors were Jo Bloggs and Sam Sample.

Areas for priority action

{actions}

What needs to improve in this area of social work practice
- The records.

Yours sincerely
Jo Bloggs
"""


def visit(actions: str = "None.", days: str = "9 and 10 March 2021") -> Inspection:
    """Return the visit of a letter."""
    (found,) = candidate(LETTER.format(actions=actions, days=days)).record.inspections
    return found


@pytest.mark.parametrize(
    ("actions", "number"),
    [
        ("The authority needs to put right the \nfollowing areas:  \n- the speed\n- plans.", 2),
        ("The authority must act on:\n\n1) the speed of visits;\n2) the plans;\n3) the rest.", 3),
        ("The oversight of plans is weak.", 1),
        ("- There is no oversight of plans.", 1),
        ("There are no priority actions after this visit.", 0),
        ("None.", 0),
        ("Inspectors identified no areas for priority action.", 0),
        ("No areas for priority action were found.", 0),
    ],
)
def test_areas_for_priority_action_are_counted(actions: str, number: int) -> None:
    """By bullets or paragraphs; a lead-in is none, and words that deny them are none."""
    assert len(visit(actions).findings) == number


@pytest.mark.parametrize(
    ("days", "edtf", "modality"),
    [
        ("9 and 10 March 2021", "2021-03-09/2021-03-10", None),
        ("9 and 10 March", "2021-03-09/2021-03-10", "inferred"),
        ("14 and 15 December", "2020-12-14/2020-12-15", "inferred"),
        ("29 April to 4 May", "2021-04-29/2021-05-04", "inferred"),
    ],
)
def test_day_without_a_year_is_inferred_from_the_letter(
    days: str, edtf: str, modality: str | None
) -> None:
    """It is the last one before the letter, and marked so."""
    (time,) = visit(days=days).on_site
    assert (time.date, time.modality) == (edtf, modality)


REPORT = """\
Suffolk County Council
Re-inspection of services for children in need of help and
protection, children looked after and care leavers
Inspection date: 3 May 2018 to 31 May 2018
Report published: 9 July 2018
Children's services in Suffolk require improvement to be good
1. Children who need help and protection Requires improvement
2. Children looked after and achieving permanence Good
2.1 Adoption performance Good
2.2 Experiences and progress of care leavers Good
3. Leadership, management and governance Good

Executive summary
{since}

Recent Ofsted inspections
{lead_in}
Overall effectiveness: inadequate
Children who need help and protection: inadequate

Lead inspector: {name}
"""


@pytest.mark.parametrize(
    "lead_in",
    [
        "The earlier inspection of the authority was in June 2015. The judgements were:",
        "The previous inspection was in June 2015 and its outcomes were:",
        "The last inspection took place in June 2015. The grades given then were:",
    ],
)
def test_cover_outranks_what_a_later_page_recalls(lead_in: str) -> None:
    """The list of an earlier inspection is that inspection's."""
    text = REPORT.format(since="Much is done.", lead_in=lead_in, name="Jo Bloggs")
    own = candidate(text).record.inspections[-1]
    grades = {judged.area: judged.grade[0].value for judged in own.judgements}
    assert grades["sif-overall"] == grades["sif-1"] == "requires-improvement"


def test_publication_is_no_stay() -> None:
    """When a report was published says nothing of the days on site."""
    since = (
        "Since the last inspection report for Suffolk was published in September 2015, all is new."
    )
    text = REPORT.format(since=since, lead_in="The judgements were:", name="Jo Bloggs")
    earlier = candidate(text).record.inspections[0]
    assert [time.date for time in earlier.report_published] == ["2015-09"]
    assert earlier.on_site == []


@pytest.mark.parametrize(
    "name", ["Jo Heron", "Sam Andrews", "Kim Toland", "Theo Ofori", "Ann Byford"]
)
def test_names_are_never_mended(name: str) -> None:
    """A surname that begins with a small word is no slip of recognition."""
    text = REPORT.format(since="Much is done.", lead_in="The judgements were:", name=name)
    (printed,) = candidate(text).record.inspections[-1].lead_inspector_named
    assert printed.value == name


@pytest.mark.parametrize(
    ("printed", "name"), [("JO BLOGGS", "Jo Bloggs"), ("DJ SMITH", "DJ Smith")]
)
def test_short_first_name_in_capitals(printed: str, name: str) -> None:
    """It is written as names are; two initials stay."""
    text = replaced(direction(), "ALEX EXAMPLE", printed)
    assert [person.name[0].value for person in candidate(text).record.people] == [name]


def test_days_that_no_fact_used_are_listed() -> None:
    """A duty whose words hold a table of days is read; its days are not."""
    rows = "To meet these milestones:\n\nPlan agreed\t2 May 2015\nPlan sent\t3 June 2016"
    found = candidate(
        replaced(direction(), "To prepare an improvement plan by 1 September 2015.", rows)
    )
    listed = " | ".join(left.words or "" for left in found.unread)
    assert "2 May 2015" in listed and "3 June 2016" in listed


@pytest.mark.parametrize("sign", ["is to meet each month", "will meet each month", "are to meet"])
def test_other_words_of_a_duty_are_signs(sign: str) -> None:
    """In what binds, a sentence with one of which nothing was read is listed."""
    sentence = f"6. Somebody {sign}.\n7. This direction will remain"
    found = candidate(replaced(direction(), "6. This direction will remain", sentence))
    assert any(left.words and sign in left.words for left in found.unread)


@pytest.mark.parametrize("mark", ["➢", "►", "✓", "→", "◼"])
def test_signs_before_items(mark: str) -> None:
    """Arrows, shapes and ticks are bullets."""
    text = direction()
    for label in (" a. To comply", " b. To co-operate", " c. To prepare"):
        text = replaced(text, label, f" {mark} {label[4:]}")
    paragraphs = [duty.paragraph for duty in candidate(text).record.directions[-1].requirements]
    assert {"4.a", "4.b"} <= set(paragraphs)


@pytest.mark.parametrize("form", ["4{}. ", "[{}] ", "4{}) "])
def test_labels_with_their_number_or_in_square_brackets(form: str) -> None:
    """4a and [a] are the first item of paragraph 4."""
    text = direction()
    for letter in "abc":
        text = replaced(text, f" {letter}. To ", f" {form.format(letter)}To ")
    paragraphs = [duty.paragraph for duty in candidate(text).record.directions[-1].requirements]
    assert {"4.a", "4.c"} <= set(paragraphs)
