"""What a reviewer gets: document and claims side by side, and registered things to compare."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template

from data.records.files import RecordFile, read_records
from data.records.form import LeftOut, Record
from data.registry.identifiers import REGISTERS, registry_folder
from data.tables.table import RegistryRow, read_rows, text_of
from loaders.claims.claim import Claim, read_claims, read_times
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import as_written
from loaders.identifiers.windows import Window, near, windows_of_things
from ontology.identifiers import kind_and_local, ordinal, short

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
    """Return the page of a candidate; it needs no other file and no network."""
    record = candidate.record
    claims = list(read_claims(RecordFile("candidate", "", record)))
    marks = [
        *(
            _Mark(claim.passage.start, claim.passage.end, f"k{number}", True)
            for number, claim in enumerate(claims)
        ),
        *(
            _Mark(unread.start, unread.end, f"u{number}", False)
            for number, unread in enumerate(record.left_out)
        ),
    ]
    page = files("loaders.documents").joinpath("review_page.html").read_text(encoding="utf-8")
    return Template(page).substitute(
        title=_shown(record.document.title),
        text="".join(_marked(candidate.document.text, marks)),
        count=len(claims),
        claims="".join(_listed(claims, record.document.voice)),
        unread="".join(_missing(record.left_out)) or "<li>Nothing.</li>",
    )


def _shown(text: str) -> str:
    return escape(_NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", text))


def _link(start: int, end: int, label: str) -> str:
    return f'<a href="#c{start}">{_shown(label)} ({start}–{end})</a>'


def _missing(left_out: Sequence[LeftOut]) -> Iterator[str]:
    for number, unread in enumerate(left_out):
        place = _link(unread.start, unread.end, unread.at or "")
        yield f'<li id="u{number}">{place}: {_shown(unread.reason)}</li>'


def _listed(claims: Sequence[Claim], voice: str) -> Iterator[str]:
    """Yield the claims, by the thing that they are about.

    In: whose words those of the document are; any other voice is named.
    """
    things: dict[str, list[tuple[int, Claim]]] = {}
    for number, claim in enumerate(claims):
        things.setdefault(short(str(claim.about)), []).append((number, claim))
    for thing, about in things.items():
        yield f"<h2>{_shown(as_written(thing))}</h2>\n<ul>"
        for number, claim in about:
            name = short(str(claim.property)).rpartition("#")[2].rpartition("/")[2]
            value = _shown(as_written(short(claim.key.removeprefix("not:"))))
            manner = _manner(claim, voice)
            inferred = ' class="possible"' if manner else ""
            meant = f" ({_shown('; '.join(manner))})" if manner else ""
            place = _link(claim.passage.start, claim.passage.end, claim.passage.at or "")
            item = f'<li id="k{number}"{inferred}>'
            yield f"{item}{_shown(name)}: <strong>{value}</strong>{meant} {place}</li>\n"
        yield "</ul>"


def _manner(claim: Claim, voice: str) -> list[str]:
    """Return how a claim is meant, as far as it is no plain statement of the document."""
    speaker = short(str(claim.voice))
    return [
        *([claim.modality] if claim.modality != "asserted" else []),
        *(["denied"] if claim.polarity == "negative" else []),
        *([claim.force] if claim.force != "reportive" else []),
        *([f"says {as_written(speaker)}"] if speaker != voice else []),
        *([f"condition: {claim.condition}"] if claim.condition else []),
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
