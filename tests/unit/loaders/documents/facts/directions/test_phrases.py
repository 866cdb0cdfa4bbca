"""Phrases of directions, each once unread: limits, reports told of, letters, words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.documents.extract import extract
from loaders.documents.record.candidate import candidate_yaml
from loaders.documents.text.recognition_slips import changes_in, mended

ORDINARY = """
undersigned underperformance underperform underperforming incomplete forgive forgiven understate
understatement understaffed understaff instate reinstate inexpedient modem modems governor conductor
publican reformat willpower withstand withhold withdrawn underreported underserved insecure asocial
anthem councilor mayoralty Parton Preston itself himself therein thereof thereto whereby whereof
notwithstanding nevertheless forecast forensic foresee forward ongoing onset notable notional
towards together behave beneath bypass assign assess attend annul island hasten thesis inform
infant inherit instance intact misstatement stakeholder framework leadership informant performer
serviceman workforce childhood carer interstate sectional statewide partake counterpart
"""
APART = ("more over", "there after", "where as", "out standing orders", "per form", "child care")
JOINED = {"theSecretary": "the Secretary", "undersection": "under section", "ofState": "of State"}


def _record(tmp_path: Path, *lines: str) -> dict[str, Any]:
    path = tmp_path / "direction.txt"
    path.write_text("\n\n".join(lines))
    read: dict[str, Any] = yaml.safe_load(candidate_yaml(extract(path, "direction")))
    return read


def _main(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        direction for direction in record["directions"] if "embodied_in" in direction
    )
    return found


def _direction(tmp_path: Path, recital: str, duty: str, *more: str) -> dict[str, Any]:
    return _record(
        tmp_path,
        "STATUTORY DIRECTION TO DEVON COUNTY COUNCIL",
        f"1. {recital}",
        "2. Under section 497A(4B) of the Education Act 1996 the Secretary of State for Education"
        ' directs Devon County Council ("the Council"):',
        f"(a) {duty};",
        "(b) to co-operate with the Commissioner.",
        *more,
        "Signed on behalf of the Secretary of State for Education",
        "4 March 2022",
    )


PLAIN = "Ofsted published its report on 23 March 2020."


@pytest.mark.parametrize("word", ORDINARY.split())
def test_an_ordinary_word_stays(word: str) -> None:
    """A real word is never changed."""
    assert mended(word) == word
    assert mended(word.capitalize()) == word.capitalize()


@pytest.mark.parametrize("words", APART)
def test_two_words_stay_apart(words: str) -> None:
    """Two real words are not joined."""
    assert list(changes_in(words)) == []


@pytest.mark.parametrize(("token", "meant"), JOINED.items())
def test_joined_words_are_parted(token: str, meant: str) -> None:
    """Words that stand joined are parted."""
    assert mended(token) == meant


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        ("to send a plan before 30 June 2022", "2022-06-30"),
        ("to send a plan on or before 30 June 2022", "2022-06-30"),
        ("to send, by 12 noon on 30 June 2022, a plan", "2022-06-30"),
        ("to send a plan before the end of June 2022", "2022-06"),
        ("to list what was bought before 30 June 2021", None),
        ("if no plan is agreed by 30 June 2022, to say why", None),
    ],
)
def test_the_limit_of_a_duty(tmp_path: Path, duty: str, due: str | None) -> None:
    """A day is a limit only where the duty falls due by it."""
    duties = _main(_direction(tmp_path, PLAIN, duty))["requirements"]
    found = [
        time["date"]
        for one in duties
        for limit in one.get("deadlines", [])
        for time in (limit["due"] if isinstance(limit["due"], list) else [limit["due"]])
    ]
    assert [str(deadline) for deadline in found] == ([due] if due else [])


@pytest.mark.parametrize(
    "recital",
    [
        "The Commissioner reported on 5 August 2021.",
        "The Council's section 151 officer reported under section 114 of the Local Government"
        " Finance Act 1988 on 5 August 2021.",
        "The report that Ofsted published on 5 August 2021 was considered.",
        "The report by Ofsted published on 5 August 2021 was considered.",
    ],
)
def test_a_report_told_of(tmp_path: Path, recital: str) -> None:
    """Telling of a report on a day cites it."""
    record = _direction(tmp_path, recital, "to write a plan")
    times = [
        str(time["date"])
        for document in record["documents"]
        for name in ("dated", "published")
        for time in document.get(name, [])
    ]
    assert times == ["2021-08-05"]


def test_a_direction_told_by_its_verb_is_revoked(tmp_path: Path) -> None:
    """Directing on a day is a direction, with its term."""
    recital = 'The Secretary of State directed the Council on 8 May 2021 ("the first direction").'
    revoked = "3. The first direction is revoked."
    record = _direction(tmp_path, recital, "to write a plan", revoked)
    earlier = next(
        direction for direction in record["directions"] if "embodied_in" not in direction
    )
    assert str(earlier["signed"][0]["date"]) == "2021-05-08"
    assert [revocation["value"] for revocation in _main(record)["revokes"]] == [earlier["id"]]


def test_the_power_of_an_earlier_direction_is_only_cited(tmp_path: Path) -> None:
    """A power of another direction is no power of this one."""
    record = _record(
        tmp_path,
        "DIRECTIONS UNDER THE LOCAL GOVERNMENT ACT 1999: ROTHERHAM METROPOLITAN BOROUGH COUNCIL",
        "Further to the Directions issued to Rotherham Metropolitan Borough Council on 26 February"
        " 2015 under section 15(5) of the Local Government Act 1999:",
        "1. The Secretary of State for Communities and Local Government directs, under section"
        " 15(6) of the Local Government Act 1999, that the functions are handed back.",
        "Signed by authority of the Secretary of State for Communities and Local Government",
        "9 December 2016",
    )
    powers = {power["value"] for power in _main(record)["made_under"]}
    assert powers == {"ukpga/1999/27/section/15/6"}


def test_a_covering_letter_is_not_the_direction(tmp_path: Path) -> None:
    """A letter is said to be none."""
    record = _record(
        tmp_path,
        "Northamptonshire County Council",
        "10 May 2018",
        "Dear Leader,",
        "The Secretary of State for Housing, Communities and Local Government has today exercised"
        " his powers under section 15(5) of the Local Government Act 1999 and given Directions to"
        " Northamptonshire County Council.",
        "Yours sincerely,",
        "A Senior Civil Servant",
    )
    assert any("not the direction itself" in passage["reason"] for passage in record["left_out"])
    assert _main(record)["force"] == "reportive"


def test_a_direction_is_no_letter(tmp_path: Path) -> None:
    """A direction bears no such note."""
    record = _direction(tmp_path, PLAIN, "to write a plan")
    reasons = [one["reason"] for one in record.get("left_out", [])]
    assert not any("not the direction itself" in reason for reason in reasons)
