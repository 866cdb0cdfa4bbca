"""How a document is built: furniture of its pages, sections, numbered items, paragraphs, blocks."""
