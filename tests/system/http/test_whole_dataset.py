"""The whole dataset is the file of the release, of any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.releases import DATA_FILE, current_release
from tests.fixtures.servers.served import Served, serving

ANSWER_BYTES = 16 * 2**20
"""Less than the file has: no answer of an engine could be it."""
PATH = "/graphs.nq"


@pytest.fixture(scope="module")
def served(release: Path) -> Iterator[Served]:
    """Return a service on the five documents with small answers."""
    with serving(release=release, answer_bytes=ANSWER_BYTES) as running:
        yield running


def test_the_file_of_the_release_is_sent_whole(served: Served, release: Path) -> None:
    """Byte for byte, with its length, by suffix and by Accept, packed for nobody."""
    content = (current_release(release) / DATA_FILE).read_bytes()
    assert len(content) > ANSWER_BYTES
    accepted = {"Accept": "application/n-quads", "Accept-Encoding": "gzip", "Range": "bytes=0-9"}
    for told in (served.get(PATH), served.get("/graphs", accepted), served.get(PATH)):
        assert told.status == 200 and told.is_whole
        assert told.body == content
        assert told.headers["content-type"].partition(";")[0] == "application/n-quads"


def test_who_has_it_is_told_so(served: Served) -> None:
    """HEAD has the length and no body; a client that has the file gets 304."""
    told = served.get(PATH)
    head = served.request("HEAD", PATH)
    assert head.status == 200 and head.body == b""
    assert head.headers["content-length"] == told.headers["content-length"]
    again = served.get(PATH, {"If-None-Match": told.headers["etag"]})
    assert again.status == 304 and again.body == b""
