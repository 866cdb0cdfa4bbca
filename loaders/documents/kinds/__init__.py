"""The kinds of document, a module each: how it is recognised and which facts it has."""
