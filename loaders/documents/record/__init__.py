"""A candidate record as it is built, and the identifiers that it proposes."""
