"""Tests of `loaders/documents`."""
