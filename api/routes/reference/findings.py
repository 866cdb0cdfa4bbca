"""What the rules found in data: the results of a SHACL report as objects."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from api.views.description import Description, compact, statement
from api.views.serialisers import Json
from ontology.identifiers import short

FINDING_COLUMNS: tuple[str, ...] = (
    *("id", "iri", "kind", "rule", "severity", "about", "about_iri", "path", "value", "message"),
)


@dataclass(frozen=True)
class Report:
    """A report, its results in order of the rules, and all its triples."""

    known: Description
    items: Sequence[dict[str, Json]]

    @property
    def violations(self) -> int:
        """Return how many results break a rule; the others warn."""
        return sum(item["severity"] == "violation" for item in self.items)

    def triples_of(self, items: Sequence[dict[str, Json]]) -> list[ox.Triple]:
        """Return the triples of some results, with what the report says of the whole."""
        results = {item["iri"] for item in self.items}
        shown = {item["iri"] for item in items}
        return [
            triple
            for triple in self.known.triples
            if _name(triple.subject) not in results - shown
            and _name(triple.object) not in results - shown
        ]


def read_report(content: bytes | str, rdf_format: ox.RdfFormat) -> Report:
    """Return a report as it is kept with a release, or as a check tells it."""
    known = Description(statement(quad.triple) for quad in ox.parse(content, format=rdf_format))
    reports = [
        _name(triple.subject)
        for triple in known.triples
        if compact(triple.predicate.value) == "sh:conforms"
    ]
    items = [_finding(known, iri) for report in reports for iri in known.texts(report, "sh:result")]
    order = "rule", "severity", "about", "id"
    return Report(known, sorted(items, key=lambda item: [item[key] for key in order]))


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _finding(known: Description, iri: str) -> dict[str, Json]:
    focus, path = known.text(iri, "sh:focusNode") or "", known.text(iri, "sh:resultPath")
    return {
        "id": iri.rpartition("#")[2],
        "iri": iri,
        "kind": "ValidationResult",
        "rule": (known.text(iri, "sh:sourceShape") or "").rpartition("/")[2].rpartition("#")[2],
        "severity": (known.text(iri, "sh:resultSeverity") or "").rpartition("#")[2].lower(),
        "about": short(focus),
        "about_iri": focus if short(focus) != focus else None,
        "path": None if path is None else compact(path),
        "value": known.text(iri, "sh:value"),
        "message": known.text(iri, "sh:resultMessage"),
    }
