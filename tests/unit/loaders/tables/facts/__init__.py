"""Tests of the tables of facts that are kept by hand."""
