"""Which things may break a rule: asked of the whole store at once, so that few are left to judge.

pySHACL looks at every thing on its own, which takes minutes for a national record. Here each
constraint becomes one query for the things that may break it: some too many, never one too few.
What a query cannot tell for certain is suspected, so a constraint unknown here costs time only.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import cast

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from shapes.conditions import DESCRIPTIONS, Conditions
from shapes.findings import path_text

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Terms = set[Term]

TARGETS = frozenset((SH.targetClass, SH.targetSubjectsOf))
"""The ways of naming the things that a shape is about; the project's shapes use no other."""

_ORDERS: dict[Node, str] = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
_COUNTS: dict[Node, str] = {SH.minCount: "<", SH.maxCount: ">"}
_STANDARD_PREFIXES = {"rdf": str(RDF), "rdfs": str(RDFS)}


class Screen:
    """The queries that a graph of shapes becomes, asked of one store.

    A scope is a pattern of SPARQL that binds `?this`. The things of it that may break a shape hold
    at least those that do; the things that break it for sure, at most those. Negation turns the one
    into the other.
    """

    def __init__(self, store: ox.Store, shapes: Graph) -> None:
        """Keep the store, whose graphs are seen as one, and the shapes."""
        self.store = store
        self.shapes = shapes
        self.classes: dict[Node, str] = {}
        self.conditions = Conditions(shapes, self.instance)

    def suspects(self) -> dict[URIRef, Terms]:
        """Return, for each shape with targets, the things that may break it, if there are any."""
        aimed = [
            (shape, self.target(kind, argument))
            for kind in TARGETS
            for shape, argument in self.shapes.subject_objects(kind)
            if isinstance(shape, URIRef)
        ]
        suspects: dict[URIRef, Terms] = defaultdict(set)
        # The store answers several queries at once, each on a processor of its own.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for shape, things in pool.map(self._suspected, aimed):
                suspects[shape] |= things
        return {shape: things for shape, things in suspects.items() if things}

    def _suspected(self, aimed: tuple[URIRef, str]) -> tuple[URIRef, Terms]:
        """Return a shape with the things of a scope that may break it."""
        shape, scope = aimed
        return shape, self.failing(shape, scope) if self.holds(scope) else set()

    def target(self, kind: Node, argument: Node) -> str:
        """Return the scope that a target names."""
        if kind == SH.targetClass:
            return self.instance("?this", argument, "?target")
        return f"?this {argument.n3()} ?any ."

    def instance(self, variable: str, of: Node, kind: str) -> str:
        """Return the pattern of an instance of a class or of a subclass.

        In: the variable of the instance, the class, and a variable for the kinds it may be of.
        """
        upwards = f"{RDFS.subClassOf.n3()}* {of.n3()}"
        if of not in self.classes:
            known = self.things(f"?this {upwards}")
            # A list of names is faster than a path, but a class without a name cannot stand in it.
            is_named = all(isinstance(term, ox.NamedNode) for term in known)
            self.classes[of] = " ".join(sorted(map(str, known))) if is_named else ""
        if not self.classes[of]:
            return f"{variable} a/{upwards} ."
        return f"VALUES {kind} {{ {self.classes[of]} }} {variable} a {kind} ."

    def failing(self, shape: Node, scope: str, sure: bool = False) -> Terms:
        """Return the things of a scope that may break a shape, or that break it for sure."""
        if (shape, SH.path, None) in self.shapes:
            return self.property_failing(shape, scope, sure)
        failing: Terms = set()
        for predicate, argument in self.constraints(shape):
            failing |= self.node_failing(predicate, argument, scope, sure)
        return failing

    def constraints(self, shape: Node) -> Iterator[tuple[Node, Node]]:
        """Yield what a shape demands."""
        for predicate, argument in self.shapes.predicate_objects(shape):
            if predicate not in {SH.path, *DESCRIPTIONS, *TARGETS}:
                yield predicate, argument

    def node_failing(self, predicate: Node, argument: Node, scope: str, sure: bool) -> Terms:
        """Return the things that fail one constraint on themselves."""
        if predicate in {SH.property, SH.node}:
            return self.failing(argument, scope, sure)
        if predicate == SH["not"]:
            return self.things(scope) - self.failing(argument, scope, not sure)
        if predicate in {SH["or"], SH["and"]}:
            members = Collection(self.shapes, argument)
            sets = (self.failing(member, scope, sure) for member in members)
            return in_each(sets) if predicate == SH["or"] else set().union(*sets)
        if predicate == SH.sparql:
            return set() if sure else self.selected(argument, scope)
        return self.unfit(self.conditions.fails(predicate, argument, "?this", sure), scope, sure)

    def property_failing(self, shape: Node, scope: str, sure: bool) -> Terms:
        """Return the things whose values of the shape's path fail."""
        step = f"?this {path_text(self.shapes, self.value(shape, SH.path))} ?value ."
        failing = self.miscounted(shape, scope, step)
        for predicate, argument in self.constraints(shape):
            if predicate in _COUNTS:
                continue
            if predicate == SH.hasValue:
                having = step.replace("?value", argument.n3())
                failing |= self.things(scope) - self.things(f"{scope} {having}")
                continue
            condition = self.conditions.fails(predicate, argument, "?value", sure)
            values = f"{scope} {step}"
            if predicate in _ORDERS:
                values += f" ?this {argument.n3()} ?later ."
                in_order = f"COALESCE(?value {_ORDERS[predicate]} ?later, false)"
                condition = "false" if sure else f"!{in_order}"
            failing |= self.unfit(condition, scope if condition is None else values, sure)
        return failing

    def unfit(self, condition: str | None, scope: str, sure: bool) -> Terms:
        """Return the things of a scope that meet a condition; without one, all may, none does."""
        if condition is None:
            return set() if sure else self.things(scope)
        return self.things(f"{scope} FILTER({condition})")

    def miscounted(self, shape: Node, scope: str, step: str) -> Terms:
        """Return the things with too few or too many values."""
        limits = [
            f"COUNT(DISTINCT ?value) {sign} {bound}"
            for predicate, sign in _COUNTS.items()
            for bound in self.shapes.objects(shape, predicate)
        ]
        if not limits:
            return set()
        if (shape, SH.minCount, None) in self.shapes:
            step = f"OPTIONAL {{ {step} }}"
        counted = f"SELECT ?this WHERE {{ {scope} {step} }} GROUP BY ?this"
        return self.found(f"{counted} HAVING({' || '.join(limits)})")

    def selected(self, constraint: Node, scope: str) -> Terms:
        """Return the things that a constraint in SPARQL finds, asked of all at once.

        Guarantee: a blank node has no text here, though it has one in rdflib; where there is one,
        every thing is suspected.
        """
        things = self.things(scope)
        if any(isinstance(term, ox.BlankNode) for term in things):
            return things
        query = str(self.value(constraint, SH.select))
        within = f"{{ {{ SELECT DISTINCT ?this WHERE {{ {scope} }} }} "
        return self.found(self.prefixes + query.replace("{", within, 1))

    @cached_property
    def prefixes(self) -> str:
        """The prefixes that the shapes declare, as SPARQL writes them."""
        known = dict(_STANDARD_PREFIXES)
        for declared in self.shapes.objects(None, SH.declare):
            name, address = (
                self.value(declared, property) for property in (SH.prefix, SH.namespace)
            )
            known[str(name)] = str(address)
        return "".join(f"PREFIX {name}: <{address}>\n" for name, address in known.items())

    def holds(self, pattern: str) -> bool:
        """Return whether anything fits a pattern."""
        return bool(self.store.query(f"ASK {{ {pattern} }}", use_default_graph_as_union=True))

    def things(self, pattern: str) -> Terms:
        """Return the things that fit a pattern."""
        return self.found(f"SELECT DISTINCT ?this WHERE {{ {pattern} }}")

    def found(self, query: str) -> Terms:
        """Return what a query over all graphs of the store finds for `?this`."""
        rows = self.store.query(query, use_default_graph_as_union=True)
        return {cast(Term, row["this"]) for row in cast(ox.QuerySolutions, rows)}

    def value(self, subject: Node, predicate: URIRef) -> Node:
        """Return the one value that a shape must have."""
        return next(self.shapes.objects(subject, predicate))


def in_each(sets: Iterable[Terms]) -> Terms:
    """Return what is in each set; once nothing is left, the other sets are not worked out."""
    rest = iter(sets)
    left = next(rest)
    while left and (following := next(rest, None)) is not None:
        left &= following
    return left
