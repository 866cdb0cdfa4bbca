"""What a reviewer gets: document and claims side by side, and registered things to compare."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import PurePath
from string import Template
from typing import get_args

from data.records.files import RecordFile, read_records
from data.records.form import LeftOut, Record, ReviewerRole
from data.registry.identifiers import REGISTERS, registry_folder
from data.tables.table import RegistryRow, read_rows, text_of
from loaders.claims.claim import read_times
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import as_written
from loaders.documents.record.reviewable import Reviewable, reviewable
from loaders.identifiers.windows import Window, near, windows_of_things
from ontology.identifiers import kind_and_local, ordinal

_KINDS = "inspection", "direction"


@cache
def known_windows() -> Mapping[str, Window]:
    """Return when the things of the project's records happened."""
    return windows_of_things(claim for file in read_records() for claim in read_times(file))


@cache
def registered() -> Mapping[str, str]:
    """Return every inspection and direction of the registers, with its description."""
    folder = registry_folder()
    return {
        f"{kind}/{row.id}": row.description
        for kind in _KINDS
        for row in read_rows(
            text_of(folder / REGISTERS[kind]), f"registry/{REGISTERS[kind]}", RegistryRow
        )
    }


def _is_alike(thing: str, kind: str, holder: str) -> bool:
    other, local = kind_and_local(thing)
    return other == kind and ordinal(local).holder == holder


def hints_of(record: Record, name: str) -> Iterator[str]:
    """Yield a line for each thing of a candidate that the register may hold already."""
    own = windows_of_things(read_times(RecordFile(name, "", record)))
    for thing, window in sorted(own.items()):
        kind, local = kind_and_local(thing)
        if kind not in _KINDS:
            continue
        holder = ordinal(local).holder
        known = {
            other: span for other, span in known_windows().items() if _is_alike(other, kind, holder)
        }
        hinted = near(kind, window, known)
        for other in hinted:
            yield f"{thing} may be {other} of the register."
        # Most things are registered for a row of a table, which tells no more than a year.
        alike = f"{thing.rpartition('-')[0]}-"
        for other in sorted(registered()) if not hinted else ():
            if other.startswith(alike):
                yield f"{thing} may be {other} of the register: {registered()[other]}"


_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""Characters that no page may hold; others stand for them, so that all places stay."""


@dataclass(frozen=True)
class _Mark:
    """A passage of the document, and the item of the list that it leads to."""

    start: int
    end: int
    item: str
    is_read: bool


def side_by_side(candidate: Candidate) -> str:
    """Return the page on which a candidate is decided; it needs no other file and no network."""
    record = candidate.record
    items = [each for each in reviewable(record) if each.place.is_given]
    marks = [
        *(
            _Mark(each.place.start, each.place.end, f"k{number}", True)
            for number, each in enumerate(items)
        ),
        *(
            _Mark(unread.start, unread.end, f"u{number}", False)
            for number, unread in enumerate(record.left_out)
        ),
    ]
    folder = files("loaders.documents")
    script = folder.joinpath("review_page.js").read_text(encoding="utf-8")
    # The policy of the page names its one script; no other may run, whatever the document holds.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Template(folder.joinpath("review_page.html").read_text(encoding="utf-8")).substitute(
        title=_shown(record.document.title),
        digest=f"sha256-{digest}",
        sha256=candidate.document.sha256,
        file=_shown(f"{PurePath(candidate.document.name).stem}.review.json"),
        roles="".join(f"<option>{escape(role)}</option>" for role in get_args(ReviewerRole)),
        text="".join(_marked(candidate.document.text, marks)),
        count=sum(bool(each.value) for each in items),
        claims="".join(_listed(items, record.document.voice)),
        unread="".join(_missing(record.left_out)) or "<li>Nothing.</li>",
        script=script,
    )


def _shown(text: str) -> str:
    return escape(_NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", text))


def _link(start: int, end: int, label: str) -> str:
    return f'<a href="#c{start}">{_shown(label)} ({start}–{end})</a>'


def _item(number: str, at: str, inner: str, is_certain: bool, value: str = "") -> str:
    """Return one thing to decide on."""
    inferred = "" if is_certain else ' class="possible"'
    told = f' data-value="{_shown(value)}"' if value else ""
    sign = '<span class="verdict"></span>'
    return f'<li id="{number}"{inferred} data-at="{at}"{told}>{sign}{inner}</li>\n'


def _missing(left_out: Sequence[LeftOut]) -> Iterator[str]:
    for number, unread in enumerate(left_out):
        place = _link(unread.start, unread.end, unread.at or "")
        inner = f"{place}: {_shown(unread.reason)}"
        yield _item(f"u{number}", f"left_out.{number}", inner, True)


def _listed(items: Sequence[Reviewable], voice: str) -> Iterator[str]:
    """Yield what is said, by the thing that it is said of.

    In: whose words those of the document are; any other voice is named.
    """
    numbered = enumerate(items)
    for thing, about in groupby(numbered, key=lambda pair: pair[1].thing):
        yield f"<h2>{_shown(as_written(thing))}</h2>\n<ul>"
        for number, each in about:
            manner = _manner(each, voice)
            value = as_written(each.value)
            said = f": <strong>{_shown(value)}</strong>" if value else ""
            meant = f" ({_shown('; '.join(manner))})" if manner else ""
            place = _link(each.place.start, each.place.end, each.place.at or "")
            inner = f"{_shown(each.name)}{said}{meant} {place}"
            yield _item(f"k{number}", each.at, inner, not manner, value)
        yield "</ul>"


def _manner(each: Reviewable, voice: str) -> list[str]:
    """Return how a statement is meant and why, as far as it is no plain one of the document."""
    manner = dict(each.manner)
    speaker = manner.pop("voice", voice)
    polarity, condition = manner.pop("polarity", ""), manner.pop("condition", "")
    return [
        *manner.values(),
        *(["denied"] if polarity else []),
        *([f"says {as_written(speaker)}"] if speaker != voice else []),
        *([f"condition: {condition}"] if condition else []),
        *([each.note] if each.note else []),
    ]


def _marked(text: str, marks: Sequence[_Mark]) -> Iterator[str]:
    """Yield the text with a link for each part of a passage, and an anchor where one begins."""
    cuts = sorted({0, len(text), *(place for mark in marks for place in (mark.start, mark.end))})
    starts = {mark.start for mark in marks}
    waiting = sorted(marks, key=lambda mark: -mark.start)
    here: list[_Mark] = []
    for start, end in pairwise(cuts):
        here = [mark for mark in here if mark.end > start]
        while waiting and waiting[-1].start <= start:
            here.append(waiting.pop())
        part = _shown(text[start:end])
        anchor = f' id="c{start}"' if start in starts else ""
        if here:
            best = min(here, key=lambda mark: (mark.is_read, mark.end - mark.start))
            unread = "" if best.is_read else ' class="unread"'
            part = f'<a{anchor}{unread} href="#{best.item}">{part}</a>'
        yield part
