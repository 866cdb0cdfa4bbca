"""Claims, and the one value that is chosen of those about one fact."""
