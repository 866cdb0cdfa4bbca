"""What is known of a source stands in its source.toml; an entry that nobody reads is refused."""

from __future__ import annotations

import pytest

from data.tables.metadata import Metadata, TableMapping, metadata_from, read_mapping
from loaders.tables.all_tables import table_sources
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced
from tests.fixtures.paths import ROOT

BODIES = (ROOT / "data" / "tables" / "digital-land" / "source.toml").read_text(encoding="utf-8")


def read(old: str, new: str) -> Metadata:
    """Return what a source.toml says after one change in it."""
    return metadata_from(replaced(BODIES, old, new, 1).encode(), "digital-land")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('prefix = ""', "", "tables.bodies.csv: Value error, the column prefix is not among"),
        ("[expected_rows]", "sort = 1\n\n[expected_rows]", "sort: Extra inputs"),
        ("day_numbers =", "day_number =", "tables.bodies.csv.day_number: Extra inputs"),
        ('key = ["reference"]', 'key = ["code"]', "the column code is not among"),
        ('twitter = "', 'name = "', "the column name is read and ignored"),
        ('file = "digital_land', 'file = "another', "nothing is published as another"),
        ("retrieved_on = 2026", "retrieved_on = 20x6", "line 7"),
    ],
)
def test_a_wrong_entry_is_refused_by_file_and_key(old: str, new: str, expected: str) -> None:
    """A slip in a name would otherwise be a rule that never applies."""
    with pytest.raises(UnreadableTable) as caught:
        read(old, new)
    assert str(caught.value).startswith("digital-land/source.toml")
    assert expected in str(caught.value)


def test_a_table_without_a_mapping_is_refused() -> None:
    """The message says which section is missing, and where."""
    with pytest.raises(
        UnreadableTable, match=r'councils/source\.toml: expected .*\[tables\."x\.csv"'
    ):
        read_mapping("councils", "x.csv")


def test_a_phrase_says_only_what_its_table_has() -> None:
    """A value for a column of ours that no published column gives would be lost."""
    with pytest.raises(ValueError, match="model, 'envoys': no column takes offices"):
        TableMapping(
            file="a.csv",
            key=(),
            columns={"model": "office"},
            phrases={"model": {"envoys": {"offices": "envoy"}}},
        )


def test_columns_of_ours_are_those_of_the_table() -> None:
    """What the mappings say that columns become, the rows have, and have it from somewhere."""
    lost = {
        source.table: sorted(mapped ^ set(source.row.model_fields))
        for source in table_sources()
        if (
            mapped := {
                name for several in source.mapping.columns.values() for name in several.split()
            }
        )
        != set(source.row.model_fields)
    }
    assert lost == {}
