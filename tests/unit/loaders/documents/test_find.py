"""Dates, provisions, councils, people and grades are found in the words, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.documents.find.councils import councils_in, likenesses_in
from loaders.documents.find.dates import blank_dates, dates_in, limit_of
from loaders.documents.find.frameworks import framework_of
from loaders.documents.find.grades import areas_in, grades_in
from loaders.documents.find.people import named_people, people_in, signatory_in
from loaders.documents.find.provisions import definitions_in, provisions_in, read_known_statutes
from loaders.documents.text.view import View, view_of


def seen(text: str) -> View:
    """Return the view of a text."""
    return view_of(text, [(0, len(text))])


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 7 January 2016.", "2016-01-07"),
        ("8 February to 10 March 2016", "2016-02-08/2016-03-10"),
        ("13 November 2017 and 7 December 2017", "2017-11-13/2017-12-07"),
        ("19 December to 4 January 2017", "2016-12-19/2017-01-04"),
        ("visit of 23–24 May 2017", "2017-05-23/2017-05-24"),
        ("17 and 18 October 2018", "2018-10-17/2018-10-18"),
        ("the 19th day of September 2017", "2017-09-19"),
        ("Monday 3 June 2019", "2019-06-03"),
        ("October 19, 2015", "2015-10-19"),
        ("19/10/2015", "2015-10-19"),
        ("2015-10-19", "2015-10-19"),
        ("(August 2013)", "2013-08"),
        ("January to March 2024", "2024-01/2024-03"),
        ("in early 2013 they", "2013~"),
        ("since 2011, it", "2011"),
        ("l9 May 2O17", "2017-05-19"),
    ],
)
def test_forms_of_dates(text: str, edtf: str) -> None:
    """Each form is read whole, as one date."""
    assert [date_found.edtf for date_found in dates_in(seen(text))] == [edtf]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("25 to 29 February 2013", ("2013-02-25/2013-02-28", "2013-02-25/2013-03-01")),
        ("31 June 2019", ("2019-06-30", "2019-07-01")),
        ("20 to 15 May 2014", ("2014-05-15/2014-05-20",)),
    ],
)
def test_impossible_dates_stay_impossible(text: str, candidates: tuple[str, ...]) -> None:
    """A day that no calendar has becomes no date; what it may stand for is kept."""
    (found,) = dates_in(seen(text))
    assert (found.status, found.edtf, found.candidates) == ("impossible", None, candidates)


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("a case by March 2018, and", "2018-03", "by March 2018"),
        ("by the end of February 2019", "2019-02", "by the end of February 2019"),
        ("by no later than 31 December 2017.", "2017-12-31", "by no later than 31 December 2017"),
    ],
)
def test_limits(text: str, edtf: str, words: str) -> None:
    """By a month falls due in that month, by a day on that day; the word before is part of it."""
    view = seen(text)
    limit = limit_of(dates_in(view)[0], view)
    assert (limit.edtf, view.text[limit.start : limit.end]) == (edtf, words)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Dated this day of", None),
        ("Dated: [          ]", None),
        ("Dated this ____ day of ________ 2016", "2016"),
        ("Dated this      day of August 2016", "2016-08"),
    ],
)
def test_blank_dates(text: str, edtf: str | None) -> None:
    """A date left for the pen is blank, with what is printed of it."""
    (found,) = blank_dates(seen(text))
    assert (found.status, found.edtf) == ("blank", edtf)


def test_a_date_is_not_blank() -> None:
    """A signature with its date is not blank."""
    assert list(blank_dates(seen("Dated this 19th day of September 2017"))) == []


FORMS = st.sampled_from(["{d} {m} {y}", "{d}th {m} {y}", "{d}th day of {m} {y}", "{m} {d}, {y}"])


@given(st.dates(date(1999, 1, 1), date(2099, 12, 31)), FORMS)
def test_any_day_in_any_form(day: date, form: str) -> None:
    """Every day of a century is read as itself, in every form."""
    text = form.format(d=day.day, m=day.strftime("%B"), y=day.year)
    assert [date_found.edtf for date_found in dates_in(seen(f"It was on {text}, they say."))] == [
        str(day)
    ]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 400))
def test_any_range(first: date, days: int) -> None:
    """Every range of two whole days is read as itself."""
    last = first + timedelta(days)
    text = f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    assert [date_found.edtf for date_found in dates_in(seen(text))] == [f"{first}/{last}"]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("SECTION 497A (4B) OF THE EDUCATION ACT 1996", ["ukpga/1996/56/section/497A/4B"]),
        ("section 497A(48) of the Education Act 1996", ["ukpga/1996/56/section/497A/4B"]),
        (
            "sections 15(5) and 15(6) of the Local Government Act 1999",
            ["ukpga/1999/27/section/15/5", "ukpga/1999/27/section/15/6"],
        ),
        (
            "section 15 (5) and (6)(a) of the Local Government Act 1999",
            ["ukpga/1999/27/section/15/5", "ukpga/1999/27/section/15/6/a"],
        ),
        (
            "sections 10, 12C and 17A of the Children Act 2004",
            [f"ukpga/2004/31/section/{number}" for number in ("10", "12C", "17A")],
        ),
        (
            "sections 23C to 24D of the Children Act 1989",
            ["provision/children-act-1989-23c-to-24d"],
        ),
        ("under section 497A(4A)", ["ukpga/1996/56/section/497A/4A"]),
        ("Part I of the Local Government Act 1999", ["ukpga/1999/27/part/I"]),
        ("a section of the report of 12 pages", []),
    ],
)
def test_provisions(text: str, references: list[str]) -> None:
    """Lists, ranges and subsections of provisions are read."""
    found = provisions_in(seen(text), read_known_statutes())
    assert [reference for mention in found for reference in mention.references] == references


def test_provisions_through_a_defined_term() -> None:
    """A statute may be called by the document's own term, after or before it is defined."""
    statutes = read_known_statutes()
    statutes.learn(seen('the Local Government Act 1999 ("the 1999 Act")'))
    found = provisions_in(seen("under section 15(5) of the 1999 Act"), statutes)
    assert [mention.references for mention in found] == [("ukpga/1999/27/section/15/5",)]


