"""Tests of how right the reading of documents is."""
