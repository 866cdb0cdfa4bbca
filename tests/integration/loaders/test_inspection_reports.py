"""Inspection reports and letters of Ofsted, in all their layouts, are read for what they judge."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records.files import read_records
from loaders.documents.extract import extract_text
from loaders.documents.facts.inspections.cover import stay_of
from loaders.documents.files.fixed_text import text_of
from loaders.documents.text.view import view_of
from loaders.evaluation.score import evaluate_records
from tests.fixtures.documents import small_reports as small
from tests.fixtures.documents.small_reports import facts, inspection
from tests.fixtures.guards import replaced
from tests.fixtures.paths import FIXTURES

GOLD = FIXTURES / "gold"


IN_ORDER = ("leaders", "help", "in-care", "care-leavers", "overall")


def ilacs(*grades: str) -> dict[str, str]:
    """Return the judgements of the edition of 2023 with some grades."""
    return {f"ilacs-{name}": grade for name, grade in zip(IN_ORDER, grades, strict=False)}


def test_plain_report() -> None:
    """Every fact of the cover is read; the day of publication is not printed, so there is none."""
    assert facts(small.report()) == {
        "kind": "GradedInspection",
        "council": ["KIR"],
        "framework": ["ilacs-2023"],
        "days": ["2023-06-05/2023-06-16"],
        "published": [],
        "inspector": ["Robin Example"],
        "grades": ilacs("good", "good", "inadequate", "outstanding", "good"),
    }


TABLES = {
    "grades in a column of their own": "Judgement\n"
    + "\n".join(small.AREAS)
    + "\nGrade\nGood\nInadequate\nGood\nRequires improvement to be good\nGood\n",
    "grades before their areas": "".join(
        f"{grade} {area}\n"
        for grade, area in zip(
            ("Good", "Inadequate", "Good", "Requires improvement to be good", "Good"),
            small.AREAS,
            strict=True,
        )
    ),
    "labels broken by their grades": """Judgement Grade
The impact of leaders on social work practice Good
with children and families
The experiences and progress of Inadequate
children who need help and protection
The experiences and progress of children in Good
care
The experiences and progress of care Requires improvement
leavers to be good
Overall effectiveness Good
""",
    "headings alone": """
