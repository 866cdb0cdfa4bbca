"""The commands: many files at once, a clear message for each bad one, nothing written over."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from data.records.files import read_record
from loaders.commands.evaluate import evaluate_command
from loaders.commands.extract import extract_command
from loaders.documents.extract import extract_text, read_many
from loaders.documents.files.fixed_text import text_of
from loaders.documents.files.limits import ReadingLimits
from loaders.documents.kinds.recognition import document_kinds, kind_named, recognise
from loaders.documents.record.proposals import as_read
from loaders.documents.review import side_by_side
from ontology.errors import UnreadableDocument, WrongSetting, WrongUse
from tests.fixtures.documents.small_documents import direction, pdf
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.paths import ROOT


def run(*arguments: str | Path) -> Result:
    """Return what `extract` does."""
    return CliRunner().invoke(extract_command, [str(argument) for argument in arguments])


def test_one_file_is_printed(tmp_path: Path) -> None:
    """The candidate of one file goes to standard output, in the form of a record."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0
    content = as_read(result.stdout).encode()
    assert "council: SFK" in result.stdout
    assert read_record(content, "a.yaml").record.directions


def test_many_files_and_bad_ones(tmp_path: Path) -> None:
    """Bad files are listed, the others are read, and the exit code is 1."""
    (tmp_path / "a.txt").write_text(direction(), encoding="utf-8")
    lines = direction().split("\n")
    (tmp_path / "b.pdf").write_bytes(pdf([[line[:400] for line in lines]]))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "news.txt").write_text("The weather was fine in the town. " * 20, encoding="utf-8")
    files = [tmp_path / name for name in ("a.txt", "b.pdf", "empty.txt", "news.txt", "none.txt")]
    result = run(*files, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a.yaml",
        "b.txt",
        "b.yaml",
    ]
    for words in ("empty.txt is empty", "news.txt: cannot tell", "none.txt", "2 read, 3 refused"):
        assert words in result.stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A second run leaves what the first one wrote."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    assert run(path, "--output", tmp_path).exit_code == 0
    (tmp_path / "a.yaml").write_text("corrected by hand", encoding="utf-8")
    result = run(path, "--output", tmp_path)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "corrected by hand"


def test_a_page_that_is_there_already_stops_all(tmp_path: Path) -> None:
    """Nothing is written if not all can be."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    (tmp_path / "a.html").write_text("an earlier page", encoding="utf-8")
    result = run(path, "--output", tmp_path, "--open")
    assert (result.exit_code, "a.html exists already" in result.stderr) == (1, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.html", "a.txt"]


def test_page_shows_the_document_and_its_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page holds the text with its passages marked, and a link for every claim."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    assert run(path, "--output", tmp_path / "out", "--open").exit_code == 0
    page = (tmp_path / "out" / "a.html").read_text(encoding="utf-8")
    assert opened == [str(tmp_path / "out" / "a.html")]
    anchors = set(re.findall(r'id="(c[0-9]+)"', page))
    assert set(re.findall(r'href="#(c[0-9]+)"', page)) == anchors
    shown = page[page.index("<main") : page.index("</main>")].partition(">")[2]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == direction()


class Outline(HTMLParser):
    """The elements of a page: which are open, their identifiers, and where links lead."""

    def __init__(self) -> None:
        """Start before the page."""
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self.tags.append(tag)
        given = {name: value or "" for name, value in attrs}
        assert not {"src", "onclick", "style"} & set(given)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append((given["href"], "aside" if "aside" in self.open else "main"))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the element that was opened last."""
        assert self.open.pop() == tag


def test_page_is_whole_and_links_both_ways() -> None:
    """Words of the document are words on the page, whatever they are; every link has its end."""
    hostile = "weak </main><script>alert(1)</script>\x07<img src=x> {title} & 'so'"
    document = text_of(replaced(direction(), "weak", hostile).encode(), "a.txt")
    page = side_by_side(extract_text(document))
    assert "\x07" not in page
    assert "<script>alert(1)</script>" in html.unescape(page)
    outline = Outline()
    outline.feed(page)
    outline.close()
    assert not outline.open
    assert outline.tags.count("script") == 1
    assert not {"img", "link", "iframe"} & set(outline.tags)
    script = page.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert len(outline.ids) == len(set(outline.ids))
    assert set(not_empty(target.removeprefix("#") for target, _ in outline.links)) <= set(
        outline.ids
    )
    assert {place for _, place in outline.links} == {"main", "aside"}
    back = {target[:2] for target, place in outline.links if place == "main"}
    assert set(not_empty(back)) <= {"#k", "#u"}
    assert {target[:2] for target, place in outline.links if place == "aside"} == {"#c"}


