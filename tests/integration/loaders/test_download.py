"""Newest copies come from their publishers, or the earlier ones stay and the reason is told."""

from __future__ import annotations

import socket
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from data.tables.cells import read_cells
from data.tables.metadata import TableMapping
from loaders.commands.data import fetch_all
from loaders.tables.download import DownloadLimits, Validators, check_way, download
from loaders.tables.publisher_copies import CopyOutcome, FetchTarget, renew_copy
from ontology.errors import NotFetched
from tests.fixtures.guards import replaced

LIMITS = DownloadLimits(seconds=5, bytes=10_000)
SHORT = DownloadLimits(seconds=1, bytes=10_000)
FIRST = b"code,name\nNFK,Norfolk\n"
SECOND = b"code,name\nNFK,Norfolk\nWOR,Worcestershire\n"
FILE = "made_up.csv"
MAPPING = TableMapping(file=FILE, key=("code",), columns={"code": "code", "name": "name"})

Script = Sequence[bytes | float]
"""What is sent, part by part; a number is a pause in seconds."""


def check(content: bytes) -> None:
    """Read a copy as a loader does."""
    for cells in read_cells(content.decode(), MAPPING):
        cells.matching("code", "[A-Z]{3}", "NFK")


def reply(content: bytes = b"", status: str = "200 OK", **headers: str) -> Script:
    """Return an answer; an underscore in the name of a header is a hyphen."""
    named = {"Content_Length": str(len(content)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items()]
    return [f"HTTP/1.0 {status}\r\n{''.join(lines)}\r\n".encode(), content]


class Publisher(BaseHTTPRequestHandler):
    """Answers as the test says, and keeps what it was asked."""

    server: Site

    def do_GET(self) -> None:
        """Answer."""
        asked = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append({"path": self.path, **asked})
        for part in self.server.answer(self.server.asked[-1]):
            if isinstance(part, bytes):
                self.wfile.write(part)
            else:
                time.sleep(part)

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing."""


class Site(ThreadingHTTPServer):
    """A publisher's server on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Publisher)
        self.address = f"http://127.0.0.1:{self.server_port}/{FILE}"
        self.asked: list[dict[str, str]] = []
        self.answer: Callable[[dict[str, str]], Script] = lambda asked: reply(FIRST)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that hangs up."""


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a publisher for one test."""
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def renew(site: Site, folder: Path, limits: DownloadLimits = LIMITS) -> CopyOutcome:
    """Fetch the table into a folder."""
    return renew_copy(FetchTarget("made-up", FILE, site.address), folder, limits, check)


def versioned(asked: dict[str, str]) -> Script:
    """Answer with a version, and with 304 to those who have it."""
    if asked.get("if-none-match") == '"v1"':
        return reply(status="304 Not Modified")
    return reply(FIRST, ETag='"v1"', Last_Modified="Mon, 06 Jul 2026 10:00:00 GMT")


def receipt(folder: Path) -> dict[str, object]:
    """Return what is kept beside a copy."""
    return tomllib.loads((folder / f"{FILE}.fetched.toml").read_text(encoding="utf-8"))


def test_first_copy_has_its_receipt(site: Site, tmp_path: Path) -> None:
    """The copy is the publisher's, byte for byte; beside it stand hash, time and version."""
    site.answer = versioned
    assert renew(site, tmp_path / "new" / "folder") == CopyOutcome.NEW
    folder = tmp_path / "new" / "folder"
    assert (folder / FILE).read_bytes() == FIRST
    kept = receipt(folder)
    assert kept["address"] == site.address and kept["etag"] == '"v1"'
    assert kept["last_modified"] == "Mon, 06 Jul 2026 10:00:00 GMT"
    assert len(str(kept["sha256"])) == 64 and kept["retrieved_at"]
    assert site.asked[0].keys().isdisjoint({"if-none-match", "if-modified-since"})
    assert site.asked[0]["user-agent"].startswith("council-interventions/")


def test_known_copy_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    """The second time the publisher is asked only for something newer."""
    site.answer = versioned
    renew(site, tmp_path)
    before = receipt(tmp_path)
    assert renew(site, tmp_path) == CopyOutcome.SAME
    assert site.asked[1]["if-none-match"] == '"v1"'
    assert site.asked[1]["if-modified-since"] == "Mon, 06 Jul 2026 10:00:00 GMT"
    assert (tmp_path / FILE).read_bytes() == FIRST
    assert receipt(tmp_path)["retrieved_at"] == before["retrieved_at"]


def test_newer_copy_replaces_the_earlier(site: Site, tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    renew(site, tmp_path)
    site.answer = lambda asked: reply(SECOND)
    assert renew(site, tmp_path) == CopyOutcome.NEW
    assert (tmp_path / FILE).read_bytes() == SECOND
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE, f"{FILE}.fetched.toml"]


def test_same_content_is_no_new_copy(site: Site, tmp_path: Path) -> None:
    """A publisher without versions sends everything each time."""
    renew(site, tmp_path)
    assert renew(site, tmp_path) == CopyOutcome.SAME


@pytest.mark.parametrize("damaged", [FILE, f"{FILE}.fetched.toml"])
def test_damaged_copy_or_receipt_mends_itself(site: Site, tmp_path: Path, damaged: str) -> None:
    """The publisher is believed to have nothing newer only for the copy that it sent."""
    site.answer = versioned
    renew(site, tmp_path)
    (tmp_path / damaged).write_bytes(b"\xff not the copy")
    renew(site, tmp_path)
    assert "if-none-match" not in site.asked[1]
    assert (tmp_path / FILE).read_bytes() == FIRST


def test_copy_in_a_folder_within_is_renewed_there(site: Site, tmp_path: Path) -> None:
    """A build reads it there, so there must not be two."""
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / FILE).write_bytes(SECOND)
    renew(site, tmp_path)
    assert (tmp_path / "published" / FILE).read_bytes() == FIRST
    assert not (tmp_path / FILE).exists()


