"""From claims to a release: layers, what follows from them, validation, writing, publication."""