def test_page_says_how_a_claim_is_meant() -> None:
    """A possibility, a denial and the words of others are no plain statements."""
    page = side_by_side(extract_text(text_of(direction().encode(), "a.txt")))
    assert re.search(r"revokes: <strong>SFK-2014-\?1</strong> \(constitutive\)", page)
    assert re.search(
        r'<li id="k\d+" class="possible"[^>]*>.{30,60}[^<]*<strong>[^<]*</strong> \([^)]*inferred',
        page,
    )


def test_reading_imports_only_what_it_needs(tmp_path: Path) -> None:
    """Who reads one document does not wait for what builds, publishes or serves a release."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    program = (
        "import pathlib, sys\n"
        "import loaders.commands.extract\n"
        "from loaders.documents.extract import read_one\n"
        "assert read_one(pathlib.Path(sys.argv[1]), None).record\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    imported = set(run.stdout.split())
    assert "pebble" in imported
    others = {"fastapi", "httpx2", "jinja2", "pyshacl", "uvicorn", "SPARQLWrapper", "pypdf", "api"}
    assert not imported & others


def test_several_files_need_a_folder(tmp_path: Path) -> None:
    """Candidates of several files are not mixed on one output."""
    assert isinstance(run(tmp_path / "a", tmp_path / "b").exception, WrongSetting)


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """The limit of time ends the reading of one file, not of the others."""
    path = tmp_path / "a.txt"
    path.write_text(direction() * 20, encoding="utf-8")
    outcomes = list(read_many([path], None, 1, ReadingLimits(seconds=0.001)))
    assert "took longer" in outcomes[0].error


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of processor time here")
def test_a_busy_machine_gives_no_file_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit counts the processor time of the file itself, not what passes on the clock."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    read = Path.read_bytes

    def late(path: Path) -> bytes:
        time.sleep(5.2)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", late)
    (outcome,) = read_many([path], None, 1, ReadingLimits(seconds=5.0))
    assert outcome.record and not outcome.error


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of processor time here")
def test_a_file_that_goes_on_for_ever_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what goes on catches faults and begins anew."""
    paths = [tmp_path / "ever.txt", tmp_path / "good.txt"]
    for path in paths:
        path.write_text(direction(), encoding="utf-8")
    read = Path.read_bytes

    def for_ever(path: Path) -> bytes:
        while path.stem == "ever":
            try:
                sum(range(1000))
            except (ArithmeticError, LookupError, OSError, RuntimeError, TypeError, ValueError):
                continue
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", for_ever)
    outcomes = {one.path.stem: one for one in read_many(paths, None, 1, ReadingLimits(seconds=3.0))}
    assert "took longer than 3 s" in outcomes["ever"].error
    assert outcomes["good"].record


def test_kind_is_recognised_with_reasons() -> None:
    """What speaks for a kind is said; a text without any sign is asked about."""
    found = recognise(direction(), "a.txt")
    assert found.kind.name == "direction"
    assert any("497A" in reason for reason in found.reasons)
    with pytest.raises(UnreadableDocument, match="--kind"):
        recognise("Nothing of the sort.", "a.txt")
    with pytest.raises(WrongUse, match="known are"):
        kind_named("novel")


def test_every_kind_is_a_file_of_its_own() -> None:
    """A kind is found by the name of its file, and by nothing else."""
    assert "direction" in document_kinds()
    assert all(kind.signs for kind in not_empty(document_kinds().values()))


def test_evaluation_prints_a_table_for_each_folder_of_records(tmp_path: Path) -> None:
    """What is at hand is counted; what is not, or is not the reviewed file, is told."""
    gold, found = tmp_path / "gold", tmp_path / "documents" / "of-2015"
    gold.mkdir()
    found.mkdir(parents=True)
    for name, council in (("same", "Suffolk"), ("changed", "Surrey"), ("gone", "Kent")):
        path = found / f"{name}.txt"
        named = f"{council} County Council"
        path.write_text(direction(council=named, title=named.upper()), encoding="utf-8")
        printed = as_read(run(path).stdout)
        slug = read_record(printed.encode(), "a.yaml").record.document.slug
        (gold / f"{slug}.yaml").write_text(printed, encoding="utf-8")
    (found / "changed.txt").write_text(direction(due="2 September 2015"), encoding="utf-8")
    (found / "gone.txt").unlink()
    arguments = [str(gold), "--documents", str(found.parent), "--differences"]
    result = CliRunner().invoke(evaluate_command, arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Documents read and compared with {gold.as_posix()}: 1\n")
    assert re.search(r"\| all \| (\d+) \| \1 \| \1 \| 1\.000 \| 1\.000 \|", result.stdout)
    assert "changed.txt is another file" in result.stderr
    assert "gone.txt is not in the folder" in result.stderr
    nowhere = CliRunner().invoke(evaluate_command, [str(gold), "--documents", str(gold)])
    assert isinstance(nowhere.exception, WrongSetting)
