"""The project's tables come from the publishers' files, whole or not at all; commands say how."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.registry.identifiers import Identities
from data.settings import read_settings
from data.sources import SourceRows, TableSource, convert_published, published_place, read_source
from data.tables.metadata import read_metadata
from data.tables.table import TableRow, read_rows, text_of, write_rows
from loaders.__main__ import main
from loaders.identifiers.clusters import mentions
from loaders.tables.all_tables import read_listings, table_sources
from loaders.tables.claim_source import ClaimSource, Mention
from loaders.tables.councils import PROVIDERS
from loaders.tables.refresh import SHOWN_KEYS, Renewal, renewals, write_renewals
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty

COLUMNS = sorted(PROVIDERS.mapping.all_columns)
NORFOLK = {"urn": "80418", "la_code": "926", "la_code_new": "E10000020"}
WORCESTERSHIRE = {"urn": "80584", "la_code": "885", "la_code_new": "E10000034"}
NAMES = {"80418": "Norfolk", "80584": "Worcestershire"}


def providers(*rows: dict[str, str]) -> str:
    """Return a publisher's file of providers with some rows."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        name = NAMES.get(row["urn"], "Another")
        writer.writerow({"country": "England", "local_authority_ons_name": name, **row})
    return buffer.getvalue()


def rows_in(source: TableSource[Any], data: Path) -> Sequence[TableRow]:
    """Return the rows of a published file, however few."""
    place = published_place(source.file, data)
    assert place
    return convert_published(source, text_of(place))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of publishers' files, with one file of two rows."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / PROVIDERS.file).write_text(providers(NORFOLK, WORCESTERSHIRE), encoding="utf-8")
    return folder


def renewed(data: Path, *sources: TableSource[Any]) -> list[Renewal]:
    """Return the tables beside a folder of publishers' files, made anew."""
    return renewals(sources or (PROVIDERS,), data, data.parent / "tables", rows_in)


def test_table_is_made_from_the_published_file(data: Path) -> None:
    """The table has our columns, sorted by key, and a second run changes nothing."""
    (first,) = renewed(data)
    assert (first.added, first.removed, first.changed) == (("80418", "80584"), (), ())
    assert not first.place.exists()
    write_renewals([first])
    assert first.place == data.parent / "tables" / "ofsted-providers" / "providers.csv"
    kept = read_rows(text_of(first.place), "providers.csv", PROVIDERS.row)
    assert list(kept) == list(rows_in(PROVIDERS, data))
    (again,) = renewed(data)
    assert next(again.lines()) == "ofsted-providers/providers.csv: nothing changes"


def test_changes_are_told_by_key(data: Path) -> None:
    """A row that is new, one that is gone, and one with another value."""
    write_renewals(renewed(data))
    place = data / PROVIDERS.file
    other = {"urn": "80500", "la_code": "300", "la_code_new": "E09000030"}
    place.write_text(providers({**NORFOLK, "la_code": "927"}, other), encoding="utf-8")
    (found,) = renewed(data)
    assert list(found.lines())[:4] == [
        "ofsted-providers/providers.csv: 1 added, 1 removed, 1 changed",
        "  added: 80500",
        "  removed: 80584",
        "  changed: 80418",
    ]


def test_what_stands_beside_a_table_is_named(data: Path) -> None:
    """Hash and numbers of rows in source.toml are a person's to bring up to date."""
    advice = renewed(data)[0].advice
    assert len(advice) == 2
    assert f"{PROVIDERS.file} has another content: set its sha256" in advice[0]
    assert "providers.csv has 2 rows and not 156 to 156: set expected_rows" in advice[1]


def test_many_changes_are_counted(data: Path) -> None:
    """A list of hundreds of keys helps nobody."""
    rows = [{**NORFOLK, "urn": str(10_000 + number)} for number in range(SHOWN_KEYS + 5)]
    (data / PROVIDERS.file).write_text(providers(*rows), encoding="utf-8")
    lines = list(renewed(data)[0].lines())
    assert lines[SHOWN_KEYS + 1] == "  added: and 5 more"


def test_bad_cell_leaves_every_table(data: Path) -> None:
    """One cell of one file stops all, before anything is written."""
    mapping = PROVIDERS.mapping.model_copy(update={"file": "second.csv"})
    second = replace(PROVIDERS, table="second.csv", other_mapping=mapping)
    bad = providers({**NORFOLK, "la_code": "92"})
    (data / "second.csv").write_text(bad, encoding="utf-8")
    with pytest.raises(UnreadableTable, match=r"second\.csv, line 2, column la_code: '92'"):
        write_renewals(renewed(data, PROVIDERS, second))
    assert not (data.parent / "tables").exists()


