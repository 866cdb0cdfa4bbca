"""The project's own data: records of documents, tables, minted identifiers, reviewed decisions."""
