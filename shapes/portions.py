"""What may break a rule is judged in portions, so that whoever waits learns how far it has come."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef

from shapes.findings import ValidationFinding

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Suspects = Mapping[URIRef, set[Term]]

_TOGETHER = 250
"""Things judged at once: to begin a portion costs about as much as to judge twenty of them."""


@dataclass(frozen=True)
class Progress:
    """How many of the things that one file of shapes suspects were judged, and what was found."""

    judged: int
    suspected: int
    findings: Sequence[ValidationFinding]


Watch = Callable[[Progress], None]
"""What is told after each portion; an error that it raises ends the check."""


def unwatched(progress: Progress) -> None:
    """Let a check go on to its end."""


def in_portions(suspects: Suspects) -> Iterator[tuple[int, Suspects]]:
    """Yield suspects in portions, each with how many things have come by its end.

    Guarantee: a thing stands in one portion, with every shape that suspects it; the same suspects
    come in the same portions.
    """
    things = sorted(set().union(*suspects.values()), key=str)
    for start in range(0, len(things), _TOGETHER):
        part = set(things[start : start + _TOGETHER])
        chosen = {shape: terms & part for shape, terms in suspects.items()}
        yield start + len(part), {shape: terms for shape, terms in chosen.items() if terms}
