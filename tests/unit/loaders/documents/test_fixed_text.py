"""Every form of file becomes one fixed text, or is refused with a message that helps."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from loaders.documents.files.fixed_text import read_document, text_of
from loaders.documents.files.limits import LIMITS
from loaders.documents.layout.furniture import furniture_of
from loaders.documents.text.view import view_of
from ontology.errors import UnreadableDocument
from tests.fixtures.documents.small_documents import direction, docx, pdf

GERMAN = "Der Bericht wurde am Montag gelesen und nicht verstanden. " * 20


def refusal(content: bytes, name: str = "x.pdf", **limits: int) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(UnreadableDocument) as caught:
        text_of(content, name, replace(LIMITS, **limits))
    return str(caught.value)


def written(writer: PdfWriter) -> bytes:
    """Return the bytes of a PDF."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_plain_text_is_kept_as_it_is() -> None:
    """Line ends and spaces stay: the ranges of the records count in the file itself."""
    content = "One.\r\n\r\n  Two – “three”.\n".encode()
    read = text_of(content, "a.txt")
    assert read.text.encode() == content
    assert read.sha256 == hashlib.sha256(content).hexdigest()
    assert read.file == "a.txt"


def test_pdf_keeps_its_pages() -> None:
    """Pages are parted by a form feed, and the text is kept under a name of its own."""
    read = text_of(pdf([["First page of the report"], ["Second page of the report"]]), "a.pdf")
    assert [part.strip() for part in read.text.split("\f")] == [
        "First page of the report",
        "Second page of the report",
    ]
    assert (read.form, read.file, len(read.page_starts)) == ("pdf", "a.txt", 2)


def test_web_page_shows_numbers_of_lists_and_no_scripts() -> None:
    """What a reader of the page sees is read."""
    page = b"<html><head><script>x()</script></head><body><nav>Menu</nav><ol><li>One<ol type=a>"
    page += b"<li>Deep</ol><li>Two</ol></body></html>"
    assert text_of(page, "a.html").text.split() == ["1.", "One", "a.", "Deep", "2.", "Two"]
    styled = b"<html><style>ol.s{list-style-type:lower-roman}</style><ol start=6><li>One"
    styled += (
        b"<ol class=s><li>Deep<ol><li>Low</ol></ol><ol><li>Next<li>Last</ol><li>Two</ol></html>"
    )
    words = text_of(styled, "a.html").text.split()
    assert words == [
        "6.",
        "One",
        "i.",
        "Deep",
        "1.",
        "Low",
        "6.1",
        "Next",
        "6.2",
        "Last",
        "7.",
        "Two",
    ]


def test_word_document_shows_the_numbers_that_word_makes() -> None:
    """Automatic numbers are counted as Word counts them."""
    content = docx([(None, "Title"), (0, "One"), (1, "Deep"), (1, "Deeper"), (0, "Two")])
    lines = text_of(content, "a.docx").text.split("\n")
    assert lines == ["Title", "1. One", "(a) Deep", "(b) Deeper", "2. Two"]


