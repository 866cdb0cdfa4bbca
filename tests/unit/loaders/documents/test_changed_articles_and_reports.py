"""What is changed in an article or a commissioner's report changes those facts, and no others."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures.documents.small_documents import candidate, facts, wrapped
from tests.fixtures.guards import not_empty, replaced

REPORT = """\
# Review of children's services

**A report for the Secretary of State for Education by {person}, Commissioner for Children's \
Services in {place}**

{month}

## Introduction

1. Children's services in {place} were inspected by Ofsted and judged to be 'inadequate' overall. \
Ofsted published its report on {report}.

2. I conclude that the authority lacks the capacity to improve alone.

## Delivery

3. I do not consider that there is merit in an external organisation running children's services \
for {place} at this time.

### Recommendation 1:

{council} should publish a plan for its workforce.
"""
ARTICLE = """\
Council may lose control of children's services

{person} of Essex County Council who has been brought in as commissioner - Picture: Newsdesk

The statutory direction to {council}, which was signed yesterday, follows an Ofsted report in \
{month} which found that help and protection was 'inadequate'.

The direction, issued by the Department for Education, orders the council to comply with any \
instructions from {person}, the newly-appointed children's services commissioner for {place}.

A council spokeswoman said: "We accept the findings of the report."

The council could be stripped of its children's services, the paper was told.

Most read
"""
COUNCILS = {
    "Suffolk": ("Suffolk County Council", "SFK"),
    "Kent": ("Kent County Council", "KEN"),
    "Torbay": ("Torbay Council", "TOB"),
    "Slough": ("Slough Borough Council", "SLG"),
    "Sandwell": ("Sandwell Metropolitan Borough Council", "SAW"),
    "Croydon": ("the London Borough of Croydon", "CRY"),
    "Westminster": ("City of Westminster", "WSM"),
    "Birmingham": ("Birmingham City Council", "BIR"),
}
PEOPLE = ["Malcolm Newsam", "Trevor Doughty", "Dave Hill", "Max Caller", "Suzanne Lunn"]
MONTHS = st.dates(date(2014, 6, 1), date(2017, 6, 30))
MARKS = st.sampled_from(["''", "\N{LEFT SINGLE QUOTATION MARK}’", '""', "“”"])
TEXTS = st.sampled_from([REPORT, ARTICLE])
PLAIN = {
    "place": "Suffolk",
    "person": "Malcolm Newsam",
    "month": "March 2017",
    "report": "3 February 2016",
}

Facts = set[tuple[str, ...]]


def text(template: str, **changed: str) -> str:
    """Return a document with some values changed."""
    values = {**PLAIN, **changed}
    return template.format(council=COUNCILS[values["place"]][0], **values)


def renamed(found: frozenset[tuple[str, ...]], old: str, new: str) -> Facts:
    """Return facts with another word in place of one, in capitals where it stood in capitals."""

    def other(match: re.Match[str]) -> str:
        return new.upper() if match[0].isupper() else new

    pattern = re.compile(rf"(?i)\b{re.escape(old)}(?=\b|-)")
    return {tuple(pattern.sub(other, part) for part in fact) for fact in found}


@settings(max_examples=14, deadline=None)
@given(TEXTS, st.sampled_from(sorted(COUNCILS)))
def test_another_council_changes_the_council_alone(template: str, place: str) -> None:
    """Every fact stays, with the other council in it; names are as they are printed."""
    found = renamed(facts(text(template, place=place)), COUNCILS[place][1].casefold(), "sfk")
    plain = renamed(facts(text(template)), "sfk", "sfk")
    assert {fact for fact in found if fact[1] != "namedAs"} == {
        fact for fact in plain if fact[1] != "namedAs"
    }


@settings(max_examples=10, deadline=None)
@given(TEXTS, st.sampled_from(PEOPLE))
def test_another_person_changes_the_person_alone(template: str, person: str) -> None:
    """No rule knows a person: a name changes its own facts."""
    new, old = person.casefold(), PLAIN["person"].casefold()
    found = renamed(facts(text(template, person=person)), new.replace(" ", "-"), "the-person")
    assert any("person/the-person" in one for fact in found for one in fact)
    plain = renamed(facts(text(template)), old.replace(" ", "-"), "the-person")
    assert renamed(frozenset(found), new, "name") == renamed(frozenset(plain), old, "name")


@settings(max_examples=14, deadline=None)
@given(TEXTS, MONTHS, MONTHS)
def test_other_dates_change_the_dates_alone(template: str, month: date, report: date) -> None:
    """The months and days printed are those read; years stand in proposed names too."""
    changed = text(template, month=f"{month:%B %Y}", report=f"{report.day} {report:%B %Y}")
    found, plain = facts(changed), facts(text(template))
    assert f"{month:%Y-%m}" in {value for _, _, value in found}
    assert (f"{report}" in {value for _, _, value in found}) == (template is REPORT)
    days = re.compile(r"\b(?:19|20)\d\d(?:-\d\d)*(?:~)?")
    assert sorted(tuple(days.sub("DAY", part) for part in fact) for fact in found) == sorted(
        tuple(days.sub("DAY", part) for part in fact) for fact in plain
    )


@settings(max_examples=14, deadline=None)
@given(TEXTS, MARKS, st.integers(50, 120), st.booleans())
def test_quotation_marks_and_lines_change_nothing(
    template: str, marks: str, width: int, windows: bool
) -> None:
    """Typography is not a fact."""
    plain = text(template)
    other = re.sub(r"(?<![a-z])'(\w[^'\n]*)'", rf"{marks[0]}\1{marks[1]}", plain)
    other = other.replace("'s", "’s") if marks == "“”" else other
    lines = [
        part
        for line in other.split("\n")
        for part in ([line] if line.startswith(("#", "**")) else wrapped(line, width))
    ]
    assert facts(("\r\n" if windows else "\n").join(lines)) == facts(plain)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(4)))
def test_another_order_of_paragraphs_changes_nothing(order: list[int]) -> None:
    """What an article says does not depend on where it says it."""
    title, caption, *told, end = text(ARTICLE).strip().split("\n\n")
    other = "\n\n".join([title, caption, *(told[key] for key in order), end])
    assert facts(other) == facts(text(ARTICLE).strip())


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["do not consider", "don't believe", "cannot see", "would not recommend"]),
    st.sampled_from(["an external organisation", "a children's trust", "a council-owned company"]),
)
def test_what_is_advised_against_is_never_advised(denial: str, model: str) -> None:
    """A denial is kept as one, whatever words deny and whatever is denied."""
    changed = replaced(text(REPORT), "do not consider", denial)
    changed = replaced(changed, "an external organisation", model)
    record = candidate(changed).record
    models = [one for advice in record.recommendations for one in advice.delivery_model]
    assert [one.polarity for one in models] == ["negative"]
    assert not record.transfers


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["could be", "may be", "might be", "faces being", "is at risk of being"]))
def test_what_may_be_taken_away_is_not_taken(words: str) -> None:
    """A threat is no transfer of a service."""
    record = candidate(replaced(text(ARTICLE), "could be stripped", f"{words} stripped")).record
    assert not record.transfers
    assert all(
        arrangement.modality in {"possible", "planned"}
        for arrangement in not_empty(record.arrangements)
    )