The impact of leaders on practice with children and
families: good
Some words of prose.
The experiences and progress of children who need help and
protection: inadequate
1. More words of prose.
The experiences and progress of children in care: good
The experiences and progress of care leavers: requires improvement to be good
Overall effectiveness: good
""",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_layouts_of_tables(table: str) -> None:
    """However cells are laid out, each area has its grade."""
    wanted = ilacs("good", "inadequate", "good", "requires-improvement", "good")
    assert facts(small.report(table=table))["grades"] == wanted


OTHER_FORMS = {
    "single inspection": (small.SINGLE, "sif", "WNM", "2015-03-03/2015-03-25", ["2015-05-13"], {
        "sif-overall": "requires-improvement", "sif-1": "requires-improvement", "sif-2": "good",
        "sif-2.1": "not-inspected", "sif-2.2": "inadequate", "sif-3": "outstanding",
    }),
    "2009": (
        small.FOUR_POINT_2009, "safeguarding-and-looked-after-2009", "LCE",
        "2011-06-13/2011-06-24", ["2011-07-22"],
        {"slas-safeguarding": "adequate", "slas-looked-after": "good"},
    ),
    "protection": (
        small.PROTECTION_2012, "protection-of-children-2012", "DNC", "2012-10-09/2012-10-17",
        ["2012-11-16"],
        {"cp-overall": "inadequate", "cp-help": "inadequate", "cp-quality": "adequate",
         "cp-leadership": "inadequate"},
    ),
    "looked after": (
        small.LOOKED_AFTER_2013, "looked-after-2013", "SOM", "2013-07-08/2013-07-19", [],
        {"lac-overall": "inadequate", "lac-capacity": "adequate", "lac-outcomes": "adequate",
         "lac-quality": "inadequate", "lac-leadership": "inadequate"},
    ),
    "adoption": (
        small.ADOPTION_2012, "adoption-2012", "BPL", "2013-05-13/2013-05-17", [],
        {"adoption-overall": "good", "adoption-outcomes": "good",
         "adoption-quality": "outstanding", "adoption-safeguarding": "adequate",
         "adoption-leadership": "good"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", OTHER_FORMS.values(), ids=OTHER_FORMS.keys())
def test_other_frameworks(form: tuple[str, str, str, str, list[str], dict[str, str]]) -> None:
    """Each older framework is told by its title, with its own areas and its own scale."""
    text, framework, council, days, published, grades = form
    found = facts(text)
    assert found["framework"] == [framework]
    assert (found["council"], found["days"]) == ([council], [days])
    assert (found["published"], found["grades"]) == (published, grades)


@pytest.mark.parametrize(
    ("days", "framework"),
    [
        ("5 to 16 December 2022", "ilacs-2018"),
        ("23 to 27 February 2026", "ilacs-2023"),
        ("11 to 22 May 2026", "ilacs-2026"),
    ],
)
def test_edition_by_days_on_site(days: str, framework: str) -> None:
    """The days on site decide the edition; that is inferred, for no report names it."""
    both = (small.AREAS[0], small.AREAS[1], f"{small.AREAS[2]} and care leavers", small.AREAS[4])
    areas = {"ilacs-2018": both, "ilacs-2026": small.AREAS[:4]}.get(framework, small.AREAS)
    table = "".join(f"{area} \nGood \n" for area in areas)
    one = inspection(small.report(dates=days, table=f"Judgement Grade\n{table}"))
    assert (one.framework[0].value, one.framework[0].modality) == (framework, "inferred")
    assert len({judgement.area for judgement in one.judgements}) == len(areas)


def test_name_of_file_is_a_hint() -> None:
    """A day in the name of the file is told to the reviewer, and stated by no claim."""
    candidate = extract_text(text_of(small.report().encode(), "a-2023-07-20.txt"))
    assert candidate.record.inspections[-1].report_published == []
    assert "2023-07-20" in candidate.unread[0].reason


def test_council_of_the_day() -> None:
    """A name that two councils have had is that of the one that existed on the days on site."""
    assert facts(small.report("Dorset", "5 to 9 June 2017"))["council"] == ["DOR"]
    assert facts(small.report("Dorset", "5 to 9 June 2023"))["council"] == ["DST"]
    assert facts(small.report("North Northamptonshire"))["council"] == ["NNT"]


def test_re_inspection() -> None:
    """A re-inspection is linked to the earlier one, of which the report tells the year."""
    text = replaced(small.SINGLE, "Inspection of services", "Re-inspection of services", 1)
    told = f"{text}Much has changed since the last inspection of these services in 2012.\n"
    earlier, one = extract_text(text_of(told.encode(), "a.txt")).record.inspections
    assert (earlier.on_site[0].date, earlier.judgements) == ("2012", [])
    assert [said.value for said in one.reinspection_of] == [earlier.id]


DAYS = {
    "6 July 2015 \u2013 30 July 2015": "2015-07-06/2015-07-30",
    "6\u201330 July 2015": "2015-07-06/2015-07-30",
    "27 September to 8 October 2021": "2021-09-27/2021-10-08",
    "29 November 2021 to 10 December 2021": "2021-11-29/2021-12-10",
    "17-21 September and 1-5 October 2018": ("{2018-09-17..2018-09-21,2018-10-01..2018-10-05}"),
    "20 and 21 February 2024": "2024-02-20/2024-02-21",
    "29, 30 and 31 January 2019": "2019-01-29/2019-01-31",
    "Monday 3 to Friday 14 October 2022": "2022-10-03/2022-10-14",
    "10 December 2018 to 18 January 2019": "2018-12-10/2019-01-18",
    "10 December to 18 January 2019": "2018-12-10/2019-01-18",
    "4th to 15th March 2019": "2019-03-04/2019-03-15",
}


@pytest.mark.parametrize(("printed", "wanted"), DAYS.items())
def test_days_on_site(printed: str, wanted: str) -> None:
    """Days on site are read however they are listed, as far as they reach."""
    text = f"Inspection dates: {printed}\nLead inspector: Robin Example\nOn 3 May 2001 it rained."
    stay = stay_of(view_of(text, [(0, len(text))]))
    assert stay is not None
    assert stay.found.edtf == wanted


NAMES = {"Kirklees Council": "KIR", "Norfolk": "NFK", "London Borough of Croydon": "CRY",
         "Stoke-on-Trent": "STE", "Windsor and Maidenhead": "WNM", "City of York Council": "YOR",
         "Telford & Wrekin": "TFW", "Brighton and Hove City Council": "BNH"}  # fmt: skip
STARTS = st.dates(date(2023, 2, 1), date(2026, 2, 20))
GRADE = st.sampled_from(small.GRADES)
SLUGS = dict(
    zip(small.GRADES, ("outstanding", "good", "requires-improvement", "inadequate"), strict=True)
)


@settings(max_examples=40, deadline=None)
@given(
    council=st.sampled_from(sorted(NAMES)),
    start=STARTS,
    length=st.integers(1, 18),
    grades=st.tuples(GRADE, GRADE, GRADE, GRADE, GRADE),
    width=st.sampled_from([" ", "\n", " \n", "  "]),
    quotes=st.booleans(),
)
def test_changes_change_their_facts_alone(
    council: str,
    start: date,
    length: int,
    grades: tuple[str, ...],
    width: str,
    quotes: bool,
) -> None:
    """Another council, other days, grades, lines or quotation marks change those facts alone."""
    end = start + timedelta(days=length)
    printed = f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}"
    text = small.report(council, printed, grades=grades)
    before, table, after = text.partition("Judgement Grade")
    text = before + table + after.replace(" \n", width + ("" if "\n" in width else "\n"))
    text = text.replace("'", "\u2019") if quotes else text
    wanted = facts(small.report()) | {
        "council": [NAMES[council]],
        "days": [f"{start}/{end}"],
        "grades": ilacs(*(SLUGS[grade] for grade in grades)),
    }
    assert facts(text) == wanted


@settings(max_examples=40, deadline=None)
@given(grades=st.tuples(GRADE, GRADE, GRADE, GRADE, GRADE), data=st.data())
def test_lines_may_break_anywhere(grades: tuple[str, ...], data: st.DataObject) -> None:
    """A table has the same grades wherever its lines are broken."""
    rows = " ".join(f"{area} {grade}" for area, grade in zip(small.AREAS, grades, strict=True))
    words = rows.split(" ")
    breaks = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    table = "".join(word + ("\n" if breaks[index] else " ") for index, word in enumerate(words))
    found = facts(small.report(table=f"Judgement Grade\n{table}\n\n"))
    assert found["grades"] == ilacs(*(SLUGS[grade] for grade in grades))


def test_reports_against_gold(documents: Path) -> None:
    """Of every report that is here, all grades, days, councils and inspectors are right."""
    comparisons, left_out = evaluate_records(read_records(GOLD), documents / "ofsted")
    assert (len(comparisons), left_out) == (12, [])
    for comparison in comparisons:
        assert (
            comparison.name,
            comparison.lines(comparison.missed),
            comparison.lines(comparison.invented),
        ) == (comparison.name, [], [])
        for kind in ("grades", "dates", "councils", "people"):
            assert comparison.tallies[kind].exact == comparison.tallies[kind].gold, (
                comparison.name,
                kind,
            )
