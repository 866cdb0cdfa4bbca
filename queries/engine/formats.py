"""The formats of RDF by the end of a file's or an address's name, for reading and for writing."""

import pyoxigraph as ox

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
}
DATASET_FORMATS = "nq", "trig"
"""Those that a dataset to serve can have: they keep the named graphs."""