def test_table_without_its_file_is_left(tmp_path: Path) -> None:
    """A folder need not hold every publisher's file."""
    assert renewals((PROVIDERS,), tmp_path, tmp_path, rows_in) == []


def no_records(rows: SourceRows[Any], identities: Identities) -> list[Any]:
    """Return nothing."""
    return []


def claim_source(prefix: str) -> ClaimSource[Any]:
    """Return a table of claims whose rows speak of one notice each."""

    def seen(rows: Sequence[Any]) -> list[Mention]:
        return [
            Mention(f"{prefix}/{row.urn}", "notice", "NFK", None, None, row.name) for row in rows
        ]

    return ClaimSource(PROVIDERS, seen, no_records)


def test_mentions_come_from_every_row() -> None:
    """Each row is named by its source and its key."""
    found = list(mentions([claim_source("ofsted-providers")], None))
    assert len(found) == len(read_source(PROVIDERS).rows)
    assert all(mention.row.startswith("ofsted-providers/") for mention in found)


def test_row_that_is_not_named_by_its_source_is_refused() -> None:
    """The part before the slash tells which rows are of one list."""
    with pytest.raises(UnreadableTable, match="a row of ofsted-providers must begin with it"):
        list(mentions([claim_source("another")], None))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Return the exit code of a command."""
    monkeypatch.setattr("sys.argv", ["interventions", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    code = caught.value.code
    return code if isinstance(code, int) else 0


@pytest.mark.parametrize("command", ["mint", "tables", "fetch"])
def test_command_has_help(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Help says what the command does, in a sentence."""
    assert run(monkeypatch, command, "--help") == 0
    assert f"Usage: interventions {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("build", "--data", "nowhere"), "the folder of tables nowhere does not exist"),
        (("mint", "--data", "nowhere"), "the folder of tables nowhere does not exist"),
        (("tables", "--data", "nowhere"), "the folder of tables nowhere does not exist"),
        (("tables",), "give --data or INTERVENTIONS_DATA"),
        (("fetch", "no-such-source"), "there is no source 'no-such-source'; known are councils"),
    ],
)
def test_wrong_use_ends_with_2(
    arguments: tuple[str, ...],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message says what was wrong and what is accepted."""
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) == 2
    assert expected in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_folder_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every setting can."""
    monkeypatch.setenv("INTERVENTIONS_DATA", "somewhere")
    assert read_settings().data == Path("somewhere")


def test_bad_cell_of_a_published_file_ends_with_1(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line names the place."""
    (data / PROVIDERS.file).write_text(providers({**NORFOLK, "urn": "x"}), encoding="utf-8")
    assert run(monkeypatch, "tables", "--data", data) == 1
    assert "ofsted_provider_lookup.csv, line 2, column urn: 'x'" in capsys.readouterr().err


def test_dry_run_mints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It only counts."""
    run(monkeypatch, "mint", "--dry-run")
    told = capsys.readouterr().out
    assert " new, " in told and "written" not in told


def test_published_files_give_the_tables_we_have(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every table of ours is what its loader makes of the publisher's file, hash included."""
    assert run(monkeypatch, "tables", "--data", published, "--dry-run") == 0
    *lines, _ = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.endswith(": nothing changes")] == []
    assert len(lines) == len(table_sources())


def test_published_files_say_what_our_tables_say(published: Path) -> None:
    """A build from the publishers' files makes the same statements."""
    ours, theirs = read_listings(), read_listings(published)
    assert [file.record.model_dump(exclude={"document"}) for file in theirs] == [
        file.record.model_dump(exclude={"document"}) for file in ours
    ]


def test_metadata_names_every_published_file() -> None:
    """Each table's source.toml knows the file that the table is made from."""
    for source in not_empty(table_sources()):
        metadata = read_metadata(source.name)
        assert source.file in metadata.published and source.table in metadata.expected_rows


def test_own_tables_are_written_as_they_are_read() -> None:
    """Renewing changes only what the publisher changed: the form of our tables is fixed."""
    for source in not_empty(table_sources()):
        rows = read_source(source)
        assert write_rows(rows.rows, source.row) == rows.text, source.table
