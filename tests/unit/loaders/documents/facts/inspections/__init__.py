"""Tests of `loaders/documents/inspections`."""
