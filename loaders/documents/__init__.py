"""From a document to a candidate record, which a person reviews."""
