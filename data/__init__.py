"""The project's own data: records of documents, tables, minted identifiers and reviewed decisions."""
