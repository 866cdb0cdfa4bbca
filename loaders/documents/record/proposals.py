"""Propose identifiers, names and summaries: a reviewer gives those that stay.

Minted identifiers are given by a reviewer, so those proposed cannot be built.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_FIRST_PROPOSED = 51
"""Ordinals from here on are proposals; no council has as many things of a kind in a year."""

_UNKNOWN_YEAR = "1900"
_HOLDER = r"\b([A-Z]{3}|(?:sos|minister)(?:-[a-z]+)+)"
_PROPOSED = re.compile(rf"{_HOLDER}-([0-9]{{4}})-([5-9][0-9])\b")
_WRITTEN = re.compile(rf"{_HOLDER}-([0-9]{{4}}|\?{{4}})-\?([0-9]{{1,2}})\b")


@dataclass
class Proposals:
    """The identifiers proposed so far in one document."""

    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def next(self, kind: str, council: str, edtf: str | None) -> str:
        """Return the next identifier of a kind, for a council and the year of a time."""
        match = re.search(r"[0-9]{4}", edtf or "")
        year = match[0] if match else _UNKNOWN_YEAR
        number = self.counts[kind, council, year] = self.counts.get((kind, council, year), 0) + 1
        return f"{council}-{year}-{_FIRST_PROPOSED - 1 + number:02}"


def document_slug(council: str, form: str, time: str | None) -> str:
    """Return a name for a document: council, form, and the first year in a time.

    >>> document_slug("NFK", "direction", "2016-05-04"), document_slug("NFK", "press", None)
    ('nfk-direction-2016', 'nfk-press-undated')
    """
    year = re.search(r"[0-9]{4}", time or "")
    return f"{council.casefold()}-{form}-{year[0] if year else 'undated'}"


def short_name(words: str) -> str:
    """Return a short name for what a text says: its first four words of weight."""
    parts = [word for word in re.findall(r"[a-z0-9]+", words.casefold()) if len(word) > 2]
    return "-".join(parts[:4]) or "finding"


def numbered_name(words: str, named: Sequence[Mapping[str, Any]]) -> str:
    """Return a short name for one more finding, with a number if its name begins another's."""
    name = short_name(words)
    number = sum(entry["id"].startswith(name) for entry in named)
    return f"{name}-{number + 1}" if number else name


def as_sentence(words: str) -> str:
    """Return words as a sentence, for a reviewer to put in other words."""
    plain = words.strip(" ,;.")
    return f"{plain[:1].upper()}{plain[1:240]}."


def as_written(text: str) -> str:
    """Return text with proposed identifiers in the form that no build takes.

    >>> as_written("direction/NFK-2016-51"), as_written("NFK-2016-01")
    ('direction/NFK-2016-?1', 'NFK-2016-01')
    """

    def form(match: re.Match[str]) -> str:
        year = "????" if match[2] == _UNKNOWN_YEAR else match[2]
        return f"{match[1]}-{year}-?{int(match[3]) - _FIRST_PROPOSED + 1}"

    return _PROPOSED.sub(form, text)


def as_read(text: str) -> str:
    """Return text with the identifiers of a candidate in the form in which they are compared.

    >>> as_read("NFK-2016-?1")
    'NFK-2016-51'
    """

    def form(match: re.Match[str]) -> str:
        year = _UNKNOWN_YEAR if match[2] == "????" else match[2]
        return f"{match[1]}-{year}-{int(match[3]) + _FIRST_PROPOSED - 1:02}"

    return _WRITTEN.sub(form, text)
