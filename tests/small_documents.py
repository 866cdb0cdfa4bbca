"""Documents made by hand for tests: the texts are our own, in the style of the genre."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache

from data.reading import RecordFile
from loaders.candidate import Candidate
from loaders.claims import Claim, read_claims
from loaders.extraction import extract_text
from loaders.fact_kinds import FREE_TEXT
from loaders.text_of_file import text_of
from ontology.identifiers import short

DIRECTION = """\
STATUTORY DIRECTION TO {title} IN RELATION TO CHILDREN'S SERVICES UNDER SECTION 497A(4B) OF THE \
EDUCATION ACT 1996

WHEREAS:

1. The Secretary of State for Education ("the Secretary of State") has noted in respect of \
{council} ("the Council") that services are weak, as detailed in Ofsted's inspection report of \
{report} ("the Ofsted report").
2. The Secretary of State has carefully considered the Ofsted report, which found children's \
services to be 'inadequate' overall. Leadership, management and governance was 'inadequate'.
3. The Secretary of State is satisfied that the Council is failing to perform to an adequate \
standard some of the functions to which section 497A of the Education Act 1996 ("the 1996 Act") is \
applied by section 50 of the Children Act 2004, namely:
 a. the functions conferred on the Council under sections 10 and 12 of the Children Act 2004.

NOW THEREFORE:

4. Pursuant to her powers under section 497A(4B) of the 1996 Act, the Secretary of State directs \
the Council as follows:
 a. To comply with any instructions of the Secretary of State;
 b. To co-operate with the Secretary of State's advisers, including on request allowing the \
advisers at all reasonable times access to:
  i. any premises of the Council; and
  ii. any document of the Council,
which appears to them to be necessary;
 c. To prepare an improvement plan by {due}.
5. The Secretary of State revokes the direction issued to the Council dated {earlier}.
6. This direction will remain in force until it is revoked by the Secretary of State.

Signed on behalf of the Secretary of State for Education

ALEX EXAMPLE
A Senior Civil Servant in the Department for Education
Dated: {signed}
"""

PLAIN = {
    "title": "SUFFOLK COUNTY COUNCIL",
    "council": "Suffolk County Council",
    "report": "3 February 2015",
    "due": "1 September 2015",
    "earlier": "9 May 2014",
    "signed": "20 April 2015",
}
"""Values that make the direction whole."""


def direction(**changed: str) -> str:
    """Return the direction with some values changed."""
    return DIRECTION.format(**{**PLAIN, **changed})


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF that shows lines of text on its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escaped(line)}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 10 Tf 50 800 Td {shown} ET"
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _escaped(line: str) -> str:
    """Return a line as a PDF string holds it."""
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def docx(paragraphs: Sequence[tuple[int | None, str]], **parts: str) -> bytes:
    """Return a Word document; a paragraph has a level of the list, or none."""
    body = "".join(
        "<w:p>"
        + (
            ""
            if level is None
            else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        )
        + f"<w:r><w:t>{words}</w:t></w:r></w:p>"
        for level, words in paragraphs
    )
    content = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": NUMBERING,
        **{name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def candidate(text: str) -> Candidate:
    """Return the candidate of a text."""
    return extract_text(text_of(text.encode(), "a.txt"))


def claims(found: Candidate) -> list[Claim]:
    """Return the claims of a candidate."""
    return list(read_claims(RecordFile("a.yaml", "", found.record)))


@cache
def facts(text: str) -> frozenset[tuple[str, str, str]]:
    """Return the facts of a text: thing, property and value; not words that a reviewer changes."""
    return frozenset(
        (short(str(one.about)), short(str(one.property)).partition("#")[2], short(one.key))
        for one in claims(candidate(text))
        if one.property not in FREE_TEXT
    )


def wrapped(line: str, width: int) -> list[str]:
    """Return a line broken at spaces."""
    found = [""]
    for word in line.split(" "):
        if len(found[-1]) + len(word) > width and found[-1].strip():
            found.append("")
        found[-1] += f"{word} "
    return [one.rstrip() for one in found]
