"""Tests of `queries.ask`."""
