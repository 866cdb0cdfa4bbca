"""A newspaper article that nobody has seen becomes a candidate record."""

from __future__ import annotations

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.record.candidate import Candidate
from tests.fixtures.guards import replaced

ARTICLE = """\
Council may lose control of children's services after damning report

Alex Example of Kent County Council who has been brought in as commissioner - Picture: Newsdesk

Ministers have issued an order to Torbay Council after inspectors rated it "inadequate".

The statutory direction, which was signed yesterday, follows an Ofsted report in June 2018 which \
found that help and protection was 'inadequate'. Three other areas were rated 'requires \
improvement'.

The direction, issued by the Department for Education, orders the council to comply with any \
instructions from Alex Example, the newly-appointed children's services commissioner for Torbay.

The direction said: 'The council's failure to put in place a plan led the secretary of state to \
issue a statutory direction in May 2016, requiring the council to take a number of steps.

'The action taken did not result in improvement.'

You may also want to watch:

The direction outlines two steps that the commissioner is expected to take:

• To review the improvement of services in Torbay; and

Most Read

• To make a recommendation to the Secretary of State as to the best way of running the

service, if appropriate by alternative delivery models.

A council spokeswoman said: "We accept the findings."

Education secretary Sam Sample said the council could be stripped of its services.

He will issue his report by November 30.

Subscribe to our newsletter
Comments powered by Somebody
"""


def read(text: str = ARTICLE) -> Candidate:
    """Return the candidate of an article."""
    return extract_text(text_of(text.encode(), "article.txt"))


def test_article_is_recognised_and_its_page_left_out() -> None:
    """The furniture of a news page is in no passage."""
    found = read()
    assert found.kind == "press-article"
    assert found.record.document.licence == "press-copyright"
    assert not any(
        "Most Read" in passage.words for passage in found.record.left_out if passage.words
    )


def test_direction_of_an_article() -> None:
    """The day counts from the article; no number, no year and no power are invented."""
    record = read().record
    direction = next(one for one in record.directions if one.requirements and one.tasks)
    assert direction.id.startswith("TOB-1900-")
    assert direction.signed[0].status == "relative"
    assert direction.signed[0].relative_to == f"document/{record.document.slug}"
    assert not direction.made_under
    assert direction.issued_by[0].modality == "inferred"
    duty = direction.requirements[0]
    assert [said.value for said in duty.counterparty] == ["post/TOB-childrens"]
    assert [said.value for said in duty.action] == ["comply-with-instructions"]
    assert [task.action[0].value for task in direction.tasks] == ["monitor", "recommend"]
    assert direction.tasks[1].deadlines[0].modality == "inferred"


def test_what_is_quoted_has_the_voice_of_the_direction() -> None:
    """The paper carries the words, the direction says them."""
    record = read().record
    own = next(direction.id for direction in record.directions if direction.tasks)
    earlier = next(direction for direction in record.directions if not direction.tasks)
    assert earlier.signed[0].date == "2016-05"
    assert earlier.voice == f"direction/{own}"
    assert {finding.voice for finding in record.findings} == {f"direction/{own}"}


def test_could_be_stripped_is_a_possibility() -> None:
    """What may happen is no transfer."""
    record = read().record
    assert not record.transfers
    assert [arrangement.modality for arrangement in record.arrangements] == ["possible"]


def test_grades_people_and_offices() -> None:
    """Grades have areas; people have their posts, offices and employers."""
    record = read().record
    inspection = record.inspections[0]
    assert [(judgement.area, judgement.grade[0].value) for judgement in inspection.judgements] == [
        ("ilacs-help", "inadequate")
    ]
    assert inspection.areas_requiring_improvement[0].value == "3"
    held = {
        (appointment.member[0].value, appointment.to_post[0].value)
        for appointment in record.appointments
    }
    assert held == {
        ("person/alex-example", "post/TOB-childrens"),
        ("person/sam-sample", "office/sos-education"),
    }
    employers = {person.id: [said.value for said in person.employer] for person in record.people}
    assert employers == {"alex-example": ["council/KEN"], "sam-sample": []}


@pytest.mark.parametrize(
    ("words", "signed"),
    [
        ("The statutory direction to the London Borough of Croydon, signed yesterday,", True),
        ("The direction, which was formally issued last week,", True),
        ("The direction follows a letter, sent after a report issued yesterday, which", False),
        ("The direction to Torbay Council after a report signed yesterday", False),
    ],
)
def test_day_of_a_direction_is_that_of_no_other_act(words: str, signed: bool) -> None:
    """To whom a direction is may stand before its day; another document may not."""
    text = replaced(ARTICLE, "The statutory direction, which was signed yesterday,", words)
    told = [direction for direction in read(text).record.directions if direction.tasks]
    assert [bool(one.signed) for one in told] == [signed]


def test_direction_of_a_day_is_the_one_reported_on() -> None:
    """A direction told with its day and the one that the article is about are one thing."""
    text = """\
Council told to improve

Ministers have told Torbay Council to improve its children's services.

The Department for Education issued a statutory direction on 3 March 2017 after a poor inspection.

The direction orders the council to co-operate with the commissioner.

Trevor Doughty, who was appointed as commissioner for children's services in Torbay, starts today.

A council spokesman said: "We will improve."
{more}
Read more: other news
"""
    record = read(text.format(more="")).record
    assert [(direction.id, direction.signed[0].date) for direction in record.directions] == [
        ("TOB-2017-51", "2017-03-03")
    ]
    assert record.directions[0].issued_by[0].modality == "inferred"
    assert record.directions[0].requirements
    assert record.appointments[0].member[0].value == "person/trevor-doughty"
    newer = read(text.format(more="\nA new direction replaces it.\n")).record.directions
    assert len({one.id for one in newer}) == 2


def test_a_grade_without_a_fact_is_listed() -> None:
    """A sentence of which something else was read does not hide its grade."""
    told = "The Department for Education issued a statutory direction on 3 March 2017 after "
    told += "inspectors called the service 'inadequate' again.\n\nYou may also want to watch:"
    left_out = read(replaced(ARTICLE, "You may also want to watch:", told)).record.left_out
    assert ("inadequate", "Not read: a grade without a fact.") in {
        ((passage.words or "").strip("'"), passage.reason) for passage in left_out
    }
