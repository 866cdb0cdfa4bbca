"""Tests of `loaders/claims`."""
