"""The whole ontology as a picture: classes in a column, an arc for each way from one to another.

A class stands below the one that it is a kind of. The page says the same in words, term by term.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_KIND_OF = "rdfs:subClassOf"
_ROW, _INDENT, _LEFT, _TOP = 18, 14, 4, 14
_NAMES_WIDTH, _LEAST_BOW, _MOST_BOW = 290, 30, 540
"""Measures of the picture, in pixels: an arc bows out the more the further apart its ends are."""


class Link(NamedTuple):
    """A way from one class to another: by a property, or by being a kind of it."""

    lower: str
    property: str
    other: str


@dataclass(frozen=True)
class _Place:
    name: str
    level: int


def ontology_picture(terms: Sequence[str], links: Sequence[Link]) -> Mapping[str, object]:
    """Return where each class and each arc of the picture stands.

    In: the names of all terms, of which the classes begin with a capital.

    >>> picture = ontology_picture(
    ...     ["Act", "Direction", "Office", "issuedBy"],
    ...     [Link("Direction", "rdfs:subClassOf", "Act"), Link("Act", "issuedBy", "Office")],
    ... )
    >>> [(one["name"], one["x"]) for one in picture["classes"]]
    [('Act', 4), ('Direction', 18), ('Office', 4)]
    >>> [one["says"] for one in picture["arcs"]]
    ['Act: issuedBy: Office']
    """
    classes = [name for name in terms if name[:1].isupper()]
    kinds = defaultdict(list)
    for link in links:
        if link.property == _KIND_OF:
            kinds[link.other].append(link.lower)
    below = {name for names in kinds.values() for name in names}
    places = [
        place for name in classes if name not in below for place in _branch(name, kinds, level=0)
    ]
    rows = {place.name: row for row, place in enumerate(places)}
    return {
        "width": _NAMES_WIDTH + _MOST_BOW,
        "height": _TOP + len(places) * _ROW,
        "classes": [
            {"name": one.name, "x": _LEFT + one.level * _INDENT, "y": _TOP + row * _ROW}
            for row, one in enumerate(places)
        ],
        "arcs": [
            {"says": ": ".join(link), "path": _arc(rows[link.lower], rows[link.other], len(places))}
            for link in links
            if link.property != _KIND_OF and link.lower != link.other
        ],
    }


def _branch(name: str, kinds: Mapping[str, Sequence[str]], level: int) -> Iterator[_Place]:
    """Yield a class and, below it, those that are kinds of it."""
    yield _Place(name, level)
    for kind in sorted(kinds.get(name, ())):
        yield from _branch(kind, kinds, level + 1)


def _arc(first: int, last: int, rows: int) -> str:
    start, end = (_TOP + row * _ROW - _ROW // 4 for row in (first, last))
    bow = _LEAST_BOW + (_MOST_BOW - _LEAST_BOW) * abs(first - last) / rows
    out = round(_NAMES_WIDTH + bow * 4 / 3)
    return f"M{_NAMES_WIDTH} {start}C{out} {start} {out} {end} {_NAMES_WIDTH} {end}"
