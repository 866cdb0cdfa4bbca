"""How long the rules take on a record of national size, beside pySHACL alone on the same graph."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time
from typing import TypeVar, cast

import pyoxigraph as ox
import pytest
from rdflib import Graph

from data.releases import DATA_FILE, current_release
from ontology.namespaces import GRAPH, ID
from shapes import STAGES, check_store, shapes_graph
from shapes.judge import CheckedGraph, judge
from shapes.screen import Screen
from tests.fixtures.guards import not_empty

pytestmark = pytest.mark.bench

NATIONAL_SIZE = 400_000
SHARED = ("office/", "organisation/", "provision/", "run/")
"""Things of which there is one, however many councils there are."""

MEBIBYTE = 1024 if sys.platform != "darwin" else 1024 * 1024
Answer = TypeVar("Answer")
Term = TypeVar("Term")


def timed(action: Callable[[], Answer]) -> tuple[Answer, float]:
    """Return what an action gives, and the processor time it takes in seconds."""
    start = process_time()
    return action(), process_time() - start


def copied(term: Term, number: int) -> Term:
    """Return the address of a thing's copy; what is shared or no thing of ours, as it is."""
    if not isinstance(term, ox.NamedNode) or not number or not term.value.startswith(str(ID)):
        return term
    if term.value.startswith(SHARED, len(str(ID))):
        return term
    thing, sign, part = term.value.partition("#")
    return cast(Term, ox.NamedNode(f"{thing}-{number}{sign}{part}"))


def national(release: Path) -> ox.Store:
    """Return a release as often as national size needs, with councils of its own each time."""
    quads = list(ox.parse(path=str(current_release(release) / DATA_FILE)))
    ontology = ox.NamedNode(str(GRAPH["ontology"]))
    store = ox.Store()
    for number in range(max(1, NATIONAL_SIZE // len(quads))):
        store.bulk_extend(
            ox.Quad(
                copied(quad.subject, number),
                quad.predicate,
                copied(quad.object, number),
                quad.graph_name,
            )
            for quad in quads
            if number == 0 or quad.graph_name != ontology
        )
    return store


def in_rdflib(store: ox.Store) -> Graph:
    """Return a store as one graph of rdflib."""
    triples = ox.serialize({quad.triple for quad in store}, format=ox.RdfFormat.N_TRIPLES)
    return CheckedGraph().parse(data=triples, format="nt")


def test_validation_beside_pyshacl_alone(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print, per stage, how many times our processor time pySHACL needs for the same findings."""
    store = national(release)
    ours = {}
    lines = [f"{len(store):,} quads"]
    for stage in STAGES:
        shapes = shapes_graph(stage.name)
        suspects, screen_s = timed(Screen(store, shapes).suspects)
        ours[stage.name] = timed(partial(check_store, store, shapes))
        findings, whole_s = ours[stage.name]
        number = sum(map(len, suspects.values()))
        lines.append(
            f"{stage.name:<14} {whole_s:6.1f} s, of which {screen_s:6.1f} s find {number} suspects;"
            f" {len(findings)} findings"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    lines.append(f"at most {peak:,.0f} MiB held, the store included")
    whole, load_s = timed(partial(in_rdflib, store))
    lines.append(f"rdflib reads the same in {load_s:.1f} s")
    for stage in not_empty(STAGES):
        theirs, plain_s = timed(partial(judge, whole, shapes_graph(stage.name)))
        findings, whole_s = ours[stage.name]
        assert theirs == findings
        lines.append(f"{stage.name:<14} pySHACL alone / ours = {plain_s / whole_s:6.0f}")
    with capsys.disabled():
        print("", *lines, sep="\n")
