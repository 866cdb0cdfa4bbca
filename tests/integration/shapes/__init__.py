"""Tests of `shapes`."""
