"""Tests of `loaders`."""
