"""Feeds of Atom: what became known, the newest first.

Source: RFC 4287.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_AUTHOR = "Council interventions"
_NO_DAY = "1970-01-01"
"""Day of a feed without entries: the form asks for one, and no day of ours would be true."""
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Characters that XML cannot have."""


@dataclass(frozen=True)
class Entry:
    """What a feed tells of one thing: a name for ever, the day on which it was known, words.

    In: `happened` is the first day that it can mean, by which those known on one day are ordered.
    """

    iri: str
    title: str
    day: str
    summary: str
    address: str
    category: str = ""
    happened: str = ""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself: its name for ever, its title, its own address, the page's."""

    iri: str
    title: str
    own: str
    page: str
    following: str | None = None


def as_atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Return a feed of Atom.

    Guarantee: the same entries give the same bytes; the newest day is that of the feed.
    """
    ET.register_namespace("", _ATOM)
    root = ET.Element(_tag("feed"))
    newest = max((entry.day for entry in entries), default=_NO_DAY)
    _add(root, {"id": feed.iri, "title": feed.title, "updated": _moment(newest)})
    _link(root, "self", feed.own, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    if feed.following:
        _link(root, "next", feed.following, MEDIA_TYPE)
    _add(ET.SubElement(root, _tag("author")), {"name": _AUTHOR})
    for entry in entries:
        _entry(root, entry)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(root: ET.Element, entry: Entry) -> None:
    told = ET.SubElement(root, _tag("entry"))
    _add(told, {"id": entry.iri, "title": entry.title, "updated": _moment(entry.day)})
    _link(told, "alternate", entry.address, "text/html")
    if entry.category:
        ET.SubElement(told, _tag("category"), {"term": entry.category})
    _add(told, {"summary": entry.summary})


def _add(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, _tag(name)).text = text.translate(_CONTROL)


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    told = {"rel": relation, "type": media_type, "href": address}
    ET.SubElement(parent, _tag("link"), told)


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _moment(day: str) -> str:
    """Return the beginning of a day, as the form wants it: a day alone is no moment there."""
    return f"{day}T00:00:00Z"


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by the days on which they were known, the newest first.

    Out: of one such day, what happened last first, then in order of their names.
    """
    named = sorted(entries, key=lambda one: one.iri)
    return sorted(named, key=lambda one: (one.day, one.happened), reverse=True)
