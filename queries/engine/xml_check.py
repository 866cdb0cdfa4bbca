"""Let no answer in XML leave that a reader of XML cannot read, or reads as something else.

XML has no way to say most control characters, and RDF/XML none to say a property whose address does
not end in a name. The engine writes both all the same.
"""

import re
from typing import Protocol
from xml.parsers import expat

from ontology.errors import QueryRefused
from queries.engine.interface import GRAPH_FORMATS, TABLE_FORMATS

RDF_XML = "application/rdf+xml"
_XML = RDF_XML, "application/sparql-results+xml"
# takes: "\x01"
# leaves: "\t"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RETURN, _RETURN_IN_XML = b"\r", b"&#13;"
"""A reader of XML takes a return for the end of a line, unless it is written as a number. No format
of ours has one of its own, so each is of a text."""


class Output(Protocol):
    """Where an answer is written, and which may end it early by an error of its own."""

    def write(self, chunk: bytes, /) -> int:
        """Take a chunk and return its length."""
        ...


class XmlCheck:
    """Passes XML on as it is written, after reading it."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def write(self, chunk: bytes, /) -> int:
        """Take a chunk and return its length.

        Raises: QueryRefused for what XML cannot say; what the output raises.
        """
        written = bytes(chunk).replace(_RETURN, _RETURN_IN_XML)
        self._read(written, is_last=False)
        self._output.write(written)
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def close(self) -> None:
        """Check that the whole was one document.

        Raises: QueryRefused.
        """
        self._read(b"", is_last=True)

    def _read(self, chunk: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError:
            found = _NOT_IN_XML.search(chunk.decode("utf-8", "replace"))
            raise _refusal(found.group() if found else None) from None


def checked_xml(body: bytes, media_type: str) -> bytes:
    r"""Return a whole answer as a reader of its format can read it.

    Raises: QueryRefused for what XML cannot say.

    >>> checked_xml(b"<a>\r</a>", "application/rdf+xml")
    b'<a>&#13;</a>'
    """
    if not is_xml(media_type):
        return body
    collected = _Collected()
    check = XmlCheck(collected)
    check.write(body)
    check.close()
    return bytes(collected.body)


def is_xml(media_type: str) -> bool:
    """Return whether answers in a media type are XML."""
    return media_type in _XML


class _Collected:
    def __init__(self) -> None:
        self.body = bytearray()

    def write(self, chunk: bytes, /) -> int:
        self.body += chunk
        return len(chunk)


def _refusal(character: str | None) -> QueryRefused:
    others = [name for name in (*TABLE_FORMATS, *GRAPH_FORMATS) if name not in _XML]
    if character is not None:
        name = f"U+{ord(character):04X}"
        return QueryRefused(
            f"the answer holds the character {name}, which XML cannot say; ask for another format",
            name,
            others,
        )
    return QueryRefused(
        "RDF/XML cannot say this answer: the address of a property or class in it does not end in "
        "a name of letters; ask for another format, such as text/turtle",
        RDF_XML,
        others,
    )
