"""A build makes the same release from the same input, and none from input that breaks a rule."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from data.decisions.discrepancies import DOCUMENTS_FILE, Decisions, read_decisions
from data.records.files import RecordFile, read_record, read_records
from data.registry.identifiers import read_identities
from data.releases import current_release, read_manifest
from data.sources import SourceRows, read_source
from loaders.claims.claim import expand_universal_grades, read_claims
from loaders.claims.resolution import Knowledge, wholes_of
from loaders.release.build import Built, build
from loaders.release.write import write_release
from loaders.tables.inspections.ofsted_history import OFSTED_HISTORY
from ontology import CI, ontology_graph
from ontology.errors import InputRefused, ReleaseRefused, UnreadableRecord, WrongSetting
from ontology.identifiers import parse, thing
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.paths import ROOT

ROWS_OF_A_TABLE = 12
IN_A_PROCESS_OF_ITS_OWN = """
import sys
from pathlib import Path
from loaders.release.build import build
from loaders.release.write import write_release
from tests.integration.loaders.test_build import with_rows

write_release(build(with_rows(int(sys.argv[1]))), Path(sys.argv[2]))
"""


def changed(name: str, old: str, new: str) -> list[RecordFile]:
    """Return the project's records with one text of one record changed."""
    files = {file.name: file for file in read_records()}
    assert files[name].text.count(old) >= 1, old
    text = replaced(files[name].text, old, new, 1)
    files[name] = read_record(text.encode(), name)
    return list(files.values())


def refusal(name: str, old: str, new: str) -> str:
    """Return the message that a build with a changed record gives."""
    with pytest.raises(InputRefused) as caught:
        build(changed(name, old, new))
    return str(caught.value)


@pytest.fixture(scope="module")
def built() -> Built:
    """Return a build of the project's own records."""
    return build(read_records())


def test_two_builds_are_the_same_bytes(built: Built, release: Path, tmp_path: Path) -> None:
    """Only the manifest's time may differ."""
    other, first = write_release(built, tmp_path), current_release(release)
    assert other.name == first.name
    for name in ("data.nq", "shacl-report.ttl"):
        assert (other / name).read_bytes() == (first / name).read_bytes()
    manifests = [read_manifest(folder) for folder in (other, first)]
    for manifest in manifests:
        manifest.pop("built_at")
    assert manifests[0] == manifests[1]


def with_rows(number: int) -> list[RecordFile]:
    """Return the project's records, and as many rows of a table of inspections."""
    table = read_source(OFSTED_HISTORY.table)
    rows = SourceRows(table.rows[:number], table.file, table.text)
    return [*read_records(), *OFSTED_HISTORY.records(rows, read_identities())]


