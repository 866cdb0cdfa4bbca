"""The project's own tables, and the publishers' files: opened and checked cell by cell."""
