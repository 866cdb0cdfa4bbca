"""Which things may break a rule: asked of the whole store at once, so that few are left to judge.

pySHACL looks at every thing on its own, which takes minutes for a national record. Here each
constraint becomes one query for the things that may break it: some too many, never one too few.
What a query cannot tell for certain is suspected, so a constraint unknown here costs time only.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
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
_HAS_NONE = "!BOUND(?value)"
"""The condition of a thing without a value, where a value is optional."""
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
        aimed: dict[URIRef, list[str]] = defaultdict(list)
        for kind in TARGETS:
            for shape, argument in self.shapes.subject_objects(kind):
                if isinstance(shape, URIRef):
                    aimed[shape].append(self.target(kind, argument))
        suspects: dict[URIRef, Terms] = defaultdict(set)
        # The store answers several queries at once, each on a processor of its own; one shape has
        # most of the things, so what runs at once is not shapes but what they demand.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            scopes = zip(aimed, pool.map(self._scope, aimed.values()), strict=True)
            asked = [
                (shape, ask)
                for shape, scope in scopes
                if scope
                for ask in self.demands(shape, scope)
            ]
            answers = pool.map(lambda one: one[1](), asked)
            for (shape, _), things in zip(asked, answers, strict=True):
                suspects[shape] |= things
        return {shape: things for shape, things in suspects.items() if things}

    def _scope(self, targets: Iterable[str]) -> str:
        """Return the scope of all targets of a shape that there are, or nothing."""
        scopes = [target for target in sorted(targets) if self.holds(target)]
        if len(scopes) > 1:
            either = " UNION ".join(f"{{ {target} }}" for target in scopes)
            return f"{{ SELECT DISTINCT ?this WHERE {{ {either} }} }}"
        return scopes[0] if scopes else ""

    def demands(self, shape: URIRef, scope: str) -> Iterator[Callable[[], Terms]]:
        """Yield for each demand of a shape what finds the things of a scope that may fail it."""
        if (shape, SH.path, None) in self.shapes:
            yield partial(self.property_failing, shape, scope, False)
            return
        for predicate, argument in self.constraints(shape):
            yield partial(self.node_failing, predicate, argument, scope, False)

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
        """Return the things whose values of the shape's path fail.

        All conditions on one value are asked in one pass over the values.
        """
        path = self.value(shape, SH.path)
        step = f"?this {path_text(self.shapes, path)} ?value ."
        failing: Terms = set()
        conditions: list[str] = []
        for predicate, argument in self.constraints(shape):
            condition = self.value_fails(predicate, argument, path, sure)
            if condition is None:
                failing |= self.values_failing(predicate, argument, scope, step, sure)
            elif "EXISTS" in condition and predicate != SH.maxCount:
                # Alone it is worked out for all values at once, beside others for each.
                failing |= self.unfit(condition, f"{scope} {step}", sure)
            elif condition != "false":
                conditions.append(condition)
        if _HAS_NONE in conditions:
            step = f"OPTIONAL {{ {step} }}"
        if conditions:
            failing |= self.unfit(" || ".join(conditions), f"{scope} {step}", sure)
        return failing

    def value_fails(self, predicate: Node, argument: Node, path: Node, sure: bool) -> str | None:
        """Return the condition under which a value tells that its thing fails a constraint.

        Out: None where no single value can tell that, or not as fast as all values together.
        """
        if predicate == SH.minCount:
            return {"0": "false", "1": _HAS_NONE}.get(str(argument))
        if predicate == SH.maxCount:
            limits = {"0": "true"}
            if isinstance(path, URIRef):
                another = f"?this {path.n3()} ?other . FILTER(!sameTerm(?value, ?other))"
                limits["1"] = f"EXISTS {{ {another} }}"
            return limits.get(str(argument))
        return self.conditions.fails(predicate, argument, "?value", sure)

    def values_failing(
        self, predicate: Node, argument: Node, scope: str, step: str, sure: bool
    ) -> Terms:
        """Return the things whose values together fail a constraint."""
        if predicate in _COUNTS:
            return self.miscounted(predicate, argument, scope, step)
        if predicate == SH.hasValue:
            having = step.replace("?value", argument.n3())
            return self.things(scope) - self.things(f"{scope} {having}")
        if predicate in _ORDERS:
            in_order = f"COALESCE(?value {_ORDERS[predicate]} ?later, false)"
            pairs = f"{scope} {step} ?this {argument.n3()} ?later ."
            return self.unfit("false" if sure else f"!{in_order}", pairs, sure)
        return self.unfit(None, scope, sure)

    def unfit(self, condition: str | None, scope: str, sure: bool) -> Terms:
        """Return the things of a scope that meet a condition; without one, all may, none does."""
        if condition is None:
            return set() if sure else self.things(scope)
        return self.things(f"{scope} FILTER({condition})")

    def miscounted(self, predicate: Node, bound: Node, scope: str, step: str) -> Terms:
        """Return the things with too few or too many values."""
        if predicate == SH.minCount:
            step = f"OPTIONAL {{ {step} }}"
        counted = f"SELECT ?this WHERE {{ {scope} {step} }} GROUP BY ?this"
        return self.found(f"{counted} HAVING(COUNT(DISTINCT ?value) {_COUNTS[predicate]} {bound})")

    def selected(self, constraint: Node, scope: str) -> Terms:
        """Return the things that a constraint in SPARQL finds, asked of all at once.

        Guarantee: a blank node has no text here, though it has one in rdflib; where there is one,
        every thing is suspected.
        """
        if self.holds(f"{scope} FILTER(isBlank(?this))"):
            return self.things(scope)
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
