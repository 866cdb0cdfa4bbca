"""A connection: what it may take, and the short way to answers that are kept."""
