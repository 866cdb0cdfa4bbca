"""Tests of what a page shows beside the values of the JSON."""
