"""What is struck out, hidden or noted in a file is no text of it, and is listed; all is made up."""

from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from ontology.errors import UnreadableDocument
from tests.fixtures.documents.small_documents import W, direction, docx, pdf
from tests.fixtures.guards import replaced

END = " of the plan that the council sent to the county and to the inspectors of it"


def read(content: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file, and what stands beside it."""
    found = text_of(content, name)
    return found.text, [aside.reason for aside in found.asides]


def run(properties: str, words: str) -> str:
    """Return the end of one run of Word, another with properties, and the beginning of a third."""
    style = f"<w:rPr>{properties}</w:rPr>"
    return f"</w:t></w:r><w:r>{style}<w:t>{words}</w:t></w:r><w:r><w:t>"


@pytest.mark.parametrize(
    ("properties", "manner"),
    [
        ("<w:strike/>", "struck out"),
        ("<w:dstrike w:val='true'/>", "struck out"),
        ("<w:vanish/>", "hidden"),
        ("<w:rStyle w:val='Gone'/>", "struck out"),
        ("<w:strike w:val='0'/>", ""),
        ("<w:b/>", ""),
    ],
)
def test_words_of_word_that_do_not_stand(properties: str, manner: str) -> None:
    """By the property of a run or by its style; a property that is off strikes nothing."""
    styles = f"<w:styles {W}><w:style w:type='character' w:styleId='Old'><w:rPr><w:strike/></w:rPr>"
    styles += "</w:style><w:style w:styleId='Gone'><w:basedOn w:val='Old'/></w:style></w:styles>"
    content = docx([(None, f"by {run(properties, '1 May ')}2 May")], word__styles_xml=styles)
    text, asides = read(content, "a.docx")
    if manner:
        assert (text, asides) == ("by 2 May", [f'{manner}: "1 May"'])
    else:
        assert (text, asides) == ("by 1 May 2 May", [])


def test_raised_digits_are_no_part_of_a_year() -> None:
    """In Word, in a page and in plain text; a raised ending of a day stays."""
    raised = run('<w:vertAlign w:val="superscript"/>', "3")
    assert read(docx([(None, f"2 May 2015{raised}.")]), "a.docx")[0] == "2 May 2015³."
    page = "<html><body><p>1<sup>st</sup> May 2015<sup><a>12</a></sup></p></body></html>"
    assert read(page.encode(), "a.html")[0] == "1st May 2015¹²"
    record = extract_text(text_of(direction(signed="20 April 2015³").encode(), "a.txt")).record
    assert [time.date for time in record.directions[-1].signed] == ["2015-04-20"]


@pytest.mark.parametrize(
    ("page", "text", "asides"),
    [
        ("by <del>1 May</del> <ins>2 May</ins>", "by 2 May", ['struck out: "1 May"']),
        ("by <span hidden>1 <span>May</span></span>2 May", "by 2 May", ['hidden: "1 May"']),
        ("by <i style='display : NONE'>1 May</i> 2 May", "by 2 May", ['hidden: "1 May"']),
        (
            "<style>p.a, .old { text-decoration:line-through}</style>by <i class='x old'>1 May</i>"
            " 2 May",
            "by 2 May",
            ['struck out: "1 May"'],
        ),
        ("by <s>1 May <input value='x'></s>2 May", "by 2 May", ['struck out: "1 May"']),
        ("on <input value='2 May'><input type=hidden value=no>", "on 2 May", []),
        ("<p hidden>1 May<p>by 2 May", "by 2 May", ['hidden: "1 May"']),
        ("by <b>2</b> May <![if !x]>now<![endif]>", "by 2 May now", []),
        ("by 2 May <![", "by 2 May", []),
        ("<form>by 2 May</form>", "by 2 May", []),
    ],
)
def test_words_of_a_page_that_do_not_stand(page: str, text: str, asides: list[str]) -> None:
    """What a browser shows is read; the rest is listed with why."""
    found, beside = read(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert (" ".join(found.split()), beside) == (text, asides)


@pytest.mark.parametrize(
    "head",
    [
        "<!-- saved --><!DOCTYPE html><html>",
        "\ufeff<html>",
        "<!--a--> <!--b--><html lang=en>",
        '<?xml version="1.0"?><!-- c --><html>',
        "<head><title>x</title></head>",
    ],
)
def test_page_is_told_by_its_beginning(head: str) -> None:
    """Comments and a mark of order before it change nothing."""
    found = text_of(f"{head}<body><p>One<p>Two".encode(), "page")
    assert (found.form, found.text) == ("html", "One\nTwo")


def test_saved_page_with_its_parts_is_read() -> None:
    """A web archive is a message whose first part is the page."""
    head = b"From: <Saved by a made-up browser>\r\nMIME-Version: 1.0\r\nContent-Type: "
    head += b'multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8'
    head += b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>One =C2=A35"
    assert text_of(head + b"</p></body></html>\r\n--B--\r\n", "a.mhtml").text == "One £5"
    with pytest.raises(UnreadableDocument, match="without a page"):
        text_of(b"MIME-Version: 1.0\nContent-Type: image/png\n\nxx", "b.mhtml")


def test_notes_and_edges_of_word_are_listed() -> None:
    """A footnote and a header are no text of the paragraphs, and are not lost."""
    note = f"<w:footnotes {W}><w:footnote w:id='2'><w:p><w:r><w:t>A note{END}</w:t></w:r></w:p>"
    note += "</w:footnote></w:footnotes>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    relations += f'<Relationship Id="a" Type="{office}/header" Target="top.xml"/></Relationships>'
    content = docx(
        [(None, "Words</w:t><w:footnoteReference w:id='2'/><w:t> go on")],
        word__footnotes_xml=note,
        word__top_xml=f"<w:hdr {W}><w:p><w:r><w:t>Draft of 3 May</w:t></w:r></w:p></w:hdr>",
        **{"word___rels__document_xml.rels": relations},
    )
    text, asides = read(content, "a.docx")
    assert text == "Words go on"
    assert [aside.partition(":")[0] for aside in asides] == ["a footnote", "a header or footer"]
    assert "A note" in asides[0] and "Draft of 3 May" in asides[1]


NUMBERED = replaced(
    """<w:numbering {W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:pStyle w:val="Top"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="List"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="7"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>""",
    "{W}",
    W,
)
LIST_STYLES = f"""<w:styles {W}><w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr>
<w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Top"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
</w:style><w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Top"/></w:style>
<w:style w:type="paragraph" w:styleId="Low"><w:basedOn w:val="Top"/><w:pPr><w:numPr>
<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""


def numbered(*properties: str) -> list[str]:
    """Return the labels of paragraphs with some properties."""
    body = "".join(
        f"<w:p><w:pPr>{each}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>" for each in properties
    )
    content = docx(
        [],
        word__numbering_xml=NUMBERED,
        word__styles_xml=LIST_STYLES,
        word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>",
    )
    return [line.removesuffix("x").strip() for line in read(content, "a.docx")[0].split("\n")]


def item(number: int, level: int = 0) -> str:
    """Return the properties of an item of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def styled(name: str) -> str:
    """Return the properties of a paragraph of a style."""
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("properties", "labels"),
    [
        ([item(1), item(1, 1), item(2), item(2, 1)], ["1.", "1(a)", "2.", "2(a)"]),
        ([item(1), item(3), item(3), item(1)], ["1.", "7.", "8.", "9."]),
        ([item(4), item(4, 1), item(1)], ["1.", "1(a)", "2."]),
        (
            [styled("Own"), styled("Low"), styled("Low"), styled("Top")],
            ["1.", "1(a)", "1(b)", "2."],
        ),
        ([styled("Own"), styled("Own") + item(0), styled("Own")], ["1.", "", "2."]),
        ([item(1), item(1) + "<w:rPr><w:vanish/></w:rPr>", item(1)], ["1.", "2.", "3."]),
    ],
)
def test_numbers_are_those_that_word_shows(properties: list[str], labels: list[str]) -> None:
    """Lists of one definition go on, one with its own first number begins there; styles inherit."""
    assert numbered(*properties) == labels


def test_paragraph_that_was_deleted_takes_no_number() -> None:
    """Its words are listed."""
    gone = item(1) + "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = f"<w:p><w:pPr>{item(1)}</w:pPr><w:r><w:t>One</w:t></w:r></w:p><w:p><w:pPr>{gone}</w:pPr>"
    body += "<w:del><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>"
    body += f"<w:p><w:pPr>{item(1)}</w:pPr><w:r><w:t>Two</w:t></w:r></w:p>"
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    text, asides = read(docx([], word__document_xml=document), "a.docx")
    assert (text.split(), asides) == (["1.", "One", "2.", "Two"], ['deleted: "Old"'])


def repacked(content: bytes, packing: int, **renamed: str) -> bytes:
    """Return an archive packed in another way, or with other names of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", packing) as new:
        for name in old.namelist():
            new.writestr(
                renamed.get(name.replace("/", "__").replace(".", "_"), name), old.read(name)
            )
    return out.getvalue()


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED])
def test_archive_of_word_packed_otherwise(packing: int) -> None:
    """It is read; a damaged one is refused with its name, whatever packed it."""
    content = repacked(docx([(None, f"Words{END}")]), packing)
    assert read(content, "a.docx")[0] == f"Words{END}"
    at = content.index(b"word/document.xml") + 40
    with pytest.raises(UnreadableDocument, match=r"a\.docx"):
        text_of(content[:at] + bytes(60) + content[at + 60 :], "a.docx")


