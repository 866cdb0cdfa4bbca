"""Identifiers, minted once for each row, and which rows speak of one thing."""
