"""Tests of what serves, without a service."""