def test_word_document_of_other_names_and_namespaces() -> None:
    """Strict Open XML, parts in UTF-16, and a main part of another name are what they are."""
    plain = docx([(0, f"Words{END}")])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    own = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = "word/document.xml"
    in_strict = replaced(parts[main], own, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    strict = {name: text.encode() for name, text in (parts | {main: in_strict}).items()}
    wide = {name: text.encode("utf-16") for name, text in parts.items()}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    relations += (
        f'<Relationship Id="a" Type="{office}/officeDocument" Target="/word/document2.xml"/>'
    )
    other = {name: text.encode() for name, text in parts.items() if name != main}
    other["word/document2.xml"] = parts[main].encode()
    other["_rels/.rels"] = f"{relations}</Relationships>".encode()
    for archive_parts in (strict, wide, other):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in archive_parts.items():
                archive.writestr(name, content)
        assert read(out.getvalue(), "a.docx")[0] == f"1. Words{END}"


@pytest.mark.parametrize(
    ("part", "told"),
    [("content.xml", "OpenDocument"), ("xl/workbook.xml", "workbook"), ("x", "without a Word")],
)
def test_other_archive_is_named(part: str, told: str) -> None:
    """What is no Word document is refused for what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "<x/>")
    with pytest.raises(UnreadableDocument, match=told):
        text_of(out.getvalue(), "a.docx")


LINES = ["A page of a made-up report that is long enough", "Dated:", "by 1 May 2015 it is done"]


def written(*annotations: DictionaryObject) -> bytes:
    """Return a PDF of three lines, from y = 800 down in steps of 14, with annotations."""
    writer = PdfWriter(io.BytesIO(pdf([LINES])))
    for annotation in annotations:
        writer.add_annotation(0, annotation)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def annotation(kind: str, box: tuple[int, int, int, int], **more: str) -> DictionaryObject:
    """Return an annotation in a box."""
    keys = {f"/{name}": TextStringObject(words) for name, words in more.items()}
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): ArrayObject(map(FloatObject, box)),
            **{NameObject(key): words for key, words in keys.items()},
        }
    )


def test_words_over_a_page_are_read_where_they_lie() -> None:
    """A filled field and a free text complete the line that they stand on."""
    field = annotation("/Widget", (95, 784, 200, 798), V="20 April 2015")
    field[NameObject("/FT")] = NameObject("/Tx")
    note = FreeText(text="3 May 2015", rect=(95, 784, 200, 798))
    for each in (field, note):
        text, asides = read(written(each), "a.pdf")
        assert ("Dated: " in text and "2015\nby 1 May" in text, asides) == (True, [])


def test_line_that_is_struck_out_is_listed() -> None:
    """By an annotation, or by a line that is drawn through it; one drawn below it is no matter."""
    struck = annotation("/StrikeOut", (50, 770, 300, 781))
    drawn = written()
    for content in (written(struck), _drawn(drawn, 775.5)):
        text, asides = read(content, "a.pdf")
        assert "by 1 May" not in text
        assert asides == ['struck out: "by 1 May 2015 it is done"']
    assert read(_drawn(drawn, 770.5), "a.pdf")[1] == []


def _drawn(content: bytes, height: float) -> bytes:
    """Return a PDF with a line drawn across its page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    contents = writer.pages[0].get_contents()
    assert contents is not None
    contents.set_data(contents.get_data() + f"\n50 {height} m 200 {height} l S".encode())
    writer.pages[0][NameObject("/Contents")] = writer._add_object(contents)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_stamp_is_named_and_broken_annotation_is_no_end() -> None:
    """What only an eye can read is listed; so is what cannot be placed."""
    broken = annotation("/FreeText", (0, 0, 1, 1), Contents="x")
    broken[NameObject("/Rect")] = ArrayObject([TextStringObject("a")])
    stamp = annotation("/Stamp", (95, 784, 200, 798))
    asides = read(written(stamp, broken), "a.pdf")[1]
    assert [aside.partition(":")[0] for aside in asides] == ["a note on the page"] * 2


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encryption_that_needs_no_password_is_undone(algorithm: str) -> None:
    """Anyone may open it, and so may we; an owner's password guards no reading."""
    writer = PdfWriter(io.BytesIO(pdf([LINES])))
    writer.encrypt("", "an owner's", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert "A page of a made-up report" in read(out.getvalue(), "a.pdf")[0]


def test_locked_office_file_is_called_encrypted() -> None:
    """Its outside is that of an old file of Office."""
    content = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableDocument, match="encrypted"):
        text_of(content, "a.docx")


def test_word_of_no_document_is_refused_at_once() -> None:
    """A picture written as letters would keep every rule busy."""
    with pytest.raises(UnreadableDocument, match="a word of more than 2,000"):
        text_of(f"{direction()} {'x' * 2001}".encode(), "a.txt")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("20. April 2015", "2015-04-20"),
        ("20 April 15", "2015-04-20"),
        ("20 April '15", "2015-04-20"),
        ("20-4-15", "2015-04-20"),
        ("20.4.15", "2015-04-20"),
        ("20-Apr-2015", "2015-04-20"),
        ("April the 20th, 2015", "2015-04-20"),
    ],
)
def test_days_as_they_are_written_in_britain(words: str, edtf: str) -> None:
    """Each is the day of the signature, and nothing is listed."""
    found = extract_text(text_of(direction(signed=words).encode(), "a.txt"))
    assert [time.date for time in found.record.directions[-1].signed] == [edtf]
    assert not [left.reason for left in found.unread if "signature" in left.reason]


@pytest.mark.parametrize("words", ["illegible", "20 Aprril 2015", "see the seal"])
def test_day_that_cannot_be_read_is_listed(words: str) -> None:
    """The line says a day, and no rule knows it."""
    found = extract_text(text_of(direction(signed=words).encode(), "a.txt"))
    assert found.record.directions[-1].signed == []
    assert "Not read: the date of the signature." in [left.reason for left in found.unread]
