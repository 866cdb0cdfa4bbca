"""Tools for assistants: the Model Context Protocol over the same answers as every other address."""
