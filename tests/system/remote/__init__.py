"""Tests of `remote`."""
