"""Tests without processes and without a release: under a minute in all."""
