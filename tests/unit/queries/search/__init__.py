"""Tests of `queries.search`."""
