"""Read a document of any accepted form into one fixed text, in which every passage is counted."""

import hashlib
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from loaders.documents.files.first_words import is_web_archive, is_web_page
from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.files.marks import Aside, text_and_asides
from loaders.documents.text.placed import Page
from ontology.errors import UnreadableDocument

_PAGE_BREAK = "\f"
_HEAD_BYTES = 1024

_FOREIGN_FORMS: dict[bytes, str] = {
    b"\xd0\xcf\x11\xe0": "an old Word or Office file; save it as DOCX or PDF",
    b"{\\rtf": "an RTF file; save it as DOCX or PDF",
    b"GIF8": "a picture; run text recognition on it and give the text",
    b"\x89PNG": "a picture; run text recognition on it and give the text",
    b"\xff\xd8\xff": "a picture; run text recognition on it and give the text",
    b"II*\x00": "a picture; run text recognition on it and give the text",
    b"MM\x00*": "a picture; run text recognition on it and give the text",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"\xff\xfe": "text in UTF-16; save it as UTF-8",
    b"\xfe\xff": "text in UTF-16; save it as UTF-8",
}
"""First bytes of forms that are not read, and what to do about each."""

_PASSWORD_SIGN = "EncryptedPackage".encode("utf-16-le")
"""What an Office file holds that is locked with a password; its outside is that of an old one."""

_COMMON_WORDS = frozenset(
    {"the", "of", "and", "to", "in", "a", "that", "for", "is", "was", "on", "be", "by", "with"}
    | {"as", "are", "have", "has", "were", "this", "from", "not"}
)
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters of a name that a record cannot hold on one line, or in UTF-8 at all."""

_FEWEST_WORDS = 60
_LEAST_COMMON_SHARE = 0.12
"""Share of common words under which a text is not taken as English; English has about a third."""


@dataclass(frozen=True)
class FixedText:
    """The text of a document as read; every range of characters counts in it.

    In: `asides` are what the file holds besides, such as words struck out, with their places;
    `placed` the words of each page with theirs, where the form tells them.
    """

    name: str
    text: str
    form: str
    asides: tuple[Aside, ...] = ()
    placed: tuple[Page, ...] = field(default=(), repr=False)

    @property
    def file(self) -> str:
        """Name of the file that holds the fixed text: the document itself if it is plain text."""
        return self.name if self.form == "text" else f"{PurePath(self.name).stem}.txt"

    @property
    def sha256(self) -> str:
        """SHA-256 of the fixed text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def page_starts(self) -> list[int]:
        """Where each page begins; one page where the form has none."""
        breaks = (match.end() for match in re.finditer(_PAGE_BREAK, self.text))
        return [0, *breaks]


def read_document(path: Path, limits: ReadingLimits = LIMITS) -> FixedText:
    """Return the text of a file.

    Raises: UnreadableDocument, saying what is wrong and what to do.
    """
    if _NO_NAME.search(path.name):
        name = ascii(path.name)
        raise UnreadableDocument(f"{name} has a name that cannot be written down; give it another")
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableDocument(f"{path.name} is a folder; give the files in it")
    # A pipe or a device may give nothing for ever, or never end.
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument(f"{path.name} is no file on a disk; save what it gives as a file")
    size = status.st_size
    if size > limits.file_bytes:
        raise UnreadableDocument(
            f"{path.name} has {size:,} bytes; at most {limits.file_bytes:,} are read"
        )
    return text_of(path.read_bytes(), path.name, limits)


def text_of(content: bytes, name: str, limits: ReadingLimits = LIMITS) -> FixedText:
    """Return the text of a file's content; its form is told by its first bytes, then by its name.

    Raises: UnreadableDocument, saying what is wrong and what to do.
    """
    if not content.strip():
        raise UnreadableDocument(f"{name} is empty")
    form, read, placed = _read(content, name, limits)
    # Plain text has no words beside it, and is the file itself to the last character.
    text, asides = (read, ()) if form == "text" else text_and_asides(read)
    if not text.strip():
        raise UnreadableDocument(f"{name} holds no text")
    if len(text) > limits.characters:
        raise UnreadableDocument(
            f"{name} has {len(text):,} characters; at most {limits.characters:,} are read"
        )
    # No rule was made for it, and some would take hours.
    if re.search(rf"\S{{{limits.word_characters + 1}}}", text):
        raise UnreadableDocument(
            f"{name} has a word of more than {limits.word_characters:,} characters; take out what "
            "is no text, such as a picture written as letters"
        )
    if not is_english(text):
        raise UnreadableDocument(f"{name} does not read as English; only English is read")
    return FixedText(name, text, form, asides, placed)


def _read(content: bytes, name: str, limits: ReadingLimits) -> tuple[str, str, tuple[Page, ...]]:
    head = content[:_HEAD_BYTES]
    if _PASSWORD_SIGN in content and head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument(f"{name} is encrypted; save a copy without a password")
    for start, advice in _FOREIGN_FORMS.items():
        if head.startswith(start):
            raise UnreadableDocument(f"{name} is {advice}")
    # What reads a form takes longer to import than a short text takes to read.
    if b"%PDF-" in head:
        from loaders.documents.files.pdf import pdf_pages

        pages, placed = pdf_pages(content, name, limits)
        return "pdf", _PAGE_BREAK.join(pages), tuple(placed)
    if head.startswith(b"PK"):
        from loaders.documents.files.docx import docx_text

        return "docx", docx_text(content, name, limits), ()
    if is_web_archive(head):
        from loaders.documents.files.web_archive import web_archive_text

        return "html", web_archive_text(content, name, limits), ()
    text = _decoded(content, name)
    if is_web_page(text) or PurePath(name).suffix.casefold() in {".html", ".htm", ".xhtml"}:
        from loaders.documents.files.html import html_text

        return "html", html_text(text, name, limits), ()
    return "text", text, ()


def _decoded(content: bytes, name: str) -> str:
    """Return plain text from its bytes.

    Raises: UnreadableDocument for a binary file, and for text that is not UTF-8.
    """
    if b"\0" in content:
        raise UnreadableDocument(f"{name} is a binary file; give text, PDF, HTML or DOCX")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{name} is not UTF-8 at byte {error.start}; save the text as UTF-8"
        ) from None
    strange = len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f]", text))
    if strange > len(text) // 100:
        raise UnreadableDocument(f"{name} is a binary file; give text, PDF, HTML or DOCX")
    return text


def is_english(text: str) -> bool:
    """Return whether a text reads as English; a very short one is given the benefit of the doubt.

    >>> is_english("Le rapport " * 60)
    False
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < _FEWEST_WORDS:
        return True
    return sum(word in _COMMON_WORDS for word in words) >= _LEAST_COMMON_SHARE * len(words)
