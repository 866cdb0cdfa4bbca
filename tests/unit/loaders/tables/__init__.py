"""Tests of `loaders/tables`."""
