"""A term of the graph, and how the engine writes it in the answers to look-ups."""

import json
import re

import pyoxigraph as ox

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_QUOTED_IN_CSV = re.compile('[",\n\r]')


class KnownTerm:
    """A term that the graph holds; how it is written is worked out when it is asked for first.

    Guarantee: one object stands for each term of a table, so terms are compared by identity.
    """

    __slots__ = ("csv", "json", "text")

    csv: str
    """The term as a field of the CSV results format."""
    json: str
    """The term as an object of the JSON results format."""

    def __init__(self, text: str) -> None:
        """Stand for a term.

        In: the term as N-Triples has it.
        """
        self.text = text

    def __getattr__(self, name: str) -> str:
        """Work out how the term is written; from then on that is an attribute like any other."""
        if name not in ("csv", "json"):
            raise AttributeError(name)
        written = (_as_csv if name == "csv" else _as_json)(_parsed(self.text))
        setattr(self, name, written)
        return written


def _parsed(text: str) -> ox.NamedNode | ox.Literal:
    """Return a term from its N-Triples form, as the engine's own parser reads it."""
    triple = next(ox.parse(f"<a:a> <a:a> {text} .", ox.RdfFormat.N_TRIPLES)).triple
    assert isinstance(triple.object, ox.NamedNode | ox.Literal)
    return triple.object


def _as_csv(term: ox.NamedNode | ox.Literal) -> str:
    is_quoted = _QUOTED_IN_CSV.search(term.value) is not None
    return '"' + term.value.replace('"', '""') + '"' if is_quoted else term.value


def _as_json(term: ox.NamedNode | ox.Literal) -> str:
    value = json.dumps(term.value, ensure_ascii=False)
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{value}}}'
    if term.language:
        return f'{{"type":"literal","value":{value},"xml:lang":"{term.language}"}}'
    if term.datatype.value == _XSD_STRING:
        return f'{{"type":"literal","value":{value}}}'
    return f'{{"type":"literal","value":{value},"datatype":"{term.datatype.value}"}}'
