"""The identifiers that were minted, and which row of which source is which thing."""