def test_defined_terms_with_any_quotation_marks() -> None:
    """A closing mark may be missing, and marks may be curved or single."""
    text = "(“the Council”) and (\"the Report) and ('the 1996 Act') and (see page 3)"
    terms = [definition.term for definition in definitions_in(seen(text))]
    assert terms == ["the Council", "the Report", "the 1996 Act"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Norfolk County Council", "NFK"),
        ("NORFOLK COUNTY COUNCIL", "NFK"),
        ("Norfolk Council", "NFK"),
        ("the Council of the City of Birmingham", "BIR"),
        ("the London Borough of Tower Hamlets", "TWH"),
        ("Royal Borough of Kensington and Chelsea", "KEC"),
        ("Bournemouth, Christchurch and Poole Council", "BPC"),
        ("Doncaster Metropolitan Borough Council", "DNC"),
        ("Cheshire East Borough Council", "CHE"),
    ],
)
def test_councils_by_any_name(text: str, code: str) -> None:
    """Official, former and shortened names lead to the register."""
    (found,) = councils_in(seen(f"It concerns {text} alone."))
    body = found.on(None)
    assert (found.is_full, body and body.code) == (True, code)


def test_several_councils_in_one_sentence() -> None:
    """Each council of a sentence is found, and a place is not a council."""
    found = councils_in(seen("Slough Borough Council, Thurrock Council and schools in Norfolk."))
    assert [(mention.bodies[0].code, mention.is_full) for mention in found] == [
        ("SLG", True),
        ("THR", True),
        ("NFK", False),
    ]


def test_misread_name_is_only_a_likeness() -> None:
    """A name that text recognition spoilt is not certain."""
    view = seen("NORTHARNPTONSHIRE COUNTY COUNCIL")
    assert councils_in(view) == []
    (found,) = likenesses_in(view)
    assert (found.bodies[0].code, found.is_likeness) == ("NTH", True)


@pytest.mark.parametrize(
    ("text", "name", "honours"),
    [
        ("has appointed Ann Other CBE as Commissioner", "Ann Other", "CBE"),
        ("re-appointed Ann O'Other as Commissioner", "Ann O'Other", ""),
        ("Inspection of the Council by Jane Q. Sample OBE.", "Jane Q. Sample", "OBE"),
        ("submitted by Ann Other in her role as Commissioner", "Ann Other", ""),
    ],
)
def test_people_with_honours(text: str, name: str, honours: str) -> None:
    """People are found by what they publicly do."""
    found = people_in(seen(text))
    assert [(mention.name, mention.honours) for mention in found] == [(name, honours)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("as Lead Ministerial Envoy Ann Other-Smith, until", ["Ann Other-Smith"]),
        ("Finance Commissioner Élise van der Berg OBE", ["Élise van der Berg"]),
        ("Mr H. J. Other and Dr Jo Bloggs", ["H. J. Other", "Jo Bloggs"]),
        ("the Lead Commissioner in North Yorkshire County Council", []),
    ],
)
def test_names_right_after_an_office(text: str, names: list[str]) -> None:
    """The words of an office before a name are no part of it, nor is a council a person."""
    assert [person.name for person in named_people(seen(text))] == names


@pytest.mark.parametrize(
    "text", ["appointed by the Secretary of State", "the Council has appointed Commissioners as"]
)
def test_offices_are_no_people(text: str) -> None:
    """Words in capitals that name an office name nobody."""
    assert people_in(seen(text)) == []


def test_signatory() -> None:
    """A line of a signature that is a name by itself is who signs."""
    found = signatory_in(seen("SAM SMITH-O'JONES CBE"))
    assert found is not None
    assert (found.name, found.honours) == ("Sam Smith-O'Jones", "CBE")
    assert signatory_in(seen("A Senior Civil Servant in the Department")) is None


def test_grades_are_not_standards() -> None:
    """An adequate standard, good quality and outstanding issues are no grades."""
    text = "'inadequate', requires improvement to be good, to an adequate standard, good quality"
    assert [grade.grade for grade in grades_in(text)] == ["inadequate", "requires-improvement"]


def test_areas_are_named_by_framework() -> None:
    """The framework follows from its name, or from the subject and the time."""
    found = areas_in("children looked after and achieving permanence, and leadership, management")
    assert [mention.area for mention in found] == ["looked-after", "leadership"]
    named = framework_of("under the single inspection framework", "")
    assert named is not None
    assert (named.framework, named.is_named) == ("sif", True)
    inferred = framework_of("inspection of adoption services", "2013-05")
    assert inferred is not None
    assert (inferred.framework, inferred.is_named) == ("adoption-2012", False)
    assert framework_of("inspection of adoption services", "") is None
