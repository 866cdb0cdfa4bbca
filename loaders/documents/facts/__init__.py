"""What a document says, one module a kind of fact."""