def test_a_build_after_a_change_in_one_table_is_a_whole_build(tmp_path: Path) -> None:
    """Nothing of the build before gets into the next: not from its process, nor its folder."""
    before = write_release(build(with_rows(ROWS_OF_A_TABLE)), tmp_path / "kept")
    after = write_release(build(with_rows(ROWS_OF_A_TABLE - 1)), tmp_path / "kept")
    assert after.name != before.name
    subprocess.run(
        [
            *(sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN),
            *(str(ROWS_OF_A_TABLE - 1), str(tmp_path / "alone")),
        ],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    alone = current_release(tmp_path / "alone")
    assert alone.name == after.name
    for name in ("data.nq", "shacl-report.ttl"):
        assert (alone / name).read_bytes() == (after / name).read_bytes()


def test_manifest_tells_sources_counts_and_hashes(release: Path) -> None:
    """Whoever holds a release can check that it is whole and what it was made from."""
    folder = current_release(release)
    manifest = read_manifest(folder)
    assert len(manifest["sources"]) == 5
    assert all(len(source["document_sha256"]) == 64 for source in manifest["sources"])
    assert manifest["counts"]["things"]["Direction"] == 8
    assert manifest["counts"]["things"]["Inspection"] == 12
    for name, digest in not_empty(manifest["files"].items()):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_refused_build_leaves_the_old_release(release: Path) -> None:
    """Nothing is written before everything has been checked."""
    before = current_release(release)
    with pytest.raises(InputRefused):
        write_release(
            build(changed("nfk-direction-2016.yaml", "addressed_to: NFK", "addressed_to: XXX")),
            release,
        )
    assert current_release(release) == before
    assert sorted(entry.name for entry in release.iterdir()) == sorted([before.name, "current"])


def test_new_release_replaces_the_old_in_one_step(built: Built, tmp_path: Path) -> None:
    """The old one stays beside it, unchanged."""
    first = write_release(built, tmp_path)
    second = write_release(replace(built, records=built.records[1:]), tmp_path)
    assert first.name != second.name
    assert current_release(tmp_path) == second.resolve()
    assert (first / "data.nq").is_file()


def test_unknown_council_is_refused() -> None:
    """A code that no register holds names file, line and paragraph."""
    message = refusal("nfk-direction-2016.yaml", "addressed_to: NFK", "addressed_to: XXX")
    assert "nfk-direction-2016.yaml, line" in message
    assert "unknown council 'XXX'" in message
    assert "register.csv" in message


def test_unminted_identifier_is_refused() -> None:
    """An ordinal must stand in the register before a record uses it."""
    message = refusal(
        "wor-direction-2017.yaml",
        "  - id: WOR-2017-02\n    at: 3.c",
        "  - id: WOR-2017-77\n    at: 3.c",
    )
    assert "'WOR-2017-77' has no minted identifier" in message
    assert "data/registry/inspections.csv" in message


def test_grade_outside_the_scale_is_refused() -> None:
    """The single inspection framework never gave the grade adequate."""
    message = refusal(
        "wor-direction-2017.yaml",
        "{area: sif-overall, grade: inadequate",
        "{area: sif-overall, grade: adequate",
    )
    assert "S14" in message
    assert "wor-direction-2017.yaml, line" in message
    assert "paragraph 3.a" in message


def test_unknown_grade_is_refused() -> None:
    """A word that is no grade at all is named with the place where the grades stand."""
    message = refusal(
        "wor-direction-2017.yaml",
        "{area: sif-overall, grade: inadequate",
        "{area: sif-overall, grade: poor",
    )
    assert "'poor' is not in the scheme 'grade'" in message
    assert "wor-direction-2017.yaml, line" in message


def test_a_day_to_come_is_refused() -> None:
    """The year of a signature is misread: nothing is recorded before it has happened."""
    message = refusal("wor-direction-2017.yaml", "date: 2017-09-19", "date: 2971-09-19")
    assert "S35 This is said to have happened on 2971-09-19 at the earliest" in message
    assert "wor-direction-2017.yaml, line" in message


def test_revoking_a_later_direction_is_refused() -> None:
    """A direction of December 2013 cannot revoke one of 2016."""
    message = refusal(
        "nfk-direction-2016.yaml",
        "  - id: NFK-2016-01\n",
        "  - id: NFK-2016-01\n    revokes: NFK-2016-02\n",
    )
    assert "S09" in message
    assert "nfk-direction-2016.yaml, line" in message


def test_decision_on_a_claim_that_does_not_exist_is_refused() -> None:
    """A reviewer's pointer must meet exactly one claim."""
    decisions = read_decisions(DOCUMENTS_FILE)
    choice = decisions.choices[0]
    lost = choice.model_copy(update={"prefer": choice.prefer.model_copy(update={"at": "99"})})
    with pytest.raises(UnreadableRecord, match=r"reviewed\.yaml, line \d+: 0 claims match"):
        build(
            read_records(), decisions=Decisions(differences=decisions.differences, choices=[lost])
        )


def test_documents_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """A document under the name of a record's file, but with other content, stops the build."""
    (tmp_path / str(read_records()[0].record.document.file)).write_text(
        "another text", encoding="utf-8"
    )
    with pytest.raises(ReleaseRefused, match="SHA-256 differs"):
        build(read_records(), documents=tmp_path)


def test_warnings_are_kept_in_the_report(release: Path) -> None:
    """Disagreements do not stop a release; they are published with it."""
    report = (current_release(release) / "shacl-report.ttl").read_text(encoding="utf-8")
    assert "sh:Warning" in report
    assert "sh:Violation" not in report


def test_unknown_council_of_the_document_is_refused() -> None:
    """Also the code in the head of a record is looked up."""
    message = refusal("nfk-direction-2016.yaml", "  council: NFK", "  council: XXX")
    assert "unknown council 'XXX'" in message


def test_missing_folder_of_documents_is_refused(tmp_path: Path) -> None:
    """A slip in the name must not look as if everything had been compared."""
    with pytest.raises(WrongSetting, match="does not exist"):
        build(read_records(), documents=tmp_path / "slip")


def test_possible_universal_grade_is_not_expanded() -> None:
    """What every category could be is no grade of any."""
    files = {file.name: file for file in read_records()}
    claims = read_claims(files["nth-direction-2018.yaml"])
    doubted = [
        replace(claim, modality="possible") if claim.property == CI.allAreasGraded else claim
        for claim in claims
    ]
    assert list(expand_universal_grades(claims, ontology_graph())) != []
    assert list(expand_universal_grades(doubted, ontology_graph())) == []


def test_only_what_the_direction_makes_is_its_own_act() -> None:
    """An inspection with the same ordinal is not a part of the direction."""
    files = {file.name: file for file in read_records()}
    claims = read_claims(files["wor-direction-2017.yaml"])
    act = thing("direction", "WOR-2017-02")
    embodied = {"wor-direction-2017": act}
    knowledge = Knowledge({}, embodied, wholes=wholes_of(claims))
    made = [replace(claim, force="constitutive") for claim in claims]
    own = {parse(str(claim.about))[0] for claim in made if knowledge.is_own_act(claim)}
    assert own == {"deadline", "direction", "finding", "requirement", "task"}
    others = {str(claim.about) for claim in made if not knowledge.is_own_act(claim)}
    assert str(thing("inspection", "WOR-2017-02")) in others
