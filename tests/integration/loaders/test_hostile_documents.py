"""Files made to fill the memory or the time end in a message, and leave nothing behind."""

from __future__ import annotations

import html
import os
import signal
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.commands.extract import extract_command
from loaders.documents.extract import extract, read_many
from loaders.documents.files import docx as docx_files
from loaders.documents.files.fixed_text import text_of
from loaders.documents.files.limits import LIMITS
from ontology.errors import UnreadableDocument
from tests.fixtures.documents.small_documents import direction, docx, pdf
from tests.fixtures.guards import replaced

WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def pdf_of(objects: list[bytes]) -> bytes:
    """Return a PDF of some objects, of which the first is its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(out),
    )
    return out + end + trailer


def page_with(stream: bytes, filters: bytes) -> bytes:
    """Return a PDF of one page with a packed stream."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d/Filter%b>>stream\n%b\nendstream" % (len(stream), filters, stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def packed(number: int) -> bytes:
    """Return so many megabytes, packed."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"BT /F1 9 Tf (a) Tj ET\n" * 45_500) for _ in range(number)]
    return b"".join([*parts, packer.flush()])


def refusal(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(UnreadableDocument) as caught:
        extract(path)
    return str(caught.value)


def test_packed_page_that_unpacks_to_much(tmp_path: Path) -> None:
    """Packed once and packed twice, a page of a hundred megabytes is not unpacked."""
    path = tmp_path / "bomb.pdf"
    once = packed(100)
    for stream, filters in (
        (once, b"/FlateDecode"),
        (zlib.compress(once, 9), b"[/FlateDecode/FlateDecode]"),
    ):
        path.write_bytes(page_with(stream, filters))
        assert "unpacks to more" in refusal(path)


def test_pages_that_nest_or_go_round(tmp_path: Path) -> None:
    """A tree of pages without end is refused."""
    path = tmp_path / "round.pdf"
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    path.write_bytes(pdf_of([catalogue, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]))
    assert "round.pdf" in refusal(path)
    deep = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 1002)]
    path.write_bytes(pdf_of([catalogue, *deep, b"<</Type/Page>>"]))
    assert "nested" in refusal(path)


def test_word_document_that_nests_or_unpacks_to_much(tmp_path: Path) -> None:
    """Paragraphs in paragraphs, and a part of a hundred megabytes, are refused."""
    path = tmp_path / "deep.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        nested = b"<w:p>" * 5000 + b"</w:p>" * 5000
        archive.writestr("word/document.xml", WORD + nested + b"</w:document>")
    assert "nested" in refusal(path)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(100):
            part.write(b"<w:p>" + b"a" * 1_000_000)
    assert "unpacks to more" in refusal(path)


def word_file(path: Path, body: bytes, **parts: bytes) -> Path:
    """Write a Word document of some XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", WORD + body + b"</w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def test_word_document_of_more_parts_than_a_document_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty paragraphs without end are not kept in memory."""
    monkeypatch.setattr(docx_files, "MOST_ELEMENTS", 1000)
    assert "more parts" in refusal(word_file(tmp_path / "wide.docx", b"<w:p/>" * 1001))


def test_word_document_of_many_nests_is_read_once(tmp_path: Path) -> None:
    """Words deep in paragraphs are read once, not once for each paragraph around them."""
    nest = b"<w:p>" * 200 + b"<w:r><w:t>the report of it</w:t></w:r>" + b"</w:p>" * 200
    path = word_file(tmp_path / "nests.docx", nest * 200)
    text = text_of(path.read_bytes(), path.name, replace(LIMITS, characters=100_000)).text
    assert text.count("the report of it") == 200


def test_word_document_numbered_to_a_depth_that_word_has_not(tmp_path: Path) -> None:
    """A list of a thousand million levels takes no longer than one of nine."""
    level = b'<w:lvl w:ilvl="999999999"><w:start w:val="9"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = replaced(WORD, b"document", b"numbering") + b'<w:abstractNum w:abstractNumId="0">'
    numbering += level + b'</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    item = b'<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item += b"<w:r><w:t>Words</w:t></w:r></w:p>"
    path = word_file(tmp_path / "levels.docx", item, numbering=numbering + b"</w:numbering>")
    assert text_of(path.read_bytes(), path.name).text.endswith("Words")


@pytest.mark.parametrize("broken", [b"<!--", b"<a ", b"'<p a='\"", b"<nav>", b"&"])
def test_web_page_of_broken_tags_ends(broken: bytes, tmp_path: Path) -> None:
    """A page that the parser could follow for hours is read or refused in its time."""
    path = tmp_path / "broken.html"
    path.write_bytes(b'<html><body><p a="' + broken * 200_000)
    with pytest.raises(UnreadableDocument, match=r"broken\.html"):
        extract(path, limits=replace(LIMITS, seconds=2.0))


def test_form_that_draws_itself_ends(tmp_path: Path) -> None:
    """A page whose picture contains itself has no text."""
    path = tmp_path / "form.pdf"
    form = b"<</Type/XObject/Subtype/Form/Resources<</XObject<</A 5 0 R>>>>/Length 5>>stream\n/A Do"
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>"
    pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    drawing = b"<</Length 5>>stream\n/A Do\nendstream"
    path.write_bytes(pdf_of([*pages, drawing, form + b"\nendstream"]))
    assert "form.pdf" in refusal(path)


def test_more_pages_than_are_read_are_not_read(tmp_path: Path) -> None:
    """Five thousand pages that are one page are counted, and refused."""
    path = tmp_path / "pages.pdf"
    tree = b"<</Type/Pages/Kids[%b]/Count 5000>>" % (b"3 0 R " * 5000)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    path.write_bytes(pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, page]))
    assert "5000 pages; at most 400" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe would give nothing for ever; a folder has no text; a name must fit a record."""
    os.mkfifo(tmp_path / "pipe")
    assert "no file on a disk" in refusal(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder")
    for name in (b"two\nlines.txt", b"not\xff.txt"):
        path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118
        path.write_text(direction(), encoding="utf-8")
        assert "give it another" in refusal(path)


def test_a_file_that_is_gone_or_closed_to_us_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of a file is told with its name, and the next one is read."""
    good, closed = tmp_path / "good.txt", tmp_path / "closed.txt"
    good.write_text(direction(), encoding="utf-8")
    closed.write_text(direction(), encoding="utf-8")
    read = Path.read_bytes

    def unless_closed(path: Path) -> bytes:
        if path.name == closed.name:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", unless_closed)
    outcomes = {
        outcome.path.name: outcome
        for outcome in read_many([tmp_path / "gone", closed, good], None, 1)
    }
    assert outcomes["gone"].error.endswith("gone: No such file or directory")
    assert outcomes["closed.txt"].error.endswith("closed.txt: Permission denied")
    assert outcomes["good.txt"].record


def test_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    """A file of a hundred megabytes is refused by its size."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "100,000,000 bytes" in refusal(path)


def test_direction_whose_end_is_cut_off_says_so(tmp_path: Path) -> None:
    """What is there is read, and that no signature follows is told."""
    path = tmp_path / "cut.txt"
    text = direction()
    path.write_text(text[: text.index("5. The Secretary")], encoding="utf-8")
    reasons = [passage.reason for passage in extract(path).unread]
    assert any("cut off" in reason for reason in reasons)


def test_folder_of_many_files_with_one_bad(tmp_path: Path) -> None:
    """Of fifty files of every form, forty-nine are written; the bad one is named, once."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    lines = direction().split("\n")
    forms: dict[str, bytes] = {
        "txt": direction().encode(),
        "pdf": pdf([[line[:400] for line in lines]]),
        "docx": docx([(None, html.escape(line)) for line in lines]),
        "html": f"<html><body><p>{'<p>'.join(html.escape(line) for line in lines)}".encode(),
    }
    for number in range(49):
        form = list(forms)[number % len(forms)]
        (folder / f"{number}.{form}").write_bytes(forms[form])
    (folder / "bad.pdf").write_bytes(forms["pdf"][:700])
    files = sorted(str(path) for path in folder.iterdir())
    result = CliRunner().invoke(extract_command, [*files, "--output", str(out)])
    assert result.exit_code == 1
    assert len(list(out.glob("*.yaml"))) == 49
    assert [line for line in result.stderr.split("\n") if line.startswith("Error")] == [
        line for line in result.stderr.split("\n") if "bad.pdf" in line
    ]
    assert "49 read, 1 refused" in result.stderr


def test_bad_files_do_not_stop_a_good_one(tmp_path: Path) -> None:
    """Each bad file has one line, the good one is written, nothing else is."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    contents: dict[str, bytes] = {
        "bomb.pdf": page_with(packed(100), b"/FlateDecode"),
        "cut.txt": direction().encode() + b"\xff\xfe tail",
        "empty.txt": b"",
        "french.txt": ("Le conseil de la ville a publié hier un rapport. " * 30).encode(),
        "good.txt": direction().encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    arguments = [str(folder / name) for name in contents]
    result = CliRunner().invoke(extract_command, [*arguments, "--output", str(out)])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert [path.name for path in out.iterdir()] == ["good.yaml"]
    for words in ("bomb.pdf unpacks", "cut.txt is not UTF-8", "empty.txt is empty", "English"):
        assert words in result.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a worker here does not share our patch")
def test_a_reader_that_dies_or_fills_the_memory_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ends the process of one file ends that file only."""
    read = Path.read_bytes

    def unless_named(path: Path) -> bytes:
        if path.stem == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        return bytes(4_000_000_000) if path.stem == "fills" else read(path)

    monkeypatch.setattr(Path, "read_bytes", unless_named)
    paths = [tmp_path / f"{name}.txt" for name in ("dies", "fills", "first", "second")]
    for path in paths:
        path.write_text(direction(), encoding="utf-8")
    outcomes = {outcome.path.stem: outcome for outcome in read_many(paths, None, 1)}
    assert "broke off" in outcomes["dies"].error
    assert "more memory" in outcomes["fills"].error
    assert outcomes["first"].record and outcomes["second"].record
