"""Sums of support contradict each other where one decision is told as several that stand."""

from __future__ import annotations

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.table import read_rows
from loaders.claims.claim import read_claims
from loaders.claims.discrepancies import Discrepancy
from loaders.claims.resolution import Knowledge, resolve
from loaders.claims.sums_of_support import contradicting_sums
from loaders.tables.facts.financial_support import FINANCIAL_SUPPORT, SupportRow
from tests.fixtures.guards import not_empty, replaced

OFFICIAL = "gov-uk-exceptional-financial-support-local-authorities-2024"
COPY = "gov-uk-council-finance-json-as-7-september"
PRESS = "hellorayo-councils-set-receive-support-package-improve"
SAID = f"a,brd-a,BRD,2024-25,,2024-25,140000000,in-principle,2024-02-29,,,,{OFFICIAL}"
COPIED = f"b,brd-b,BRD,2024-25,,2024-25,120000000,,[..2026-09-07],,,,{COPY}"
REVISED = f"c,brd-c,BRD,2024-25,,2024-25,150000000,revised,2026-02,brd-a,,,{PRESS}"


def found(*lines: str) -> list[Discrepancy]:
    """Return the contradictions between the rows of a made-up table."""
    text = "\n".join((",".join(SupportRow.model_fields), *lines, ""))
    rows = read_rows(text, "financial-support/amounts.csv", SupportRow)
    read = SourceRows(tuple(rows), "amounts.csv", text)
    files = not_empty(list(FINANCIAL_SUPPORT.records(read, Identities({}))))
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    slots = resolve([claim for file in files for claim in read_claims(file)], Knowledge(tiers, {}))
    return list(contradicting_sums(slots, tiers))


@pytest.mark.parametrize(
    ("lines", "used", "told"),
    [
        # A sum in principle is more settled than one of unknown status, whatever its day.
        ((SAID, COPIED), "brd-a", {"140000000", "120000000"}),
        # A revised sum is more settled still, and a nearer source does not outrank it.
        ((SAID, COPIED, REVISED), "brd-c", {"150000000", "120000000"}),
        # Of the same status, the nearer source.
        (
            (SAID, replaced(replaced(REVISED, "revised", "in-principle"), "brd-a,", ",")),
            "brd-a",
            {"140000000", "150000000"},
        ),
        # Of the same status and equally near: what is told of a day; the other may be older.
        (
            (replaced(SAID, "in-principle", ""), COPIED),
            "brd-a",
            {"140000000", "120000000"},
        ),
        # The newest of those that have a day.
        (
            (
                SAID,
                replaced(
                    replaced(replaced(SAID, "a,brd-a", "d,brd-d"), "140", "90"), "02-29", "03-01"
                ),
            ),
            "brd-d",
            {"140000000", "90000000"},
        ),
        # Support that was withdrawn has no sum.
        (
            (COPIED, "e,brd-e,BRD,2024-25,,2024-25,,withdrawn,2024-03-01,,,," + OFFICIAL),
            "brd-e",
            {"120000000", "withdrawn"},
        ),
    ],
)
def test_the_sum_that_is_used_is_the_more_settled_the_nearer_the_newer(
    lines: tuple[str, ...], used: str, told: set[str]
) -> None:
    """The contradiction is about the sum that is used, and has what each source tells."""
    (contradiction,) = found(*lines)
    assert contradiction.type == "contradiction"
    assert contradiction.about.endswith(f"support-amount/{used}")
    assert [claim.about for claim in contradiction.used] == [contradiction.about]
    assert {str(claim.value).rpartition("/")[2] for claim in contradiction.claims} == told


@pytest.mark.parametrize(
    "lines",
    [
        # The later sum says which one it takes the place of.
        (SAID, REVISED),
        # One sum that two sources tell.
        (SAID, replaced(replaced(COPIED, "brd-b", "brd-a"), "120000000", "140000000")),
        # The same sum under two names.
        (SAID, replaced(COPIED, "120000000", "140000000")),
        # Another decision, another year, several years together, another council.
        (SAID, replaced(COPIED, "2024-25,120", "2025-26,120")),
        (SAID, replaced(COPIED, "BRD,2024-25", "BRD,2023-24")),
        (SAID, replaced(COPIED, "2024-25,,2024-25", "2024-25,2025-26,2024-25")),
        (SAID, replaced(COPIED, "BRD", "BIR")),
    ],
)
def test_sums_that_can_both_be_true_are_no_contradiction(lines: tuple[str, ...]) -> None:
    """A revision, an agreement, and what was decided for something else."""
    assert found(*lines) == []
