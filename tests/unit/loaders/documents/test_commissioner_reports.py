"""A commissioner's report that nobody has seen becomes a candidate record."""

from __future__ import annotations

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.record.candidate import Candidate
from tests.fixtures.guards import replaced

REPORT = """\
# Review of children's services

**A report for the Secretary of State for Education by Jane Sample OBE, Commissioner for \
Children's Services in Dudley**

November 2019

## Introduction

1. In October 2018 children's services in Dudley were inspected by Ofsted and judged to be \
inadequate overall. Ofsted published its report on 3 December 2018.

2. In the Ofsted inspection the impact of leaders on social work practice was judged to require \
improvement, and help and protection was rated as inadequate. Expectations were that 'good' \
would be reached.

3. The Council is failing to retain experienced staff. As of September 2019, 61% of assessments \
were completed in

time, and 45 social workers left.

4. A new improvement board was established in January 2019.

## Delivery models

5. There are children's trusts in Birmingham and Sunderland. I do not believe that a children's \
trust would be right for Dudley at present. There is the possibility of a strategic partnership.

6. I recommend that the Council appoints a permanent director by March 2020. Wiltshire and \
Devon are both rated as 'good' for children's services.

Recommendation 1: The Department for Education should review progress every six months.

### Recommendation 2:

Dudley Metropolitan Borough Council must bring its plan to the board.

It should do so soon.
"""


def read(text: str = REPORT) -> Candidate:
    """Return the candidate of a report."""
    return extract_text(text_of(text.encode(), "report.txt"))


def test_report_is_recognised_with_its_council_author_and_date() -> None:
    """The title page says whose report it is."""
    found = read()
    record = found.record
    assert found.kind == "commissioner-report"
    assert record.document.council == "DUD"
    assert record.document.dated[0].date == "2019-11"
    assert [person.id for person in record.people] == ["jane-sample"]
    assert record.people[0].honours[0].value == "OBE"
    assert record.appointments[0].to_post[0].value == "post/DUD-childrens"


def test_inspection_and_its_report_are_one() -> None:
    """Days on site and day of the report are kept apart; a hoped-for grade is none."""
    inspection, *others = read().record.inspections
    assert not others
    assert inspection.on_site[0].date == "2018-10"
    assert inspection.report_published[0].date == "2018-12-03"
    grades = {judgement.area: judgement.grade[0].value for judgement in inspection.judgements}
    assert grades == {
        "ilacs-overall": "inadequate",
        "ilacs-leaders": "requires-improvement",
        "ilacs-help": "inadequate",
    }


def test_recommendations_have_addressees_and_denials() -> None:
    """What is advised against is kept as a denial, never as a recommendation for it."""
    advice = {recommendation.id: recommendation for recommendation in read().record.recommendations}
    assert set(advice) == {"1", "2", "paragraph-5", "paragraph-6"}
    assert advice["1"].recommended_to[0].value == "organisation/department-for-education"
    assert advice["2"].recommended_to[0].value == "council/DUD"
    assert advice["2"].words is not None
    assert advice["2"].words.endswith("do so soon.")
    assert advice["paragraph-6"].recommended_to[0].value == "council/DUD"
    model = advice["paragraph-5"].delivery_model[0]
    assert (model.value, model.polarity) == ("trust", "negative")
    assert model.condition


def test_figures_steps_and_arrangements() -> None:
    """Numbers have units and times; ways of running services have their councils."""
    record = read().record
    figures = {(figure.amount[0].value, figure.unit[0].value) for figure in record.figures}
    assert figures == {("61", "percent"), ("45", "people")}
    assert record.figures[0].as_of[0].date == "2019-09"
    assert record.milestones[0].happened[0].date == "2019-01"
    models = {
        (arrangement.council[0].value, arrangement.delivery_model[0].value, arrangement.modality)
        for arrangement in record.arrangements
    }
    assert models == {
        ("BIR", "trust", None),
        ("SND", "trust", None),
        ("DUD", "strategic-partnership", "possible"),
    }
    ratings = {council.id: council.stated_rating[0].value for council in record.councils}
    assert ratings == {"WIL": "good", "DEV": "good"}


