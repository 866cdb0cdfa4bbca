"""What an answer says of its own reach: none known, incomplete, and not looked are three things."""

from ontology import ontology_graph
from ontology.identifiers import thing
from ontology.namespaces import SCHEME
from queries.reach import PHRASES, WORDS, Coverage, CoverageReading, Held, spans

COUNTY, DISTRICT = str(thing("council", "LIN")), str(thing("council", "KET"))
TOPICS = {
    "childrens-inspections": "inspections of children's services",
    "section-114": "section 114 reports",
}
TABLE, TEXT = Held("table", "table", None, None), Held("text", "text", COUNTY, "2018-11-30")


def reading(status: str, first: str, last: str, topic: str = "section-114") -> CoverageReading:
    """Return a reading about the county; a status that says so has found two things."""
    found = 2 if status.endswith("covered-found") else 0
    checked = None if status == "not-covered" else "2026-11-20"
    return CoverageReading(COUNTY, topic, None, status, first, last, found, checked)


def coverage(*readings: CoverageReading, held: tuple[Held, ...] = (TABLE,)) -> Coverage:
    """Return the coverage of a release with these readings."""
    names = {COUNTY: "Lincolnshire County Council", DISTRICT: "Kettering Borough Council"}
    return Coverage(held, readings, names, frozenset({DISTRICT}), TOPICS)


def test_every_status_of_the_scheme_has_words_of_its_own() -> None:
    """A new status would be shown by its notation; these are all there are."""
    prefix = str(SCHEME["coverage-status/"])
    statuses = {
        str(subject).removeprefix(prefix)
        for subject in ontology_graph().subjects()
        if str(subject).startswith(prefix)
    }
    assert statuses == set(WORDS) == set(PHRASES)
    assert len(set(WORDS.values())) == len(set(PHRASES.values())) == len(statuses)


def test_an_empty_list_is_explained_period_by_period() -> None:
    """Each period of the topic has its sentence; nobody looked is said of a topic without any."""
    known = coverage(
        reading("covered-nothing-found", "2018-01-01", "2025-12-31"),
        reading("not-covered", "2026-01-01", "2026-11-22"),
    )
    complete, unread = known.absence(COUNTY, ["section-114"])
    assert complete.startswith("Section 114 reports, 2018-01-01 to 2025-12-31: a list meant to be")
    assert "holds none" in complete and "last checked 2026-11-20" in complete
    assert "nobody has looked" in unread and "holds none" not in unread
    (other,) = known.absence(COUNTY, ["childrens-inspections"])
    assert other == f"Inspections of children's services: {PHRASES['not-covered']}."


def test_a_district_has_no_functions_of_childrens_services() -> None:
    """That is neither silence nor an unread source."""
    own = CoverageReading(
        DISTRICT, "section-114", None, "covered-nothing-found", "2018-01-01", None, 0, None
    )
    (told,) = coverage(own).absence(DISTRICT, ["childrens-inspections"])
    assert told.endswith("a district council has no such functions.")


def test_periods_that_follow_each_other_are_told_as_one() -> None:
    """A gap stays a gap."""
    together = [
        reading("covered-found", "2023-01-01", "2025-12-31"),
        reading("covered-found", "2018-01-01", "2022-12-31"),
        reading("covered-found", "2027-01-01", "2027-12-31"),
    ]
    assert spans(together) == "2018-01-01 to 2025-12-31, 2027-01-01 to 2027-12-31"


def test_the_statement_names_what_was_read_how_completely() -> None:
    """Complete, incomplete and unread topics are told apart."""
    told = coverage(
        reading("covered-found", "2018-01-01", "2025-12-31"),
        reading("partly-covered-nothing-found", "1988-01-01", "2017-12-31"),
        reading("not-covered", "2026-01-01", "2026-11-22", "childrens-inspections"),
    ).envelope(COUNTY)
    assert "complete lists of section 114 reports (2018-01-01 to 2025-12-31)" in told["statement"]
    assert "incomplete sources on section 114 reports (1988-01-01" in told["statement"]
    assert "nothing on inspections of children's services (2026-01-01" in told["statement"]
    assert told["latest_date"] == "2025-12-31"
    assert [row["found"] for row in told["topics"]] == [2, 0, 0]


def test_a_council_nobody_read_about_is_told_so() -> None:
    """Also where the coverage says so in so many words."""
    for known in (coverage(), coverage(reading("not-covered", "2018-01-01", "2025-12-31"))):
        statement = known.envelope(COUNTY)["statement"]
        assert statement.startswith("No document about Lincolnshire County Council has been read")


def test_the_whole_release_is_summed_by_topic_and_status() -> None:
    """Few lines stand for hundreds of councils, with the councils counted."""
    other = CoverageReading(
        DISTRICT,
        "section-114",
        None,
        "covered-nothing-found",
        "2018-01-01",
        "2021-03-31",
        0,
        "2026-11-22",
    )
    known = coverage(reading("covered-nothing-found", "2018-01-01", "2025-12-31"), other)
    (row,) = known.envelope()["topics"]
    assert (row["councils"], row["to"], row["last_checked"]) == (2, "2025-12-31", "2026-11-22")
    assert known.envelope()["statement"].startswith("This rests on 1 table.")


def test_without_tables_nothing_reaches_further_than_the_documents() -> None:
    """A period that single documents touch was not read to its last day."""
    partly = reading("partly-covered-found", "2013-01-01", "2025-12-31")
    assert coverage(partly, held=(TEXT,)).read_up_to(COUNTY) == "2018-11-30"
    assert coverage(partly, held=(TEXT, TABLE)).read_up_to(COUNTY) == "2025-12-31"
    assert coverage(partly, held=(TEXT, TABLE)).read_up_to(COUNTY, ["other"]) == "2018-11-30"
