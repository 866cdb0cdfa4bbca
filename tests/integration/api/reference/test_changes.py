"""What changed: the list, its filters and its feed, on the national release."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from data.records.files import read_records
from data.registry.ledger import (
    REASONS,
    Ledger,
    RecordedChange,
    RecordedRelease,
    digest_of,
    read_ledger,
    write_ledger,
)
from data.releases import CHANGES_FILE, current_release
from data.settings import Settings
from loaders.release.build import all_claims, build
from loaders.release.folder.changes import changes_file
from loaders.release.write import write_release
from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read
from tests.fixtures.servers.in_process import client_of
from tests.fixtures.two_clocks import read_record

EVERY = "/changes.json?limit=1000"
MADE_UP = {"new": "0" * 16, "withdrawn": "1" * 16, "never": "2" * 16}
"""Claims that no release has."""


def told(england: TestClient, query: str = "") -> list[dict[str, Any]]:
    """Return the items of all pages."""
    items, address = [], f"{EVERY}{query}"
    while address:
        body = read(england, address)
        items += body["items"]
        address = body["next"]
    assert len(items) == body["total"]
    return items


def test_each_thing_is_told_on_the_day_from_which_its_claims_were_known(
    england: TestClient, national: Path
) -> None:
    """As the claims of the release alone tell; the newest come first."""
    record = read_record(current_release(national) / "data.nq")
    items = told(england)
    days = [str(item["day"]) for item in items]
    assert days == sorted(days, reverse=True) and len({item["id"] for item in items}) == len(items)
    new = [item for item in items if (item["of"], item["kind"]) == ("sources", "new")]
    for item in not_empty(new):
        first = record.others[item["thing"]["iri"], f"{BASE}ns#knownFrom"]
        assert first == [item["day"]] and item["day"] <= record.first_known(item["thing"]["iri"])
    assert {item["thing"]["iri"] for item in new} >= set(record.things("Direction"))


def test_a_changed_choice_tells_both_values(england: TestClient, national: Path) -> None:
    """Before the day the rules choose the one, from the day on the other."""
    record = read_record(current_release(national) / "data.nq")
    choices = told(england, "&kind=corrected&of=sources")
    known = {claim.iri: claim for claims in record.told.values() for claim in claims}
    for item in not_empty(choices):
        old = known[f"{BASE}id/{item['replaces']}"]
        assert (old.about, old.known < item["day"]) == (item["thing"]["iri"], True)
        assert item["before"] and item["before"] != item["after"]
        if item["claim"]:
            assert known[f"{BASE}id/{item['claim']}"].known <= item["day"]


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [
        ("&council=norfolk", "council", "NFK"),
        ("&regime=send", "regime", "send"),
        ("&kind=new", "kind", "new"),
        ("&of=sources", "of", "sources"),
    ],
)
def test_a_filter_leaves_what_fits(england: TestClient, query: str, key: str, value: str) -> None:
    """And nothing else."""
    assert told(england, query) == [item for item in not_empty(told(england)) if item[key] == value]
    within = told(england, "&from=2024-01-01&to=2024-12-31")
    assert {str(item["day"])[:4] for item in not_empty(within)} == {"2024"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=odd", "new, corrected, withdrawn"),
        ("of=odd", "record, sources"),
        ("release=odd", "is not recorded"),
        ("from=2025-01-01&to=2024-01-01", "is after"),
        ("colour=red", "unknown parameter"),
        ("cursor=odd", "does not belong"),
    ],
)
def test_what_cannot_be_meant_is_refused(england: TestClient, query: str, words: str) -> None:
    """With what is accepted."""
    answer = england.get(f"/changes?{query}")
    assert answer.status_code == 400 and words in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_note_says_what_the_items_are(england: TestClient) -> None:
    """The page tells it too, and where the feed is."""
    note = read(england, "/changes")["note"]
    assert "recorded" in note and "from which day on" in note
    page = england.get("/changes.html").text
    assert note in page and 'type="application/atom+xml"' in page
    etag = england.get("/changes").headers["etag"]
    assert england.get("/changes", headers={"If-None-Match": etag}).status_code == 304


def test_a_recorded_release_tells_its_changes(tmp_path: Path) -> None:
    """With its reason; the same ledger and the same claims give the same bytes."""
    files = read_records()
    claims = all_claims(files)
    built = build(files)
    layers = built.layers
    names = [str(claim.iri) for claim in claims]
    first = RecordedRelease(
        release="made-up-1", day="2020-01-01", claims=1, digest="0", note="Made up."
    )
    second = RecordedRelease(
        release="made-up-2",
        day="2020-02-01",
        claims=len(names),
        digest=digest_of(names),
        note="Made up too.",
    )
    cells = dict.fromkeys(RecordedChange.model_fields, "x") | {"release": "made-up-2"}
    changes = [
        RecordedChange(
            **(
                cells
                | {
                    "kind": kind,
                    "claim": f"claim/{MADE_UP[kind]}",
                    "reason": reason,
                    "change": kind,
                }
            )
        )
        for kind, reason in (("new", ""), ("withdrawn", next(iter(REASONS))))
    ]
    ledger = Ledger().with_release(first, []).with_release(second, changes)
    write_ledger(ledger, tmp_path)
    assert read_ledger(tmp_path) == ledger
    written = changes_file(layers, claims, ledger)
    assert written == changes_file(layers, claims, read_ledger(tmp_path))
    body = json.loads(written)
    assert [one["release"] for one in body["releases"]] == ["made-up-2", "made-up-1"]
    assert (body["releases"][0]["new"], body["releases"][0]["withdrawn"]) == (1, 1)
    assert body["is_recorded"] and not Ledger((second, first)).is_of(names)
    assert body["first_seen"] == {f"claim/{MADE_UP['new']}": "made-up-2"}
    recorded = [item for item in body["items"] if item["of"] == "record"]
    assert {(item["kind"], item["reason"]) for item in recorded} == {
        ("new", ""),
        ("withdrawn", next(iter(REASONS))),
    }
    write_release(replace(built, changes=written), tmp_path / "release")
    with client_of(Settings(release=tmp_path / "release"), follow_redirects=False) as client:
        for path in (f"/claims/{MADE_UP['withdrawn']}", f"/id/claim/{MADE_UP['withdrawn']}"):
            gone = client.get(path, headers={"accept": "application/json"})
            assert (gone.status_code, gone.json()["title"]) == (410, "This was withdrawn"), path
            assert gone.json()["accepted"] == ["/changes?release=made-up-2"]
        never = client.get(f"/claims/{MADE_UP['never']}", headers={"accept": "application/json"})
        assert never.status_code == 404


def test_the_file_is_sealed_with_the_release(national: Path) -> None:
    """It has its hash in the manifest, as every other."""
    release = current_release(national)
    manifest = json.loads((release / "manifest.json").read_text())
    assert CHANGES_FILE in manifest["files"]
