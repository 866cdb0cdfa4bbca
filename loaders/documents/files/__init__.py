"""The text of a PDF, Word, HTML or text file, read within limits."""
