"""The frozen subset of the national record: a few councils, and what is worked out about them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from data.settings import Settings
from loaders.coverage import coverage_triples
from loaders.dataset import ONTOLOGY, Layers, reference_name
from loaders.derivation import derive
from ontology import ontology_graph
from ontology.namespaces import BASE
from queries.catalogue import find_query
from queries.embedded import EmbeddedEngine
from queries.engine import Question

PLACE = Path(__file__).parent / "fixtures" / "national" / "subset.trig"


@cache
def layers() -> Layers:
    """Return the layers of the subset, with interventions and coverage worked out as in a build."""
    found = Layers()
    found.add_graph(ONTOLOGY, ontology_graph())
    found.store.bulk_load(path=str(PLACE), format=ox.RdfFormat.TRIG)
    derive(found)
    found.add(reference_name("coverage"), coverage_triples(found))
    return found


@cache
def _engine() -> EmbeddedEngine:
    """Return an engine on a copy of the layers."""
    store = ox.Store()
    store.bulk_extend(layers().store)
    return EmbeddedEngine(store, Settings().answer_bytes)


def answer(name: str, **given: str) -> str:
    """Return the answer to a catalogue query on the subset as CSV, with short addresses."""
    text = find_query(name).bind(given)
    body = _engine().answer_now(Question(text, "text/csv")).decode()
    return body.replace(BASE, "").replace("\r\n", "\n")
