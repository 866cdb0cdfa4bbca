"""How right the reading of documents is, measured against records made by reading."""
