"""Tests of the service that need no release."""
