"""From records and tables to a release: claims, resolution, validation, and the command line."""
