"""Find the terms that a document defines for itself, such as ("the 1996 Act")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading_view import View
from ontology.dates import folded

DEFINITION = re.compile(
    r"[(\[]\s*(?:(?:hereafter|hereinafter|together|collectively|referred to as|known as|each an?"
    r"|the),?\s*)*(?:\"(?P<double>[^\"()]{2,80})\"?|'(?P<single>[^\"()]{2,80}?)'?)\s*[)\]]",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|an?|these|those|this)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Definition:
    """A term and the range of its quotation; what it stands for comes before `opens`."""

    term: str
    opens: int
    start: int
    end: int

    @property
    def key(self) -> str:
        """The term as it is compared."""
        return term_key(self.term)


def term_key(term: str) -> str:
    """Return a term without its article, in lower case.

    >>> term_key("The 2018 Ofsted letter")
    '2018 ofsted letter'
    """
    return ARTICLE.sub("", folded(term.strip(" \"'"))).strip(" \"'")


def definitions_in(view: View) -> Iterator[Definition]:
    """Yield the terms that a view defines; a closing quotation mark may be missing."""
    for match in view.find(DEFINITION):
        group = "double" if match["double"] else "single"
        term = match[group].strip()
        if term:
            yield Definition(term, match.start(), match.start(group), match.end(group))
