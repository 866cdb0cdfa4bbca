"""Write a page that shows a document and what was read of it side by side, for a reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from data.reading import RecordFile
from loaders.candidate import Candidate
from loaders.claims import Claim, read_claims
from loaders.identifiers_proposed import as_written
from ontology.identifiers import short

STYLE = """
body { margin: 0; font: 16px/1.5 sans-serif; display: grid; grid-template-columns: 1fr 1fr;
  height: 100vh; color: #1a1a1a; background: #fff; }
main, aside { overflow: auto; padding: 1rem 1.5rem; }
main { white-space: pre-wrap; border-right: 1px solid #767676; }
mark { background: #fff2b3; }
mark.unread { background: #ffd6cc; }
a:target { outline: 3px solid #00508f; padding: 0 .3em; background: #cfe8ff; }
li { margin-bottom: .4rem; }
li.possible { font-style: italic; }
h1, h2 { font-size: 1.1rem; }
@media (max-width: 50rem) { body { display: block; height: auto; } }
"""
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body>
<main tabindex="0" aria-label="Document">{text}</main>
<aside tabindex="0" aria-label="Claims"><h1>{title}</h1>
<p>{count} claims, each with a link to its passage; those in italics are inferred.</p>
{claims}
<h2>Not read</h2>
<ul>{unread}</ul></aside>
</body>
</html>
"""


def side_by_side(candidate: Candidate) -> str:
    """Return the page of a candidate; it needs no other file and no network."""
    record = candidate.record
    claims = list(read_claims(RecordFile("candidate", "", record)))
    read = [(one.passage.start, one.passage.end) for one in claims]
    unread = [(one.start, one.end) for one in record.left_out]
    missing = "".join(
        f"<li>{_link(one.start, one.end, one.at or '')}: {escape(one.reason)}</li>"
        for one in record.left_out
    )
    return PAGE.format(
        title=escape(record.document.title),
        style=STYLE,
        text="".join(_marked(candidate.document.text, read, unread)),
        count=len(claims),
        claims="".join(_listed(claims)),
        unread=missing or "<li>Nothing.</li>",
    )


def _link(start: int, end: int, label: str) -> str:
    """Return a link to a place in the document."""
    return f'<a href="#c{start}">{escape(label)} ({start}–{end})</a>'


def _listed(claims: Sequence[Claim]) -> Iterator[str]:
    """Yield the claims, by the thing that they are about."""
    things: dict[str, list[Claim]] = {}
    for claim in claims:
        things.setdefault(short(str(claim.about)), []).append(claim)
    for thing, about in things.items():
        yield f"<h2>{escape(as_written(thing))}</h2>\n<ul>"
        for claim in about:
            name = short(str(claim.property)).rpartition("#")[2].rpartition("/")[2]
            value = escape(as_written(short(claim.key)))
            inferred = ' class="possible"' if claim.modality != "asserted" else ""
            place = _link(claim.passage.start, claim.passage.end, claim.passage.at or "")
            yield f"<li{inferred}>{escape(name)}: <strong>{value}</strong> {place}</li>\n"
        yield "</ul>"


def _marked(
    text: str, read: Sequence[tuple[int, int]], unread: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Yield the text with its passages marked, and an anchor where each begins."""
    anchors = {start for start, _ in (*read, *unread)}
    cuts = sorted({0, len(text), *(place for pair in (*read, *unread) for place in pair)})
    covered, missed = _covered(read), _covered(unread)
    for start, end in pairwise(cuts):
        if start in anchors:
            yield f'<a id="c{start}"></a>'
        part = escape(text[start:end])
        if any(first <= start < last for first, last in missed):
            part = f'<mark class="unread">{part}</mark>'
        elif any(first <= start < last for first, last in covered):
            part = f"<mark>{part}</mark>"
        yield part


def _covered(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges joined where they touch, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
