"""The folder of releases: the dumps of one; list, check and clear away those that are kept."""
