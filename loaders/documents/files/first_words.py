"""Tell web pages and saved archives by their first words, without what reads them."""

import re

_OPENS = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD_CHARACTERS = 20_000
# takes: "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related"
# leaves: "From the Secretary of State\n\nMIME-Version: 1.0"
_HEAD = re.compile(
    rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):",
    re.IGNORECASE,
)


def is_web_page(text: str) -> bool:
    """Return whether a text is a web page, which may begin with comments.

    >>> is_web_page("<!-- saved from a site --><!DOCTYPE html><p>One")
    True
    """
    return _OPENS.match(_COMMENT.sub("", text[:_HEAD_CHARACTERS])) is not None


def is_web_archive(head: bytes) -> bool:
    """Return whether the beginning of a file is that of a saved page or a message."""
    return _HEAD.match(head) is not None
