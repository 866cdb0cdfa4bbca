"""Tests of the endpoint for queries and graphs."""
