"""Read the text of a PDF, page by page."""

import logging
import struct
import time
import zlib
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from loaders.documents.files.limits import ReadingLimits
from loaders.documents.files.marks import text_and_asides
from loaders.documents.files.pdf_page import page_text
from loaders.documents.text.placed import Page
from ontology.errors import UnreadableDocument

_ENCRYPTION = b"/Encrypt"
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What a damaged file makes the PDF library raise; it checks little of what the file says."""

_FEWEST_CHARACTERS = 20
"""Characters on an average page below which a PDF is taken for a scan."""


def pdf_pages(content: bytes, name: str, limits: ReadingLimits) -> tuple[list[str], list[Page]]:
    """Return the text of each page, with marks around what does not stand or is not read.

    Out: the words of each page with their places besides.

    Raises: UnreadableDocument for a PDF that is encrypted, broken, scanned or beyond a limit.
    """
    # The library tells of every small fault of a file; what matters is raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with apply_configuration(
            array_based_stream_maximum_output_length=limits.unpacked_bytes,
            lzw_maximum_output_length=limits.unpacked_bytes,
            run_length_maximum_output_length=limits.unpacked_bytes,
            zlib_maximum_output_length=limits.unpacked_bytes,
        ):
            pages, placed = _pages(content, name, limits)
    except (DependencyError, FileNotDecryptedError):
        # An encryption that the library needs another one for is refused, password or not.
        raise _encrypted(name) from None
    except (LimitReachedError, MemoryError):
        raise UnreadableDocument(
            f"{name} unpacks to more than a document may hold, or is nested too deeply; "
            "open it and print it to a new PDF"
        ) from None
    except _BROKEN as error:
        if _ENCRYPTION in content:
            # It said another way than it was encrypted in: what came out is no PDF.
            raise _encrypted(name) from None
        raise UnreadableDocument(
            f"{name} is a PDF that cannot be read ({type(error).__name__}: {error}); "
            "open it and save it anew"
        ) from None
    if sum(len(text_and_asides(page)[0].strip()) for page in pages) < _FEWEST_CHARACTERS * len(
        pages
    ):
        raise UnreadableDocument(
            f"{name} is a PDF without text, probably scanned; run text recognition (OCR) on it"
        )
    return pages, placed


def _pages(content: bytes, name: str, limits: ReadingLimits) -> tuple[list[str], list[Page]]:
    """Return the text of each page, within the limits of number, time and length."""
    begin = time.process_time()
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(name)
    number = len(reader.pages)
    if not number:
        raise UnreadableDocument(f"{name} is a PDF without pages")
    if number > limits.pages:
        raise UnreadableDocument(f"{name} has {number} pages; at most {limits.pages} are read")
    pages: list[str] = []
    placed: list[Page] = []
    pictures: set[object] = set()
    for page in reader.pages:
        text, words = page_text(page, pictures)
        pages.append(_clean(text))
        placed.append(words)
        if time.process_time() - begin > limits.pdf_seconds:
            raise UnreadableDocument(
                f"{name}: reading took longer than {limits.pdf_seconds:g} s, stopped after page "
                f"{len(pages)} of {number}"
            )
        if sum(map(len, pages)) > limits.characters:
            raise UnreadableDocument(
                f"{name} has more than {limits.characters:,} characters; no more are read"
            )
    return pages, placed


def _clean(text: str) -> str:
    """Return a page's text that can be stored as UTF-8, with no page break of its own."""
    stored = text.encode("utf-8", "replace").decode("utf-8")
    return stored.replace("\f", "\n").replace("\0", "")


def _encrypted(name: str) -> UnreadableDocument:
    return UnreadableDocument(f"{name} is encrypted; save a copy without a password")
