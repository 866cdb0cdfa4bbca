"""A direction that nobody has seen becomes a candidate record, fact by fact, with passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.records.files import passages
from loaders.documents.extract import extract, extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.record.candidate import candidate_yaml
from loaders.evaluation.facts import FREE_TEXT
from ontology.errors import UnreadableDocument
from ontology.terms import CI
from tests.fixtures.documents.small_documents import (
    PLAIN,
    candidate,
    claims,
    direction,
    docx,
    facts,
    pdf,
    wrapped,
)
from tests.fixtures.guards import replaced

BEST_VALUE = """\
DIRECTIONS UNDER SECTION 15(5) AND (6) OF THE LOCAL GOVERNMENT ACT 1999

THURROCK COUNCIL (“the Authority”)

WHEREAS

(1) The Secretary of State for Levelling Up, Housing and Communities (“the Secretary of State”)
has carefully considered the report dated 17 November 2021 of the Best Value Inspection of the
Authority by Jane Q. Sample OBE (“the Report”).

(2) The Secretary of State is satisfied that the Authority is failing to comply with the
requirements of Part 1 of the Local Government Act 1999 (“the 1999 Act”).

NOW THEREFORE

(3) In exercise of his powers under sections 15(5) and 15(6) of the 1999 Act, the Secretary of
State directs:

(a) the Authority to prepare and implement, within six months of the date of these Directions, an
improvement plan;
(b) the Authority to report to the Commissioners every three months; and
(c) the Authority to allow the Commissioners such access:
(i) to any premises of the Authority; and
(ii) to any document relating to the Authority,
as appears to the Commissioners to be necessary.

(4) These Directions come into force on 20 July 2022.

(5) These Directions shall remain in force until 20 July 2024 unless they are revoked earlier.

(6) The Secretary of State revokes the Directions issued to the Authority on 11 June 2020.

Signed on behalf of the Secretary of State for Levelling Up, Housing and Communities

MAX O'EXAMPLE
A Senior Civil Servant in the Department for Levelling Up, Housing and Communities
Dated: 19 July 2022

ANNEX A
FUNCTIONS OF THE AUTHORITY TO BE EXERCISED BY THE COMMISSIONERS