OK = b"HTTP/1.0 200 OK\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FOUND = "302 Found"
SLOW_LINES: Script = [part for _ in range(10) for part in (b"X-Slow: a\r\n", 0.3)]
DROPS: Script = [b"NFK,Norfolk\n", 0.25] * 6

FAULTS: dict[str, tuple[Script, str]] = {
    "missing": (reply(status="404 Gone Away"), "HTTP 404 Not Found; expected 200.*new address"),
    "forbidden": (reply(status="403 No"), "HTTP 403 Forbidden"),
    "failing": (reply(status="503 No"), "HTTP 503 Service Unavailable.*try again later"),
    "nothing-known": (reply(status="304 No"), "HTTP 304 Not Modified"),
    "partial": (reply(FIRST, "206 Part"), "HTTP 206 Partial Content; expected 200"),
    "page": (
        reply(b"\n<!DOCTYPE html><p>Moved", Content_Type="text/html"),
        r"a page \(text/html\); expected a table as CSV",
    ),
    "empty": (reply(b"\n"), "an empty file"),
    "packed": (reply(FIRST, Content_Encoding="gzip"), r"is packed \(gzip\)"),
    "other-columns": (reply(b"code,title\nNFK,Norfolk\n"), "line 1: the columns have changed"),
    "other-delimiter": (reply(FIRST.replace(b",", b";")), "line 1: a single column"),
    "bad-cell": (reply(b"code,name\nNorfolk,NFK\n"), "made_up.csv, line 2, column code: 'Norfolk'"),
    "twice": (reply(FIRST + b"NFK,Norfolk\n"), "line 3, column code.*stands twice"),
    "cut-off-row": (reply(FIRST + b"WOR"), "line 3: 1 cells; expected 2"),
    "broken-off": (reply(FIRST, Content_Length="1000"), "received 22 bytes, expected 1000"),
    "broken-chunk": ([CHUNKED, b"40\r\ncode,name\n"], "no usable answer"),
    "too-large": (reply(b"x" * 20_000), "20,000 bytes or more; expected at most 10,000"),
    "unending": ([OK, b"\r\n", b"x" * 20_000], "10,001 bytes or more; expected at most 10,000"),
    "silent": ([1.5], "not complete after 1 seconds"),
    "trickling": ([OK, b"\r\n", *DROPS], "not complete after 1 seconds"),
    "trickling-head": ([OK, *SLOW_LINES], "not complete after 1 seconds"),
    "another-protocol": ([b"220 mail server ready\r\n"], "no usable answer"),
    "hangs-up": ([], "no usable answer"),
    "leads-to-a-file": (reply(status=FOUND, Location="file:///etc/x"), "it leads to 'file://"),
    "leads-off-the-web": (reply(status=FOUND, Location="ftp://127.0.0.1/x"), "it leads to 'ftp://"),
    "leads-in-a-circle": (reply(status=FOUND, Location=f"/{FILE}"), "HTTP 302 Found"),
    "leads-nowhere": (reply(status=FOUND), "HTTP 302 Found"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faulty_answer_leaves_the_copy(
    fault: tuple[Script, str], site: Site, tmp_path: Path
) -> None:
    """The message names source, file, address and fault; what was there stays as it was."""
    (tmp_path / FILE).write_bytes(SECOND)
    script, expected = fault
    site.answer = lambda asked: script
    with pytest.raises(NotFetched, match=expected) as caught:
        renew(site, tmp_path, SHORT)
    message = str(caught.value)
    assert message.startswith("made-up, made_up.csv: ")
    assert message.endswith("(the earlier copy is kept)")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).read_bytes() == SECOND


def test_faulty_answer_makes_no_first_copy(site: Site, tmp_path: Path) -> None:
    """Half a table is worse than none."""
    site.answer = lambda asked: reply(FIRST, Content_Length="1000")
    with pytest.raises(NotFetched, match="there is no copy yet"):
        renew(site, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_redirection_is_followed(site: Site) -> None:
    """With what is known of the copy, so that the place behind can answer 304."""

    def answer(asked: dict[str, str]) -> Script:
        moved = reply(status="301 Moved", Location="/moved.csv")
        return moved if asked["path"] == f"/{FILE}" else versioned(asked)

    site.answer = answer
    found = download(site.address, Validators(), LIMITS)
    assert found and found.content == FIRST and found.validators.etag == '"v1"'
    assert download(site.address, found.validators, LIMITS) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("file:///etc/hostname", "expected an address that begins with https://"),
        ("ftp://127.0.0.1/x.csv", "expected an address that begins with https://"),
        ("made_up.csv", "expected an address that begins with https://"),
        ("http://127.0.0.1:1/x.csv", "no usable answer .*refused.*check the connection"),
        ("http://127.0.0.1:80 80/x.csv", "no usable answer"),
    ],
)
def test_useless_address_is_refused(address: str, expected: str) -> None:
    """Only the web is asked, and an address without an answer is named."""
    with pytest.raises(NotFetched, match=expected):
        download(address, Validators(), LIMITS)


