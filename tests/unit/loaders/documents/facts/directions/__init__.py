"""Tests of `loaders/documents/directions`."""
