"""From documents and tables to a release, and the command line."""
