"""RDF as text becomes triples: in any format, of any graph, and nothing is fetched."""

from codecs import BOM_UTF8

import pyoxigraph as ox

from ontology.errors import UnreadableGraph

_LONGEST_SHOWN = 80
_NO_CONTEXT = "LoadDocumentCallback"
_CONTEXT_ELSEWHERE = (
    "its JSON-LD context is at another address, and nothing is fetched; put the context into the "
    "file"
)


def read_triples(content: bytes, rdf_format: ox.RdfFormat, name: str) -> list[ox.Triple]:
    """Return the triples of an RDF text, whatever graphs they stand in.

    In: what the text is called in messages.
    Raises: UnreadableGraph. Nothing is fetched, also no JSON-LD context.
    """
    content = content.removeprefix(BOM_UTF8)
    if rdf_format == ox.RdfFormat.RDF_XML and b"<!ENTITY" in content:
        raise UnreadableGraph(f"{name}: it defines entities, which can grow without limit")
    try:
        triples = [quad.triple for quad in ox.parse(content, format=rdf_format)]
    except (OSError, SyntaxError, ValueError) as error:
        told = _CONTEXT_ELSEWHERE if _NO_CONTEXT in str(error) else error
        raise UnreadableGraph(f"{name}: {told}") from None
    for says in filter(None, map(_said_beyond_rdf_1_1, triples)):
        raise UnreadableGraph(f"{name}: {says}")
    return triples


def _said_beyond_rdf_1_1(triple: ox.Triple) -> str | None:
    """Return what of a triple the rules, which know RDF 1.1, cannot check."""
    if isinstance(triple.object, ox.Triple):
        return (
            "it says something of a statement itself (a triple term, an annotation), "
            "which the rules cannot check; leave that out, or state it of a thing"
        )
    if isinstance(triple.object, ox.Literal) and triple.object.direction is not None:
        return (
            f"the text {str(triple.object)[:_LONGEST_SHOWN]} has a direction of writing, which the "
            "rules cannot check; leave out what stands behind -- in its language"
        )
    return None
