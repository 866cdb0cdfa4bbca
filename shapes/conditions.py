"""Constraints on a single value as conditions of SPARQL that hold where the value fails."""

from collections.abc import Callable

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

DESCRIPTIONS = frozenset((RDF.type, RDFS.label, SH.description, SH.message, SH.name, SH.severity))
"""What a shape says beside its targets, its path and its constraints."""

_KINDS: dict[Node, str] = {SH.IRI: "isIRI", SH.Literal: "isLiteral", SH.BlankNode: "isBlank"}
_LIMITS: dict[Node, str] = {
    SH.minInclusive: ">=",
    SH.maxInclusive: "<=",
    SH.minExclusive: ">",
    SH.maxExclusive: "<",
}

_WELL_FORMED: dict[Node, str] = {
    XSD.string: "true",
    XSD.integer: 'REGEX(STR({value}), "^-?[0-9]+$")',
    XSD.date: (
        'REGEX(STR({value}), "^[1-9][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}$")'
        f" && {XSD.date.n3()}(STR({{value}})) = {XSD.date.n3()}(STR({{value}}))"
    ),
}
"""When a literal is certainly of its type; a cast fails on a day that does not exist."""


class Conditions:
    """The conditions of one graph of shapes."""

    def __init__(self, shapes: Graph, instance: Callable[[str, Node, str], str]) -> None:
        """Keep the shapes, and what writes the pattern of an instance of a class."""
        self.shapes = shapes
        self.instance = instance

    def fails(self, predicate: Node, argument: Node, value: str, sure: bool) -> str | None:
        """Return the condition under which a value may fail a constraint, or fails it for sure.

        Out: None for a constraint that is not about a single value, or is not known here.
        """
        if predicate == SH["class"]:
            return f"NOT EXISTS {{ {self.instance(value, argument, '?class')} }}"
        if predicate == SH.nodeKind and argument in _KINDS:
            return f"!{_KINDS[argument]}({value})"
        if predicate == SH["in"]:
            members = list(Collection(self.shapes, argument))
            # Literals that differ in writing only would count as the same.
            if all(isinstance(member, URIRef) for member in members):
                return f"{value} NOT IN ({', '.join(member.n3() for member in members)})"
        if predicate in {SH["not"], SH["or"], SH["and"]}:
            return self.combined(predicate, argument, value, sure)
        if predicate == SH.pattern:
            return self.pattern(argument, value, sure)
        passes = self.certain(predicate, argument, value)
        if passes is None:
            return None
        return "false" if sure else f"!COALESCE({passes}, false)"

    def certain(self, predicate: Node, argument: Node, value: str) -> str | None:
        """Return a condition under which a value certainly passes a constraint."""
        if predicate in _LIMITS:
            return f"{value} {_LIMITS[predicate]} {argument.n3()}"
        if predicate == SH.minLength:
            return f"STRLEN(STR({value})) >= {argument}"
        if predicate == SH.datatype:
            is_standard = str(argument).startswith(str(XSD))
            form = _WELL_FORMED.get(argument, "false" if is_standard else "true")
            return f"DATATYPE({value}) = {argument.n3()} && {form.format(value=value)}"
        return None

    def pattern(self, pattern: Node, value: str, sure: bool) -> str:
        """Return when a value does not fit a regular expression.

        Guarantee: before a final line break, `$` holds in Python and not here; so a value with line
        breaks never fails for sure.
        """
        fits = f"REGEX(STR({value}), {Literal(str(pattern)).n3()})"
        if not sure:
            return f"!COALESCE({fits}, false)"
        return f'COALESCE(!{fits} && !CONTAINS(STR({value}), "\\n"), false)'

    def combined(self, predicate: Node, argument: Node, value: str, sure: bool) -> str:
        """Return when a value fails a combination of shapes."""
        if predicate == SH["not"]:
            return f"!({self.shape_fails(argument, value, not sure)})"
        sign = " && " if predicate == SH["or"] else " || "
        members = Collection(self.shapes, argument)
        return sign.join(f"({self.shape_fails(member, value, sure)})" for member in members)

    def shape_fails(self, shape: Node, value: str, sure: bool) -> str:
        """Return when a value fails one of several constraints of a shape."""
        conditions = [
            self.fails(predicate, argument, value, sure)
            for predicate, argument in self.shapes.predicate_objects(shape)
            if predicate not in DESCRIPTIONS
        ]
        unknown = "false" if sure else "true"
        return " || ".join(f"({condition or unknown})" for condition in conditions) or "false"
