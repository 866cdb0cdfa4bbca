"""Read the text of a web page that a browser has saved as one file with its pictures."""

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from loaders.documents.files.html import html_text
from loaders.documents.files.limits import ReadingLimits
from ontology.errors import UnreadableDocument

_BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError)
"""What a damaged archive makes the standard library raise."""


def web_archive_text(content: bytes, name: str, limits: ReadingLimits) -> str:
    """Return what the page of an archive shows, with marks around what is no text.

    Raises: UnreadableDocument where no page or text is in it.
    """
    try:
        message = message_from_bytes(content, EmailMessage, policy=policy.default)
        body = message.get_body(("html", "related", "plain"))
        text = body.get_content() if body is not None else None
    except _BROKEN as error:
        raise UnreadableDocument(f"{name} is a broken web archive: {error}") from None
    if not isinstance(text, str) or body is None:
        raise UnreadableDocument(f"{name} is a web archive without a page in it")
    return html_text(text, name, limits) if body.get_content_subtype() == "html" else text
