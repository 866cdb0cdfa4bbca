"""Tests on a small release, or with the documents and tables of the publishers."""
