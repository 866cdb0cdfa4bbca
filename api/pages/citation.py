"""How a page is cited: in text, as BibTeX, and by an address that keeps its day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from api.pages.days import day_words

_BIBTEX_SPECIAL = re.compile(r"([&%$#_{}])")
_SITE = "Council interventions"


@dataclass(frozen=True)
class Citation:
    """A page as it is cited."""

    text: str
    bibtex: str
    permalink: str


def citation(
    title: str,
    site: str,
    path: str,
    release: str,
    day: str | None,
    given: Mapping[str, str],
    *,
    is_dated: bool,
) -> Citation:
    """Return how a page is cited.

    In: its title; the public address of the service, if it has one, and the path of the page; the
    release and the day of the record; what the request asks; whether the address takes `known_at`,
    by which it keeps its day.

    >>> citation("A & B", "", "/y", "r1", "2026-01-02", {}, is_dated=True).permalink
    '/y?known_at=2026-01-02'
    """
    asked = {name: value for name, value in given.items() if name not in ("cursor", "limit")}
    if is_dated and day:
        asked.setdefault("known_at", day)
    link = f"{path}?{urlencode(asked)}" if asked else path
    dated = f", record of {day_words(day)}" if day else ""
    name = title if title == _SITE else f"{title}{'' if title.endswith('?') else '.'} {_SITE}"
    text = f"{name}, release {release}{dated}. {site}{link}"
    year = f"  year = {{{day[:4]}}},\n" if day else ""
    fields = (
        f"  title = {{{_escaped(title)}}},\n  howpublished = {{{_SITE}}},\n{year}"
        f"  note = {{Release {_escaped(release)}{_escaped(dated)}}},\n  url = {{{site}{link}}}\n"
    )
    return Citation(text, f"@misc{{council-interventions-{_key(title)},\n{fields}}}", link)


def _escaped(text: str) -> str:
    r"""Return a text in which no sign means anything to BibTeX.

    >>> _escaped("A & B_c")
    'A \\& B\\_c'
    """
    return _BIBTEX_SPECIAL.sub(r"\\\1", text.replace("\\", "/"))


def _key(title: str) -> str:
    """Return a title as the key of an entry.

    >>> _key("Slough Borough Council")
    'slough-borough-council'
    """
    return re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")[:60]