def test_another_council_and_date_change_only_themselves() -> None:
    """No rule knows a council, a person or a date."""
    text = replaced(replaced(REPORT, "Dudley Metropolitan Borough", "Torbay"), "Dudley", "Torbay")
    text = replaced(replaced(text, "Jane Sample", "Alex Example"), "January 2019", "May 2019")
    record = read(text).record
    assert record.document.council == "TOB"
    assert record.people[0].id == "alex-example"
    assert record.milestones[0].happened[0].date == "2019-05"
    assert len(record.recommendations) == len(read().record.recommendations)


def test_figures_denied_later_are_kept_as_denied() -> None:
    """A number that the report calls wrong stands beside its denial."""
    told = "3. 120 young people were reported as missing. In fact the data proved to be inaccurate."
    text = replaced(REPORT, "3. The Council", f"{told} The Council")
    amounts = {
        (said.value, said.polarity)
        for figure in read(text).record.figures
        for said in figure.amount
        if said.value == "120"
    }
    assert amounts == {("120", None), ("120", "negative")}


def concluded(told: str) -> list[str]:
    """Return what a report with another third paragraph finds in that paragraph."""
    start = REPORT.index("3. The Council is")
    text = f"{REPORT[:start]}3. {told}\n\n{REPORT[REPORT.index('4. A new') :]}"
    return [finding.summary[0].value for finding in read(text).record.findings if finding.at == "3"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("I conclude that leadership is stable.", "Leadership is stable."),
        ("However, we have concluded that audits are late.", "Audits are late."),
        ("My view is that the partnership can recover.", "The partnership can recover."),
        ("In my judgement, the front door is safe.", "The front door is safe."),
        ("It is our assessment that plans are sound.", "Plans are sound."),
        ("We have found that visits are on time.", "Visits are on time."),
        ("Commissioners found that the budget holds.", "The budget holds."),
        ("The lead commissioner believes that trust has grown.", "Trust has grown."),
        ("I have found no evidence of a plan.", None),
        ("We are not confident that it will last.", None),
        ("Commissioners remain concerned about turnover.", None),
        ("I do not consider that it has the expertise.", None),
        ("It is of great concern that records are lost.", None),
        ("The authority has struggled to recruit.", None),
        ("Quality assurance remains weak.", None),
    ],
)  # fmt: skip
def test_conclusions_of_any_author(told: str, found: str | None) -> None:
    """Judgements in the author's own person are found, whoever writes and however they begin."""
    assert concluded(told) == [found or told]


@pytest.mark.parametrize(
    "told",
    [
        "Ofsted found that assessments were weak.",
        "I was told that recruitment is fragile.",
        "Staff said that morale has deteriorated.",
        "If the board were to fail, I would conclude that more is needed.",
        "In my view the authority must appoint a director.",
        "I conclude that a children's trust should run the services.",
        "I do not consider that a children's trust is right.",
        "I recommend that we are not too slow.",
        "I have found out where the office is.",
        "I visited four teams in the spring.",
    ],
)
def test_what_others_say_and_what_is_advised_is_no_conclusion(told: str) -> None:
    """Reports of others, suppositions, advice and plain events are no findings of the author."""
    assert concluded(told) == []


def test_advice_without_a_number() -> None:
    """A view of what must be done, services kept, and a list under its heading are advice."""
    told = "At this time I believe the council should retain responsibility for its services. In "
    told += "my view the Council must publish a plan.\n\n## Recommendations\n\n- The Department for"
    told += (
        " Education should review progress.\n\n- Dudley Metropolitan Borough Council should act."
    )
    end = REPORT.index("### Recommendation 2:")
    record = read(
        f"{REPORT[: REPORT.index('Recommendation 1:')]}7. {told}\n\n{REPORT[end:]}"
    ).record
    advice = {
        recommendation.id: recommendation
        for recommendation in record.recommendations
        if recommendation.id.startswith("paragraph-7")
    }
    model = advice["paragraph-7"].delivery_model[0]
    assert (model.value, model.polarity, model.modality) == ("direct", None, "inferred")
    assert [one.recommended_to[0].value for one in list(advice.values())[1:]] == [
        "council/DUD",
        "organisation/department-for-education",
        "council/DUD",
    ]