def test_box_in_a_word_document_is_a_paragraph_of_its_own() -> None:
    """What stands in a box is read once, though the file holds it twice, for older programs too."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = f'<m:X xmlns:m="{compatible}"><m:Choice>{box}</m:Choice>'
    twice += f"<m:Fallback>{box}</m:Fallback></m:X>"
    content = docx([(None, f"Before </w:t></w:r><w:r>{twice}</w:r><w:r><w:t>and after")])
    assert text_of(content, "a.docx").text.split("\n") == ["Before and after", "In a box"]


def test_words_moved_by_a_reviser_are_read_where_they_went() -> None:
    """The place from which they were moved holds them no more."""
    moved = "<w:{0}><w:r><w:t>moved </w:t></w:r></w:{0}>"
    body = f"One </w:t></w:r>{moved.format('moveFrom')}<w:r><w:t>and </w:t></w:r>"
    body += f"{moved.format('moveTo')}<w:r><w:t>two"
    assert text_of(docx([(None, body)]), "a.docx").text == "One and moved two"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n", "a.txt", "empty"),
        (b"ab\0cd", "a.txt", "binary"),
        (b"Caf\xe9 au lait", "a.txt", "not UTF-8 at byte 3"),
        ("text".encode("utf-16"), "a.txt", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "picture"),
        (b"\xd0\xcf\x11\xe0old", "a.doc", "old Word"),
        (b"PK\x03\x04broken", "a.docx", "archive"),
        (b"%PDF-1.4 and nothing", "a.pdf", "cannot be read"),
        (b"<html><body><script>only()</script></body></html>", "a.html", "no text"),
        (GERMAN.encode(), "a.txt", "English"),
    ],
)  # fmt: skip
def test_bad_file_is_refused(content: bytes, name: str, expected: str) -> None:
    """The message names the file and says what is wrong."""
    message = refusal(content, name)
    assert name in message
    assert expected in message


def test_scan_is_refused_with_advice() -> None:
    """A PDF of pictures has no text; what to do is said."""
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    assert "OCR" in refusal(written(writer))


def test_encrypted_pdf_is_refused() -> None:
    """A password cannot be guessed."""
    writer = PdfWriter(io.BytesIO(pdf([["Some words of a report that is long enough"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    assert "encrypted" in refusal(written(writer))


def test_encryption_that_cannot_be_undone_is_refused() -> None:
    """It asks for no password, but says another way than it was encrypted in: no words come out."""
    writer = PdfWriter(io.BytesIO(pdf([["Some words of a report that is long enough"]])))
    writer.encrypt("", algorithm="RC4-128")
    marks = writer._encrypt_entry
    assert marks is not None
    way = DictionaryObject({NameObject("/CFM"): NameObject("/AESV2")})
    marks[NameObject("/CF")] = DictionaryObject({NameObject("/StdCF"): way})
    marks[NameObject("/V")] = marks[NameObject("/R")] = NumberObject(4)
    marks[NameObject("/StmF")] = marks[NameObject("/StrF")] = NameObject("/StdCF")
    told = refusal(written(writer))
    assert "encrypted" in told or "without text" in told


def test_limits_of_size_pages_and_characters(tmp_path: Path) -> None:
    """Each limit stops the reading with a message of its own."""
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 1000)
    with pytest.raises(UnreadableDocument, match="1,000 bytes"):
        read_document(path, replace(LIMITS, file_bytes=999))
    assert "2 pages" in refusal(pdf([["a"], ["b"]]), pages=1)
    assert "characters" in refusal(b"word " * 100, "a.txt", characters=50)


def test_bomb_is_refused() -> None:
    """A small file that unpacks to a large one is stopped."""
    bomb = docx([(None, "x" * 100_000)])
    assert len(bomb) < 5000
    assert "unpacks to more" in refusal(bomb, "a.docx", unpacked_bytes=50_000)


def test_entities_in_a_word_document_are_refused() -> None:
    """An entity that names itself many times would fill the memory."""
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "as Word writes it" in refusal(docx([(None, "a")], word__styles_xml=evil), "a.docx")


def test_furniture_is_left_out_and_ranges_stay() -> None:
    """Page numbers, running heads and dates of publication are no part of a sentence."""
    pages = [
        ["Report on services", f"The council must act {number} and", f"{number}"]
        for number in range(1, 5)
    ]
    read = text_of(pdf(pages), "a.pdf")
    kinds = {read.text[piece.start : piece.end].strip(): piece.kind for piece in furniture_of(read)}
    assert kinds["Report on services"] == "running head"
    assert kinds["4"] in {"running head", "page number"}
    text = "a sentence with\n\nPublished: 5 August 2016\n\nits end.\n\nPage 2 of 3\n"
    plain = text_of(text.encode(), "a.txt")
    assert [piece.kind for piece in furniture_of(plain)] == ["published", "page number"]


def test_direction_has_no_furniture() -> None:
    """What belongs to a document is not taken for the page."""
    assert furniture_of(text_of(direction().encode(), "a.txt")) == []


@given(st.text(alphabet="ab -\n\f’“–\ufb01\u00ad\xa0", max_size=60))
def test_view_leads_back_to_the_text(text: str) -> None:
    """Every character of the view stands at its place in the text, in order."""
    view = view_of(text, [(0, len(text))])
    assert list(view.origin) == sorted(view.origin)
    kept = (character for character in view.text if character not in "'\"-fi ")
    places = zip(view.text, view.origin, strict=True)
    assert "".join(text[at] for letter, at in places if letter not in "'\"-fi ") == "".join(kept)
    assert "  " not in view.text


@given(st.text(alphabet="abc de,….\n", min_size=3, max_size=300))
def test_passage_matches_its_place(text: str) -> None:
    """The words of a passage are found where it says, also where they are shortened."""
    view = view_of(text, [(0, len(text))])
    if view.text.strip():
        passage = view.passage("1", 0, len(view.text))
        assert passage.matches(text)
        assert len(passage.words or "") <= 120