1. All functions associated with the governance of the Authority.
2. All functions relating to the appointment of statutory officers.
"""


def values(text: str, name: str) -> set[str]:
    """Return the values that a text gives for a property."""
    return {value for _, prop, value in facts(text) if prop == name}


def test_direction_of_the_education_act() -> None:
    """Powers, grades, duties, revocation, signature and their dates are read."""
    text = direction()
    assert values(text, "madeUnder") == {"ukpga/1996/56/section/497A/4B"}
    assert values(text, "appliedBy") == {"ukpga/2004/31/section/50"}
    assert values(text, "functionInScope") == {
        "ukpga/2004/31/section/10",
        "ukpga/2004/31/section/12",
    }
    own = "direction/SFK-2015-51"
    found = facts(text)
    for expected in [
        (own, "addressedTo", "council/SFK"),
        (own, "issuedBy", "office/sos-education"),
        (own, "signed", "2015-04-20"),
        (own, "signedBy", "person/alex-example"),
        (own, "revokes", "direction/SFK-2014-51"),
        (own, "endCondition", "scheme/end-condition/until-revoked"),
        ("direction/SFK-2014-51", "signed", "2014-05-09"),
        ("inspection/SFK-2015-51", "reportPublished", "2015-02-03"),
        ("judgement/SFK-2015-51/sif-overall", "grade", "scheme/grade/inadequate"),
        ("judgement/SFK-2015-51/sif-3", "grade", "scheme/grade/inadequate"),
        ("requirement/SFK-2015-51/4.b.ii", "action", "scheme/requirement-action/give-access"),
        ("requirement/SFK-2015-51/4.b.ii", "counterparty", "post/SFK-adviser"),
        ("deadline/requirement/SFK-2015-51/4.c/1", "due", "2015-09-01"),
    ]:
        assert expected in found
    assert {value for thing, prop, value in found if prop == "grade"} == {"scheme/grade/inadequate"}


def test_directions_of_the_local_government_act() -> None:
    """Another power, another minister, another layout: brackets, wrapped lines, annexes."""
    found = facts(BEST_VALUE)
    own = "direction/THR-2022-51"
    for expected in [
        (own, "issuedBy", "office/sos-hclg"),
        (own, "madeUnder", "ukpga/1999/27/section/15/5"),
        (own, "madeUnder", "ukpga/1999/27/section/15/6"),
        (own, "effectiveFrom", "2022-07-20"),
        (own, "plannedEnd", "2024-07-20"),
        (own, "revokes", "direction/THR-2020-51"),
        ("requirement/THR-2022-51/3.a", "action", "scheme/requirement-action/prepare-plan"),
        ("requirement/THR-2022-51/3.a", "action", "scheme/requirement-action/implement"),
        ("deadline/requirement/THR-2022-51/3.a/1", "offset", "p6m"),
        ("deadline/requirement/THR-2022-51/3.a/1", "anchorEvent", own),
        ("deadline/requirement/THR-2022-51/3.b/1", "period", "p3m"),
        ("requirement/THR-2022-51/3.c.ii", "counterparty", "post/THR-best-value"),
        ("inspection/THR-2021-51", "leadInspector", "person/jane-q-sample"),
    ]:
        assert expected in found
    assert (own, "endCondition", "scheme/end-condition/until-revoked") not in found
    exercised = {thing for thing, prop, _ in found if prop == "functionExercised"}
    assert exercised == set() or exercised == {"post/THR-best-value"}
    post = candidate(BEST_VALUE).record.posts[0]
    assert len(post.functions_exercised) == 2
    assert candidate(BEST_VALUE).record.directions[-1].tasks == []


def test_every_passage_is_in_the_text() -> None:
    """What a candidate quotes stands where it says."""
    for text in (direction(), BEST_VALUE):
        found = candidate(text)
        assert [passage for passage in passages(found.record) if not passage.matches(text)] == []


def test_recitals_report_and_the_rest_acts() -> None:
    """A revocation is done by the words; what Ofsted found is told by them."""
    force = {claim.property: claim.force for claim in claims(candidate(direction()))}
    assert force[CI.revokes] == "constitutive"
    assert force[CI.considered] == "reportive"
    assert force[CI.grade] == "reportive"


def test_pdf_and_word_document_give_the_facts_of_the_text() -> None:
    """The form of the file changes nothing."""
    lines = [part for line in direction().split("\n") for part in wrapped(line, 90)]
    from_pdf = extract_text(text_of(pdf([lines[:25], lines[25:]]), "a.pdf"))
    plain = {(claim.about, claim.property, claim.key) for claim in claims(candidate(direction()))}
    same = {(claim.about, claim.property, claim.key) for claim in claims(from_pdf)}
    kept = {fact for fact in plain if fact[1] not in FREE_TEXT}
    assert kept == {fact for fact in same if fact[1] not in FREE_TEXT}
    paragraphs = [(None, line.replace("&", "and")) for line in direction().split("\n")]
    from_word = extract_text(text_of(docx(paragraphs), "a.docx"))
    words = {(claim.about, claim.property, claim.key) for claim in claims(from_word)}
    assert kept == {fact for fact in words if fact[1] not in FREE_TEXT}


def test_blank_signature_stays_blank() -> None:
    """No day is made up; what the pages and the reports say bounds it."""
    text = replaced(direction(signed=""), "Dated: ", "Dated this day of")
    signed = candidate(f"{text}\nPublished: 5 August 2015\n").record.directions[-1].signed
    assert [(day.status, day.date, str(day.earliest), str(day.latest)) for day in signed] == [
        ("blank", "[..2015-08-05]", "2015-02-03", "2015-08-05")
    ]
    assert candidate(text).record.directions[-1].signed[0].date is None


def test_impossible_date_is_kept_impossible() -> None:
    """A report of 30 February has no date, but both readings of it."""
    found = candidate(direction(report="30 February 2015")).record.inspections[0]
    assert [day.status for day in found.report_published] == ["impossible"]
    assert found.report_published[0].candidates == ["2015-02-28", "2015-03-02"]


def test_cut_off_direction_is_read_as_far_as_it_goes() -> None:
    """Without its end a direction has no signature, and none is invented."""
    text = direction()
    found = candidate(text[: text.index(" c. To prepare")])
    own = found.record.directions[-1]
    assert (own.signed, own.signed_by, own.revokes, own.end_condition) == ([], [], [], [])
    assert [requirement.paragraph for requirement in own.requirements][-1] == "4.b.ii"


def test_unread_sentences_are_listed() -> None:
    """A sentence with a date, a grade, a power or a duty that gave no fact is listed."""
    odd = "2A. On 14 May 2013 something else happened at the town hall.\n3. The Secretary"
    found = candidate(replaced(direction(), "3. The Secretary", odd, 1))
    assert any("14 May 2013" in (passage.words or "") for passage in found.unread)


def test_unknown_council_is_refused() -> None:
    """A council that no register holds is not guessed."""
    with pytest.raises(UnreadableDocument, match="no council"):
        candidate(direction(council="Barsetshire County Council", title="BARSETSHIRE"))


def test_proposed_identifiers_cannot_be_built() -> None:
    """A candidate shows which identifiers a reviewer has to give."""
    text = candidate_yaml(candidate(direction()))
    assert "id: SFK-2015-?1" in text
    assert "SFK-2015-51" not in text
    assert text.startswith("# A candidate")


@pytest.mark.parametrize("prefix", ["000", "002", "003"])
def test_directions_at_hand(documents: Path, prefix: str) -> None:
    """Each direction is recognised, and every passage stands in its text."""
    path = next(documents.glob(f"{prefix}_*.txt"))
    found = extract(path)
    assert found.kind == "direction"
    text = path.read_text(encoding="utf-8")
    assert [passage for passage in passages(found.record) if not passage.matches(text)] == []


def test_values_of_the_small_direction() -> None:
    """The small direction of these tests holds each of its values."""
    assert [value for value in PLAIN.values() if value not in direction()] == []
