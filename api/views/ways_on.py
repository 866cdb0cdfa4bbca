"""The ways on from a thing in linked data: what points to it, and the claims about it.

Whoever follows addresses alone reaches by them all that the record has.
"""

from urllib.parse import quote

import pyoxigraph as ox
from rdflib.namespace import RDFS

from api.views.description import Description, rows_about
from ontology.identifiers import short
from ontology.namespaces import BASE, ID
from queries.engine.interface import Engine

_MOST_CLAIMS = 1_000


async def with_ways_on(
    engine: Engine, known: Description, iri: str, *, has_claims: bool
) -> list[ox.Triple]:
    """Return what is said of a thing, what points to it, and where the claims about it are.

    In: whether claims can be asked for by what they are about, as of this thing.
    Out: of a concept, to which very many things point, there is no more than is said of it.
    """
    thing = ox.NamedNode(iri)
    found = dict.fromkeys(known.triples)
    if iri.startswith(str(ID)):
        for row in await rows_about(engine, "leading_here", [iri]):
            other, name = (ox.NamedNode(row[key]["value"]) for key in ("thing", "property"))
            found[ox.Triple(other, name, thing)] = None
    if has_claims:
        about = f"{BASE}claims?about={quote(short(iri), safe='/')}&limit={_MOST_CLAIMS}"
        found[ox.Triple(thing, ox.NamedNode(str(RDFS.seeAlso)), ox.NamedNode(about))] = None
    return list(found)
