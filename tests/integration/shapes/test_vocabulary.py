"""Validation says what it cannot see: no class that the rules know, a term that is misspelt."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from loaders.release.validate import check_files
from ontology.errors import UnreadableGraph
from shapes import ValidationFinding
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES

_NS = "https://w3id.org/council-interventions/ns#"


def findings(tmp_path: Path, text: str, name: str = "data.ttl") -> list[ValidationFinding]:
    """Return the findings of one file."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return check_files([file])


def told(found: list[ValidationFinding]) -> list[tuple[str, str]]:
    """Return the code and the severity of each finding."""
    return [(finding.shape, finding.severity) for finding in found]


def test_http_for_https_is_told(tmp_path: Path) -> None:
    """No rule reaches the direction, and the term that is meant is named."""
    found = findings(
        tmp_path,
        "@prefix ci: <http://w3id.org/council-interventions/ns#> .\n"
        "<https://example.org/d> a ci:Direction .\n",
    )
    assert told(found) == [("V01", "warning"), ("V02", "warning")]
    assert "none was applied" in found[0].message
    assert f"Is {_NS}Direction meant?" in found[1].message


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("<https://w3id.org/council-interventions/ns#ofCouncill>", "ofCouncil"),
        ("<https://w3id.org/council-interventions/ns#OnSite>", "onSite"),
        ("<https://w3id.org/council-interventions/ns/ofCouncil>", "ofCouncil"),
        ("<https://www.w3id.org/council-interventions/ns#grade>", "grade"),
    ],
)
def test_misspelt_property_is_told(tmp_path: Path, term: str, meant: str) -> None:
    """The rest of the file is checked all the same."""
    example = (FIXTURES / "shapes" / "S02.good.ttl").read_text(encoding="utf-8")
    found = findings(tmp_path, f"{example}\n<https://example.org/i> {term} <id/council/NFK> .\n")
    assert told(found) == [("V02", "warning")]
    assert f"Is {_NS}{meant} meant?" in found[0].message


@pytest.mark.parametrize(
    ("cls", "term", "meant"),
    [
        ("Direction", "council", "addressedTo"),
        ("Inspection", "Council", "ofCouncil"),
        ("Commissioner", "council", "forCouncil"),
        ("Direction", "provision", "madeUnder"),
        ("Thing", "council", "ofCouncil"),
    ],
)
def test_the_name_of_a_class_in_place_of_a_property_is_told(
    tmp_path: Path, cls: str, term: str, meant: str
) -> None:
    """The property is named that leads from there to a thing of the class; or the most alike."""
    found = findings(
        tmp_path,
        f"<https://example.org/i> a <{_NS}{cls}> ; <{_NS}{term}> <urn:example:c> .",
    )
    wrong = next(one for one in found if one.path == f"{_NS}{term}")
    advice = wrong.message.partition(" Is ")[2].removesuffix(" meant?").split(" or ")
    assert wrong.shape == "V02" and f"{_NS}{meant}" in advice
    assert all(one.removeprefix(_NS)[0].islower() for one in advice)


def test_misspelt_class_is_told(tmp_path: Path) -> None:
    """One that is like no term is told without a guess."""
    found = findings(
        tmp_path,
        f"<https://example.org/a> a <{_NS}Inspecton> .\n"
        f"<https://example.org/b> a <{_NS}Xylophone> .\n",
    )
    assert told(found) == [("V01", "warning"), ("V02", "warning"), ("V02", "warning")]
    assert f"Is {_NS}Inspection meant?" in found[1].message
    assert "Look the term up in the ontology." in found[2].message


def test_what_the_rules_know_gives_no_warning() -> None:
    """The good examples of the rules use declared terms alone, of classes that are looked at."""
    examples = sorted((FIXTURES / "shapes").glob("S0?.good.ttl"))
    for path in not_empty(examples):
        assert [one for one in check_files([path]) if one.shape.startswith("V")] == []


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Editors of Windows write one before the first word."""
    example = (FIXTURES / "shapes" / "S02.good.ttl").read_bytes()
    (tmp_path / "data.ttl").write_bytes(BOM_UTF8 + example)
    assert check_files([tmp_path / "data.ttl"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.org/a> <https://example.org/p> <https://example.org/b> {| "
        "<https://example.org/by> <https://example.org/c> |} .",
        "<https://example.org/a> <https://example.org/p> <<( <https://example.org/b> "
        "<https://example.org/q> 1 )>> .",
    ],
)
def test_a_statement_about_a_statement_is_refused(tmp_path: Path, text: str) -> None:
    """The message names the file and says what to leave out."""
    with pytest.raises(UnreadableGraph, match=r"data\.ttl: it says something of a statement"):
        findings(tmp_path, text)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.ttl", '<x:a> <x:b> "c"@en--ltr .', r'"c"@en--ltr has a direction of writing'),
        ("data.nt", '<x:a> <x:b> "c"@ar--rtl .', r'"c"@ar--rtl has a direction of writing'),
        ("data.jsonld", '{"@context": "https://example.org/c", "@id": "x:a"}', "is fetched; put"),
    ],
)
def test_what_the_rules_cannot_take_is_refused_in_words(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """Not with the words of a library, and not with a traceback."""
    with pytest.raises(UnreadableGraph, match=rf"data\.\w+: .*{message}"):
        findings(tmp_path, text, name)


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff"])
def test_a_file_without_a_triple_is_told(tmp_path: Path, text: str) -> None:
    """That nothing was found in it does not say that it is right."""
    assert told(findings(tmp_path, text)) == [("V01", "warning")]
