"""Tests of `loaders/identifiers`."""