def test_nobody_answers() -> None:
    """A port that takes the call and never speaks is given up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/{FILE}"
        with pytest.raises(NotFetched, match="not complete after 1 seconds"):
            download(address, Validators(), SHORT)


def test_protected_way_stays_protected() -> None:
    """A publisher that leads from https to http would let others change the table."""
    check_way("http://example.org/x", "https://example.org/x")
    with pytest.raises(NotFetched, match=r"leads from https to http://example\.org/x"):
        check_way("https://example.org/x", "http://example.org/x")


def test_one_refused_copy_does_not_keep_the_others(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file is tried and spoken of; a table that this project made has no publisher."""
    wanted = [
        FetchTarget("bad", "bad.csv", replaced(site.address, FILE, "bad.csv")),
        FetchTarget("ours", "ours.csv", ""),
        FetchTarget("made-up", FILE, site.address),
    ]
    good, missing = reply(FIRST), reply(status="404 No")
    site.answer = lambda asked: good if asked["path"].endswith(FILE) else missing
    assert fetch_all(wanted, tmp_path, LIMITS, lambda target: check) == 1
    told = capsys.readouterr()
    assert "Error: bad, bad.csv: http" in told.err and "HTTP 404 Not Found" in told.err
    assert told.out.splitlines() == [
        "ours, ours.csv: source.toml gives no address; there is nothing to fetch",
        f"made-up, {FILE}: a new copy",
    ]
    assert (tmp_path / FILE).read_bytes() == FIRST
