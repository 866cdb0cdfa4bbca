"""One record a document: its form, and how it is opened and checked."""
