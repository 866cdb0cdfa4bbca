"""A council is found by whatever people write for it, and a doubtful one is never taken as sure."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loaders.identifiers.council_entries import register_matcher
from queries.search.asked import read_asked, read_period
from queries.search.councils import CouncilEntry, Period
from queries.search.matcher import LONGEST_CHARACTERS, CouncilMatcher, Match
from tests.fixtures.guards import not_empty

LEAST_RIGHT = 0.98
SURE = {
    "NFK": "NFK",
    "nfk": "NFK",
    "E10000020": "NFK",
    "e10000020": "NFK",
    "80418": "NFK",
    "926": "NFK",
    "Q6386227": "NFK",
    "http://www.wikidata.org/entity/Q6386227": "NFK",
    "http://opendatacommunities.org/id/county-council/norfolk": "NFK",
    "https://w3id.org/council-interventions/id/council/NFK": "NFK",
    "BCP": "BPC",
    "RBKC": "KEC",
    "R.B.K.C.": "KEC",
    "L.B. Croydon": "CRY",
    "LBBD": "BDG",
    "LBHF": "HMF",
    "RBWM": "WNM",
    "B&NES": "BAS",
    "Northants": "NTH",
    "Rotheram": "ROT",
    "Kirkless": "KIR",
    "Newcastle upon Tyne": "NET",
    "Newcastle City Council": "NET",
    "Notts": "NTT",
    "Leics County Council": "LEC",
    "NE Lincs": "NEL",
    "W. Northants": "WNT",
    "Gtr Manchester Combined Authority": "GMCA",
    "West Midlands": "WMCA",
    "Westmorland & Furness": "WAF",
    "Southend on Sea": "SOS",
    "SouthendonSea": "SOS",
    "Kings Lynn and West Norfolk": "KIN",
    "King’s Lynn & West-Norfolk": "KIN",
    "Saint Helens": "SHN",
    "St.Helens": "SHN",
    "Stoke": "STE",
    "York City Council": "YOR",
    "City of York": "YOR",
    "County Durham": "DUR",
    "Bristol, City of": "BST",
    "Kingston upon Hull, City of": "KHL",
    "Hull": "KHL",
    "Herefordshire, County of": "HEF",
    "City of London": "LND",
    "Greater London": "GLA",
    "Liverpool City Region": "LCR",
    "Tower Hamlets LB": "TWH",
    "London Borough Tower Hamlets": "TWH",
    "Sandwell MBC": "SAW",
    "Tower Hamlets LBC": "TWH",
    "Enfield L.B.C.": "ENF",
    "LBC Enfield": "ENF",
    "Kensington & Chelsea RBC": "KEC",
    "Bradford MDC": "BRD",
    "Cheltenham CBC": "CHT",
    "Chesterfield BC": "CHS",
    "Wyre DC": "WYR",
    "Surrey CC": "SRY",
    "Medway UA": "MDW",
    "Medway Unitary Auth": "MDW",
    "Luton Bor. Council": "LUT",
    "Isle of Wight UA": "IOW",
    "Scilly Isles": "IOS",
    "Bournemouth Poole and Christchurch": "BPC",
    "Birmingam": "BIR",
    "Brimingham": "BIR",
    "Norfolk Conty Councl": "NFK",
    "Wolverhamptn": "WLV",
    "Thurock": "THR",
    "Redcar and Cleavland": "RCC",
    "Dorset Council": "DST",
    "Dorset County Council": "DOR",
    "  SLOUGH   borough COUNCIL. ": "SLG",
}
DOUBTFUL = {
    "Somerset": {"SMT", "SOM"},
    "Dorset": {"DST", "DOR"},
    "Buckinghamshire": {"BUC", "BKM"},
    "North East": {"NNECA", "NECA"},
    "80442": {"BUC", "BKM"},
    "Kingston": {"KHL", "KTT"},
    "Cheshire": {"CHE", "CHW"},
    "Nottingham County Council": {"NGM", "NTT"},
    "Norfolk LBC": {"NFK"},
    "Kent MDC": {"KEN"},
    "Notts City Council": {"NTT", "NGM"},
    "Liverpool City": {"LIV", "LCR"},
    "Newcastle": {"NET", "NEC"},
}
NOBODY = (
    "Derry",
    "Brentford",
    "Catford",
    "Chelsea",
    "London",
    "Great",
    "Test",
    "xyz",
    "1234",
    "",
    "&",
)
ON_A_DAY = {
    "Northamptonshire, 2018": "NTH",
    "Northamptonshire (2021-03-31)": "NTH",
    "Dorset, 2015": "DOR",
    "Dorset in 2022": "DST",
    "Dorset County Council, 2022": "DST",
    "Bournemouth, 2022": "BPC",
    "80442, 2018": "BKM",
    "Bucks County Council, 2019": "BKM",
    "North East, 2020": "NECA",
}
SEVERAL_ON_A_DAY = {
    "Northamptonshire, 2022": {"NNT", "WNT"},
    "Northamptonshire, 2021": {"NTH", "NNT", "WNT"},
    "Cumberland 2020": {"ALL", "CAR", "CMA", "COP"},
}


@pytest.mark.parametrize(("text", "code"), [*SURE.items(), *ON_A_DAY.items()])
def test_a_spelling_names_one_council(text: str, code: str) -> None:
    """Old and new names and numbers, abbreviations, slips of typing, and names with a day."""
    match = register_matcher().match(text)
    assert match.entry is not None, [one.entry.described for one in match.candidates]
    assert match.entry.code == code and match.candidates[0].because


@pytest.mark.parametrize(("text", "codes"), [*DOUBTFUL.items(), *SEVERAL_ON_A_DAY.items()])
def test_what_may_mean_several_offers_them_all(text: str, codes: set[str]) -> None:
    """The best candidates are those that are meant, and none is taken as sure."""
    match = register_matcher().match(text)
    assert not match.is_sure
    assert {one.entry.code for one in match.candidates[: len(codes)]} == codes


@pytest.mark.parametrize("text", [*NOBODY, "x" * (LONGEST_CHARACTERS + 1), "\x00", "é" * 9])
def test_what_names_no_council_is_never_sure(text: str) -> None:
    """A place that only sounds like one of the register is no council of it."""
    assert register_matcher().match(text).entry is None


def names(published: Path) -> list[tuple[str, str]]:
    """Return the published spellings, each with its code, of every nation."""
    path = published / "published" / "lookup_name_to_registry.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["la-name"], row["local-authority-code"]) for row in csv.DictReader(file)]
    return not_empty(rows)


def first_code(match: Match) -> str:
    """Return the code of the best candidate."""
    return match.candidates[0].entry.code if match.candidates else ""


@pytest.mark.parametrize("with_spellings", [True, False])
def test_published_spellings_of_english_councils_are_right(
    published: Path, *, with_spellings: bool
) -> None:
    """98 in 100 are right, also when no published spelling is known; none is surely wrong."""
    known = register_matcher().entries.values()
    matcher = CouncilMatcher(
        entry if with_spellings else replace(entry, spellings=()) for entry in known
    )
    asked = [(name, code) for name, code in names(published) if code in matcher.entries]
    found = [(name, code, matcher.match(name)) for name, code in asked]
    right = [name for name, code, match in found if first_code(match) == code]
    assert len(right) / len(asked) >= LEAST_RIGHT, sorted({*dict(asked)} - {*right})
    surely_wrong = [
        (name, code, match.entry.code)
        for name, code, match in found
        if match.entry is not None and match.entry.code != code
    ]
    assert not surely_wrong


def test_councils_of_other_nations_are_not_taken_for_english_ones(published: Path) -> None:
    """The register holds England; a spelling of a Scottish council must not find one there."""
    matcher = register_matcher()
    others = [name for name, code in names(published) if code not in matcher.entries]
    sure = {
        name: match.entry.code for name in not_empty(others) if (match := matcher.match(name)).entry
    }
    assert not sure


def test_a_day_given_beside_the_name_counts() -> None:
    """The parameter of a request says what a column of names does not."""
    day = Period(date(2024, 5, 1), date(2024, 5, 1))
    match = register_matcher().match("Somerset", day)
    assert match.entry is not None and match.entry.code == "SMT"


def test_kinds_bound_who_is_offered() -> None:
    """A list of councils offers no authority."""
    found = register_matcher().match("West Midlands", kinds=["council"])
    assert not found.is_sure and {one.entry.kind for one in found.candidates} == {"council"}


@pytest.mark.parametrize(("text", "code"), [("Isle of White", "IOW"), ("Scarboro Council", "SCE")])
def test_what_only_sounds_alike_is_offered_first(text: str, code: str) -> None:
    """Words that many names share, as "of" and "council", make none of them look alike."""
    found = register_matcher().match(text)
    assert found.candidates[0].entry.code == code


def test_nearest_are_three_with_names() -> None:
    """What an error offers."""
    nearest = register_matcher().match("Brentford").offered
    assert len(nearest) == 3 and nearest[0].described == "Brentwood Borough Council (BRW)"


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    """Signs, hyphens and spaces do not count."""
    containing = register_matcher().containing
    assert containing("westmorland and furness") == ["WAF"]
    assert containing("southend ON sea") == ["SOS"]
    assert set(containing("norfolk")) == {"KIN", "NFK", "NNO", "SNO"}
    assert containing("E47000013") == ["EMCA"]
    assert containing("birmingam") == ["BIR"]
    assert containing("qqq") == [] and containing("") == []


@pytest.mark.parametrize("text", ["2018-02-30", "18", "2018-W01-1", "year", "2018-1-1"])
def test_a_period_is_a_year_or_a_day(text: str) -> None:
    """Nothing else is taken for one."""
    with pytest.raises(ValueError, match=r"2018|day|range|month"):
        read_period(text)
    assert read_asked(f"Norfolk, {text}").period is None


def test_relatives_that_no_row_describes_are_passed_over() -> None:
    """A dataset may name a successor and say nothing of it (made-up councils)."""
    lost = CouncilEntry("AAA", "council", "Aaa Council", "county", ended=date(2020, 1, 1))
    matcher = CouncilMatcher([replace(lost, successors=("BBB",))])
    assert matcher.match("Aaa, 2021").entry is None
    assert matcher.match("Aaa, 2019").entry is not None
