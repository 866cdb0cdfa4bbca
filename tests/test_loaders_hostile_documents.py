"""Files made to fill the memory or the time end in a message, and leave nothing behind."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.commands_extraction import extract_command
from loaders.extraction import extract
from ontology.errors import UnreadableDocument
from tests.small_documents import direction

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
    reasons = [one.reason for one in extract(path).unread]
    assert any("cut off" in reason for reason in reasons)


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
