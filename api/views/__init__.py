"""From triples to the objects that the service shows."""
